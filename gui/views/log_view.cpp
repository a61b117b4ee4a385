// SPDX-License-Identifier: Apache-2.0
#include "gui/views/log_view.h"

#include "gui/models/ansi_text.h"
#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kEdgeLeft = 12;
constexpr int kEdgeWidth = 3;
constexpr int kTextLeft = 24;
constexpr int kTopMargin = 8;
constexpr int kTimeGap = 16;
constexpr int kLevelWithin = 200;
constexpr QLatin1StringView kTimeFormat("HH:mm:ss.zzz");

Token ansiToken(int color) {
    switch (color) {
    case 1:
        return Token::Err;
    case 2:
        return Token::Ok;
    case 3:
        return Token::Warn;
    case 4:
        return Token::Info;
    case 5:
        return Token::Violet;
    case 6:
        return Token::Link;
    case 7:
        return Token::Muted;
    default:
        return Token::Text;
    }
}

Token levelToken(LogLevel level) {
    return level == LogLevel::Error ? Token::Err : level == LogLevel::Warning ? Token::Warn : Token::Muted;
}

QString timeText(types::Time time) {
    return QDateTime::fromMSecsSinceEpoch(
               std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count())
        .toString(QString(kTimeFormat));
}

}  // namespace

MarkedScrollBar::MarkedScrollBar(QWidget* parent) : QScrollBar(Qt::Vertical, parent) {
    setProperty("opaqueGround", true);
}

void MarkedScrollBar::setMarks(std::vector<float> marks) {
    m_marks = std::move(marks);
    update();
}

void MarkedScrollBar::paintEvent(QPaintEvent* event) {
    QScrollBar::paintEvent(event);
    QPainter painter(this);
    for (const float mark : m_marks) {
        painter.fillRect(QRectF(1, double(mark) * (height() - 3), width() - 3, 2), color(Token::Warn));
    }
}

LogView::LogView(QWidget* parent)
    : QAbstractScrollArea(parent), m_search(m_buffer), m_bar(new MarkedScrollBar(this)) {
    setObjectName(QStringLiteral("logs.view"));
    setAccessibleName(tr("Log"));
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBar(m_bar);
    setFocusPolicy(Qt::StrongFocus);
    setLayoutDirection(Qt::LeftToRight);  // lines of programs begin at the left wherever the window does
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    updateFont();
    connect(&m_search, &LogSearch::found, this, [this] {
        if (m_current >= int(m_search.matches().size())) {
            m_current = -1;
        }
        if (m_current < 0 && !m_search.matches().empty()) {
            const int here = m_search.firstFrom(std::size_t(firstVisibleLine()));
            m_current = here < 0 ? 0 : here;
        }
        if (m_filter.onlyMatches) {
            applyFilter();
        }
        updateMarks();
        emit currentMatchChanged();
        viewport()->update();
    });
}

void LogView::updateFont() {
    m_font = themeFont(TextRole::Code);
    const QFontMetrics metrics(m_font);
    m_rowHeight = std::max(metrics.height() + 4, scaled(21));
    m_charWidth = std::max(1.0, QFontMetricsF(m_font).horizontalAdvance(QLatin1Char('m')));
    m_timeWidth = metrics.horizontalAdvance(QStringLiteral("00:00:00.000"));
    updateRows(0);
    updateBars();
}

int LogView::textLeft() const {
    return kTextLeft + (m_showTime ? m_timeWidth + kTimeGap : 0);
}

int LogView::offset(int characters) const {
    return qRound(characters * m_charWidth);
}

int LogView::columns() const {
    return std::max(10, int((viewport()->width() - textLeft() - 12) / m_charWidth));
}

int LogView::firstVisibleLine() const {
    return int(lineAtRow(verticalScrollBar()->value()));
}

int LogView::lastVisibleLine() const {
    return int(lineAtRow(verticalScrollBar()->value() + verticalScrollBar()->pageStep() - 1));
}

void LogView::updateBars() {
    m_settingBars = true;
    const int page = std::max(1, (viewport()->height() - kTopMargin) / m_rowHeight);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, int(std::max<std::int64_t>(0, totalRows() - page)));
    const int width = viewport()->width() - textLeft() - 12;
    horizontalScrollBar()->setPageStep(width);
    horizontalScrollBar()->setSingleStep(offset(4));
    horizontalScrollBar()->setRange(0, m_wrap ? 0 : std::max(0, offset(m_longest) - width));
    if (m_follow) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
    m_settingBars = false;
}

void LogView::append(const std::vector<types::LogLine>& lines) {
    const std::size_t before = m_buffer.size();
    const LogBuffer::Change change = m_buffer.append(lines);
    if (change.dropped > 0) {
        m_search.bufferDropped(change.dropped);
        m_anchor = m_caret = {};
        m_rowStart.clear();
        m_shown.clear();
        m_levels.clear();
        if (!m_follow) {
            verticalScrollBar()->setValue(verticalScrollBar()->value() - int(change.dropped));
        }
    }
    for (std::size_t line = change.from; line < m_buffer.size(); ++line) {
        m_longest = std::max(m_longest, m_buffer.length(line));
    }
    updateRows(change.dropped > 0 ? 0 : change.from);
    if (!m_follow) {
        m_newLines += m_buffer.size() + change.dropped - before;
        emit newLinesChanged();
    }
    m_search.bufferGrew();
    updateBars();
    viewport()->update();
    emit contentChanged();
}

void LogView::clear() {
    m_buffer.clear();
    m_rowStart.clear();
    m_shown.clear();
    m_levels.clear();
    m_longest = 0;
    m_newLines = 0;
    m_current = -1;
    m_anchor = m_caret = {};
    m_search.restart();
    updateRows(0);
    updateBars();
    viewport()->update();
    emit contentChanged();
    emit newLinesChanged();
}

void LogView::setShowTime(bool on) {
    m_showTime = on;
    updateRows(0);
    updateBars();
    viewport()->update();
}

void LogView::setWrap(bool on) {
    const std::size_t top = std::size_t(firstVisibleLine());
    m_wrap = on;
    m_rowStart.clear();
    updateRows(0);
    updateBars();
    if (!m_follow && !m_buffer.empty()) {
        verticalScrollBar()->setValue(int(rowOfLine(top)));
    }
    viewport()->update();
}

void LogView::setFollow(bool on) {
    if (on == m_follow) {
        return;
    }
    m_follow = on;
    if (on) {
        m_newLines = 0;
        updateBars();
        emit newLinesChanged();
    }
    emit followChanged(on);
}

void LogView::leaveBottom() {
    if (verticalScrollBar()->value() < verticalScrollBar()->maximum()) {
        setFollow(false);
    }
}

void LogView::scrollContentsBy(int, int dy) {
    if (!m_settingBars && dy > 0) {
        leaveBottom();
    }
    viewport()->update();
    emit scrolled();
}

void LogView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateRows(0);
    updateBars();
}

void LogView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange || event->type() == QEvent::FontChange) {
        updateFont();
    }
}

void LogView::ensureVisible(std::size_t line) {
    const std::int64_t row = rowOfLine(line);
    const int top = verticalScrollBar()->value();
    const int page = verticalScrollBar()->pageStep();
    if (row < top || row >= top + page) {
        setFollow(false);
        verticalScrollBar()->setValue(int(row) - page / 2);
    }
}

void LogView::goToMatch(int index) {
    const auto& matches = m_search.matches();
    if (index < 0 || index >= int(matches.size())) {
        return;
    }
    m_current = index;
    const LogSearch::Match& match = matches[std::size_t(index)];
    ensureVisible(match.line);
    if (!m_wrap) {
        const int left = offset(match.start);
        const int view = viewport()->width() - textLeft();
        if (left < horizontalScrollBar()->value() || left > horizontalScrollBar()->value() + view - 40) {
            horizontalScrollBar()->setValue(std::max(0, left - view / 2));
        }
    }
    viewport()->update();
    emit currentMatchChanged();
}

void LogView::nextMatch() {
    const int count = int(m_search.matches().size());
    goToMatch(count == 0 ? -1 : (m_current + 1) % count);
}

void LogView::previousMatch() {
    const int count = int(m_search.matches().size());
    goToMatch(count == 0 ? -1 : (m_current + count - 1) % count);
}

void LogView::updateMarks() {
    std::vector<float> marks;
    if (m_search.active() && !m_buffer.empty()) {
        float last = -1;
        const float step = 2.0F / float(std::max(1, height()));
        for (const LogSearch::Match& match : m_search.matches()) {
            const float at = float(match.line) / float(m_buffer.size());
            if (at - last >= step) {
                marks.push_back(at);
                last = at;
            }
        }
    }
    m_bar->setMarks(std::move(marks));
}

void LogView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setLayoutDirection(Qt::LeftToRight);  // else that of the program
    painter.fillRect(viewport()->rect(), color(Token::Surface));
    painter.setFont(m_font);
    if (m_buffer.empty()) {
        return;
    }
    const std::int64_t first = verticalScrollBar()->value();
    std::size_t line = lineAtRow(first);
    int top = kTopMargin + int(rowOfLine(line) - first) * m_rowHeight;
    while (line < m_buffer.size() && top < viewport()->height()) {
        if (const int rows = rowsOf(line); rows > 0) {
            paintLine(painter, line, top);
            top += rows * m_rowHeight;
        }
        ++line;
    }
}

void LogView::paintLine(QPainter& painter, std::size_t line, int top) {
    const int rows = rowsOf(line);
    const auto& matches = m_search.matches();
    if (m_current >= 0 && m_current < int(matches.size()) && matches[std::size_t(m_current)].line == line) {
        painter.fillRect(QRect(0, top, viewport()->width(), rows * m_rowHeight), color(Token::Hover));
    }
    const AnsiText shown = parseAnsi(m_buffer.text(line));
    const std::vector<LogSearch::Match> found = m_search.matchesIn(shown.text);
    painter.save();
    if (!m_wrap) {
        painter.setClipRect(QRect(textLeft(), 0, viewport()->width() - textLeft(), viewport()->height()));
    }
    for (int row = 0; row < rows; ++row) {
        const int start = m_wrap ? row * columns() : 0;
        const int length =
            m_wrap ? std::min(columns(), int(shown.text.size()) - start) : int(shown.text.size());
        paintRow(painter, line, shown, {start, std::max(0, length), top + row * m_rowHeight}, found);
    }
    painter.restore();
    if (m_buffer.stream(line) == types::LogStream::Stderr) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::Err, 0.7F));
        painter.drawRoundedRect(QRectF(kEdgeLeft, top + 3, kEdgeWidth, rows * m_rowHeight - 6), 1.5, 1.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    if (m_showTime) {
        painter.setPen(color(Token::Faint));
        painter.drawText(QRect(kTextLeft, top, m_timeWidth + 4, m_rowHeight),
                         Qt::AlignVCenter | Qt::AlignLeft, timeText(m_buffer.time(line)));
    }
}

bool LogView::isCurrent(std::size_t line, int start) const {
    const auto& matches = m_search.matches();
    return m_current >= 0 && m_current < int(matches.size()) &&
           matches[std::size_t(m_current)].line == line && matches[std::size_t(m_current)].start == start;
}

void LogView::paintRow(QPainter& painter, std::size_t line, const AnsiText& shown, const Row& row,
                       const std::vector<LogSearch::Match>& matches) const {
    const int x = textLeft() - horizontalScrollBar()->value();
    const auto ground = [&](int from, int to, const QColor& fill) {
        from = std::clamp(from - row.start, 0, row.length);
        to = std::clamp(to - row.start, 0, row.length);
        if (to > from) {
            painter.fillRect(QRect(x + offset(from), row.top + 2, offset(to) - offset(from), m_rowHeight - 4),
                             fill);
        }
    };
    const auto [low, high] = std::minmax(m_anchor, m_caret);
    if (low != high && line >= low.line && line <= high.line) {
        ground(line == low.line ? low.column : 0, line == high.line ? high.column : int(shown.text.size()),
               color(Token::AccentSoft));
    }
    for (const LogSearch::Match& match : matches) {
        ground(match.start, match.start + match.length,
               isCurrent(line, match.start)                ? color(Token::Warn)
               : currentPalette().scheme() == Scheme::Dark ? color(Token::Warn, 0.36F)
                                                           : color(Token::WarnSoft));
    }
    paintText(painter, shown, row, x);
    for (const LogSearch::Match& match : matches) {
        const int from = match.start - row.start;
        if (isCurrent(line, match.start) && from >= 0 && from + match.length <= row.length) {
            painter.setPen(color(Token::Surface));
            painter.drawText(QRect(x + offset(from), row.top, offset(match.length) + 4, m_rowHeight),
                             Qt::AlignVCenter | Qt::AlignLeft, shown.text.mid(match.start, match.length));
        }
    }
}

void LogView::paintText(QPainter& painter, const AnsiText& shown, const Row& row, int x) const {
    // Long lines: only what can be seen is drawn.
    const int hidden = int(std::max(0, textLeft() - x) / m_charWidth);
    const int first = row.start + std::max(0, hidden - 1);
    const int last = std::min(row.start + row.length, row.start + hidden + columns() + 16);
    const auto draw = [&](int from, int to, Token token) {
        from = std::max(from, first);
        to = std::min(to, last);
        if (to > from) {
            painter.setPen(color(token));
            painter.drawText(
                QRect(x + offset(from - row.start), row.top, offset(to - from) + 64, m_rowHeight),
                Qt::AlignVCenter | Qt::AlignLeft, shown.text.mid(from, to - from));
        }
    };
    if (shown.spans.empty()) {
        const bool indented = shown.text.startsWith(QLatin1String("    "));
        const Token ink = indented ? Token::Muted : Token::Text;
        // Only the word is coloured: the state of a whole line is told by its edge.
        const QByteArray bytes = shown.text.left(kLevelWithin).toLatin1();  // one byte a character
        const LevelWord level = findLevel({bytes.constData(), std::size_t(bytes.size())});
        const int end = row.start + row.length;
        const int from = std::clamp(int(level.start), row.start, end);
        const int to = std::clamp(int(level.start + level.length), row.start, end);
        draw(row.start, from, ink);
        draw(from, to, levelToken(level.level));
        draw(to, end, ink);
        return;
    }
    for (const AnsiText::Span& span : shown.spans) {
        draw(span.start, span.start + span.length, ansiToken(span.color));
    }
}

}  // namespace coracle::gui
