// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/userns/id_map.h"

#include <string>

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

/// Give a process in a fresh user namespace its maps by newuidmap(1) and newgidmap(1), both at once. The
/// caller stands in the parent namespace. Blocks until both have ended. Errors: PermissionDenied with
/// what the helpers said, NotFound when one is missing.
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
