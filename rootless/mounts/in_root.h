// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/kernel.h"

#include <string>

namespace coracle::mounts {

/// What the place has to be, for the kernel mounts folders on folders and everything else on files
/// (ENOTDIR).
enum class TargetKind : std::uint8_t { Directory, File };

/// Open `path` below the root as a place to mount on, creating it and missing folders above it. Links are
/// followed inside the root only, also a link whose target does not exist yet. The descriptor is O_PATH.
/// New folders are 0755 and files 0644, owned by the caller, who is the container's root.
/// Errors: by errno; Corrupt for too many links or a place of the other kind.
Result<sys::UniqueFd> openMountpoint(sys::Kernel& kernel, int rootFd, const std::string& path,
                                     TargetKind kind);

/// The same for a folder that the runtime itself fills (/dev, /proc, /sys): a link in its place is
/// refused, because what is mounted there would show up elsewhere and the real place keep the image's
/// files (CVE-2023-27561, CVE-2019-19921). Errors: PermissionDenied for a link or a file.
Result<sys::UniqueFd> openRuntimeFolder(sys::Kernel& kernel, int rootFd, const std::string& path);

/// "/a/b" and "c" of "/a/b/c".
std::pair<std::string, std::string> splitPath(const std::string& path);

}  // namespace coracle::mounts
