// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

namespace coracle::sys {

enum class Recursive : std::uint8_t { No, Yes };

/// Change of a mount's attributes. Source: mount_setattr(2).
struct MountAttributes {
    std::uint64_t set = 0;          ///< MOUNT_ATTR_*
    std::uint64_t clear = 0;        ///< MOUNT_ATTR_*
    std::uint64_t propagation = 0;  ///< MS_PRIVATE and the like; 0: leave it
};

/// What a mount system call is given for a new file system: "size=64k" is a pair, "nosuid" is not among them.
using FilesystemOptions = std::vector<std::pair<std::string, std::string>>;

/// The calls that build a container's file tree. All of them name things by descriptor, so that nothing that
/// an image or a running container may rename or replace is looked up twice. Tests put a recording kernel in
/// the place of the real one (tests/support/fake_kernel).
class Kernel {
public:
    Kernel() = default;
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;
    virtual ~Kernel() = default;

    /// As sys::openInRoot.
    virtual Result<UniqueFd> openInRoot(int rootFd, const std::string& path, int flags) = 0;
    /// openat(2) of one component, never following a link.
    virtual Result<UniqueFd> openChild(int dirFd, const std::string& name, int flags) = 0;
    virtual Result<> makeDirectory(int dirFd, const std::string& name, mode_t mode) = 0;
    /// Create an empty regular file; an existing one of any kind is AlreadyExists.
    virtual Result<> makeFile(int dirFd, const std::string& name, mode_t mode) = 0;
    /// Create a FIFO; an existing file is AlreadyExists.
    virtual Result<> makeFifo(int dirFd, const std::string& name, mode_t mode) = 0;
    virtual Result<> makeSymlink(const std::string& target, int dirFd, const std::string& name) = 0;
    virtual Result<std::string> readLink(int dirFd, const std::string& name) = 0;
    virtual Result<struct stat> status(int fd) = 0;

    /// A new, detached file system. Errors: by errno, with the kernel's own explanation where it gives one.
    /// Source: fsopen(2), fsconfig(2), fsmount(2).
    virtual Result<UniqueFd> newFilesystem(const std::string& type, const std::string& source,
                                           const FilesystemOptions& options, std::uint64_t attributes) = 0;
    /// A detached copy of what is mounted at a host path or behind a descriptor ("" and fd). Source:
    /// open_tree(2).
    virtual Result<UniqueFd> cloneTree(int fd, const std::string& path, Recursive recursive) = 0;
    virtual Result<> setAttributes(int mountFd, const MountAttributes& attributes, Recursive recursive) = 0;
    /// Show other owners through a detached mount: those of the map of a user namespace. Source:
    /// mount_setattr(2), MOUNT_ATTR_IDMAP.
    virtual Result<> mapIds(int mountFd, int userNamespaceFd, Recursive recursive) = 0;
    /// Mount a detached tree on what `targetFd` is. Source: move_mount(2).
    virtual Result<> attach(int mountFd, int targetFd) = 0;
    /// Magic number of the file system behind a descriptor. Source: fstatfs(2).
    virtual Result<std::uint64_t> filesystemMagic(int fd) = 0;
};

/// The kernel itself. Not owned by the caller.
Kernel& realKernel();

/// mount(2) of an overlay on a host path; its options may be a page long, which fsconfig(2) did not take
/// before Linux 6.5. Errors: by errno.
Result<> mountOverlay(const std::string& target, const std::string& options);

/// mount(2) of a FUSE file system on a host path, served by whoever reads the descriptor of /dev/fuse.
/// Errors: by errno. Source: Documentation/filesystems/fuse.rst, "Mount options".
Result<> mountFuse(const std::string& target, const std::string& name, int deviceFd);

/// Make every mount of the calling namespace a slave, so that nothing done here reaches the host, while a
/// bind that asks for it still sees what the host mounts later. Source: mount_namespaces(7), "Propagation
/// types".
Result<> makeMountsSlave();

/// Change how mount events of the calling process's root spread. propagation: MS_SHARED and the like.
Result<> setRootPropagation(std::uint64_t propagation, Recursive recursive);

/// Detach what is mounted at a host path. Source: umount2(2), MNT_DETACH.
Result<> detachMount(const std::string& path);

/// Make the mounted directory the root of the mount namespace, let go of the old root and stand in `/`.
/// Source: pivot_root(2), "pivot_root(".", ".")".
Result<> pivotRoot(int rootFd);

}  // namespace coracle::sys
