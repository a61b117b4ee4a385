// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/oom_watch.h"

#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

namespace coracle::cgroup {

/// By the descriptor's name in /proc, for inotify_add_watch(2) takes paths only, and the path could mean
/// another group by now.
Result<OomWatch> OomWatch::open(const Group& group) {
    auto events = sys::openBeneath(group.fd(), "memory.events", O_RDONLY);
    if (!events) {
        return Error(ErrorKind::Unsupported, "control group '" + group.path() + "' does not count memory");
    }
    return OomWatch(*std::move(events));
}

/// A group that is gone gives the last number, so take() reports nothing new.
std::uint64_t OomWatch::count() const {
    if (::lseek(m_events.get(), 0, SEEK_SET) != 0) {
        return m_seen;
    }
    const auto text = sys::readAll(m_events.get());
    return text ? findKey(*text, "oom_kill").value_or(m_seen) : m_seen;
}

/// inotify says only that the file changed, several changes may come as one event, and others than kills
/// change it too; so the events are drained and the counter is compared.
std::uint64_t OomWatch::take() {
    const std::uint64_t now = count();
    const std::uint64_t news = now > m_seen ? now - m_seen : 0;
    m_seen = std::max(now, m_seen);
    return news;
}

}  // namespace coracle::cgroup
