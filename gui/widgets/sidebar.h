// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"
#include "gui/widgets/panel.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include <vector>

class QListView;

namespace coracle::gui {

/// A line of the sidebar.
struct NavItem {
    QString name;
    QString title;
    QString iconName;
    int count = -1;          ///< shown when not negative
    bool attention = false;  ///< the count is drawn as a warning
};

/// The lines of the sidebar with their counts. Their number never changes.
class NavModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole + 1, IconRole, CountRole, AttentionRole };
    NavModel(std::vector<NavItem> items, QObject* parent);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// A negative count takes the number away. An unknown name is ignored.
    void setCount(const QString& name, int count, bool attention);
    /// -1: there is no such line.
    int row(const QString& name) const;

private:
    std::vector<NavItem> m_items;
};

/// The list of sections on the left; narrow windows show icons only.
class Sidebar : public Panel {
    Q_OBJECT
public:
    Sidebar(std::vector<NavItem> top, std::vector<NavItem> bottom, QWidget* parent = nullptr);

    void setCurrent(const QString& name);
    void setCount(const QString& name, int count, bool attention = false);
    void setCollapsed(bool collapsed);
    bool collapsed() const { return m_collapsed; }

    /// Give the keys to the list with the current section.
    void takeFocus();

signals:
    void chosen(const QString& name);
    /// By the arrow keys: the section is shown, and the keys stay here for the next step.
    void steppedTo(const QString& name);

private:
    QListView* makeList(const QString& objectName, NavModel* model);
    /// An arrow key at the end of one list leads on to the other.
    bool crossOver(const QListView* from, int key);

    NavModel* m_topModel;
    NavModel* m_bottomModel;
    QListView* m_top;
    QListView* m_bottom;
    QWidget* m_brandText;
    bool m_collapsed = false;
    bool m_stepping = false;
};

}  // namespace coracle::gui
