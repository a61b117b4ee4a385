// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/json_model.h"

#include <QTreeView>

#include <set>

namespace coracle::gui {

/// A JSON document as coloured text whose parts open and close. Searching marks all matches and opens what
/// hides the current one. Ctrl+C copies the source bytes of the selected part. Only rows that can be seen
/// cost time.
class JsonView : public QTreeView {
    Q_OBJECT
public:
    explicit JsonView(QWidget* parent = nullptr);

    /// Show a document from one of its nodes on; the search goes on in it.
    void setDocument(JsonDocument document, int root = 0);
    const JsonModel& json() const { return *m_model; }
    /// Mark what has these words in its name or value and go to the first; empty: no marks.
    void search(const QString& words);
    /// The next or the previous match, around the end. Nothing without matches.
    void step(int by);
    int matchCount() const { return int(m_matches.size()); }
    /// From 0 on; -1: there is none.
    int currentMatch() const { return m_current; }
    /// Of what the person looks at: the match, else what was clicked, else the selected row.
    QString currentPath() const;
    /// The source bytes of the same part; the whole text when nothing is selected.
    QByteArray currentSource() const;
    /// Where one of the words of a row is painted, in the viewport; for tests and tooltips.
    QRect pieceRect(const QModelIndex& index, int node) const;

signals:
    /// currentPath() says something else.
    void pathChanged();
    /// Ctrl+C on a part.
    void copyWanted(const QString& text);

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option,
                 const QModelIndex& index) const override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int textLeft(const QModelIndex& index) const;
    QRect chevron(const QModelIndex& index) const;
    void goTo(int match);
    void openAtFirst(const QModelIndex& parent);

    JsonModel* m_model;
    std::vector<int> m_matches;
    std::set<int> m_marked;
    QString m_words;
    int m_current = -1;
    int m_node = -1;  ///< what the path is about
};

}  // namespace coracle::gui
