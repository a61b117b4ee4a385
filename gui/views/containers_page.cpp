// SPDX-License-Identifier: Apache-2.0
#include "gui/views/containers_page.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/app_settings.h"
#include "gui/models/engine_state.h"
#include "gui/models/usage_monitor.h"
#include "gui/shortcuts.h"
#include "gui/views/bulk_bar.h"
#include "gui/views/container_view.h"
#include "gui/views/page_header.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/skeleton.h"
#include "gui/widgets/text_label.h"

#include <QHeaderView>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace coracle::gui {

namespace {

constexpr int kCommandFrom = 760;
constexpr int kLoadingAfterMs = 400;

/// Those that can be hidden, with the keys that the settings know them by. The name tells rows apart, and
/// the buttons do things.
constexpr std::pair<const char*, int> kOptionalColumns[] = {
    {"image", ContainerModel::Image},   {"status", ContainerModel::Status},
    {"ports", ContainerModel::Ports},   {"cpu", ContainerModel::Cpu},
    {"memory", ContainerModel::Memory}, {"created", ContainerModel::Created}};

}  // namespace

ContainersPage::ContainersPage(const PageContext& pageContext)
    : Page(QStringLiteral("containers"), pageContext)
    , m_model(&pageContext.containers, &pageContext.usage)
    , m_filter(m_model) {
    buildHeader();
    buildFilterBar();
    buildBody();
    connect(&m_ages, &AgeTimer::due, &m_model, &ContainerModel::touch);
    connect(&context().usage, &UsageMonitor::sampled, &m_ages, &AgeTimer::use);
    m_slow.setSingleShot(true);
    m_slow.setInterval(kLoadingAfterMs);
    connect(&m_slow, &QTimer::timeout, this, &ContainersPage::updateState);
    connect(&context().state, &EngineState::containersChanged, this, &ContainersPage::onSnapshot);
    connect(&context().containers, &ContainerActions::changed, this, [this] {
        restoreTree();
        updateCounts();
        updateState();
    });
    connect(&context().usage, &UsageMonitor::sampled, this, &ContainersPage::updateSummary);
    m_slow.start();
    onSnapshot();
}

void ContainersPage::buildHeader() {
    header().setTitle(tr("Containers"));
    m_edit = new FilterEdit(QStringLiteral("containers.filter"), tr("Filter containers"));
    header().addTool(m_edit);
    m_command = makeButton(QStringLiteral("header.command"), tr("Command"), QStringLiteral("bolt"));
    m_command->setToolTip(tr("Find anything by its name, and do it (Ctrl+K)"));
    connect(m_command, &QPushButton::clicked, this, [this] { context().navigator.openCommandPalette(); });
    header().addTool(m_command);
    if (context().navigator.canRun()) {
        auto* run =
            makeButton(QStringLiteral("header.run"), tr("Run…"), QStringLiteral("plus"), ButtonKind::Primary);
        connect(run, &QPushButton::clicked, this, [this] { context().navigator.openRunDialog({}); });
        header().addTool(run);
    }
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setText(text);
        restoreTree();
        updateState();
    });
    connect(m_edit, &FilterEdit::left, this, [this] { mainWidget()->setFocus(); });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] { mainWidget()->setFocus(); });
}

void ContainersPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    m_command->setVisible(width() >= scaled(kCommandFrom));  // the menu has it, too
}

void ContainersPage::buildFilterBar() {
    m_bar = new QStackedWidget;
    m_bar->setFixedHeight(scaled(metrics::kFilterBar));
    auto* bar = new FilterBar;
    m_bar->addWidget(bar);
    m_bulk = new BulkBar;
    m_bar->addWidget(m_bulk);
    connect(m_bulk, &BulkBar::startWanted, this, [this] { context().containers.start(selected()); });
    connect(m_bulk, &BulkBar::stopWanted, this, [this] { context().containers.stop(selected()); });
    connect(m_bulk, &BulkBar::restartWanted, this, [this] { context().containers.restart(selected()); });
    connect(m_bulk, &BulkBar::pauseWanted, this, [this] { context().containers.pause(selected()); });
    connect(m_bulk, &BulkBar::resumeWanted, this, [this] { context().containers.resume(selected()); });
    connect(m_bulk, &BulkBar::clearWanted, this, [this] {
        m_view->clearSelection();
        m_view->setFocus();
    });
    connect(m_bulk, &BulkBar::deleteWanted, this, [this] { context().containers.remove(selected()); });
    m_show = new Segments;
    m_show->setObjectName(QStringLiteral("containers.state"));
    m_show->add(QStringLiteral("all"), tr("All"));
    m_show->add(QStringLiteral("running"), tr("Running"));
    m_show->add(QStringLiteral("stopped"), tr("Stopped"));
    bar->addLeading(m_show);
    m_grouping = new Segments;
    m_grouping->setObjectName(QStringLiteral("containers.group"));
    m_grouping->add(QStringLiteral("project"), tr("By project"), QStringLiteral("project"));
    m_grouping->add(QStringLiteral("flat"), tr("Flat"), QStringLiteral("list"));
    bar->addLeading(m_grouping);
    m_summary = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_summary->setObjectName(QStringLiteral("containers.summary"));
    bar->addTrailing(m_summary);
    bar->setOptional(m_summary);
    m_columns =
        makeIconButton(QStringLiteral("containers.columns"), tr("Columns"), QStringLiteral("columns"));
    connect(m_columns, &QToolButton::clicked, this,
            [this] { showColumnMenu(m_columns->mapToGlobal(m_columns->rect().bottomLeft())); });
    bar->addTrailing(m_columns);
    auto* refreshButton =
        makeIconButton(QStringLiteral("containers.refresh"), tr("Refresh"), QStringLiteral("restart"));
    connect(refreshButton, &QToolButton::clicked, this, &ContainersPage::refresh);
    bar->addTrailing(refreshButton);
    body().addWidget(m_bar);
    connect(m_show, &Segments::currentChanged, this, [this](int index) {
        m_filter.setShow(static_cast<ContainerFilter::Show>(index));
        restoreTree();
        updateState();
    });
    connect(m_grouping, &Segments::currentChanged, this, [this](int index) {
        m_model.setGrouping(index == 0 ? ContainerModel::Grouping::Project : ContainerModel::Grouping::Flat);
        restoreTree();
        updateState();
    });
}

void ContainersPage::buildBody() {
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("containers.error"));
    connect(m_banner->addButton(QStringLiteral("containers.retry"), tr("Try again")),
            &QAbstractButton::clicked, this, &ContainersPage::refresh);
    body().addWidget(m_banner);
    m_stack = new QStackedWidget;
    body().addWidget(m_stack, 1);
    m_view = new ContainerView;
    m_view->setModel(&m_filter);
    m_view->sortByColumn(ContainerModel::Name, Qt::AscendingOrder);
    m_stack->addWidget(m_view);
    hideColumns();
    connect(&context().settings, &AppSettings::changed, this, &ContainersPage::hideColumns);
    m_view->header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view->header(), &QWidget::customContextMenuRequested, this, [this](const QPoint& point) {
        showColumnMenu(m_view->header()->viewport()->mapToGlobal(point));
    });
    m_empty =
        new EmptyState(QStringLiteral("coracle-logo"), tr("Nothing is running yet"),
                       tr("A container is a program with its own files and network. It runs as you, without "
                          "root, and leaves nothing behind unless you say so."));
    m_empty->setObjectName(QStringLiteral("containers.empty"));
    if (context().navigator.canRun()) {
        auto* run =
            m_empty->addChoice(QStringLiteral("empty.run"), QStringLiteral("play"), tr("Run an image"),
                               tr("Pick one and press Run"), QStringLiteral("Ctrl+N"));
        connect(run, &QAbstractButton::clicked, this, [this] { context().navigator.openRunDialog({}); });
        auto* welcome =
            m_empty->addChoice(QStringLiteral("empty.welcome"), QStringLiteral("flask"),
                               tr("Try the welcome image"), tr("Comes with Coracle, needs no network"));
        connect(welcome, &QAbstractButton::clicked, this, [this] {
            types::RunSpec spec;
            spec.image = "welcome";
            spec.tty = spec.interactive = true;
            context().navigator.openRunDialog(spec);
        });
    }
    if (context().navigator.canPull()) {
        auto* pull = m_empty->addChoice(QStringLiteral("empty.pull"), QStringLiteral("pull"),
                                        tr("Pull an image"), tr("From a registry"), QStringLiteral("Ctrl+L"));
        connect(pull, &QAbstractButton::clicked, this, [this] { context().navigator.openPullDialog({}); });
    }
    auto* bring = m_empty->addHint(QStringLiteral("empty.bring"), tr("Coming from Docker or Podman?"),
                                   tr("Bring your images over"));
    bring->setToolTip(tr("Save them there with “docker save” or “podman save”, and load the archive here"));
    connect(bring, &QAbstractButton::clicked, this,
            [this] { context().navigator.open({.page = QStringLiteral("images"), .id = {}, .tab = {}}); });
    m_stack->addWidget(m_empty);
    m_noMatch = new EmptyState(QStringLiteral("search"), {}, {});
    m_noMatch->setObjectName(QStringLiteral("containers.noMatch"));
    connect(m_noMatch->addButton(QStringLiteral("containers.clearFilter"), tr("Clear filter")),
            &QAbstractButton::clicked, this, [this] {
                m_show->setCurrent(0);
                m_edit->clear();
            });
    m_stack->addWidget(m_noMatch);
    m_failed = new EmptyState(QStringLiteral("warn"), {}, {});
    m_failed->setObjectName(QStringLiteral("containers.failed"));
    connect(m_failed->addButton(QStringLiteral("containers.failedRetry"), tr("Try again"),
                                QStringLiteral("restart")),
            &QAbstractButton::clicked, this, &ContainersPage::refresh);
    m_stack->addWidget(m_failed);
    m_loading = new Skeleton;
    m_loading->setObjectName(QStringLiteral("containers.loading"));
    m_stack->addWidget(m_loading);

    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ContainersPage::updateBulk);
    connect(m_view, &ContainerView::action, this, &ContainersPage::onAction);
    connect(m_view, &ContainerView::groupToggled, this, [this](const QString& project, bool open) {
        open ? (void)m_closed.remove(project) : (void)m_closed.insert(project);
    });
    connect(m_view, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { openRow(index); });
    connect(m_view, &QWidget::customContextMenuRequested, this, [this](const QPoint& point) {
        QModelIndex index = m_view->indexAt(point);
        QPoint at = m_view->viewport()->mapToGlobal(point);
        if (!index.isValid()) {
            index = m_view->currentIndex();
            at = m_view->viewport()->mapToGlobal(m_view->visualRect(index).bottomLeft());
        }
        if (index.isValid()) {
            showMenu(index, at);
        }
    });
    bindKeys();
}

void ContainersPage::hideColumns() {
    const QStringList hidden = context().settings.hiddenColumns();
    std::set<int> columns;
    for (const auto& [key, column] : kOptionalColumns) {
        if (hidden.contains(QLatin1String(key))) {
            columns.insert(column);
        }
    }
    m_view->setUnwanted(columns);
}

void ContainersPage::showColumnMenu(const QPoint& globalPosition) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("containers.columnMenu"));
    menu->setAccessibleName(tr("Columns"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& [key, column] : kOptionalColumns) {
        const QString name = QLatin1String(key);
        QAction* action =
            menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setObjectName(QStringLiteral("containers.column.") + name);
        action->setCheckable(true);
        action->setChecked(!context().settings.hiddenColumns().contains(name));
        connect(action, &QAction::toggled, this, [this, name](bool shown) {
            QStringList hidden = context().settings.hiddenColumns();
            hidden.removeAll(name);
            if (!shown) {
                hidden.append(name);
            }
            context().settings.setHiddenColumns(hidden);
        });
    }
    menu->popup(globalPosition);
}

void ContainersPage::bindKeys() {
    auto* escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_view);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, m_view, &QAbstractItemView::clearSelection);
    ContainerActions& actions = context().containers;
    const auto one = [this, &actions](KeyId key, void (ContainerActions::*action)(const std::string&)) {
        bindKey(m_view, key, [this, &actions, action] {
            const auto ids = selected();
            if (ids.size() == 1) {
                (actions.*action)(ids.front());
            }
        });
    };
    bindKey(m_view, KeyId::Delete, [this, &actions] { actions.remove(selected()); });
    bindKey(m_view, KeyId::Stop, [this, &actions] { actions.stop(selected()); });
    bindKey(m_view, KeyId::Restart, [this, &actions] { actions.restart(selected()); });
    bindKey(m_view, KeyId::Edit, [this] {
        const auto ids = selected();
        if (ids.size() == 1) {
            context().navigator.openEditDialog(ids.front());
        }
    });
    one(KeyId::Rename, &ContainerActions::rename);
    bindKey(m_view, KeyId::CopyId, [this] {
        QStringList ids;
        for (const std::string& id : selected()) {
            ids << format::text(id);
        }
        context().prompt.copyText(ids.join(QLatin1Char('\n')));
    });
    one(KeyId::CopyCommand, &ContainerActions::copyCommand);
}

void ContainersPage::enter(const Place&) {
    m_ages.start();
    m_model.touch();
}

void ContainersPage::leave() {
    m_ages.stop();
}

void ContainersPage::refresh() {
    context().state.refreshContainers();
    updateState();
}

void ContainersPage::focusFilter() {
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

QWidget* ContainersPage::mainWidget() {
    return m_view;
}

void ContainersPage::onSnapshot() {
    const auto& snapshot = context().state.containers();
    m_model.update(snapshot.rows);
    std::optional<types::Time> newest;
    for (const types::ContainerSummary& row : snapshot.rows) {
        newest = std::max(newest.value_or(newestMoment(row)), newestMoment(row));
    }
    m_ages.setNewest(newest);
    restoreTree();
    updateCounts();
    updateState();
}

void ContainersPage::restoreTree() {
    m_view->applySpans();
    for (int row = 0; row < m_filter.rowCount(); ++row) {
        const QModelIndex index = m_filter.index(row, 0);
        if (index.data(ContainerModel::IsGroupRole).toBool()) {
            // While words filter, what matches is shown even in folded projects.
            const QString project = index.data(ContainerModel::ProjectRole).toString();
            m_view->setExpanded(index, !m_closed.contains(project) || !m_filter.text().isEmpty());
        }
    }
    if (!m_view->currentIndex().isValid() && m_filter.rowCount() > 0) {
        const QModelIndex top = m_filter.index(0, 0);
        const QModelIndex first = m_filter.rowCount(top) > 0 ? m_filter.index(0, 0, top) : top;
        m_view->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    }
}

void ContainersPage::updateCounts() {
    m_show->setCount(0, m_filter.count(ContainerFilter::Show::All));
    const int running = m_filter.count(ContainerFilter::Show::Running);
    m_show->setCount(1, running);
    m_show->setCount(2, m_filter.count(ContainerFilter::Show::Stopped));
    updateBulk();
    updateSummary();
}

void ContainersPage::updateSummary() {
    const int running = m_filter.count(ContainerFilter::Show::Running);
    QString words = running == 0 ? tr("none running") : tr("%n running", nullptr, running);
    const TotalUsage total = context().usage.total();
    if (running > 0 && total.known) {
        const QString cores = total.cpus == 1 ? tr("1 core") : tr("%n cores", nullptr, total.cpus);
        const QString share = format::percent(total.cpuPercent / total.cpus, format::Digits::Whole);
        //: "6 running · 32% of 4 cores · 1.5 GB"
        words = tr("%1 · %2 of %3 · %4").arg(words, share, cores, format::bytes(total.memoryBytes));
    }
    m_summary->setText(words);
}

void ContainersPage::updateBulk() {
    int running = 0;
    int stopped = 0;
    int paused = 0;
    for (const std::string& id : selected()) {
        context().containers.isRunning(id) ? ++running : ++stopped;
        paused += context().containers.isPaused(id) ? 1 : 0;
    }
    const bool several = running + stopped >= 2;
    m_bulk->setStates(running, stopped, paused);
    m_view->setChecks(several);
    m_view->viewport()->update();  // the boxes of groups tell of rows elsewhere
    showChoice(*m_bar, several, *m_view);
}

void ContainersPage::updateState() {
    const auto& snapshot = context().state.containers();
    const bool any = m_filter.count(ContainerFilter::Show::All) > 0;
    m_bar->setVisible(any);
    if (snapshot.error && any) {
        m_banner->show(Banner::Kind::Error, format::sentence(snapshot.error->message()),
                       format::sentence(snapshot.error->hint()));
    } else {
        m_banner->hide();
    }
    if (!snapshot.loaded) {
        m_stack->setCurrentWidget(m_slow.isActive() ? static_cast<QWidget*>(m_view) : m_loading);
    } else if (snapshot.error && !any) {
        m_failed->setText(tr("Containers cannot be read"), format::error(*snapshot.error));
        m_stack->setCurrentWidget(m_failed);
    } else if (!any) {
        m_stack->setCurrentWidget(m_empty);
    } else if (m_filter.shownContainers() == 0) {
        m_noMatch->setText(m_filter.text().isEmpty() ? tr("No container is in this state")
                                                     : tr("No container matches “%1”").arg(m_filter.text()),
                           {});
        m_stack->setCurrentWidget(m_noMatch);
    } else {
        m_stack->setCurrentWidget(m_view);
    }
}

const types::ContainerSummary* ContainersPage::rowAt(const QModelIndex& proxyIndex) const {
    return m_model.container(m_filter.mapToSource(proxyIndex));
}

std::vector<std::string> ContainersPage::idsAt(const QModelIndex& proxyIndex) const {
    return m_model.ids(m_filter.mapToSource(proxyIndex.siblingAtColumn(0)));
}

std::vector<std::string> ContainersPage::selected() const {
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty() && m_view->currentIndex().isValid()) {
        rows << m_view->currentIndex();
    }
    // A group stands for its rows when it is chosen alone; among rows it was passed by.
    const auto isGroup = [](const QModelIndex& index) {
        return index.data(ContainerModel::IsGroupRole).toBool();
    };
    if (!std::all_of(rows.begin(), rows.end(), isGroup)) {
        rows.removeIf(isGroup);
    }
    std::vector<std::string> result;
    for (const QModelIndex& index : rows) {
        for (const std::string& id : idsAt(index)) {
            if (std::find(result.begin(), result.end(), id) == result.end()) {
                result.push_back(id);
            }
        }
    }
    return result;
}

void ContainersPage::openRow(const QModelIndex& index, const QString& tab) {
    if (const types::ContainerSummary* row = rowAt(index)) {
        context().navigator.open(
            {.page = QStringLiteral("container"), .id = format::text(row->id), .tab = tab});
    }
}

void ContainersPage::onAction(const QModelIndex& index, const QString& what) {
    const auto ids = idsAt(index);
    if (what == QLatin1String("check")) {
        m_view->toggleChoice(index);
    } else if (what == QLatin1String("start")) {
        context().containers.start(ids);
    } else if (what == QLatin1String("stop")) {
        context().containers.stop(ids);
    } else if (what == QLatin1String("terminal")) {
        openRow(index, QStringLiteral("terminal"));
    } else if (what == QLatin1String("delete")) {
        context().containers.remove(ids);
    } else if (what == QLatin1String("more")) {
        const QRect rect = m_view->visualRect(index);
        const auto* delegate = static_cast<const ContainerDelegate*>(m_view->itemDelegate());
        showMenu(index, m_view->viewport()->mapToGlobal(delegate->place(what, rect, index).bottomLeft()));
    } else if (what.startsWith(QLatin1String("port:"))) {
        const types::ContainerSummary* row = rowAt(index);
        const QString text = index.data(ContainerModel::ChipsRole).toStringList().value(what.mid(5).toInt());
        for (const net::PortMapping& port : row->ports) {
            if (QString::number(port.hostPort) == text) {
                context().containers.openPort(port);
                return;
            }
        }
    }
}

void ContainersPage::showMenu(const QModelIndex& index, const QPoint& globalPosition) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("containers.contextMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    ContainerActions& actions = context().containers;
    const auto ids = m_view->selectionModel()->isSelected(index) ? selected() : idsAt(index);
    const types::ContainerSummary* row = rowAt(index);
    const bool active = index.siblingAtColumn(0).data(ContainerModel::ActiveRole).toBool();
    const QPersistentModelIndex at(index);
    if (row != nullptr && ids.size() == 1) {
        addMenuRow(*menu, KeyId::Open, [this, at] { openRow(at); });
        addMenuRow(*menu, KeyId::ShowLogs, [this, at] { openRow(at, QStringLiteral("logs")); });
        menu->addSeparator();
    }
    if (!std::all_of(ids.begin(), ids.end(), [&](const std::string& id) { return actions.isRunning(id); })) {
        addMenuRow(*menu, KeyId::Start, [&actions, ids] { actions.start(ids); });
    }
    if (active || ids.size() > 1) {
        addMenuRow(*menu, KeyId::Stop, [&actions, ids] { actions.stop(ids); });
        addMenuRow(*menu, KeyId::Restart, [&actions, ids] { actions.restart(ids); });
        const auto paused = [&actions](const std::string& id) { return actions.isPaused(id); };
        if (std::all_of(ids.begin(), ids.end(), paused)) {
            addMenuRow(*menu, KeyId::Resume, [&actions, ids] { actions.resume(ids); });
        } else {
            addMenuRow(*menu, KeyId::Pause, [&actions, ids] { actions.pause(ids); });
        }
        addMenuRow(*menu, KeyId::Kill, [&actions, ids] { actions.kill(ids); });
    }
    if (row != nullptr && ids.size() == 1) {
        menu->addSeparator();
        const std::string id = ids.front();
        addMenuRow(*menu, KeyId::Edit, [this, id] { context().navigator.openEditDialog(id); });
        addMenuRow(*menu, KeyId::Rename, [&actions, id] { actions.rename(id); });
        addMenuRow(*menu, KeyId::CopyId, [&actions, id] { actions.copyId(id); });
        addMenuRow(*menu, KeyId::CopyCommand, [&actions, id] { actions.copyCommand(id); });
        if (context().navigator.canRun()) {
            addMenuRow(*menu, KeyId::RunCopy, [this, id] { openRunCopy(context(), this, id); });
        }
    }
    menu->addSeparator();
    QAction* remove = addMenuRow(*menu, KeyId::Delete, [&actions, ids] { actions.remove(ids); });
    if (ids.size() > 1) {
        remove->setText(tr("Delete %n containers", nullptr, int(ids.size())));
    }
    menu->popup(globalPosition);
}

}  // namespace coracle::gui
