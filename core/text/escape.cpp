// SPDX-License-Identifier: Apache-2.0
#include "core/text/escape.h"

#include <array>
#include <cstdint>

// Names, labels, history and messages of servers come from strangers and end up on a terminal. There an
// escape sequence can rewrite what stands above, set the title, or have the terminal answer as if keys
// were pressed; a right-to-left mark can make "gpj.exe" look like "exe.jpg"; a newline can forge a second
// line of output. Every place that prints such a text comes through here, and shows instead of dropping:
// a text that was made to deceive should be seen to be odd.
namespace coracle::text {
namespace {

/// One character at the front of a text and how many bytes it takes.
struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 0;  ///< 0: not UTF-8
};

/// Source: RFC 3629; overlong forms, surrogates and numbers above U+10FFFF are not UTF-8.
Character decodeFirst(std::string_view text) {
    const auto byteAt = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    const std::uint32_t first = byteAt(0);
    if (first < 0x80) {
        return {first, 1};
    }
    const std::size_t length = first >= 0xf0 && first < 0xf5   ? 4
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xc2 && first < 0xe0 ? 2
                                                               : 0;
    if (length == 0 || text.size() < length) {
        return {};
    }
    std::uint32_t code = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xc0U) != 0x80U) {
            return {};
        }
        code = (code << 6U) | (byteAt(i) & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    return code < kSmallest[length] || code > 0x10ffff || surrogate ? Character{} : Character{code, length};
}

/// Characters that change what the rest of the line looks like: the C1 controls (0x9b is the same as ESC [
/// to some terminals), the marks and overrides of the reading direction, the line separators, the byte
/// order mark. Source: Unicode 15, 23.2 "Layout Controls" and UAX 9.
bool isTreacherous(std::uint32_t code) {
    return (code >= 0x80 && code <= 0x9f) || code == 0x061c || code == 0x200e || code == 0x200f ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

/// `prefix` and the number in `width` hexadecimal digits.
std::string numbered(const char* prefix, std::uint32_t code, int width) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string shown = prefix;
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4) {
        shown += kDigits[(code >> static_cast<unsigned>(shift)) & 0xfU];
    }
    return shown;
}

}  // namespace

std::string escapeForTerminal(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const Character c = decodeFirst(text);
        const std::size_t taken = c.bytes == 0 ? 1 : c.bytes;
        if (c.bytes == 0) {
            shown += numbered("\\x", static_cast<unsigned char>(text.front()), 2);
        } else if (c.code == '\n') {
            shown += "\\n";
        } else if (c.code == '\t') {
            shown += "\\t";
        } else if (c.code < 0x20 || c.code == 0x7f) {
            shown += numbered("\\x", c.code, 2);
        } else if (isTreacherous(c.code)) {
            shown += numbered("\\u", c.code, 4);
        } else {
            shown += text.substr(0, taken);
        }
        text.remove_prefix(taken);
    }
    return shown;
}

std::string excerptForTerminal(std::string_view text, std::size_t maxBytes) {
    if (text.size() <= maxBytes) {
        return escapeForTerminal(text);
    }
    std::size_t end = maxBytes;
    while (end > 0 && maxBytes - end < 4 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;  // a character is not cut in its middle
    }
    return escapeForTerminal(text.substr(0, end)) + "...";
}

}  // namespace coracle::text
