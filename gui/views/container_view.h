// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

#include <set>
#include <vector>

namespace coracle::gui {

/// The tree of containers. Knows where the pointer is, because cells hold small buttons that are painted, and
/// turns keys and clicks into wishes; it decides nothing.
class ContainerView : public QTreeView {
    Q_OBJECT
public:
    explicit ContainerView(QWidget* parent = nullptr);
    /// In the viewport; outside of it when the pointer is elsewhere.
    QPoint pointer() const { return m_pointer; }
    void setModel(QAbstractItemModel* model) override;
    /// Groups reach over all columns; to be called after the filter changed the groups.
    void applySpans();
    /// Columns that the person does not want to see; those that stay have their room.
    void setUnwanted(const std::set<int>& columns);
    /// Show a box to tick at each row, for choosing several by mouse alone.
    void setChecks(bool on);
    bool checks() const { return m_checks; }
    /// How much of a group is chosen: all, some or none of its rows that are shown.
    Qt::CheckState groupState(const QModelIndex& group) const;
    /// Choose a row or leave it; of a group, all rows of it that are shown.
    void toggleChoice(const QModelIndex& index);

signals:
    /// A small button was pressed: "check", "start", "stop", "delete", "more", or "port:<n>" for the n-th
    /// chip.
    void action(const QModelIndex& index, const QString& what);
    /// The person folded or unfolded a project.
    void groupToggled(const QString& project, bool open);

protected:
    bool viewportEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateRowAt(const QPoint& point);
    void layoutColumns();

    QPoint m_pointer{-1, -1};
    QString m_pressed;
    bool m_checks = false;
    int m_sorted = -1;
    std::set<int> m_unwanted;
};

/// Paints the cells and answers what lies under a point of them.
class ContainerDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ContainerDelegate(ContainerView& view);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;
    /// As ContainerView::action; empty: nothing to press there.
    QString hit(const QPoint& point, const QRect& rect, const QModelIndex& index) const;
    /// Words for the tooltip of such a thing.
    QString words(const QString& what, const QModelIndex& index) const;
    /// Place of a thing in a cell, for tests; all: with what a row has only below the pointer.
    QRect place(const QString& what, const QRect& rect, const QModelIndex& index, bool all = true) const;

private:
    struct Button {
        QString what;
        QString icon;
        QRect rect;
    };
    std::vector<Button> buttons(const QRect& rect, const QModelIndex& index, bool all) const;
    std::vector<QRect> chips(const QRect& rect, const QModelIndex& index) const;
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option, bool group) const;
    void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    QRect checkBox(const QRect& rect) const;
    void paintCheck(QPainter& painter, const QRect& rect, Qt::CheckState state) const;
    void paintName(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell,
                   const QModelIndex& index) const;
    void paintStatus(QPainter& painter, const QRect& cell, const QModelIndex& index) const;
    void paintPorts(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintUsage(QPainter& painter, const QStyleOptionViewItem& option, const QRect& cell,
                    const QModelIndex& index) const;
    void paintButtons(QPainter& painter, const QRect& rect, const QModelIndex& index, bool all) const;
    bool rowIsHot(const QStyleOptionViewItem& option, const QModelIndex& index) const;

    ContainerView& m_view;
};

}  // namespace coracle::gui
