// SPDX-License-Identifier: Apache-2.0
#include "gui/views/stats_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/usage_monitor.h"
#include "gui/views/process_card.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/card.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/time_chart.h"
#include "gui/widgets/toast_host.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QSaveFile>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

namespace {

using std::chrono::seconds;

constexpr seconds kRanges[] = {seconds(60), seconds(300), seconds(900), seconds(3600)};
constexpr int kSamplesPerLook = 2;
constexpr int kTwoColumnsFrom = 720;
constexpr double kLeastRate = 1000;

using Member = std::optional<double> UsagePoint::*;

TimeChart::Series series(const std::vector<UsagePoint>& points, Member member, const QString& name,
                         Token token, bool filled, double factor = 1) {
    TimeChart::Series out{.name = name, .token = token, .filled = filled, .samples = {}};
    for (const UsagePoint& point : points) {
        if (point.*member) {
            out.samples.push_back({point.time, *(point.*member) * factor});
        }
    }
    return out;
}

QString rate(double bytes) {
    return StatsTab::tr("%1/s").arg(format::bytes(std::uint64_t(bytes)));
}

QByteArray number(const std::optional<double>& value) {
    return value ? QByteArray::number(*value, 'f', 1) : QByteArray();
}

}  // namespace

QByteArray usageCsv(const std::vector<UsagePoint>& points) {
    QByteArray text =
        "time,cpu_percent,memory_bytes,received_per_second,sent_per_second,"
        "read_per_second,written_per_second\n";
    for (const UsagePoint& point : points) {
        const auto ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(point.time.time_since_epoch()).count();
        text += QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toLatin1() + ',' +
                number(point.cpuPercent) + ',' + QByteArray::number(point.memoryBytes, 'f', 0) + ',' +
                number(point.receivedPerSecond) + ',' + number(point.sentPerSecond) + ',' +
                number(point.readPerSecond) + ',' + number(point.writtenPerSecond) + '\n';
    }
    return text;
}

StatsTab::StatsTab(const PageContext& context) : m_context(context) {
    setObjectName(QStringLiteral("stats"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("stats.note"));
    m_banner->hide();
    column->addWidget(m_banner);
    m_gap = new QWidget;
    m_gap->setFixedHeight(metrics::kSpace);
    m_gap->hide();
    column->addWidget(m_gap);
    m_charts = buildCharts();
    column->addWidget(m_charts, 1);
    m_empty = new EmptyState(QStringLiteral("pulse"), tr("Not running"),
                             tr("A container that does not run takes nothing but disk space."));
    m_empty->setObjectName(QStringLiteral("stats.empty"));
    m_empty->hide();
    column->addWidget(m_empty, 1);
    connect(&m_context.usage, &UsageMonitor::sampled, this, [this] {
        if (m_active && isVisible()) {
            update();
            if (!m_paused && ++m_samples >= kSamplesPerLook) {
                lookAtProcesses();
            }
        }
    });
}

void StatsTab::lookAtProcesses() {
    m_samples = 0;
    if (m_charts->isVisibleTo(this)) {
        m_processes->look();
    }
}

QWidget* StatsTab::buildBar() {
    auto* bar = new QWidget;
    bar->setFixedHeight(scaled(metrics::kFilterBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 0);
    row->setSpacing(metrics::kSpaceSmall);
    m_range = new Segments;
    m_range->setSmall();
    m_range->setObjectName(QStringLiteral("stats.range"));
    m_range->add(QStringLiteral("1m"), tr("1 min"));
    m_range->add(QStringLiteral("5m"), tr("5 min"));
    m_range->add(QStringLiteral("15m"), tr("15 min"));
    m_range->add(QStringLiteral("1h"), tr("1 h"));
    m_range->setCurrent(0);
    connect(m_range, &Segments::currentChanged, this, &StatsTab::update);
    row->addWidget(m_range);
    m_rate = new TextLabel(tr("one sample a second"), TextRole::Secondary, Token::Muted);
    m_rate->setObjectName(QStringLiteral("stats.rate"));
    row->addWidget(m_rate);
    row->addStretch(1);
    m_pause = makeButton(QStringLiteral("stats.pause"), tr("Pause"), QStringLiteral("pause"),
                         ButtonKind::Normal, ButtonSize::Small);
    connect(m_pause, &QPushButton::clicked, this, [this] { setPaused(!m_paused); });
    row->addWidget(m_pause);
    m_save = makeButton(QStringLiteral("stats.save"), tr("Save CSV…"), QStringLiteral("save"),
                        ButtonKind::Normal, ButtonSize::Small);
    connect(m_save, &QPushButton::clicked, this, &StatsTab::save);
    row->addWidget(m_save);
    return bar;
}

TextLabel* StatsTab::addChart(QGridLayout& grid, int place, const char* name, const QString& title,
                              const QString& iconName, TimeChart*& chart) {
    auto* card = new Card(title);
    card->setObjectName(QStringLiteral("stats.%1").arg(QLatin1String(name)));
    card->setIcon(iconName);
    auto* words = new TextLabel({}, TextRole::Secondary, Token::Muted);
    words->setObjectName(QStringLiteral("stats.%1.words").arg(QLatin1String(name)));
    words->setAccessibleName(title);
    words->setTextFormat(Qt::RichText);
    words->setContentsMargins(0, 0, 6, 0);
    card->addToHead(words);
    chart = new TimeChart;
    chart->setObjectName(QStringLiteral("stats.%1.chart").arg(QLatin1String(name)));
    chart->setAccessibleName(title);
    card->body()->setContentsMargins(metrics::kCardPadding, 2, metrics::kCardPadding, 6);
    card->body()->addWidget(chart);
    grid.addWidget(card, place / 2, place % 2);
    m_cards.push_back(card);
    return words;
}

QWidget* StatsTab::buildCharts() {
    auto* charts = new QWidget;
    auto* column = new QVBoxLayout(charts);
    column->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, metrics::kPageMargin);
    column->setSpacing(metrics::kSpaceLarge);
    m_grid = new QGridLayout;
    m_grid->setSpacing(metrics::kSpaceLarge);
    m_cpuWords = addChart(*m_grid, 0, "cpu", tr("CPU"), QStringLiteral("cpu"), m_cpu);
    m_memoryWords = addChart(*m_grid, 1, "memory", tr("Memory"), QStringLiteral("mem"), m_memory);
    m_networkWords = addChart(*m_grid, 2, "network", tr("Network"), QStringLiteral("network"), m_network);
    m_diskWords = addChart(*m_grid, 3, "disk", tr("Disk"), QStringLiteral("disk"), m_disk);
    m_cpu->setFormat([](double value) { return format::percent(value, format::Digits::Whole); });
    m_cpu->setLeast(10);
    const auto bytes = [](double value) {
        return value > 0 ? format::bytes(std::uint64_t(value)) : QStringLiteral("0");
    };
    m_memory->setFormat(bytes);
    m_memory->setLeast(1e6);
    for (TimeChart* chart : {m_network, m_disk}) {
        chart->setFormat([bytes](double value) { return value > 0 ? rate(value) : bytes(value); });
        chart->setLeast(kLeastRate);
    }
    column->addLayout(m_grid, 1);
    m_processes = new ProcessCard(m_context);
    column->addWidget(m_processes);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(charts);
    return scroll;
}

void StatsTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int columns = width() >= scaled(kTwoColumnsFrom) ? 2 : 1;
    int place = 0;
    for (Card* card : m_cards) {
        m_grid->addWidget(card, place / columns, place % columns);  // moves it
        ++place;
    }
}

void StatsTab::setContainer(const std::string& id) {
    if (id != m_id) {
        m_id = id;
        m_resources.reset();
        m_processes->setContainer(id);
        setPaused(false);
    }
}

void StatsTab::setActive(bool active) {
    m_active = active;
    if (active) {
        update();
        lookAtProcesses();
    }
}

void StatsTab::showSummary(const types::ContainerSummary& row) {
    const bool runs = row.pid > 0;
    m_charts->setVisible(runs);
    m_empty->setVisible(!runs);
    m_pause->setEnabled(runs);
    if (!runs) {
        m_processes->setContainer(m_id);  // those of the next start are others
    }
    if (m_active) {
        update();
    }
}

void StatsTab::showDetails(const types::ContainerDetails& details) {
    m_resources = details.spec.resources;
}

void StatsTab::refresh() {
    m_processes->look();
}

void StatsTab::setPaused(bool paused) {
    m_paused = paused;
    m_frozen = paused ? m_context.usage.history(m_id) : UsageHistory();
    m_pause->setText(paused ? tr("Go on") : tr("Pause"));
    m_pause->setIcon(themeIcon(paused ? QStringLiteral("play") : QStringLiteral("pause"), Token::Text));
    m_pause->setAccessibleName(m_pause->text());
    update();
}

void StatsTab::update() {
    const UsageHistory& history = m_paused ? m_frozen : m_context.usage.history(m_id);
    const seconds span = kRanges[std::clamp(m_range->current(), 0, 3)];
    const std::vector<UsagePoint> points = history.last(span);
    m_save->setEnabled(!history.points().empty());
    m_rate->setText(m_paused ? tr("paused; samples go on") : tr("one sample a second"));
    draw(points);
    if (!m_paused) {
        showWords();
    }
    const Usage* usage = m_context.usage.usage(m_id);
    if (usage != nullptr && !usage->fromGroup) {
        m_banner->show(Banner::Kind::Info,
                       tr("Counted over the processes that run now: those that have ended are missing"),
                       tr("Your session has no control group to count in. See System for how to get one."));
        m_gap->show();
    } else {
        m_banner->hide();
        m_gap->hide();
    }
}

void StatsTab::draw(const std::vector<UsagePoint>& points) {
    const seconds span = kRanges[std::clamp(m_range->current(), 0, 3)];
    const auto until = points.empty() ? std::chrono::system_clock::now() : points.back().time;
    m_cpu->set({series(points, &UsagePoint::cpuPercent, tr("CPU"), Token::C1, true)}, until, span);
    TimeChart::Series memory{.name = tr("Memory"), .token = Token::C2, .filled = true, .samples = {}};
    for (const UsagePoint& point : points) {
        memory.samples.push_back({point.time, point.memoryBytes});
    }
    const Usage* usage = m_context.usage.usage(m_id);
    m_memory->setLimit(usage != nullptr && usage->memoryLimit > 0 ? std::optional(double(usage->memoryLimit))
                                                                  : std::nullopt);
    m_memory->set({std::move(memory)}, until, span);
    m_network->set({series(points, &UsagePoint::receivedPerSecond, tr("in"), Token::C4, true),
                    series(points, &UsagePoint::sentPerSecond, tr("out"), Token::C3, false)},
                   until, span);
    m_disk->set({series(points, &UsagePoint::readPerSecond, tr("read"), Token::C6, true),
                 series(points, &UsagePoint::writtenPerSecond, tr("written"), Token::C5, false)},
                until, span);
}

void StatsTab::showWords() {
    const Usage* usage = m_context.usage.usage(m_id);
    const QString none = QStringLiteral("–");
    if (usage == nullptr) {
        for (TextLabel* words : {m_cpuWords, m_memoryWords, m_networkWords, m_diskWords}) {
            words->setText(none);
        }
        return;
    }
    double peak = 0;
    for (const UsagePoint& point : m_context.usage.history(m_id).points()) {
        peak = std::max(peak, point.cpuPercent.value_or(0));
    }
    m_cpuWords->setText(usage->cpuPercent ? tr("%1 · peak %2")
                                                .arg(format::percent(*usage->cpuPercent),
                                                     format::percent(peak, format::Digits::Whole))
                                          : none);
    m_memoryWords->setText(
        usage->memoryLimit > 0
            ? tr("%1 of %2").arg(format::bytes(usage->memoryBytes), format::bytes(usage->memoryLimit))
            : format::bytes(usage->memoryBytes));
    // Numbers are our own words: nothing of a stranger gets into the markup.
    const auto pair = [&](const std::optional<double>& a, Token first, const QString& aWords,
                          const std::optional<double>& b, Token second, const QString& bWords) {
        return a && b ? QStringLiteral("<font color=\"%1\">%2</font> · <font color=\"%3\">%4</font>")
                            .arg(color(first).name(), aWords.arg(rate(*a)), color(second).name(),
                                 bWords.arg(rate(*b)))
                      : none;
    };
    m_networkWords->setText(pair(usage->receivedPerSecond, Token::C4, tr("in %1"), usage->sentPerSecond,
                                 Token::C3, tr("out %1")));
    m_diskWords->setText(pair(usage->readPerSecond, Token::C6, tr("read %1"), usage->writtenPerSecond,
                              Token::C5, tr("write %1")));
}

void StatsTab::save() {
    const types::ContainerSummary* row = m_context.state.container(m_id);
    const QString name = row == nullptr ? format::shortId(m_id) : format::text(row->name);
    m_context.prompt.askFile(
        this,
        {.kind = FileQuestion::Kind::SaveFile,
         .title = tr("Save the numbers"),
         .directory = {},
         .suggestedName = name + QStringLiteral("-stats.csv")},
        [this](const std::optional<QString>& path) {
            if (!path) {
                return;
            }
            const UsageHistory& history = m_paused ? m_frozen : m_context.usage.history(m_id);
            const QByteArray text = usageCsv(history.points());
            QSaveFile file(*path);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
                m_context.toasts.showError(tr("The numbers could not be saved"), file.errorString());
                return;
            }
            noteSaved(m_context, tr("The numbers were saved"), *path);
        });
}

}  // namespace coracle::gui
