// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/parent.h"

#include <variant>

/// Theory of operation. The caller stays outside; a helper process joins all namespaces of the container in
/// one setns(2) through its pidfd, then clones the new process as a sibling of itself, which is so a child of
/// the caller and inside the container's pid namespace, and ends. The process is not dumpable from before it
/// can be seen inside until it is another program, so the container cannot look through /proc/PID/fd or trace
/// it on its way. Source: setns(2); CVE-2016-9962, CVE-2019-5736.
namespace coracle::runtime {

struct ExecOptions {
    oci::Process process;
    std::string consoleSocket;
    std::string pidFile;
    int preservedFds = 0;
};

/// Run a program in a running container; it runs when this returns. Errors: Conflict when the container does
/// not run.
std::variant<CreatedContainer, Failure> execInContainer(const StateStore& store, const ContainerState& state,
                                                        const ExecOptions& options);

}  // namespace coracle::runtime
