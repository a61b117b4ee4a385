// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/settings.h"
#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"

#include <string>
#include <string_view>
#include <vector>

/// Command lines for an OCI runtime and what its answers mean. Pure.
namespace coracle::monitor {

/// The command that makes the process: `exec`, or `run` when nothing has to happen between create and start
/// (one program start less), or `create`. consoleSocket is empty without a terminal. preserved: descriptors
/// of the runtime, in order, that the program has, too. spareFd: descriptor of namespaces that were made
/// ahead; -1: there are none.
std::vector<std::string> creationCommand(const Settings& settings, const std::string& consoleSocket,
                                         const std::vector<int>& preserved = {}, int spareFd = -1);

/// Lets a created process become its program.
std::vector<std::string> startCommand(const Settings& settings);

/// Deletes whatever is left of the container, killing its processes; succeeds when there is nothing.
std::vector<std::string> deleteCommand(const Settings& settings);

/// Where creationCommand lets the runtime write the process id.
std::string pidFile(const Settings& settings);

/// What a runtime's unsuccessful end means. Exit codes 127 and 126 become NotFound and PermissionDenied
/// of the container's program; runtimes that only print a sentence (crun, runc) are understood by it,
/// everything else is Unavailable. `output` is what it wrote to standard error: the last line is the
/// message, a line "hint: .." the hint.
/// Only text of the runtime is read here: the container's program has not run when a creation fails.
Error runtimeFailure(const Settings& settings, sys::ExitStatus status, std::string_view output);

/// A failure of our own, never mistaken for one of the container's program.
Error ownFailure(Error error);

}  // namespace coracle::monitor
