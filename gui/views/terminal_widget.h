// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/terminal_screen.h"

#include <QAbstractScrollArea>
#include <QRegion>
#include <QTimer>

#include <optional>
#include <utility>
#include <vector>

namespace coracle::gui {

/// A terminal: shows a TerminalScreen and turns keys and pointer into bytes for the program. It knows
/// nothing of containers.
///
/// All keys go to the program but Ctrl+Shift+letter, Alt+1 to Alt+8, and Ctrl+Tab, which stay with the
/// window. Output is drawn at most sixty times a second, and only what changed. A paste with more than one
/// line is not sent but asked for by pasteWanted().
class TerminalWidget : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TerminalWidget(QWidget* parent = nullptr);
    ~TerminalWidget() override;

    /// What the program wrote. 64 KiB take some milliseconds.
    void feed(const QByteArray& bytes);
    /// Forget all lines.
    void clear();
    const TerminalScreen& screen() const { return m_screen; }
    /// Family of the letters, empty for the desktop's fixed font, and their size in pixels of the 13 px
    /// design, 0 for the usual one. The grid gets another size when they do.
    void setLetters(const QString& family, int pixels);
    /// Dimmed, without cursor; keys are not passed on but Enter, which emits reopenWanted().
    void setEnded(bool ended);
    bool isEnded() const { return m_ended; }

    /// Words between the two ends of the selection; empty: nothing is selected.
    QString selectedText() const;
    void copySelection();
    /// All lines, with those above the screen.
    void selectAll();
    /// Ask or send, as the text needs it.
    void paste(const QString& text);
    /// Send without asking.
    void sendText(const QString& text);

    /// Mark what has these words, without regard to capitals, and show the last one; empty: no marks.
    void search(const QString& words);
    /// Up (-1) or down (1) from the current match, around the ends.
    void step(int by);
    int matchCount() const { return int(m_matches.size()); }
    /// From 0 on; -1: there is none.
    int currentMatch() const { return m_match; }
    /// Where a cell of the grid is drawn, in the viewport.
    QRect cellRect(int line, int column) const;
    /// Parts that were painted since the last call, for tests.
    QRegion takePainted() { return std::exchange(m_painted, QRegion()); }

signals:
    /// Bytes for the program.
    void input(const QByteArray& bytes);
    /// The grid has another size, in characters.
    void sizeChanged(int columns, int rows);
    void titleChanged(const QString& title);
    void bell();
    /// Several lines: ask, then sendText().
    void pasteWanted(const QString& text);
    void copied(const QString& text);
    void matchesChanged();
    /// Enter after the end.
    void reopenWanted();
    /// The right button or the menu key; a program that asked for the pointer gets the button itself, but
    /// with Shift. `position` is global.
    void menuWanted(const QPoint& position);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Match {
        int line = 0;
        int column = 0;
        int length = 0;
    };

    void measure();
    void fitGrid();
    void updateScrollBar();
    void updateCells(const QRect& cells);
    void flush();
    int topLine() const;
    TerminalPoint pointAt(const QPoint& position) const;
    void paintLine(QPainter& painter, int line, int y, const QRect& dirty) const;
    void paintCursor(QPainter& painter) const;
    bool sendKey(QKeyEvent& event);
    bool windowsOwn(const QKeyEvent& event) const;
    bool mouseToProgram(QMouseEvent& event, bool pressed);
    std::pair<TerminalPoint, TerminalPoint> selection() const;
    void select(TerminalPoint from, TerminalPoint to);
    void findMatches();

    TerminalScreen m_screen;
    QFont m_font;
    QString m_family;
    int m_pixels = 0;
    int m_cellWidth = 8;
    int m_cellHeight = 16;
    int m_ascent = 12;
    QTimer m_paintSoon;
    QTimer m_findSoon;  ///< a search follows a flood at its own pace
    QRect m_dirty;      ///< cells that changed since the last paint
    bool m_follow = true;
    bool m_ended = false;
    std::uint64_t m_droppedBefore = 0;
    std::optional<TerminalPoint> m_anchor;
    std::optional<TerminalPoint> m_head;
    QString m_words;
    std::vector<Match> m_matches;
    int m_match = -1;
    QString m_preedit;
    QRegion m_painted;
};

}  // namespace coracle::gui
