// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/reaper.h"

#include <array>

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coracle::runtime {

Outcome toOutcome(Result<int> result) {
    if (!result) {
        return Failure{std::move(result).error()};
    }
    return *result;
}

/// The signals are taken by a descriptor from the moment of its making, so none is lost between two looks.
/// SIGKILL cannot be passed on: whoever kills this program leaves the container running.
Result<int> superviseChild(pid_t pid, int pidFd) {
    TRY_ASSIGN(const sys::UniqueFd signals,
               sys::openSignalFd({SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT}));
    while (true) {
        std::array<pollfd, 2> waiting{{{pidFd, POLLIN, 0}, {signals.get(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) {
            return Error::fromErrno("wait for the container");
        }
        if (waiting[0].revents != 0) {
            break;
        }
        while (const auto signal = sys::readSignal(signals.get())) {
            (void)sys::signalProcess(pidFd, *signal);  // ignored: it has just ended
        }
    }
    TRY_ASSIGN(const int status, sys::waitForChild(pid));
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Result<std::string> onlyWord(const Arguments& arguments, const char* usage) {
    if (arguments.words.size() != 1) {
        return Error(ErrorKind::InvalidArgument, std::string("usage: coracle-runtime ") + usage);
    }
    return arguments.words.front();
}

Result<> print(const std::string& text) {
    return sys::writeAll(STDOUT_FILENO, text);
}

}  // namespace coracle::runtime
