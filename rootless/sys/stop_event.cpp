// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/stop_event.h"

#include <sys/eventfd.h>

namespace coracle::sys {

StopEvent::StopEvent(const std::stop_token& stop)
    : m_fd(stop.stop_possible() ? ::eventfd(0, EFD_CLOEXEC) : -1)
    , m_callback(stop, [fd = m_fd.get()] { (void)::eventfd_write(fd, 1); }) {}

StopEvent::~StopEvent() = default;

}  // namespace coracle::sys
