// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace coracle::sys {

/// An epoll(7) loop of one thread with timers. All members are called on that thread; handlers may add
/// and remove descriptors and timers, their own too.
/// Level-triggered: a handler that reads a part is called again for the rest, so none has to drain its
/// descriptor. A handler that throws is not expected; it ends the program.
/// Order within one round: descriptors as epoll_wait(2) lists them, then the timers that are due, by
/// their age.
class EventLoop {
public:
    using Clock = std::chrono::steady_clock;
    /// Gets the EPOLL* bits that are ready.
    using Handler = std::function<void(std::uint32_t events)>;
    using TimerId = std::uint64_t;

    /// A loop that watches nothing. Errors: by errno of epoll_create1(2).
    static Result<EventLoop> create();

    /// Watch a borrowed descriptor for EPOLL* `events`; 0 reports only errors and hang-ups, which
    /// epoll(7) always does.
    /// The descriptor has to stay open until unwatch(): a number that was closed and given out again
    /// would be taken for the old one.
    /// Errors: AlreadyExists when it is watched, PermissionDenied for a regular file (epoll_ctl(2),
    /// EPERM).
    Result<> watch(int fd, std::uint32_t events, Handler handler);

    /// Change the events of a watched descriptor; no system call when nothing changes, so a caller may
    /// say what it wants after each write. Errors: NotFound for one that is not watched; by errno.
    Result<> modify(int fd, std::uint32_t events);

    /// Stop watching; has to be called before the descriptor is closed, because epoll keeps an open file
    /// as long as a copy of it is open somewhere, and would go on reporting it (epoll(7), "Will closing a
    /// file descriptor cause it to be removed"). An unknown descriptor is ignored.
    void unwatch(int fd) noexcept;

    /// Whether watch() was called for the descriptor and unwatch() was not.
    bool isWatched(int fd) const { return m_watches.contains(fd); }

    /// Call `action` once after `delay`, measured by the steady clock. A delay of 0 is called after the
    /// descriptors of the round. The id is never given out again by this loop.
    TimerId callAfter(std::chrono::milliseconds delay, std::function<void()> action);

    /// Forget a timer; an unknown or fired one is ignored.
    void cancel(TimerId timer) noexcept;

    /// Dispatch until stop() is called. Errors: by errno of epoll_wait(2).
    Result<> run();

    /// Wait for events or a timer at most `limit` and dispatch them once.
    Result<> runOnce(std::chrono::milliseconds limit);

    /// Let run() return after the handler that calls it; what the round has left is dispatched by a later
    /// run.
    void stop() noexcept { m_stopped = true; }

private:
    struct Watch {
        Handler handler;
        std::uint32_t events = 0;
        std::uint32_t generation = 0;  ///< tells a late event of a closed descriptor from its successor's
    };
    struct Timer {
        Clock::time_point due;
        std::function<void()> action;
    };

    explicit EventLoop(UniqueFd epoll) : m_epoll(std::move(epoll)) {}
    int waitLimit(std::chrono::milliseconds limit) const;
    void fireTimers();

    UniqueFd m_epoll;
    std::map<int, std::shared_ptr<Watch>>
        m_watches;  ///< shared with the dispatch of a handler that unwatches itself
    std::map<TimerId, Timer> m_timers;
    TimerId m_lastTimer = 0;
    std::uint32_t m_lastGeneration = 0;
    bool m_stopped = false;
};

}  // namespace coracle::sys
