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

/// The opposite: gives back what a change of credentials took away. Whoever may trace the user's processes
/// may look again.
void allowTracing();

/// Give back the memory of this program's code, which comes from the page cache when it is needed again, and
/// the free part of its heap. For a program that has done most of what it does and will sleep for long.
/// Source: madvise(2), MADV_DONTNEED; malloc_trim(3).
void releaseMemory();

/// Be killed when the process that made this one ends. Source: prctl(2), PR_SET_PDEATHSIG.
void endWithParent();

/// Set CLOEXEC on every descriptor from `first` on. Source: close_range(2), CLOSE_RANGE_CLOEXEC.
void setCloseOnExecFrom(int first);

struct CapabilitySets {
    std::uint64_t effective = 0;
    std::uint64_t permitted = 0;
    std::uint64_t inheritable = 0;
};

/// Remove everything outside of `keep` from the bounding set. Needs CAP_SETPCAP.
Result<> limitBoundingSet(std::uint64_t keep);

/// capset(2) of the calling thread.
Result<> setCapabilities(const CapabilitySets& sets);

/// Replace the ambient set; its members have to be permitted and inheritable. Source: capabilities(7).
Result<> setAmbient(std::uint64_t mask);

enum class Groups : std::uint8_t { Replace, Keep };

/// Change user, group and supplementary groups, keeping the permitted capabilities.
/// Errors: InvalidArgument with a hint for an id that the user namespace does not have.
Result<> changeUser(uid_t uid, gid_t gid, const std::vector<gid_t>& groups, Groups which = Groups::Replace);

Result<> setNoNewPrivileges();

/// Load a compiled filter. Needs no-new-privileges or CAP_SYS_ADMIN. Source: seccomp(2).
/// flags: SECCOMP_FILTER_FLAG_*.
Result<> installFilter(std::span<const sock_filter> program, std::uint32_t flags = 0);

/// The same for a filter that hands calls to an agent; gives the agent's descriptor. From then on each call
/// of the caller may wait for the agent. Source: seccomp_unotify(2).
Result<UniqueFd> installListeningFilter(std::span<const sock_filter> program, std::uint32_t flags);

/// Names of the filter flags that this kernel takes. Source: seccomp(2), "SECCOMP_FILTER_FLAG_".
std::vector<std::string> supportedFilterFlags();

/// setrlimit(2); `name` is for the message. Errors: PermissionDenied with a hint above the hard limit.
Result<> setResourceLimit(int resource, std::uint64_t soft, std::uint64_t hard, const std::string& name);

Result<> setHostName(const std::string& name);
Result<> setDomainName(const std::string& name);

/// Bring the loopback interface of the calling process's network namespace up.
Result<> bringUpLoopback();

/// No signal blocked, none ignored: what the starter of this program chose must not reach the container.
void resetSignals();

/// Start a session; with a terminal, make it the controlling one.
Result<> startSession();
Result<> takeTerminal(int terminalFd);

/// Both ends of a new terminal of the devpts file system behind `devptsFd`. The slave comes from the master
/// itself (TIOCGPTPEER), never from a name. Errors: by errno, PermissionDenied when it is no devpts.
struct Terminal {
    UniqueFd master;
    UniqueFd slave;
};
Result<Terminal> openTerminal(int devptsFd);

/// Put the descriptor in place of standard input, output and error.
Result<> useAsStandardStreams(int fd);

/// Give the pipes among standard input, output and error to the user, so that /dev/stdout can be opened
/// again.
void ownStandardPipes(uid_t uid);

/// execve(2). Returns only on failure.
Error execute(const std::string& program, const std::vector<std::string>& argv,
              const std::vector<std::string>& env);

/// execve(2) of the file behind a descriptor. Returns only on failure. Source: execveat(2), AT_EMPTY_PATH.
Error executeFd(int programFd, const std::vector<std::string>& argv, const std::vector<std::string>& env);

/// A copy of a file in memory that nobody can change any more. Source: memfd_create(2), fcntl(2) "File
/// Sealing".
Result<UniqueFd> sealedCopy(int fd);

}  // namespace coracle::sys
