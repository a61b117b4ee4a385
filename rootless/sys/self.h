// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

struct sock_filter;

/// What a process changes about itself on its way to another program. Single-threaded callers only.
namespace coracle::sys {

/// Nobody may trace this process or look through its /proc entries until the next execve(2).
/// Source: prctl(2), PR_SET_DUMPABLE; ptrace(2), "Ptrace access mode checking".
void forbidTracing();

/// The opposite: gives back what a change of credentials took away. Whoever may trace the user's
/// processes may look again. Called when nothing secret or privileged is left in the process: /proc/self
/// of a process that is not dumpable belongs to root of the machine, so it could not even open its own
/// files there.
/// Source: proc(5), "/proc/[pid]", ownership.
void allowTracing();

/// Give back the memory of this program's code, which comes from the page cache when it is needed again, and
/// the free part of its heap. For a program that has done most of what it does and will sleep for long.
/// Source: madvise(2), MADV_DONTNEED; malloc_trim(3).
void releaseMemory();

/// Be killed when the thread that made this process ends. Not inherited by children, and cleared by a
/// change of credentials. A parent that ended before the call is not noticed: the caller's socket tells
/// that. Source: prctl(2), PR_SET_PDEATHSIG.
void endWithParent();

/// Set CLOEXEC on every descriptor from `first` on, so that the container's program gets none of the
/// host's, not even one whose owner forgot the flag. They stay usable until execve(2). Source:
/// close_range(2), CLOSE_RANGE_CLOEXEC (Linux 5.11).
void setCloseOnExecFrom(int first);

/// The same from 3 on, but `kept` are given to the program. Async-signal-safe.
void setCloseOnExecBut(const std::vector<int>& kept);

/// Bit n stands for capability n. Source: capabilities(7), "Thread capability sets".
struct CapabilitySets {
    std::uint64_t effective = 0;
    std::uint64_t permitted = 0;
    std::uint64_t inheritable = 0;
};

/// Remove everything outside of `keep` from the bounding set, which cannot be undone: a set-user-ID or
/// file capability in the container gives nothing beyond it. Needs CAP_SETPCAP. Errors: by errno. Source:
/// capabilities(7), "Capability bounding set".
Result<> limitBoundingSet(std::uint64_t keep);

/// capset(2) of the calling thread. Nothing can be added that is not permitted. Errors: by errno.
Result<> setCapabilities(const CapabilitySets& sets);

/// What the calling thread is permitted. Errors: by errno. Source: capget(2).
Result<std::uint64_t> permittedCapabilities();

/// Replace the ambient set, which an ordinary program keeps over execve(2); its members have to be
/// permitted and inheritable. Errors: by errno. Source: capabilities(7), "Ambient".
Result<> setAmbient(std::uint64_t mask);

/// Keep: the caller's supplementary groups stay, by which a bind mount of the host may be readable.
enum class Groups : std::uint8_t { Replace, Keep };

/// Change user, group and supplementary groups, keeping the permitted capabilities (the effective ones
/// are lost and are set by setCapabilities afterwards). The process is not traceable when it returns.
/// Errors: InvalidArgument with a hint for an id that the user namespace does not have; by errno.
Result<> changeUser(uid_t uid, gid_t gid, const std::vector<gid_t>& groups, Groups which = Groups::Replace);

/// No execve(2) below gives more rights than there are: set-user-ID bits and file capabilities are
/// ignored. For ever, inherited. Source: Documentation/userspace-api/no_new_privs.rst.
Result<> setNoNewPrivileges();

/// Load a compiled filter. Needs no-new-privileges or CAP_SYS_ADMIN. Source: seccomp(2).
/// flags: SECCOMP_FILTER_FLAG_*.
Result<> installFilter(std::span<const sock_filter> program, std::uint32_t flags = 0);

/// The same for a filter that hands calls to an agent; gives the agent's descriptor. From then on each call
/// of the caller may wait for the agent. Source: seccomp_unotify(2).
Result<UniqueFd> installListeningFilter(std::span<const sock_filter> program, std::uint32_t flags);

/// Names of the filter flags that this kernel takes, as the OCI spec writes them. Loads nothing. Source:
/// seccomp(2), "SECCOMP_FILTER_FLAG_".
std::vector<std::string> supportedFilterFlags();

/// setrlimit(2); `name` is for the message. Errors: PermissionDenied with a hint above the hard limit.
Result<> setResourceLimit(int resource, std::uint64_t soft, std::uint64_t hard, const std::string& name);

/// sethostname(2) in the calling process's UTS namespace. Errors: by errno, EINVAL above 64 bytes.
Result<> setHostName(const std::string& name);
/// setdomainname(2), the NIS domain, in the same. Errors: by errno.
Result<> setDomainName(const std::string& name);

/// Bring the loopback interface of the calling process's network namespace up: a new one has it down and
/// without it not even 127.0.0.1 answers. Needs CAP_NET_ADMIN there. Errors: by errno. Source:
/// network_namespaces(7), netdevice(7).
Result<> bringUpLoopback();

/// No signal blocked, none ignored: what the starter of this program chose must not reach the container.
void resetSignals();

/// Start a session without a controlling terminal, so that a terminal may become it. Errors: EPERM for
/// the leader of a process group. Source: setsid(2).
Result<> startSession();
/// Make the terminal the controlling one of the caller's session. Errors: by errno, EPERM when it belongs
/// to another session. Source: ioctl_tty(2), TIOCSCTTY.
Result<> takeTerminal(int terminalFd);

/// Both ends of a new terminal.
struct Terminal {
    UniqueFd master;
    UniqueFd slave;
};
/// A new terminal of the devpts file system behind `devptsFd`. The slave comes from the master itself
/// (TIOCGPTPEER, Linux 4.13), never from a name: what the container has mounted at /dev/pts/N may be
/// something else. Errors: by errno, PermissionDenied when it is no devpts.
Result<Terminal> openTerminal(int devptsFd);

/// Put the descriptor in place of standard input, output and error; they are not CLOEXEC. Errors: by
/// errno.
Result<> useAsStandardStreams(int fd);

/// Give the pipes among standard input, output and error to the user, so that /dev/stdout can be opened
/// again: a pipe's mode is 0600 and its owner is who made it. Pipes only: a file or a device of the host
/// must not change hands.
void ownStandardPipes(uid_t uid);

/// execve(2). `program` is a path, PATH is not searched. Returns only on failure.
Error execute(const std::string& program, const std::vector<std::string>& argv,
              const std::vector<std::string>& env);

/// execve(2) of the file behind a descriptor. Returns only on failure. Source: execveat(2), AT_EMPTY_PATH.
Error executeFd(int programFd, const std::vector<std::string>& argv, const std::vector<std::string>& env);

/// A copy of a file in memory that nobody can change any more. Source: memfd_create(2), fcntl(2) "File
/// Sealing".
Result<UniqueFd> sealedCopy(int fd);

}  // namespace coracle::sys
