// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/event.h"
#include "core/types/event_range.h"
#include "rootless/sys/result.h"

#include <functional>
#include <stop_token>
#include <string>

namespace coracle::engine {

/// Deliver what is appended to the event file from now on, or since a moment, until a moment. Sleeps on
/// inotify and wakes up only when the file or its folder changes; a file that is replaced or cut is read from
/// its start. Blocks until a stop request or the end of the range, which are success. `wanted` is called on
/// this thread. Errors: Io when inotify cannot be had.
/// `watching` is called once when no event is missed any more. Source: inotify(7).
Result<> watchEvents(const std::string& path, const std::function<void(const types::Event&)>& wanted,
                     std::stop_token stop, const std::function<void()>& watching = {},
                     const types::EventRange& range = {});

}  // namespace coracle::engine
