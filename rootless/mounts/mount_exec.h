// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_plan.h"
#include "rootless/sys/kernel.h"

#include <string>
#include <vector>

namespace coracle::mounts {

/// What comes from the host, opened while the process still is the calling user: afterwards it acts for
/// the container, and a folder of mode 0700 of the user's would be closed to it.
struct Sources {
    std::vector<sys::UniqueFd> mounts;   ///< for each step of the plan; empty for a new file system
    std::vector<sys::UniqueFd> devices;  ///< for each device of the plan; empty for one that is missing
    sys::UniqueFd null;                  ///< the host's /dev/null, checked
};

/// Detached mounts of everything the plan takes from the host. Detached, because what is behind the
/// descriptor stays the same whatever the host renames meanwhile. Errors: NotFound for a missing source
/// with a hint, Conflict or Unsupported for a device that is another one than asked for, by errno.
Result<Sources> openSources(sys::Kernel& kernel, const MountPlan& plan);

/// Mounts that later steps of a start use by descriptor; each may be empty.
struct BuiltTree {
    sys::UniqueFd proc;    ///< a proc file system of the container's own, that nothing can stand in for
    sys::UniqueFd devpts;  ///< the container's own devpts
    std::vector<sys::UniqueFd> readonlyAtEnd;
};

/// Perform the mounts and devices of the plan below the root, in order. `sources` is used up. The caller
/// is root of the container with its own mount namespace; a failure leaves what was mounted, which ends
/// with the namespace. Errors name the step.
Result<BuiltTree> buildTree(sys::Kernel& kernel, const MountPlan& plan, Sources& sources, int rootFd);

/// Make paths read-only, hide masked ones, then the read-only mounts, then the root. Nothing may be
/// created below the root afterwards. A path that is not there is passed over; any other failure to reach
/// it is an error, for it could not be said to be protected.
Result<> protectTree(sys::Kernel& kernel, const MountPlan& plan, const Sources& sources,
                     const BuiltTree& tree, int rootFd);

/// Bind one end of a terminal on /dev/console. Source: OCI runtime-spec 1.1, config-linux.md, "Default
/// Devices".
Result<> bindConsole(sys::Kernel& kernel, int terminalFd, int rootFd);

}  // namespace coracle::mounts
