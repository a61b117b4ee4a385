// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/time.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// Moments and spans of time as people and records write them.
namespace coracle::text {

/// What `logs --since` takes: RFC 3339, a day ("2024-01-31", UTC), seconds since 1970, or a span back from
/// `now` ("10m", "1h30m"). Errors: InvalidArgument.
Result<TimePoint> parseMoment(std::string_view text, TimePoint now);

/// Go's duration without a sign: "300ms", "1.5h", "2h45m"; a bare "0" needs a unit here. Errors:
/// InvalidArgument; also above thirty years.
Result<std::chrono::nanoseconds> parseDuration(std::string_view text);

/// "01:05" or "1:02:03", for progress bars.
std::string clockDuration(std::chrono::seconds span);

/// Nanoseconds since 1970, the form of state and exit records.
std::int64_t toNanoseconds(TimePoint time);
/// The other way round; exact, as this system's clock counts nanoseconds.
TimePoint fromNanoseconds(std::int64_t nanoseconds);

}  // namespace coracle::text
