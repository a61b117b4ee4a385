// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/terminal_relay.h"

#include "rootless/runtime/verbs.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/reaper.h"

#include <array>
#include <cerrno>

#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace coracle::runtime {
namespace {

/// What a pipe takes without waiting once it is writable. Source: pipe(7), PIPE_BUF.
constexpr std::size_t kPieceBytes = 4096;

bool wouldWait(int error) {
    return error == EINTR || error == EAGAIN;
}

}  // namespace

Result<TerminalRelay> TerminalRelay::open(sys::UniqueFd master, int pidFd) {
    TRY_ASSIGN(sys::UniqueFd signals,
               sys::openSignalFd({SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT}));
    TRY_ASSIGN(sys::UniqueFd slave, sys::openSlave(master.get()));
    TRY(sys::setNonBlocking(master.get()));
    sys::ignoreSignals({SIGPIPE});
    return TerminalRelay(std::move(master), std::move(slave), pidFd, std::move(signals));
}

Result<> TerminalRelay::run() {
    sys::RawTerminal own(STDIN_FILENO);
    bool running = true;
    while (running) {
        TRY_ASSIGN(running, step(own));
    }
    // What is there is shown; what a process in the background may still write is not waited for.
    do {
        while (!m_shown.empty()) {
            pollfd writable{STDOUT_FILENO, POLLOUT, 0};
            (void)::poll(&writable, 1, -1);  // the write says what is wrong
            showOn();
        }
        if (m_outputOpen) {
            takeOutput();
        }
    } while (!m_shown.empty());
    return {};
}

Result<bool> TerminalRelay::step(sys::RawTerminal& own) {
    const bool typing = !m_typed.empty();
    const bool showing = !m_shown.empty();
    const auto wanted = static_cast<short>((typing ? POLLOUT : 0) | (showing || !m_outputOpen ? 0 : POLLIN));
    std::array<pollfd, 5> fds{{{m_pidFd, POLLIN, 0},
                               {m_signals.get(), POLLIN, 0},
                               {m_inputOpen && !typing ? STDIN_FILENO : -1, POLLIN, 0},
                               {wanted != 0 ? m_master.get() : -1, wanted, 0},
                               {showing ? STDOUT_FILENO : -1, POLLOUT, 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0) {
        return errno == EINTR ? Result<bool>(true) : Error::fromErrno("wait for the container");
    }
    if (fds[1].revents != 0) {
        takeSignals(own);
    }
    if (fds[2].revents != 0) {
        takeInput();
    }
    if ((fds[3].revents & (POLLOUT | POLLERR)) != 0) {
        typeOn();
    }
    if ((fds[3].revents & (POLLIN | POLLHUP)) != 0 && !showing) {
        takeOutput();
    }
    if (fds[4].revents != 0) {
        showOn();
    }
    return fds[0].revents == 0;
}

void TerminalRelay::takeSignals(sys::RawTerminal& own) {
    while (const auto signal = sys::readSignal(m_signals.get())) {
        if (*signal == SIGCONT) {
            own.enter();
        }
        if (*signal == SIGWINCH || *signal == SIGCONT) {
            handSizeOn();
        }
        if (*signal != SIGWINCH) {
            (void)sys::signalProcess(m_pidFd, *signal);  // ignored: it has just ended
        }
    }
}

void TerminalRelay::handSizeOn() const {
    const auto size = sys::findWindowSize(STDIN_FILENO);
    if (size && m_master) {
        (void)sys::setWindowSize(m_master.get(), *size);  // ignored: the terminal has just gone
    }
}

void TerminalRelay::takeInput() {
    std::array<char, kPieceBytes> piece{};
    const auto got = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (got > 0) {
        m_typed.assign(piece.data(), static_cast<std::size_t>(got));
        m_lineBegun = m_typed.back() != '\n';
        return typeOn();
    }
    if (got < 0 && wouldWait(errno)) {
        return;
    }
    m_inputOpen = false;
    if (const char end = m_master ? sys::endOfInputCharacter(m_master.get()) : '\0'; end != '\0') {
        // Within a line the first one hands the line on, and only the next one is an end. Source: termios(3).
        m_typed.assign(m_lineBegun ? 2 : 1, end);
        typeOn();
    }
}

void TerminalRelay::typeOn() {
    const auto put = ::write(m_master.get(), m_typed.data(), m_typed.size());
    if (put > 0) {
        m_typed.erase(0, static_cast<std::size_t>(put));
    } else if (put < 0 && !wouldWait(errno)) {  // nobody reads any more
        m_typed.clear();
        m_inputOpen = false;
    }
}

void TerminalRelay::takeOutput() {
    std::array<char, kPieceBytes> piece{};
    const auto got = ::read(m_master.get(), piece.data(), piece.size());
    if (got > 0) {
        m_shown.assign(piece.data(), static_cast<std::size_t>(got));
    } else if (got == 0 || !wouldWait(errno)) {
        m_outputOpen = false;  // hung up, which a terminal says by EIO
        m_typed.clear();
        m_inputOpen = false;
    }
}

void TerminalRelay::showOn() {
    if (m_shown.empty()) {
        return;
    }
    const auto put = ::write(STDOUT_FILENO, m_shown.data(), m_shown.size());
    if (put > 0) {
        m_shown.erase(0, static_cast<std::size_t>(put));
    } else if (put < 0 && !wouldWait(errno)) {
        hangUp();
    }
}

void TerminalRelay::hangUp() {
    m_slave.reset();
    m_master.reset();
    m_shown.clear();
    m_typed.clear();
    m_inputOpen = false;
    m_outputOpen = false;
}

Result<int> superviseForeground(CreatedContainer& process) {
    if (process.terminal) {
        TRY_ASSIGN(TerminalRelay relay,
                   TerminalRelay::open(std::move(process.terminal), process.pidFd.get()));
        TRY(relay.run());
    }
    return superviseChild(process.pid, process.pidFd.get());
}

}  // namespace coracle::runtime
