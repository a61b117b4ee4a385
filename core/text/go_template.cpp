// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template.h"

#include "core/text/go_template_ast.h"
#include "core/text/go_template_functions.h"

#include <algorithm>
#include <array>
#include <optional>

// The interpreter walks the tree once for a value. Values are copied: they are the documents of `inspect`
// and `ps`, a few KiB each. Variables stand in one list in order of declaration, and a block remembers
// its length at the start and cuts back to it at the end; the last one of a name is the one that counts,
// which is Go's shadowing. `break` and `continue` set m_jump, and every list of nodes stops when it is
// set until the range that it belongs to takes it. An error ends the walk; what was printed before it is
// dropped, as no half line should look like a whole one.
// The template is the user's own, so depth is limited for the stack's sake (kMaxTemplateDepth) and time
// is not.
namespace coracle::text {
namespace {

using Json = nlohmann::json;
using Node = GoTemplate::Node;

/// Members whose keys are data, not fields: asking for one that is not there is no mistake. JSON does not
/// say which of its objects was a map in docker's Go types, so the names are listed.
bool isMapMember(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMaps = {
        "Labels",  "Annotations",  "Ports",        "Networks",   "Options", "Sysctls",
        "Volumes", "ExposedPorts", "PortBindings", "DriverOpts", "Tmpfs",   "Data"};
    return std::find(kMaps.begin(), kMaps.end(), name) != kMaps.end();
}

/// What a piece of the template evaluates to. A missing map entry prints "<no value>" and counts as false.
struct Value {
    Json json;
    bool missing = false;
    bool map = false;
};

class Renderer {
public:
    explicit Renderer(const Json& data) { m_variables.push_back({"$", {data, false, false}}); }

    /// Nodes in order until the end or a jump; variables that they declare end with them.
    Result<> renderAll(const std::vector<Node>& nodes, const Value& dot) {
        const std::size_t scope = m_variables.size();
        for (const Node& node : nodes) {
            TRY(renderNode(node, dot));
            if (m_jump != Jump::None) {
                break;
            }
        }
        m_variables.resize(scope);
        return {};
    }

    std::string take() { return std::move(m_output); }

private:
    // What `break` or `continue` has begun and no range has taken yet.
    enum class Jump : std::uint8_t { None, Break, Continue };
    struct Variable {
        std::string name;
        Value value;
    };

    static Error fault(const std::string& what) {
        return {ErrorKind::InvalidArgument, "render template: " + what};
    }

    Result<> renderNode(const Node& node, const Value& dot) {
        switch (node.kind) {
        case Node::Kind::Text:
            m_output += node.text;
            return {};
        case Node::Kind::Action: {
            TRY_ASSIGN(const Value value, evaluate(node.pipeline, dot));
            if (node.pipeline.variables.empty()) {
                m_output += value.missing ? "<no value>" : printValue(value.json);
            }
            return {};
        }
        case Node::Kind::If:
        case Node::Kind::With:
            return renderCondition(node, dot);
        case Node::Kind::Range:
            return renderRange(node, dot);
        case Node::Kind::Break:
            m_jump = Jump::Break;
            return {};
        case Node::Kind::Continue:
            m_jump = Jump::Continue;
            return {};
        case Node::Kind::List:
            break;
        }
        return renderAll(node.body, dot);
    }

    Result<> renderCondition(const Node& node, const Value& dot) {
        const std::size_t scope = m_variables.size();
        TRY_ASSIGN(const Value value, evaluate(node.pipeline, dot));
        const bool holds = !value.missing && isTrue(value.json);
        const Value& inner = node.kind == Node::Kind::With && holds ? value : dot;
        TRY(renderAll(holds ? node.body : node.otherwise, inner));
        m_variables.resize(scope);
        return {};
    }

    /// Lists give positions as keys, maps their keys in sorted order, which is Go's order as well as that
    /// of the JSON library. Nothing to go over is the else part; so is null, since Go's nil list has no
    /// elements.
    Result<> renderRange(const Node& node, const Value& dot) {
        const std::size_t scope = m_variables.size();
        Pipeline const& pipeline = node.pipeline;
        TRY_ASSIGN(const Value value, evaluateCommands(pipeline, dot));
        if (!value.missing && !value.json.is_array() && !value.json.is_object() && !value.json.is_null()) {
            return fault("range cannot go over " + std::string(value.json.type_name()));
        }
        if (value.missing || value.json.empty()) {
            return renderAll(node.otherwise, dot);
        }
        std::size_t position = 0;
        for (auto item = value.json.begin(); item != value.json.end(); ++item, ++position) {
            const Value element{*item, false, false};
            const Value key{value.json.is_object() ? Json(item.key()) : Json(position), false, false};
            if (pipeline.variables.size() == 1) {
                m_variables.push_back({pipeline.variables[0], element});
            } else if (pipeline.variables.size() == 2) {
                m_variables.push_back({pipeline.variables[0], key});
                m_variables.push_back({pipeline.variables[1], element});
            }
            TRY(renderAll(node.body, element));
            m_variables.resize(scope);
            if (std::exchange(m_jump, Jump::None) == Jump::Break) {
                break;
            }
        }
        return {};
    }

    /// With variables: each of them gets the value. Declaring always makes a new one, '=' changes the
    /// nearest.
    Result<Value> evaluate(const Pipeline& pipeline, const Value& dot) {
        TRY_ASSIGN(Value value, evaluateCommands(pipeline, dot));
        for (const std::string& name : pipeline.variables) {
            if (pipeline.declares) {
                m_variables.push_back({name, value});
                continue;
            }
            Value* known = findVariable(name);
            if (known == nullptr) {
                return fault("variable '" + name + "' is not declared");
            }
            *known = value;
        }
        return value;
    }

    Result<Value> evaluateCommands(const Pipeline& pipeline, const Value& dot) {
        std::optional<Value> last;
        for (const auto& command : pipeline.commands) {
            TRY_ASSIGN(last, evaluateCommand(command, last, dot));
        }
        return *std::move(last);
    }

    // One command of a pipeline: a value, or a function with its arguments, the value of the command
    // before it being the last of them.
    Result<std::optional<Value>> evaluateCommand(const std::vector<Operand>& command,
                                                 const std::optional<Value>& piped, const Value& dot) {
        const Operand& head = command.front();
        if (head.kind != Operand::Kind::Function) {
            if (command.size() > 1 || piped) {
                return fault("only a function takes arguments");
            }
            TRY_ASSIGN(Value value, evaluateOperand(head, dot));
            return std::optional<Value>(std::move(value));
        }
        if (head.name == "and" || head.name == "or") {
            return evaluateLogic(command, piped, dot);
        }
        std::vector<Json> arguments;
        for (std::size_t i = 1; i < command.size(); ++i) {
            TRY_ASSIGN(Value value, evaluateOperand(command[i], dot));
            arguments.push_back(std::move(value.json));
        }
        if (piped) {
            arguments.push_back(piped->json);
        }
        TRY_ASSIGN(Json result, callFunction(head.name, arguments));
        return std::optional<Value>(Value{std::move(result), false, false});
    }

    /// `and` and `or` stop at the first argument that decides, as Go does since 1.18.
    Result<std::optional<Value>> evaluateLogic(const std::vector<Operand>& command,
                                               const std::optional<Value>& piped, const Value& dot) {
        const bool stopAt = command.front().name == "or";
        std::optional<Value> value;
        for (std::size_t i = 1; i < command.size(); ++i) {
            TRY_ASSIGN(value, evaluateOperand(command[i], dot));
            if ((!value->missing && isTrue(value->json)) == stopAt) {
                return value;
            }
        }
        if (piped) {
            value = piped;
        }
        if (!value) {
            return fault("'" + command.front().name + "' takes at least one value");
        }
        return value;
    }

    Result<Value> evaluateOperand(const Operand& operand, const Value& dot) {
        Value value;
        switch (operand.kind) {
        case Operand::Kind::Literal:
            return Value{operand.literal, false, false};
        case Operand::Kind::Dot:
            value = dot;
            break;
        case Operand::Kind::Variable: {
            const Value* known = findVariable(operand.name);
            if (known == nullptr) {
                return fault("variable '" + operand.name + "' is not declared");
            }
            value = *known;
            break;
        }
        case Operand::Kind::Pipeline: {
            TRY_ASSIGN(value, evaluate(*operand.pipeline, dot));
            break;
        }
        case Operand::Kind::Function: {
            TRY_ASSIGN(Json result, callFunction(operand.name, {}));
            return Value{std::move(result), false, false};
        }
        }
        for (const std::string& field : operand.fields) {
            TRY_ASSIGN(value, memberOf(value, field));
        }
        return value;
    }

    static Result<Value> memberOf(const Value& value, const std::string& field) {
        if (value.missing) {
            return fault("field '" + field + "' of a missing value");
        }
        if (!value.json.is_object()) {
            return fault("can't evaluate field " + field + " in " + value.json.type_name());
        }
        const auto found = value.json.find(field);
        if (found != value.json.end()) {
            return Value{*found, false, isMapMember(field)};
        }
        if (!value.map) {
            return fault("there is no field '" + field + "'");
        }
        return Value{Json(), true, false};
    }

    /// From the end: the innermost of that name. null: there is none. The pointer lasts until a variable
    /// is added.
    Value* findVariable(const std::string& name) {
        const auto found = std::find_if(m_variables.rbegin(), m_variables.rend(),
                                        [&](const Variable& variable) { return variable.name == name; });
        return found == m_variables.rend() ? nullptr : &found->value;
    }

    std::vector<Variable> m_variables;
    std::string m_output;
    Jump m_jump = Jump::None;
};

}  // namespace

Result<std::string> GoTemplate::render(const nlohmann::json& data) const {
    Renderer renderer(data);
    TRY(renderer.renderAll(m_root->body, {data, false, false}));
    return renderer.take();
}

}  // namespace coracle::text
