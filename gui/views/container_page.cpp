// SPDX-License-Identifier: Apache-2.0
#include "gui/views/container_page.h"

#include "gui/format.h"
#include "gui/models/change_set.h"
#include "gui/models/container_model.h"
#include "gui/models/engine_state.h"
#include "gui/models/permission_list.h"
#include "gui/models/usage_monitor.h"
#include "gui/shortcuts.h"
#include "gui/views/files_tab.h"
#include "gui/views/health_card.h"
#include "gui/views/inspect_tab.h"
#include "gui/views/logs_tab.h"
#include "gui/views/overview_tab.h"
#include "gui/views/page_header.h"
#include "gui/views/permissions_tab.h"
#include "gui/views/stats_tab.h"
#include "gui/views/terminal_tab.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/clear_layout.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/state_label.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace coracle::gui {

namespace {

constexpr std::chrono::milliseconds kWalkFor{400};
constexpr std::chrono::milliseconds kUnseen{30'000};
constexpr int kImageFrom = 860;

struct TabRow {
    const char* key;  ///< Place::tab
    const char* title;
    ContainerTab* (*make)(const PageContext&);
};

template <typename T>
ContainerTab* make(const PageContext& context) {
    return new T(context);  // given to the stack of the page
}

// TABLE
constexpr TabRow kTabs[] = {
    {"overview", QT_TRANSLATE_NOOP("ContainerPage", "Overview"), make<OverviewTab>},
    {"logs", QT_TRANSLATE_NOOP("ContainerPage", "Logs"), make<LogsTab>},
    {"terminal", QT_TRANSLATE_NOOP("ContainerPage", "Terminal"), make<TerminalTab>},
    {"files", QT_TRANSLATE_NOOP("ContainerPage", "Files"), make<FilesTab>},
    {"stats", QT_TRANSLATE_NOOP("ContainerPage", "Stats"), make<StatsTab>},
    {"permissions", QT_TRANSLATE_NOOP("ContainerPage", "Permissions"), make<PermissionsTab>},
    {"inspect", QT_TRANSLATE_NOOP("ContainerPage", "Inspect"), make<InspectTab>},
};
int wideHoles(const types::Confinement& confinement) {
    const auto rows = isolationRows(confinement);
    return int(std::count_if(rows.begin(), rows.end(),
                             [](const IsolationRow& row) { return row.reach == Reach::Wide; }));
}

constexpr int kOverview = 0;
constexpr int kLogs = 1;
constexpr int kFiles = 3;
constexpr int kPermissions = 5;

int tabNumber(const QString& key) {
    int number = 0;
    for (const TabRow& row : kTabs) {
        if (key == QLatin1String(row.key)) {
            return number;
        }
        ++number;
    }
    return 0;
}

std::string project(const types::ContainerSummary& row) {
    const auto found = row.labels.find("com.docker.compose.project");
    return found == row.labels.end() ? std::string() : found->second;
}

TextLabel* slash() {
    return new TextLabel(QStringLiteral("/"), TextRole::Body, Token::Faint);
}

bool active(types::ContainerStatus status) {
    return status != types::ContainerStatus::Exited && status != types::ContainerStatus::Created &&
           status != types::ContainerStatus::Unknown;
}

}  // namespace

ContainerPage::ContainerPage(const PageContext& pageContext)
    : Page(QStringLiteral("container"), pageContext) {
    buildHeader();
    buildBody();
    connect(&context().usage, &UsageMonitor::sampled, &m_ages, &AgeTimer::use);
    connect(&m_ages, &AgeTimer::due, this, [this] {
        if (const types::ContainerSummary* row = context().state.container(m_id)) {
            showState(*row);
            if (m_entered) {
                current()->tick();
            }
        }
    });
    m_nextCheck.setSingleShot(true);
    connect(&m_nextCheck, &QTimer::timeout, this,
            [this] { canBeSeen(*this) ? inspect() : m_nextCheck.start(kUnseen); });
    connect(&context().state, &EngineState::containersChanged, this, &ContainerPage::onList);
    connect(&context().containers, &ContainerActions::changed, this, &ContainerPage::onList);
    m_longEnough.setObjectName(QStringLiteral("container.longEnough"));
    m_longEnough.setParent(this);
    m_longEnough.setSingleShot(true);
    m_longEnough.setInterval(kWalkFor);
    connect(&m_longEnough, &QTimer::timeout, this, [this] {
        m_walks.end(m_id, std::nullopt);
        m_changesRequest.cancel();
    });
    connect(&context().engine, &EngineService::eventArrived, this, [this](const types::Event& event) {
        if (event.type == "container" && event.action.starts_with("extract")) {
            m_walks.forget(event.id);  // files were copied in, or restored
        }
    });
}

QString ContainerPage::title() const {
    const types::ContainerSummary* row = context().state.container(m_id);
    return row == nullptr ? tr("Container") : format::text(row->name);
}

void ContainerPage::buildHeader() {
    auto* back = makeIconButton(QStringLiteral("container.back"), tr("Back"), QStringLiteral("left"));
    connect(back, &QToolButton::clicked, this, [this] { context().navigator.back(); });
    header().addLeading(back);
    m_crumb = makeButton(QStringLiteral("container.crumb"), tr("Containers"), {}, ButtonKind::Flat);
    m_crumb->setFont(themeFont(TextRole::Body));
    m_crumb->setProperty("buttonTight", true);
    m_crumb->setFixedHeight(scaled(metrics::kControlSmall));
    connect(m_crumb, &QPushButton::clicked, this, [this] {
        context().navigator.open({.page = QStringLiteral("containers"), .id = {}, .tab = {}});
    });
    header().addLeading(m_crumb);
    header().addLeading(slash());
    m_project = makeButton(QStringLiteral("container.project"), {}, {}, ButtonKind::Flat);
    m_project->setFont(themeFont(TextRole::Body));
    m_project->setProperty("buttonTight", true);
    m_project->setFixedHeight(scaled(metrics::kControlSmall));
    connect(m_project, &QPushButton::clicked, m_crumb, &QPushButton::click);
    header().addLeading(m_project);
    m_projectSlash = slash();
    header().addLeading(m_projectSlash);
    m_state = new StateLabel;
    m_state->setObjectName(QStringLiteral("container.state"));
    header().addBesideTitle(m_state);
    m_image = new Chip({}, QStringLiteral("image"), chip_look::kNeutral);
    m_image->setObjectName(QStringLiteral("container.image"));
    m_image->setInteractive(false);
    header().addBesideTitle(m_image);
    m_ports = new QWidget;
    m_portsLayout = new QHBoxLayout(m_ports);
    m_portsLayout->setContentsMargins(0, 0, 0, 0);
    m_portsLayout->setSpacing(4);
    header().addBesideTitle(m_ports);
    m_startStop = makeButton(QStringLiteral("container.startStop"), tr("Stop"), QStringLiteral("stop"));
    connect(m_startStop, &QPushButton::clicked, this, [this] {
        const types::ContainerSummary* row = context().state.container(m_id);
        if (row != nullptr && active(row->status)) {
            context().containers.stop({m_id});
        } else {
            context().containers.start({m_id});
        }
    });
    header().addTool(m_startStop);
    m_restart = makeButton(QStringLiteral("container.restart"), tr("Restart"), QStringLiteral("restart"));
    m_restart->setToolTip(keyHint(KeyId::Restart));
    connect(m_restart, &QPushButton::clicked, this, [this] { context().containers.restart({m_id}); });
    header().addTool(m_restart);
    m_pause = makeButton(QStringLiteral("container.pause"), {}, QStringLiteral("pause"));
    connect(m_pause, &QPushButton::clicked, this, [this] {
        ContainerActions& actions = context().containers;
        actions.isPaused(m_id) ? actions.resume({m_id}) : actions.pause({m_id});
    });
    header().addTool(m_pause);
    m_more = makeButton(QStringLiteral("container.more"), {}, QStringLiteral("more"));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More"));
    connect(m_more, &QPushButton::clicked, this, &ContainerPage::showMore);
    header().addTool(m_more);
    header().hideMenu();
}

void ContainerPage::buildBody() {
    m_outer = new QStackedWidget;
    body().addWidget(m_outer);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    bar->setFixedHeight(scaled(metrics::kTabBar));
    auto* barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(18, 0, 10, 0);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("detail.tabs"));
    m_tabs->setAccessibleName(tr("Parts of this container"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_stack = new QStackedWidget;
    for (const TabRow& row : kTabs) {
        m_tabs->addTab(tr(row.title));
        auto* count = new Chip({}, {}, chip_look::kNeutral, m_tabs);
        count->setObjectName(QStringLiteral("detail.count.") + QLatin1String(row.key));
        count->setGap(metrics::kSpaceTiny);
        count->setInteractive(false);
        count->hide();
        m_counts.push_back(count);
        m_stack->addWidget(new QWidget);
        m_made.push_back(nullptr);
    }
    barLayout->addWidget(m_tabs, 1, Qt::AlignBottom);
    column->addWidget(bar);
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("container.error"));
    connect(m_banner->addButton(QStringLiteral("container.retry"), tr("Try again")),
            &QAbstractButton::clicked, this, &ContainerPage::refresh);
    column->addWidget(m_banner);
    m_startFailed = new Banner;
    m_startFailed->setObjectName(QStringLiteral("container.startFailed"));
    m_startFailed->hide();
    column->addWidget(m_startFailed);
    column->addWidget(m_stack, 1);
    m_outer->addWidget(content);
    m_gone = new EmptyState(QStringLiteral("container"), tr("This container is gone"),
                            tr("It was deleted here or by another program."));
    m_gone->setObjectName(QStringLiteral("container.gone"));
    connect(m_gone->addButton(QStringLiteral("container.goneBack"), tr("All containers")),
            &QAbstractButton::clicked, m_crumb, &QPushButton::click);
    m_outer->addWidget(m_gone);
    connect(m_tabs, &QTabBar::tabBarClicked, this,
            [this](int index) { m_clicked = index != m_tabs->currentIndex(); });
    connect(m_tabs, &QTabBar::currentChanged, this,
            [this](int index) { showTab(index, std::exchange(m_clicked, false)); });
    bindKeys();
}

void ContainerPage::bindKeys() {
    const auto turn = [this](int by) {
        const int count = m_tabs->count();
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + by + count) % count);
        if (QWidget* target = mainWidget()) {
            window()->setAttribute(Qt::WA_KeyboardFocusChange);  // what Enter does next is seen
            target->setFocus(Qt::ShortcutFocusReason);
        }
    };
    bindKey(this, KeyId::NextTab, [turn] { turn(1); });
    bindKey(this, KeyId::PreviousTab, [turn] { turn(-1); });
    const auto on = [this](KeyId key, std::function<void(ContainerActions&)> act) {
        bindKey(this, key, [this, act = std::move(act)] {
            if (m_outer->currentIndex() == 0) {  // it is there
                act(context().containers);
            }
        });
    };
    on(KeyId::Edit, [this](ContainerActions&) { context().navigator.openEditDialog(m_id); });
    on(KeyId::Rename, [this](ContainerActions& actions) { actions.rename(m_id); });
    on(KeyId::Stop, [this](ContainerActions& actions) { actions.stop({m_id}); });
    on(KeyId::Restart, [this](ContainerActions& actions) { actions.restart({m_id}); });
    on(KeyId::CopyCommand, [this](ContainerActions& actions) { actions.copyCommand(m_id); });
}

void ContainerPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // The image stands in the overview, too; the buttons stand nowhere else.
    m_image->setVisible(width() >= scaled(kImageFrom) && m_outer->currentIndex() == 0);
}

void ContainerPage::enter(const Place& place) {
    m_entered = true;
    m_ages.start();
    const std::string id = place.id.toStdString();
    if (id != m_id) {
        m_changesRequest.cancel();
        m_changesRequest = {};
        m_id = id;
        m_details.reset();
        m_detailsProblem.clear();
        m_banner->hide();
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            showCount(int(i), 0, false);
        }
        for (ContainerTab* made : m_made) {
            if (made != nullptr) {
                made->setContainer(m_id);
            }
        }
    }
    const int tab = tabNumber(place.tab);
    if (m_tabs->currentIndex() != tab) {
        m_clicked = true;  // as good as a click
        m_tabs->setCurrentIndex(tab);
    }
    onList();
    showTab(tab, true);
}

void ContainerPage::leave() {
    m_entered = false;
    m_ages.stop();
    m_nextCheck.stop();
    m_changesRequest.cancel();
    m_changesRequest = {};  // the next look may ask at once
    m_confinementRequest.cancel();
    current()->setActive(false);
}

void ContainerPage::refresh() {
    context().state.refreshContainers();
    if (m_tabs->currentIndex() != kFiles) {  // which walks anyway
        m_walks.forget(m_id);
    }
    inspect();
    current()->refresh();
}

void ContainerPage::focusFilter() {
    if (!current()->focusSearch()) {
        m_tabs->setCurrentIndex(kLogs);
        (void)current()->focusSearch();  // the log has one
    }
}

QWidget* ContainerPage::mainWidget() {
    QWidget* inside = current()->mainWidget();
    return inside == nullptr ? m_tabs : inside;
}

ContainerTab* ContainerPage::tab(int index) {
    ContainerTab*& made = m_made[std::size_t(index)];
    if (made == nullptr) {
        made = kTabs[index].make(context());
        QWidget* place = m_stack->widget(index);
        m_stack->insertWidget(index, made->widget());
        m_stack->removeWidget(place);
        place->deleteLater();
        made->setContainer(m_id);
        if (const auto* files = qobject_cast<FilesTab*>(made->widget())) {
            connect(files, &FilesTab::changesCounted, this, &ContainerPage::takeCount);
        }
        if (const types::ContainerSummary* row = context().state.container(m_id)) {
            made->showSummary(*row);
        }
        if (m_details) {
            made->showDetails(*m_details);
        }
        if (!m_detailsProblem.isEmpty()) {
            made->showDetailsProblem(m_detailsProblem);
        }
    }
    return made;
}

ContainerTab* ContainerPage::current() {
    return tab(std::max(m_tabs->currentIndex(), 0));
}

void ContainerPage::showTab(int index, bool asked) {
    ContainerTab* shown = tab(index);
    for (ContainerTab* made : m_made) {
        if (made != nullptr && made != shown) {
            made->setActive(false);
        }
    }
    m_stack->setCurrentWidget(shown->widget());
    shown->arrive(asked);
    shown->setActive(m_entered);
    noteAges();
    context().navigator.noteTab(QLatin1String(kTabs[index].key));
}

void ContainerPage::onList() {
    if (m_id.empty()) {
        return;
    }
    const types::ContainerSummary* row = context().state.container(m_id);
    const bool hidden = context().containers.hidden(m_id);
    const bool gone = hidden || (row == nullptr && context().state.containers().loaded);
    m_outer->setCurrentIndex(gone ? 1 : 0);
    for (QWidget* tool : {static_cast<QWidget*>(m_startStop), static_cast<QWidget*>(m_restart),
                          static_cast<QWidget*>(m_pause), static_cast<QWidget*>(m_more),
                          static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_image), m_ports}) {
        tool->setVisible(!gone);
    }
    m_image->setVisible(!gone && width() >= scaled(kImageFrom));
    if (row == nullptr || gone) {
        return;
    }
    showHead(*row);
    for (ContainerTab* made : m_made) {
        if (made != nullptr) {
            made->showSummary(*row);
        }
    }
    inspect();
    emit titleChanged();
}

void ContainerPage::inspect() {
    if (!m_request.finished()) {
        m_request.cancel();
    }
    m_request = context().engine.inspectContainer(
        this, m_id, [this, id = m_id](const Result<types::ContainerDetails>& result) {
            if (id != m_id) {
                return;
            }
            if (result) {
                showDetailsProblem(std::nullopt);
                m_details = *result;
                noteAges();
                watchHealth();
                for (ContainerTab* made : m_made) {
                    if (made != nullptr) {
                        made->showDetails(*m_details);
                    }
                }
                askForCounts();
            } else if (result.error().kind() != ErrorKind::NotFound &&
                       result.error().kind() != ErrorKind::Cancelled) {
                showDetailsProblem(result.error());
            }
        });
}

void ContainerPage::showDetailsProblem(const std::optional<Error>& error) {
    m_detailsProblem.clear();
    if (error) {
        m_detailsProblem = format::sentence(error->message());
        m_banner->show(Banner::Kind::Error, m_detailsProblem, format::sentence(error->hint()));
    } else {
        m_banner->hide();
    }
    for (ContainerTab* made : m_made) {
        if (made != nullptr) {
            made->showDetailsProblem(m_detailsProblem);
        }
    }
}

/// Only the overview says how old a check is.
void ContainerPage::noteAges() {
    if (m_details) {
        const bool checks = m_tabs->currentIndex() == kOverview && !m_details->healthProbes.empty();
        const types::Time newest = newestMoment(m_details->summary);
        m_ages.setNewest(checks ? std::max(newest, m_details->healthProbes.back().startedAt) : newest);
    }
}

void ContainerPage::watchHealth() {
    const auto wait = untilNextCheck(*m_details, std::chrono::system_clock::now());
    if (m_entered && wait && active(m_details->summary.status)) {
        m_nextCheck.start(*wait);
    } else {
        m_nextCheck.stop();
    }
}

/// What the tabs hold that a person has not looked at yet: paths that differ from the image, and what is open
/// wider than most programs need. The files are walked no oftener than WalkMemory says, however often the
/// list of containers comes, and for a moment only: a hundred thousand files took five seconds of a
/// processor, which no number on a tab is worth. Who opens Files has them walked to the end.
void ContainerPage::askForCounts() {
    if (!m_entered) {
        return;
    }
    if (const auto known = m_walks.value(m_id)) {
        showCount(kFiles, int(*known), false);
    }
    if (m_changesRequest.finished() && m_walks.due(m_details->summary)) {
        m_walks.begin(m_details->summary);
        m_longEnough.start();
        m_changesRequest = context().engine.containerChanges(
            this, m_id, [this, id = m_id](const Result<ChangeSetPtr>& changes) {
                if (changes) {  // without them the tab has no number
                    m_walks.end(id, std::uint64_t((*changes)->counts().sum()));
                }
                m_longEnough.stop();
                if (id == m_id && changes) {
                    showCount(kFiles, (*changes)->counts().sum(), false);
                    if (m_details && m_walks.due(m_details->summary)) {
                        askForCounts();  // it was started or stopped meanwhile
                    }
                }
            });
    }
    m_confinementRequest.cancel();
    m_confinementRequest = context().engine.readConfinement(
        this, m_id, [this, id = m_id](const Result<types::Confinement>& confinement) {
            if (id == m_id && confinement) {
                showCount(kPermissions, wideHoles(*confinement), true);
            }
        });
}

/// Files has walked to the end.
void ContainerPage::takeCount(int count) {
    if (m_details) {
        m_walks.begin(m_details->summary);
        m_walks.end(m_id, std::uint64_t(count));
        showCount(kFiles, count, false);
    }
}

void ContainerPage::showCount(int tab, int count, bool attention) {
    Chip* chip = m_counts[std::size_t(tab)];
    chip->setText(QLocale().toString(count));
    chip->setLook(attention ? chip_look::kWarn : chip_look::kNeutral);
    chip->updateGeometry();
    m_tabs->setTabButton(tab, QTabBar::RightSide, count > 0 ? chip : nullptr);  // the tab grows
    chip->setVisible(count > 0);
}

void ContainerPage::showState(const types::ContainerSummary& row) {
    const StatusText status = statusText(row, context().containers.pending(row.id));
    m_state->setState(status.word, status.detail, status.look);
}

/// The first few; chips that say the same stay, and with them the focus.
void ContainerPage::showPorts(const std::vector<net::PortMapping>& ports) {
    constexpr int kMost = 3;
    if (ports == m_shownPorts) {
        return;
    }
    m_shownPorts = ports;
    clearLayout(*m_portsLayout);
    QWidget* before = m_project;  // Tab goes as the eye does, whenever the chips were made
    for (const net::PortMapping& port : ports) {
        if (port.hostPort == 0 || m_portsLayout->count() == kMost) {
            continue;
        }
        auto* chip = new Chip(QString::number(port.hostPort), QStringLiteral("ext"));
        chip->setObjectName(QStringLiteral("container.port.%1").arg(port.hostPort));
        chip->setAccessibleName(tr("Open port %1").arg(port.hostPort));
        chip->setToolTip(tr("Open port %1 in the browser").arg(port.hostPort));
        connect(chip, &QAbstractButton::clicked, this, [this, port] { context().containers.openPort(port); });
        m_portsLayout->addWidget(chip);
        setTabOrder(before, chip);
        before = chip;
    }
}

void ContainerPage::showHead(const types::ContainerSummary& row) {
    header().setName(format::text(row.name));
    const std::string inProject = project(row);
    m_project->setText(format::text(inProject));
    m_project->setVisible(!inProject.empty());
    m_projectSlash->setVisible(!inProject.empty());
    showState(row);
    const Pending pending = context().containers.pending(row.id);
    if (row.error.empty() || active(row.status) || pending != Pending::None) {
        m_startFailed->hide();
    } else {
        m_startFailed->show(Banner::Kind::Error, tr("The last start failed"), format::sentence(row.error));
    }
    m_image->setText(format::shortReference(row.image));
    m_image->setToolTip(format::text(row.image));
    m_image->updateGeometry();
    const bool on = active(row.status);
    showPorts(on ? row.ports : std::vector<net::PortMapping>());
    m_startStop->setText(on ? tr("Stop") : tr("Start"));
    m_startStop->setAccessibleName(m_startStop->text());
    m_startStop->setToolTip(on ? keyHint(KeyId::Stop) : QString());
    m_startStop->setIcon(themeIcon(on ? QStringLiteral("stop") : QStringLiteral("play"), Token::Text));
    m_startStop->setEnabled(pending == Pending::None);
    m_restart->setEnabled(on && pending == Pending::None);
    const bool paused = row.status == types::ContainerStatus::Paused;
    const QString verb = paused ? tr("Resume") : tr("Pause");
    m_pause->setAccessibleName(verb);
    m_pause->setToolTip(verb);
    m_pause->setIcon(themeIcon(paused ? QStringLiteral("play") : QStringLiteral("pause"), Token::Text));
    m_pause->setEnabled(on && pending == Pending::None);
}

void ContainerPage::showMore() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("container.moreMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    ContainerActions& actions = context().containers;
    const types::ContainerSummary* row = context().state.container(m_id);
    addMenuRow(*menu, KeyId::Kill, [this, &actions] {
        actions.kill({m_id});
    })->setEnabled(row != nullptr && active(row->status));
    addMenuRow(*menu, KeyId::Edit, [this] { context().navigator.openEditDialog(m_id); });
    addMenuRow(*menu, KeyId::Rename, [this, &actions] { actions.rename(m_id); });
    addMenuRow(*menu, KeyId::CopyId, [this, &actions] { actions.copyId(m_id); })->setShortcuts({});
    addMenuRow(*menu, KeyId::CopyCommand, [this, &actions] { actions.copyCommand(m_id); });
    if (context().navigator.canRun()) {
        addMenuRow(*menu, KeyId::RunCopy, [this] { openRunCopy(context(), this, m_id); });
    }
    menu->addSeparator();
    // Its keys are for lists: here they copy text and remove files.
    addMenuRow(*menu, KeyId::Delete, [this, &actions] { actions.remove({m_id}); })->setShortcuts({});
    menu->popup(
        m_more->mapToGlobal(QPoint(m_more->width() - menu->sizeHint().width(), m_more->height() + 4)));
}

}  // namespace coracle::gui
