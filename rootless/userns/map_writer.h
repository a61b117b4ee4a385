// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace coracle::userns {

/// What this user can have, and why it is not more.
struct AvailableMaps {
    IdMaps maps;
    bool single = false;  ///< only one id: no subordinate ids or no helper programs
    std::string reason;   ///< why it is single, one line
};

/// Decide the maps of the kept namespace from /etc/subuid, /etc/subgid and the helper programs. Without
/// ranges or helpers one id is left, with the reason. Errors: of reading the files, when they exist.
/// $CORACLE_SUBID_DIR names another folder with those two files; the helpers still obey the real ones, so
/// it cannot give anybody more.
Result<AvailableMaps> findAvailableMaps();

/// newuidmap(1) and newgidmap(1) at work, both at once, on the maps of a process in a fresh user namespace.
class MapHelpers {
public:
    /// The caller stands in the parent namespace. Errors: NotFound when one of them is missing.
    static Result<MapHelpers> start(pid_t pid, const IdMaps& maps);

    MapHelpers(MapHelpers&& other) noexcept;
    ~MapHelpers();

    /// Blocks until both have ended. Errors: PermissionDenied with what they said.
    Result<> finish();

private:
    struct Helper;
    MapHelpers();

    std::vector<Helper> m_helpers;
};

/// Start them and wait. Errors: of both.
Result<> writeMapsByHelpers(pid_t pid, const IdMaps& maps);

/// Write the maps directly, as root of the parent namespace, or with exactly the caller's own id in each.
/// A map can be written once. Errors: by errno.
/// Source: user_namespaces(7), "Defining user and group ID mappings: writing to uid_map and gid_map".
Result<> writeMapsDirectly(pid_t pid, const IdMaps& maps);

/// The same for the process whose folder in /proc this is.
Result<> writeMapsInto(const std::string& processFolder, const IdMaps& maps);

/// The caller's own maps; outside ids as this namespace's parent has them. Errors: by errno, Corrupt.
Result<IdMaps> readOwnMaps();

}  // namespace coracle::userns
