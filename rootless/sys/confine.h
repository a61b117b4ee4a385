// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <span>

namespace coracle::sys {

/// Give up every capability for ever and hide from ptrace and core dumps.
/// Source: capset(2); prctl(2), PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE.
Result<> dropAllPrivileges();

/// From now on only these system calls of the native architecture work; any other one kills the process. Has
/// to follow dropAllPrivileges. Errors: Unsupported on a kernel without seccomp filters.
/// Source: seccomp(2), SECCOMP_RET_KILL_PROCESS.
Result<> allowOnlyCalls(std::span<const int> calls);

}  // namespace coracle::sys
