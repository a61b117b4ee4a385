// SPDX-License-Identifier: Apache-2.0
#include "gui/models/log_level.h"

#include <algorithm>
#include <array>
#include <string>

namespace coracle::gui {

namespace {

constexpr std::size_t kLookedAt = 160;  // a level that comes later belongs to the message
constexpr std::size_t kLongestWord = 11;

struct Word {
    std::string_view text;
    LogLevel level;
};

constexpr std::array<Word, 17> kWords = {{
    {"trace", LogLevel::Debug},
    {"debug", LogLevel::Debug},
    {"dbg", LogLevel::Debug},
    {"info", LogLevel::Info},
    {"information", LogLevel::Info},
    {"notice", LogLevel::Info},
    {"log", LogLevel::Info},
    {"warn", LogLevel::Warning},
    {"warning", LogLevel::Warning},
    {"error", LogLevel::Error},
    {"err", LogLevel::Error},
    {"fatal", LogLevel::Error},
    {"critical", LogLevel::Error},
    {"crit", LogLevel::Error},
    {"alert", LogLevel::Error},
    {"emerg", LogLevel::Error},
    {"panic", LogLevel::Error},
}};

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool isLetter(char c) {
    return isUpper(c) || (c >= 'a' && c <= 'z');
}

}  // namespace

LevelWord findLevel(std::string_view line) {
    const std::string_view head = line.substr(0, kLookedAt);
    for (std::size_t at = 0; at < head.size();) {
        if (!isLetter(head[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < head.size() && isLetter(head[end])) {
            ++end;
        }
        const std::string_view word = head.substr(at, end - at);
        const char before = at == 0 ? '\0' : head[at - 1];
        const bool marked = before == '[' || before == '"' || before == '=' || before == '<';
        if (word.size() >= 3 && word.size() <= kLongestWord &&
            (marked || std::all_of(word.begin(), word.end(), isUpper))) {
            std::string lower(word);
            std::transform(lower.begin(), lower.end(), lower.begin(),
                           [](char c) { return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; });
            const auto found = std::find_if(kWords.begin(), kWords.end(),
                                            [&lower](const Word& known) { return known.text == lower; });
            if (found != kWords.end()) {
                return {found->level, at, word.size()};
            }
        }
        at = end;
    }
    return {};
}

bool continuesLine(std::string_view line) {
    return !line.empty() && (line.front() == ' ' || line.front() == '\t');
}

}  // namespace coracle::gui
