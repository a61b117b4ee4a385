// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

namespace coracle::runtime {

/// Open a terminal of the container's own devpts, send its master to the console socket, and make the slave
/// standard input, output, error and controlling terminal of the caller, which leads a session. Gives the
/// slave. The terminal of whoever started the container is never handed over. Source: OCI runtime-spec 1.1,
/// config.md, "terminal".
Result<sys::UniqueFd> setUpConsole(const oci::Process& process, int devptsFd, int consoleFd);

}  // namespace coracle::runtime
