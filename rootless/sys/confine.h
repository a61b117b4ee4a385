// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <span>

/// Self-confinement of processes of ours that live long and need next to nothing: the keeper of the user
/// namespace, which only has to exist, and the relay of UDP ports, which reads datagrams that anybody
/// sends. Such a process opens what it needs, then gives up its rights, then its system calls. The order
/// is the kernel's: without CAP_SYS_ADMIN a filter may be loaded only after no-new-privileges.
namespace coracle::sys {

/// Give up every capability for ever and hide from ptrace and core dumps. An execve(2) gives nothing
/// back: no-new-privileges makes it ignore set-user-ID bits and file capabilities, so the bounding set
/// may stay as it is.
/// Affects the calling thread; callers have one. Errors: by errno. Source: capset(2); prctl(2),
/// PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE.
Result<> dropAllPrivileges();

/// From now on only these system calls of the native architecture work; any other one kills the process.
/// Has to follow dropAllPrivileges. Arguments are not looked at: a call on the list may be made with any
/// of them, so what a call reaches has to be limited by the descriptors that are open.
/// calls: SYS_* numbers, at most a hundred or so: each costs two of the 4096 instructions a filter may
/// have.
/// Errors: Unsupported on a kernel without seccomp filters. Source: seccomp(2), SECCOMP_RET_KILL_PROCESS.
Result<> allowOnlyCalls(std::span<const int> calls);

}  // namespace coracle::sys
