// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

namespace coracle::runtime {

/// Open a terminal of the container's own devpts, send its master to the console socket, and make the
/// slave standard input, output, error and controlling terminal of the caller, which leads a session.
/// Gives the slave.
/// Security: the terminal of whoever started the container is never handed over, so a program inside
/// cannot push characters into the input of the caller's shell (ioctl_tty(2), TIOCSTI).
/// Errors: PermissionDenied when `devptsFd` is no devpts; by errno. Source: OCI runtime-spec 1.1,
/// config.md, "terminal".
Result<sys::UniqueFd> setUpConsole(const oci::Process& process, int devptsFd, int consoleFd);

}  // namespace coracle::runtime
