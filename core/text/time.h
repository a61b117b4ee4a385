// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace coracle::text {

/// Wall-clock time in nanoseconds since 1970 without leap seconds; it may go backwards when the clock is
/// set.
using TimePoint = std::chrono::system_clock::time_point;

/// "2026-03-01T12:30:00.5Z", "2026-03-01T14:30:00+02:00". Fractions finer than a nanosecond are dropped.
/// Errors: InvalidArgument; also for years that the clock cannot hold (before 1678, after 2261).
/// Source: RFC 3339 5.6.
Result<TimePoint> parseTime(std::string_view text);

/// In UTC with nine digits and 'Z', as docker's inspect and logs print it: "2026-03-01T12:30:00.500000000Z".
std::string formatTime(TimePoint time);

/// To the second in the zone of this computer, as docker's lists print it: "2026-03-01 14:30:00 +0200 CEST".
std::string formatLocalTime(TimePoint time);

}  // namespace coracle::text
