// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/unique_fd.h"

#include <stop_token>
#include <thread>

#include <signal.h>

namespace coracle::cli {

/// While it lives, SIGINT, SIGTERM and SIGHUP become a stop request instead of the end, so that an operation
/// can clean up; a second one ends the program at once, unless its sender repeats itself within a second.
/// Make it before other threads start.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_source.get_token(); }

private:
    void watch();

    std::stop_source m_source;
    sigset_t m_before{};
    sys::UniqueFd m_signals;
    sys::UniqueFd m_done;
    std::thread m_thread;
};

}  // namespace coracle::cli
