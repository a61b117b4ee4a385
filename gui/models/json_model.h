// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/json_document.h"
#include "gui/theme/palette.h"

#include <QAbstractItemModel>

#include <vector>

namespace coracle::gui {

/// Rows of a JSON document as an editor would break its lines: small values share a line with their name, a
/// large one has its parts below it and a line of its own for the brace that ends it.
class JsonModel : public QAbstractItemModel {
    Q_OBJECT
public:
    /// PathRole: the path as text. ClosingRole: whether this is only the brace at the end.
    enum Role { PathRole = Qt::UserRole + 1, ClosingRole };

    /// A piece of a row in one colour, with the node that it stands for.
    struct Piece {
        QString text;
        Token token = Token::Text;
        int node = -1;
    };

    using QAbstractItemModel::QAbstractItemModel;
    /// Show another document, from `root` on. Selection and expansion of views are lost.
    void setDocument(JsonDocument document, int root = 0);
    const JsonDocument& document() const { return m_document; }
    int root() const { return m_root; }

    /// The words of a row. expanded: its parts stand below it; else they are counted.
    std::vector<Piece> pieces(const QModelIndex& index, bool expanded) const;
    /// -1 for an invalid index.
    static int node(const QModelIndex& index);
    static bool isClosing(const QModelIndex& index);
    /// The row on which a node can be seen: its own, or that of the small container that it is part of.
    QModelIndex indexOf(int node) const;
    /// Whether views should show its parts at first: not when there are many, or deep inside.
    bool startsExpanded(const QModelIndex& index) const;
    /// Nodes whose name or value has these words, in the order of the text; none for no words.
    std::vector<int> find(const QString& words) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    bool isBroken(int node) const;
    QModelIndex rowOf(int node) const;
    void addValue(std::vector<Piece>& pieces, int node) const;
    void addKey(std::vector<Piece>& pieces, int node) const;
    bool endsWithComma(int node) const;

    JsonDocument m_document;
    int m_root = 0;
    std::vector<bool> m_broken;  ///< by node: has rows of its own below it
};

}  // namespace coracle::gui
