// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace coracle::gui {

/// A tree of files as rows across all columns, with letters for what was changed. It shows any model with the
/// roles of FileTreeModel; the last column holds the letters. Files may be dropped on it where that was
/// allowed.
class FileView : public QTreeView {
    Q_OBJECT
public:
    FileView(const QString& objectName, const QString& accessibleName, QWidget* parent = nullptr);
    /// Widths for the columns after the first, which takes what is left and has room for a name: others go
    /// for it where the view is narrow. 0: hidden.
    void setColumnWidths(const QList<int>& widths);
    /// Faint words in the middle while there is no row.
    void setPlaceholder(const QString& words);
    /// Whether rows can be dragged out of the window: dragWanted().
    void setDragsOut(bool on);
    bool isHovered(const QModelIndex& index) const { return index.siblingAtColumn(0) == m_hovered; }
    /// Where the text of a row begins in its first column.
    QRect chevronRect(const QModelIndex& index) const;

signals:
    /// Files of this computer were dropped on a row; invalid: beside all rows.
    void filesDropped(const QStringList& paths, const QModelIndex& on);
    /// The mouse drags a row; what it drags is for whoever knows the file.
    void dragWanted(const QModelIndex& index);
    void menuWanted(const QModelIndex& index, const QPoint& position);
    void deleteWanted(const QModelIndex& index);
    void currentMoved(const QModelIndex& current);

protected:
    void paintEvent(QPaintEvent* event) override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void startDrag(Qt::DropActions actions) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void layoutColumns();

    QList<int> m_widths;
    QString m_placeholder;
    QPersistentModelIndex m_hovered;
    bool m_dragging = false;  ///< since the button went down
};

}  // namespace coracle::gui
