// SPDX-License-Identifier: Apache-2.0
#include "core/text/time.h"

#include "core/text/escape.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <optional>

namespace coracle::text {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

/// Takes fixed-width pieces from the front of a text.
class Scanner {
public:
    explicit Scanner(std::string_view text) : m_rest(text) {}
    std::optional<int> digits(std::size_t count) {
        int value = 0;
        if (m_rest.size() < count) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (m_rest[i] < '0' || m_rest[i] > '9') {
                return std::nullopt;
            }
            value = value * 10 + (m_rest[i] - '0');
        }
        m_rest.remove_prefix(count);
        return value;
    }
    bool oneOf(std::string_view choices) {
        if (m_rest.empty() || choices.find(m_rest.front()) == std::string_view::npos) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

std::optional<nanoseconds> scanFraction(Scanner& scanner) {
    if (!scanner.oneOf(".")) {
        return nanoseconds(0);
    }
    std::int64_t value = 0;
    std::int64_t weight = 100'000'000;
    bool any = false;
    while (const auto digit = scanner.digits(1)) {
        value += *digit * weight;
        weight /= 10;
        any = true;
    }
    return any ? std::optional(nanoseconds(value)) : std::nullopt;
}

/// Seconds to subtract to get UTC.
std::optional<seconds> scanZone(Scanner& scanner) {
    if (scanner.oneOf("Zz")) {
        return seconds(0);
    }
    const bool east = scanner.oneOf("+");
    if (!east && !scanner.oneOf("-")) {
        return std::nullopt;
    }
    const auto hours = scanner.digits(2);
    const bool colon = scanner.oneOf(":");
    const auto minutes = scanner.digits(2);
    if (!hours || !colon || !minutes || *hours > 23 || *minutes > 59) {
        return std::nullopt;
    }
    const seconds offset(*hours * 3600 + *minutes * 60);
    return east ? offset : -offset;
}

std::optional<TimePoint> scanTime(std::string_view text) {
    Scanner scanner(text);
    const auto year = scanner.digits(4);
    bool marks = scanner.oneOf("-");
    const auto month = scanner.digits(2);
    marks = scanner.oneOf("-") && marks;
    const auto day = scanner.digits(2);
    marks = scanner.oneOf("Tt ") && marks;
    const auto hour = scanner.digits(2);
    marks = scanner.oneOf(":") && marks;
    const auto minute = scanner.digits(2);
    marks = scanner.oneOf(":") && marks;
    const auto second = scanner.digits(2);
    if (!marks || !year || !month || !day || !hour || !minute || !second) {
        return std::nullopt;
    }
    const auto fraction = scanFraction(scanner);
    const auto zone = fraction ? scanZone(scanner) : std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    // 60 is a leap second; it reads as the first second of the next minute.
    const bool clock = *hour < 24 && *minute < 60 && *second <= 60;
    const bool held = *year >= 1678 && *year <= 2261;
    if (!zone || !scanner.rest().empty() || !date.ok() || !clock || !held) {
        return std::nullopt;
    }
    const seconds ofDay(*hour * 3600 + *minute * 60 + *second);
    return std::chrono::sys_days(date) + ofDay - *zone + *fraction;
}

}  // namespace

Result<TimePoint> parseTime(std::string_view text) {
    const auto time = scanTime(text);
    if (!time) {
        return Error(ErrorKind::InvalidArgument,
                     "time '" + excerptForTerminal(text, 40) + "' is not in RFC 3339 form");
    }
    return *time;
}

std::string formatTime(TimePoint time) {
    const auto days = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss<nanoseconds> clock(std::chrono::duration_cast<nanoseconds>(time - days));
    std::array<char, 64> buffer{};
    const int length = std::snprintf(  // NOLINT(*-vararg)
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%09lldZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<long long>(clock.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

/// The zone is that of TZ or /etc/localtime (tzset(3)); a time that cannot be converted is shown in UTC.
std::string formatLocalTime(TimePoint time) {
    const std::time_t clock = std::chrono::system_clock::to_time_t(std::chrono::floor<seconds>(time));
    std::tm parts{};
    std::array<char, 80> buffer{};
    if (::localtime_r(&clock, &parts) == nullptr) {
        return formatTime(time);
    }
    const std::size_t length = std::strftime(buffer.data(), buffer.size(), "%Y-%m-%d %H:%M:%S %z %Z", &parts);
    return {buffer.data(), length};
}

}  // namespace coracle::text
