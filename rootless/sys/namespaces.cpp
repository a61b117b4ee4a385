// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/namespaces.h"

#include "rootless/sys/file.h"

#include <array>
#include <charconv>

#include <linux/capability.h>
#include <linux/nsfs.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace coracle::sys {
namespace {

/// EPERM has many causes (a sysctl of Debian, AppArmor since Ubuntu 23.10, a seccomp filter of an outer
/// container), which look the same from here; the hint names the switches in the order in which
/// distributions use them.
Error namespaceError(const char* what, std::uint64_t flags) {
    const int err = errno;
    Error error = Error::fromErrno(what, err);
    if ((flags & CLONE_NEWUSER) == 0) {
        return error;
    }
    if (err == ENOSPC || err == EUSERS) {
        return std::move(error).withHint(
            "the limit of user namespaces is reached; raise user.max_user_namespaces");
    }
    if (err == EPERM || err == EACCES || err == EINVAL) {
        return std::move(error).withHint(
            "this system forbids user namespaces; allow them with sysctl kernel.unprivileged_userns_clone=1, "
            "user.max_user_namespaces above 0, or an AppArmor profile for coracle-runtime");
    }
    return error;
}

/// What is permitted becomes effective again.
Result<> raisePermitted() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    if (::syscall(SYS_capget, &header, sets.data()) != 0) {
        return Error::fromErrno("read capabilities");
    }
    for (auto& half : sets) {
        half.effective = half.permitted;
    }
    if (::syscall(SYS_capset, &header, sets.data()) != 0) {
        return Error::fromErrno("raise capabilities");
    }
    return {};
}

}  // namespace

/// The kernel's count, not the C library's: a library's helper thread counts as well.
Result<int> threadCount() {
    TRY_ASSIGN(const std::string text, readFile("/proc/self/status", 65536));
    constexpr std::string_view kField = "\nThreads:";
    const auto at = text.find(kField);
    const auto digits = at == std::string::npos ? at : text.find_first_not_of("\t ", at + kField.size());
    int count = 0;
    if (digits == std::string::npos ||
        std::from_chars(text.data() + digits, text.data() + text.size(), count).ec != std::errc()) {
        return Error(ErrorKind::Corrupt, "read '/proc/self/status': no thread count");
    }
    return count;
}

Result<> unshareNamespaces(int flags) {
    if (::unshare(flags) != 0) {
        return namespaceError("create namespace", static_cast<std::uint64_t>(flags));
    }
    return {};
}

Result<> joinNamespaces(int pidFd, int flags) {
    if (::setns(pidFd, flags) != 0) {
        return Error::fromErrno("enter namespaces");
    }
    return {};
}

Result<> joinNamespace(int namespaceFd, int flag) {
    if (::setns(namespaceFd, flag) != 0) {
        return Error::fromErrno("enter namespace");
    }
    return {};
}

int namespaceType(int namespaceFd) {
    const int type = ::ioctl(namespaceFd, NS_GET_NSTYPE);
    return type > 0 ? type : 0;
}

bool isOwnNamespace(int namespaceFd, int flag) {
    constexpr std::array<std::pair<int, const char*>, 8> kNames{{{CLONE_NEWPID, "pid"},
                                                                 {CLONE_NEWNET, "net"},
                                                                 {CLONE_NEWNS, "mnt"},
                                                                 {CLONE_NEWIPC, "ipc"},
                                                                 {CLONE_NEWUTS, "uts"},
                                                                 {CLONE_NEWUSER, "user"},
                                                                 {CLONE_NEWCGROUP, "cgroup"},
                                                                 {0x80, "time"}}};
    for (const auto& [known, name] : kNames) {
        struct stat ours {};
        struct stat theirs {};
        if (known == flag && ::stat((std::string("/proc/self/ns/") + name).c_str(), &ours) == 0 &&
            ::fstat(namespaceFd, &theirs) == 0) {
            return ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
        }
    }
    return false;
}

bool isOwnedByCaller(int namespaceFd) {
    const UniqueFd owner(::ioctl(namespaceFd, NS_GET_USERNS));
    return owner && isOwnNamespace(owner.get(), CLONE_NEWUSER);
}

Result<UniqueFd> openParentNamespace(int namespaceFd) {
    UniqueFd parent(::ioctl(namespaceFd, NS_GET_PARENT));
    if (!parent) {
        return Error::fromErrno("open the namespace around");
    }
    return parent;
}

Result<> becomeNamespaceRoot() {
    return becomeNamespaceUser(0, 0);
}

/// Group before user: after the change of user the capability to change groups may be gone. setgroups(2)
/// is not called: it would take away the groups by which the caller reaches a folder of the host, and is
/// forbidden where setgroups is set to deny (user_namespaces(7)).
Result<> becomeNamespaceUser(uid_t uid, gid_t gid) {
    // Leaving user 0 drops the effective capabilities, which the ids of a map without 0 still need.
    (void)::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);  // cannot fail for this value
    if (::setresgid(gid, gid, gid) != 0 || ::setresuid(uid, uid, uid) != 0) {
        return Error::fromErrno("become user " + std::to_string(uid) + " of the user namespace");
    }
    return uid == 0 ? Result<>() : raisePermitted();
}

Result<CloneResult> cloneProcess(std::uint64_t flags, int cgroupFd) {
    int pidFd = -1;
    clone_args args{};
    args.flags = flags | CLONE_PIDFD;
    args.exit_signal = (flags & CLONE_PARENT) != 0 ? 0 : SIGCHLD;  // a sibling inherits the caller's
    args.pidfd = reinterpret_cast<std::uintptr_t>(&pidFd);
    if (cgroupFd >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = static_cast<decltype(args.cgroup)>(cgroupFd);
    }
    // By number, for glibc has no wrapper of clone3(2). With no stack given the child runs on a copy of
    // the caller's, as after fork(2).
    const long pid = ::syscall(SYS_clone3, &args, sizeof args);
    if (pid < 0) {
        return namespaceError("create container process", flags);
    }
    if (pid == 0) {
        return CloneResult{};
    }
    return CloneResult{static_cast<pid_t>(pid), UniqueFd(pidFd)};
}

Result<UniqueFd> openChildProcess(pid_t pid) {
    const long fd = ::syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0) {
        return Error::fromErrno("watch process " + std::to_string(pid));
    }
    return UniqueFd(static_cast<int>(fd));
}

Result<int> waitForChild(pid_t pid) {
    int status = 0;
    pid_t got = -1;
    do {
        got = ::waitpid(pid, &status, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return Error::fromErrno("wait for process " + std::to_string(pid));
    }
    return status;
}

}  // namespace coracle::sys
