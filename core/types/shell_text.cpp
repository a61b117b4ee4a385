// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_command.h"

#include <utility>

namespace coracle::types {
namespace {

/// A leading '=' is a path of a command to zsh, a leading '~' a home folder to every shell; the empty word
/// needs quotes to be one. '!' is not among the safe letters: interactive shells replace it.
bool isPlain(std::string_view word) {
    if (word.empty() || word.front() == '=' || word.front() == '~') {
        return false;
    }
    constexpr std::string_view kSafe =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    return word.find_first_not_of(kSafe) == std::string_view::npos;
}

/// A single quote cannot stand inside single quotes: the text is closed, the quote escaped, and it goes
/// on.
std::string quotedWord(std::string_view word) {
    std::string out = "'";
    for (const char c : word) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + "'";
}

Error notClosed(char quote) {
    return {ErrorKind::InvalidArgument, std::string("a ") + quote + " quote is not closed"};
}

/// Read the quoted part that starts at `at`; returns the position after the closing quote.
Result<std::size_t> readQuoted(std::string_view text, std::size_t at, std::string& word) {
    const char quote = text[at];
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == quote) {
            return i + 1;
        }
        if (quote == '"' && text[i] == '\\' && i + 1 < text.size() &&
            std::string_view("\"\\$`").find(text[i + 1]) != std::string_view::npos) {
            ++i;
        }
        word += text[i];
    }
    return notClosed(quote);
}

}  // namespace

std::string toShellWord(std::string_view word) {
    return isPlain(word) ? std::string(word) : quotedWord(word);
}

std::string toShellText(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) {
        // The first word with a '=' would be an assignment.
        const bool assignment = out.empty() && word.find('=') != std::string::npos;
        out += (out.empty() ? "" : " ") + (assignment ? quotedWord(word) : toShellWord(word));
    }
    return out;
}

Result<std::vector<std::string>> splitShellText(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    bool open = false;
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        if (c == ' ' || c == '\t' || c == '\n') {
            if (open) {
                words.push_back(std::exchange(word, {}));
            }
            open = false;
            ++i;
            continue;
        }
        open = true;
        if (c == '\'' || c == '"') {
            TRY_ASSIGN(i, readQuoted(text, i, word));
        } else if (c == '\\' && i + 1 < text.size()) {
            word += text[i + 1];
            i += 2;
        } else {
            word += c;
            ++i;
        }
    }
    if (open) {
        words.push_back(std::move(word));
    }
    return words;
}

}  // namespace coracle::types
