// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/unique_fd.h"

#include <functional>
#include <stop_token>

namespace coracle::sys {

/// Makes a stop request visible to poll(2): the descriptor becomes readable when the request comes, also
/// one that came before. Without a possible request fd() is -1, which poll ignores. Stays in place until
/// destroyed.
/// The request may come from any thread; it writes to an eventfd(2) and nothing else.
class StopEvent {
public:
    explicit StopEvent(const std::stop_token& stop);
    StopEvent(const StopEvent&) = delete;
    StopEvent& operator=(const StopEvent&) = delete;
    ~StopEvent();

    /// Borrowed; -1 without a possible request. Never read it: readable means stopped, for ever.
    int fd() const noexcept { return m_fd.get(); }

private:
    // The callback writes to the descriptor, so it has to go first.
    UniqueFd m_fd;
    std::stop_callback<std::function<void()>> m_callback;
};

}  // namespace coracle::sys
