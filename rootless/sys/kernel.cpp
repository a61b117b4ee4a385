// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/kernel.h"

#include "rootless/sys/file.h"

#include <array>

// The kernel's header has to come before glibc's, which repeats parts of it.
#include <linux/mount.h>
//
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

namespace coracle::sys {
namespace {

std::string quoted(const char* verb, const std::string& name) {
    return std::string(verb) + " '" + name + "'";
}

/// What a descriptor stands for, in the words of a message.
std::string nameOf(int fd) {
    const int err = errno;
    std::array<char, 256> target{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
    errno = err;
    return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length)) : link;
}

/// What the kernel says about a failed step, without its severity letter. Source: fsopen(2), "e <message>".
std::string explanation(int contextFd) {
    std::array<char, 512> buffer{};
    const ssize_t got = ::read(contextFd, buffer.data(), buffer.size());
    if (got <= 2) {
        return {};
    }
    std::string text(buffer.data() + 2, static_cast<std::size_t>(got) - 2);
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text.empty() ? text : " (" + text + ")";
}

Error contextError(int contextFd, const std::string& what) {
    const int err = errno;
    return Error::fromErrno(what + explanation(contextFd), err);
}

class LinuxKernel final : public Kernel {
public:
    Result<UniqueFd> openInRoot(int rootFd, const std::string& path, int flags) override {
        return sys::openInRoot(rootFd, path, flags);
    }

    Result<UniqueFd> openChild(int dirFd, const std::string& name, int flags) override {
        return openAt(dirFd, name, flags | O_NOFOLLOW);
    }

    Result<> makeDirectory(int dirFd, const std::string& name, mode_t mode) override {
        if (::mkdirat(dirFd, name.c_str(), mode) != 0) {
            return Error::fromErrno(quoted("create directory", name));
        }
        return {};
    }

    /// O_EXCL with O_CREAT does not follow a link either, so nothing outside can be made through one.
    /// Source: open(2), O_EXCL.
    Result<> makeFile(int dirFd, const std::string& name, mode_t mode) override {
        TRY(openAt(dirFd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
        return {};
    }

    Result<> makeFifo(int dirFd, const std::string& name, mode_t mode) override {
        if (::mkfifoat(dirFd, name.c_str(), mode) != 0) {
            return Error::fromErrno(quoted("create FIFO", name));
        }
        return {};
    }

    Result<> makeSymlink(const std::string& target, int dirFd, const std::string& name) override {
        if (::symlinkat(target.c_str(), dirFd, name.c_str()) != 0) {
            return Error::fromErrno(quoted("create link", name));
        }
        return {};
    }

    Result<std::string> readLink(int dirFd, const std::string& name) override {
        std::string target(4096, '\0');
        const ssize_t length = ::readlinkat(dirFd, name.c_str(), target.data(), target.size());
        if (length < 0) {
            return Error::fromErrno(quoted("read link", name));
        }
        target.resize(static_cast<std::size_t>(length));
        return target;
    }

    Result<struct stat> status(int fd) override {
        struct stat found {};
        if (::fstat(fd, &found) != 0) {
            return Error::fromErrno(quoted("stat", nameOf(fd)));
        }
        return found;
    }

    // fsopen's context keeps what each step complained about, and reading it gives the text ("e tmpfs:
    // Bad value for 'size'"): errno alone is EINVAL for every option.
    Result<UniqueFd> newFilesystem(const std::string& type, const std::string& source,
                                   const FilesystemOptions& options, std::uint64_t attributes) override {
        const std::string what = quoted("mount file system", type);
        const UniqueFd context(::fsopen(type.c_str(), FSOPEN_CLOEXEC));
        if (!context) {
            return Error::fromErrno(what);
        }
        if (!source.empty() &&
            ::fsconfig(context.get(), FSCONFIG_SET_STRING, "source", source.c_str(), 0) != 0) {
            return contextError(context.get(), what);
        }
        for (const auto& [key, value] : options) {
            const bool flag = value.empty();
            if (::fsconfig(context.get(), flag ? FSCONFIG_SET_FLAG : FSCONFIG_SET_STRING, key.c_str(),
                           flag ? nullptr : value.c_str(), 0) != 0) {
                return contextError(context.get(), what + ", option '" + key + "'");
            }
        }
        if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
            return contextError(context.get(), what);
        }
        UniqueFd mount(::fsmount(context.get(), FSMOUNT_CLOEXEC, static_cast<unsigned>(attributes)));
        if (!mount) {
            return contextError(context.get(), what);
        }
        return mount;
    }

    /// open_tree(2): a detached copy of the mount, which goes away with its descriptor unless it is
    /// attached.
    Result<UniqueFd> cloneTree(int fd, const std::string& path, Recursive recursive) override {
        unsigned flags = OPEN_TREE_CLONE | unsigned{OPEN_TREE_CLOEXEC};
        flags |= path.empty() ? unsigned{AT_EMPTY_PATH} : 0U;
        flags |= recursive == Recursive::Yes ? unsigned{AT_RECURSIVE} : 0U;
        UniqueFd tree(::open_tree(fd, path.c_str(), flags));
        if (!tree) {
            return Error::fromErrno(quoted("clone mount", path.empty() ? nameOf(fd) : path));
        }
        return tree;
    }

    /// mount_setattr(2), in one step for the whole tree: no moment in which a part of it is writable
    /// still.
    Result<> setAttributes(int mountFd, const MountAttributes& attributes, Recursive recursive) override {
        mount_attr change{};
        change.attr_set = attributes.set;
        change.attr_clr = attributes.clear;
        change.propagation = attributes.propagation;
        const int flags = AT_EMPTY_PATH | (recursive == Recursive::Yes ? AT_RECURSIVE : 0);
        if (::mount_setattr(mountFd, "", static_cast<unsigned>(flags), &change, sizeof change) != 0) {
            return Error::fromErrno("set mount options");
        }
        return {};
    }

    /// Only for a mount that is attached nowhere yet (mount_setattr(2), MOUNT_ATTR_IDMAP).
    Result<> mapIds(int mountFd, int userNamespaceFd, Recursive recursive) override {
        mount_attr change{};
        change.attr_set = MOUNT_ATTR_IDMAP;
        change.userns_fd = static_cast<unsigned>(userNamespaceFd);
        const int flags = AT_EMPTY_PATH | (recursive == Recursive::Yes ? AT_RECURSIVE : 0);
        if (::mount_setattr(mountFd, "", static_cast<unsigned>(flags), &change, sizeof change) != 0) {
            return Error::fromErrno("map the ids of a mount");
        }
        return {};
    }

    /// move_mount(2) by descriptors: no path is walked, so nothing of an image can lead the mount
    /// elsewhere.
    Result<> attach(int mountFd, int targetFd) override {
        if (::move_mount(mountFd, "", targetFd, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH) != 0) {
            return Error::fromErrno("attach mount");
        }
        return {};
    }

    Result<std::uint64_t> filesystemMagic(int fd) override {
        struct statfs found {};
        if (::fstatfs(fd, &found) != 0) {
            return Error::fromErrno("stat file system");
        }
        return static_cast<std::uint64_t>(found.f_type);
    }
};

}  // namespace

Kernel& realKernel() {
    static LinuxKernel kernel;
    return kernel;
}

Result<> mountOverlay(const std::string& target, const std::string& options) {
    // One page is all that mount(2) takes; the kernel would cut the rest off in silence.
    if (options.size() >= 4096) {
        return Error(ErrorKind::Unsupported, "mount overlay: its options are longer than a page");
    }
    if (::mount("overlay", target.c_str(), "overlay", 0, options.c_str()) != 0) {
        return Error::fromErrno("mount overlay");
    }
    return {};
}

/// user_id and group_id are 0 because the user namespace around the container serves it as its root.
/// allow_other lets the container's other ids in; with default_permissions it is the kernel that compares
/// modes and owners, not the server.
Result<> mountFuse(const std::string& target, const std::string& name, int deviceFd) {
    const std::string options = "fd=" + std::to_string(deviceFd) +
                                ",rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions";
    if (::mount(name.c_str(), target.c_str(), ("fuse." + name).c_str(), 0, options.c_str()) != 0) {
        return Error::fromErrno("mount " + name);
    }
    return {};
}

/// Slave and not private: a private copy of a mount would stay when the host unmounts its own, and keep a
/// disk busy for as long as the namespace lives.
Result<> makeMountsSlave() {
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) != 0) {
        return Error::fromErrno("make mounts slaves");
    }
    return {};
}

Result<> setRootPropagation(std::uint64_t propagation, Recursive recursive) {
    const unsigned long flags = propagation | (recursive == Recursive::Yes ? unsigned{MS_REC} : 0U);
    if (::mount(nullptr, "/", nullptr, flags, nullptr) != 0) {
        return Error::fromErrno("set the propagation of the root");
    }
    return {};
}

Result<> detachMount(const std::string& path) {
    if (::umount2(path.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0) {
        return Error::fromErrno(quoted("unmount", path));
    }
    return {};
}

/// No folder for the old root is needed inside the new one: with both arguments "." the old root is
/// stacked on the new root's mount point, and "." names it until it is unmounted.
Result<> pivotRoot(int rootFd) {
    if (::fchdir(rootFd) != 0) {
        return Error::fromErrno("enter the root file system");
    }
    // The old root ends up on top of the new one, at ".".
    if (::syscall(SYS_pivot_root, ".", ".") != 0) {
        return Error::fromErrno("pivot into the root file system");
    }
    if (::umount2(".", MNT_DETACH) != 0 || ::chdir("/") != 0) {
        return Error::fromErrno("leave the old root file system");
    }
    return {};
}

}  // namespace coracle::sys
