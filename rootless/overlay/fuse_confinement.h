// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/overlay/driver.h"

#include <string>
#include <vector>

namespace coracle::overlay {

/// A run of fuse-overlayfs for one container.
struct FuseRun {
    std::string program;                 ///< full path
    std::vector<std::string> arguments;  ///< with argv[0]
    int deviceFd = -1;                   ///< of /dev/fuse, already mounted
    const MountRequest* request = nullptr;
};

/// Start the program and wait until it serves in the background or has failed.
///
/// Who attacks: a process in the container, which chooses every request the program answers, and an image,
/// which chooses what it reads. The program runs as root of the kept user namespace, that is as the user,
/// with power over every subordinate id. So before it is executed:
///   - the mount exists already, which was all it needed CAP_SYS_ADMIN for;
///   - it has a mount namespace of its own in which only the folder with the container's upper layer is
///   writable;
///   - Landlock leaves it the layers, that folder's `upper` and `work`, and the system's libraries;
///   - it keeps the seven capabilities that making files of any owner takes, and no-new-privileges;
///   - both filters of containers are loaded, and one more against sockets and looking into other processes.
/// Errors: Unsupported with what the program said.
Result<> runConfined(const FuseRun& run);

}  // namespace coracle::overlay
