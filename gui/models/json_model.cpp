// SPDX-License-Identifier: Apache-2.0
#include "gui/models/json_model.h"

namespace coracle::gui {

namespace {

constexpr qsizetype kMaxLine = 72;
constexpr int kManyParts = 16;
constexpr int kOpenLevels = 3;
constexpr quintptr kClosing = 1;

QString brace(JsonDocument::Kind kind, bool open) {
    return kind == JsonDocument::Kind::Object ? (open ? QStringLiteral("{") : QStringLiteral("}"))
                                              : (open ? QStringLiteral("[") : QStringLiteral("]"));
}

}  // namespace

void JsonModel::setDocument(JsonDocument document, int root) {
    beginResetModel();
    m_document = std::move(document);
    m_root = root;
    m_broken.assign(std::size_t(m_document.nodeCount()), false);
    // From the end: children come after their parents.
    for (int node = m_document.nodeCount() - 1; node >= 0; --node) {
        const int count = m_document.isContainer(node) ? m_document.childCount(node) : 0;
        bool broken = node == root && count > 0;
        for (int i = 0; i < count && !broken; ++i) {
            const int child = m_document.child(node, i);
            broken = m_document.isContainer(child) && m_document.childCount(child) > 0;
        }
        m_broken[std::size_t(node)] = broken || (count > 0 && m_document.line(node).size() > kMaxLine);
    }
    endResetModel();
}

bool JsonModel::isBroken(int node) const {
    return m_broken[std::size_t(node)];
}

int JsonModel::node(const QModelIndex& index) {
    return index.isValid() ? int(index.internalId() >> 1U) : -1;
}

bool JsonModel::isClosing(const QModelIndex& index) {
    return index.isValid() && (index.internalId() & kClosing) != 0;
}

QModelIndex JsonModel::rowOf(int node) const {
    const int row = node == m_root ? 0 : m_document.position(node);
    return createIndex(row, 0, quintptr(node) << 1U);
}

QModelIndex JsonModel::indexOf(int node) const {
    if (m_document.isEmpty() || node < 0) {
        return {};
    }
    int shown = node;
    for (int now = node; now != m_root && now >= 0; now = m_document.parent(now)) {
        const int parent = m_document.parent(now);
        if (parent >= 0 && !isBroken(parent)) {
            shown = parent;
        }
    }
    return rowOf(shown);
}

QModelIndex JsonModel::index(int row, int column, const QModelIndex& parent) const {
    if (column != 0 || row < 0 || row >= rowCount(parent)) {
        return {};
    }
    if (!parent.isValid()) {
        return rowOf(m_root);
    }
    const int above = node(parent);
    if (row == m_document.childCount(above)) {
        return createIndex(row, 0, (quintptr(above) << 1U) | kClosing);
    }
    return createIndex(row, 0, quintptr(m_document.child(above, row)) << 1U);
}

QModelIndex JsonModel::parent(const QModelIndex& child) const {
    const int own = node(child);
    if (own < 0 || (own == m_root && !isClosing(child))) {
        return {};
    }
    return rowOf(isClosing(child) ? own : m_document.parent(own));
}

int JsonModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid()) {
        return m_document.isEmpty() ? 0 : 1;
    }
    const int own = node(parent);
    return isClosing(parent) || !isBroken(own) ? 0 : m_document.childCount(own) + 1;
}

int JsonModel::columnCount(const QModelIndex& /*parent*/) const {
    return 1;
}

bool JsonModel::endsWithComma(int node) const {
    const int parent = node == m_root ? -1 : m_document.parent(node);
    return parent >= 0 && m_document.position(node) + 1 < m_document.childCount(parent);
}

void JsonModel::addKey(std::vector<Piece>& pieces, int node) const {
    const int parent = node == m_root ? -1 : m_document.parent(node);
    if (parent >= 0 && m_document.kind(parent) == JsonDocument::Kind::Object) {
        pieces.push_back({QLatin1Char('"') + m_document.key(node) + QLatin1Char('"'), Token::C2, node});
        pieces.push_back({QStringLiteral(": "), Token::Text, node});
    }
}

void JsonModel::addValue(std::vector<Piece>& pieces, int node) const {
    const JsonDocument::Kind kind = m_document.kind(node);
    if (!m_document.isContainer(node)) {
        const Token token = kind == JsonDocument::Kind::String ? Token::Ok : Token::C3;
        pieces.push_back({QString::fromUtf8(m_document.source(node)), token, node});
        return;
    }
    const int count = m_document.childCount(node);
    pieces.push_back({brace(kind, true) + (count > 0 ? QStringLiteral(" ") : QString()), Token::Text, node});
    for (int i = 0; i < count; ++i) {
        addKey(pieces, m_document.child(node, i));
        addValue(pieces, m_document.child(node, i));
        pieces.push_back({i + 1 < count ? QStringLiteral(", ") : QStringLiteral(" "), Token::Text, node});
    }
    pieces.push_back({brace(kind, false), Token::Text, node});
}

std::vector<JsonModel::Piece> JsonModel::pieces(const QModelIndex& index, bool expanded) const {
    std::vector<Piece> pieces;
    const int own = node(index);
    if (own < 0) {
        return pieces;
    }
    const JsonDocument::Kind kind = m_document.kind(own);
    if (isClosing(index)) {
        pieces.push_back({brace(kind, false), Token::Text, own});
    } else {
        addKey(pieces, own);
        if (!isBroken(own)) {
            addValue(pieces, own);
        } else {
            pieces.push_back({brace(kind, true), Token::Text, own});
            if (!expanded) {
                //: How many parts a closed list has
                const QString count = tr(" … %Ln items ", nullptr, m_document.childCount(own));
                pieces.push_back({count, Token::Faint, own});
                pieces.push_back({brace(kind, false), Token::Text, own});
            }
        }
    }
    const bool lineEnds = isClosing(index) || !isBroken(own) || !expanded;
    if (lineEnds && endsWithComma(own)) {
        pieces.push_back({QStringLiteral(","), Token::Text, own});
    }
    return pieces;
}

bool JsonModel::startsExpanded(const QModelIndex& index) const {
    int level = 0;
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent()) {
        ++level;
    }
    return level == 0 || (level < kOpenLevels && m_document.childCount(node(index)) <= kManyParts);
}

std::vector<int> JsonModel::find(const QString& words) const {
    std::vector<int> found;
    if (words.isEmpty() || m_document.isEmpty()) {
        return found;
    }
    int node = m_root;
    // A part's nodes follow each other; the first one that is not below the root ends them.
    while (node < m_document.nodeCount() && (node == m_root || m_document.parent(node) >= m_root)) {
        if (m_document.matches(node, words)) {
            found.push_back(node);
        }
        ++node;
    }
    return found;
}

QVariant JsonModel::data(const QModelIndex& index, int role) const {
    const int own = node(index);
    if (own < 0) {
        return {};
    }
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        QString text;
        for (const Piece& piece : pieces(index, false)) {
            text += piece.text;
        }
        return text;
    }
    if (role == PathRole) {
        return m_document.path(own, m_root);
    }
    if (role == ClosingRole) {
        return isClosing(index);
    }
    return {};
}

}  // namespace coracle::gui
