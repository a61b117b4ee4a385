// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/console.h"

#include "rootless/sys/own_terminal.h"
#include "rootless/sys/self.h"
#include "rootless/sys/terminal.h"
#include "rootless/sys/unix_socket.h"

#include <unistd.h>

namespace coracle::runtime {

Result<> settleConsole(oci::Process& process, const ConsoleRequest& request) {
    if (!process.terminal) {
        return request.socket.empty()
                   ? Result<>()
                   : Error(ErrorKind::InvalidArgument, "a console socket is given and no terminal is wanted")
                         .withHint("set process.terminal and --console-socket together");
    }
    if (!request.socket.empty()) {
        return {};
    }
    if (!request.foreground) {
        return Error(ErrorKind::InvalidArgument, "a terminal is wanted and there is no console socket")
            .withHint("give --console-socket, or stay with it: `run` or `exec` without --detach");
    }
    for (int fd = STDIN_FILENO; process.consoleRows == 0 && fd <= STDERR_FILENO; ++fd) {
        if (const auto size = sys::findWindowSize(fd)) {
            process.consoleRows = size->rows;
            process.consoleColumns = size->columns;
        }
    }
    return {};
}

Result<ConsoleEnds> connectConsole(const oci::Process& process, const ConsoleRequest& request) {
    ConsoleEnds ends;
    if (!process.terminal) {
        return ends;
    }
    if (!request.socket.empty()) {
        TRY_ASSIGN(ends.sender, sys::connectUnix(request.socket, sys::SocketType::Stream));
        return ends;
    }
    TRY_ASSIGN(sys::SocketPair pair, sys::makeSocketPair(sys::SocketType::Stream));
    ends.receiver = std::move(pair.first);
    ends.sender = std::move(pair.second);
    return ends;
}

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
