// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/log_format.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace coracle::monitor {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::size_t kLongestCharacter = 4;

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Number of bytes the character that begins with this byte should have; 0 for a byte that begins none.
/// C0 and C1 would begin an overlong form and F5 to FF a code point beyond 10FFFF, so they begin no
/// character. Source: RFC 3629 4.
std::size_t expectedLength(char c) {
    const auto lead = static_cast<unsigned char>(c);
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return 2;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        return 3;
    }
    return lead >= 0xF0U && lead <= 0xF4U ? 4 : 0;
}

/// Length of the well-formed character at the front; 0 when there is none. Source: RFC 3629 4.
std::size_t characterLength(std::string_view text) {
    const std::size_t length = expectedLength(text.front());
    if (length == 0 || length > text.size()) {
        return 0;
    }
    if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), isContinuation)) {
        return 0;
    }
    const auto lead = static_cast<unsigned char>(text[0]);
    const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0U;
    const bool overlong = (lead == 0xE0U && second < 0xA0U) || (lead == 0xF0U && second < 0x90U);
    const bool surrogate = lead == 0xEDU && second > 0x9FU;
    const bool beyond = lead == 0xF4U && second > 0x8FU;
    return overlong || surrogate || beyond ? 0 : length;
}

/// What stands in the file as it is. DEL is escaped as well, which JSON would not demand.
bool isPlain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20U && byte < 0x7FU && c != '"' && c != '\\';
}

/// RFC 8259 7; \u00XX for the controls that have no letter.
void appendEscaped(std::string& out, char c) {
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        out += "\\u00";
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 0xFU];
    }
}

/// By runs: output is mostly plain text, and one append for each run is what keeps the log from being the
/// bottleneck of a container that writes fast.
void appendText(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto special = std::find_if_not(text.begin(), text.end(), isPlain);
        const auto plain = static_cast<std::size_t>(special - text.begin());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) {
            return;
        }
        if (static_cast<unsigned char>(text.front()) < 0x80U) {
            appendEscaped(out, text.front());
            text.remove_prefix(1);
            continue;
        }
        const std::size_t length = characterLength(text);
        out.append(length > 0 ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD"));
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

}  // namespace

/// By hand and not by strftime(3): the fraction has to be joined anyway, and this is called for each piece
/// of output.
std::string timeText(std::int64_t nanosecondsSinceEpoch) {
    std::int64_t fraction = nanosecondsSinceEpoch % kNanosecondsPerSecond;
    std::time_t seconds = nanosecondsSinceEpoch / kNanosecondsPerSecond;
    if (fraction < 0) {
        fraction += kNanosecondsPerSecond;
        --seconds;
    }
    std::tm parts{};
    (void)::gmtime_r(&seconds, &parts);
    std::array<char, 80> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%09lldZ",
                                     parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                                     parts.tm_min, parts.tm_sec, static_cast<long long>(fraction));
    return {text.data(), static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(text.size()) - 1))};
}

std::string attributesText(const std::map<std::string, std::string>& attributes) {
    std::string text;
    for (const auto& [key, value] : attributes) {
        text += text.empty() ? R"(,"attrs":{")" : R"(",")";
        appendText(text, key);
        text += R"(":")";
        appendText(text, value);
    }
    return text.empty() ? text : text + "\"}";
}

/// docker's json-file, member by member in its order, so that readers of that format take it. Written by
/// hand: this is the path of every line that a container prints.
void appendEntry(std::string& out, std::string_view text, Stream stream, std::string_view time,
                 std::string_view attributes) {
    out += R"({"log":")";
    appendText(out, text);
    out += stream == Stream::Stdout ? R"(","stream":"stdout")" : R"(","stream":"stderr")";
    out += attributes;
    out += R"(,"time":")";
    out += time;
    out += "\"}\n";
}

std::size_t wholeCharacters(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) {
        limit = text.size();
    }
    // Only a character that begins in the last bytes can be cut; look back for its lead byte.
    for (std::size_t back = 1; back <= std::min(kLongestCharacter - 1, limit); ++back) {
        const std::size_t expected = expectedLength(text[limit - back]);
        if (expected == 0) {
            continue;
        }
        const bool cut = expected > back;
        return cut && limit > back ? limit - back : limit;
    }
    return limit;
}

}  // namespace coracle::monitor
