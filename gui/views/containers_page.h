// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/container_model.h"
#include "gui/views/page.h"
#include "gui/widgets/age_timer.h"

#include <QSet>
#include <QTimer>

class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace coracle::gui {

class Banner;
class BulkBar;
class ContainerView;
class EmptyState;
class FilterEdit;
class Segments;
class TextLabel;

/// The list of all containers: by project or flat, filtered by words and state, with what can be done to
/// each.
class ContainersPage : public Page {
    Q_OBJECT
public:
    explicit ContainersPage(const PageContext& context);

    QString title() const override { return tr("Containers"); }
    void enter(const Place& place) override;
    void leave() override;
    void refresh() override;
    /// Into the filter, with what stands there selected.
    void focusFilter() override;
    QWidget* mainWidget() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader();
    void buildFilterBar();
    void buildBody();
    void showColumnMenu(const QPoint& globalPosition);
    void hideColumns();
    void onSnapshot();
    void updateCounts();
    void updateSummary();
    void updateState();
    void updateBulk();
    void restoreTree();
    void onAction(const QModelIndex& index, const QString& what);
    void showMenu(const QModelIndex& index, const QPoint& globalPosition);
    void openRow(const QModelIndex& index, const QString& tab = {});
    std::vector<std::string> selected() const;
    std::vector<std::string> idsAt(const QModelIndex& proxyIndex) const;
    const types::ContainerSummary* rowAt(const QModelIndex& proxyIndex) const;
    void bindKeys();

    ContainerModel m_model;
    ContainerFilter m_filter;
    FilterEdit* m_edit = nullptr;
    QPushButton* m_command = nullptr;
    Segments* m_show = nullptr;
    Segments* m_grouping = nullptr;
    TextLabel* m_summary = nullptr;
    QToolButton* m_columns = nullptr;
    Banner* m_banner = nullptr;
    QStackedWidget* m_stack = nullptr;
    ContainerView* m_view = nullptr;
    EmptyState* m_empty = nullptr;
    EmptyState* m_noMatch = nullptr;
    EmptyState* m_failed = nullptr;
    QWidget* m_loading = nullptr;
    QStackedWidget* m_bar = nullptr;
    BulkBar* m_bulk = nullptr;
    QSet<QString> m_closed;  ///< projects that the person folded
    AgeTimer m_ages{*this};  ///< runs only while the page is shown
    QTimer m_slow;
};

}  // namespace coracle::gui
