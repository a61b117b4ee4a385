// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_ast.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

// Two passes. cut() splits the text at {{ and }} and applies the trim markers, which look at the literal
// text on their outer side; TreeBuilder then reads the pieces in order, one ActionReader for the inside
// of each, and nests the blocks. Both recursions (blocks, parentheses) count their depth and stop at
// kMaxTemplateDepth, and the text is limited before: a template may come from a file of settings that is
// not the user's own work.
namespace coracle::text {
namespace {

using Node = GoTemplate::Node;

constexpr std::string_view kSpace = " \t\r\n";

/// Every byte above 0x7f counts as a letter, so names of members in any script work.
bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

Error fault(const std::string& what) {
    return {ErrorKind::InvalidArgument, "parse template: " + what};
}

/// One piece of the template: literal text, or the inside of {{ }}.
struct Piece {
    bool action = false;
    std::string text;
};

/// End of an action, skipping over string literals. npos: not closed.
std::size_t actionEnd(std::string_view text, std::size_t from) {
    char quote = '\0';
    for (std::size_t i = from; i < text.size(); ++i) {
        if (quote != '\0') {
            if (text[i] == '\\' && quote == '"') {
                ++i;
            } else if (text[i] == quote) {
                quote = '\0';
            }
        } else if (text[i] == '"' || text[i] == '`') {
            quote = text[i];
        } else if (text.substr(i, 2) == "}}") {
            return i;
        }
    }
    return std::string_view::npos;
}

/// Split into pieces and apply the trim markers. Comments disappear.
/// A '-' is a trim marker only with white space on its inner side: {{-3}} is a number.
Result<std::vector<Piece>> cut(std::string_view text) {
    std::vector<Piece> pieces;
    bool trimNext = false;
    while (!text.empty()) {
        const auto open = text.find("{{");
        std::string literal(text.substr(0, open));
        if (trimNext) {
            literal.erase(0, std::min(literal.find_first_not_of(kSpace), literal.size()));
        }
        if (open == std::string_view::npos) {
            pieces.push_back({false, std::move(literal)});
            break;
        }
        text.remove_prefix(open + 2);
        if (text.size() > 1 && text[0] == '-' && kSpace.find(text[1]) != std::string_view::npos) {
            literal.erase(literal.find_last_not_of(kSpace) + 1);
            text.remove_prefix(1);
        }
        pieces.push_back({false, std::move(literal)});
        const auto start = std::min(text.find_first_not_of(kSpace), text.size());
        const bool comment = text.substr(start, 2) == "/*";
        const auto commentEnd = comment ? text.find("*/", start) : 0;
        const auto end = commentEnd == std::string_view::npos ? commentEnd : actionEnd(text, commentEnd);
        if (end == std::string_view::npos) {
            return fault("'{{" + std::string(text.substr(0, 20)) + "' is not closed");
        }
        std::string_view inside = text.substr(0, end);
        trimNext = inside.size() > 1 && inside.back() == '-' &&
                   kSpace.find(inside[inside.size() - 2]) != std::string_view::npos;
        if (trimNext) {
            inside.remove_suffix(1);
        }
        if (!comment) {
            pieces.push_back({true, std::string(inside)});
        }
        text.remove_prefix(end + 2);
    }
    return pieces;
}

/// Reads the inside of one action.
class ActionReader {
public:
    explicit ActionReader(std::string_view text) : m_text(text), m_whole(text) { skipSpace(); }

    bool atEnd() const { return m_text.empty(); }

    /// A keyword at the front is taken. What goes on with a letter is a longer name: "ending" is not
    /// `end`.
    bool take(std::string_view keyword) {
        if (m_text.substr(0, keyword.size()) != keyword ||
            (m_text.size() > keyword.size() && isNameCharacter(m_text[keyword.size()]))) {
            return false;
        }
        m_text.remove_prefix(keyword.size());
        skipSpace();
        return true;
    }

    /// An assignment if there is one, then commands with '|' between them. Stops at the end and at ')',
    /// which the caller takes.
    Result<Pipeline> readPipeline(std::size_t depth) {
        if (depth > kMaxTemplateDepth) {
            return fault("too many parentheses in '" + std::string(m_whole) + "'");
        }
        Pipeline pipeline;
        TRY(readAssignment(pipeline));
        while (true) {
            std::vector<Operand> command;
            while (!m_text.empty() && m_text[0] != '|' && m_text[0] != ')') {
                TRY_ASSIGN(auto operand, readOperand(depth));
                command.push_back(std::move(operand));
                skipSpace();
            }
            if (command.empty()) {
                return fault("a value is missing in '" + std::string(m_whole) + "'");
            }
            pipeline.commands.push_back(std::move(command));
            if (m_text.empty() || m_text[0] != '|') {
                return pipeline;
            }
            m_text.remove_prefix(1);
            skipSpace();
        }
    }

    Error unexpected() const {
        return fault("unexpected '" + std::string(m_text.substr(0, 20)) + "' in '" + std::string(m_whole) +
                     "'");
    }

private:
    void skipSpace() { m_text.remove_prefix(std::min(m_text.find_first_not_of(kSpace), m_text.size())); }

    std::string takeName() {
        std::size_t length = 0;
        while (length < m_text.size() && isNameCharacter(m_text[length])) {
            ++length;
        }
        std::string name(m_text.substr(0, length));
        m_text.remove_prefix(length);
        return name;
    }

    /// `$x :=`, `$x =`, `$k, $v :=`; anything else is left alone.
    Result<> readAssignment(Pipeline& pipeline) {
        const std::string_view before = m_text;
        std::vector<std::string> names;
        while (!m_text.empty() && m_text[0] == '$') {
            m_text.remove_prefix(1);
            names.push_back("$" + takeName());
            skipSpace();
            if (m_text.empty() || m_text[0] != ',') {
                break;
            }
            m_text.remove_prefix(1);
            skipSpace();
        }
        const bool declares = m_text.substr(0, 2) == ":=";
        if (names.empty() || (!declares && (m_text.empty() || m_text[0] != '='))) {
            m_text = before;
            return {};
        }
        if (names.size() > 2) {
            return fault("too many variables in '" + std::string(m_whole) + "'");
        }
        m_text.remove_prefix(declares ? 2 : 1);
        skipSpace();
        pipeline.variables = std::move(names);
        pipeline.declares = declares;
        return {};
    }

    /// One value and the fields behind it. `m_text` is not empty: readPipeline looks before it calls.
    Result<Operand> readOperand(std::size_t depth) {
        Operand operand;
        const char first = m_text[0];
        if (first == '"' || first == '`' || first == '\'') {
            TRY_ASSIGN(operand.literal, readQuoted(first));
            operand.kind = Operand::Kind::Literal;
            return operand;
        }
        if (first == '(') {
            m_text.remove_prefix(1);
            skipSpace();
            TRY_ASSIGN(auto inner, readPipeline(depth + 1));
            if (m_text.empty()) {
                return fault("')' is missing in '" + std::string(m_whole) + "'");
            }
            m_text.remove_prefix(1);
            operand.kind = Operand::Kind::Pipeline;
            operand.pipeline = std::make_unique<Pipeline>(std::move(inner));
        } else if (first == '$') {
            m_text.remove_prefix(1);
            operand.kind = Operand::Kind::Variable;
            operand.name = "$" + takeName();
        } else if (first == '.') {
            operand.kind = Operand::Kind::Dot;
            if (m_text.size() == 1 || !isNameCharacter(m_text[1])) {
                m_text.remove_prefix(1);
                return operand;
            }
        } else if (first == '-' || first == '+' || (first >= '0' && first <= '9')) {
            return readNumber();
        } else {
            operand.name = takeName();
            if (operand.name.empty()) {
                return unexpected();
            }
            return namedOperand(std::move(operand));
        }
        while (m_text.size() > 1 && m_text[0] == '.' && isNameCharacter(m_text[1])) {
            m_text.remove_prefix(1);
            operand.fields.push_back(takeName());
        }
        return operand;
    }

    static Result<Operand> namedOperand(Operand operand) {
        operand.kind = Operand::Kind::Literal;
        if (operand.name == "true" || operand.name == "false") {
            operand.literal = operand.name == "true";
        } else if (operand.name != "nil") {
            operand.kind = Operand::Kind::Function;
        }
        return operand;
    }

    Result<Operand> readNumber() {
        const std::size_t length = std::min(m_text.find_first_of(" \t\r\n|)"), m_text.size());
        const std::string_view text =
            m_text.substr(m_text[0] == '+' ? 1 : 0, length - (m_text[0] == '+' ? 1 : 0));
        Operand operand;
        operand.kind = Operand::Kind::Literal;
        std::int64_t integer = 0;
        double real = 0;
        const char* end = text.data() + text.size();
        if (const auto [at, ec] = std::from_chars(text.data(), end, integer);
            ec == std::errc{} && at == end) {
            operand.literal = integer;
        } else if (const auto [stop, error] = std::from_chars(text.data(), end, real);
                   error == std::errc{} && stop == end) {
            operand.literal = real;
        } else {
            return fault("'" + std::string(text) + "' is not a number");
        }
        m_text.remove_prefix(length);
        return operand;
    }

    Result<nlohmann::json> readQuoted(char quote) {
        std::string value;
        for (std::size_t i = 1; i < m_text.size(); ++i) {
            if (m_text[i] == quote) {
                m_text.remove_prefix(i + 1);
                return nlohmann::json(std::move(value));
            }
            if (m_text[i] == '\\' && quote != '`' && i + 1 < m_text.size()) {
                ++i;
                constexpr std::string_view kFrom = "ntr\\\"'";
                constexpr std::string_view kTo = "\n\t\r\\\"'";
                const auto which = kFrom.find(m_text[i]);
                if (which == std::string_view::npos) {
                    return fault("unknown escape '\\" + std::string(1, m_text[i]) + "'");
                }
                value += kTo[which];
                continue;
            }
            value += m_text[i];
        }
        return fault("a string is not closed in '" + std::string(m_whole) + "'");
    }

    std::string_view m_text;
    std::string_view m_whole;
};

/// Builds the tree from the pieces.
class TreeBuilder {
public:
    explicit TreeBuilder(std::vector<Piece> pieces) : m_pieces(std::move(pieces)) {}

    Result<std::vector<Node>> build() {
        TRY_ASSIGN(auto nodes, readList(0));
        if (m_at < m_pieces.size()) {
            return fault("'{{" + m_pieces[m_at].text + "}}' without a beginning");
        }
        return nodes;
    }

private:
    /// Nodes up to an `end` or `else`, which is not consumed.
    Result<std::vector<Node>> readList(std::size_t depth) {
        if (depth > kMaxTemplateDepth) {
            return fault("nested deeper than " + std::to_string(kMaxTemplateDepth) + " levels");
        }
        std::vector<Node> nodes;
        for (; m_at < m_pieces.size(); ++m_at) {
            Piece& piece = m_pieces[m_at];
            if (!piece.action) {
                if (!piece.text.empty()) {
                    Node node;
                    node.kind = Node::Kind::Text;
                    node.text = piece.text;
                    nodes.push_back(std::move(node));
                }
                continue;
            }
            ActionReader reader(piece.text);
            if (ActionReader probe = reader; probe.take("end") || probe.take("else")) {
                return nodes;
            }
            TRY_ASSIGN(auto node, readAction(reader, depth));
            nodes.push_back(std::move(node));
        }
        return nodes;
    }

    /// The keyword decides; `end` and `else` do not come here, readList stops at them. Names of templates
    /// would need a set of templates, which `--format` has not.
    Result<Node> readAction(ActionReader& reader, std::size_t depth) {
        Node node;
        for (const std::string_view word : {"define", "template", "block"}) {
            if (reader.take(word)) {
                return fault("'" + std::string(word) + "' is not supported");
            }
        }
        if (reader.take("if")) {
            node.kind = Node::Kind::If;
        } else if (reader.take("range")) {
            node.kind = Node::Kind::Range;
        } else if (reader.take("with")) {
            node.kind = Node::Kind::With;
        } else if (reader.take("break")) {
            node.kind = Node::Kind::Break;
            return node;
        } else if (reader.take("continue")) {
            node.kind = Node::Kind::Continue;
            return node;
        } else {
            node.kind = Node::Kind::Action;
        }
        TRY_ASSIGN(node.pipeline, reader.readPipeline(0));
        if (!reader.atEnd()) {
            return reader.unexpected();
        }
        if (node.kind != Node::Kind::Action) {
            TRY(readBlock(node, depth));
        }
        return node;
    }

    /// The body and the else part; leaves m_at on the `end` piece.
    Result<> readBlock(Node& node, std::size_t depth) {
        ++m_at;
        TRY_ASSIGN(node.body, readList(depth + 1));
        if (m_at >= m_pieces.size()) {
            return fault("'{{end}}' is missing");
        }
        ActionReader reader(m_pieces[m_at].text);
        if (reader.take("end")) {
            return {};
        }
        (void)reader.take("else");  // readList stops only at `end` and `else`
        if (!reader.atEnd()) {
            TRY_ASSIGN(auto chained, readAction(reader, depth + 1));
            if (chained.kind != Node::Kind::If && chained.kind != Node::Kind::With) {
                return fault("only 'if' or 'with' may follow 'else'");
            }
            node.otherwise.push_back(std::move(chained));
            return {};
        }
        ++m_at;
        TRY_ASSIGN(node.otherwise, readList(depth + 1));
        if (m_at >= m_pieces.size() || !ActionReader(m_pieces[m_at].text).take("end")) {
            return fault("'{{end}}' is missing");
        }
        return {};
    }

    std::vector<Piece> m_pieces;
    std::size_t m_at = 0;
};

}  // namespace

Result<GoTemplate> GoTemplate::parse(std::string_view text) {
    if (text.size() > kMaxTemplateBytes) {
        return fault("longer than " + std::to_string(kMaxTemplateBytes) + " bytes");
    }
    TRY_ASSIGN(auto pieces, cut(text));
    auto root = std::make_unique<Node>();
    TRY_ASSIGN(root->body, TreeBuilder(std::move(pieces)).build());
    return GoTemplate(std::move(root));
}

GoTemplate::GoTemplate(std::unique_ptr<Node> root) : m_root(std::move(root)) {}
GoTemplate::GoTemplate(GoTemplate&&) noexcept = default;
GoTemplate& GoTemplate::operator=(GoTemplate&&) noexcept = default;
GoTemplate::~GoTemplate() = default;

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
