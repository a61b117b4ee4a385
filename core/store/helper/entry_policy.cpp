// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/entry_policy.h"

#include "core/store/helper/limits.h"
#include "core/text/escape.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace coracle::store::helper {
namespace {

constexpr std::string_view kWhiteoutPrefix = ".wh.";
/// Source: OCI image-spec 1.1, layer.md, "Whiteouts", "Opaque Whiteout"; the others (".wh..wh.plnk") are
/// aufs'.
constexpr std::string_view kReservedPrefix = ".wh..wh.";
constexpr std::string_view kOpaqueName = ".wh..wh..opq";

Error refused(std::string_view name, const std::string& why) {
    return {ErrorKind::Corrupt, "layer entry '" + shown(name) + "': " + why};
}

std::uint32_t littleEndian32(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i > 0; --i) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[i - 1]);
    }
    return value;
}

/// vfs_cap_data: magic and flags, two pairs of masks; version 3 adds the root id. Source:
/// linux/capability.h.
/// A root id of the archive would say for which user namespace's root the capability counts; ours is put
/// in by the kernel when version 2 is set inside a user namespace (capabilities(7)).
std::optional<std::string> allowedCapability(std::string_view value) {
    constexpr std::size_t kVersion2Bytes = 20;
    constexpr std::size_t kVersion3Bytes = 24;
    constexpr std::uint32_t kVersion2 = 0x02000000;
    constexpr std::uint32_t kVersion3 = 0x03000000;
    constexpr std::uint32_t kEffectiveFlag = 1;
    if (value.size() != kVersion2Bytes && value.size() != kVersion3Bytes) {
        return std::nullopt;
    }
    const std::uint32_t magic = littleEndian32(value);
    const std::uint32_t version = magic & 0xff000000U;
    const bool fits = (version == kVersion2 && value.size() == kVersion2Bytes) ||
                      (version == kVersion3 && value.size() == kVersion3Bytes);
    if (!fits || (magic & 0x00ffffffU & ~kEffectiveFlag) != 0) {
        return std::nullopt;
    }
    std::string plain(value.substr(0, kVersion2Bytes));
    plain[3] = static_cast<char>(kVersion2 >> 24U);
    return plain;
}

}  // namespace

std::string shown(std::string_view name) {
    constexpr std::size_t kMaxShown = 200;
    return text::excerptForTerminal(name, kMaxShown);
}

/// The archive is a stranger's. Absolute names lose their '/', as tar(1) has it; ".." is refused and not
/// resolved, since no honest layer needs it; the limits bound descriptors and system calls for one entry.
/// What is left is walked below the layer's root only, without following links (openBeneath).
Result<LayerPath> parsePath(std::string_view name) {
    if (name.size() > kMaxPathBytes) {
        return refused(name, "the path is longer than " + std::to_string(kMaxPathBytes) + " bytes");
    }
    LayerPath path;
    for (std::size_t start = 0; start < name.size();) {
        const std::size_t end = std::min(name.find('/', start), name.size());
        const std::string_view part = name.substr(start, end - start);
        start = end + 1;
        if (part.empty() || part == ".") {
            continue;
        }
        if (part == "..") {
            return refused(name, "a path may not contain '..'");
        }
        if (part.size() > kMaxNameBytes) {
            return refused(name, "a name is longer than " + std::to_string(kMaxNameBytes) + " bytes");
        }
        if (part.find('\0') != std::string_view::npos) {
            return refused(name, "a name contains NUL");
        }
        if (path.size() >= kMaxDepth) {
            return refused(name, "it is more than " + std::to_string(kMaxDepth) + " folders deep");
        }
        path.emplace_back(part);
    }
    return path;
}

std::string textOf(const LayerPath& path) {
    std::string text;
    for (const auto& part : path) {
        text += (text.empty() ? "" : "/") + part;
    }
    return text.empty() ? "." : text;
}

std::string parentOf(const LayerPath& path) {
    std::string text;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        text += (text.empty() ? "" : "/") + path[i];
    }
    return text.empty() ? "." : text;
}

/// Names that begin with ".wh." are not files of the image but marks (image-spec layer.md, "Whiteouts");
/// ".wh..wh." are aufs' own, of which only the opaque mark means something.
Result<Whiteout> classify(const LayerPath& path) {
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        if (path[i].starts_with(kWhiteoutPrefix)) {
            return refused(textOf(path), "a folder may not be called '.wh.*'");
        }
    }
    if (path.empty() || !path.back().starts_with(kWhiteoutPrefix)) {
        return Whiteout{};
    }
    const std::string& leaf = path.back();
    if (leaf == kOpaqueName) {
        return Whiteout{Whiteout::Kind::Opaque, {}};
    }
    if (leaf.starts_with(kReservedPrefix)) {
        return Whiteout{Whiteout::Kind::Ignored, {}};
    }
    std::string name = leaf.substr(kWhiteoutPrefix.size());
    if (name.empty() || name == "." || name == "..") {
        return refused(textOf(path), "a whiteout has to name a file");
    }
    return Whiteout{Whiteout::Kind::Name, std::move(name)};
}

/// trusted.* and the other security.* belong to the host; system.* are ACLs, whose ids would have to be
/// translated.
std::optional<std::string> allowedXattr(std::string_view name, std::string_view value) {
    // Words that change what the file system or another engine does with the file. An image could otherwise
    // redirect a folder to any place of the lower layers.
    static constexpr std::array<std::string_view, 4> kRefused{"user.overlay.", "user.fuseoverlayfs.",
                                                              "user.containers.", "user.rootlesscontainers"};
    if (value.size() > kMaxXattrBytes || name.size() > kMaxNameBytes ||
        name.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    if (name == "security.capability") {
        return allowedCapability(value);
    }
    if (!name.starts_with("user.") || name.size() == std::string_view("user.").size()) {
        return std::nullopt;
    }
    const bool control = std::any_of(kRefused.begin(), kRefused.end(),
                                     [name](std::string_view prefix) { return name.starts_with(prefix); });
    // "user.overlay" alone and its nested forms ("user.overlay.overlay.x") fall under the same word.
    if (control || name == "user.overlay" || name.find(".overlay.") != std::string_view::npos) {
        return std::nullopt;
    }
    return std::string(value);
}

/// The form of /proc/PID/uid_map; lines that are not of it end the reading.
IdRanges IdRanges::parse(std::string_view map) {
    IdRanges ranges;
    std::istringstream lines{std::string(map)};
    std::uint64_t inside = 0;
    std::uint64_t outside = 0;
    std::uint64_t count = 0;
    while (lines >> inside >> outside >> count) {
        ranges.m_ranges.push_back({inside, count});
    }
    return ranges;
}

bool IdRanges::contains(std::uint64_t id) const {
    return std::any_of(m_ranges.begin(), m_ranges.end(), [id](const Range& range) {
        return id >= range.first && id - range.first < range.count;
    });
}

bool IdRanges::single() const {
    return count() == 1;
}

std::uint64_t IdRanges::acting() const {
    std::uint64_t lowest = m_ranges.empty() ? 0 : m_ranges.front().first;
    for (const Range& range : m_ranges) {
        lowest = std::min(lowest, range.first);
    }
    return lowest;
}

std::uint64_t IdRanges::count() const {
    std::uint64_t sum = 0;
    for (const Range& range : m_ranges) {
        sum += range.count;
    }
    return sum;
}

}  // namespace coracle::store::helper
