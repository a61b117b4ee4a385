// SPDX-License-Identifier: Apache-2.0
#include "core/cli/interrupt.h"

#include <array>
#include <chrono>
#include <system_error>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace coracle::cli {
namespace {

constexpr int kSignalBase = 128;
constexpr std::chrono::seconds kSameRequest{1};

/// timeout(1) sends its signal to the program and then to the group that the program is in: one request, of
/// one sender. What the terminal sends (SI_KERNEL) is a key press each time.
bool isSameRequest(const signalfd_siginfo& first, const signalfd_siginfo& next) {
    return next.ssi_code == SI_USER && first.ssi_code == SI_USER && next.ssi_pid == first.ssi_pid &&
           next.ssi_signo == first.ssi_signo;
}

}  // namespace

/// The signals are blocked before the thread is made, so it and every later thread inherit the mask
/// (pthread_sigmask(3)) and no thread is hit by one; they arrive at the signalfd only. A program that is
/// started from here must not inherit the mask: rootless/sys/subprocess.h resets it. When no descriptor can
/// be opened the signals stay blocked until the destructor.
Interrupt::Interrupt() {
    sigset_t caught;
    sigemptyset(&caught);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        sigaddset(&caught, number);
    }
    (void)::pthread_sigmask(SIG_BLOCK, &caught, &m_before);
    m_signals.reset(::signalfd(-1, &caught, SFD_CLOEXEC));
    m_done.reset(::eventfd(0, EFD_CLOEXEC));
    if (m_signals && m_done) {
        try {
            m_thread = std::thread([this] { watch(); });
        } catch (const std::system_error&) {  // a limit of processes
        }
    }
    if (!m_thread.joinable()) {  // a signal ends the program at once then
        (void)::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
}

Interrupt::~Interrupt() {
    if (m_thread.joinable()) {
        (void)::eventfd_write(m_done.get(), 1);
        m_thread.join();
    }
    (void)::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

void Interrupt::watch() {
    signalfd_siginfo first{};
    std::chrono::steady_clock::time_point since;
    while (true) {
        std::array<pollfd, 2> fds{{{m_signals.get(), POLLIN, 0}, {m_done.get(), POLLIN, 0}}};
        if (::poll(fds.data(), fds.size(), -1) < 0) {
            continue;
        }
        if (fds[1].revents != 0) {
            return;
        }
        signalfd_siginfo info{};
        if (fds[0].revents != 0 && ::read(m_signals.get(), &info, sizeof info) > 0) {
            // The second one: no destructors, since what hangs may be what they wait for. Whatever is
            // left half done is what a crash would leave, and the next command cleans it up.
            const auto now = std::chrono::steady_clock::now();
            if (!m_source.stop_requested()) {
                first = info;
                since = now;
                m_source.request_stop();
            } else if (!isSameRequest(first, info) || now - since > kSameRequest) {
                ::_exit(kSignalBase + static_cast<int>(info.ssi_signo));
            }
        }
    }
}

}  // namespace coracle::cli
