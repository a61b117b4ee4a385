// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper_protocol.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include <signal.h>

namespace coracle::store {
namespace {

struct KindWord {
    ErrorKind kind;
    std::string_view word;
};
// TABLE
constexpr std::array<KindWord, 12> kKinds{{{ErrorKind::InvalidArgument, "invalidArgument"},
                                           {ErrorKind::NotFound, "notFound"},
                                           {ErrorKind::AlreadyExists, "alreadyExists"},
                                           {ErrorKind::Conflict, "conflict"},
                                           {ErrorKind::PermissionDenied, "permissionDenied"},
                                           {ErrorKind::Unauthenticated, "unauthenticated"},
                                           {ErrorKind::Unavailable, "unavailable"},
                                           {ErrorKind::Unsupported, "unsupported"},
                                           {ErrorKind::Corrupt, "corrupt"},
                                           {ErrorKind::Cancelled, "cancelled"},
                                           {ErrorKind::Io, "io"},
                                           {ErrorKind::Internal, "internal"}}};

nlohmann::json toJson(const LayerFixups& fixups) {
    auto links = nlohmann::json::array();
    for (const auto& [name, target] : fixups.links) {
        links.push_back(nlohmann::json::array({name, target}));
    }
    return {{"links", std::move(links)}, {"parents", fixups.parents}};
}

/// A name may be any bytes; JSON may not, and a name that changed on the way must not be acted upon: it
/// could be another file's.
bool isText(const nlohmann::json& value) {
    return value.is_string() && value.get_ref<const std::string&>().find("\xEF\xBF\xBD") == std::string::npos;
}

/// The names are the archive's: one that is not UTF-8 does not survive JSON, so its link is refused rather
/// than made wrongly.
Result<LayerFixups> fixupsOf(const nlohmann::json& object) {
    LayerFixups fixups;
    const auto* links = json::findArray(object, "links");
    const auto* parents = json::findArray(object, "parents");
    if (links == nullptr || parents == nullptr) {
        return Error(ErrorKind::Corrupt, "incomplete fixups of a layer");
    }
    for (const auto& link : *links) {
        if (!link.is_array() || link.size() != 2 || !isText(link[0]) || !isText(link[1])) {
            return Error(ErrorKind::Corrupt, "a hard link of the layer has a name that is not UTF-8");
        }
        fixups.links.emplace_back(link[0].get<std::string>(), link[1].get<std::string>());
    }
    for (const auto& parent : *parents) {
        if (isText(parent)) {
            fixups.parents.push_back(parent.get<std::string>());
        }
    }
    return fixups;
}

Result<std::uint64_t> loadCount(const nlohmann::json& object, const char* key) {
    TRY_ASSIGN(const std::int64_t value, json::loadInteger(object, key));
    if (value < 0) {
        return Error(ErrorKind::Corrupt, std::string("negative '") + key + "'");
    }
    return static_cast<std::uint64_t>(value);
}

}  // namespace

std::string toLine(const LayerFixups& fixups) {
    return json::toText(toJson(fixups));
}

std::string toLine(const UnpackedLayer& layer) {
    return json::toText({{"diffId", layer.diffId.text()},
                         {"compressedBytes", layer.compressedBytes},
                         {"tarBytes", layer.tarBytes},
                         {"unpackedBytes", layer.unpackedBytes},
                         {"entries", layer.entries},
                         {"droppedXattrs", layer.droppedXattrs},
                         {"devices", layer.devices},
                         {"squashedOwners", layer.squashedOwners},
                         {"fixups", toJson(layer.fixups)}});
}

std::string toLine(const MeasuredTree& tree) {
    return json::toText({{"bytes", tree.bytes}, {"files", tree.files}});
}

std::string toLine(const StreamSummary& summary) {
    return json::toText({{"digest", summary.digest.text()},
                         {"compressedBytes", summary.compressedBytes},
                         {"plainBytes", summary.plainBytes}});
}

std::string toLine(const ArchiveIndex& index) {
    auto entries = nlohmann::json::array();
    for (const ArchiveEntry& entry : index.entries) {
        entries.push_back(
            {{"name", entry.name}, {"offset", entry.offset}, {"size", entry.size}, {"link", entry.link}});
    }
    return json::toText({{"entries", std::move(entries)}});
}

std::string toLine(const PackedTree& tree) {
    return json::toText({{"diffId", tree.diffId.text()},
                         {"compressedBytes", tree.compressedBytes},
                         {"tarBytes", tree.tarBytes},
                         {"entries", tree.entries},
                         {"sockets", tree.sockets},
                         {"reservedNames", tree.reservedNames},
                         {"changedFiles", tree.changedFiles}});
}

std::string toLine(const ReceivedTree& tree) {
    return json::toText({{"entries", tree.entries}, {"bytes", tree.bytes}, {"devices", tree.devices}});
}

std::string toLine(const ChangeLetters& changes) {
    return json::toText({{"letters", changes.letters}});
}

std::string toLine(const Error& error) {
    std::string_view word = "internal";
    for (const KindWord& row : kKinds) {
        if (row.kind == error.kind()) {
            word = row.word;
        }
    }
    return json::toText(
        {{"kind", word}, {"message", error.message()}, {"hint", error.hint()}, {"errno", error.sysErrno()}});
}

/// The helper has read a stranger's bytes; should it have been taken over by them, its answer is all that
/// it can reach us with. Every member is held to its type, and the digest is compared by the caller.
Result<UnpackedLayer> parseUnpackedLayer(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line, kMaxResultBytes));
    TRY_ASSIGN(const std::string diffId, json::loadString(object, "diffId"));
    TRY_ASSIGN(image::Digest digest, image::Digest::parse(diffId));
    UnpackedLayer layer{std::move(digest), 0, 0, 0, 0, 0, {}, false, {}};
    TRY_ASSIGN(layer.compressedBytes, loadCount(object, "compressedBytes"));
    TRY_ASSIGN(layer.tarBytes, loadCount(object, "tarBytes"));
    TRY_ASSIGN(layer.unpackedBytes, loadCount(object, "unpackedBytes"));
    TRY_ASSIGN(layer.entries, loadCount(object, "entries"));
    TRY_ASSIGN(layer.droppedXattrs, loadCount(object, "droppedXattrs"));
    TRY_ASSIGN(layer.devices, json::findStrings(object, "devices"));
    TRY_ASSIGN(const auto squashed, json::findBool(object, "squashedOwners"));
    layer.squashedOwners = squashed.value_or(false);
    if (const auto* fixups = json::findObject(object, "fixups"); fixups != nullptr) {
        TRY_ASSIGN(layer.fixups, fixupsOf(*fixups));
    }
    return layer;
}

Result<LayerFixups> parseFixups(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line, kMaxResultBytes));
    return fixupsOf(object);
}

Result<MeasuredTree> parseMeasuredTree(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line));
    MeasuredTree tree;
    TRY_ASSIGN(tree.bytes, loadCount(object, "bytes"));
    TRY_ASSIGN(tree.files, loadCount(object, "files"));
    return tree;
}

Result<StreamSummary> parseStreamSummary(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line));
    TRY_ASSIGN(const std::string text, json::loadString(object, "digest"));
    TRY_ASSIGN(image::Digest digest, image::Digest::parse(text));
    StreamSummary summary{std::move(digest), 0, 0};
    TRY_ASSIGN(summary.compressedBytes, loadCount(object, "compressedBytes"));
    TRY_ASSIGN(summary.plainBytes, loadCount(object, "plainBytes"));
    return summary;
}

Result<ArchiveIndex> parseArchiveIndex(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line, kMaxResultBytes));
    const auto* entries = json::findArray(object, "entries");
    if (entries == nullptr) {
        return Error(ErrorKind::Corrupt, "the archive's table of contents is incomplete");
    }
    ArchiveIndex index;
    for (const auto& found : *entries) {
        ArchiveEntry entry;
        TRY_ASSIGN(entry.name, json::loadString(found, "name"));
        TRY_ASSIGN(entry.link, json::loadString(found, "link"));
        TRY_ASSIGN(entry.offset, loadCount(found, "offset"));
        TRY_ASSIGN(entry.size, loadCount(found, "size"));
        index.entries.push_back(std::move(entry));
    }
    return index;
}

Result<PackedTree> parsePackedTree(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line));
    TRY_ASSIGN(const std::string text, json::loadString(object, "diffId"));
    TRY_ASSIGN(image::Digest digest, image::Digest::parse(text));
    PackedTree tree{std::move(digest), 0, 0, 0, 0, 0, 0};
    TRY_ASSIGN(tree.compressedBytes, loadCount(object, "compressedBytes"));
    TRY_ASSIGN(tree.tarBytes, loadCount(object, "tarBytes"));
    TRY_ASSIGN(tree.entries, loadCount(object, "entries"));
    TRY_ASSIGN(tree.sockets, loadCount(object, "sockets"));
    TRY_ASSIGN(tree.reservedNames, loadCount(object, "reservedNames"));
    TRY_ASSIGN(tree.changedFiles, loadCount(object, "changedFiles"));
    return tree;
}

Result<ReceivedTree> parseReceivedTree(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line));
    ReceivedTree tree;
    TRY_ASSIGN(tree.entries, loadCount(object, "entries"));
    TRY_ASSIGN(tree.bytes, loadCount(object, "bytes"));
    TRY_ASSIGN(tree.devices, loadCount(object, "devices"));
    return tree;
}

Result<ChangeLetters> parseChangeLetters(std::string_view line) {
    TRY_ASSIGN(const auto object, json::parse(line, kMaxResultBytes));
    ChangeLetters changes;
    TRY_ASSIGN(changes.letters, json::loadString(object, "letters"));
    if (changes.letters.find_first_not_of("ACcD") != std::string::npos) {
        return Error(ErrorKind::Corrupt, "a change of no known kind");
    }
    return changes;
}

/// Text that is no line of ours (a message of the loader, a crash) is shown as it is, cut.
Error parseErrorLine(std::string_view text) {
    const auto object = json::parse(text.substr(0, text.find('\n')));
    const auto foreign = [text] {
        const std::string line(text.substr(0, std::min<std::size_t>(text.find('\n'), 500)));
        return Error(ErrorKind::Internal, line.empty() ? "the store's helper ended without a word"
                                                       : "the store's helper: " + line);
    };
    if (!object) {
        return foreign();
    }
    const auto word = json::loadString(*object, "kind");
    const auto message = json::loadString(*object, "message");
    const auto hint = json::findString(*object, "hint");
    const auto number = json::findInteger(*object, "errno");
    if (!word || !message || !hint || !number) {
        return foreign();
    }
    ErrorKind kind = ErrorKind::Internal;
    for (const KindWord& row : kKinds) {
        if (row.word == *word) {
            kind = row.kind;
        }
    }
    return Error(kind, *message, static_cast<int>(number->value_or(0))).withHint(hint->value_or(""));
}

Error helperFailure(const sys::ExitStatus& status, std::string_view text) {
    constexpr std::array kRequests{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    if (status.signal == 0) {
        return parseErrorLine(text);
    }
    if (std::find(kRequests.begin(), kRequests.end(), status.signal) != kRequests.end()) {
        return {ErrorKind::Cancelled, "cancelled"};
    }
    return {ErrorKind::Internal, "the store's helper was killed by signal " + std::to_string(status.signal)};
}

}  // namespace coracle::store
