// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/kernel.h"

#include <string>

namespace coracle::mounts {

enum class TargetKind : std::uint8_t { Directory, File };

/// Open `path` below the root as a place to mount on, creating it and missing folders above it. Links are
/// followed inside the root only, also a link whose target does not exist yet. The descriptor is O_PATH.
/// Errors: by errno; Corrupt for too many links or a place of the other kind.
Result<sys::UniqueFd> openMountpoint(sys::Kernel& kernel, int rootFd, const std::string& path,
                                     TargetKind kind);

/// The same for a folder of the runtime: a link in its place is refused. Errors: PermissionDenied.
Result<sys::UniqueFd> openRuntimeFolder(sys::Kernel& kernel, int rootFd, const std::string& path);

/// "/a/b" and "c" of "/a/b/c".
std::pair<std::string, std::string> splitPath(const std::string& path);

}  // namespace coracle::mounts
