// SPDX-License-Identifier: Apache-2.0
// Drives a store from scripts, without the rest of the engine. Usage: store_driver ROOT RUNROOT VERB ...
//   put NAME DIFFID=COMPRESSION=FILE...   an image of these layers, as a pull leaves it; prints its id
//   list                                  "ID NAMES" a line
//   remove NAME                           remove the image and purge the trash
//   check                                 every row has its content, every layer its files; exit 1 if not
//   room BYTES                            whether an image may take so much; exit 1 if not
//   collect                               collect garbage and purge
// $STORE_DRIVER_SINGLE=1 works without subordinate ids.
#include "core/store/store.h"
#include "rootless/sys/file.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using namespace coracle;

namespace {

constexpr std::size_t kChunkBytes = 256U << 10U;

image::Compression compressionOf(const std::string& word) {
    return word == "gzip"   ? image::Compression::Gzip
           : word == "zstd" ? image::Compression::Zstd
                            : image::Compression::None;
}

struct Source {
    image::Digest diffId;
    image::Compression compression;
    std::string path;
};

Result<Source> parseSource(const std::string& word) {
    const std::size_t first = word.find('=');
    const std::size_t second = word.find('=', first + 1);
    if (first == std::string::npos || second == std::string::npos) {
        return Error(ErrorKind::InvalidArgument, "'" + word + "' is not DIFFID=COMPRESSION=FILE");
    }
    TRY_ASSIGN(image::Digest diffId, image::Digest::parse(word.substr(0, first)));
    return Source{std::move(diffId), compressionOf(word.substr(first + 1, second - first - 1)),
                  word.substr(second + 1)};
}

/// Feed one file to the blob and, when it is new, to the layer. The blob's digest.
Result<image::Digest> feed(const store::Store& store, const std::string& path,
                           std::optional<store::LayerWriter>& layer) {
    TRY_ASSIGN(const sys::UniqueFd fd, sys::openAt(AT_FDCWD, path, O_RDONLY));
    const off_t size = ::lseek(fd.get(), 0, SEEK_END);
    (void)::lseek(fd.get(), 0, SEEK_SET);
    TRY_ASSIGN(auto blob, store.blobs().create(static_cast<std::uint64_t>(size)));
    image::Hasher hasher;
    std::vector<char> chunk(kChunkBytes);
    while (true) {
        const ssize_t got = ::read(fd.get(), chunk.data(), chunk.size());
        if (got <= 0) {
            break;
        }
        const std::string_view bytes(chunk.data(), static_cast<std::size_t>(got));
        hasher.update(bytes);
        TRY(blob.write(bytes));
        if (layer) {
            TRY(layer->write(bytes));
        }
    }
    image::Digest digest = hasher.finish();
    TRY(blob.commit(digest));
    return digest;
}

Result<> put(const store::Store& store, const std::string& name, const std::vector<std::string>& words) {
    std::vector<Source> sources;
    std::vector<image::Digest> diffIds;
    for (const auto& word : words) {
        TRY_ASSIGN(Source source, parseSource(word));
        diffIds.push_back(source.diffId);
        sources.push_back(std::move(source));
    }
    const auto chains = image::chainIds(diffIds);
    std::vector<store::LayerWriter> writers;
    std::vector<image::Digest> blobs;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        store::LayerPlan plan{chains[i], diffIds[i], {}, sources[i].compression, {}, 0};
        if (i > 0) {
            plan.parent = chains[i - 1];
        }
        TRY_ASSIGN(auto writer, store.layers().begin(plan));
        TRY_ASSIGN(image::Digest blob, feed(store, sources[i].path, writer));
        blobs.push_back(std::move(blob));
        if (writer) {
            TRY_ASSIGN(const auto unpacked, writer->finish());
            std::fprintf(stderr, "%llu entries\n", static_cast<unsigned long long>(unpacked.entries));
            writers.push_back(std::move(*writer));
        }
    }
    TRY(store.layers().publish(std::move(writers)));
    std::string config = "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[";
    for (const auto& diffId : diffIds) {
        config += (config.back() == '[' ? "\"" : ",\"") + diffId.text() + "\"";
    }
    TRY_ASSIGN(const image::Digest id, store.blobs().put(config + "]}}"));
    TRY_ASSIGN(const image::Digest manifest, store.blobs().put("{\"config\":\"" + id.text() + "\"}"));
    const auto now = std::chrono::system_clock::now();
    TRY(store.images().put(
        {id, manifest, "application/x-test", "linux/amd64", chains, blobs, now, now, {name}, {}, 0, 0, {}}));
    std::printf("%s\n", id.text().c_str());
    return {};
}

Result<> check(const store::Store& store) {
    TRY_ASSIGN(const auto images, store.images().list());
    for (const auto& record : images) {
        for (const auto& digest : record.layerDigests) {
            TRY_ASSIGN(const auto bytes, store.blobs().read(digest, std::size_t{4} << 30U));
            (void)bytes;
        }
        for (const auto& digest : {record.id, record.manifestDigest}) {
            TRY_ASSIGN(const auto bytes, store.blobs().read(digest, 1U << 20U));
            (void)bytes;
        }
        for (const auto& chainId : record.chainIds) {
            TRY_ASSIGN(const bool there, store.layers().has(chainId));
            if (!there) {
                return Error(ErrorKind::Corrupt, "layer " + chainId.text() + " has no folder");
            }
            std::printf("%s\n", store.layers().path(chainId).c_str());
        }
    }
    return {};
}

Result<> list(const store::Store& store) {
    TRY_ASSIGN(const auto images, store.images().list());
    for (const auto& record : images) {
        std::printf("%s", record.id.text().c_str());
        for (const auto& name : record.references) {
            std::printf(" %s", name.c_str());
        }
        std::printf("\n");
    }
    return {};
}

Result<> run(const std::vector<std::string>& words) {
    if (words.size() < 3) {
        return Error(ErrorKind::InvalidArgument, "usage: store_driver ROOT RUNROOT VERB ...");
    }
    const bool single = std::getenv("STORE_DRIVER_SINGLE") != nullptr;
    TRY_ASSIGN(const auto store, store::Store::open({words[0], words[1]}, single ? store::IdMapping::Single
                                                                                 : store::IdMapping::Kept));
    const std::string& verb = words[2];
    if (verb == "put" && words.size() >= 4) {
        return put(store, words[3], {words.begin() + 4, words.end()});
    }
    if (verb == "list") {
        return list(store);
    }
    if (verb == "check") {
        return check(store);
    }
    if (verb == "remove" && words.size() == 4) {
        TRY_ASSIGN(const auto removed, store.images().remove(words[3], store::Images::Force::No));
        std::printf("%zu layers, %llu bytes\n", removed.deletedLayers.size(),
                    static_cast<unsigned long long>(removed.freedBytes));
        return store.trash().purge();
    }
    if (verb == "room" && words.size() == 4) {
        return store.requireSpace(std::stoull(words[3]), "room", {});
    }
    if (verb == "collect") {
        TRY_ASSIGN(const auto report, store.collectGarbage());
        (void)report;
        return store.trash().purge();
    }
    return Error(ErrorKind::InvalidArgument, "unknown verb '" + verb + "'");
}

}  // namespace

int main(int argc, char** argv) {
    const auto done = run({argv + 1, argv + argc});
    if (!done) {
        std::fprintf(stderr, "store_driver: %s\n", done.error().message().c_str());
        if (!done.error().hint().empty()) {
            std::fprintf(stderr, "hint: %s\n", done.error().hint().c_str());
        }
        return 1;
    }
    return 0;
}
