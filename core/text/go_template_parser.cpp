// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_parser.h"

#include "core/text/go_template.h"
#include "core/text/go_template_functions.h"
#include "core/text/go_template_lexer.h"
#include "rootless/oci/json.h"

#include <algorithm>

namespace coracle::text {
namespace {

using Node = TemplateNode;
using Pointer = Node::Pointer;
using Token = TemplateToken;
using Kind = Token::Kind;

std::string inQuotes(std::string_view text) {
    return json::toText(nlohmann::json(text));
}

/// Shown in messages as <word>.
bool isMarked(Kind kind) {
    return kind == Kind::Keyword || kind == Kind::Dot || kind == Kind::Nil;
}

/// What a block that is being read ends with.
enum class BlockEnd : std::uint8_t { End, Else };

class Parser {
public:
    explicit Parser(std::string_view text) : m_text(text), m_tokens(cutTemplate(text)) {}

    Result<> run(TemplateTree& tree) {
        m_tree = &tree;
        auto root = make(Node::Kind::List, 0);
        while (peek().kind != Kind::End) {
            if (peek().kind == Kind::LeftDelimiter && keywordAfterDelimiter() == "define") {
                TRY(readDefinition());
                continue;
            }
            TRY_ASSIGN(auto node, readTextOrAction(0));
            if (!node) {
                return fault("unexpected {{" + std::string(m_blockWord) + "}}");
            }
            root->children.push_back(std::move(node));
        }
        tree.templates[""] = std::move(root);
        return {};
    }

private:
    // --- tokens

    const Token& peek() const { return m_tokens[std::min(m_at, m_tokens.size() - 1)]; }
    const Token& next() { return m_tokens[std::min(m_at++, m_tokens.size() - 1)]; }
    const Token& peekWord() {
        while (peek().kind == Kind::Space) {
            ++m_at;
        }
        return peek();
    }
    const Token& nextWord() {
        peekWord();
        return next();
    }

    std::string_view keywordAfterDelimiter() const {
        std::size_t at = m_at + 1;
        while (at < m_tokens.size() && m_tokens[at].kind == Kind::Space) {
            ++at;
        }
        return at < m_tokens.size() && m_tokens[at].kind == Kind::Keyword ? m_tokens[at].text
                                                                          : std::string_view();
    }

    Error faultAt(std::size_t position, const std::string& what) const {
        const auto before = m_text.substr(0, std::min(position, m_text.size()));
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        return {ErrorKind::InvalidArgument, "template: :" + std::to_string(line) + ": " + what};
    }
    Error fault(const std::string& what) const {
        return faultAt(m_tokens[std::min(m_at == 0 ? 0 : m_at - 1, m_tokens.size() - 1)].position, what);
    }

    Error unexpected(const Token& token, const std::string& context) const {
        if (token.kind == Kind::Error) {
            return faultAt(token.position, token.message);
        }
        constexpr std::size_t kShown = 10;
        std::string shown = token.kind == Kind::End      ? "EOF"
                            : isMarked(token.kind)       ? "<" + std::string(token.text) + ">"
                            : token.text.size() > kShown ? inQuotes(token.text.substr(0, kShown)) + "..."
                                                         : inQuotes(token.text);
        return faultAt(token.position, "unexpected " + shown + " in " + context);
    }

    static Pointer make(Node::Kind kind, std::size_t position) {
        auto node = std::make_unique<Node>();
        node->kind = kind;
        node->position = position;
        return node;
    }

    Result<> expect(Kind kind, const std::string& context) {
        const Token& token = nextWord();
        return token.kind == kind ? Result<>() : Result<>(unexpected(token, context));
    }

    // --- blocks

    /// null: an {{end}} or {{else}} was read, which m_blockEnd tells.
    Result<Pointer> readTextOrAction(std::size_t depth) {
        const Token& token = next();
        if (token.kind == Kind::Text) {
            auto node = make(Node::Kind::Text, token.position);
            node->text = token.text;
            return node;
        }
        if (token.kind != Kind::LeftDelimiter) {
            return unexpected(token, "input");
        }
        return readAction(depth);
    }

    Result<Pointer> readAction(std::size_t depth) {
        const Token& token = peekWord();
        if (token.kind != Kind::Keyword) {
            auto node = make(Node::Kind::Action, token.position);
            TRY_ASSIGN(node->pipeline, readPipeline("command", Kind::RightDelimiter, 0));
            return node;
        }
        next();
        const std::string_view word = token.text;
        if (word == "end" || word == "else") {
            m_blockWord = word;
            m_blockEnd = word == "end" ? BlockEnd::End : BlockEnd::Else;
            if (word == "end" || peekWord().kind != Kind::Keyword) {
                TRY(expect(Kind::RightDelimiter, std::string(word)));
            }
            return Pointer();
        }
        if (word == "break" || word == "continue") {
            if (m_rangeDepth == 0) {
                return fault("{{" + std::string(word) + "}} outside {{range}}");
            }
            TRY(expect(Kind::RightDelimiter, "{{" + std::string(word) + "}}"));
            return make(word == "break" ? Node::Kind::Break : Node::Kind::Continue, token.position);
        }
        if (word == "template") {
            return readTemplateCall();
        }
        if (word == "block") {
            return readBlockDefinition(depth);
        }
        if (word == "if" || word == "range" || word == "with") {
            return readControl(token, depth);
        }
        return unexpected(token, "command");
    }

    Result<Pointer> readControl(const Token& token, std::size_t depth) {
        if (depth > kMaxTemplateDepth) {
            return faultAt(token.position,
                           "nested deeper than " + std::to_string(kMaxTemplateDepth) + " levels");
        }
        const std::string word(token.text);
        const bool range = word == "range";
        auto node = make(range          ? Node::Kind::Range
                         : word == "if" ? Node::Kind::If
                                        : Node::Kind::With,
                         token.position);
        const std::size_t scope = m_variables.size();
        TRY_ASSIGN(node->pipeline, readPipeline(word, Kind::RightDelimiter, 0));
        m_rangeDepth += range ? 1U : 0U;
        TRY_ASSIGN(node->body, readList(depth + 1));
        m_rangeDepth -= range ? 1U : 0U;
        if (m_blockEnd == BlockEnd::Else) {
            TRY_ASSIGN(node->otherwise, readOtherwise(word, depth));
        }
        m_variables.resize(scope);
        return node;
    }

    /// What follows {{else}}; `{{else if}}` is an `if` of its own that shares the {{end}}.
    Result<Pointer> readOtherwise(const std::string& word, std::size_t depth) {
        const Token& token = peekWord();
        const bool chained = m_tokens[m_at - 1].kind != Kind::RightDelimiter && token.kind == Kind::Keyword;
        if (!chained) {
            TRY_ASSIGN(auto list, readList(depth + 1));
            if (m_blockEnd != BlockEnd::End) {
                return fault("expected end; found {{else}}");
            }
            return list;
        }
        if (token.text != word || word == "range") {
            return unexpected(token, "else");
        }
        next();
        auto list = make(Node::Kind::List, token.position);
        TRY_ASSIGN(auto inner, readControl(token, depth + 1));
        list->children.push_back(std::move(inner));
        return list;
    }

    /// Up to the {{end}} or {{else}}, which m_blockEnd tells then.
    Result<Pointer> readList(std::size_t depth) {
        auto list = make(Node::Kind::List, peek().position);
        while (peek().kind != Kind::End) {
            TRY_ASSIGN(auto node, readTextOrAction(depth));
            if (!node) {
                return list;
            }
            list->children.push_back(std::move(node));
        }
        return faultAt(peek().position, "unexpected EOF");
    }

    // --- templates within the template

    Result<std::string> readName(const std::string& context) {
        const Token& token = nextWord();
        if (token.kind != Kind::String && token.kind != Kind::RawString) {
            return unexpected(token, context);
        }
        auto name = unquoteTemplateText(token.text);
        return name ? std::move(name) : Result<std::string>(faultAt(token.position, name.error().message()));
    }

    Result<Pointer> readTemplateCall() {
        auto node = make(Node::Kind::Template, peekWord().position);
        TRY_ASSIGN(node->text, readName("template clause"));
        if (peekWord().kind == Kind::RightDelimiter) {
            next();
        } else {
            TRY_ASSIGN(node->pipeline, readPipeline("template clause", Kind::RightDelimiter, 0));
        }
        return node;
    }

    Result<> readBody(const std::string& name, const std::string& context, std::size_t depth) {
        const auto variables = std::exchange(m_variables, {"$"});
        const auto ranges = std::exchange(m_rangeDepth, 0);
        TRY_ASSIGN(auto body, readList(depth + 1));
        if (m_blockEnd != BlockEnd::End) {
            return fault("unexpected {{else}} in " + context);
        }
        m_variables = variables;
        m_rangeDepth = ranges;
        m_tree->templates[name] = std::move(body);
        return {};
    }

    Result<> readDefinition() {
        next();      // {{
        nextWord();  // define
        TRY_ASSIGN(const auto name, readName("define clause"));
        TRY(expect(Kind::RightDelimiter, "define clause"));
        return readBody(name, "define clause", 0);
    }

    Result<Pointer> readBlockDefinition(std::size_t depth) {
        auto node = make(Node::Kind::Template, peekWord().position);
        TRY_ASSIGN(node->text, readName("block clause"));
        TRY_ASSIGN(node->pipeline, readPipeline("block clause", Kind::RightDelimiter, 0));
        TRY(readBody(node->text, "block clause", depth));
        return node;
    }

    // --- pipelines

    Result<Pointer> readPipeline(const std::string& context, Kind end, std::size_t depth) {
        auto pipeline = make(Node::Kind::Pipeline, peekWord().position);
        if (depth > kMaxTemplateDepth) {
            return faultAt(pipeline->position, "too many parentheses");
        }
        TRY(readVariables(*pipeline, context));
        while (true) {
            const Token& token = peekWord();
            if (token.kind == end) {
                next();
                TRY(checkPipeline(*pipeline, context));
                return pipeline;
            }
            if (!beginsOperand(token.kind)) {
                return unexpected(token, context);
            }
            TRY_ASSIGN(auto command, readCommand(depth));
            pipeline->children.push_back(std::move(command));
        }
    }

    static bool beginsOperand(Kind kind) {
        return kind >= Kind::Number || kind == Kind::LeftParenthesis ? kind != Kind::Keyword : false;
    }

    /// `$x :=`, `$x =`, `$k, $v :=`; anything else is left alone.
    Result<> readVariables(Node& pipeline, const std::string& context) {
        const std::size_t begin = m_at;
        while (peekWord().kind == Kind::Variable) {
            const Token& variable = next();
            const Token& after = peekWord();
            if (after.kind == Kind::Assign || after.kind == Kind::Declare) {
                next();
                pipeline.assigns = after.kind == Kind::Assign;
                pipeline.names.emplace_back(variable.text);
                m_variables.insert(m_variables.end(), pipeline.names.begin(), pipeline.names.end());
                return {};
            }
            if (after.kind != Kind::Character || after.text != ",") {
                break;
            }
            next();
            pipeline.names.emplace_back(variable.text);
            if (context != "range" || pipeline.names.size() > 1) {
                return fault("too many declarations in " + context);
            }
        }
        if (!pipeline.names.empty()) {
            return fault("range can only initialize variables");
        }
        m_at = begin;
        return {};
    }

    Result<> checkPipeline(const Node& pipeline, const std::string& context) const {
        if (pipeline.children.empty()) {
            return fault("missing value for " + context);
        }
        for (std::size_t i = 1; i < pipeline.children.size(); ++i) {
            const auto kind = pipeline.children[i]->children[0]->kind;
            if (kind == Node::Kind::Literal || kind == Node::Kind::Dot || kind == Node::Kind::Nil) {
                return fault("non executable command in pipeline stage " + std::to_string(i + 1));
            }
        }
        return {};
    }

    Result<Pointer> readCommand(std::size_t depth) {
        auto command = make(Node::Kind::Command, peekWord().position);
        while (true) {
            peekWord();
            TRY_ASSIGN(auto operand, readOperand(depth));
            if (operand) {
                command->children.push_back(std::move(operand));
            }
            const Token& token = next();
            if (token.kind == Kind::Space) {
                continue;
            }
            if (token.kind == Kind::RightDelimiter || token.kind == Kind::RightParenthesis) {
                --m_at;
            } else if (token.kind != Kind::Pipe) {
                return unexpected(token, "operand");
            }
            if (command->children.empty()) {
                return fault("empty command");
            }
            return command;
        }
    }

    /// A term and the fields after it; null when there is none.
    Result<Pointer> readOperand(std::size_t depth) {
        TRY_ASSIGN(auto node, readTerm(depth));
        if (!node || peek().kind != Kind::Field) {
            return node;
        }
        const std::size_t position = peek().position;
        std::vector<std::string> fields;
        while (peek().kind == Kind::Field) {
            fields.emplace_back(next().text.substr(1));
        }
        switch (node->kind) {
        case Node::Kind::Literal:
        case Node::Kind::Nil:
        case Node::Kind::Dot:
            return fault("unexpected . after term " + inQuotes(toText(*node)));
        case Node::Kind::Field:
        case Node::Kind::Variable:
            node->position = position;
            node->names.insert(node->names.end(), fields.begin(), fields.end());
            return node;
        default:
            break;
        }
        auto chain = make(Node::Kind::Chain, position);
        chain->names = std::move(fields);
        chain->children.push_back(std::move(node));
        return chain;
    }

    Result<Pointer> readTerm(std::size_t depth) {
        const Token& token = next();
        switch (token.kind) {
        case Kind::Identifier:
            if (!isTemplateFunction(token.text)) {
                return fault("function " + inQuotes(token.text) + " not defined");
            }
            return named(Node::Kind::Identifier, token);
        case Kind::Dot:
            return make(Node::Kind::Dot, token.position);
        case Kind::Nil:
            return make(Node::Kind::Nil, token.position);
        case Kind::Variable:
            if (std::find(m_variables.begin(), m_variables.end(), token.text) == m_variables.end()) {
                return fault("undefined variable " + inQuotes(token.text));
            }
            return withName(Node::Kind::Variable, token, token.text);
        case Kind::Field:
            return withName(Node::Kind::Field, token, token.text.substr(1));
        case Kind::LeftParenthesis:
            return readPipeline("parenthesized pipeline", Kind::RightParenthesis, depth + 1);
        case Kind::Bool:
        case Kind::Number:
        case Kind::CharacterConstant:
        case Kind::String:
        case Kind::RawString:
            return readLiteral(token);
        default:
            break;
        }
        --m_at;
        return Pointer();
    }

    static Result<Pointer> named(Node::Kind kind, const Token& token) {
        auto node = make(kind, token.position);
        node->text = token.text;
        return node;
    }

    static Result<Pointer> withName(Node::Kind kind, const Token& token, std::string_view name) {
        auto node = make(kind, token.position);
        node->names.emplace_back(name);
        return node;
    }

    Result<Pointer> readLiteral(const Token& token) const {
        TRY_ASSIGN(auto node, named(Node::Kind::Literal, token));
        if (token.kind == Kind::Bool) {
            node->literal = token.text == "true";
            return node;
        }
        const bool text = token.kind == Kind::String || token.kind == Kind::RawString;
        auto value = text ? asJson(unquoteTemplateText(token.text)) : parseTemplateNumber(token.text);
        if (!value) {
            return faultAt(token.position, value.error().message());
        }
        node->literal = *std::move(value);
        return node;
    }

    static Result<nlohmann::json> asJson(const Result<std::string>& text) {
        return text ? Result<nlohmann::json>(*text) : Result<nlohmann::json>(text.error());
    }

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    TemplateTree* m_tree = nullptr;
    std::vector<std::string> m_variables{"$"};
    std::size_t m_rangeDepth = 0;
    BlockEnd m_blockEnd = BlockEnd::End;
    std::string_view m_blockWord;
};

}  // namespace

Result<std::shared_ptr<const TemplateTree>> parseTemplate(std::string_view text) {
    if (text.size() > kMaxTemplateBytes) {
        return Error(ErrorKind::InvalidArgument,
                     "the template is longer than " + std::to_string(kMaxTemplateBytes) + " bytes");
    }
    auto tree = std::make_shared<TemplateTree>();  // shared by the copies of the template
    tree->source = text;
    TRY(Parser(tree->source).run(*tree));
    return std::shared_ptr<const TemplateTree>(std::move(tree));
}

}  // namespace coracle::text
