// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/kernel.h"

#include <string>
#include <vector>

namespace coracle::mounts {

/// The options of one OCI mount, taken apart.
struct MountOptions {
    sys::MountAttributes attributes;
    sys::MountAttributes recursiveAttributes;  ///< "rro" and the like: for all mounts below too
    sys::FilesystemOptions data;               ///< what the file system itself understands
    bool bind = false;
    bool recursive = false;  ///< rbind
    bool copyUp = false;     ///< tmpcopyup
};

/// Source: OCI runtime-spec 1.1, config.md, "Linux mount options". Errors: Unsupported for an option that the
/// kernel has no attribute for and that must not be passed on.
Result<MountOptions> parseOptions(const std::vector<std::string>& options);

}  // namespace coracle::mounts
