// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/walk_memory.h"
#include "gui/views/page.h"
#include "gui/widgets/age_timer.h"

#include <QTimer>

#include <optional>
#include <vector>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace coracle::gui {

class Banner;
class Chip;
class EmptyState;
class ContainerTab;
class StateLabel;

/// Everything about one container: a head with its state and what can be done, tabs below. A tab is made
/// when it is first looked at; Place::tab is its key. The page asks the engine for the details after each
/// new list and hands them to the tabs that exist.
class ContainerPage : public Page {
    Q_OBJECT
public:
    explicit ContainerPage(const PageContext& context);

    QString title() const override;
    void enter(const Place& place) override;
    /// Stops the clock of relative times and the reading of the log.
    void leave() override;
    void refresh() override;
    /// The search of the tab; one without a search leads to that of the log.
    void focusFilter() override;
    QWidget* mainWidget() override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader();
    void buildBody();
    void bindKeys();
    void inspect();
    /// Say it above the tabs and tell them; none: the details are there.
    void showDetailsProblem(const std::optional<Error>& error);
    void noteAges();
    void watchHealth();
    void askForCounts();
    void takeCount(int count);
    void showCount(int tab, int count, bool attention);
    void onList();
    void showHead(const types::ContainerSummary& row);
    void showState(const types::ContainerSummary& row);
    void showPorts(const std::vector<net::PortMapping>& ports);
    /// Asked: the person chose this one; else a key turned the tabs.
    void showTab(int index, bool asked);
    void showMore();
    ContainerTab* tab(int index);
    ContainerTab* current();

    AgeTimer m_ages{*this};  ///< runs only while the page is shown, as the next
    QTimer m_nextCheck;      ///< a check of its health is due, and what it says may be no event
    std::string m_id;
    bool m_entered = false;
    std::optional<types::ContainerDetails> m_details;
    QString m_detailsProblem;  ///< why there are none, or none that are new; empty: there are
    Request m_request;
    QPushButton* m_crumb = nullptr;
    QPushButton* m_project = nullptr;
    QWidget* m_projectSlash = nullptr;
    StateLabel* m_state = nullptr;
    Chip* m_image = nullptr;
    QWidget* m_ports = nullptr;
    QHBoxLayout* m_portsLayout = nullptr;
    std::vector<net::PortMapping> m_shownPorts;
    QPushButton* m_startStop = nullptr;
    QPushButton* m_restart = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_more = nullptr;
    bool m_clicked = false;  ///< the pointer turns the tabs
    QTabBar* m_tabs = nullptr;
    std::vector<Chip*> m_counts;  ///< by number of the tab; null: it has none
    Request m_changesRequest;
    QTimer m_longEnough;  ///< for a walk that only a number comes of
    WalkMemory m_walks;   ///< for the number of changed files
    Request m_confinementRequest;
    QStackedWidget* m_outer = nullptr;
    QStackedWidget* m_stack = nullptr;
    Banner* m_banner = nullptr;
    Banner* m_startFailed = nullptr;
    EmptyState* m_gone = nullptr;
    std::vector<ContainerTab*> m_made;  ///< by number of the tab; null: not looked at yet
};

}  // namespace coracle::gui
