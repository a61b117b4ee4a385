// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_executor.h"

#include "core/text/go_template_functions.h"
#include "core/text/go_template_value.h"
#include "rootless/oci/json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace coracle::text {
namespace {

using Json = nlohmann::json;
using Node = TemplateNode;
using Value = TemplateValue;
using Operands = std::span<const Node::Pointer>;
using Final = std::optional<Value>;  ///< what the pipe brings as the last argument

const Json kNull;

/// Functions that leave their argument as it is when they make a heading.
/// Source: docker cli, templates, "HeaderFunctions".
bool keepsHeading(std::string_view name) {
    constexpr std::array<std::string_view, 7> kNames = {"json",  "split", "join",    "title",
                                                        "lower", "upper", "truncate"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

const Json* memberShape(const Json* shape, const std::string& name) {
    if (shape == nullptr || !shape->is_object()) {
        return nullptr;
    }
    const auto found = shape->find(isMapShape(shape) ? "*" : name);
    return found == shape->end() ? nullptr : &*found;
}

class Executor {
public:
    Executor(const TemplateTree& tree, const Json& data, const TemplateData& about)
        : m_tree(tree), m_about(about), m_root(data) {}

    Result<std::string> run() {
        const Value root{&m_root, m_about.shape, nullptr};
        m_variables.push_back({"$", root});
        TRY(walk(*m_tree.templates.at(""), root));
        return std::move(m_output);
    }

private:
    enum class Jump : std::uint8_t { None, Break, Continue };
    struct Variable {
        std::string_view name;
        Value value;
    };

    // --- messages

    Error fault(const std::string& what) const {
        const std::string_view source = m_tree.source;
        const auto before = source.substr(0, std::min(m_node->position, source.size()));
        const auto lineStart = before.rfind('\n') + 1;  // npos + 1 is 0
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        return {ErrorKind::InvalidArgument, "template: :" + std::to_string(line) + ":" +
                                                std::to_string(before.size() - lineStart) + ": executing " +
                                                json::toText(Json(m_template)) + " at <" + toText(*m_node) +
                                                ">: " + what};
    }

    Result<> step() {
        if (++m_steps > kMaxTemplateSteps) {
            return fault("more than " + std::to_string(kMaxTemplateSteps) + " steps");
        }
        return {};
    }

    Result<> write(std::string_view text) {
        if (m_output.size() + text.size() > kMaxTemplateOutput) {
            return fault("more than " + std::to_string(kMaxTemplateOutput) + " bytes of output");
        }
        m_output += text;
        return {};
    }

    // --- blocks

    Result<> walk(const Node& node, const Value& dot) {
        m_node = &node;
        TRY(step());
        switch (node.kind) {
        case Node::Kind::Text:
            return write(node.text);
        case Node::Kind::Action: {
            TRY_ASSIGN(const Value value, evaluatePipeline(*node.pipeline, dot));
            return node.pipeline->names.empty() ? write(printValue(value)) : Result<>();
        }
        case Node::Kind::If:
        case Node::Kind::With:
            return walkCondition(node, dot);
        case Node::Kind::Range:
            return walkRange(node, dot);
        case Node::Kind::Template:
            return walkTemplate(node, dot);
        case Node::Kind::Break:
        case Node::Kind::Continue:
            m_jump = node.kind == Node::Kind::Break ? Jump::Break : Jump::Continue;
            return {};
        default:
            break;
        }
        for (const auto& part : node.children) {
            TRY(walk(*part, dot));
            if (m_jump != Jump::None) {
                break;
            }
        }
        return {};
    }

    Result<> walkCondition(const Node& node, const Value& dot) {
        const std::size_t scope = m_variables.size();
        TRY_ASSIGN(const Value value, evaluatePipeline(*node.pipeline, dot));
        if (isTrue(value)) {
            TRY(walk(*node.body, node.kind == Node::Kind::With ? value : dot));
        } else if (node.otherwise) {
            TRY(walk(*node.otherwise, dot));
        }
        m_variables.resize(scope);
        return {};
    }

    Result<> walkOnce(const Node& node, const Value& key, const Value& element) {
        const std::size_t scope = m_variables.size();
        const auto& names = node.pipeline->names;
        for (std::size_t i = 0; i < names.size(); ++i) {
            TRY(assign(*node.pipeline, names[i], i + 1 == names.size() ? element : key));
        }
        TRY(walk(*node.body, element));
        m_variables.resize(scope);
        return {};
    }

    Result<> walkRange(const Node& node, const Value& dot) {
        const std::size_t scope = m_variables.size();
        TRY_ASSIGN(const Value value, evaluatePipeline(*node.pipeline, dot));
        const bool number = !value.isNil() && value.json->is_number_integer();
        const bool list = value.isNil() || value.json->is_array() || value.json->is_object();
        if (!number && !list) {
            return fault("range can't iterate over " + printValue(value));
        }
        if (number && node.pipeline->names.size() > 1) {
            return fault("can't use " + printValue(value) + " to iterate over more than one variable");
        }
        const std::int64_t count = number          ? value.json->get<std::int64_t>()
                                   : value.isNil() ? 0
                                                   : static_cast<std::int64_t>(value.json->size());
        if (count <= 0 && node.otherwise) {
            TRY(walk(*node.otherwise, dot));
        }
        Json::const_iterator item = number || count == 0 ? Json::const_iterator() : value.json->begin();
        for (std::int64_t i = 0; i < count; ++i) {
            const bool map = !number && value.json->is_object();
            const Value key = m_arena.keep(map ? Json(item.key()) : Json(i));
            TRY(walkOnce(node, key, number ? key : elementOf(value, *item)));
            if (std::exchange(m_jump, Jump::None) == Jump::Break) {
                break;
            }
            if (!number) {
                ++item;
            }
        }
        m_variables.resize(scope);
        return {};
    }

    static Value elementOf(const Value& list, const Json& element) {
        return {&element, elementShape(list.shape), nullptr};
    }

    Result<> walkTemplate(const Node& node, const Value& dot) {
        const auto found = m_tree.templates.find(node.text);
        if (found == m_tree.templates.end()) {
            return fault("template " + json::toText(Json(node.text)) + " not defined");
        }
        if (m_calls >= kMaxTemplateCalls) {
            return fault("exceeded maximum template depth (" + std::to_string(kMaxTemplateCalls) + ")");
        }
        Value inner;
        if (node.pipeline) {
            TRY_ASSIGN(inner, evaluatePipeline(*node.pipeline, dot));
        }
        ++m_calls;
        auto variables = std::exchange(m_variables, {{"$", inner}});
        const std::string name = std::exchange(m_template, node.text);
        TRY(walk(*found->second, inner));
        m_template = name;
        m_variables = std::move(variables);
        --m_calls;
        return {};
    }

    // --- pipelines

    Result<> assign(const Node& pipeline, const std::string& name, const Value& value) {
        if (!pipeline.assigns) {
            m_variables.push_back({name, value});
            return {};
        }
        Value* known = findVariable(name);
        if (known == nullptr) {
            return fault("undefined variable: " + name);
        }
        *known = value;
        return {};
    }

    Value* findVariable(std::string_view name) {
        const auto found = std::find_if(m_variables.rbegin(), m_variables.rend(),
                                        [&](const Variable& variable) { return variable.name == name; });
        return found == m_variables.rend() ? nullptr : &found->value;
    }

    Result<Value> evaluatePipeline(const Node& pipeline, const Value& dot) {
        m_node = &pipeline;
        Final value;
        for (const auto& command : pipeline.children) {
            TRY_ASSIGN(value, evaluateCommand(*command, dot, value));
        }
        for (const std::string& name : pipeline.names) {
            TRY(assign(pipeline, name, *value));
        }
        return *value;
    }

    Result<Value> evaluateCommand(const Node& command, const Value& dot, const Final& final) {
        TRY(step());
        const Node& first = *command.children[0];
        switch (first.kind) {
        case Node::Kind::Field:
        case Node::Kind::Chain:
        case Node::Kind::Variable:
            return evaluateMembers(first, dot, command.children, final);
        case Node::Kind::Identifier:
            return callFunction(first, command, dot, command.children, final);
        default:
            break;
        }
        m_node = &first;
        if (command.children.size() > 1 || final) {
            return fault("can't give argument to non-function " + operandText(first));
        }
        if (first.kind == Node::Kind::Nil) {
            return fault("nil is not a command");
        }
        return evaluateOperand(first, dot);
    }

    static std::string operandText(const Node& node) {
        return node.kind == Node::Kind::Pipeline ? "(" + toText(node) + ")" : toText(node);
    }

    Result<Value> evaluateOperand(const Node& node, const Value& dot) {
        m_node = &node;
        switch (node.kind) {
        case Node::Kind::Literal:
            return Value{&node.literal, nullptr, nullptr};
        case Node::Kind::Dot:
            return dot;
        case Node::Kind::Nil:
            return Value{&kNull, nullptr, nullptr};
        case Node::Kind::Identifier:
            return callFunction(node, node, dot, {}, {});
        case Node::Kind::Pipeline:
            return evaluatePipeline(node, dot);
        default:
            return evaluateMembers(node, dot, {}, {});
        }
    }

    // --- members

    /// `.A.B`, `$x.A`, `(pipeline).A`; arguments go to the last member.
    Result<Value> evaluateMembers(const Node& node, const Value& dot, Operands operands, const Final& final) {
        m_node = &node;
        Value value = dot;
        std::size_t first = 0;
        if (node.kind == Node::Kind::Chain) {
            TRY_ASSIGN(value, evaluateOperand(*node.children[0], dot));
        } else if (node.kind == Node::Kind::Variable) {
            const Value* known = findVariable(node.names[0]);
            if (known == nullptr) {
                return fault("undefined variable: " + node.names[0]);
            }
            value = *known;
            first = 1;
        }
        const bool hasArguments = operands.size() > 1 || final;
        m_node = &node;
        if (first == node.names.size() && hasArguments) {
            return fault("can't give argument to non-function " + toText(node));
        }
        for (std::size_t i = first; i < node.names.size(); ++i) {
            const bool last = i + 1 == node.names.size();
            if (value.json == &m_root && m_about.methods.contains(node.names[i])) {
                TRY_ASSIGN(value, callMethod(node.names[i], dot, last ? operands : Operands(),
                                             last ? final : Final()));
                continue;
            }
            m_node = &node;
            if (last && hasArguments) {
                return fault(node.names[i] + " is not a method but has arguments");
            }
            TRY_ASSIGN(value, memberOf(value, node.names[i], i > first));
        }
        return value;
    }

    Result<Value> memberOf(const Value& value, const std::string& name, bool inChain) {
        if (!value.exists()) {
            return Value();  // as a missing map entry has no entries
        }
        if (value.json->is_null()) {
            if (isMapShape(value.shape)) {
                return Value();
            }
            return value.absent != nullptr ? noEntry(*value.absent)
                                           : fault("nil pointer evaluating interface {}." + name);
        }
        if (!value.json->is_object()) {
            return fault("can't evaluate field " + name + " in type " +
                         (inChain ? "interface {}" : typeOf(value)));
        }
        const Json* shape = memberShape(value.shape, name);
        const auto found = value.json->find(name);
        if (found != value.json->end()) {
            return Value{&*found, shape, nullptr};
        }
        if (isMapShape(value.shape)) {
            return Value();
        }
        if (shape != nullptr) {
            Value zero = m_arena.keep(zeroOf(*shape));
            zero.shape = shape;
            zero.absent = &name;
            return zero;
        }
        if (value.json == &m_root && !m_about.typeName.empty()) {
            return fault("can't evaluate field " + name + " in type " + std::string(m_about.typeName));
        }
        return m_about.missingIsError ? Result<Value>(noEntry(name)) : Value();
    }

    Error noEntry(const std::string& name) const { return fault("map has no entry for key " + quoted(name)); }
    static std::string quoted(const std::string& text) { return json::toText(Json(text)); }

    Result<Value> callMethod(const std::string& name, const Value& dot, Operands operands,
                             const Final& final) {
        constexpr std::array kOneText{TemplateParameter::Text};
        TRY_ASSIGN(const auto arguments, evaluateArguments(name, {kOneText, 1, false}, dot, operands, final));
        return m_arena.keep(m_about.methods.at(name)(arguments[0].json->get<std::string>()));
    }

    // --- functions

    struct Signature {
        std::span<const TemplateParameter> parameters;
        std::size_t count;
        bool variadic;
    };

    Result<std::vector<Value>> evaluateArguments(const std::string& name, const Signature& signature,
                                                 const Value& dot, Operands operands, const Final& final) {
        const std::size_t given = (operands.empty() ? 0 : operands.size() - 1) + (final ? 1U : 0U);
        const std::size_t least = signature.count - (signature.variadic ? 1U : 0U);
        if (given < least || (given > least && !signature.variadic)) {
            return fault("wrong number of args for " + name + ": want " +
                         (signature.variadic ? "at least " : "") + std::to_string(least) + " got " +
                         std::to_string(given));
        }
        std::vector<Value> arguments;
        for (std::size_t i = 1; i < operands.size(); ++i) {
            const auto wanted = signature.parameters[std::min(i - 1, signature.count - 1)];
            TRY_ASSIGN(Value value, evaluateArgument(*operands[i], wanted, dot));
            arguments.push_back(value);
        }
        if (final) {
            const auto wanted = signature.parameters[std::min(arguments.size(), signature.count - 1)];
            TRY(checkType(*final, wanted));
            arguments.push_back(*final);
        }
        for (Value& value : arguments) {
            if (value.isNil() && value.shape == nullptr) {
                value.json = &kNull;  // an interface that holds nothing
            }
        }
        return arguments;
    }

    Result<Value> evaluateArgument(const Node& node, TemplateParameter wanted, const Value& dot) {
        const bool literal = node.kind == Node::Kind::Literal;
        if (literal && wanted == TemplateParameter::Text && !node.literal.is_string()) {
            m_node = &node;
            return fault("expected string; found " + node.text);
        }
        if (literal && wanted == TemplateParameter::Integer && !node.literal.is_number_integer()) {
            m_node = &node;
            return fault("expected integer; found " + node.text);
        }
        if (literal && wanted == TemplateParameter::TextList) {
            m_node = &node;
            return fault("can't handle " + node.text + " for arg of type []string");
        }
        if (node.kind == Node::Kind::Nil && wanted != TemplateParameter::Any &&
            wanted != TemplateParameter::TextList) {
            m_node = &node;
            return fault(std::string("cannot assign nil to ") + nameOf(wanted));
        }
        TRY_ASSIGN(const Value value, evaluateOperand(node, dot));
        TRY(checkType(value, wanted));
        return value;
    }

    static const char* nameOf(TemplateParameter wanted) {
        return wanted == TemplateParameter::Text      ? "string"
               : wanted == TemplateParameter::Integer ? "int"
                                                      : "[]string";
    }

    Result<> checkType(const Value& value, TemplateParameter wanted) const {
        if (wanted == TemplateParameter::Any) {
            return {};
        }
        if (!value.exists() || (value.isNil() && wanted != TemplateParameter::TextList)) {
            return fault(std::string("invalid value; expected ") + nameOf(wanted));
        }
        const auto isText = [](const Json& part) { return part.is_string(); };
        const bool fits =
            wanted == TemplateParameter::Text ? value.json->is_string()
            : wanted == TemplateParameter::Integer
                ? value.json->is_number_integer()
                : value.isNil() ||
                      (value.json->is_array() && std::all_of(value.json->begin(), value.json->end(), isText));
        return fits ? Result<>()
                    : Result<>(fault(std::string("wrong type for value; expected ") + nameOf(wanted) +
                                     "; got " + typeOf(value)));
    }

    Result<Value> callFunction(const Node& identifier, const Node& command, const Value& dot,
                               Operands operands, const Final& final) {
        m_node = &identifier;
        if (identifier.text == "and" || identifier.text == "or") {
            return evaluateLogic(identifier.text == "or", identifier.text, dot, operands, final);
        }
        const TemplateFunction& function = *findTemplateFunction(identifier.text);
        TRY_ASSIGN(
            const auto arguments,
            evaluateArguments(identifier.text, {function.parameters, function.count, function.variadic}, dot,
                              operands, final));
        if (m_about.heading && keepsHeading(function.name)) {
            return arguments[0];
        }
        auto result = function.call(m_arena, arguments);
        if (!result) {
            m_node = &command;
            return fault("error calling " + identifier.text + ": " + result.error().message());
        }
        return result;
    }

    /// `and` and `or` stop at the first argument that decides, as Go does since 1.18.
    Result<Value> evaluateLogic(bool stopAt, const std::string& name, const Value& dot, Operands operands,
                                const Final& final) {
        if (operands.size() < 2 && !final) {
            return fault("wrong number of args for " + name + ": want at least 1 got 0");
        }
        Value value;
        for (std::size_t i = 1; i < operands.size(); ++i) {
            TRY_ASSIGN(value, evaluateOperand(*operands[i], dot));
            if (isTrue(value) == stopAt) {
                return value;
            }
        }
        return final ? *final : value;
    }

    const TemplateTree& m_tree;
    const TemplateData& m_about;
    const Json& m_root;
    TemplateArena m_arena;
    std::vector<Variable> m_variables;
    std::string m_output;
    std::string m_template;  ///< the name of the one that runs
    const Node* m_node = nullptr;
    std::size_t m_steps = 0;
    std::size_t m_calls = 0;
    Jump m_jump = Jump::None;
};

}  // namespace

Result<std::string> executeTemplate(const TemplateTree& tree, const Json& data, const TemplateData& about) {
    return Executor(tree, data, about).run();
}

}  // namespace coracle::text
