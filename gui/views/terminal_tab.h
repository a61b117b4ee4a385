// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "gui/views/container_tab.h"
#include "gui/views/page.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace coracle::gui {

class Banner;
class EmptyState;
class EngineTerminal;
class FilterEdit;
class Panel;
class TerminalWidget;
class TextLabel;

/// Shells in a container, each in a tab of its own. The first one opens when the tab is asked for and the
/// container runs; a key that passes by opens none. Sessions of a container go on while another container or
/// page is shown; they end with their program, with their tab, or with the window.
class TerminalTab : public QWidget, public ContainerTab {
    Q_OBJECT
public:
    /// More would be a mistake of somebody who holds down a key; each has a thread.
    static constexpr int kMaxSessions = 20;

    explicit TerminalTab(const PageContext& context);
    ~TerminalTab() override;

    QWidget* widget() override { return this; }
    void setContainer(const std::string& id) override;
    void setActive(bool active) override;
    void showSummary(const types::ContainerSummary& row) override;
    void showDetails(const types::ContainerDetails& details) override;
    QWidget* mainWidget() override;
    bool focusSearch() override;
    void arrive(bool asked) override { m_waits = !asked; }

private:
    struct Session {
        std::string container;
        int number = 1;   ///< tells the terminals of a container apart; lowest that is free
        QString program;  ///< what was asked for, or the shell that was found
        QString title;    ///< what the program calls itself; empty: nothing
        engine::ExecSpec spec;
        TerminalWidget* view = nullptr;
        std::unique_ptr<EngineTerminal> terminal;
        std::optional<QString> problem;  ///< why there is no program any more
    };

    QWidget* buildBar();
    QWidget* buildFind();
    QWidget* buildFooter();
    engine::ExecSpec chosenProgram() const;
    void openNew();
    void openFirst();
    QString label(const Session& session) const;
    int freeNumber() const;
    void connectView(Session& session);
    void showMenu(TerminalWidget& view, const QPoint& position);
    void start(Session& session);
    void close(int tab);
    void addClose(int tab);
    void showTabs();
    void showCurrent();
    void updateFooter();
    void showFind(bool shown);
    void updateCount();
    void askPaste(TerminalWidget& view, const QString& text);
    void copyCommand();
    Session* sessionOf(const TerminalWidget* view);
    Session* current() const;
    std::vector<Session*> shownSessions() const;

    PageContext m_context;
    std::string m_id;
    bool m_active = false;
    bool m_runs = false;
    bool m_openFirst = true;  ///< a first look opens a shell; who closed all of them wants none
    bool m_waits = false;     ///< a key came by: the person has not asked for a shell
    std::string m_user;       ///< that of the container
    std::vector<std::unique_ptr<Session>> m_sessions;
    QTabBar* m_tabs;
    QToolButton* m_new;
    QComboBox* m_shell;
    QComboBox* m_userChoice;
    Panel* m_findBar = nullptr;
    FilterEdit* m_find = nullptr;
    TextLabel* m_count = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    Banner* m_banner;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QAbstractButton* m_emptyAction = nullptr;
    TextLabel* m_size;
    TextLabel* m_who;
};

}  // namespace coracle::gui
