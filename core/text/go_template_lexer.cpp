// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_lexer.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace coracle::text {
namespace {

using Kind = TemplateToken::Kind;

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kLeft = "{{";
constexpr std::string_view kRight = "}}";
constexpr std::array<std::string_view, 10> kKeywords = {"block", "break", "continue", "define",   "else",
                                                        "end",   "if",    "range",    "template", "with"};

bool isBlank(char c) {
    return kBlank.find(c) != std::string_view::npos;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// Letters outside ASCII count as letters: their bytes do.
bool isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    std::vector<TemplateToken> run() {
        while (!m_done) {
            if (m_inside) {
                cutInside();
            } else {
                cutText();
            }
        }
        return std::move(m_tokens);
    }

private:
    std::string_view rest() const { return m_text.substr(m_at); }
    bool startsWith(std::string_view word) const { return rest().substr(0, word.size()) == word; }
    bool atEnd() const { return m_at >= m_text.size(); }

    void emit(Kind kind, std::size_t from) {
        m_tokens.push_back({kind, m_text.substr(from, m_at - from), from, {}});
    }

    void fail(std::string message, std::size_t position) {
        m_tokens.push_back({Kind::Error, {}, position, std::move(message)});
        m_done = true;
    }

    /// " -}}" at `at`.
    bool isRightTrim(std::size_t at) const {
        return at + 3 < m_text.size() && isBlank(m_text[at]) && m_text[at + 1] == '-' &&
               m_text.substr(at + 2, 2) == kRight;
    }

    /// "{{- " at `at`.
    bool isLeftTrim(std::size_t at) const {
        return at + 3 < m_text.size() && m_text[at + 2] == '-' && isBlank(m_text[at + 3]);
    }

    void cutText() {
        const std::size_t from = m_at;
        const std::size_t open = m_text.find(kLeft, m_at);
        m_at = std::min(open, m_text.size());
        std::size_t end = m_at;
        const bool trim = open != std::string_view::npos && isLeftTrim(open);
        while (trim && end > from && isBlank(m_text[end - 1])) {
            --end;
        }
        if (end > from) {
            m_tokens.push_back({Kind::Text, m_text.substr(from, end - from), from, {}});
        }
        if (atEnd()) {
            emit(Kind::End, m_at);
            m_done = true;
            return;
        }
        openAction(trim);
    }

    void openAction(bool trim) {
        const std::size_t from = m_at;
        const std::size_t inside = m_at + kLeft.size() + (trim ? 2U : 0U);
        if (m_text.substr(inside, 2) == "/*") {
            skipComment(inside);
            return;
        }
        m_at += kLeft.size();
        emit(Kind::LeftDelimiter, from);
        m_at = inside;
        m_inside = true;
        m_parentheses = 0;
    }

    void skipComment(std::size_t from) {
        const std::size_t close = m_text.find("*/", from + 2);
        if (close == std::string_view::npos) {
            fail("unclosed comment", from);
            return;
        }
        m_at = close + 2;
        const bool trim = isRightTrim(m_at);
        if (!trim && !startsWith(kRight)) {
            fail("comment ends before closing delimiter", from);
            return;
        }
        m_at += trim ? 4U : 2U;
        skipBlanks(trim);
    }

    void skipBlanks(bool really) {
        while (really && !atEnd() && isBlank(m_text[m_at])) {
            ++m_at;
        }
    }

    void closeAction(bool trim) {
        if (m_parentheses > 0) {
            fail("unclosed left paren", m_at);
            return;
        }
        m_at += trim ? 2U : 0U;
        const std::size_t from = m_at;
        m_at += kRight.size();
        emit(Kind::RightDelimiter, from);
        skipBlanks(trim);
        m_inside = false;
    }

    void cutInside() {
        if (startsWith(kRight) || isRightTrim(m_at)) {
            closeAction(!startsWith(kRight));
            return;
        }
        if (atEnd()) {
            fail("unclosed action", m_at);
            return;
        }
        const std::size_t from = m_at;
        const char c = m_text[m_at];
        if (isBlank(c)) {
            cutSpace();
        } else if (c == '"' || c == '\'') {
            cutQuoted(c);
        } else if (c == '`') {
            cutRaw();
        } else if (c == '$' || (c == '.' && !(m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1])))) {
            cutMember(c == '$' ? Kind::Variable : Kind::Field);
        } else if (c == '+' || c == '-' || c == '.' || isDigit(c)) {
            cutNumber();
        } else if (isWord(c)) {
            cutIdentifier();
        } else {
            cutPunctuation(from, c);
        }
    }

    void cutSpace() {
        const std::size_t from = m_at;
        while (!atEnd() && isBlank(m_text[m_at]) && !isRightTrim(m_at)) {
            ++m_at;
        }
        emit(Kind::Space, from);
    }

    void cutPunctuation(std::size_t from, char c) {
        ++m_at;
        switch (c) {
        case '=':
            return emit(Kind::Assign, from);
        case ':':
            if (!startsWith("=")) {
                return fail("expected :=", from);
            }
            ++m_at;
            return emit(Kind::Declare, from);
        case '|':
            return emit(Kind::Pipe, from);
        case '(':
            ++m_parentheses;
            return emit(Kind::LeftParenthesis, from);
        case ')':
            if (m_parentheses == 0) {
                return fail("unexpected right paren", from);
            }
            --m_parentheses;
            return emit(Kind::RightParenthesis, from);
        default:
            break;
        }
        if (c > ' ' && c < '\x7f') {
            return emit(Kind::Character, from);
        }
        fail("unrecognized character in action: " + describe(c), from);
    }

    void cutQuoted(char quote) {
        const std::size_t from = m_at;
        for (++m_at; !atEnd() && m_text[m_at] != '\n'; ++m_at) {
            if (m_text[m_at] == quote) {
                ++m_at;
                return emit(quote == '"' ? Kind::String : Kind::CharacterConstant, from);
            }
            m_at += m_text[m_at] == '\\' && m_at + 1 < m_text.size() && m_text[m_at + 1] != '\n' ? 1U : 0U;
        }
        fail(quote == '"' ? "unterminated quoted string" : "unterminated character constant", from);
    }

    void cutRaw() {
        const std::size_t from = m_at;
        const std::size_t close = m_text.find('`', m_at + 1);
        if (close == std::string_view::npos) {
            return fail("unterminated raw quoted string", from);
        }
        m_at = close + 1;
        emit(Kind::RawString, from);
    }

    void cutMember(Kind kind) {
        const std::size_t from = m_at++;
        while (!atEnd() && isWord(m_text[m_at])) {
            ++m_at;
        }
        const bool bare = m_at == from + 1;
        if (bare && kind == Kind::Field) {
            return emit(Kind::Dot, from);
        }
        if (checkTerminator(from)) {
            emit(kind, from);
        }
    }

    void cutIdentifier() {
        const std::size_t from = m_at;
        while (!atEnd() && isWord(m_text[m_at])) {
            ++m_at;
        }
        if (!checkTerminator(from)) {
            return;
        }
        const std::string_view word = m_text.substr(from, m_at - from);
        if (std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end()) {
            emit(Kind::Keyword, from);
        } else if (word == "true" || word == "false") {
            emit(Kind::Bool, from);
        } else {
            emit(word == "nil" ? Kind::Nil : Kind::Identifier, from);
        }
    }

    void cutNumber() {
        const std::size_t from = m_at;
        m_at += m_text[m_at] == '+' || m_text[m_at] == '-' ? 1U : 0U;
        bool exponent = false;
        while (!atEnd() && (isWord(m_text[m_at]) || m_text[m_at] == '.' ||
                            (exponent && (m_text[m_at] == '+' || m_text[m_at] == '-')))) {
            exponent = m_text[m_at] == 'e' || m_text[m_at] == 'E' || m_text[m_at] == 'p';
            ++m_at;
        }
        emit(Kind::Number, from);
    }

    /// What may follow a field, a variable or a word.
    bool checkTerminator(std::size_t from) {
        static constexpr std::string_view kMayFollow = " \t\r\n.,|:)(";
        if (atEnd() || kMayFollow.find(m_text[m_at]) != std::string_view::npos || startsWith(kRight)) {
            return true;
        }
        fail("bad character " + describe(m_text[m_at]), from);
        return false;
    }

    static std::string describe(char c) {
        std::array<char, 16> text{};
        const unsigned code = static_cast<unsigned char>(c);
        (void)std::snprintf(text.data(), text.size(), code > ' ' && code < 0x7f ? "U+%04X '%c'" : "U+%04X",
                            code, c);
        return text.data();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_inside = false;
    bool m_done = false;
    std::size_t m_parentheses = 0;
    std::vector<TemplateToken> m_tokens;
};

}  // namespace

std::vector<TemplateToken> cutTemplate(std::string_view text) {
    return Lexer(text).run();
}

}  // namespace coracle::text
