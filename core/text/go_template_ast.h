// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace coracle::text {

/// A part of a parsed template: what it prints, decides or computes.
struct TemplateNode {
    enum class Kind : std::uint8_t {
        // What a template is made of; `children` are the parts in order.
        List,
        Text,      ///< `text`
        Action,    ///< `pipeline`
        If,        ///< `pipeline`, `body`, `otherwise`
        Range,     ///< the same
        With,      ///< the same
        Template,  ///< `text` is the name, `pipeline` may be null
        Break,
        Continue,
        // What is computed.
        Pipeline,    ///< `names` are assigned; `children` are commands
        Command,     ///< `children` are operands
        Field,       ///< `names`
        Chain,       ///< `children[0]` and `names`
        Variable,    ///< `names`, the first with its $
        Identifier,  ///< `text`
        Dot,
        Nil,
        Literal,  ///< `literal`, `text` as it was written
    };
    using Pointer = std::unique_ptr<TemplateNode>;

    Kind kind = Kind::List;
    std::size_t position = 0;  ///< byte of the template, for messages
    std::string text;
    std::vector<std::string> names;
    bool assigns = false;  ///< a pipeline with = rather than :=
    nlohmann::json literal;
    std::vector<Pointer> children;
    Pointer pipeline;
    Pointer body;
    Pointer otherwise;
};

/// A template and those it defines, by name; the main one has an empty name.
struct TemplateTree {
    std::string source;
    std::map<std::string, TemplateNode::Pointer> templates;
};

/// The node as it would be written, for messages.
std::string toText(const TemplateNode& node);

}  // namespace coracle::text
