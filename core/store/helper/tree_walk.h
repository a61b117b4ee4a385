// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>

namespace coracle::store::helper {

/// Acts on what a walk finds. An error ends the walk.
class TreeVisitor {
public:
    virtual ~TreeVisitor() = default;
    /// A folder was opened as `fd`, before its content; borrowed.
    virtual Result<> enter(int parentFd, const std::string& name, int fd) = 0;
    /// Anything that is not a folder.
    virtual Result<> leaf(int folderFd, const std::string& name) = 0;
    /// The content of the folder is through.
    virtual Result<> leave(int parentFd, const std::string& name) = 0;
    /// A folder could not be opened for want of permission: whether to try again.
    virtual bool permit(int parentFd, const std::string& name) = 0;
    /// Another file system is mounted on a folder, opened as `fd`. The default ends the walk: what is mounted
    /// there is somebody else's.
    enum class AtMount : std::uint8_t { End, Skip, Enter };
    virtual AtMount mounted(int /*fd*/) { return AtMount::End; }
    /// A folder cannot be opened or has gone: whether to go on without it. The default ends the walk.
    virtual bool goesOnWithout(const Error& /*error*/) { return false; }
};

/// Visit the tree of folder `name` in `parentFd`, itself included, depth first, never following links and
/// never leaving its file system unless the visitor wants it. Any depth: a container may make paths far
/// beyond PATH_MAX. Few descriptors are open at a time; a parent whose descriptor was given up is found again
/// by "..", and its inode compared, so that a folder that is moved meanwhile ends the walk instead of leading
/// it astray. Errors: by errno; Conflict for a mount point or a moved folder; the visitor's.
Result<> walkTree(int parentFd, const std::string& name, TreeVisitor& visitor);

/// Delete the folder or file `name` in `parentFd`, whatever its modes are. A missing one is success.
/// Entries that cannot be deleted do not keep the others from it; the first error is reported. A mount
/// point ends it, be it the folder itself or one inside: what is mounted there is not ours to delete.
Result<> removeTreeAt(int parentFd, const std::string& name);

/// Bytes on disk, in blocks that are allocated, and number of files below a folder; a file with several
/// names counts once.
struct TreeSize {
    std::uint64_t bytes = 0;
    std::uint64_t files = 0;
};
/// Walk and count. Files that go away meanwhile are left out. Errors: as walkTree().
Result<TreeSize> measureTreeAt(int parentFd, const std::string& name);

}  // namespace coracle::store::helper
