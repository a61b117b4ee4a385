// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

/// Numbers as people read them, in docker's words, so that eyes and scripts that know docker find the same.
namespace coracle::text {

/// "5.6MB", "72.8kB", "0B": units of 1000 and three significant digits, or as many as are asked for.
std::string humanSize(std::uint64_t bytes, int digits = 3);

/// "64MiB", "1.5GiB": units of 1024 and four significant digits.
std::string humanBinarySize(std::uint64_t bytes);

/// "Less than a second", "About a minute", "3 hours", "2 weeks". A negative duration, as a turned clock makes
/// it, reads as none.
std::string humanDuration(std::chrono::seconds duration);

/// humanDuration + " ago". A time in the future, as a clock that was set back makes it, reads as "Less
/// than a second ago".
std::string humanAgo(std::chrono::system_clock::time_point then, std::chrono::system_clock::time_point now);

}  // namespace coracle::text
