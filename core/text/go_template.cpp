// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template.h"

#include "core/text/go_template_executor.h"
#include "core/text/go_template_parser.h"

#include <algorithm>

namespace coracle::text {
namespace {

bool mentionsIn(const TemplateNode* node, std::string_view member) {
    if (node == nullptr) {
        return false;
    }
    const bool field = node->kind == TemplateNode::Kind::Field || node->kind == TemplateNode::Kind::Chain;
    if (field && std::find(node->names.begin(), node->names.end(), member) != node->names.end()) {
        return true;
    }
    if (node->kind == TemplateNode::Kind::Variable && node->names.size() > 1 && node->names[1] == member) {
        return true;
    }
    const auto inside = [&](const TemplateNode::Pointer& part) { return mentionsIn(part.get(), member); };
    const bool prints = node->kind == TemplateNode::Kind::Command && node->children.size() > 1 &&
                        node->children[0]->kind == TemplateNode::Kind::Identifier &&
                        node->children[0]->text == "json" &&
                        node->children[1]->kind == TemplateNode::Kind::Dot;
    return prints || inside(node->pipeline) || inside(node->body) || inside(node->otherwise) ||
           std::any_of(node->children.begin(), node->children.end(), inside);
}

}  // namespace

Result<GoTemplate> GoTemplate::parse(std::string_view text) {
    TRY_ASSIGN(auto tree, parseTemplate(text));
    return GoTemplate(std::move(tree));
}

Result<std::string> GoTemplate::render(const nlohmann::json& data, const TemplateData& about) const {
    return executeTemplate(*m_tree, data, about);
}

bool GoTemplate::mentions(std::string_view member) const {
    return std::any_of(m_tree->templates.begin(), m_tree->templates.end(),
                       [&](const auto& entry) { return mentionsIn(entry.second.get(), member); });
}

std::string unescapeFormat(std::string_view format) {
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == '\\' && i + 1 < format.size() && (format[i + 1] == 't' || format[i + 1] == 'n')) {
            text += format[++i] == 't' ? '\t' : '\n';
        } else {
            text += format[i];
        }
    }
    return text;
}

}  // namespace coracle::text
