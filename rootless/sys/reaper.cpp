// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/reaper.h"

#include "rootless/sys/file.h"
#include "rootless/sys/self.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace coracle::sys {
namespace {

/// What docker and podman report when the engine, not the container's program, has failed.
constexpr int kForkFailed = 125;

}  // namespace

Result<> becomeSubreaper() {
    if (::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0) {
        return Error::fromErrno("become the reaper of child processes");
    }
    return {};
}

std::optional<ReapedChild> reapChild() {
    int status = 0;
    pid_t pid = -1;
    do {
        pid = ::waitpid(-1, &status, WNOHANG);
    } while (pid < 0 && errno == EINTR);
    if (pid <= 0) {
        return std::nullopt;
    }
    ReapedChild child;
    child.pid = pid;
    if (WIFSIGNALED(status)) {
        child.status.signal = WTERMSIG(status);
    } else {
        child.status.code = WEXITSTATUS(status);
    }
    return child;
}

Result<UniqueFd> openSignalFd(std::initializer_list<int> signals) {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : signals) {
        sigaddset(&set, signal);
    }
    if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) {
        return Error::fromErrno("block signals");
    }
    const int fd = ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) {
        return Error::fromErrno("open signal descriptor");
    }
    return UniqueFd(fd);
}

std::optional<int> readSignal(int signalFd) {
    signalfd_siginfo info{};
    if (::read(signalFd, &info, sizeof(info)) != static_cast<ssize_t>(sizeof(info))) {
        return std::nullopt;
    }
    return static_cast<int>(info.ssi_signo);
}

void ignoreSignals(std::initializer_list<int> signals) {
    for (const int signal : signals) {
        (void)::signal(signal, SIG_IGN);  // fails only for a number that is no signal
    }
}

void closeFrom(int first) {
    // COMPAT(kernel < 5.9): without close_range the descriptors stay open, which is only untidy.
    (void)::syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, 0U);
}

void closeRange(int first, int last) {
    (void)::syscall(SYS_close_range, static_cast<unsigned>(first), static_cast<unsigned>(last), 0U);
}

void letOthersRun() noexcept {
    (void)::sched_yield();  // cannot fail
}

Result<> setCloseOnExec(int fd) {
    const int flags = ::fcntl(fd, F_GETFD);
    if (flags < 0) {
        return Error(ErrorKind::NotFound, "descriptor " + std::to_string(fd) + " is not open", errno);
    }
    if (::fcntl(fd, F_SETFD, flags | FD_CLOEXEC) != 0) {
        return Error::fromErrno("set close-on-exec on descriptor " + std::to_string(fd));
    }
    return {};
}

Result<> setNonBlocking(int fd) {
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) {
        return Error::fromErrno("set descriptor " + std::to_string(fd) + " non-blocking");
    }
    return {};
}

bool isPipe(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

std::string readAvailable(int fd) {
    constexpr std::size_t kLimit = 64U << 10U;
    std::string text;
    std::array<char, 4096> buffer{};
    while (text.size() < kLimit) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            break;
        }
        text.append(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    return text;
}

Result<> redirectStandardStreamsToNull() {
    TRY_ASSIGN(const UniqueFd null, openAt(AT_FDCWD, "/dev/null", O_RDWR));
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::dup2(null.get(), stream) < 0) {
            return Error::fromErrno("redirect descriptor " + std::to_string(stream));
        }
    }
    return {};
}

bool placeDescriptors(const std::vector<std::pair<int, int>>& fds) {
    int highest = STDERR_FILENO;
    for (const auto& [from, to] : fds) {
        highest = std::max({highest, from, to});
    }
    // As in Subprocess: a wanted number may be the source of another pair.
    std::vector<int> parked;
    int last = STDERR_FILENO;
    for (const auto& [from, to] : fds) {
        parked.push_back(::fcntl(from, F_DUPFD, highest + 1));
        last = std::max(last, to);
    }
    for (std::size_t i = 0; i < fds.size(); ++i) {
        if (parked[i] < 0 || ::dup2(parked[i], fds[i].second) < 0) {
            return false;
        }
    }
    // CLOEXEC does nothing for a child that executes no program, so the monitor's descriptors, the parked
    // ones among them, are closed here.
    closeFrom(last + 1);
    for (int fd = STDERR_FILENO + 1; fd < last; ++fd) {
        if (std::none_of(fds.begin(), fds.end(), [fd](const auto& pair) { return pair.second == fd; })) {
            (void)::close(fd);  // mostly there is none
        }
    }
    return true;
}

Result<pid_t> forkInto(const std::vector<std::pair<int, int>>& fds, const std::string& processName,
                       const std::function<int()>& body, Signals signals) {
    const pid_t child = ::fork();
    if (child < 0) {
        return Error::fromErrno("fork");
    }
    if (child > 0) {
        return child;
    }
    if (!placeDescriptors(fds)) {
        ::_exit(kForkFailed);
    }
    if (signals == Signals::Reset) {
        resetSignals();
    }
    (void)::prctl(PR_SET_NAME, processName.c_str(), 0, 0, 0);  // only a name for ps
    ::_exit(body());
}

Result<> goOnInBackground() {
    const pid_t child = ::fork();
    if (child < 0) {
        return Error::fromErrno("fork");
    }
    if (child > 0) {
        ::_exit(0);
    }
    return {};
}

}  // namespace coracle::sys
