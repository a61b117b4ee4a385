// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Which ids a user namespace gives. Everything here decides and touches nothing.
/// A container's ids are translated twice. The *kept* namespace belongs to the user for as long as the
/// user is logged in: its 0 is the user, 1 and up are the user's subordinate ids. Each container has a
/// namespace of its own *below* it, whose map the parent may write directly, so a start never runs
/// newuidmap(1).
///
///   host        kept namespace    container (default)   keep-id, uid 1000   nomap
///   1000        0                 0                     1000                -
///   100000      1                 1                     0                   0
///   100001      2                 2                     1                   1
///
/// Invariants: a map has no id twice on either side; no range crosses a boundary between ranges of the
/// namespace around it, which the kernel would refuse; every outside id is one of the kept namespace, so
/// nothing in a configuration can name an id that the user was not given.
namespace coracle::userns {

/// One line of /proc/PID/uid_map. Source: user_namespaces(7), "User and group ID mappings".
struct IdRange {
    std::uint32_t inside = 0;
    std::uint32_t outside = 0;
    std::uint32_t count = 0;

    friend bool operator==(const IdRange&, const IdRange&) = default;
};
/// Ranges of one kind of id; empty: no namespace of its own.
using IdMap = std::vector<IdRange>;

/// The maps of one namespace.
struct IdMaps {
    IdMap uids;
    IdMap gids;

    friend bool operator==(const IdMaps&, const IdMaps&) = default;
};

/// A line of /etc/subuid without its name.
struct SubordinateRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;

    friend bool operator==(const SubordinateRange&, const SubordinateRange&) = default;
};

/// How a container's ids relate to those of the kept namespace.
enum class Mode : std::uint8_t {
    Default,  ///< 0 is the user, the rest subordinate ids
    NoMap,    ///< the user does not exist inside
    KeepId,   ///< the user has the same id inside and outside
    Single,   ///< only 0 exists
    Host,     ///< no namespace below the kept one
    Slice,    ///< a part of the subordinate ids that no other container has
    Custom,   ///< what the rules say
};

/// A rule of --uidmap: `outside` is an id of the kept namespace, or of the host.
struct MapRule {
    std::uint32_t inside = 0;
    std::uint32_t outside = 0;
    std::uint32_t count = 1;
    bool ofHost = false;

    friend bool operator==(const MapRule&, const MapRule&) = default;
};

/// The rules for one kind of id.
struct MapRules {
    std::vector<MapRule> rules;  ///< none: the default map
    bool extend = false;         ///< the default map stays where the rules say nothing

    friend bool operator==(const MapRules&, const MapRules&) = default;
};

/// What a container asks for.
struct MapRequest {
    Mode mode = Mode::Default;
    std::optional<std::uint32_t> uid;  ///< KeepId: the user's id inside; none: the same as outside
    std::optional<std::uint32_t> gid;
    std::uint32_t first = 0;  ///< Slice: first id of the kept namespace
    std::uint32_t size = 0;   ///< Slice: number of ids; KeepId: ids inside, 0 for all there are
    MapRules uidRules;        ///< Custom
    MapRules gidRules;

    friend bool operator==(const MapRequest&, const MapRequest&) = default;
};

/// The word used in coracle.json. Errors: InvalidArgument with the words that are known.
Result<Mode> parseMode(std::string_view word);

/// Ranges of `text` (format of subuid(5)) that belong to the user, by name or decimal id. Lines that are
/// not of the format are skipped like newuidmap(1) does, and so are ranges that would pass the last id.
/// The file is root's: what it says is not doubted, only its form.
std::vector<SubordinateRange> parseSubordinateIds(std::string_view text, std::string_view userName,
                                                  std::uint32_t userId);

/// Map of the kept namespace: 0 is ownId, the subordinate ranges follow without a gap. Ranges beyond what
/// the kernel takes in one map are left out.
IdMap keptMap(std::uint32_t ownId, const std::vector<SubordinateRange>& subordinate);

/// Maps of a namespace in which each id of the kept namespace is what it is outside.
IdMaps mirrorMaps(const IdMaps& kept);

/// Whether the kernel takes the map for a namespace inside one with the map `around`: no id twice on either
/// side, and each range within one of `around`. Source: user_namespaces(7), "Defining user and group ID
/// mappings".
bool nestsIn(const IdMap& map, const IdMap& around);

/// Whether the kernel takes maps of this size, so that newuidmap(1) is not blamed for what it passes on.
/// Errors: Unsupported with what they have and what it takes.
/// Source: user_namespaces(7), "Defining user and group ID mappings".
Result<> checkSize(const IdMaps& maps);

/// The user's ids on the host.
struct OwnIds {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};
/// Maps of a container's namespace whose outside ids are those of the kept namespace. own: for KeepId.
/// Host yields empty maps.
/// Errors: Unsupported when the mode needs subordinate ids and there are none or too few; InvalidArgument
/// for rules that overlap or name ids that the user does not have.
Result<IdMaps> containerMaps(const MapRequest& request, const IdMaps& kept, OwnIds own);

/// Number of ids of a namespace whose map starts at 0 and has no gap.
std::uint32_t sizeOf(const IdMap& map);

/// The id that acts for the container while it is made: 0, or the first one where there is no 0.
std::uint32_t actingId(const IdMap& map);

/// Text for /proc/PID/uid_map: one line for each range.
std::string toText(const IdMap& map);

/// Content of /proc/PID/uid_map, or what toText() made. Errors: Corrupt.
Result<IdMap> parseMap(std::string_view text);

/// Whether the id exists inside the namespace.
bool isMapped(const IdMap& map, std::uint32_t inside);

/// Options of fuse-overlayfs that translate ids: files on disk carry ids of the kept namespace, the container
/// shows them as `kept` id N == container id N. Empty when the map is the identity.
/// Source: fuse-overlayfs(1), "uidmapping".
std::string toOverlayMapping(const IdMap& container, const IdMap& kept);

}  // namespace coracle::userns
