// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QStyledItemDelegate>
#include <QTableView>

#include <utility>
#include <vector>

namespace coracle::gui {

/// The room for a column whose contents are so wide in the 13 px design, in pixels of the screen: never less
/// than its head wants, whose words may be longer in other languages than the numbers below them.
int columnRoom(const QHeaderView& header, int column, int pixels);
/// Make the column that wide.
void sizeColumn(QHeaderView& header, int column, int pixels);

/// A table of whole rows: no grid, one line below each row, hover and selection across the row, and a
/// context menu that comes by mouse and by keyboard alike.
class ListTable : public QTableView {
    Q_OBJECT
public:
    /// Both names are required: tests and screen readers find the table by them.
    explicit ListTable(const QString& objectName, const QString& accessibleName, QWidget* parent = nullptr);
    /// In pixels of the 13 px design; grows with the font. Without it rows are as high as the person likes
    /// those of lists.
    void setRowHeight(int pixels);
    /// Faint words in the middle while there is no row.
    void setPlaceholder(const QString& words);
    /// Rows without a ground of their own, on that of what is behind the table.
    void setSeeThrough();
    bool isSeeThrough() const { return m_seeThrough; }
    /// Several rows can be chosen: with Ctrl and Shift, with Ctrl+A, and with the boxes that stand before the
    /// rows from the second on. Escape leaves only the current one.
    void setMultiple();
    /// The last column holds nothing but a button for the menu of its row, which is painted.
    void setMenuColumn();
    /// These columns go, the first one first, where there is no room for all of them beside a first column of
    /// `least` pixels of the 13 px design. Those that stretch count as wide as given here.
    void setOptionalColumns(int least, const std::vector<std::pair<int, int>>& columns);
    bool isMenuCell(const QModelIndex& index) const;
    /// Whether the rows have boxes now.
    bool hasChecks() const { return m_checks; }
    /// Where the box of a row is, in the cell of the first column.
    QRect checkRect(const QModelIndex& index) const;
    /// Row under the pointer, for delegates; -1: none.
    int hoveredRow() const { return m_hovered; }
    /// The selected row; invalid when nothing is selected.
    QModelIndex selectedIndex() const;
    /// All selected rows in the order of the table; the current one when none is.
    QModelIndexList chosenRows() const;
    /// Choose this row alone and make it the current one. Qt's own does nothing from right to left: it looks
    /// for a column one pixel outside of the view.
    void selectRow(int row);
    /// Make it the current row; what is chosen stays when it is among them.
    void moveTo(const QModelIndex& index);
    /// Choose the current row alone.
    void chooseCurrent();

signals:
    /// Enter or a double click.
    void opened(const QModelIndex& index);
    /// The menu key, Shift+F10, the right button or the one at the end of the row; `position` is global.
    void menuWanted(const QModelIndex& index, const QPoint& position);
    /// The keys of Copy on a row; while nobody listens, the text of the cell is copied.
    void copyWanted(const QModelIndex& index);
    /// The Delete key. Nothing is removed here.
    void deleteWanted(const QModelIndex& index);
    /// How many rows are selected now.
    void choiceChanged(int count);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void hover(int row);
    void chooseMarked();
    void applyRowHeight(int pixels);
    void fitColumns();

    int m_leastFirst = 0;
    std::vector<std::pair<int, int>> m_optional;
    QString m_placeholder;
    int m_hovered = -1;
    bool m_checks = false;
    bool m_hasMenus = false;
    bool m_ownHeight = false;
    bool m_seeThrough = false;
    QPersistentModelIndex m_pressed;  ///< the cell that the button went down on
    bool m_onBox = false;             ///< the button went down on one: no drag begins there
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
    void paintCheck(QPainter& painter, const QModelIndex& index, bool selected) const;

    ListTable* m_table;
};

}  // namespace coracle::gui
