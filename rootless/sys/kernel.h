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

/// Whether a call is about one mount or about it and all below it (AT_RECURSIVE, MS_REC).
enum class Recursive : std::uint8_t { No, Yes };

/// Change of a mount's attributes. Source: mount_setattr(2).
struct MountAttributes {
    std::uint64_t set = 0;          ///< MOUNT_ATTR_*
    std::uint64_t clear = 0;        ///< MOUNT_ATTR_*
    std::uint64_t propagation = 0;  ///< MS_PRIVATE and the like; 0: leave it
};

/// What a mount system call is given for a new file system: "size=64k" is a pair, "nosuid" is not among them.
using FilesystemOptions = std::vector<std::pair<std::string, std::string>>;

/// The calls that build a container's file tree. All of them name things by descriptor, so that nothing
/// that an image or a running container may rename or replace is looked up twice. Tests put a recording
/// kernel in the place of the real one (tests/support/fake_kernel) and let the n-th call fail, so that
/// each branch of the executor is reached without privilege.
/// Descriptors in arguments are borrowed, descriptors in results are owned and CLOEXEC. Errors are those
/// of the call, by errno, with the name of the object in the message.
/// Called by one thread of a process that is root of its user and mount namespace. Needs Linux 5.12
/// (mount_setattr(2)); the other mount calls are of 5.2.
class Kernel {
public:
    Kernel() = default;
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;
    virtual ~Kernel() = default;

    /// As sys::openInRoot: links stay below rootFd.
    virtual Result<UniqueFd> openInRoot(int rootFd, const std::string& path, int flags) = 0;
    /// openat(2) of one component, never following a link: with O_PATH the link itself is opened,
    /// otherwise ELOOP.
    virtual Result<UniqueFd> openChild(int dirFd, const std::string& name, int flags) = 0;
    /// Create one directory. `name` is a single component, so that no link can be on the way.
    /// AlreadyExists is for the caller to judge: what is there may be a link. mode: before the umask.
    virtual Result<> makeDirectory(int dirFd, const std::string& name, mode_t mode) = 0;
    /// Create an empty regular file, the mount point of a bound file; an existing one of any kind, a
    /// dangling link included, is AlreadyExists.
    virtual Result<> makeFile(int dirFd, const std::string& name, mode_t mode) = 0;
    /// Create a FIFO; an existing file is AlreadyExists.
    virtual Result<> makeFifo(int dirFd, const std::string& name, mode_t mode) = 0;
    /// Create a link with the text `target`, which is not looked at. An existing file is AlreadyExists.
    virtual Result<> makeSymlink(const std::string& target, int dirFd, const std::string& name) = 0;
    /// Text of a link, cut at PATH_MAX (4096 bytes), which the kernel does not let a link exceed.
    virtual Result<std::string> readLink(int dirFd, const std::string& name) = 0;
    /// fstat(2); works on O_PATH descriptors, so that what was opened is judged and not what the name
    /// means now.
    virtual Result<struct stat> status(int fd) = 0;

    /// A new, detached file system: nobody sees it before attach(). `source` may be empty; an option with
    /// an empty value is a flag. attributes: MOUNT_ATTR_* of the mount.
    /// Errors: by errno, with the kernel's own explanation where it gives one.
    /// Source: fsopen(2), fsconfig(2), fsmount(2).
    virtual Result<UniqueFd> newFilesystem(const std::string& type, const std::string& source,
                                           const FilesystemOptions& options, std::uint64_t attributes) = 0;
    /// A detached copy of what is mounted at a host path or behind a descriptor ("" and fd).
    /// Recursive::Yes takes the mounts below along; a user namespace that does not own a mount may not
    /// take it without them (EINVAL), because what they cover would come to light. Source: open_tree(2),
    /// OPEN_TREE_CLONE; mount_namespaces(7).
    virtual Result<UniqueFd> cloneTree(int fd, const std::string& path, Recursive recursive) = 0;
    /// Change a mount that is attached or not. Flags that a more privileged mount namespace has locked
    /// cannot be cleared (EPERM). Source: mount_setattr(2); mount_namespaces(7), "Restrictions on mount
    /// namespaces".
    virtual Result<> setAttributes(int mountFd, const MountAttributes& attributes, Recursive recursive) = 0;
    /// Show other owners through a detached mount: those of the map of a user namespace. Errors: EPERM
    /// where the caller does not own the file system's user namespace, EINVAL where the file system
    /// cannot do it. Source: mount_setattr(2), MOUNT_ATTR_IDMAP, "ID-mapped mounts".
    virtual Result<> mapIds(int mountFd, int userNamespaceFd, Recursive recursive) = 0;
    /// Mount a detached tree on what `targetFd` is, not on what its name may mean by now. Source:
    /// move_mount(2), MOVE_MOUNT_F_EMPTY_PATH, MOVE_MOUNT_T_EMPTY_PATH.
    virtual Result<> attach(int mountFd, int targetFd) = 0;
    /// Magic number of the file system behind a descriptor. Source: fstatfs(2).
    virtual Result<std::uint64_t> filesystemMagic(int fd) = 0;
};

/// The kernel itself. Not owned by the caller; without state, so it may be used from any thread.
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

/// Change how mount events of the calling process's root spread. propagation: MS_SHARED and the like. The
/// root has to be a mount point. Errors: by errno.
Result<> setRootPropagation(std::uint64_t propagation, Recursive recursive);

/// Detach what is mounted at a host path; files open in it stay usable until they are closed. A link at
/// the end of the path is not followed. Errors: by errno, EINVAL when nothing is mounted there. Source:
/// umount2(2), MNT_DETACH, UMOUNT_NOFOLLOW.
Result<> detachMount(const std::string& path);

/// Make the mounted directory the root of the mount namespace, let go of the old root and stand in `/`.
/// After it no path of the process reaches the host's files: the old root is unmounted from the
/// namespace, not only hidden as by chroot(2). Errors: by errno; EINVAL when rootFd is no mount point or
/// the current root is the initial ramfs.
/// Source: pivot_root(2), "pivot_root(".", ".")".
Result<> pivotRoot(int rootFd);

}  // namespace coracle::sys
