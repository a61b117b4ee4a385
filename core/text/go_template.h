// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>

/// The language of `--format`. People and scripts pass templates of Go's text/template to docker and podman,
/// so this is an interpreter of that language over JSON values and not a field picker.
///
/// Known: text, {{/* comments */}}, trim markers {{- -}}, pipelines, parentheses, literals, fields (.A.B,
/// $.A, (expr).A), variables with
/// := and =, if / else if / else, range (also with $key, $value and else), with, break and continue, and the
/// functions and or not eq ne lt le gt ge len index slice print println printf html-free, json join split
/// lower upper title truncate pad. Not known, and refused when the template is parsed: define, template,
/// block, method calls.
///
/// A missing field is an error, as it is for a Go struct, because it is mostly a spelling mistake; below
/// members that are maps for docker (Labels, Ports, Networks, ...) it prints "<no value>", as it does for a
/// Go map. Source: Go text/template documentation; docker's formatting functions.
namespace coracle::text {

/// Longest template, in bytes, and deepest nesting that parse() accepts.
inline constexpr std::size_t kMaxTemplateBytes = 64U << 10U;
inline constexpr std::size_t kMaxTemplateDepth = 64;

/// A parsed template; may be rendered any number of times.
class GoTemplate {
public:
    /// Errors: InvalidArgument that quotes the part at fault.
    static Result<GoTemplate> parse(std::string_view text);

    GoTemplate(GoTemplate&&) noexcept;
    GoTemplate& operator=(GoTemplate&&) noexcept;
    ~GoTemplate();

    /// The text for one value. Errors: InvalidArgument: unknown field, wrong type for a function, index out
    /// of range.
    Result<std::string> render(const nlohmann::json& data) const;

    struct Node;

private:
    explicit GoTemplate(std::unique_ptr<Node> root);
    std::unique_ptr<Node> m_root;
};

/// `--format` texts come from shells that leave \t and \n as two characters; docker unfolds them.
std::string unescapeFormat(std::string_view format);

}  // namespace coracle::text
