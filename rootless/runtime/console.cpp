// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/console.h"

#include "rootless/sys/self.h"
#include "rootless/sys/terminal.h"
#include "rootless/sys/unix_socket.h"

#include <unistd.h>

namespace coracle::runtime {

/// The terminal comes from the container's own devpts, so its name inside is a real one and ttyname(3)
/// works. Order: the owner first, while this process may still change it; then it becomes the controlling
/// terminal (TIOCSCTTY needs the session that runInit() made); the master goes to the caller last, so that
/// nobody reads from a half made terminal.
Result<sys::UniqueFd> setUpConsole(const oci::Process& process, int devptsFd, int consoleFd) {
    TRY_ASSIGN(sys::Terminal terminal, sys::openTerminal(devptsFd));
    if (process.consoleRows != 0 && process.consoleColumns != 0) {
        TRY(sys::setWindowSize(terminal.master.get(), {process.consoleColumns, process.consoleRows}));
    }
    // The group stays the one that the devpts mount gives (gid=5, tty).
    if (::fchown(terminal.slave.get(), process.user.uid, static_cast<gid_t>(-1)) != 0) {
        return Error::fromErrno("give the terminal to user " + std::to_string(process.user.uid));
    }
    TRY(sys::takeTerminal(terminal.slave.get()));
    TRY(sys::useAsStandardStreams(terminal.slave.get()));
    TRY(sys::sendDescriptor(consoleFd, terminal.master.get()));
    return std::move(terminal.slave);
}

}  // namespace coracle::runtime
