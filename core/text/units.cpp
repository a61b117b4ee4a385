// SPDX-License-Identifier: Apache-2.0
#include "core/text/units.h"

#include <array>
#include <cstdio>
#include <span>

namespace coracle::text {
namespace {

/// `base` 1000 or 1024. Significant digits and not decimals, as docker prints: "72.8kB", "1.23MB".
std::string withUnit(std::uint64_t bytes, double base, int digits, std::span<const char* const> units) {
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    // What would be printed as 1000 goes to the next unit: "1MB", never "1e+03kB".
    const double limit = base != 1000.0 ? base : digits == 3 ? 999.5 : 999.95;
    while (value >= limit && unit + 1 < units.size()) {
        value /= base;
        ++unit;
    }
    std::array<char, 32> buffer{};
    const int length =
        std::snprintf(buffer.data(), buffer.size(), "%.*g", digits, value);  // NOLINT(*-vararg)
    return std::string(buffer.data(), static_cast<std::size_t>(length)) + units[unit];
}

std::string counted(std::chrono::seconds::rep count, const char* unit) {
    return std::to_string(count) + " " + unit;
}

}  // namespace

std::string humanSize(std::uint64_t bytes, int digits) {
    constexpr std::array<const char*, 7> kUnits{"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    return withUnit(bytes, 1000.0, digits, kUnits);
}

std::string humanBinarySize(std::uint64_t bytes) {
    constexpr std::array<const char*, 7> kUnits{"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    return withUnit(bytes, 1024.0, 4, kUnits);
}

/// The steps are those of docker's units package, so "About an hour" begins at the same minute here.
std::string humanDuration(std::chrono::seconds duration) {
    const auto seconds = duration.count();
    if (seconds < 1) {
        return "Less than a second";
    }
    if (seconds == 1) {
        return "1 second";
    }
    if (seconds < 60) {
        return counted(seconds, "seconds");
    }
    const auto minutes = seconds / 60;
    if (minutes == 1) {
        return "About a minute";
    }
    if (minutes < 60) {
        return counted(minutes, "minutes");
    }
    const auto hours = (seconds + 1800) / 3600;
    if (hours == 1) {
        return "About an hour";
    }
    if (hours < 48) {
        return counted(hours, "hours");
    }
    if (hours < 24 * 7 * 2) {
        return counted(hours / 24, "days");
    }
    if (hours < 24 * 30 * 2) {
        return counted(hours / 24 / 7, "weeks");
    }
    if (hours < 24 * 365 * 2) {
        return counted(hours / 24 / 30, "months");
    }
    return counted(seconds / 3600 / 24 / 365, "years");
}

std::string humanAgo(std::chrono::system_clock::time_point then, std::chrono::system_clock::time_point now) {
    return humanDuration(std::chrono::duration_cast<std::chrono::seconds>(now - then)) + " ago";
}

}  // namespace coracle::text
