// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_parser.h"

#include <charconv>

namespace coracle::text {
namespace {

void appendUtf8(std::string& text, std::uint32_t code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr unsigned kLead[] = {0, 0xc0, 0xe0, 0xf0};
    text += static_cast<char>(kLead[more] | (code >> static_cast<unsigned>(6 * more)));
    for (int i = more - 1; i >= 0; --i) {
        text += static_cast<char>(0x80U | ((code >> static_cast<unsigned>(6 * i)) & 0x3fU));
    }
}

Error badSyntax() {
    return {ErrorKind::InvalidArgument, "invalid syntax"};
}

/// The number in `digits` digits to the given base at the front of `text`.
Result<std::uint32_t> takeCode(std::string_view& text, std::size_t digits, int base) {
    std::uint32_t code = 0;
    const std::string_view part = text.substr(0, digits);
    const auto [end, ec] = std::from_chars(part.data(), part.data() + part.size(), code, base);
    if (part.size() != digits || ec != std::errc{} || end != part.data() + part.size()) {
        return badSyntax();
    }
    text.remove_prefix(digits);
    return code;
}

/// One escape whose backslash is gone.
Result<> takeEscape(std::string_view& text, char quote, std::string& result) {
    const char c = text[0];
    static constexpr std::string_view kFrom = "abfnrtv\\";
    static constexpr std::string_view kTo = "\a\b\f\n\r\t\v\\";
    if (const auto which = kFrom.find(c); which != std::string_view::npos || c == quote) {
        result += c == quote ? quote : kTo[which];
        text.remove_prefix(1);
        return {};
    }
    const bool unicode = c == 'u' || c == 'U';
    const bool octal = c >= '0' && c <= '7';
    if (!unicode && !octal && c != 'x') {
        return badSyntax();
    }
    text.remove_prefix(octal ? 0U : 1U);
    TRY_ASSIGN(const auto code, takeCode(text,
                                         octal      ? 3U
                                         : c == 'x' ? 2U
                                         : c == 'u' ? 4U
                                                    : 8U,
                                         octal ? 8 : 16));
    if (unicode ? code > 0x10ffff || (code >= 0xd800 && code < 0xe000) : code > 0xff) {
        return badSyntax();
    }
    if (unicode) {
        appendUtf8(result, code);
    } else {
        result += static_cast<char>(code);
    }
    return {};
}

/// The code of the one character in `text`.
Result<std::int64_t> onlyCharacter(const std::string& text) {
    const auto byteAt = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = text.empty()       ? 0
                               : byteAt(0) < 0x80 ? 1
                               : byteAt(0) < 0xe0 ? 2
                               : byteAt(0) < 0xf0 ? 3
                                                  : 4;
    if (length == 0 || text.size() != length) {
        return badSyntax();
    }
    std::int64_t code = length == 1 ? byteAt(0) : byteAt(0) & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        code = (code << 6) | (byteAt(i) & 0x3f);
    }
    return code;
}

struct Digits {
    bool negative = false;
    int base = 10;
    std::string text;
};

/// Sign and base prefix taken off, underscores dropped.
Digits splitNumber(std::string_view text) {
    Digits digits;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        digits.negative = text[0] == '-';
        text.remove_prefix(1);
    }
    const bool prefixed = text.size() > 1 && text[0] == '0';
    const char kind = prefixed ? static_cast<char>(text[1] | 0x20) : '\0';
    if (kind == 'x' || kind == 'o' || kind == 'b') {
        digits.base = kind == 'x' ? 16 : kind == 'o' ? 8 : 2;
        text.remove_prefix(2);
    } else if (prefixed && text.find_first_not_of("01234567_") == std::string_view::npos) {
        digits.base = 8;
    }
    for (const char c : text) {
        if (c != '_') {
            digits.text += c;
        }
    }
    return digits;
}

}  // namespace

Result<nlohmann::json> parseTemplateNumber(std::string_view text) {
    if (!text.empty() && text[0] == '\'') {
        TRY_ASSIGN(const auto inside, unquoteTemplateText(text));
        TRY_ASSIGN(const auto code, onlyCharacter(inside));
        return nlohmann::json(code);
    }
    const Digits digits = splitNumber(text);
    const char* begin = digits.text.data();
    const char* end = begin + digits.text.size();
    std::uint64_t integer = 0;
    if (const auto [at, ec] = std::from_chars(begin, end, integer, digits.base);
        ec == std::errc{} && at == end && begin != end) {
        if (integer > static_cast<std::uint64_t>(INT64_MAX)) {
            return Error(ErrorKind::InvalidArgument, std::string(text) + " overflows int");
        }
        const auto value = static_cast<std::int64_t>(integer);
        return nlohmann::json(digits.negative ? -value : value);
    }
    double real = 0;
    if (const auto [at, ec] = std::from_chars(begin, end, real);
        digits.base == 10 && ec == std::errc{} && at == end && begin != end) {
        return nlohmann::json(digits.negative ? -real : real);
    }
    return Error(ErrorKind::InvalidArgument, "bad number syntax: \"" + std::string(text) + "\"");
}

Result<std::string> unquoteTemplateText(std::string_view quoted) {
    const char quote = quoted.front();
    std::string_view text = quoted.substr(1, quoted.size() - 2);
    std::string result;
    if (quote == '`') {
        for (const char c : text) {
            result += c == '\r' ? "" : std::string(1, c);
        }
        return result;
    }
    while (!text.empty()) {
        const char c = text[0];
        text.remove_prefix(1);
        if (c == quote || (c == '\\' && text.empty())) {
            return badSyntax();
        }
        if (c != '\\') {
            result += c;
            continue;
        }
        TRY(takeEscape(text, quote, result));
    }
    return result;
}

}  // namespace coracle::text
