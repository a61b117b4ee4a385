// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QRect>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace coracle::gui {

/// A colour as a program asked for it: the terminal's own, one of 256, or red, green and blue.
struct TerminalColor {
    enum class Kind : std::uint8_t { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    std::uint32_t value = 0;  ///< index, or 0xRRGGBB

    friend bool operator==(const TerminalColor&, const TerminalColor&) = default;
};

/// One place of the grid, in twelve bytes.
struct TerminalCell {
    /// A code point, or beyond the last one the number of a text with combining marks; 0: nothing.
    std::uint32_t code : 24 = 0;
    std::uint32_t width : 2 = 1;  ///< 0: the right half of a wide one
    std::uint32_t bold : 1 = 0;
    std::uint32_t italic : 1 = 0;
    std::uint32_t underline : 1 = 0;
    std::uint32_t strike : 1 = 0;
    std::uint32_t reverse : 1 = 0;
    std::uint32_t ink = 0;  ///< packed; see foreground()
    std::uint32_t ground = 0;

    TerminalColor foreground() const { return unpack(ink); }
    TerminalColor background() const { return unpack(ground); }
    static TerminalColor unpack(std::uint32_t packed);
    static std::uint32_t pack(TerminalColor color);
};

using TerminalLine = std::vector<TerminalCell>;

/// Place in the whole text: lines count from the oldest one that is kept.
struct TerminalPoint {
    int line = 0;
    int column = 0;

    friend auto operator<=>(const TerminalPoint&, const TerminalPoint&) = default;
};

/// What a program wrote to a terminal: a grid of cells and the lines that have left it at the top.
///
/// Bytes of a stranger's program come in; nothing they say reaches beyond this object but the answers that a
/// terminal owes (position, attributes), the title and the bell. Sequences that would set the clipboard, read
/// back the title or load fonts are not acted upon: libvterm knows none of them. Memory is bounded: at most
/// kMaxHistory lines of trimmed cells.
///
/// Lines before the grid never change; those of the grid may with each feed(). Not thread-safe; 64 KiB take
/// some five milliseconds.
class TerminalScreen {
public:
    static constexpr std::size_t kMaxHistory = 10'000;
    static constexpr int kMaxSide = 1000;

    /// Called during feed() and resize(), on the same thread. None of them may call back into the screen.
    struct Events {
        std::function<void(const QByteArray&)> answer;  ///< to be sent to the program
        std::function<void()> bell;
        std::function<void(const QString&)> title;
    };

    TerminalScreen(int columns, int rows, Events events);
    ~TerminalScreen();
    TerminalScreen(const TerminalScreen&) = delete;
    TerminalScreen& operator=(const TerminalScreen&) = delete;

    /// Act upon what the program wrote.
    void feed(const QByteArray& bytes);
    /// Sizes beyond kMaxSide are cut. What does not fit any more goes to the history.
    void resize(int columns, int rows);
    /// Forget everything and begin with an empty grid.
    void reset();

    int columns() const { return m_columns; }
    int rows() const { return m_rows; }
    /// Lines before the grid; 0 while a program uses the whole screen.
    int historySize() const { return int(m_history.size()); }
    int lineCount() const { return historySize() + m_rows; }
    /// Lines that were thrown away at the top since the beginning; what a view must move its places by.
    std::uint64_t dropped() const { return m_dropped; }
    /// The cells of a line; it may be shorter than the grid is wide.
    TerminalLine line(int number) const;
    /// The words of a line without the space at its end. columns: for each character of the text the column
    /// where it stands.
    QString text(int number, std::vector<int>* columns = nullptr) const;
    /// The text between two places, with a line feed after each line but the last.
    QString text(TerminalPoint from, TerminalPoint to) const;
    /// What a cell shows.
    QString glyph(const TerminalCell& cell) const;

    TerminalPoint cursor() const { return {historySize() + m_cursorRow, m_cursorColumn}; }
    bool cursorVisible() const { return m_cursorVisible; }
    bool wholeScreen() const { return m_alternate; }
    /// Whether the program wants clicks and moves of the pointer.
    bool wantsMouse() const { return m_mouse; }

    /// Cells of the grid that changed since the last call: x and width in columns, y and height in rows of
    /// the grid. Everything after the history grew.
    QRect takeDamage();

    /// Keys as they were pressed; the bytes come as `answer`. Modifiers are VTermModifier bits.
    void sendKey(int vtermKey, int modifiers);
    void sendCharacter(char32_t character, int modifiers);
    /// Text that was pasted: line feeds become returns, other control characters are dropped, because a page
    /// on the web may hide an escape sequence in what is copied from it. Programs that ask for it get the
    /// marks of bracketed paste around it.
    void sendPaste(const QString& text);
    /// Row and column in the grid.
    void sendMouse(int button, bool pressed, int row, int column, int modifiers);

private:
    struct Bridge;
    friend struct Bridge;

    TerminalCell convert(const void* cell);
    void damage(const QRect& cells);

    Events m_events;
    int m_columns;
    int m_rows;
    void* m_terminal;  ///< VTerm, VTermScreen: kept out of this header
    void* m_screen;
    std::deque<TerminalLine> m_history;
    std::uint64_t m_dropped = 0;
    std::vector<std::u32string> m_clusters;
    std::unordered_map<std::u32string, std::uint32_t> m_clusterNumbers;
    QRect m_damage;
    std::size_t m_historyAtDamage = 0;
    int m_cursorRow = 0;
    int m_cursorColumn = 0;
    bool m_cursorVisible = true;
    bool m_alternate = false;
    bool m_mouse = false;
    std::string m_title;
};

}  // namespace coracle::gui
