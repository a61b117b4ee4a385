// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
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

/// What any other call does.
enum class OtherCalls : std::uint8_t {
    Kill,  ///< end the process
    Fail,  ///< EPERM; of other architectures: end the process
};

/// From now on only these system calls of the native architecture work. Has to follow no-new-privileges.
/// Errors: Unsupported on a kernel without seccomp filters.
/// Source: seccomp(2), SECCOMP_RET_KILL_PROCESS.
Result<> allowOnlyCalls(std::span<const int> calls, OtherCalls others = OtherCalls::Kill);

}  // namespace coracle::sys
