// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::text {

/// A word of a template. Text outside actions is one token; blanks inside actions are tokens, because they
/// separate operands.
struct TemplateToken {
    enum class Kind : std::uint8_t {
        Error,  ///< `text` says what is wrong; nothing follows
        End,
        Text,
        LeftDelimiter,
        RightDelimiter,
        Space,
        Assign,
        Declare,
        Pipe,
        LeftParenthesis,
        RightParenthesis,
        Character,  ///< another printable character, such as a comma
        Number,
        CharacterConstant,
        String,
        RawString,
        Bool,
        Nil,
        Dot,
        Field,
        Variable,
        Identifier,
        Keyword,
    };
    Kind kind = Kind::End;
    std::string_view text;  ///< borrowed from the template
    std::size_t position = 0;
    std::string message;  ///< of an Error
};

/// Cut a template into tokens; the last one is End or Error. Comments disappear, trim markers are obeyed.
/// Source: Go text/template documentation, "Text and spaces" and "Actions".
std::vector<TemplateToken> cutTemplate(std::string_view text);

}  // namespace coracle::text
