// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/event_loop.h"

#include <algorithm>
#include <array>
#include <vector>

#include <sys/epoll.h>

namespace coracle::sys {
namespace {

/// Events fetched by one epoll_wait(2). What is ready beyond it comes in the next round, so the number
/// bounds only the stack and how long a timer that is due waits for the descriptors.
constexpr std::size_t kEventsAtOnce = 16;
constexpr unsigned kGenerationShift = 32;

/// What the kernel gives back with an event. The descriptor alone would not do: a handler may close number
/// 7 and open another 7 while a second event for the first one waits in the same batch. The generation
/// tells them apart.
std::uint64_t tagOf(int fd, std::uint32_t generation) {
    return (static_cast<std::uint64_t>(generation) << kGenerationShift) | static_cast<std::uint32_t>(fd);
}

}  // namespace

Result<EventLoop> EventLoop::create() {
    const int fd = ::epoll_create1(EPOLL_CLOEXEC);
    if (fd < 0) {
        return Error::fromErrno("create epoll instance");
    }
    return EventLoop(UniqueFd(fd));
}

Result<> EventLoop::watch(int fd, std::uint32_t events, Handler handler) {
    auto watch = std::make_shared<Watch>();
    watch->handler = std::move(handler);
    watch->events = events;
    watch->generation = ++m_lastGeneration;
    epoll_event event{};
    event.events = events;
    event.data.u64 = tagOf(fd, watch->generation);
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
        return Error::fromErrno("watch descriptor " + std::to_string(fd));
    }
    m_watches.insert_or_assign(fd, std::move(watch));
    return {};
}

Result<> EventLoop::modify(int fd, std::uint32_t events) {
    const auto found = m_watches.find(fd);
    if (found == m_watches.end()) {
        return Error(ErrorKind::NotFound, "descriptor " + std::to_string(fd) + " is not watched");
    }
    if (found->second->events == events) {
        return {};
    }
    epoll_event event{};
    event.events = events;
    event.data.u64 = tagOf(fd, found->second->generation);
    if (::epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event) != 0) {
        return Error::fromErrno("watch descriptor " + std::to_string(fd));
    }
    found->second->events = events;
    return {};
}

void EventLoop::unwatch(int fd) noexcept {
    if (m_watches.erase(fd) > 0) {
        (void)::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
    }
}

EventLoop::TimerId EventLoop::callAfter(std::chrono::milliseconds delay, std::function<void()> action) {
    m_timers.emplace(++m_lastTimer, Timer{Clock::now() + delay, std::move(action)});
    return m_lastTimer;
}

void EventLoop::cancel(TimerId timer) noexcept {
    m_timers.erase(timer);
}

/// Milliseconds to sleep for the nearest timer; -1: until an event. The timers are few (a delay for each
/// state the monitor is in), so a walk is cheaper than keeping them sorted.
int EventLoop::waitLimit(std::chrono::milliseconds limit) const {
    auto wait = limit;
    const auto now = Clock::now();
    for (const auto& [id, timer] : m_timers) {
        // Rounded up, so that the loop does not wake a moment too early and then again.
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(timer.due - now);
        wait = wait.count() < 0 ? left : std::min(wait, left);
    }
    if (limit.count() < 0 && m_timers.empty()) {
        return -1;
    }
    return static_cast<int>(std::clamp<std::int64_t>(wait.count(), 0, INT32_MAX));
}

/// Ids are collected before the first action runs: an action may add or cancel timers, and one added with
/// a delay of 0 must wait for the next round, or a timer that renews itself would starve the descriptors.
void EventLoop::fireTimers() {
    const auto now = Clock::now();
    std::vector<std::pair<Clock::time_point, TimerId>> due;
    for (const auto& [id, timer] : m_timers) {
        if (timer.due <= now) {
            due.emplace_back(timer.due, id);
        }
    }
    std::sort(due.begin(), due.end());  // several at once when the process was stopped
    for (const auto& [moment, id] : due) {
        const auto found = m_timers.find(id);  // an earlier one may have cancelled it
        if (found == m_timers.end()) {
            continue;
        }
        const auto action = std::move(found->second.action);
        m_timers.erase(found);
        action();
    }
}

Result<> EventLoop::runOnce(std::chrono::milliseconds limit) {
    std::array<epoll_event, kEventsAtOnce> events{};
    const int count =
        ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), waitLimit(limit));
    if (count < 0) {
        return errno == EINTR ? Result<>() : Result<>(Error::fromErrno("wait for events"));
    }
    for (int i = 0; i < count && !m_stopped; ++i) {
        const epoll_event& event = events.at(static_cast<std::size_t>(i));
        const auto found = m_watches.find(static_cast<int>(event.data.u64 & UINT32_MAX));
        if (found == m_watches.end() || found->second->generation != event.data.u64 >> kGenerationShift) {
            continue;  // an earlier handler of this round stopped watching it
        }
        // Held while it runs: unwatch() in its own handler must not destroy the function that is being
        // executed.
        const std::shared_ptr<Watch> watch = found->second;
        watch->handler(event.events);
    }
    fireTimers();
    return {};
}

Result<> EventLoop::run() {
    m_stopped = false;
    while (!m_stopped) {
        TRY(runOnce(std::chrono::milliseconds(-1)));
    }
    return {};
}

}  // namespace coracle::sys
