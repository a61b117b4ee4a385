// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace coracle::text {

/// Make text of a stranger safe to print on a terminal or in one line of a message: control characters,
/// bytes that are not UTF-8, and the characters that turn the reading direction are shown as \x1b or \u202e;
/// a newline becomes \n. Everything else stays as it is, also outside ASCII. A backslash stays, so the result
/// is for people and not for parsing.
std::string escapeForTerminal(std::string_view text);

/// The same, cut to `maxBytes` of input with "..." added when something was left out.
std::string excerptForTerminal(std::string_view text, std::size_t maxBytes);

}  // namespace coracle::text
