// SPDX-License-Identifier: Apache-2.0
#include "core/store/pack.h"

#include "core/store/blobs.h"
#include "core/store/context.h"
#include "core/store/helper/limits.h"
#include "core/store/helper_stream.h"
#include "core/store/layer_index.h"
#include "rootless/sys/file.h"

#include <algorithm>

namespace coracle::store {
namespace {

std::vector<std::string> wordsOf(const char* verb, const PackRequest& request) {
    std::vector<std::string> words{verb, "--named-whiteouts", request.namedWhiteouts ? "yes" : "no"};
    for (const std::string& path : request.mountPoints) {
        words.insert(words.end(), {"--mount-point", path});
    }
    for (const std::string& folder : request.below) {
        words.insert(words.end(), {"--lower", folder});
    }
    words.insert(words.end(), request.folders.begin(), request.folders.end());
    return words;
}

}  // namespace

Result<PackedBlob> Packing::packAs(const PackRequest& request, image::Compression compression,
                                   const std::stop_token& stop) const {
    TRY_ASSIGN(BlobWriter writer, Blobs(m_context).createUpTo(helper::kMaxUnpackedBytes));
    std::vector<std::string> words = wordsOf(request.whole ? "flatten" : "pack", request);
    words.insert(words.begin() + 1, {"--compression", std::string(image::toText(compression))});
    TRY_ASSIGN(
        const std::string line,
        readFromHelper(
            m_context, words, -1, [&writer](std::string_view bytes) { return writer.write(bytes); }, stop));
    TRY_ASSIGN(PackedTree tree, parsePackedTree(line));
    const std::uint64_t bytes = writer.writtenBytes();
    const bool bomb = compression != image::Compression::None &&
                      tree.tarBytes > helper::kInflationFreeBytes &&
                      tree.tarBytes / helper::kMaxInflationRatio > bytes;
    if (bomb) {  // nobody would unpack it
        writer.abandon();
        return packAs(request, image::Compression::None, stop);
    }
    TRY_ASSIGN(image::Digest digest, writer.seal());
    return PackedBlob{std::move(digest), bytes, compression, std::move(tree)};
}

Result<PackedBlob> Packing::makeLayer(const PackRequest& request, const std::stop_token& stop) const {
    return packAs(request, image::Compression::Gzip, stop);
}

Result<PackedTree> Packing::flatten(const PackRequest& request, int outputFd,
                                    const std::stop_token& stop) const {
    std::vector<std::string> words = wordsOf("flatten", request);
    words.insert(words.begin() + 1, {"--compression", "none"});
    TRY_ASSIGN(const std::string line, runHelperOnStreams(m_context, words, {-1, outputFd}, stop));
    return parsePackedTree(line);
}

Result<std::vector<types::Change>> Packing::changes(const PackRequest& request,
                                                    const std::stop_token& stop) const {
    TRY_ASSIGN(const sys::UniqueFd list, sys::memoryFile(""));
    TRY_ASSIGN(const std::string line,
               runHelperOnStreams(m_context, wordsOf("changes", request), {-1, list.get()}, stop));
    TRY_ASSIGN(const ChangeLetters changed, parseChangeLetters(line));
    TRY_ASSIGN(auto files, parseLayerIndex(sys::contentOf(list.get(), kMaxIndexBytes)));
    if (files.size() != changed.letters.size()) {
        return Error(ErrorKind::Corrupt, "the store's helper named " + std::to_string(files.size()) +
                                             " changed paths and told what became of " +
                                             std::to_string(changed.letters.size()));
    }
    std::vector<types::Change> changes;
    changes.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        const char letter = changed.letters[i];
        types::Change change{letter == 'c' ? 'C' : letter, "/" + files[i].path, letter == 'c'};
        if (letter != 'D') {
            files[i].path.clear();
            change.now = std::move(files[i]);
        }
        changes.push_back(std::move(change));
    }
    std::sort(changes.begin(), changes.end(),
              [](const types::Change& a, const types::Change& b) { return a.path < b.path; });
    return changes;
}

Result<PackedBlob> Packing::takeArchive(int inputFd, const std::stop_token& stop) const {
    TRY_ASSIGN(BlobWriter writer, Blobs(m_context).createUpTo(helper::kMaxUnpackedBytes));
    TRY_ASSIGN(const std::string line,
               readFromHelper(
                   m_context, inflateWords(m_context.layout, "auto"), inputFd,
                   [&writer](std::string_view bytes) { return writer.write(bytes); }, stop));
    TRY(parseStreamSummary(line));
    const std::uint64_t bytes = writer.writtenBytes();
    TRY_ASSIGN(image::Digest digest, writer.seal());
    PackedTree tree{digest, bytes, bytes, 0, 0, 0, 0};
    return PackedBlob{std::move(digest), bytes, image::Compression::None, std::move(tree)};
}

}  // namespace coracle::store
