// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>

#include <sys/types.h>

/// Calls that make or enter namespaces. The kernel lets only a process with one thread do so for a user
/// namespace, therefore only coracle-runtime and coracle-store call them. Source: setns(2), unshare(2).
namespace coracle::sys {

/// Threads of the calling process, from /proc/self/status. Errors: by errno.
Result<int> threadCount();

/// unshare(2) with CLONE_NEW* flags. Errors: by errno; for a user namespace with a hint that says which
/// switch of the system forbids it, or that their number is used up.
Result<> unshareNamespaces(int flags);

/// setns(2) to all namespaces named by CLONE_NEW* flags of the process behind a pidfd, in one step: all
/// or none, and the kernel takes the user namespace first, whose rights the others need. A pid namespace
/// holds for children only. Errors: by errno. Source: setns(2) (a pidfd since Linux 5.8).
Result<> joinNamespaces(int pidFd, int flags);

/// setns(2) to the one namespace behind a descriptor of /proc/PID/ns/NAME. `flag` says which kind is
/// meant, so that a descriptor of another kind is refused (EINVAL).
Result<> joinNamespace(int namespaceFd, int flag);

/// CLONE_NEW* of the namespace behind a descriptor; 0 when it is none. Source: ioctl_ns(2), NS_GET_NSTYPE.
int namespaceType(int namespaceFd);

/// Whether the caller itself is in the namespace behind the descriptor. flag: CLONE_NEW* of its kind;
/// false for a kind that is not known. Source: namespaces(7), "The /proc/pid/ns/ directory" (device and
/// inode number).
bool isOwnNamespace(int namespaceFd, int flag);

/// The namespace around a process or user namespace. Errors: PermissionDenied for the caller's own and those
/// around it. Source: ioctl_ns(2), NS_GET_PARENT.
Result<UniqueFd> openParentNamespace(int namespaceFd);

/// Whether the caller's user namespace owns the namespace behind the descriptor. Source: ioctl_ns(2),
/// NS_GET_USERNS.
bool isOwnedByCaller(int namespaceFd);

/// Become uid 0 and gid 0 of the namespace just entered. Supplementary groups stay, because they may be what
/// lets the user read a bind mount's source.
Result<> becomeNamespaceRoot();

/// The same for another user of the namespace, who keeps the capabilities: a map may have no 0. Errors:
/// by errno, EINVAL for an id without a mapping.
Result<> becomeNamespaceUser(uid_t uid, gid_t gid);

/// Both sides of clone3(2).
struct CloneResult {
    pid_t pid = 0;   ///< 0 in the child
    UniqueFd pidFd;  ///< in the parent
};

/// Start a child in new namespaces; it shares no memory with the parent and runs on from here. CLONE_NEW*
/// and CLONE_PARENT only. cgroupFd: group of version 2 in which it is born; -1: that of the caller. Born
/// there means that not even its first page is charged to another group.
/// The C library does not know of the child: no atfork handler runs, so callers have one thread and hold
/// no lock. Errors: as unshareNamespaces.
/// Source: clone(2), CLONE_PIDFD, CLONE_INTO_CGROUP (Linux 5.7).
Result<CloneResult> cloneProcess(std::uint64_t flags, int cgroupFd = -1);

/// A pidfd of a child that is not yet reaped, whose number therefore cannot belong to another. Errors: by
/// errno. Source: pidfd_open(2).
Result<UniqueFd> openChildProcess(pid_t pid);

/// Reap a child and give its wait status, to be read with WIFEXITED and the like. Blocks until it ends.
/// Errors: by errno, ECHILD for one that is not ours.
Result<int> waitForChild(pid_t pid);

}  // namespace coracle::sys
