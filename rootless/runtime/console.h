// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>

namespace coracle::runtime {

/// Who gets the controlling end of a terminal that a process wants.
struct ConsoleRequest {
    std::string socket;       ///< a program that listens there; empty: none
    bool foreground = false;  ///< without a socket: we do, for we stay until the process ends
};

/// Where the controlling end is sent, and where it arrives when it is for us.
struct ConsoleEnds {
    sys::UniqueFd sender;    ///< empty: no terminal is wanted
    sys::UniqueFd receiver;  ///< empty: it is not for us
};

/// Whether terminal and request go together, as with runc: who does not stay needs a console socket. For a
/// terminal of ours a process without a size of its own gets the one of the terminal we are on, before it can
/// ask. Errors: InvalidArgument.
Result<> settleConsole(oci::Process& process, const ConsoleRequest& request);

/// Connect what settleConsole has accepted.
Result<ConsoleEnds> connectConsole(const oci::Process& process, const ConsoleRequest& request);

/// Open a terminal of the container's own devpts, send its master to the console socket, and make the slave
/// standard input, output, error and controlling terminal of the caller, which leads a session. Gives the
/// slave. The terminal of whoever started the container is never handed over. Source: OCI runtime-spec 1.1,
/// config.md, "terminal".
Result<sys::UniqueFd> setUpConsole(const oci::Process& process, int devptsFd, int consoleFd);

}  // namespace coracle::runtime
