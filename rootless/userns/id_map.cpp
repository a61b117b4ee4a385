// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/id_map.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace coracle::userns {
namespace {

/// Cut the part before `separator` off the front of the text.
std::string_view takeField(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return field;
}

std::optional<std::uint32_t> toNumber(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

std::uint32_t sizeOf(const IdMap& map) {
    std::uint32_t size = 0;
    for (const IdRange& range : map) {
        size = std::max(size, range.inside + range.count);
    }
    return size;
}

void append(IdMap& map, std::uint32_t inside, std::uint32_t outside, std::uint32_t count) {
    if (count > 0) {
        map.push_back({inside, outside, count});
    }
}

/// Cut ranges where the outer map is cut: the kernel takes a range only if one range of the parent namespace
/// holds all of it. Source: user_namespaces(7), "the mapping ... must be mapped in the parent"; seen on
/// Linux 6.1 as EPERM.
IdMap splitBy(const IdMap& outer, const IdMap& wanted) {
    IdMap pieces;
    for (const IdRange& range : wanted) {
        for (const IdRange& part : outer) {
            const std::uint32_t first = std::max(range.outside, part.inside);
            const std::uint32_t end = std::min(range.outside + range.count, part.inside + part.count);
            if (first < end) {
                pieces.push_back({range.inside + (first - range.outside), first, end - first});
            }
        }
    }
    return pieces;
}

IdMap keepIdMap(std::uint32_t ownId, std::uint32_t keptSize) {
    IdMap map;
    const std::uint32_t below = std::min(ownId, keptSize - 1);
    append(map, 0, 1, below);
    append(map, ownId, 0, 1);
    append(map, ownId + 1, below + 1, keptSize - 1 - below);
    return map;
}

}  // namespace

Result<Mode> parseMode(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Mode>, 5> kWords{{{"default", Mode::Default},
                                                                       {"nomap", Mode::NoMap},
                                                                       {"keep-id", Mode::KeepId},
                                                                       {"single", Mode::Single},
                                                                       {"host", Mode::Host}}};
    for (const auto& [name, mode] : kWords) {
        if (word == name) {
            return mode;
        }
    }
    return Error(ErrorKind::InvalidArgument, "unknown user namespace mode '" + std::string(word) + "'")
        .withHint("known modes are default, nomap, keep-id, single and host");
}

std::vector<SubordinateRange> parseSubordinateIds(std::string_view text, std::string_view userName,
                                                  std::uint32_t userId) {
    std::vector<SubordinateRange> ranges;
    const std::string numeric = std::to_string(userId);
    while (!text.empty()) {
        std::string_view line = takeField(text, '\n');
        const std::string_view owner = takeField(line, ':');
        const auto first = toNumber(takeField(line, ':'));
        const auto count = toNumber(line);
        const bool ours = (!userName.empty() && owner == userName) || owner == numeric;
        if (ours && first && count && *count > 0 &&
            *first <= std::numeric_limits<std::uint32_t>::max() - *count) {
            ranges.push_back({*first, *count});
        }
    }
    return ranges;
}

IdMap keptMap(std::uint32_t ownId, const std::vector<SubordinateRange>& subordinate) {
    // More lines than this are refused by the kernel since Linux 4.15; user_namespaces(7).
    constexpr std::size_t kMaxLines = 340;
    IdMap map{{0, ownId, 1}};
    std::uint32_t next = 1;
    for (const SubordinateRange& range : subordinate) {
        if (map.size() == kMaxLines || range.count > std::numeric_limits<std::uint32_t>::max() - next) {
            break;
        }
        map.push_back({next, range.first, range.count});
        next += range.count;
    }
    return map;
}

Result<IdMap> containerMap(Mode mode, const IdMap& kept, std::uint32_t ownId) {
    const std::uint32_t size = sizeOf(kept);
    if (mode == Mode::Host) {
        return IdMap{};
    }
    if (mode == Mode::Single || (mode == Mode::Default && size <= 1)) {
        return IdMap{{0, 0, 1}};
    }
    if (mode == Mode::Default) {
        return splitBy(kept, {{0, 0, size}});
    }
    if (mode == Mode::KeepId && size >= 1) {
        return splitBy(kept, keepIdMap(ownId, size));
    }
    if (size <= 1) {
        return Error(ErrorKind::Unsupported, "user namespace mode 'nomap' needs subordinate ids")
            .withHint("add a range for this user to /etc/subuid and /etc/subgid");
    }
    return splitBy(kept, {{0, 1, size - 1}});
}

std::string toText(const IdMap& map) {
    std::string text;
    for (const IdRange& range : map) {
        text += std::to_string(range.inside) + " " + std::to_string(range.outside) + " " +
                std::to_string(range.count) + "\n";
    }
    return text;
}

Result<IdMap> parseMap(std::string_view text) {
    IdMap map;
    while (!text.empty()) {
        std::string_view line = takeField(text, '\n');
        std::array<std::uint32_t, 3> numbers{};
        for (std::uint32_t& number : numbers) {
            line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
            const auto value = toNumber(takeField(line, ' '));
            if (!value) {
                return Error(ErrorKind::Corrupt, "id map is not of the form 'inside outside count'");
            }
            number = *value;
        }
        map.push_back({numbers[0], numbers[1], numbers[2]});
    }
    return map;
}

bool isMapped(const IdMap& map, std::uint32_t inside) {
    return std::any_of(map.begin(), map.end(), [inside](const IdRange& range) {
        return inside >= range.inside && inside - range.inside < range.count;
    });
}

std::string toOverlayMapping(const IdMap& container, const IdMap& kept) {
    // What the container calls N has to be stored as N of the kept namespace, because that is how layers are
    // unpacked. A process of the container acts with the kept id `outside`, so `outside` shows what `inside`
    // stores.
    const bool identity = std::all_of(container.begin(), container.end(),
                                      [](const IdRange& range) { return range.inside == range.outside; });
    if (identity) {
        return {};
    }
    const std::uint32_t size = sizeOf(kept);
    std::string text;
    for (const IdRange& range : container) {
        if (range.inside >= size) {
            continue;  // an id that no image file carries
        }
        text += (text.empty() ? "" : ":") + std::to_string(range.inside) + ":" +
                std::to_string(range.outside) + ":" +
                std::to_string(std::min(range.count, size - range.inside));
    }
    return text;
}

}  // namespace coracle::userns
