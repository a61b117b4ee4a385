// SPDX-License-Identifier: Apache-2.0
#include "core/image/config_editor.h"

#include <array>
#include <charconv>
#include <cmath>

namespace coracle::image {
namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
}

/// Reads a line from left to right.
class Splitter {
public:
    Splitter(std::string_view text, const std::map<std::string, std::string>& environment)
        : m_text(text), m_environment(environment) {}

    Result<std::vector<std::string>> run() {
        std::vector<std::string> words;
        while (true) {
            while (m_at < m_text.size() && isBlank(m_text[m_at])) {
                ++m_at;
            }
            if (m_at == m_text.size()) {
                return words;
            }
            TRY_ASSIGN(std::string word, readWord());
            words.push_back(std::move(word));
        }
    }

private:
    Result<std::string> readWord() {
        std::string word;
        char quote = '\0';
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (quote == '\0' && isBlank(c)) {
                break;
            }
            if (quote == '\0' && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = '\0';
            } else if (c == '\\' && quote != '\'' && m_at + 1 < m_text.size()) {
                const char next = m_text[++m_at];
                const bool special = quote == '\0' || next == '"' || next == '\\' || next == '$';
                word += special ? std::string(1, next) : std::string("\\") + next;
            } else if (c == '$' && quote != '\'') {
                TRY_ASSIGN(const std::string value, readVariable());
                word += value;
            } else {
                word += c;
            }
        }
        if (quote != '\0') {
            return Error(ErrorKind::InvalidArgument, std::string("the quote ") + quote + " is not closed");
        }
        return word;
    }

    /// At '$'; leaves the position on its last character.
    Result<std::string> readVariable() {
        std::size_t end = m_at + 1;
        const bool braced = end < m_text.size() && m_text[end] == '{';
        end += braced ? 1 : 0;
        const std::size_t start = end;
        while (end < m_text.size() && (end == start ? isNameStart(m_text[end]) : isNamePart(m_text[end]))) {
            ++end;
        }
        if (end == start) {
            return braced ? Result<std::string>(wrongVariable()) : Result<std::string>(std::string("$"));
        }
        const auto found = m_environment.find(std::string(m_text.substr(start, end - start)));
        std::string value = found == m_environment.end() ? "" : found->second;
        if (!braced) {
            m_at = end - 1;
            return value;
        }
        const std::size_t close = m_text.find('}', end);
        if (close == std::string_view::npos) {
            return wrongVariable();
        }
        const std::string_view modifier = m_text.substr(end, close - end);
        m_at = close;
        if (modifier.empty()) {
            return value;
        }
        const std::string other(modifier.substr(std::min<std::size_t>(2, modifier.size())));
        if (modifier.starts_with(":-")) {
            return value.empty() ? other : value;
        }
        if (modifier.starts_with(":+")) {
            return value.empty() ? std::string() : other;
        }
        return wrongVariable();
    }

    static Error wrongVariable() {
        return {ErrorKind::InvalidArgument,
                "a variable is written as $NAME, ${NAME}, ${NAME:-default} or ${NAME:+other}"};
    }

    std::string_view m_text;
    const std::map<std::string, std::string>& m_environment;
    std::size_t m_at = 0;
};

}  // namespace

Result<std::vector<std::string>> splitDockerfileWords(std::string_view text,
                                                      const std::map<std::string, std::string>& environment) {
    return Splitter(text, environment).run();
}

std::optional<std::int64_t> parseGoDuration(std::string_view text) {
    struct Unit {
        std::string_view name;
        double nanoseconds;
    };
    constexpr std::array<Unit, 6> kUnits{
        {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}}};
    if (text == "0") {
        return 0;
    }
    double sum = 0;
    while (!text.empty()) {
        double number = 0;
        const auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
        if (error != std::errc() || number < 0) {
            return std::nullopt;
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const std::size_t length = std::min(text.find_first_of("0123456789."), text.size());
        bool known = false;
        for (const Unit& unit : kUnits) {
            if (text.substr(0, length) == unit.name) {
                sum += number * unit.nanoseconds;
                known = true;
            }
        }
        if (!known) {
            return std::nullopt;
        }
        text.remove_prefix(length);
        if (text.empty()) {
            return sum < 9e18 ? std::optional(static_cast<std::int64_t>(std::llround(sum))) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace coracle::image
