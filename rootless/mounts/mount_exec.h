// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/mounts/mount_plan.h"
#include "rootless/sys/kernel.h"

#include <string>
#include <vector>

namespace coracle::mounts {

/// What comes from the host, opened while the process still is the calling user.
struct Sources {
    std::vector<sys::UniqueFd> mounts;   ///< for each step of the plan; empty for a new file system
    std::vector<sys::UniqueFd> devices;  ///< for each device of the plan; empty for one that is missing
    sys::UniqueFd null;                  ///< the host's /dev/null, checked
};

/// Detached mounts of everything the plan takes from the host. Errors: NotFound for a missing source.
Result<Sources> openSources(sys::Kernel& kernel, const MountPlan& plan);

/// Mounts that later steps of a start use by descriptor; each may be empty.
struct BuiltTree {
    sys::UniqueFd proc;    ///< a proc file system of the container's own, that nothing can stand in for
    sys::UniqueFd devpts;  ///< the container's own devpts
    std::vector<sys::UniqueFd> readonlyAtEnd;
};

/// Perform the mounts and devices of the plan below the root. Errors name the step.
Result<BuiltTree> buildTree(sys::Kernel& kernel, const MountPlan& plan, Sources& sources, int rootFd);

/// Mask and protect paths, then the root. Nothing may be created below the root afterwards.
Result<> protectTree(sys::Kernel& kernel, const MountPlan& plan, const Sources& sources,
                     const BuiltTree& tree, int rootFd);

/// Bind one end of a terminal on /dev/console.
Result<> bindConsole(sys::Kernel& kernel, int terminalFd, int rootFd);

}  // namespace coracle::mounts
