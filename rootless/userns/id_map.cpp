// SPDX-License-Identifier: Apache-2.0
#include "rootless/userns/id_map.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace coracle::userns {
namespace {

/// More lines than this are refused by the kernel since Linux 4.15; user_namespaces(7).
constexpr std::size_t kMaxLines = 340;

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

/// wanted: the user's id inside. The rest of the subordinate ids lie around it in order, so that every id of
/// an image up to their number exists.
IdMap keepIdMap(std::uint32_t wanted, std::uint32_t keptSize, std::uint32_t limit) {
    const std::uint32_t others = std::min(keptSize - 1, limit == 0 ? keptSize : limit - 1);
    IdMap map;
    const std::uint32_t below = std::min(wanted, others);
    append(map, 0, 1, below);
    append(map, wanted, 0, 1);
    append(map, wanted + 1, below + 1, others - below);
    return map;
}

bool overlaps(std::uint64_t first, std::uint64_t count, std::uint64_t otherFirst, std::uint64_t otherCount) {
    return first < otherFirst + otherCount && otherFirst < first + count;
}

/// Take the ids of `rule` out of the map, on both of its sides.
IdMap without(const IdMap& map, const IdRange& rule) {
    IdMap rest;
    for (const IdRange& range : map) {
        // Offsets inside `range` at which something is taken; 64 bits because sums may exceed 32.
        const auto cut = [&](std::uint64_t first, std::uint64_t at) {
            const std::uint64_t from = std::max(first, at);
            const std::uint64_t to = std::min(first + rule.count, at + range.count);
            return from < to ? std::pair{from - at, to - at} : std::pair<std::uint64_t, std::uint64_t>{0, 0};
        };
        std::array<std::pair<std::uint64_t, std::uint64_t>, 2> cuts{cut(rule.inside, range.inside),
                                                                    cut(rule.outside, range.outside)};
        std::sort(cuts.begin(), cuts.end());
        std::uint64_t at = 0;
        for (const auto& [from, to] : cuts) {
            if (from < to && from > at) {
                append(rest, range.inside + static_cast<std::uint32_t>(at),
                       range.outside + static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(from - at));
            }
            at = from < to ? std::max(at, to) : at;
        }
        append(rest, range.inside + static_cast<std::uint32_t>(at),
               range.outside + static_cast<std::uint32_t>(at),
               static_cast<std::uint32_t>(range.count - std::min<std::uint64_t>(at, range.count)));
    }
    return rest;
}

Error badRule(const MapRule& rule, const std::string& why) {
    return {ErrorKind::InvalidArgument, "id mapping '" + std::to_string(rule.inside) + ":" +
                                            (rule.ofHost ? "@" : "") + std::to_string(rule.outside) + ":" +
                                            std::to_string(rule.count) + "': " + why};
}

/// The rule with ids of the kept namespace outside. Ids of the host may lie in several ranges of it.
Result<IdMap> resolveRule(const MapRule& rule, const IdMap& kept) {
    constexpr std::uint64_t kEnd = std::numeric_limits<std::uint32_t>::max();
    if (rule.count == 0 || std::uint64_t{rule.inside} + rule.count > kEnd ||
        std::uint64_t{rule.outside} + rule.count > kEnd) {
        return badRule(rule, "it names no ids, or more than there are");
    }
    IdMap pieces;
    std::uint64_t found = 0;
    for (const IdRange& range : kept) {
        const std::uint32_t base = rule.ofHost ? range.outside : range.inside;
        const std::uint32_t first = std::max(rule.outside, base);
        const std::uint32_t end = std::min(rule.outside + rule.count, base + range.count);
        if (first < end) {
            pieces.push_back(
                {rule.inside + (first - rule.outside), range.inside + (first - base), end - first});
            found += end - first;
        }
    }
    if (found != rule.count) {
        return badRule(rule, rule.ofHost ? "these ids of the host are not this user's"
                                         : "the user does not have that many ids")
            .withHint("there are " + std::to_string(sizeOf(kept)) +
                      ": 0 is the user, 1 and up are the subordinate ids of /etc/subuid and /etc/subgid");
    }
    return pieces;
}

/// Rules come first and take their ids out of the default map on both sides: an id that a rule names has
/// to be free inside, and what it stands for must not be reachable under a second id.
Result<IdMap> customMap(const MapRules& wanted, const IdMap& kept) {
    IdMap base;
    if (wanted.extend || wanted.rules.empty()) {
        base = {{0, 0, sizeOf(kept)}};
    }
    IdMap rules;
    for (const MapRule& rule : wanted.rules) {
        TRY_ASSIGN(const IdMap pieces, resolveRule(rule, kept));
        for (const IdRange& piece : pieces) {
            for (const IdRange& other : rules) {
                if (overlaps(piece.inside, piece.count, other.inside, other.count) ||
                    overlaps(piece.outside, piece.count, other.outside, other.count)) {
                    return badRule(rule, "it overlaps another one");
                }
            }
            rules.push_back(piece);
            base = without(base, piece);
        }
    }
    IdMap map = splitBy(kept, base);
    map.insert(map.end(), rules.begin(), rules.end());
    std::sort(map.begin(), map.end(), [](const IdRange& a, const IdRange& b) { return a.inside < b.inside; });
    return map;
}

/// `kept` is the map of the namespace that the container's is made in, whose ids are what stands on the
/// outer side here. splitBy() cuts ranges where the kept map is not contiguous: the kernel takes a range
/// only if it lies within one range of the parent (user_namespaces(7)).
Result<IdMap> containerMap(const MapRequest& request, const IdMap& kept, std::uint32_t keptId,
                           const MapRules& rules) {
    const std::uint32_t size = sizeOf(kept);
    switch (request.mode) {
    case Mode::Host:
        return IdMap{};
    case Mode::Single:
        return IdMap{{0, 0, 1}};
    case Mode::Default:
        return size <= 1 ? IdMap{{0, 0, 1}} : splitBy(kept, {{0, 0, size}});
    case Mode::KeepId:
        return splitBy(kept, keepIdMap(keptId, std::max(size, 1U), request.size));
    case Mode::Custom:
        return customMap(rules, kept);
    case Mode::NoMap:
    case Mode::Slice:
        break;
    }
    if (size <= 1) {
        return Error(ErrorKind::Unsupported, request.mode == Mode::NoMap
                                                 ? "user namespace mode 'nomap' needs subordinate ids"
                                                 : "user namespace mode 'auto' needs subordinate ids")
            .withHint("add a range for this user to /etc/subuid and /etc/subgid");
    }
    if (request.mode == Mode::NoMap) {
        return splitBy(kept, {{0, 1, size - 1}});
    }
    if (request.first == 0 || request.size == 0 || std::uint64_t{request.first} + request.size > size) {
        return Error(ErrorKind::Unsupported,
                     "the container's slice of ids is not among this user's subordinate ids any more")
            .withHint("give back the ranges in /etc/subuid and /etc/subgid, or create the container again");
    }
    return splitBy(kept, {{0, request.first, request.size}});
}

}  // namespace

Result<Mode> parseMode(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, Mode>, 7> kWords{{{"default", Mode::Default},
                                                                       {"nomap", Mode::NoMap},
                                                                       {"keep-id", Mode::KeepId},
                                                                       {"single", Mode::Single},
                                                                       {"host", Mode::Host},
                                                                       {"slice", Mode::Slice},
                                                                       {"custom", Mode::Custom}}};
    for (const auto& [name, mode] : kWords) {
        if (word == name) {
            return mode;
        }
    }
    return Error(ErrorKind::InvalidArgument, "unknown user namespace mode '" + std::string(word) + "'")
        .withHint("known modes are default, nomap, keep-id, single, host, slice and custom");
}

/// Lines "owner:first:count" (subuid(5)), where the owner is a name or a number. Lines of others and
/// malformed ones are passed over; a range that would wrap around is no range.
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

IdMaps mirrorMaps(const IdMaps& kept) {
    const auto mirror = [](IdMap map) {
        for (IdRange& range : map) {
            range.inside = range.outside;
        }
        return map;
    };
    return {mirror(kept.uids), mirror(kept.gids)};
}

bool nestsIn(const IdMap& map, const IdMap& around) {
    constexpr std::uint64_t kEnd = std::numeric_limits<std::uint32_t>::max();
    const auto fits = [&](const IdRange& range) {
        return range.count > 0 && std::uint64_t{range.inside} + range.count <= kEnd &&
               std::any_of(around.begin(), around.end(), [&](const IdRange& part) {
                   return range.outside >= part.inside && std::uint64_t{range.outside} + range.count <=
                                                              std::uint64_t{part.inside} + part.count;
               });
    };
    if (map.empty() || map.size() > kMaxLines || !std::all_of(map.begin(), map.end(), fits)) {
        return false;
    }
    for (std::size_t i = 0; i < map.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (overlaps(map[i].inside, map[i].count, map[j].inside, map[j].count) ||
                overlaps(map[i].outside, map[i].count, map[j].outside, map[j].count)) {
                return false;
            }
        }
    }
    return true;
}

Result<> checkSize(const IdMaps& maps) {
    constexpr std::size_t kMaxBytes = 4095;  // less than the smallest page, written at once
    constexpr std::size_t kFewLines = 100;   // of 33 bytes at most each
    const auto check = [](const IdMap& map, const std::string& kind) -> Result<> {
        const std::string what = "the map of " + kind + " ids has ";
        const std::size_t bytes = map.size() > kFewLines ? toText(map).size() : 0;
        if (map.size() <= kMaxLines && bytes <= kMaxBytes) {
            return {};
        }
        const bool isLong = map.size() > kMaxLines;
        return Error(ErrorKind::Unsupported,
                     what + (isLong ? std::to_string(map.size()) + " lines, and the kernel takes " +
                                          std::to_string(kMaxLines) + " at most"
                                    : std::to_string(bytes) + " bytes of text, and the kernel takes " +
                                          std::to_string(kMaxBytes) + " at most"))
            .withHint("map fewer ranges: those that are neighbours inside and outside can be one");
    };
    TRY(check(maps.uids, "user"));
    return check(maps.gids, "group");
}

Result<IdMaps> containerMaps(const MapRequest& request, const IdMaps& kept, OwnIds own) {
    IdMaps maps;
    TRY_ASSIGN(maps.uids, containerMap(request, kept.uids, request.uid.value_or(own.uid), request.uidRules));
    TRY_ASSIGN(maps.gids, containerMap(request, kept.gids, request.gid.value_or(own.gid), request.gidRules));
    return maps;
}

std::uint32_t sizeOf(const IdMap& map) {
    std::uint32_t size = 0;
    for (const IdRange& range : map) {
        size = std::max(size, range.inside + range.count);
    }
    return size;
}

std::uint32_t actingId(const IdMap& map) {
    if (map.empty() || isMapped(map, 0)) {
        return 0;
    }
    const auto first = std::min_element(
        map.begin(), map.end(), [](const IdRange& a, const IdRange& b) { return a.inside < b.inside; });
    return first->inside;
}

std::string toText(const IdMap& map) {
    std::string text;
    for (const IdRange& range : map) {
        text += std::to_string(range.inside) + " " + std::to_string(range.outside) + " " +
                std::to_string(range.count) + "\n";
    }
    return text;
}

/// The form of /proc/PID/uid_map: three numbers in columns.
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
    const auto add = [&](std::uint32_t stored, std::uint32_t shown, std::uint32_t count) {
        text += (text.empty() ? "" : ":") + std::to_string(stored) + ":" + std::to_string(shown) + ":" +
                std::to_string(count);
    };
    for (const IdRange& range : container) {
        if (range.inside < size) {
            add(range.inside, range.outside, std::min(range.count, size - range.inside));
        }
    }
    // A single id above them, as keep-id gives to a user with a large one, carries no file of an image, but
    // what it makes has to be stored: as the highest id that the container does not have. Without that the
    // file would be nobody's, and its maker could not write to it.
    std::uint32_t free = size;
    for (const IdRange& range : container) {
        if (range.inside < size || range.count != 1) {
            continue;
        }
        do {
            --free;
        } while (free > 0 && std::any_of(container.begin(), container.end(), [&](const IdRange& other) {
                     return overlaps(free, 1, other.inside, other.count);
                 }));
        if (free == 0) {
            break;
        }
        add(free, range.outside, 1);
    }
    return text;
}

}  // namespace coracle::userns
