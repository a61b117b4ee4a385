// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/widgets/list_table.h"

namespace coracle::gui {

/// Paints the rows of the images page: name and tag, the bar of own and shared bytes, chips of containers,
/// and the two buttons at the end. Clicks on the buttons arrive as signals.
class ImageDelegate : public ListDelegate {
    Q_OBJECT
public:
    using ListDelegate::ListDelegate;
    /// Width of the last column: that of the buttons.
    static int actionsWidth();

signals:
    void runClicked(const QModelIndex& index);
    void menuClicked(const QModelIndex& index, const QPoint& globalPosition);
    /// The chip of a container that uses the image.
    void containerClicked(const QString& name);

protected:
    void paintCell(QPainter& painter, const QRect& area, const QModelIndex& index,
                   const QStyleOptionViewItem& option) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
};

}  // namespace coracle::gui
