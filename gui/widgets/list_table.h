// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace coracle::gui {

/// A table of whole rows: no grid, one line below each row, hover and selection across the row, and a
/// context menu that comes by mouse and by keyboard alike.
class ListTable : public QTableView {
    Q_OBJECT
public:
    /// Both names are required: tests and screen readers find the table by them.
    explicit ListTable(const QString& objectName, const QString& accessibleName, QWidget* parent = nullptr);
    /// In pixels of the 13 px design; grows with the font.
    void setRowHeight(int pixels);
    /// Faint words in the middle while there is no row.
    void setPlaceholder(const QString& words);
    /// Row under the pointer, for delegates; -1: none.
    int hoveredRow() const { return m_hovered; }
    /// The selected row; invalid when nothing is selected.
    QModelIndex selectedIndex() const;

signals:
    /// Enter or a double click.
    void opened(const QModelIndex& index);
    /// The menu key, Shift+F10 or the right button; `position` is global.
    void menuWanted(const QModelIndex& index, const QPoint& position);
    /// The keys of Copy on a row; while nobody listens, the text of the cell is copied.
    void copyWanted(const QModelIndex& index);
    /// The Delete key on a row. Nothing is removed here.
    void deleteWanted(const QModelIndex& index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void hover(int row);

    QString m_placeholder;
    int m_hovered = -1;
};

/// Paints the ground and the line of a row, then text as the model says. Delegates of pages inherit it and
/// paint their own cells.
class ListDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ListDelegate(ListTable* table) : QStyledItemDelegate(table), m_table(table) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const final;

protected:
    /// `area` leaves the cell's margins out. The default paints DisplayRole.
    virtual void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                           const QStyleOptionViewItem& option) const;
    static void paintText(QPainter& painter, const QRect& area, const QString& text, TextRole role,
                          Token token, Qt::Alignment alignment = Qt::AlignLeft);
    bool isHovered(const QModelIndex& index) const { return index.row() == m_table->hoveredRow(); }
    ListTable* table() const { return m_table; }

private:
    ListTable* m_table;
};

}  // namespace coracle::gui
