// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/ansi_text.h"
#include "gui/models/log_buffer.h"
#include "gui/models/log_search.h"

#include <QAbstractScrollArea>
#include <QScrollBar>

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

/// Shows a log of any length: only visible lines are ever laid out. Follows new lines until the person
/// scrolls up; End follows again. Errors carry an edge, matches a ground.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    const LogBuffer& buffer() const { return m_buffer; }
    LogSearch& search() { return m_search; }
    void append(const std::vector<types::LogLine>& lines);
    void clear();

    void setShowTime(bool on);
    void setWrap(bool on);
    bool wrap() const { return m_wrap; }
    void setFollow(bool on);
    bool follow() const { return m_follow; }
    /// Lines that arrived since following stopped.
    std::size_t newLines() const { return m_newLines; }

    /// Match that is marked, -1: none.
    int currentMatch() const { return m_current; }
    void goToMatch(int index);
    void nextMatch();
    void previousMatch();

    QString selectedText() const;
    void copy();
    void selectAll();
    int firstVisibleLine() const;
    int rowHeight() const { return m_rowHeight; }

signals:
    void followChanged(bool follow);
    void newLinesChanged();
    void currentMatchChanged();
    void contentChanged();

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
    std::vector<std::uint32_t> m_rowStart;  ///< wrap only: first row of each line, and the total
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
