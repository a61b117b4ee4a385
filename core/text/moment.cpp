// SPDX-License-Identifier: Apache-2.0
#include "core/text/moment.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

namespace coracle::text {
namespace {

using std::chrono::nanoseconds;

constexpr double kLongestSpanSeconds = 1e9;  // thirty years: more is a slip of the finger, and would overflow

/// Go's units (time.ParseDuration); the micro sign is U+00B5.
std::optional<double> unitSeconds(std::string_view unit) {
    if (unit == "ns") {
        return 1e-9;
    }
    if (unit == "us" || unit == "\u00b5s") {
        return 1e-6;
    }
    if (unit == "ms") {
        return 1e-3;
    }
    if (unit == "s") {
        return 1.0;
    }
    if (unit == "m") {
        return 60.0;
    }
    if (unit == "h") {
        return 3600.0;
    }
    return std::nullopt;
}

/// Length of the front part that is made of the characters of a number, or of none of them.
std::size_t spanOf(std::string_view text, bool number) {
    std::size_t length = 0;
    while (length < text.size() &&
           ((text[length] >= '0' && text[length] <= '9') || text[length] == '.') == number) {
        ++length;
    }
    return length;
}

}  // namespace

std::int64_t toNanoseconds(TimePoint time) {
    return std::chrono::duration_cast<nanoseconds>(time.time_since_epoch()).count();
}

TimePoint fromNanoseconds(std::int64_t value) {
    return TimePoint(std::chrono::duration_cast<TimePoint::duration>(nanoseconds(value)));
}

Result<nanoseconds> parseDuration(std::string_view text) {
    const auto bad = [&] {
        return Error(ErrorKind::InvalidArgument, "'" + std::string(text) + "' is not a span of time")
            .withHint("write it as 10s, 5m or 1h30m");
    };
    double total = 0;
    std::string_view rest = text;
    if (rest.empty()) {
        return bad();
    }
    while (!rest.empty()) {
        const std::size_t numberLength = spanOf(rest, true);
        double number = 0;
        const auto parsed = std::from_chars(rest.data(), rest.data() + numberLength, number);
        if (numberLength == 0 || parsed.ec != std::errc() || parsed.ptr != rest.data() + numberLength) {
            return bad();
        }
        rest.remove_prefix(numberLength);
        const std::size_t unitLength = spanOf(rest, false);
        const auto unit = unitSeconds(rest.substr(0, unitLength));
        if (!unit) {
            return bad();
        }
        total += number * *unit;
        rest.remove_prefix(unitLength);
    }
    if (total > kLongestSpanSeconds) {
        return bad();
    }
    return nanoseconds(std::llround(total * 1e9));
}

Result<TimePoint> parseMoment(std::string_view text, TimePoint now) {
    // The forms exclude each other but for digits alone, which are seconds since 1970 and not a span
    // without a unit.
    if (const auto time = parseTime(text)) {
        return *time;
    }
    if (const auto day = parseTime(std::string(text) + "T00:00:00Z")) {
        return *day;
    }
    double epoch = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), epoch);
    if (!text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() &&
        std::abs(epoch) < 9e9) {
        return fromNanoseconds(std::llround(epoch * 1e9));
    }
    if (const auto span = parseDuration(text)) {
        return now - std::chrono::duration_cast<TimePoint::duration>(*span);
    }
    return Error(ErrorKind::InvalidArgument, "'" + std::string(text) + "' is not a time")
        .withHint("write a time as 2024-01-02T03:04:05Z, seconds since 1970, or a span such as 10m");
}

std::string clockDuration(std::chrono::seconds span) {
    const long long total = span.count() < 0 ? 0 : span.count();
    std::array<char, 48> buffer{};
    if (total >= 3600) {
        (void)std::snprintf(buffer.data(), buffer.size(), "%lld:%02lld:%02lld", total / 3600, total / 60 % 60,
                            total % 60);
    } else {
        (void)std::snprintf(buffer.data(), buffer.size(), "%02lld:%02lld", total / 60, total % 60);
    }
    return buffer.data();
}

}  // namespace coracle::text
