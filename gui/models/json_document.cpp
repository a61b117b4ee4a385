// SPDX-License-Identifier: Apache-2.0
#include "gui/models/json_document.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <string>

namespace coracle::gui {

namespace {

bool isWord(const QString& name) {
    const auto letter = [](QChar c) { return c == QLatin1Char('_') || c.isLetter(); };
    return !name.isEmpty() && letter(name[0]) && std::all_of(name.begin(), name.end(), [&](QChar c) {
        return letter(c) || c.isDigit() || c == QLatin1Char('-');
    });
}

}  // namespace

/// Reads the text once, from left to right (RFC 8259). Depth is bounded, so recursion is, too.
class JsonDocument::Parser {
public:
    explicit Parser(JsonDocument& document) : m_document(document), m_text(document.m_text) {}

    Result<> run() {
        space();
        TRY(value(-1, 0, 0, 0));
        space();
        return m_at == size() ? Result<>() : Result<>(wrong("nothing may follow"));
    }

private:
    std::size_t size() const { return std::size_t(m_text.size()); }
    char peek() const { return m_at < size() ? m_text[qsizetype(m_at)] : '\0'; }
    void space() {
        while (m_at < size() && (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r')) {
            ++m_at;
        }
    }
    Error wrong(const char* why) const {
        return {ErrorKind::Corrupt, std::string("read JSON: ") + why + " at byte " + std::to_string(m_at)};
    }
    Result<> string() {
        ++m_at;
        while (m_at < size() && peek() != '"') {
            m_at += peek() == '\\' ? 2U : 1U;
        }
        if (m_at >= size()) {
            return wrong("a text has no end");
        }
        ++m_at;
        return {};
    }
    Result<> word(Node& node) {
        const std::size_t begin = m_at;
        while (m_at < size() && (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '-' ||
                                 peek() == '+' || peek() == '.')) {
            ++m_at;
        }
        const QByteArray text = m_text.mid(qsizetype(begin), qsizetype(m_at - begin));
        if (text == "true" || text == "false" || text == "null") {
            node.kind = Kind::Literal;
            return {};
        }
        bool number = false;
        (void)text.toDouble(&number);  // only whether it is one
        if (!number) {
            m_at = begin;
            return wrong("a value is missing");
        }
        node.kind = Kind::Number;
        return {};
    }

    /// One value from m_at on; keyEnd 0: it has no name.
    Result<> value(int parent, int depth, std::size_t keyBegin, std::size_t keyEnd) {
        if (depth > kMaxDepth) {
            return wrong("too many levels");
        }
        const int self = int(m_document.m_nodes.size());
        Node node;
        node.parent = parent;
        node.keyBegin = keyBegin;
        node.keyEnd = keyEnd;
        node.begin = m_at;
        const char first = peek();
        if (first == '"') {
            node.kind = Kind::String;
            TRY(string());
        } else if (first != '{' && first != '[') {
            TRY(word(node));
        } else {
            node.kind = first == '{' ? Kind::Object : Kind::Array;
        }
        if (parent >= 0) {
            auto& siblings = m_document.m_nodes[std::size_t(parent)].children;
            node.position = int(siblings.size());
            siblings.push_back(self);
        }
        const Kind kind = node.kind;
        m_document.m_nodes.push_back(std::move(node));
        if (kind <= Kind::Array) {
            TRY(children(self, depth, kind == Kind::Object));
        }
        m_document.m_nodes[std::size_t(self)].end = m_at;
        return {};
    }

    Result<> children(int self, int depth, bool object) {
        const char end = object ? '}' : ']';
        ++m_at;
        space();
        if (peek() == end) {
            ++m_at;
            return {};
        }
        while (true) {
            std::size_t keyBegin = 0;
            std::size_t keyEnd = 0;
            if (object) {
                keyBegin = m_at;
                if (peek() != '"') {
                    return wrong("a name is missing");
                }
                TRY(string());
                keyEnd = m_at;
                space();
                if (peek() != ':') {
                    return wrong("a colon is missing");
                }
                ++m_at;
                space();
            }
            TRY(value(self, depth + 1, keyBegin, keyEnd));
            space();
            if (peek() == end) {
                ++m_at;
                return {};
            }
            if (peek() != ',') {
                return wrong("a comma is missing");
            }
            ++m_at;
            space();
        }
    }

    JsonDocument& m_document;
    const QByteArray& m_text;
    std::size_t m_at = 0;
};

Result<JsonDocument> JsonDocument::parse(QByteArray text) {
    if (std::size_t(text.size()) > kMaxBytes) {
        return Error(ErrorKind::InvalidArgument, "read JSON: the text is too large to show");
    }
    JsonDocument document;
    document.m_text = std::move(text);
    TRY(Parser(document).run());
    return document;
}

int JsonDocument::member(int node, const QString& name) const {
    if (m_nodes.empty()) {
        return -1;  // nothing was read yet
    }
    for (const int child : at(node).children) {
        if (key(child) == name) {
            return child;
        }
    }
    return -1;
}

QString JsonDocument::keySource(const Node& node) const {
    return QString::fromUtf8(m_text.mid(qsizetype(node.keyBegin), qsizetype(node.keyEnd - node.keyBegin)));
}

QString JsonDocument::key(int node) const {
    const Node& own = at(node);
    if (own.keyEnd == 0) {
        return {};
    }
    const QString quoted = keySource(own);
    if (!quoted.contains(QLatin1Char('\\'))) {
        return quoted.mid(1, quoted.size() - 2);
    }
    const auto read = QJsonDocument::fromJson("[" + quoted.toUtf8() + "]");
    return read.array().at(0).toString(quoted);
}

QByteArray JsonDocument::source(int node) const {
    const Node& own = at(node);
    return m_text.mid(qsizetype(own.begin), qsizetype(own.end - own.begin));
}

QString JsonDocument::line(int node) const {
    const Node& own = at(node);
    if (own.kind > Kind::Array) {
        return QString::fromUtf8(source(node));
    }
    QStringList parts;
    for (const int child : own.children) {
        const QString name = keySource(at(child));
        parts.append(own.kind == Kind::Object ? name + QStringLiteral(": ") + line(child) : line(child));
    }
    const QString inner = parts.join(QStringLiteral(", "));
    const QString form = own.kind == Kind::Object ? QStringLiteral("{%1}") : QStringLiteral("[%1]");
    return form.arg(parts.isEmpty() ? QString() : QStringLiteral(" %1 ").arg(inner));
}

QString JsonDocument::path(int node, int root) const {
    QString path;
    for (int now = node; now != root && now > 0; now = parent(now)) {
        const QString name = key(now);
        QString step;
        if (kind(parent(now)) == Kind::Array) {
            step = QStringLiteral("[%1]").arg(position(now));
        } else if (isWord(name)) {
            step = (parent(now) == root ? QString() : QStringLiteral(".")) + name;
        } else {
            step = QLatin1Char('[') + keySource(at(now)) + QLatin1Char(']');
        }
        path.prepend(step);
    }
    return path;
}

bool JsonDocument::matches(int node, const QString& words) const {
    return key(node).contains(words, Qt::CaseInsensitive) ||
           (!isContainer(node) && QString::fromUtf8(source(node)).contains(words, Qt::CaseInsensitive));
}

}  // namespace coracle::gui
