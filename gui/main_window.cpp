// SPDX-License-Identifier: Apache-2.0
#include "gui/main_window.h"

#include "gui/dialogs/first_run_dialog.h"
#include "gui/dialogs/info_dialog.h"
#include "gui/fix_runner.h"
#include "gui/format.h"
#include "gui/models/deletion.h"
#include "gui/shortcuts.h"
#include "gui/theme/density.h"
#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"
#include "gui/widgets/age_timer.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/sidebar.h"
#include "gui/widgets/status_strip.h"
#include "gui/widgets/toast_host.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <QWindow>

#include <utility>

namespace coracle::gui {

namespace {

constexpr int kCollapseBelow = 960;  // beside the wide one, words of a page need 750
constexpr std::size_t kMaxHistory = 50;
constexpr qint64 kToastAfterMs = 3000;  // shorter work that went well needs no message

std::vector<NavItem> navItems(const PageRegistry& registry, PageEntry::Where where) {
    std::vector<NavItem> items;
    for (const PageEntry& entry : registry.pages) {
        if (entry.where == where) {
            items.push_back({.name = entry.name, .title = entry.title, .iconName = entry.iconName});
        }
    }
    return items;
}

/// Qt knows the menu key alone; many keyboards have none. The place is what Qt takes for that key.
void openMenuOfFocus(const QWidget& window) {
    QWidget* focused = window.focusWidget();
    if (focused != nullptr) {
        const QPoint place = focused->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, place, focused->mapToGlobal(place));
        QApplication::sendEvent(focused, &event);
    }
}

}  // namespace

MainWindow::MainWindow(WindowParts parts, QWidget* parent)
    : QMainWindow(parent)
    , m_parts(std::move(parts))
    , m_settings(m_parts.useSettings ? AppSettings::Keep::Yes : AppSettings::Keep::No)
    , m_service(m_parts.engine)
    , m_state(m_service)
    , m_usage(m_service, m_state)
    , m_actions(*this)
    , m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(860, 560);
    resize(1280, 800);
    m_toasts = new ToastHost(this);
    m_containerActions = std::make_unique<ContainerActions>(ContainerActions::Parts{.engine = m_service,
                                                                                    .state = m_state,
                                                                                    .tasks = m_tasks,
                                                                                    .toasts = *m_toasts,
                                                                                    .prompt = m_parts.prompt,
                                                                                    .window = *this});
    auto* center = new QWidget(this);
    auto* row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_sidebar = new Sidebar(navItems(m_parts.registry, PageEntry::Where::Top),
                            navItems(m_parts.registry, PageEntry::Where::Bottom));
    row->addWidget(m_sidebar);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("engineBanner"));
    column->addWidget(m_banner);
    m_stack = new QStackedWidget;
    column->addWidget(m_stack, 1);
    m_status = new StatusStrip(m_state, m_tasks, m_usage);
    column->addWidget(m_status);
    row->addLayout(column, 1);
    setCentralWidget(center);
    m_taskPopup = new TaskPopup(m_tasks, this);
    // Above the bar at the foot of a page, too: what can be pressed there stays in reach.
    m_toasts->setBottomMargin([this] { return m_status->height() + footHeight(); });

    buildMenu();
    connectActions();
    connect(m_sidebar, &Sidebar::chosen, this, [this](const QString& name) {
        if (m_place.page != name) {
            open({.page = name, .id = {}, .tab = {}});
        } else if (QWidget* target = currentPage()->mainWidget()) {
            target->setFocus();
        }
    });
    connect(m_sidebar, &Sidebar::steppedTo, this, [this](const QString& name) {
        open({.page = name, .id = {}, .tab = {}});
        m_sidebar->takeFocus();
    });
    connect(m_status, &StatusStrip::tasksWanted, m_taskPopup, &TaskPopup::toggle);
    for (const auto signal :
         {&EngineState::containersChanged, &EngineState::imagesChanged, &EngineState::volumesChanged}) {
        connect(&m_state, signal, this, &MainWindow::updateCounts);
    }
    connect(&m_state, &EngineState::watchingChanged, this, [this](bool watching, const QString& reason) {
        if (watching) {
            m_banner->hide();
        } else {
            m_banner->show(Banner::Kind::Warning, tr("Changes made elsewhere are not seen at the moment"),
                           reason);
        }
    });
    connect(&m_tasks, &TaskList::ended, this, [this](const Task* task) { onTaskEnded(*task); });
    m_settings.setTrayProbe(m_parts.desktop.trayIsThere);
    connect(m_containerActions.get(), &ContainerActions::askBeforeStopChanged, &m_settings,
            &AppSettings::setAskBeforeStop);
    connect(&m_settings, &AppSettings::changed, this, &MainWindow::obeySettings);
    obeySettings();
    if (m_parts.useSettings) {
        restoreSettings();
    }
    if (!m_parts.registry.pages.empty()) {
        showPlace({.page = m_parts.registry.pages.front().name, .id = {}, .tab = {}});
    }
}

void MainWindow::obeySettings() {
    m_containerActions->setAskBeforeStop(m_settings.askBeforeStop());
    m_containerActions->setAskBeforeDelete(m_settings.askBeforeDelete());
    setCompactRows(m_settings.compactRows());
}

MainWindow::~MainWindow() {
    m_toasts->flush();  // deletions that were announced are done
    for (const auto& [name, made] : m_pages) {
        delete made;  // NOLINT(cppcoreguidelines-owning-memory): before the parts that pages refer to
    }
    (void)m_service.shutdown(std::chrono::milliseconds(500));  // what hangs goes with the process
}

void MainWindow::start() {
    m_state.start();
    makeBackground();
    const QString shown = QStringLiteral("welcome/shown");
    if (m_parts.welcome && m_parts.useSettings && !QSettings().value(shown, false).toBool()) {
        QSettings().setValue(shown, true);
        showWelcome();
    }
}

void MainWindow::makeBackground() {
    m_background = std::make_unique<Background>(
        m_parts.desktop, m_settings,
        Tray::Parts{.state = m_state,
                    .actions = *m_containerActions,
                    .present = [this] { present(); },
                    .open =
                        [this](const std::string& id, const QString& tab) {
                            present();
                            open({.page = QStringLiteral("container"), .id = format::text(id), .tab = tab});
                        },
                    .run = canRun() ? std::function<void()>([this] {
                        present();
                        openRunDialog({});
                    })
                                    : nullptr,
                    .quit = [this] { quit(); }},
        m_tasks, [this] { return isVisible() && !isMinimized() && QApplication::activeWindow() != nullptr; });
    connect(m_background.get(), &Background::trayLost, this, [this] {
        if (!isVisible()) {
            present();
        }
    });
}

void MainWindow::present() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::quit() {
    m_quitting = true;
    close();
    endProgram();  // a window that was hidden may hear of no close
}

void MainWindow::endProgram() {
    if (!std::exchange(m_ended, true)) {
        emit quitWanted();
    }
}

void MainWindow::showWelcome() {
    auto* dialog = new FirstRunDialog(context(), spawningFixRunner(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

PageContext MainWindow::context() {
    return {.engine = m_service,
            .state = m_state,
            .tasks = m_tasks,
            .toasts = *m_toasts,
            .prompt = m_parts.prompt,
            .navigator = *this,
            .theme = m_parts.theme,
            .containers = *m_containerActions,
            .usage = m_usage,
            .settings = m_settings};
}

Page* MainWindow::page(const QString& name) {
    const auto made = m_pages.find(name);
    if (made != m_pages.end()) {
        return made->second;
    }
    const PageEntry* entry = m_parts.registry.find(name);
    if (entry == nullptr) {
        return nullptr;
    }
    Page* created = entry->make(context());
    connect(created, &Page::titleChanged, this, &MainWindow::updateTitle);
    m_stack->addWidget(created);
    m_pages.emplace(name, created);
    return created;
}

Page* MainWindow::currentPage() const {
    return qobject_cast<Page*>(m_stack->currentWidget());
}

void MainWindow::showPlace(const Place& place) {
    Page* next = page(place.page);
    if (next == nullptr) {
        return;
    }
    Page* previous = currentPage();
    if (previous != nullptr && previous != next) {
        previous->leave();
    }
    m_place = place;
    next->enter(place);
    m_stack->setCurrentWidget(next);
    const PageEntry* entry = m_parts.registry.find(place.page);
    m_sidebar->setCurrent(entry->where == PageEntry::Where::Hidden ? entry->parent : entry->name);
    if (QWidget* target = next->mainWidget()) {
        target->setFocus();
    }
    m_toasts->settle();
    updatePace();
    m_actions[ActionId::Back]->setEnabled(!m_backward.empty());
    m_actions[ActionId::Forward]->setEnabled(!m_forward.empty());
    updateTitle();
}

void MainWindow::open(const Place& place) {
    if (place == m_place || m_parts.registry.find(place.page) == nullptr) {
        return;
    }
    m_backward.push_back(m_place);
    if (m_backward.size() > kMaxHistory) {
        m_backward.erase(m_backward.begin());
    }
    m_forward.clear();
    showPlace(place);
}

void MainWindow::performOn(const QString& page, const QString& action, const QString& id) {
    if (m_place.page != page || (!id.isEmpty() && m_place.id != id)) {
        open({.page = page, .id = id, .tab = {}});
    }
    if (m_place.page == page) {
        currentPage()->perform(action, id);
    }
}

void MainWindow::back() {
    if (m_backward.empty()) {
        const PageEntry* entry = m_parts.registry.find(m_place.page);
        if (entry != nullptr && entry->where == PageEntry::Where::Hidden) {
            showPlace({.page = entry->parent, .id = {}, .tab = {}});
        }
        return;
    }
    m_forward.push_back(m_place);
    const Place target = m_backward.back();
    m_backward.pop_back();
    showPlace(target);
}

void MainWindow::forward() {
    if (!m_forward.empty()) {
        m_backward.push_back(m_place);
        const Place target = m_forward.back();
        m_forward.pop_back();
        showPlace(target);
    }
}

/// Of the bar at the foot of what is shown, see pageFoot(); 0: there is none.
int MainWindow::footHeight() const {
    const Page* page = currentPage();
    if (page != nullptr) {
        for (const QWidget* foot : page->findChildren<QWidget*>()) {
            if (foot->property(kPageFoot).toBool() && foot->isVisible()) {
                return foot->height();
            }
        }
    }
    return 0;
}

void MainWindow::noteTab(const QString& tab) {
    m_place.tab = tab;
    m_toasts->settle();
    updatePace();
}

void MainWindow::noteAttention(const QString& page, int count) {
    m_sidebar->setCount(page, count > 0 ? count : -1, true);
}

bool MainWindow::canRun() const {
    return bool(m_parts.registry.openRunDialog);
}

void MainWindow::openRunDialog(const types::RunSpec& prefill) {
    if (canRun()) {
        m_parts.registry.openRunDialog(this, context(), prefill);
    }
}

void MainWindow::openEditDialog(const std::string& id, const QString& section) {
    if (m_parts.registry.openEditDialog) {
        m_parts.registry.openEditDialog(this, context(), id, section);
    }
}

bool MainWindow::canPull() const {
    return bool(m_parts.registry.openPullDialog);
}

void MainWindow::openPullDialog(const QString& reference) {
    if (canPull()) {
        m_parts.registry.openPullDialog(this, context(), reference);
    }
}

void MainWindow::openPushDialog(const QString& reference) {
    if (m_parts.registry.openPushDialog) {
        m_parts.registry.openPushDialog(this, context(), reference);
    }
}

void MainWindow::buildMenu() {
    m_menu->setObjectName(QStringLiteral("applicationMenu"));
    if (canRun()) {
        m_menu->addAction(m_actions[ActionId::Run]);
    }
    if (canPull()) {
        m_menu->addAction(m_actions[ActionId::Pull]);
    }
    if (canRun() || canPull()) {
        m_menu->addSeparator();
    }
    auto* look = m_menu->addMenu(tr("Appearance"));
    auto* group = new QActionGroup(this);
    for (const ActionId id : {ActionId::ThemeSystem, ActionId::ThemeLight, ActionId::ThemeDark}) {
        group->addAction(m_actions[id]);
        look->addAction(m_actions[id]);
        connect(m_actions[id], &QAction::triggered, this, [this, id] { setThemeChoice(id); });
    }
    connect(&m_parts.theme, &Theme::choiceChanged, this, [this] {
        showThemeChoice();
        if (m_parts.useSettings) {
            QSettings().setValue(QStringLiteral("theme"), int(m_parts.theme.choice()));
        }
    });
    showThemeChoice();
    for (const ActionId id : {ActionId::Palette, ActionId::Tasks, ActionId::Refresh}) {
        m_menu->addAction(m_actions[id]);
    }
    m_menu->addSeparator();
    for (const ActionId id : {ActionId::Settings, ActionId::Welcome, ActionId::Shortcuts, ActionId::About}) {
        m_menu->addAction(m_actions[id]);
    }
    m_menu->addSeparator();
    m_menu->addAction(m_actions[ActionId::Quit]);
}

void MainWindow::connectActions() {
    const auto on = [this](ActionId id, auto handler) {
        connect(m_actions[id], &QAction::triggered, this, handler);
    };
    on(ActionId::Run, [this] { openRunDialog({}); });
    on(ActionId::Pull, [this] { openPullDialog({}); });
    on(ActionId::Palette, [this] { openPalette(); });
    on(ActionId::Undo, [this] {
        if (m_toasts->canUndo()) {
            m_toasts->undo();
        } else {
            askToBringBack(m_service, m_parts.prompt, *m_toasts, this);
        }
    });
    on(ActionId::Find, [this] {
        if (Page* now = currentPage()) {
            now->focusFilter();
        }
    });
    on(ActionId::Refresh, [this] {
        if (Page* now = currentPage()) {
            now->refresh();
        }
    });
    on(ActionId::Back, [this] { back(); });
    on(ActionId::Forward, [this] { forward(); });
    on(ActionId::Tasks, [this] { m_taskPopup->toggle(); });
    on(ActionId::Settings, [this] { open({.page = QStringLiteral("settings"), .id = {}, .tab = {}}); });
    on(ActionId::Welcome, [this] { showWelcome(); });
    on(ActionId::Shortcuts, [this] { showShortcuts(); });
    on(ActionId::About, [this] { showAbout(); });
    on(ActionId::CloseWindow, [this] { close(); });
    on(ActionId::Quit, [this] { quit(); });
    m_actions[ActionId::Run]->setEnabled(canRun());
    m_actions[ActionId::Pull]->setEnabled(canPull());
    int number = 1;
    for (const PageEntry& entry : m_parts.registry.pages) {
        if (entry.where == PageEntry::Where::Hidden || number > 8) {
            continue;
        }
        auto* shortcut = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number)), this);
        connect(shortcut, &QShortcut::activated, this,
                [this, name = entry.name] { open({.page = name, .id = {}, .tab = {}}); });
        ++number;
    }
    bindKey(this, KeyId::RowMenu, [this] { openMenuOfFocus(*this); });
}

void MainWindow::updateCounts() {
    for (const PageEntry& entry : m_parts.registry.pages) {
        if (entry.count) {
            const int count = entry.count(m_state);
            m_sidebar->setCount(entry.name, count > 0 ? count : -1);
        }
    }
}

void MainWindow::updateTitle() {
    const Page* now = currentPage();
    setWindowTitle(now == nullptr ? QStringLiteral("Coracle") : tr("%1 - Coracle").arg(now->title()));
}

void MainWindow::onTaskEnded(const Task& task) {
    if (task.state() == Task::State::Failed && !task.watched()) {
        m_toasts->showError(task.failedTitle(), task.hint().isEmpty()
                                                    ? task.step()
                                                    : task.step() + QLatin1Char('\n') + task.hint());
    } else if (task.state() == Task::State::Done && (task.announced() || task.elapsedMs() > kToastAfterMs)) {
        m_toasts->show({.iconName = QStringLiteral("okc"),
                        .iconToken = Token::Ok,
                        .title = task.step().isEmpty() ? task.title() : task.step(),
                        .text = task.step().isEmpty() ? tr("Done") : QString(),
                        .actions = {},
                        .timeoutMs = 6000,
                        .expired = {}});
    }
}

void MainWindow::setThemeChoice(ActionId choice) {
    m_parts.theme.setChoice(choice == ActionId::ThemeLight  ? SchemeChoice::Light
                            : choice == ActionId::ThemeDark ? SchemeChoice::Dark
                                                            : SchemeChoice::FollowDesktop);
}

void MainWindow::showThemeChoice() {
    const SchemeChoice choice = m_parts.theme.choice();
    m_actions[choice == SchemeChoice::Light  ? ActionId::ThemeLight
              : choice == SchemeChoice::Dark ? ActionId::ThemeDark
                                             : ActionId::ThemeSystem]
        ->setChecked(true);
}

void MainWindow::showAbout() {
    QList<std::pair<QString, QString>> rows = {{tr("Version"), QStringLiteral(CORACLE_VERSION)},
                                               {tr("Qt"), QString::fromLatin1(qVersion())},
                                               {tr("Licence"), QStringLiteral("Apache-2.0")}};
    auto* dialog =
        new InfoDialog(tr("About Coracle"),
                       tr("Containers without root and without a daemon. What you start here runs as "
                          "you and keeps running when this window is closed."),
                       rows, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::updatePace() {
    const bool seen = canBeSeen(*this);
    const bool shown = m_place.page == QLatin1String("containers") ||
                       (m_place.page == QLatin1String("container") &&
                        (m_place.tab.isEmpty() || m_place.tab == QLatin1String("overview") ||
                         m_place.tab == QLatin1String("stats")));
    m_usage.setPace(!seen   ? UsageMonitor::Pace::Stopped
                    : shown ? UsageMonitor::Pace::Fast
                            : UsageMonitor::Pace::Slow);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Expose) {
        // The window learns whether it is exposed from this very event: look after it was handled.
        QMetaObject::invokeMethod(this, &MainWindow::updatePace, Qt::QueuedConnection);
    }
    // The side buttons of a mouse go back and forward wherever the pointer is; no view sees them.
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease ||
        event->type() == QEvent::MouseButtonDblClick) {
        const Qt::MouseButton button = static_cast<QMouseEvent*>(event)->button();
        if (button == Qt::BackButton || button == Qt::ForwardButton) {
            if (event->type() == QEvent::MouseButtonPress) {
                m_actions[button == Qt::BackButton ? ActionId::Back : ActionId::Forward]->trigger();
            }
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) {
        updatePace();
    }
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (std::exchange(m_left, false) && currentPage() != nullptr) {
        currentPage()->enter(m_place);
    }
    windowHandle()->installEventFilter(this);
    updatePace();
}

void MainWindow::hideEvent(QHideEvent* event) {
    QMainWindow::hideEvent(event);
    // Minimised it is still there to come back to by a click; in the tray it may be for days.
    if (!event->spontaneous() && currentPage() != nullptr) {
        m_left = true;
        currentPage()->leave();
    }
    updatePace();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    m_sidebar->setCollapsed(width() < scaled(kCollapseBelow));
    if (m_taskPopup->isVisible()) {
        m_taskPopup->hide();
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_parts.useSettings) {
        saveSettings();
    }
    m_toasts->flush();
    if (!m_quitting && m_background && m_background->goesToTray()) {
        event->ignore();
        hide();
        return;
    }
    QMainWindow::closeEvent(event);
    endProgram();
}

void MainWindow::restoreSettings() {
    const QByteArray geometry = QSettings().value(QStringLiteral("window/geometry")).toByteArray();
    if (!geometry.isEmpty()) {
        restoreGeometry(geometry);
        return;
    }
    // The first time: with its frame on the screen.
    constexpr QSize kFrame(16, 48);
    resize(size().boundedTo(screen()->availableSize() - kFrame));
}

void MainWindow::saveSettings() const {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("lastScheme"), int(m_parts.theme.scheme()));
}

}  // namespace coracle::gui
