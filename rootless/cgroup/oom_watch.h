// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/group.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <string>

namespace coracle::cgroup {

/// Tells when the kernel has killed something in a group for want of memory. The file itself wakes up who
/// polls it; an inotify(7) instance for each container would run into the user's limit, which is 128 by
/// default. Source: cgroup-v2.rst, "memory.events": "a file modified event"; cgroups(7), "poll(2)".
class OomWatch {
public:
    /// Begin to watch; kills before it are counted by the first take(). Errors: Unsupported when the
    /// memory controller is not there, by errno when there are no more inotify instances.
    static Result<OomWatch> open(const Group& group);

    /// To be polled for POLLPRI: take() may have news. It is reported until take() is called, and for ever
    /// once the group is gone, so an epoll(7) wants it with EPOLLET. Borrowed.
    int fd() const noexcept { return m_events.get(); }

    /// Kills since the last call; 0 when something else was counted, or the group is gone.
    std::uint64_t take();

private:
    explicit OomWatch(sys::UniqueFd events) : m_events(std::move(events)) {}
    std::uint64_t count() const;

    sys::UniqueFd m_events;
    std::uint64_t m_seen = 0;
};

}  // namespace coracle::cgroup
