// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <span>

namespace coracle::sys {

/// What a confined process may do with what lies below a folder, or with one file.
enum class FileAccess : std::uint8_t {
    Read,     ///< read files, list folders
    Execute,  ///< the same, and run programs and load libraries
    Write,    ///< read, create, change, remove, rename; no block devices
};

/// One exception from "nothing": the subtree below a folder, or one file.
struct FileRule {
    int fd = -1;  ///< of the folder or file, borrowed
    FileAccess access = FileAccess::Read;
};

/// Allow the calling thread and what it starts only these files. What is open already stays usable, and
/// rights cannot be won back: a second call can only take more away.
/// Needs no-new-privileges or CAP_SYS_ADMIN. Mount calls are refused afterwards (EPERM), for the rules
/// follow the tree of mounts. A kernel that cannot do it (before 5.19, or without Landlock) is no error:
/// this is a second wall everywhere it is used. Errors: by errno of landlock_add_rule(2),
/// landlock_restrict_self(2).
/// Source: Documentation/userspace-api/landlock.rst.
Result<> restrictFiles(std::span<const FileRule> rules);

}  // namespace coracle::sys
