// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/tar_parser.h"

#include <charconv>
#include <limits>

namespace coracle::store::tar {
namespace {

/// Two's complement, big endian, the first bit a mark. Source: GNU tar, "Extensions to the standard format".
std::optional<std::int64_t> parseBase256(std::string_view field) {
    const auto first = static_cast<unsigned char>(field.front());
    const bool negative = (first & 0x40U) != 0;
    const unsigned char fill = negative ? 0xff : 0x00;
    std::uint64_t value = negative ? ~0ULL : 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
        auto byte = static_cast<unsigned char>(field[i]);
        if (i == 0) {
            byte = static_cast<unsigned char>(negative ? byte | 0x80U : byte & 0x7fU);
        }
        if (field.size() - i > 8 && byte != fill) {
            return std::nullopt;
        }
        value = (value << 8U) | byte;
    }
    const auto result = static_cast<std::int64_t>(value);
    if ((result < 0) != negative) {
        return std::nullopt;
    }
    return result;
}

}  // namespace

/// Source: pax(1), "ustar Interchange Format" (octal); GNU tar (base-256, marked by the first bit).
std::optional<std::int64_t> parseNumber(std::string_view field) {
    if (!field.empty() && (static_cast<unsigned char>(field.front()) & 0x80U) != 0) {
        return parseBase256(field);
    }
    constexpr std::string_view kBlank(" \0", 2);
    const std::size_t start = field.find_first_not_of(kBlank);
    if (start == std::string_view::npos) {
        return 0;
    }
    // A NUL ends the field; what some writers leave behind it does not count.
    field = field.substr(start);
    field = field.substr(0, field.find_first_of(kBlank));
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value, 8);
    if (error != std::errc() || end != field.data() + field.size() ||
        value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(value);
}

/// "SECONDS[.FRACTION]", which may be negative (pax(1), "mtime"). The result's nanoseconds are never
/// negative, as timespec wants them: -1.5 is -2 s and 500 000 000 ns. Digits beyond nine are dropped.
std::optional<std::pair<std::int64_t, std::uint32_t>> parsePaxTime(std::string_view text) {
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
    if (error != std::errc() || end != whole.data() + whole.size()) {
        return std::nullopt;
    }
    std::uint32_t nanoseconds = 0;
    std::size_t digits = 0;
    if (dot != std::string_view::npos) {
        for (const char c : text.substr(dot + 1)) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            if (digits < 9) {
                nanoseconds = nanoseconds * 10 + static_cast<std::uint32_t>(c - '0');
                ++digits;
            }
        }
    }
    for (; digits < 9; ++digits) {
        nanoseconds *= 10;
    }
    if (whole.starts_with('-') && nanoseconds != 0) {
        if (seconds == std::numeric_limits<std::int64_t>::min()) {
            return std::nullopt;
        }
        seconds -= 1;
        nanoseconds = 1'000'000'000U - nanoseconds;
    }
    return std::pair(seconds, nanoseconds);
}

/// Order and bounds make writing safe: a segment that lies beyond the file or before the last one would be
/// written where nobody expects it, and the sum tells how many bytes of the archive belong to the file.
Result<> checkSparse(const std::vector<SparseSegment>& segments, std::uint64_t realSize,
                     std::uint64_t storedBytes) {
    std::uint64_t end = 0;
    std::uint64_t stored = 0;
    for (const auto& [offset, length] : segments) {
        if (offset < end || length > realSize || offset > realSize - length) {
            return Error(ErrorKind::Corrupt, "sparse file with a segment outside the file or out of order");
        }
        end = offset + length;
        stored += length;
    }
    if (stored != storedBytes) {
        return Error(ErrorKind::Corrupt, "sparse file whose segments do not add up to its content");
    }
    return {};
}

}  // namespace coracle::store::tar
