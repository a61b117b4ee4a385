// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coracle::gui {

/// How grave a program says a line of its log is.
enum class LogLevel : std::uint8_t { None, Debug, Info, Warning, Error };

/// Where a line names its level.
struct LevelWord {
    LogLevel level = LogLevel::None;
    std::size_t start = 0;  ///< bytes from the beginning of the line
    std::size_t length = 0;
};

/// The level that a line names near its beginning, in one of the usual forms: "ERROR ...", "[warn] ...",
/// "level=info", "\"level\":\"error\"". A word in the middle of a sentence ("no error found") is none. Never
/// fails; the bytes are a stranger's and need not be text.
LevelWord findLevel(std::string_view line);

inline LogLevel levelOf(std::string_view line) {
    return findLevel(line).level;
}

/// Whether the line goes on with the one before: it is indented, as stack traces are.
bool continuesLine(std::string_view line);

}  // namespace coracle::gui
