// SPDX-License-Identifier: Apache-2.0
// Go's fmt for the values that a template can hold. Source: Go package fmt, "Printing".
#include "core/text/go_template_functions.h"
#include "rootless/oci/json.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

namespace coracle::text {
namespace {

using Json = nlohmann::json;
using Arguments = TemplateFunction::Arguments;

constexpr std::size_t kMaxWidth = 10'000;

/// "%-08.3f": what stands between the percent sign and the verb.
struct Conversion {
    bool minus = false;
    bool plus = false;
    bool sharp = false;
    bool space = false;
    bool zero = false;
    std::optional<std::size_t> width;
    std::optional<std::size_t> precision;
    std::string verb;  ///< one character, of any number of bytes
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string padded(const std::string& text, const Conversion& how, bool number) {
    const std::size_t length = characters(text);
    const std::size_t missing = how.width && *how.width > length ? *how.width - length : 0;
    if (how.minus) {
        return text + std::string(missing, ' ');
    }
    if (!how.zero || !number) {
        return std::string(missing, how.zero ? '0' : ' ') + text;
    }
    const bool sign = !text.empty() && (text[0] == '-' || text[0] == '+');
    return text.substr(0, sign ? 1U : 0U) + std::string(missing, '0') + text.substr(sign ? 1U : 0U);
}

std::string badVerb(const Conversion& how, const TemplateValue& value) {
    if (value.isNil()) {
        return "%!" + how.verb + "(<nil>)";
    }
    return "%!" + how.verb + "(" + typeOf(value) + "=" + printValue(*value.json) + ")";
}

std::string integerText(std::int64_t value, unsigned base, bool upper) {
    const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    std::string text;
    auto rest = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    do {
        text += digits[rest % base];
        rest /= base;
    } while (rest > 0);
    std::reverse(text.begin(), text.end());
    return text;
}

std::string signedText(bool negative, const std::string& digits, const Conversion& how) {
    return (negative ? "-" : how.plus ? "+" : how.space ? " " : "") + digits;
}

std::string formatInteger(const TemplateValue& value, const Conversion& how) {
    const auto number = value.json->get<std::int64_t>();
    const char verb = how.verb[0];
    const std::string prefix = !how.sharp                   ? ""
                               : verb == 'x' || verb == 'X' ? (verb == 'x' ? "0x" : "0X")
                               : verb == 'o'                ? "0"
                               : verb == 'b'                ? "0b"
                                                            : "";
    switch (verb) {
    case 'v':
    case 'd':
        return padded(signedText(number < 0, integerText(number, 10, false), how), how, true);
    case 'x':
    case 'X':
        return padded(signedText(number < 0, prefix + integerText(number, 16, verb == 'X'), how), how, true);
    case 'o':
    case 'O':
        return padded(
            signedText(number < 0, (verb == 'O' ? "0o" : prefix) + integerText(number, 8, false), how), how,
            true);
    case 'b':
        return padded(signedText(number < 0, prefix + integerText(number, 2, false), how), how, true);
    case 'c':
    case 'q': {
        const std::string character =
            number >= 0 && number < 0x80 ? std::string(1, static_cast<char>(number)) : "\xef\xbf\xbd";
        return padded(verb == 'c' ? character : "'" + character + "'", how, false);
    }
    case 'U': {
        std::string digits = integerText(number, 16, true);
        digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
        return padded("U+" + digits, how, false);
    }
    default:
        return badVerb(how, value);
    }
}

std::string formatReal(const TemplateValue& value, const Conversion& how) {
    const auto number = value.json->get<double>();
    const char verb = how.verb[0];
    if (std::string_view("vgGeEfF").find(verb) == std::string_view::npos) {
        return badVerb(how, value);
    }
    std::string digits;
    if ((verb == 'v' || verb == 'g' || verb == 'G') && !how.precision) {
        digits = printReal(number < 0 ? -number : number);
    } else {
        std::array<char, 400> text{};
        const int precision = static_cast<int>(std::min<std::size_t>(how.precision.value_or(6), 60));
        const double size = number < 0 ? -number : number;
        const bool exponent = verb == 'e' || verb == 'E';
        const bool fixed = verb == 'f' || verb == 'F';
        (void)std::snprintf(text.data(), text.size(),
                            exponent ? "%.*e"
                            : fixed  ? "%.*f"
                                     : "%.*g",
                            precision, size);
        digits = text.data();
        const bool upper = verb == 'E' || verb == 'G';
        std::replace(digits.begin(), digits.end(), 'e', upper ? 'E' : 'e');
    }
    return padded(signedText(number < 0, digits, how), how, true);
}

std::string hexText(const std::string& bytes, bool upper, bool spaced) {
    std::string text;
    for (const char c : bytes) {
        const auto code = static_cast<unsigned char>(c);
        const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
        text += spaced && !text.empty() ? " " : "";
        text += digits[code >> 4U];
        text += digits[code & 0xfU];
    }
    return text;
}

/// strconv.Quote, but for characters that are not printable outside ASCII.
std::string quotedText(const std::string& text) {
    std::string result = "\"";
    constexpr std::string_view kFrom = "\a\b\f\n\r\t\v\\\"";
    constexpr std::string_view kTo = "abfnrtv\\\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (const auto which = kFrom.find(c); which != std::string_view::npos) {
            result += std::string("\\") + kTo[which];
        } else if (code < 0x20 || code == 0x7f) {
            result += "\\x" + hexText(std::string(1, c), false, false);
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string formatText(const TemplateValue& value, const Conversion& how) {
    std::string text = value.json->get<std::string>();
    const char verb = how.verb[0];
    if (how.precision && (verb == 's' || verb == 'v' || verb == 'q')) {
        std::size_t kept = 0;
        std::size_t end = 0;
        while (end < text.size() &&
               ((static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U || kept++ < *how.precision)) {
            ++end;
        }
        text.resize(end);
    }
    switch (verb) {
    case 'v':
        return padded(how.sharp ? quotedText(text) : text, how, false);
    case 's':
        return padded(text, how, false);
    case 'q':
        return padded(how.sharp && text.find('`') == std::string::npos ? "`" + text + "`" : quotedText(text),
                      how, false);
    case 'x':
    case 'X':
        return padded(hexText(text, verb == 'X', how.space), how, false);
    default:
        return badVerb(how, value);
    }
}

std::string formatOne(const TemplateValue& value, const Conversion& how) {
    if (how.verb == "T") {
        return padded(typeOf(value), how, false);
    }
    if (value.isNil() && (value.shape == nullptr || !value.shape->is_array())) {
        return how.verb == "v" ? padded("<nil>", how, false) : badVerb(how, value);
    }
    if (value.json->is_string()) {
        return formatText(value, how);
    }
    if (value.json->is_number_integer()) {
        return formatInteger(value, how);
    }
    if (value.json->is_number_float()) {
        return formatReal(value, how);
    }
    if (value.json->is_boolean()) {
        return how.verb == "v" || how.verb == "t" ? padded(printValue(value), how, false)
                                                  : badVerb(how, value);
    }
    // Go applies the verb to each element.
    const bool list = !value.json->is_object();
    std::string text = list ? "[" : "map[";
    for (auto item = value.json->begin(); item != value.json->end(); ++item) {
        text += item == value.json->begin() ? "" : " ";
        if (!list) {
            const Json key = item.key();
            text += formatOne({&key, nullptr, nullptr}, how) + ":";
        }
        text += formatOne({&*item, nullptr, nullptr}, how);
    }
    return text + "]";
}

class Formatter {
public:
    Formatter(std::string_view format, Arguments arguments) : m_format(format), m_arguments(arguments) {}

    std::string run() {
        std::string text;
        while (m_at < m_format.size()) {
            const std::size_t percent = std::min(m_format.find('%', m_at), m_format.size());
            text += m_format.substr(m_at, percent - m_at);
            m_at = percent + 1;
            if (percent < m_format.size()) {
                text += convert();
            }
        }
        if (m_next < m_arguments.size()) {
            text += "%!(EXTRA ";
            for (std::size_t i = m_next; i < m_arguments.size(); ++i) {
                const TemplateValue& value = m_arguments[i];
                text += i > m_next ? ", " : "";
                text += value.isNil() ? "<nil>" : typeOf(value) + "=" + printValue(value);
            }
            text += ")";
        }
        return text;
    }

private:
    std::string convert() {
        Conversion how;
        readFlags(how);
        if (!readNumber(how.width)) {
            return "%!(BADWIDTH)";
        }
        if (m_at < m_format.size() && m_format[m_at] == '.') {
            ++m_at;
            how.precision = 0;
            if (!readNumber(how.precision)) {
                return "%!(BADPREC)";
            }
        }
        if (m_at >= m_format.size()) {
            return "%!(NOVERB)";
        }
        do {
            how.verb += m_format[m_at++];
        } while (m_at < m_format.size() && (static_cast<unsigned char>(m_format[m_at]) & 0xc0U) == 0x80U);
        if (how.verb == "%") {
            return "%";
        }
        if (m_next >= m_arguments.size()) {
            return "%!" + how.verb + "(MISSING)";
        }
        return formatOne(m_arguments[m_next++], how);
    }

    void readFlags(Conversion& how) {
        for (; m_at < m_format.size(); ++m_at) {
            switch (m_format[m_at]) {
            case '-':
                how.minus = true;
                break;
            case '+':
                how.plus = true;
                break;
            case '#':
                how.sharp = true;
                break;
            case ' ':
                how.space = true;
                break;
            case '0':
                how.zero = true;
                break;
            default:
                return;
            }
        }
    }

    /// false: `*` without a number for it, or more than is sensible.
    bool readNumber(std::optional<std::size_t>& number) {
        if (m_at < m_format.size() && m_format[m_at] == '*') {
            ++m_at;
            const bool fits = m_next < m_arguments.size() && !m_arguments[m_next].isNil() &&
                              m_arguments[m_next].json->is_number_integer() &&
                              m_arguments[m_next].json->get<std::int64_t>() >= 0;
            number = fits ? m_arguments[m_next].json->get<std::size_t>() : 0;
            m_next += m_next < m_arguments.size() ? 1U : 0U;
            return fits && *number <= kMaxWidth;
        }
        for (; m_at < m_format.size() && m_format[m_at] >= '0' && m_format[m_at] <= '9'; ++m_at) {
            number = number.value_or(0) * 10 + static_cast<std::size_t>(m_format[m_at] - '0');
            if (*number > kMaxWidth) {
                return false;
            }
        }
        return true;
    }

    std::string_view m_format;
    Arguments m_arguments;
    std::size_t m_at = 0;
    std::size_t m_next = 0;
};

std::string printArgument(const TemplateValue& value) {
    return value.isNil() && value.shape == nullptr ? "<nil>" : printValue(value);
}

}  // namespace

std::string printFormatted(std::string_view format, Arguments arguments) {
    return Formatter(format, arguments).run();
}

std::string printAll(Arguments arguments, bool line) {
    std::string text;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto isText = [&](std::size_t at) {
            return !arguments[at].isNil() && arguments[at].json->is_string();
        };
        // Print puts a space between two operands when neither is a string, Println always.
        text += i > 0 && (line || (!isText(i) && !isText(i - 1))) ? " " : "";
        text += printArgument(arguments[i]);
    }
    return line ? text + "\n" : text;
}

}  // namespace coracle::text
