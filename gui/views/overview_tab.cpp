// SPDX-License-Identifier: Apache-2.0
#include "gui/views/overview_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/container_actions.h"
#include "gui/models/engine_state.h"
#include "gui/models/usage_monitor.h"
#include "gui/views/health_card.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/clear_layout.h"
#include "gui/widgets/id_map_view.h"
#include "gui/widgets/key_value_grid.h"
#include "gui/widgets/panel.h"
#include "gui/widgets/state_label.h"
#include "gui/widgets/usage_card.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QGridLayout>
#include <QResizeEvent>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kOneColumnBelow = 880;
constexpr int kMaxEvents = 6;

TextLabel* cell(const QString& text, TextRole role = TextRole::Code, Token token = Token::Text) {
    auto* label = new TextLabel(text, role, token);
    label->setSelectable();
    label->setElided(Qt::ElideMiddle);
    label->setMinimumHeight(scaled(22));
    return label;
}

QString eventWords(const types::Event& event) {
    const auto translated = [](const char* text) { return QCoreApplication::translate("OverviewTab", text); };
    // TABLE
    static constexpr std::pair<std::string_view, const char*> kWords[] = {
        {"start", QT_TRANSLATE_NOOP("OverviewTab", "started")},
        {"die", QT_TRANSLATE_NOOP("OverviewTab", "ended")},
        {"create", QT_TRANSLATE_NOOP("OverviewTab", "created")},
        {"rename", QT_TRANSLATE_NOOP("OverviewTab", "renamed")},
        {"update", QT_TRANSLATE_NOOP("OverviewTab", "changed")},
        {"pause", QT_TRANSLATE_NOOP("OverviewTab", "paused")},
        {"unpause", QT_TRANSLATE_NOOP("OverviewTab", "resumed")},
        {"stop", QT_TRANSLATE_NOOP("OverviewTab", "stopped")},
        {"kill", QT_TRANSLATE_NOOP("OverviewTab", "sent a signal")},
        {"restart", QT_TRANSLATE_NOOP("OverviewTab", "restarted")},
        {"oom", QT_TRANSLATE_NOOP("OverviewTab", "out of memory")},
        {"archive-path", QT_TRANSLATE_NOOP("OverviewTab", "files copied out")},
        {"extract-to-dir", QT_TRANSLATE_NOOP("OverviewTab", "files copied in")},
        {"export", QT_TRANSLATE_NOOP("OverviewTab", "files exported")},
        {"destroy", QT_TRANSLATE_NOOP("OverviewTab", "deleted")},
        {"commit", QT_TRANSLATE_NOOP("OverviewTab", "saved as an image")},
    };
    for (const auto& [action, words] : kWords) {
        if (event.action == action) {
            return translated(words);
        }
    }
    if (event.action.starts_with("health_status")) {
        return event.action.ends_with("unhealthy") ? translated(QT_TRANSLATE_NOOP("OverviewTab", "unhealthy"))
               : event.action.ends_with("healthy") ? translated(QT_TRANSLATE_NOOP("OverviewTab", "healthy"))
                                                   : format::text(event.action);
    }
    return format::text(event.action);
}

QString restartWords(const types::ContainerDetails& details) {
    const types::RestartSpec& restart = details.spec.restart;
    if (restart.policy == "on-failure") {
        return restart.maxRetries > 0 ? OverviewTab::tr("on failure, %1 of %2 used")
                                            .arg(details.summary.restartCount)
                                            .arg(restart.maxRetries)
                                      : OverviewTab::tr("on failure");
    }
    if (restart.policy == "unless-stopped") {
        return OverviewTab::tr("unless you stopped it");
    }
    return restart.policy == "always" ? OverviewTab::tr("always") : OverviewTab::tr("no");
}

Token eventToken(const std::string& action) {
    const bool bad = action == "die" || action == "oom" || action.ends_with("unhealthy");
    const bool good = action == "start" || (action.ends_with("healthy") && !bad);
    return good ? Token::Ok : bad ? Token::Warn : Token::Info;
}

}  // namespace

OverviewTab::OverviewTab(const PageContext& context) : m_context(context) {
    setObjectName(QStringLiteral("overview"));
    setAccessibleName(tr("Overview"));
    auto* content = new QWidget;
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, content);
    m_columns->setContentsMargins(metrics::kPageMargin, metrics::kPageMargin, metrics::kPageMargin,
                                  metrics::kPageMargin);
    m_columns->setSpacing(metrics::kSpaceLarge);
    m_columns->addWidget(buildMain(), 1);
    m_side = buildSide();
    m_columns->addWidget(m_side);
    setWidget(content);
    connect(&m_context.usage, &UsageMonitor::sampled, this, [this] {
        if (isVisible()) {
            showUsage();
        }
    });
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
}

QWidget* OverviewTab::buildMain() {
    auto* main = new QWidget;
    auto* column = new QVBoxLayout(main);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kSpaceLarge);
    m_details = new Card(tr("Details"));
    m_details->setObjectName(QStringLiteral("overview.details"));
    m_id = new TextLabel({}, TextRole::CodeSmall, Token::Muted);
    m_id->setSelectable();
    m_details->addToHead(m_id);
    auto* copyId = makeIconButton(QStringLiteral("overview.copyId"), tr("Copy id"), QStringLiteral("copy"));
    connect(copyId, &QToolButton::clicked, this, [this] { m_context.containers.copyId(m_containerId); });
    m_details->addToHead(copyId);
    m_values = new KeyValueGrid(2, 104);
    m_values->setRowsPerColumn(5);
    m_details->body()->addWidget(m_values);
    column->addWidget(m_details);
    m_health = new HealthCard;
    column->addWidget(m_health);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(metrics::kSpaceLarge);
    const auto table = [](Card& card) {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(metrics::kSpaceSmall);
        grid->setVerticalSpacing(6);
        card.body()->addLayout(grid);
        card.body()->addStretch(1);
        return grid;
    };
    m_ports = new Card(tr("Ports"));
    m_ports->setObjectName(QStringLiteral("overview.ports"));
    m_addPort = editButton(QStringLiteral("overview.addPort"), tr("Publish a port"), "plus", "ports/new");
    m_ports->addToHead(m_addPort);
    m_portGrid = table(*m_ports);
    pair->addWidget(m_ports, 1);
    m_storage = new Card(tr("Storage"));
    m_storage->setObjectName(QStringLiteral("overview.storage"));
    m_storage->addToHead(
        editButton(QStringLiteral("overview.addMount"), tr("Add a folder or volume"), "plus", "storage"));
    m_storageGrid = table(*m_storage);
    pair->addWidget(m_storage, 1);
    column->addLayout(pair);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(metrics::kSpaceLarge);
    m_idMap = new Card(tr("Who is who"));
    m_idMap->setObjectName(QStringLiteral("overview.idmap"));
    m_idMapView = new IdMapView;
    m_idMap->body()->addWidget(m_idMapView);
    m_idMapText = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_idMapText->setWordWrap(true);
    m_idMap->body()->addWidget(m_idMapText);
    m_idMap->body()->addStretch(1);
    lower->addWidget(m_idMap, 1);
    lower->addWidget(buildLimits(), 1);
    column->addLayout(lower);
    column->addStretch(1);
    return main;
}

QWidget* OverviewTab::buildSide() {
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kSpaceLarge);
    m_cpu = new UsageCard(tr("CPU"), QStringLiteral("cpu"), Token::C1);
    m_cpu->setObjectName(QStringLiteral("overview.cpu"));
    m_memory = new UsageCard(tr("Memory"), QStringLiteral("mem"), Token::C2);
    m_memory->setObjectName(QStringLiteral("overview.memory"));
    m_network = new UsageCard(tr("Network"), QStringLiteral("network"), Token::C4);
    m_network->setObjectName(QStringLiteral("overview.network"));
    for (UsageCard* card : {m_cpu, m_memory, m_network}) {
        column->addWidget(card);
    }
    m_command = new Card(tr("Same thing in a terminal"));
    m_command->setObjectName(QStringLiteral("overview.command"));
    auto* copy = makeIconButton(QStringLiteral("overview.copyCommand"), tr("Copy the command"),
                                QStringLiteral("copy"));
    connect(copy, &QToolButton::clicked, this,
            [this] { m_context.prompt.copyText(format::commandLine(m_commandWords)); });
    m_command->addToHead(copy);
    m_commandBox = new CodeBox;
    m_commandBox->label()->setAccessibleName(tr("Command"));
    m_command->body()->addWidget(m_commandBox);
    column->addWidget(m_command);
    m_events = new Card(tr("Recent events"));
    m_events->setObjectName(QStringLiteral("overview.events"));
    m_allEvents =
        makeButton(QStringLiteral("overview.allEvents"), {}, {}, ButtonKind::Link, ButtonSize::Small);
    connect(m_allEvents, &QPushButton::clicked, this, [this] {
        m_everyEvent = !m_everyEvent;
        if (const types::ContainerSummary* row = m_context.state.container(m_containerId)) {
            showEvents(*row);
        }
    });
    m_events->addToHead(m_allEvents);
    m_eventGrid = new QGridLayout;
    m_eventGrid->setHorizontalSpacing(metrics::kSpaceSmall);
    m_eventGrid->setVerticalSpacing(6);
    m_eventGrid->setColumnStretch(1, 1);
    m_events->body()->addLayout(m_eventGrid);
    column->addWidget(m_events);
    column->addStretch(1);
    return side;
}

void OverviewTab::resizeEvent(QResizeEvent* event) {
    PageScroll::resizeEvent(event);
    const bool beside = viewport()->width() >= scaled(kOneColumnBelow);
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_side->setMinimumWidth(beside ? scaled(metrics::kSideColumn) : 0);
    m_side->setMaximumWidth(beside ? scaled(metrics::kSideColumn) : QWIDGETSIZE_MAX);
}

void OverviewTab::showSummary(const types::ContainerSummary& row) {
    if (row.id != m_containerId) {
        m_containerId = row.id;
        m_exposed.clear();
        m_everyEvent = false;
        m_shownEvents.clear();
        m_resources.reset();
        m_written.reset();
        m_sizeRequest.cancel();
        m_sizeRequest = {};
        m_health->hide();
        m_idMap->hide();
        m_command->hide();
    }
    m_id->setText(format::shortId(row.id));
    m_id->setToolTip(format::text(row.id));
    m_values->set(tr("Image"), format::shortReference(row.image), TextRole::Body, format::text(row.image));
    m_values->set(tr("Command"), format::commandLine(row.command), TextRole::Code);
    showStarted(row);
    m_values->set(tr("Created"), format::moment(row.createdAt), TextRole::Body, format::exact(row.createdAt));
    const auto label = [&row](const char* key) {
        const auto found = row.labels.find(key);
        return found == row.labels.end() ? QString() : format::text(found->second);
    };
    const QString project = label("com.docker.compose.project");
    const QString service = label("com.docker.compose.service");
    m_values->set(tr("Project"), project.isEmpty()   ? tr("none")
                                 : service.isEmpty() ? project
                                                     : tr("%1 · service %2").arg(project, service));
    m_values->set(tr("Network"), row.network == "host"   ? tr("that of this computer")
                                 : row.network == "none" ? tr("none")
                                                         : format::text(row.network));
    m_values->set(tr("Process"),
                  row.pid > 0 ? tr("pid %1 on this computer").arg(row.pid) : tr("not running"));
    showPorts(row, m_exposed);
    showStorage(row);
    showEvents(row);
    showUsage();
}

void OverviewTab::setActive(bool active) {
    m_active = active;
    if (active) {
        askForSize();
    }
}

void OverviewTab::tick() {
    if (const types::ContainerSummary* row = m_context.state.container(m_containerId)) {
        showStarted(*row);
    }
    m_health->tick();
}

void OverviewTab::showStarted(const types::ContainerSummary& row) {
    m_values->set(tr("Started"), row.startedAt ? tr("%1, %2").arg(format::moment(*row.startedAt),
                                                                  format::ago(*row.startedAt))
                                               : tr("never"));
}

void OverviewTab::showDetails(const types::ContainerDetails& details) {
    m_exposed = details.exposedPorts;
    showSummary(details.summary);
    m_exposed = details.exposedPorts;
    showPorts(details.summary, m_exposed);
    m_values->set(tr("Restart"), restartWords(details));
    m_values->set(tr("User"), details.user.empty() ? QStringLiteral("root") : format::text(details.user));
    m_health->show(details);
    m_commandWords = details.runCommand;
    std::vector<std::string> shown = details.runCommand;
    for (std::string& word : shown) {
        word = format::homePath(word).toStdString();  // a shell reads "~" at the start of a word the same
    }
    m_commandBox->setText(format::commandLines(shown));
    m_command->setVisible(!details.runCommand.empty());
    showIdMap(details);
    m_resources = details.spec.resources;
    showUsage();
    askForSize();
}

void OverviewTab::showIdMap(const types::ContainerDetails& details) {
    m_idMap->setVisible(!details.uidMap.empty());
    const auto& host = m_context.state.host();
    const std::int64_t own = host ? host->uid : -1;
    m_idMapView->setRows(details.uidMap, own);
    const bool rootIsYou = std::any_of(details.uidMap.begin(), details.uidMap.end(), [own](const auto& row) {
        return row.containerId == 0 && row.hostId == own;
    });
    QString text = rootIsYou ? tr("A file the container writes as root is yours on this computer.")
                             : tr("Root inside is another user on this computer.");
    if (details.uidMap.size() > 1) {
        text += QLatin1Char(' ') + tr("Files of other users inside belong to your subordinate ids.");
    } else if (rootIsYou && details.uidMap.front().count == 1) {
        text += QLatin1Char(' ') + tr("Only root exists inside, because you have no subordinate ids.");
    }
    m_idMapText->setText(text);
}

/// A line over the row that comes next; returns the place of that row.
int OverviewTab::addRule(QGridLayout& grid, int line, int columns) {
    grid.addWidget(new Line(Qt::Horizontal), line, 0, 1, columns);
    return line + 1;
}

void OverviewTab::addHead(QGridLayout& grid, const QStringList& words) {
    int column = 0;
    for (const QString& word : words) {
        grid.addWidget(new TextLabel(word, TextRole::CaptionBold, Token::Muted), 0, column++);
    }
}

void OverviewTab::showPorts(const types::ContainerSummary& row, const std::vector<std::uint16_t>& exposed) {
    // The list comes at each event of any container: buttons that say the same stay, and with them the focus.
    const bool runs = row.pid > 0;
    if (m_shownPorts && *m_shownPorts == std::tie(row.ports, exposed, runs)) {
        return;
    }
    m_shownPorts = {row.ports, exposed, runs};
    clearLayout(*m_portGrid);
    QWidget* before = m_addPort;
    const auto follow = [&before](QWidget* next) {  // Tab goes as the eye does, whenever a row was made
        setTabOrder(before, next);
        before = next;
    };
    int line = 1;
    m_portGrid->setColumnStretch(0, 3);
    m_portGrid->setColumnStretch(1, 2);
    for (const net::PortMapping& port : row.ports) {
        const QString where = port.hostPort == 0 ? tr("chosen at start")
                                                 : QStringLiteral("%1:%2")
                                                       .arg(port.hostIp.empty() ? tr("all addresses")
                                                                                : format::text(port.hostIp))
                                                       .arg(port.hostPort);
        line = addRule(*m_portGrid, line, 4);
        m_portGrid->addWidget(cell(where), line, 0);
        m_portGrid->addWidget(cell(QStringLiteral("%1/%2")
                                       .arg(port.containerPort)
                                       .arg(QString::fromUtf8(net::toText(port.protocol).data(),
                                                              qsizetype(net::toText(port.protocol).size())))),
                              line, 1);
        auto* open =
            makeIconButton(QStringLiteral("overview.openPort.%1").arg(port.hostPort),
                           tr("Open port %1 in the browser").arg(port.hostPort), QStringLiteral("ext"));
        open->setEnabled(runs && port.hostPort != 0 && port.protocol == net::Protocol::Tcp);
        connect(open, &QToolButton::clicked, this, [this, port] { m_context.containers.openPort(port); });
        m_portGrid->addWidget(open, line, 2);
        follow(open);
        auto* copy = makeIconButton(QStringLiteral("overview.copyPort.%1").arg(port.hostPort),
                                    tr("Copy the address"), QStringLiteral("copy"));
        connect(copy, &QToolButton::clicked, this, [this, where] { m_context.prompt.copyText(where); });
        m_portGrid->addWidget(copy, line, 3);
        follow(copy);
        ++line;
    }
    for (const std::uint16_t inside : exposed) {
        const bool published = std::any_of(row.ports.begin(), row.ports.end(), [inside](const auto& port) {
            return port.containerPort == inside;
        });
        if (!published) {
            line = addRule(*m_portGrid, line, 4);
            m_portGrid->addWidget(cell(tr("not published"), TextRole::Body, Token::Muted), line, 0);
            m_portGrid->addWidget(cell(QStringLiteral("%1/tcp").arg(inside)), line, 1);
            auto* publish = makeButton(QStringLiteral("overview.publish.%1").arg(inside), tr("Publish"), {},
                                       ButtonKind::Normal, ButtonSize::Small);
            publish->setAccessibleName(tr("Publish port %1").arg(inside));
            connect(publish, &QPushButton::clicked, this, [this, inside] {
                m_context.navigator.openEditDialog(m_containerId, QStringLiteral("ports/%1/tcp").arg(inside));
            });
            m_portGrid->addWidget(publish, line, 2, 1, 2, Qt::AlignTrailing);
            follow(publish);
            ++line;
        }
    }
    if (line == 1) {
        m_portGrid->addWidget(new TextLabel(tr("Nothing is published."), TextRole::Body, Token::Muted), 0, 0);
    } else {
        addHead(*m_portGrid, {tr("On this computer"), tr("Inside")});
    }
}

void OverviewTab::showStorage(const types::ContainerSummary& row) {
    if (m_shownMounts == row.mounts) {
        return;
    }
    m_shownMounts = row.mounts;
    clearLayout(*m_storageGrid);
    if (row.mounts.empty()) {
        m_storageGrid->addWidget(
            new TextLabel(tr("Everything it writes stays in the container."), TextRole::Body, Token::Muted),
            0, 0);
        return;
    }
    const auto head = [this](const QString& words, int column, int span, Qt::Alignment where) {
        m_storageGrid->addWidget(new TextLabel(words, TextRole::CaptionBold, Token::Muted), 0, column, 1,
                                 span, where);
    };
    head(tr("Source"), 0, 2, Qt::AlignLeading);
    head(tr("Path"), 2, 1, Qt::AlignLeading);
    head(tr("Access"), 3, 1, Qt::AlignTrailing);
    int line = 1;
    int widths[] = {0, 1, 1};  // of the longest text in a column: none is cut while another one has room
    for (const types::MountSpec& mount : row.mounts) {
        line = addRule(*m_storageGrid, line, 4);
        const bool volume = mount.kind == types::MountSpec::Kind::Volume;
        const bool tmpfs = mount.kind == types::MountSpec::Kind::Tmpfs;
        const bool image = mount.kind == types::MountSpec::Kind::Image;
        m_storageGrid->addWidget(new IconLabel(volume  ? QStringLiteral("volume")
                                               : tmpfs ? QStringLiteral("mem")
                                               : image ? QStringLiteral("image")
                                                       : QStringLiteral("folder"),
                                               Token::Text, metrics::kIconSmall),
                                 line, 0);
        const QString source = tmpfs                            ? tr("memory")
                               : volume && mount.source.empty() ? tr("its own volume")
                               : image                          ? format::text(mount.source)
                                                                : format::homePath(mount.source);
        const auto place = [&](const QString& text, int column) {
            auto* words = cell(text);
            m_storageGrid->addWidget(words, line, column);
            widths[column] = std::max(widths[column], words->fontMetrics().horizontalAdvance(text));
        };
        place(source, 1);
        place(format::text(mount.target), 2);
        auto* access = new Chip(mount.readOnly ? tr("read only") : tr("read/write"),
                                mount.readOnly ? QStringLiteral("lock") : QString(),
                                mount.readOnly ? chip_look::kNeutral : chip_look::kOk);
        access->setInteractive(false);
        m_storageGrid->addWidget(access, line, 3, Qt::AlignTrailing);
        ++line;
    }
    for (const int column : {1, 2}) {
        m_storageGrid->setColumnStretch(column, widths[column]);
    }
}

void OverviewTab::showEvents(const types::ContainerSummary& row) {
    struct Entry {
        types::Time time;
        QString words;
        Token token;
    };
    std::vector<Entry> entries;
    bool sawCreate = false;
    bool sawStart = false;
    bool gone = false;
    for (const types::Event& event : m_context.state.events()) {
        if (event.type == "container" && event.id == row.id) {
            const bool back = gone && event.action == "create";  // the same one is made once
            gone = event.action == "destroy" || (gone && !back);
            entries.push_back(
                {event.time, back ? tr("brought back") : eventWords(event), eventToken(event.action)});
            sawCreate = sawCreate || (event.action == "create" && !back);
            sawStart = sawStart || event.action == "start";
        }
    }
    // Facts from before the window was opened.
    if (row.startedAt && !sawStart) {
        entries.push_back({*row.startedAt, tr("started"), Token::Ok});
    }
    if (!sawCreate) {
        entries.push_back({row.createdAt, tr("created"), Token::Info});
    }
    if (row.finishedAt && !sawStart) {
        const QString how = row.oomKilled ? tr("ended, out of memory")
                            : row.exitCode && row.error.empty()
                                ? tr("ended with exit code %1").arg(*row.exitCode)
                                : tr("ended");
        entries.push_back({*row.finishedAt, how, row.exitCode.value_or(1) == 0 ? Token::Idle : Token::Err});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.time < b.time; });
    m_allEvents->setVisible(entries.size() > std::size_t(kMaxEvents));
    m_allEvents->setText(m_everyEvent ? tr("Fewer") : tr("All %n", nullptr, int(entries.size())));
    m_allEvents->setAccessibleName(m_everyEvent ? tr("Show only the last events") : tr("Show all events"));
    if (entries.size() > std::size_t(kMaxEvents) && !m_everyEvent) {
        entries.erase(entries.begin(), entries.end() - kMaxEvents);
    }
    // What says the same stays: new labels would be seen a moment later than the old ones go.
    QString said;
    for (const Entry& entry : entries) {
        said += format::exact(entry.time) + format::moment(entry.time) + entry.words + QLatin1Char('\n');
    }
    if (said == m_shownEvents) {
        return;
    }
    m_shownEvents = said;
    clearLayout(*m_eventGrid);
    int line = 0;
    for (const Entry& entry : entries) {
        auto* when = new TextLabel(format::moment(entry.time), TextRole::Secondary, Token::Muted);
        when->setToolTip(format::exact(entry.time));
        m_eventGrid->addWidget(when, line, 0);
        auto* what = new StateLabel;
        what->setState(entry.words, {}, {entry.token, false});
        m_eventGrid->addWidget(what, line, 1, Qt::AlignLeading | Qt::AlignVCenter);
        ++line;
    }
}

}  // namespace coracle::gui
