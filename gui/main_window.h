// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/actions.h"
#include "gui/background.h"
#include "gui/dialogs/prompt.h"
#include "gui/engine_service.h"
#include "gui/models/container_actions.h"
#include "gui/models/engine_state.h"
#include "gui/models/task_list.h"
#include "gui/models/usage_monitor.h"
#include "gui/views/page_registry.h"

#include <QMainWindow>
#include <QPointer>

#include <map>
#include <memory>
#include <vector>

class QMenu;
class QStackedWidget;

namespace coracle::gui {

class Banner;
class CommandPalette;
class PaletteItems;
struct PaletteItem;
class Sidebar;
class StatusStrip;
class TaskPopup;
class Theme;
class ToastHost;

/// What the window is put together from. All of it outlives the window.
struct WindowParts {
    std::shared_ptr<engine::Engine> engine;  // shared with the workers of the engine service
    Theme& theme;
    Prompt& prompt;
    PageRegistry registry;
    /// Remember geometry and theme between starts.
    bool useSettings = true;
    /// Welcome whoever starts it for the first time; that it was done is a setting.
    bool welcome = false;
    /// Tray and messages; by default there are none.
    DesktopParts desktop = {};
};

/// The one window: sidebar, pages, status strip, toasts. It owns the connection to the engine and is the
/// Navigator of its pages. Reads nothing before it was shown, so that the first paint does not wait.
class MainWindow : public QMainWindow, public Navigator {
    Q_OBJECT
public:
    explicit MainWindow(WindowParts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Ask the engine for everything and watch for changes.
    void start();
    /// Show it in front of the others, from wherever it hides.
    void present();
    /// Close it for good, also where closing only hides it; quitWanted() follows.
    void quit();

    void open(const Place& place) override;
    void back() override;
    /// Where back() came from; nothing when there is no such place.
    void forward();
    void noteTab(const QString& tab) override;
    void noteAttention(const QString& page, int count) override;
    void openRunDialog(const types::RunSpec& prefill) override;
    bool canRun() const override;
    void openPullDialog(const QString& reference) override;
    bool canPull() const override;
    void openPushDialog(const QString& reference) override;
    void openEditDialog(const std::string& id, const QString& section = {}) override;
    /// The command palette over the window, with these words in its field.
    void openCommandPalette() override { openPalette(); }
    void openPalette(const QString& words = {});
    QMenu* applicationMenu() override { return m_menu; }

    /// Where the person is now.
    const Place& place() const { return m_place; }
    /// Null only in a window without pages.
    Page* currentPage() const;
    int footHeight() const;
    EngineService& service() { return m_service; }
    EngineState& state() { return m_state; }
    ContainerActions& containerActions() { return *m_containerActions; }
    UsageMonitor& usage() { return m_usage; }
    TaskList& tasks() { return m_tasks; }
    ToastHost& toasts() { return *m_toasts; }
    Sidebar& sidebar() { return *m_sidebar; }

    AppSettings& settings() { return m_settings; }
    /// Null until start().
    Background* background() { return m_background.get(); }

signals:
    /// The program may end.
    void quitWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    PageContext context();
    Page* page(const QString& name);
    /// Go to a page and do there what its own buttons and menus do.
    void performOn(const QString& page, const QString& action, const QString& id = {});
    void showPlace(const Place& place);
    void addContainerItems(std::vector<PaletteItem>& all);
    void addImage(PaletteItems& items, const types::ImageSummary& image, const std::string& reference,
                  const QString& name);
    void addPageActions(PaletteItems& items);
    void addImageItems(std::vector<PaletteItem>& all);
    void buildMenu();
    void connectActions();
    void updateCounts();
    void updateTitle();
    void updatePace();
    void onTaskEnded(const Task& task);
    void setThemeChoice(ActionId choice);
    void showThemeChoice();
    void showShortcuts();
    void showWelcome();
    void showAbout();
    void makeBackground();
    void endProgram();
    void restoreSettings();
    void obeySettings();
    void saveSettings() const;

    WindowParts m_parts;
    AppSettings m_settings;
    EngineService m_service;
    EngineState m_state;
    UsageMonitor m_usage;
    TaskList m_tasks;
    Actions m_actions;
    QMenu* m_menu;
    ToastHost* m_toasts = nullptr;
    std::unique_ptr<ContainerActions> m_containerActions;
    std::unique_ptr<Background> m_background;
    bool m_quitting = false;
    bool m_ended = false;
    bool m_left = false;  ///< hidden: the page does nothing
    Sidebar* m_sidebar = nullptr;
    Banner* m_banner = nullptr;
    QStackedWidget* m_stack = nullptr;
    StatusStrip* m_status = nullptr;
    TaskPopup* m_taskPopup = nullptr;
    CommandPalette* m_palette = nullptr;  ///< made when it is first wanted
    std::map<QString, Page*> m_pages;
    Place m_place;
    std::vector<Place> m_backward;
    std::vector<Place> m_forward;
};

}  // namespace coracle::gui
