// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_options.h"

#include <optional>

namespace coracle::types {
namespace {

/// Append a code point below 0x10000 as UTF-8.
void appendUtf8(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// A reader for the one JSON shape that a command line holds: a list of strings. core/types knows no JSON
/// library, and anything else than this shape is simply a program name. No nesting, so no recursion that a
/// text could drive.
class StringListReader {
public:
    explicit StringListReader(std::string_view text) : m_text(text) {}

    std::optional<std::vector<std::string>> read() {
        std::vector<std::string> words;
        if (!take('[')) {
            return std::nullopt;
        }
        if (!take(']')) {
            do {
                auto word = readString();
                if (!word) {
                    return std::nullopt;
                }
                words.push_back(std::move(*word));
            } while (take(','));
            if (!take(']')) {
                return std::nullopt;
            }
        }
        skipBlanks();
        return m_at == m_text.size() ? std::optional(words) : std::nullopt;
    }

private:
    void skipBlanks() {
        while (m_at < m_text.size() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n')) {
            ++m_at;
        }
    }
    bool take(char c) {
        skipBlanks();
        if (m_at < m_text.size() && m_text[m_at] == c) {
            ++m_at;
            return true;
        }
        return false;
    }
    std::optional<std::string> readString() {
        if (!take('"')) {
            return std::nullopt;
        }
        std::string word;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"') {
                return word;
            }
            if (c != '\\') {
                word += c;
            } else if (!readEscape(word)) {
                return std::nullopt;
            }
        }
        return std::nullopt;
    }
    bool readEscape(std::string& word) {
        if (m_at == m_text.size()) {
            return false;
        }
        constexpr std::string_view kLetters = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        const char c = m_text[m_at++];
        if (const auto i = kLetters.find(c); i != std::string_view::npos) {
            word += kMeanings[i];
            return true;
        }
        if (c != 'u' || m_at + 4 > m_text.size()) {
            return false;
        }
        unsigned code = 0;
        for (int i = 0; i < 4; ++i) {
            const auto digit =
                std::string_view("0123456789abcdef")
                    .find(static_cast<char>(m_text[m_at] >= 'A' && m_text[m_at] <= 'F' ? m_text[m_at] + 32
                                                                                       : m_text[m_at]));
            if (digit == std::string_view::npos) {
                return false;
            }
            code = code * 16 + static_cast<unsigned>(digit);
            ++m_at;
        }
        // Halves of a surrogate pair and NUL have no place in an argument.
        if (code == 0 || (code >= 0xD800 && code < 0xE000)) {
            return false;
        }
        appendUtf8(word, code);
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

}  // namespace

std::vector<std::string> parseEntrypoint(const std::string& text) {
    if (text.empty()) {
        return {};
    }
    if (auto words = StringListReader(text).read()) {
        return *std::move(words);
    }
    return {text};
}

std::string entrypointText(const std::vector<std::string>& words) {
    if (words.empty()) {
        return {};
    }
    if (words.size() == 1 && parseEntrypoint(words.front()) == words) {
        return words.front();
    }
    std::string text = "[";
    for (const auto& word : words) {
        text += text.size() > 1 ? ",\"" : "\"";
        for (const char c : word) {
            if (c == '"' || c == '\\') {
                text += '\\';
            }
            text += c;
        }
        text += '"';
    }
    return text + "]";
}

}  // namespace coracle::types
