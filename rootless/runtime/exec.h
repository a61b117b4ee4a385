// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/parent.h"

#include <variant>

/// Theory of operation. The caller stays outside; a helper process joins all namespaces of the container
/// in one setns(2) through its pidfd, then clones the new process as a sibling of itself, which is so a
/// child of the caller and inside the container's pid namespace, and ends.
///
///   caller                      joiner                          new process
///   clone ------------------->  not dumpable, setns
///                               clone(CLONE_PARENT) --------->  session, terminal, limits
///   <-------- its number ------ exit                            user, command found
///   <--------------------------------------------------------- filters, execve: the socket closes
///
/// Who fails says so through the one socket and ends; the caller knows that the program runs when the
/// last copy of the socket's other end is closed without a failure.
/// Why a joiner: setns(2) to a pid namespace holds for children only, and the caller has to stay where it
/// can still read the host's files.
/// Security. A process that has joined is in reach of the container's root before it is a program of the
/// container, while it still holds descriptors of the host. It is not dumpable from before it can be seen
/// inside until it is another program, so the container cannot look through /proc/PID/fd or trace it on
/// its way; its user, filters, bounding set and limits are those of the first process. Source: setns(2);
/// ptrace(2), "Ptrace access mode checking"; CVE-2016-9962, CVE-2019-5736.
namespace coracle::runtime {

/// What to run; `process` is complete, nothing of it is taken from the container any more.
struct ExecOptions {
    oci::Process process;
    ConsoleRequest console;
    std::string pidFile;
    /// Descriptors 3 and up that the program inherits from the caller of the runtime.
    std::vector<int> preservedFds;
    bool ignorePaused = false;  ///< in a paused container the process waits until that goes on
};

/// Run a program in a running container; it runs when this returns, as a child of the caller, who reaps
/// it. Blocks until then. Changes the caller's user namespace for good when the container has a kept one
/// around it.
/// Failures: Conflict when the container is paused or does not run; exit codes as createContainer().
/// Nothing is left of a process that did not become its program.
std::variant<CreatedContainer, Failure> execInContainer(const StateStore& store, const ContainerState& state,
                                                        const ExecOptions& options);

}  // namespace coracle::runtime
