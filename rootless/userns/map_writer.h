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

/// Decide the maps of the kept namespace from /etc/subuid, /etc/subgid and the helper programs.
/// $CORACLE_SUBID_DIR names another folder with those two files; the helpers still obey the real ones.
/// Errors: Io when the files exist and cannot be read.
Result<AvailableMaps> findAvailableMaps();

/// Give a process in a fresh user namespace its maps by newuidmap(1) and newgidmap(1), both at once. The
/// caller stands in the parent namespace. Errors: PermissionDenied with what the helpers said.
Result<> writeMapsByHelpers(pid_t pid, const IdMaps& maps);

/// Write the maps directly, as root of the parent namespace, or with exactly the caller's own id in each.
/// Source: user_namespaces(7), "Defining user and group ID mappings: writing to uid_map and gid_map".
Result<> writeMapsDirectly(pid_t pid, const IdMaps& maps);

/// The caller's own maps. Errors: by errno.
Result<IdMaps> readOwnMaps();

}  // namespace coracle::userns
