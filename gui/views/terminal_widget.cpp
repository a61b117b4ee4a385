// SPDX-License-Identifier: Apache-2.0
#include "gui/views/terminal_widget.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QApplication>
#include <QClipboard>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kMargin = 14;
constexpr int kFontPixels = 13;
constexpr int kFrameMs = 16;
constexpr int kFindEveryMs = 300;
constexpr int kFirstColumns = 80;
constexpr int kFirstRows = 24;

/// The ground is dark in both themes, as programs expect of a terminal.
const Palette& colors() {
    static const Palette dark = Palette::load(Scheme::Dark);
    return dark;
}

// TABLE
QColor ansi(std::uint32_t index) {
    const Palette& p = colors();
    const QColor table[8] = {p[Token::Idle].darker(220),
                             p[Token::Err],
                             p[Token::Ok],
                             p[Token::Warn],
                             p[Token::C2],
                             p[Token::C4],
                             p[Token::C1],
                             p[Token::Text]};
    return index < 8 ? table[index] : index == 8 ? p[Token::Faint] : table[index - 8].lighter(118);
}

/// The colours of xterm: sixteen of ours, a cube of 216, then 24 greys.
QColor indexed(std::uint32_t index) {
    constexpr std::uint32_t kCube = 16;
    constexpr std::uint32_t kGrey = 232;
    if (index < kCube) {
        return ansi(index);
    }
    if (index >= kGrey) {
        const int level = 8 + int(index - kGrey) * 10;
        return {level, level, level};
    }
    const auto part = [](std::uint32_t step) { return step == 0 ? 0 : 55 + int(step) * 40; };
    const std::uint32_t cube = index - kCube;
    return {part(cube / 36), part(cube / 6 % 6), part(cube % 6)};
}

QColor shown(TerminalColor color, Token byDefault) {
    switch (color.kind) {
    case TerminalColor::Kind::Indexed:
        return indexed(color.value);
    case TerminalColor::Kind::Rgb:
        return QColor::fromRgb(color.value);
    case TerminalColor::Kind::Default:
        break;
    }
    return colors()[byDefault];
}

struct Look {
    QColor ink;
    QColor ground;
    bool bold = false;
    bool italic = false;
    bool underline = false;
    bool strike = false;

    friend bool operator==(const Look&, const Look&) = default;
};

Look lookOf(const TerminalCell& cell) {
    Look look{shown(cell.foreground(), Token::Text),
              shown(cell.background(), Token::Sidebar),
              cell.bold != 0,
              cell.italic != 0,
              cell.underline != 0,
              cell.strike != 0};
    if (cell.reverse != 0) {
        std::swap(look.ink, look.ground);
    }
    return look;
}

}  // namespace

TerminalWidget::TerminalWidget(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_screen(kFirstColumns, kFirstRows,
               {.answer = [this](const QByteArray& bytes) { emit input(bytes); },
                .bell = [this] { emit bell(); },
                .title = [this](const QString& title) { emit titleChanged(title); }}) {
    setObjectName(QStringLiteral("terminal.widget"));
    setLayoutDirection(Qt::LeftToRight);  // columns count from the left wherever the window begins
    setAccessibleName(tr("Terminal"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    measure();
    m_paintSoon.setSingleShot(true);
    m_paintSoon.setInterval(kFrameMs);
    connect(&m_paintSoon, &QTimer::timeout, this, &TerminalWidget::flush);
    m_findSoon.setSingleShot(true);
    m_findSoon.setInterval(kFindEveryMs);
    connect(&m_findSoon, &QTimer::timeout, this, [this] {
        findMatches();
        viewport()->update();
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { m_follow = value == verticalScrollBar()->maximum(); });
}

TerminalWidget::~TerminalWidget() = default;

void TerminalWidget::measure() {
    m_font = themeFont(TextRole::Code);
    if (!m_family.isEmpty()) {
        m_font.setFamily(m_family);
    }
    m_font.setPixelSize(scaled(m_pixels > 0 ? m_pixels : kFontPixels));
    m_font.setKerning(false);
    const QFontMetricsF exact(m_font);
    m_cellWidth = std::max(1, qRound(exact.horizontalAdvance(QLatin1Char('M'))));
    // Runs of letters are drawn at once: each advances by exactly one cell then.
    m_font.setLetterSpacing(QFont::AbsoluteSpacing, m_cellWidth - exact.horizontalAdvance(QLatin1Char('M')));
    m_cellHeight = qRound(exact.height()) + scaled(2);
    m_ascent = qRound(exact.ascent()) + scaled(1);
}

int TerminalWidget::topLine() const {
    return m_follow ? m_screen.historySize() : verticalScrollBar()->value();
}

QRect TerminalWidget::cellRect(int line, int column) const {
    return {scaled(kMargin) + column * m_cellWidth, scaled(kMargin) + (line - topLine()) * m_cellHeight,
            m_cellWidth, m_cellHeight};
}

TerminalPoint TerminalWidget::pointAt(const QPoint& position) const {
    const int line = topLine() + (position.y() - scaled(kMargin)) / m_cellHeight;
    const int column = (position.x() - scaled(kMargin) + m_cellWidth / 2) / m_cellWidth;
    return {std::clamp(line, 0, m_screen.lineCount() - 1), std::clamp(column, 0, m_screen.columns())};
}

void TerminalWidget::feed(const QByteArray& bytes) {
    m_screen.feed(bytes);
    if (const auto lost = int(m_screen.dropped() - m_droppedBefore); lost > 0) {
        m_droppedBefore = m_screen.dropped();
        if (m_anchor && m_head) {
            m_anchor->line = std::max(0, m_anchor->line - lost);
            m_head->line = std::max(0, m_head->line - lost);
        }
        if (!m_follow) {
            const QSignalBlocker quiet(verticalScrollBar());
            verticalScrollBar()->setValue(std::max(0, verticalScrollBar()->value() - lost));
        }
    }
    m_dirty = m_dirty.united(m_screen.takeDamage());
    if (!m_paintSoon.isActive()) {
        m_paintSoon.start();
    }
}

void TerminalWidget::flush() {
    updateScrollBar();
    updateCells(std::exchange(m_dirty, QRect()));
    if (!m_words.isEmpty() && !m_findSoon.isActive()) {
        m_findSoon.start();
    }
}

void TerminalWidget::updateScrollBar() {
    const bool follow = m_follow;
    QScrollBar* bar = verticalScrollBar();
    const QSignalBlocker quiet(bar);
    bar->setRange(0, m_screen.historySize());
    bar->setPageStep(m_screen.rows());
    if (follow) {
        bar->setValue(bar->maximum());
    }
    m_follow = follow;
}

void TerminalWidget::updateCells(const QRect& cells) {
    if (cells.isEmpty()) {
        return;
    }
    const QRect first = cellRect(m_screen.historySize() + cells.top(), cells.left());
    viewport()->update(
        QRect(first.topLeft(), QSize(cells.width() * m_cellWidth, cells.height() * m_cellHeight)));
}

void TerminalWidget::clear() {
    m_screen.reset();
    m_anchor.reset();
    m_head.reset();
    m_follow = true;
    flush();
    viewport()->update();
}

void TerminalWidget::setEnded(bool ended) {
    m_ended = ended;
    viewport()->update();
}

void TerminalWidget::setLetters(const QString& family, int pixels) {
    if (family != m_family || pixels != m_pixels) {
        m_family = family;
        m_pixels = pixels;
        measure();
        fitGrid();
        viewport()->update();
    }
}

void TerminalWidget::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    fitGrid();
}

void TerminalWidget::fitGrid() {
    const int columns = std::max(2, (viewport()->width() - 2 * scaled(kMargin)) / m_cellWidth);
    const int rows = std::max(1, (viewport()->height() - 2 * scaled(kMargin)) / m_cellHeight);
    if (columns != m_screen.columns() || rows != m_screen.rows()) {
        m_screen.resize(columns, rows);
        m_anchor.reset();
        m_head.reset();
        updateScrollBar();
        viewport()->update();
        emit sizeChanged(columns, rows);
    }
}

void TerminalWidget::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) {
        measure();
        fitGrid();
        viewport()->update();
    }
}

void TerminalWidget::scrollContentsBy(int /*dx*/, int /*dy*/) {
    viewport()->update();
}

void TerminalWidget::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.setLayoutDirection(Qt::LeftToRight);  // else that of the program
    m_painted += event->region();
    const QRect dirty = event->rect();
    painter.fillRect(dirty, colors()[Token::Sidebar]);
    const int first = std::max(0, (dirty.top() - scaled(kMargin)) / m_cellHeight);
    const int last = std::min(m_screen.rows() - 1, (dirty.bottom() - scaled(kMargin)) / m_cellHeight);
    for (int row = first; row <= last; ++row) {
        paintLine(painter, topLine() + row, scaled(kMargin) + row * m_cellHeight, dirty);
    }
    paintCursor(painter);
    if (m_ended) {
        QColor veil = colors()[Token::Sidebar];
        veil.setAlphaF(0.45F);
        painter.fillRect(dirty, veil);
    }
}

void TerminalWidget::paintLine(QPainter& painter, int line, int y, const QRect& dirty) const {
    const TerminalLine cells = m_screen.line(line);
    const int left = scaled(kMargin);
    const auto [from, to] = selection();
    std::size_t begin = 0;
    while (begin < cells.size()) {
        const Look look = lookOf(cells[begin]);
        QString run;
        std::size_t end = begin;
        // Letters that a fixed font draws in one cell share a run; all others are drawn by themselves.
        while (end < cells.size() && lookOf(cells[end]) == look) {
            const TerminalCell& cell = cells[end];
            const bool simple = cell.width == 1 && cell.code < 0x7F;
            if (!simple && end > begin) {
                break;
            }
            run += cell.code == 0 ? QString(QLatin1Char(' ')) : m_screen.glyph(cell);
            end += cell.width == 2 ? 2 : 1;
            if (!simple) {
                break;
            }
        }
        end = std::min(end, cells.size());
        const QRect place(left + int(begin) * m_cellWidth, y, int(end - begin) * m_cellWidth, m_cellHeight);
        if (place.intersects(dirty)) {
            if (look.ground != colors()[Token::Sidebar]) {
                painter.fillRect(place, look.ground);
            }
            QFont font = m_font;
            font.setBold(look.bold);
            font.setItalic(look.italic);
            font.setUnderline(look.underline);
            font.setStrikeOut(look.strike);
            painter.setFont(font);
            painter.setPen(look.ink);
            painter.drawText(place.left(), y + m_ascent, run);
        }
        begin = end;
    }
    const auto mark = [&](int column, int length, const QColor& tint) {
        painter.fillRect(QRect(left + column * m_cellWidth, y, length * m_cellWidth, m_cellHeight), tint);
    };
    int number = 0;
    for (const Match& match : m_matches) {
        if (match.line == line) {
            QColor tint = colors()[number == m_match ? Token::Warn : Token::C2];
            tint.setAlphaF(number == m_match ? 0.55F : 0.35F);
            mark(match.column, match.length, tint);
        }
        ++number;
    }
    if (from < to && line >= from.line && line <= to.line) {
        const int begins = line == from.line ? from.column : 0;
        const int ends = line == to.line ? to.column : m_screen.columns();
        QColor tint = colors()[Token::Accent];
        tint.setAlphaF(0.35F);
        mark(begins, ends - begins, tint);
    }
}

void TerminalWidget::paintCursor(QPainter& painter) const {
    if (m_ended || !m_screen.cursorVisible()) {
        return;
    }
    const TerminalPoint at = m_screen.cursor();
    const QRect place = cellRect(at.line, at.column);
    if (place.top() > viewport()->height()) {
        return;
    }
    if (!m_preedit.isEmpty()) {
        painter.setFont(m_font);
        painter.fillRect(QRect(place.topLeft(), QSize(int(m_preedit.size()) * m_cellWidth, m_cellHeight)),
                         colors()[Token::Raised]);
        painter.setPen(colors()[Token::Accent]);
        painter.drawText(place.left(), place.top() + m_ascent, m_preedit);
        return;
    }
    if (!hasFocus()) {
        painter.setPen(colors()[Token::Muted]);
        painter.drawRect(place.adjusted(0, 0, -1, -1));
        return;
    }
    painter.fillRect(place, colors()[Token::Text]);
    const TerminalLine cells = m_screen.line(at.line);
    if (std::size_t(at.column) < cells.size()) {
        painter.setFont(m_font);
        painter.setPen(colors()[Token::Sidebar]);
        painter.drawText(place.left(), place.top() + m_ascent, m_screen.glyph(cells[std::size_t(at.column)]));
    }
}

void TerminalWidget::findMatches() {
    m_matches.clear();
    for (int line = 0; line < m_screen.lineCount(); ++line) {
        std::vector<int> columns;
        const QString text = m_screen.text(line, &columns);
        qsizetype at = text.indexOf(m_words, 0, Qt::CaseInsensitive);
        while (at >= 0) {
            const int begin = columns[std::size_t(at)];
            const int end = columns[std::size_t(at + m_words.size() - 1)] + 1;
            m_matches.push_back({line, begin, end - begin});
            at = text.indexOf(m_words, at + m_words.size(), Qt::CaseInsensitive);
        }
    }
    m_match = std::min(m_match, matchCount() - 1);
    emit matchesChanged();
}

void TerminalWidget::search(const QString& words) {
    m_words = words;
    m_match = -1;
    if (words.isEmpty()) {
        m_matches.clear();
        emit matchesChanged();
        viewport()->update();
        return;
    }
    findMatches();
    step(0);
}

void TerminalWidget::step(int by) {
    const int count = matchCount();
    if (count == 0) {
        viewport()->update();
        return;
    }
    m_match = m_match < 0 ? count - 1 : (m_match + by + count) % count;
    const int line = m_matches[std::size_t(m_match)].line;
    if (line < topLine() || line >= topLine() + m_screen.rows()) {
        verticalScrollBar()->setValue(line - m_screen.rows() / 2);
    }
    viewport()->update();
    emit matchesChanged();
}

}  // namespace coracle::gui
