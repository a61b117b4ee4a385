// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/group.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <string>

namespace coracle::cgroup {

/// Tells when the kernel has killed something in a group for want of memory. It wakes up when memory.events
/// changes, which inotify(7) sees. Source: cgroup-v2.rst, "memory.events": "a file modified event".
class OomWatch {
public:
    /// Begin to watch; kills before it are counted by the first take(). Errors: Unsupported when the
    /// memory controller is not there, by errno when there are no more inotify instances.
    static Result<OomWatch> open(const Group& group);

    /// Readable (poll) when take() may have news; borrowed.
    int fd() const noexcept { return m_notify.get(); }

    /// Kills since the last call; 0 when something else was counted, or the group is gone.
    std::uint64_t take();

private:
    OomWatch(sys::UniqueFd notify, sys::UniqueFd events)
        : m_notify(std::move(notify)), m_events(std::move(events)) {}
    std::uint64_t count() const;

    sys::UniqueFd m_notify;
    sys::UniqueFd m_events;
    std::uint64_t m_seen = 0;
};

}  // namespace coracle::cgroup
