// SPDX-License-Identifier: Apache-2.0
#include "gui/views/logs_tab.h"

#include "gui/dialogs/prompt.h"
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/shortcuts.h"
#include "gui/views/log_view.h"
#include "gui/views/page_header.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/filter_edit.h"
#include "gui/widgets/log_histogram.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/state_label.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/toast_host.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSaveFile>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace coracle::gui {

namespace {

constexpr int kClearButton = 34;
constexpr int kCountEveryMs = 300;
/// A reader that follows does not say when it has told all there was.
constexpr int kFirstLinesMs = 500;
constexpr int kFiltersFrom = 980;
constexpr int kSearchStretch = 100;  // up to its largest width before the gap gets anything

enum Mode { CaseMode, RegexMode, OnlyMode };
enum Option { TimeOption, WrapOption, FollowOption };

}  // namespace

LogsTab::LogsTab(const PageContext& context) : m_context(context) {
    setObjectName(QStringLiteral("logs"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_view = new LogView;
    column->addWidget(buildBar());
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("logs.error"));
    connect(m_banner->addButton(QStringLiteral("logs.retry"), tr("Try again")), &QAbstractButton::clicked,
            this, &LogsTab::read);
    column->addWidget(m_banner);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_view);
    m_empty =
        new EmptyState(QStringLiteral("list"), tr("No output yet"),
                       tr("What the container writes to its output appears here and is kept after it ends."));
    m_empty->setObjectName(QStringLiteral("logs.empty"));
    m_stack->addWidget(m_empty);
    m_noMatch = new EmptyState(QStringLiteral("search"), {}, {});
    m_noMatch->setObjectName(QStringLiteral("logs.noMatch"));
    connect(m_noMatch->addButton(QStringLiteral("logs.noMatch.all"), tr("Show all lines")),
            &QAbstractButton::clicked, this, &LogsTab::showAllLines);
    m_stack->addWidget(m_noMatch);
    column->addWidget(m_stack, 1);
    column->addWidget(buildFooter());
    m_newLines = makeButton(QStringLiteral("logs.newLines"), {}, QStringLiteral("pull"), ButtonKind::Primary);
    m_newLines->setParent(m_view);
    m_newLines->hide();
    connect(m_newLines, &QPushButton::clicked, this, [this] { m_view->setFollow(true); });
    m_view->installEventFilter(this);
    connect(m_view, &LogView::newLinesChanged, this, &LogsTab::placeNewLines);
    connect(m_view, &LogView::followChanged, this, [this](bool follow) {
        const QSignalBlocker quiet(m_options);
        m_options->button(FollowOption)->setChecked(follow);
        updateFooter();
        placeNewLines();
    });
    connect(m_view, &LogView::contentChanged, this, &LogsTab::updateFooter);
    connect(m_view, &LogView::currentMatchChanged, this, &LogsTab::updateCount);
    connect(&m_context.state, &EngineState::containersChanged, this, [this] {
        // A log that ended because its container did goes on when it runs again.
        const types::ContainerSummary* row = m_context.state.container(m_id);
        if (m_active && !m_reading && row != nullptr && row->pid > 0) {
            read();
        }
        updateFooter();
    });
}

QWidget* LogsTab::buildBar() {
    auto* bar = new Panel(Token::Window, Qt::BottomEdge);
    auto* column = new QVBoxLayout(bar);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    column->addWidget(buildSearchRow());
    m_histogram = new LogHistogram;
    auto* around = new QHBoxLayout;
    around->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 4);
    around->addWidget(m_histogram);
    column->addLayout(around);
    m_histogram->hide();
    connect(m_histogram, &LogHistogram::timeChosen, m_view, &LogView::goToTime);
    connect(m_view, &LogView::scrolled, this, &LogsTab::updateHistogram);
    m_countLater.setSingleShot(true);
    m_countLater.setInterval(kCountEveryMs);
    connect(&m_countLater, &QTimer::timeout, this, [this] {
        m_histogram->count(m_view->buffer());
        m_histogram->setVisible(!m_histogram->isEmpty());
        updateHistogram();
    });
    m_firstLines.setSingleShot(true);
    m_firstLines.setInterval(kFirstLinesMs);
    connect(&m_firstLines, &QTimer::timeout, this, &LogsTab::updateFooter);
    updateCount();
    return bar;
}

QWidget* LogsTab::buildSearchRow() {
    auto* bar = new QWidget;
    bar->setFixedHeight(scaled(metrics::kFilterBar));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(metrics::kPageMargin, 0, metrics::kPageMargin, 1);
    row->setSpacing(metrics::kSpaceSmall);
    m_search = new FilterEdit(QStringLiteral("logs.search"), tr("Search the log"));
    m_search->setMinimumWidth(scaled(130));
    m_search->setMaximumWidth(scaled(260));
    row->addWidget(m_search, kSearchStretch);
    // Inside the input, at its end, so that the buttons behind it stand still.
    auto* within = new QHBoxLayout(m_search);
    const int clear = scaled(kClearButton);
    m_search->isRightToLeft() ? within->setContentsMargins(clear, 0, 0, 0)
                              : within->setContentsMargins(0, 0, clear, 0);
    within->addStretch(1);
    m_count = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_count->setObjectName(QStringLiteral("logs.count"));
    m_count->setAttribute(Qt::WA_TransparentForMouseEvents);
    within->addWidget(m_count);
    m_previous =
        makeIconButton(QStringLiteral("logs.prev"), tr("Previous match (Shift+F3)"), QStringLiteral("up"));
    m_next = makeIconButton(QStringLiteral("logs.next"), tr("Next match (F3)"), QStringLiteral("down"));
    row->addWidget(m_previous);
    row->addWidget(m_next);
    m_mode = new Segments(Segments::Choice::Any);
    m_mode->setSmall();
    m_mode->setObjectName(QStringLiteral("logs"));
    m_mode->add(QStringLiteral("case"), QStringLiteral("Aa"));
    m_mode->add(QStringLiteral("regex"), QStringLiteral(".*"));
    m_mode->add(QStringLiteral("only"), tr("Only matches"));
    m_mode->button(CaseMode)->setAccessibleName(tr("Match case"));
    m_mode->button(CaseMode)->setToolTip(tr("Match case"));
    m_mode->button(RegexMode)->setAccessibleName(tr("Regular expression"));
    m_mode->button(RegexMode)->setToolTip(tr("Regular expression"));
    row->addWidget(m_mode);
    row->addStretch(1);
    addFilters(*row);
    m_options = new Segments(Segments::Choice::Any);
    m_options->setSmall();
    m_options->setObjectName(QStringLiteral("logs"));
    m_options->add(QStringLiteral("time"), tr("Time"), QStringLiteral("clock"));
    m_options->add(QStringLiteral("wrap"), tr("Wrap"), QStringLiteral("wrap"));
    m_options->add(QStringLiteral("follow"), tr("Follow"), QStringLiteral("follow"));
    m_options->button(TimeOption)->setChecked(true);
    m_options->button(FollowOption)->setChecked(true);
    row->addWidget(m_options);
    auto* saveButton =
        makeIconButton(QStringLiteral("logs.save"), tr("Save the log"), QStringLiteral("save"));
    row->addWidget(saveButton);
    connect(saveButton, &QToolButton::clicked, this, &LogsTab::save);
    connect(m_search, &QLineEdit::textChanged, this, &LogsTab::updateSearch);
    connect(m_mode, &Segments::toggled, this,
            [this](int mode) { mode == OnlyMode ? updateFilter() : updateSearch(); });
    connect(m_search, &QLineEdit::returnPressed, m_view, &LogView::nextMatch);
    connect(m_search, &FilterEdit::left, this, [this] { m_view->setFocus(); });
    connect(m_previous, &QToolButton::clicked, m_view, &LogView::previousMatch);
    connect(m_next, &QToolButton::clicked, m_view, &LogView::nextMatch);
    connect(m_options, &Segments::toggled, this, [this](int option, bool on) {
        if (option == TimeOption) {
            m_view->setShowTime(on);
        } else if (option == WrapOption) {
            m_view->setWrap(on);
        } else {
            m_view->setFollow(on);
        }
    });
    bindKey(this, KeyId::NextMatch, [this] { m_view->nextMatch(); });
    bindKey(this, KeyId::PreviousMatch, [this] { m_view->previousMatch(); });
    return bar;
}

void LogsTab::addFilters(QHBoxLayout& row) {
    const auto add = [&row](const QString& objectName, const QString& words) {
        auto* box = new QComboBox;
        box->setObjectName(objectName);
        box->setAccessibleName(words);
        box->setToolTip(words);
        box->setFont(themeFont(TextRole::Secondary));
        box->setFixedHeight(scaled(metrics::kControlSmall));
        row.addWidget(box);
        return box;
    };
    m_level = add(QStringLiteral("logs.level"), tr("Levels that are shown"));
    m_level->addItem(tr("All levels"), int(LogLevel::None));
    m_level->addItem(tr("From info"), int(LogLevel::Info));
    m_level->addItem(tr("From warnings"), int(LogLevel::Warning));
    m_level->addItem(tr("Errors"), int(LogLevel::Error));
    m_since = add(QStringLiteral("logs.since"), tr("Time that is shown"));
    m_since->addItem(tr("Since start"), 0);
    m_since->addItem(tr("Last 5 min"), 5);
    m_since->addItem(tr("Last hour"), 60);
    m_since->addItem(tr("Last day"), 24 * 60);
    for (QComboBox* box : {m_level, m_since}) {
        connect(box, &QComboBox::currentIndexChanged, this, &LogsTab::updateFilter);
    }
}

QWidget* LogsTab::buildFooter() {
    auto* footer = new Panel(Token::Window, Qt::TopEdge);
    footer->setProperty(kPageFoot, true);
    footer->setFixedHeight(scaled(metrics::kStatusBar));
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(metrics::kPageMargin, 1, metrics::kPageMargin, 0);
    row->setSpacing(metrics::kSpaceLarge);
    m_size = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_size->setObjectName(QStringLiteral("logs.size"));
    row->addWidget(m_size);
    auto* errors = new StateLabel;
    errors->setState({}, tr("error output"), {Token::Err, false});
    row->addWidget(errors);
    row->addStretch(1);
    m_state = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_state->setObjectName(QStringLiteral("logs.state"));
    row->addWidget(m_state);
    return footer;
}

void LogsTab::setContainer(const std::string& id) {
    if (id == m_id) {
        return;
    }
    m_request.cancel();
    m_request = {};
    m_reading = false;
    m_firstLines.stop();
    m_lastTime.reset();
    m_id = id;
    m_view->clear();
    m_view->setFollow(true);
    m_saidAbove.clear();
    showProblem(std::nullopt);
    updateFooter();
}

void LogsTab::setActive(bool active) {
    if (active == m_active) {
        return;
    }
    m_active = active;
    if (active) {
        read();
    } else {
        m_request.cancel();
        m_request = {};
        m_reading = false;
    }
}

void LogsTab::read() {
    if (m_id.empty() || m_reading) {
        return;
    }
    m_reading = true;
    m_firstLines.start();
    showProblem(std::nullopt);
    types::LogOptions options;
    options.follow = true;
    if (m_lastTime) {
        // What was seen already is not asked for again.
        options.since = *m_lastTime + std::chrono::nanoseconds(1);
    }
    const std::string id = m_id;
    m_request = m_context.engine.readLog(
        this, id, options,
        [this, id](const LogBatch& batch) {
            if (id == m_id && m_active && !batch->empty()) {
                m_lastTime = batch->back().time;
                m_view->append(*batch);
            }
        },
        [this, id](const Result<>& result) {
            if (id == m_id && m_active) {
                onEnd(result);
            }
        });
    updateFooter();
}

void LogsTab::onEnd(const Result<>& result) {
    m_reading = false;
    m_firstLines.stop();
    if (!result && result.error().kind() != ErrorKind::Cancelled) {
        showProblem(result.error());
    }
    updateFooter();
}

/// A log that is being read comes by itself.
void LogsTab::refresh() {
    if (m_active && m_problem) {
        read();
    }
}

void LogsTab::showDetailsProblem(const QString& words) {
    m_saidAbove = words;
    showProblem(std::optional(m_problem));
}

/// What the page says already is not said twice: the same trouble keeps all of a container from being read.
void LogsTab::showProblem(const std::optional<Error>& problem) {
    m_problem = problem;
    if (m_problem && format::sentence(m_problem->message()) != m_saidAbove) {
        m_banner->show(Banner::Kind::Error, format::sentence(m_problem->message()),
                       format::sentence(m_problem->hint()));
    } else {
        m_banner->hide();
    }
}

void LogsTab::updateSearch() {
    const bool valid = m_view->search().setQuery(
        m_search->text(), m_mode->button(CaseMode)->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive,
        m_mode->button(RegexMode)->isChecked());
    setInputMark(*m_search, valid ? InputMark::None : InputMark::Error);
    m_search->setToolTip(m_view->search().problem());
    if (m_view->filter().onlyMatches) {
        m_view->applyFilter();
    }
    updateCount();
}

void LogsTab::updateFilter() {
    LogFilter filter;
    filter.onlyMatches = m_mode->button(OnlyMode)->isChecked();
    filter.minimum = static_cast<LogLevel>(m_level->currentData().toInt());
    if (const int minutes = m_since->currentData().toInt(); minutes > 0) {
        filter.since = std::chrono::system_clock::now() - std::chrono::minutes(minutes);
    }
    m_view->setFilter(filter);
}

void LogsTab::updateHistogram() {
    const LogBuffer& buffer = m_view->buffer();
    if (!buffer.empty()) {
        m_histogram->setVisibleRange(buffer.time(std::size_t(m_view->firstVisibleLine())),
                                     buffer.time(std::size_t(m_view->lastVisibleLine())));
    }
}

void LogsTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Search and follow are what a narrow window is for; a filter that is on stays in sight.
    const bool wide = width() >= scaled(kFiltersFrom);
    m_level->setVisible(wide || m_view->filter().minimum != LogLevel::None);
    m_since->setVisible(wide || m_view->filter().since.has_value());
}

void LogsTab::updateCount() {
    const LogSearch& search = m_view->search();
    const int total = int(search.matches().size());
    m_previous->setEnabled(total > 0);
    m_next->setEnabled(total > 0);
    if (m_search->text().isEmpty()) {
        m_count->setText({});
    } else if (!search.problem().isEmpty()) {
        m_count->setText(tr("not valid"));
    } else if (total == 0) {
        m_count->setText(search.done() ? tr("none") : tr("searching"));
    } else {
        m_count->setText(tr("%L1 of %L2").arg(m_view->currentMatch() + 1).arg(total));
    }
    m_search->setEndRoom(m_count->text().isEmpty() ? 0 : m_count->sizeHint().width() + 6);
}

void LogsTab::updateFooter() {
    const LogBuffer& buffer = m_view->buffer();
    const types::ContainerSummary* row = m_context.state.container(m_id);
    const bool runs = row != nullptr && row->pid > 0;
    const bool searched = !m_view->filter().onlyMatches || m_view->search().done();
    const bool filtered = !buffer.empty() && m_view->filter().active();
    const std::size_t shown = filtered ? m_view->shownLines() : buffer.size();
    const bool none = filtered && searched && shown == 0;
    if (none) {
        const bool words = m_view->filter().onlyMatches && !m_search->text().isEmpty();
        m_noMatch->setText(
            words ? tr("No line matches “%1”").arg(m_search->text()) : tr("No line of this kind"),
            tr("%Ln lines are hidden", nullptr, int(buffer.size())));
    }
    showPart(buffer.empty() && !m_firstLines.isActive() && !m_problem ? static_cast<QWidget*>(m_empty)
             : none                                                   ? static_cast<QWidget*>(m_noMatch)
                                                                      : m_view);
    QString size =
        tr("%Ln lines", nullptr, int(buffer.size())) + QStringLiteral(" · ") + format::bytes(buffer.bytes());
    if (buffer.dropped() > 0) {
        size += QStringLiteral(" · ") + tr("older lines are not shown");
    }
    if (filtered) {
        size = tr("%L1 of %2").arg(shown).arg(size);
    }
    m_size->setText(size);
    if (!m_countLater.isActive()) {
        m_countLater.start();
    }
    m_state->setText(!m_view->follow() ? tr("Paused while you read · End to follow again")
                     : runs            ? tr("Following")
                                       : tr("The container is not running; its output is kept"));
}

/// Keys that were in a part which goes are in the next one.
void LogsTab::showPart(QWidget* part) {
    QWidget* before = m_stack->currentWidget();
    if (part == before) {
        return;
    }
    const bool keys = before->isAncestorOf(QApplication::focusWidget());
    m_stack->setCurrentWidget(part);
    if (keys) {
        mainWidget()->setFocus();
    }
}

void LogsTab::showAllLines() {
    m_level->setCurrentIndex(0);
    m_since->setCurrentIndex(0);
    m_mode->button(OnlyMode)->setChecked(false);
    updateFilter();
}

void LogsTab::placeNewLines() {
    const std::size_t count = m_view->newLines();
    m_newLines->setVisible(count > 0 && !m_view->follow());
    m_newLines->setText(tr("%Ln new lines", nullptr, int(count)));
    m_newLines->setAccessibleName(m_newLines->text());
    m_newLines->adjustSize();
    m_newLines->move(m_view->width() - m_newLines->width() - 28,
                     m_view->height() - m_newLines->height() - 14);
    m_newLines->raise();
}

bool LogsTab::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::Resize) {
        placeNewLines();
    }
    return QWidget::eventFilter(watched, event);
}

bool LogsTab::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
    return true;
}

QWidget* LogsTab::mainWidget() {
    return m_stack->currentWidget() == m_noMatch
               ? m_noMatch->findChild<QWidget*>(QStringLiteral("logs.noMatch.all"))
               : static_cast<QWidget*>(m_view);
}

void LogsTab::save() {
    const types::ContainerSummary* row = m_context.state.container(m_id);
    const QString name = row == nullptr ? format::shortId(m_id) : format::text(row->name);
    m_context.prompt.askFile(
        this,
        {.kind = FileQuestion::Kind::SaveFile,
         .title = tr("Save the log"),
         .directory = {},
         .suggestedName = name + QStringLiteral(".log")},
        [this](const std::optional<QString>& path) {
            if (!path) {
                return;
            }
            QSaveFile file(*path);
            bool good = file.open(QIODevice::WriteOnly);
            const LogBuffer& buffer = m_view->buffer();
            for (std::size_t line = 0; good && line < buffer.size(); ++line) {
                const std::string_view text = buffer.text(line);
                good =
                    file.write(text.data(), qint64(text.size())) == qint64(text.size()) && file.putChar('\n');
            }
            if (!good || !file.commit()) {
                m_context.toasts.showError(tr("The log could not be saved"), file.errorString());
                return;
            }
            noteSaved(m_context, tr("The log was saved"), *path);
        });
}

}  // namespace coracle::gui
