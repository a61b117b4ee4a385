// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/go_template.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace coracle::text {

/// One operand of a command: a literal, `.`, a variable, a function name or a parenthesised pipeline,
/// followed by fields. `fields` are applied in order; only one of `literal`, `name` and `pipeline` means
/// anything, by kind.
struct Operand {
    enum class Kind : std::uint8_t { Literal, Dot, Variable, Function, Pipeline };
    Kind kind = Kind::Dot;
    nlohmann::json literal;
    std::string name;  ///< of the variable (with its $) or function
    std::unique_ptr<struct Pipeline> pipeline;
    std::vector<std::string> fields;
};

/// `a | b x | c`: the value of each command is the last argument of the next.
struct Pipeline {
    std::vector<std::string> variables;  ///< what it assigns, none to two names
    bool declares = false;               ///< := rather than =
    std::vector<std::vector<Operand>> commands;
};

/// A node of the tree. `body` and `otherwise` belong to the block kinds; an `else if` is an `otherwise`
/// that holds one If node. List is the root only.
struct GoTemplate::Node {
    enum class Kind : std::uint8_t { List, Text, Action, If, Range, With, Break, Continue };
    Kind kind = Kind::List;
    std::string text;
    Pipeline pipeline;
    std::vector<Node> body;
    std::vector<Node> otherwise;
};

}  // namespace coracle::text
