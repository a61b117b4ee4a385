// SPDX-License-Identifier: Apache-2.0
#include "core/cli/session_runner.h"

#include "core/cli/detach_keys.h"
#include "rootless/sys/file.h"
#include "rootless/sys/own_terminal.h"
#include "rootless/sys/reaper.h"

#include <array>
#include <optional>

#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace coracle::cli {
namespace {

// Small enough that a socket that polls writable takes it whole: unix(7) sockets report writable below a
// quarter of their buffer, which is 208 KiB.
constexpr std::size_t kInputBytes = 32U << 10U;
/// A program that ignores Ctrl+C must not hold the person for ever: the third one leaves without the
/// program.
constexpr int kInterruptsToLeave = 3;

/// Signals as a descriptor; the mask is as before when this goes.
class CaughtSignals {
public:
    explicit CaughtSignals(bool proxy) {
        (void)::pthread_sigmask(SIG_BLOCK, nullptr, &m_before);
        auto opened = proxy ? sys::openSignalFd({SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2,
                                                 SIGALRM, SIGCONT})
                            : sys::openSignalFd({SIGWINCH});
        if (opened) {
            m_fd = *std::move(opened);
        }
    }
    ~CaughtSignals() { (void)::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    CaughtSignals(const CaughtSignals&) = delete;
    CaughtSignals& operator=(const CaughtSignals&) = delete;

    int fd() const { return m_fd.get(); }

private:
    sigset_t m_before{};
    sys::UniqueFd m_fd;
};

/// One session until its end. At most one piece of input is held; while it waits to be sent, no more is
/// read, so a container that reads nothing does not make memory grow here, and its output still comes
/// through.
class Runner {
public:
    Runner(engine::Session& session, const SessionOptions& options, DetachKeys keys)
        : m_session(session)
        , m_options(options)
        , m_keys(std::move(keys))
        , m_raw(options.tty && options.standardInput ? STDIN_FILENO : -1)
        , m_signals(options.signalProxy)
        , m_inputOpen(options.standardInput) {}

    Result<SessionEnd> run() {
        sendSize();
        while (true) {
            if (!shows() && !m_inputOpen && m_pending.empty()) {
                return SessionEnd{true, 0};
            }
            TRY_ASSIGN(const auto ended, step());
            if (ended) {
                return *ended;
            }
        }
    }

private:
    bool shows() const { return m_options.standardOutput || m_options.standardError; }

    /// One turn. Output is taken before input so that a program's last words come out before its end is
    /// seen; "gone" in a send is not an error here, as receive() gives the exit code or the reason.
    Result<std::optional<SessionEnd>> step() {
        const bool readInput = m_inputOpen && m_pending.empty();
        const short sessionEvents = m_pending.empty() ? POLLIN : POLLIN | POLLOUT;
        std::array<pollfd, 3> fds{{{m_session.fd(), sessionEvents, 0},
                                   {readInput ? STDIN_FILENO : -1, POLLIN, 0},
                                   {m_signals.fd(), POLLIN, 0}}};
        if (::poll(fds.data(), fds.size(), -1) < 0) {
            return errno == EINTR ? Result<std::optional<SessionEnd>>(std::nullopt)
                                  : Error::fromErrno("wait for the container");
        }
        if (fds[2].revents != 0 && takeSignals()) {
            return std::optional<SessionEnd>(SessionEnd{true, kSignalBase + SIGINT});
        }
        if ((fds[0].revents & POLLOUT) != 0 && !m_pending.empty()) {
            (void)m_session.send(m_pending);  // gone: receive() says so
            m_pending.clear();
        }
        if ((fds[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            TRY_ASSIGN(const auto ended, takeOutput());
            if (ended) {
                return ended;
            }
        }
        if (fds[1].revents != 0 && takeInput()) {
            return std::optional<SessionEnd>(SessionEnd{true, 0});
        }
        return std::optional<SessionEnd>();
    }

    Result<std::optional<SessionEnd>> takeOutput() {
        TRY_ASSIGN(const auto chunk, m_session.receive());
        if (!chunk) {
            return std::optional<SessionEnd>(SessionEnd{false, m_session.exitCode().value_or(0)});
        }
        const bool isError = chunk->stream == types::LogStream::Stderr;
        if (!(isError ? m_options.standardError : m_options.standardOutput)) {
            return std::optional<SessionEnd>();
        }
        const int target = chunk->stream == types::LogStream::Stderr ? STDERR_FILENO : STDOUT_FILENO;
        if (auto written = sys::writeAll(target, chunk->bytes); !written) {
            return std::move(written).error().context("pass on the container's output");
        }
        return std::optional<SessionEnd>();
    }

    /// true: the detach keys were typed.
    bool takeInput() {
        std::string buffer(kInputBytes, '\0');
        const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
            return false;
        }
        if (got <= 0) {
            m_inputOpen = false;
            (void)m_session.closeInput();  // gone: receive() says so
            return false;
        }
        const auto fed = m_keys.feed(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
        m_pending = fed.forward;
        return fed.detach;
    }

    /// true: the person insists on leaving. A signal is passed on by its number: the program inside sees
    /// what this program saw.
    bool takeSignals() {
        while (const auto number = sys::readSignal(m_signals.fd())) {
            if (*number == SIGWINCH) {
                sendSize();
                continue;
            }
            if ((*number == SIGINT || *number == SIGTERM) && ++m_interrupts >= kInterruptsToLeave) {
                return true;
            }
            (void)m_session.signal(*number);  // gone: receive() says so
        }
        return false;
    }

    void sendSize() {
        const auto size = m_options.tty ? sys::findWindowSize(STDIN_FILENO) : std::nullopt;
        if (size) {
            (void)m_session.resize(size->columns, size->rows);  // gone: receive() says so
        }
    }

    static constexpr int kSignalBase = 128;
    engine::Session& m_session;
    const SessionOptions& m_options;
    DetachKeys m_keys;
    sys::RawTerminal m_raw;
    CaughtSignals m_signals;
    std::string m_pending;
    bool m_inputOpen;
    int m_interrupts = 0;
};

}  // namespace

Result<> checkTerminal(const Console& console, bool tty, bool standardInput) {
    if (tty && standardInput && !console.inIsTerminal()) {
        return Error(ErrorKind::InvalidArgument, "the input device is not a TTY")
            .withHint("leave out -t when the input is a file or a pipe");
    }
    return {};
}

Result<SessionEnd> runSession(engine::Session& session, const SessionOptions& options) {
    TRY_ASSIGN(auto keys, DetachKeys::parse(options.tty && options.standardInput ? options.detachKeys : ""));
    Runner runner(session, options, std::move(keys));
    return runner.run();
}

}  // namespace coracle::cli
