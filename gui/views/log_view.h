// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/ansi_text.h"
#include "gui/models/log_buffer.h"
#include "gui/models/log_level.h"
#include "gui/models/log_search.h"

#include <QAbstractScrollArea>
#include <QScrollBar>

#include <optional>
#include <vector>

namespace coracle::gui {

/// Scroll bar with the places of matches.
class MarkedScrollBar : public QScrollBar {
    Q_OBJECT
public:
    explicit MarkedScrollBar(QWidget* parent = nullptr);
    /// Positions between 0 and 1.
    void setMarks(std::vector<float> marks);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<float> m_marks;
};

/// Which lines of a log are shown.
struct LogFilter {
    bool onlyMatches = false;           ///< those in which the search finds something; all while none runs
    LogLevel minimum = LogLevel::None;  ///< None: all. A line without a level goes with the one it continues
    std::optional<types::Time> since;

    bool active() const { return onlyMatches || minimum != LogLevel::None || since.has_value(); }
    friend bool operator==(const LogFilter&, const LogFilter&) = default;
};

/// Shows a log of any length: only visible lines are ever laid out. Follows new lines until the person
/// scrolls up; End follows again. Errors carry an edge, matches a ground.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    const LogBuffer& buffer() const { return m_buffer; }
    LogSearch& search() { return m_search; }
    /// Takes a copy of the bytes. Scrolls only while it follows.
    void append(const std::vector<types::LogLine>& lines);
    /// Empty, for another log; a search stays and finds in what comes.
    void clear();

    /// The time of each line, in the zone of this computer.
    void setShowTime(bool on);
    /// Break long lines at the right edge; the first visible line stays.
    void setWrap(bool on);
    bool wrap() const { return m_wrap; }
    /// Lines that do not pass are there, but take no room; they are neither copied nor counted as shown.
    void setFilter(const LogFilter& filter);
    const LogFilter& filter() const { return m_filter; }
    /// Look at all lines again, because what is searched for is something else.
    void applyFilter();
    std::size_t shownLines() const;
    bool isShown(std::size_t line) const { return m_shown.empty() || m_shown[line]; }
    /// On: go to the end and stay there.
    void setFollow(bool on);
    bool follow() const { return m_follow; }
    /// Lines that arrived since following stopped.
    std::size_t newLines() const { return m_newLines; }

    /// Match that is marked, -1: none.
    int currentMatch() const { return m_current; }
    /// Mark it and scroll to it; following ends when it is out of sight. Nothing for a wrong index.
    void goToMatch(int index);
    /// Around the end to the first.
    void nextMatch();
    void previousMatch();

    /// Whole lines as they were written, parts of lines as they are shown.
    QString selectedText() const;
    /// The selection to the clipboard; nothing when there is none.
    void copy();
    void selectAll();
    /// Counted from the oldest line kept.
    int firstVisibleLine() const;
    int lastVisibleLine() const;
    /// Scroll to the first line that is not older; following ends unless that is the end.
    void goToTime(types::Time time);
    int rowHeight() const { return m_rowHeight; }

signals:
    /// By the person's scrolling, too.
    void followChanged(bool follow);
    void newLinesChanged();
    void currentMatchChanged();
    /// Lines came or went.
    void contentChanged();
    /// Other lines can be seen.
    void scrolled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Position {
        std::size_t line = 0;
        int column = 0;
        friend auto operator<=>(const Position&, const Position&) = default;
    };

    /// Whether rows and lines are not the same.
    bool mapped() const { return m_wrap || m_filter.active(); }
    bool passes(std::size_t line, LogLevel level) const;
    void updateFont();
    void updateRows(std::size_t from);
    void updateBars();
    int columns() const;
    int rowsOf(std::size_t line) const;
    std::int64_t totalRows() const;
    std::size_t lineAtRow(std::int64_t row) const;
    std::int64_t rowOfLine(std::size_t line) const;
    int textLeft() const;
    /// Left edge of a character that many places from the start.
    int offset(int characters) const;
    Position positionAt(const QPoint& point) const;
    void paintLine(QPainter& painter, std::size_t line, int top);
    /// A part of a line that stands in one row of the screen.
    struct Row {
        int start = 0;
        int length = 0;
        int top = 0;
    };
    bool isCurrent(std::size_t line, int start) const;
    void paintRow(QPainter& painter, std::size_t line, const AnsiText& shown, const Row& row,
                  const std::vector<LogSearch::Match>& matches) const;
    void paintText(QPainter& painter, const AnsiText& shown, const Row& row, int x) const;
    void ensureVisible(std::size_t line);
    void leaveBottom();
    void updateMarks();

    LogBuffer m_buffer;
    LogSearch m_search;
    MarkedScrollBar* m_bar;
    std::vector<std::uint32_t> m_rowStart;  ///< when mapped(): first row of each line, and the total
    LogFilter m_filter;
    std::vector<bool> m_shown;  ///< while a filter is active: for each line
    std::vector<LogLevel>
        m_levels;  ///< while levels matter: of each line, inherited by those that continue it
    QFont m_font;
    int m_rowHeight = 21;
    double m_charWidth = 7;  ///< the fixed font may have a width between two pixels
    int m_timeWidth = 0;
    int m_longest = 0;
    bool m_showTime = true;
    bool m_wrap = false;
    bool m_follow = true;
    bool m_settingBars = false;
    std::size_t m_newLines = 0;
    int m_current = -1;
    Position m_anchor;
    Position m_caret;
};

}  // namespace coracle::gui
