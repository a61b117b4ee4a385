// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_ast.h"

namespace coracle::text {
namespace {

using Kind = TemplateNode::Kind;

std::string dotted(const std::vector<std::string>& names, bool leadingDot) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() && !leadingDot ? "" : ".") + name;
    }
    return text;
}

std::string operandText(const TemplateNode& node) {
    return node.kind == Kind::Pipeline ? "(" + toText(node) + ")" : toText(node);
}

std::string pipelineText(const TemplateNode& node) {
    std::string text;
    for (const std::string& name : node.names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    if (!text.empty()) {
        text += node.assigns ? " = " : " := ";
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        text += (i > 0 ? " | " : "") + toText(*node.children[i]);
    }
    return text;
}

}  // namespace

std::string toText(const TemplateNode& node) {
    switch (node.kind) {
    case Kind::Pipeline:
        return pipelineText(node);
    case Kind::Command: {
        std::string text;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            text += (i > 0 ? " " : "") + operandText(*node.children[i]);
        }
        return text;
    }
    case Kind::Field:
        return dotted(node.names, true);
    case Kind::Variable:
        return dotted(node.names, false);
    case Kind::Chain:
        return operandText(*node.children[0]) + dotted(node.names, true);
    case Kind::Dot:
        return ".";
    case Kind::Nil:
        return "nil";
    case Kind::Template:
        return "{{template \"" + node.text + "\"" + (node.pipeline ? " " + toText(*node.pipeline) : "") +
               "}}";
    default:
        return node.text;
    }
}

}  // namespace coracle::text
