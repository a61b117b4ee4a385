// SPDX-License-Identifier: Apache-2.0
#include "gui/models/terminal_screen.h"

#include <algorithm>

#include <vterm.h>

namespace coracle::gui {

namespace {

constexpr std::uint32_t kFirstCluster = 0x110000;  // one beyond the last code point
constexpr std::size_t kMaxClusters = 8192;
constexpr std::uint32_t kKindShift = 24;
constexpr std::uint32_t kValueMask = 0xFFFFFF;
constexpr int kMaxTitle = 200;

VTerm* terminalOf(void* pointer) {
    return static_cast<VTerm*>(pointer);
}

VTermScreen* screenOf(void* pointer) {
    return static_cast<VTermScreen*>(pointer);
}

std::uint32_t packed(const VTermColor& color) {
    if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color)) {
        return 0;
    }
    if (VTERM_COLOR_IS_INDEXED(&color)) {
        return TerminalCell::pack({TerminalColor::Kind::Indexed, color.indexed.idx});
    }
    const std::uint32_t rgb =
        std::uint32_t(color.rgb.red) << 16U | std::uint32_t(color.rgb.green) << 8U | color.rgb.blue;
    return TerminalCell::pack({TerminalColor::Kind::Rgb, rgb});
}

bool isEmpty(const TerminalCell& cell) {
    return (cell.code == 0 || cell.code == U' ') && cell.ground == 0 && cell.reverse == 0 &&
           cell.underline == 0 && cell.strike == 0 && cell.width == 1;
}

}  // namespace

TerminalColor TerminalCell::unpack(std::uint32_t packed) {
    return {static_cast<TerminalColor::Kind>(packed >> kKindShift), packed & kValueMask};
}

std::uint32_t TerminalCell::pack(TerminalColor color) {
    return static_cast<std::uint32_t>(color.kind) << kKindShift | color.value;
}

/// The callbacks of libvterm; `user` is the screen.
struct TerminalScreen::Bridge {
    static TerminalScreen& self(void* user) { return *static_cast<TerminalScreen*>(user); }

    static int damaged(VTermRect rect, void* user) {
        self(user).damage(QRect(rect.start_col, rect.start_row, rect.end_col - rect.start_col,
                                rect.end_row - rect.start_row));
        return 1;
    }

    static int moveCursor(VTermPos pos, VTermPos old, int visible, void* user) {
        TerminalScreen& screen = self(user);
        screen.m_cursorRow = pos.row;
        screen.m_cursorColumn = pos.col;
        screen.m_cursorVisible = visible != 0;
        screen.damage(QRect(old.col, old.row, 2, 1));
        screen.damage(QRect(pos.col, pos.row, 2, 1));
        return 1;
    }

    static int setProperty(VTermProp property, VTermValue* value, void* user) {
        TerminalScreen& screen = self(user);
        switch (property) {
        case VTERM_PROP_CURSORVISIBLE:
            screen.m_cursorVisible = value->boolean != 0;
            screen.damage(QRect(screen.m_cursorColumn, screen.m_cursorRow, 2, 1));
            return 1;
        case VTERM_PROP_ALTSCREEN:
            screen.m_alternate = value->boolean != 0;
            return 1;
        case VTERM_PROP_MOUSE:
            screen.m_mouse = value->number != VTERM_PROP_MOUSE_NONE;
            return 1;
        case VTERM_PROP_TITLE:
            if (screen.m_events.title && value->string != nullptr) {
                screen.m_events.title(QString::fromUtf8(value->string).left(kMaxTitle).simplified());
            }
            return 1;
        default:
            return 0;
        }
    }

    static int bell(void* user) {
        if (self(user).m_events.bell) {
            self(user).m_events.bell();
        }
        return 1;
    }

    static int pushLine(int columns, const VTermScreenCell* cells, void* user) {
        TerminalScreen& screen = self(user);
        TerminalLine line;
        line.reserve(std::size_t(columns));
        for (int column = 0; column < columns; ++column) {
            line.push_back(screen.convert(cells + column));
        }
        while (!line.empty() && isEmpty(line.back())) {
            line.pop_back();
        }
        line.shrink_to_fit();
        screen.m_history.push_back(std::move(line));
        if (screen.m_history.size() > kMaxHistory) {
            screen.m_history.pop_front();
            ++screen.m_dropped;
        }
        screen.damage(QRect(0, 0, screen.m_columns, screen.m_rows));  // what is above has moved
        return 1;
    }

    /// A window that grows takes lines back.
    static int popLine(int columns, VTermScreenCell* cells, void* user) {
        TerminalScreen& screen = self(user);
        if (screen.m_history.empty()) {
            return 0;
        }
        const TerminalLine line = std::move(screen.m_history.back());
        screen.m_history.pop_back();
        for (int column = 0; column < columns; ++column) {
            VTermScreenCell& out = cells[column];
            out = {};
            out.width = 1;
            const TerminalCell cell =
                std::size_t(column) < line.size() ? line[std::size_t(column)] : TerminalCell();
            const std::u32string text = screen.glyph(cell).toStdU32String();
            for (std::size_t i = 0; i < text.size() && i < VTERM_MAX_CHARS_PER_CELL; ++i) {
                out.chars[i] = text[i];
            }
            out.attrs.bold = cell.bold;
            out.attrs.italic = cell.italic;
            out.attrs.underline = cell.underline;
            out.attrs.strike = cell.strike;
            out.attrs.reverse = cell.reverse;
            out.fg = color(cell.foreground(), VTERM_COLOR_DEFAULT_FG);
            out.bg = color(cell.background(), VTERM_COLOR_DEFAULT_BG);
        }
        return 1;
    }

    static VTermColor color(TerminalColor from, std::uint8_t byDefault) {
        VTermColor out;
        if (from.kind == TerminalColor::Kind::Indexed) {
            vterm_color_indexed(&out, std::uint8_t(from.value));
        } else {
            vterm_color_rgb(&out, std::uint8_t(from.value >> 16U), std::uint8_t(from.value >> 8U),
                            std::uint8_t(from.value));
            if (from.kind == TerminalColor::Kind::Default) {
                out.type = std::uint8_t(out.type | byDefault);
            }
        }
        return out;
    }

    static void output(const char* bytes, std::size_t size, void* user) {
        if (self(user).m_events.answer) {
            self(user).m_events.answer(QByteArray(bytes, qsizetype(size)));
        }
    }

    static const VTermScreenCallbacks& callbacks() {
        static const VTermScreenCallbacks table{damaged, nullptr, moveCursor, setProperty,
                                                bell,    nullptr, pushLine,   popLine};
        return table;
    }
};

TerminalScreen::TerminalScreen(int columns, int rows, Events events)
    : m_events(std::move(events))
    , m_columns(std::clamp(columns, 1, kMaxSide))
    , m_rows(std::clamp(rows, 1, kMaxSide))
    , m_terminal(vterm_new(m_rows, m_columns))
    , m_screen(vterm_obtain_screen(terminalOf(m_terminal))) {
    vterm_set_utf8(terminalOf(m_terminal), 1);
    vterm_output_set_callback(terminalOf(m_terminal), Bridge::output, this);
    vterm_screen_set_callbacks(screenOf(m_screen), &Bridge::callbacks(), this);
    vterm_screen_enable_altscreen(screenOf(m_screen), 1);
    vterm_screen_set_damage_merge(screenOf(m_screen), VTERM_DAMAGE_SCROLL);
    vterm_screen_reset(screenOf(m_screen), 1);
}

TerminalScreen::~TerminalScreen() {
    vterm_free(terminalOf(m_terminal));
}

void TerminalScreen::reset() {
    m_history.clear();
    vterm_screen_reset(screenOf(m_screen), 1);
    damage(QRect(0, 0, m_columns, m_rows));
}

void TerminalScreen::damage(const QRect& cells) {
    m_damage = m_damage.united(cells.intersected(QRect(0, 0, m_columns, m_rows)));
}

QRect TerminalScreen::takeDamage() {
    return std::exchange(m_damage, QRect());
}

void TerminalScreen::feed(const QByteArray& bytes) {
    (void)vterm_input_write(terminalOf(m_terminal), bytes.constData(), std::size_t(bytes.size()));
    vterm_screen_flush_damage(screenOf(m_screen));
}

void TerminalScreen::resize(int columns, int rows) {
    m_columns = std::clamp(columns, 1, kMaxSide);
    m_rows = std::clamp(rows, 1, kMaxSide);
    vterm_set_size(terminalOf(m_terminal), m_rows, m_columns);
    vterm_screen_flush_damage(screenOf(m_screen));
    damage(QRect(0, 0, m_columns, m_rows));
}

TerminalCell TerminalScreen::convert(const void* pointer) {
    const auto& from = *static_cast<const VTermScreenCell*>(pointer);
    TerminalCell cell;
    // libvterm marks the right half of a wide character so.
    constexpr std::uint32_t kRightHalf = 0xFFFFFFFF;
    if (from.chars[0] == kRightHalf) {
        cell.width = 0;
    } else if (from.chars[0] < kFirstCluster) {
        cell.code = from.chars[0] & kValueMask;
        cell.width = from.width == 2 ? 2 : 1;
        if (from.chars[1] != 0) {
            std::u32string text;
            for (std::size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && from.chars[i] != 0; ++i) {
                text.push_back(from.chars[i]);
            }
            const auto known = m_clusterNumbers.find(text);
            if (known != m_clusterNumbers.end()) {
                cell.code = known->second & kValueMask;
            } else if (m_clusters.size() < kMaxClusters) {  // else: without its marks
                const auto number = std::uint32_t(kFirstCluster + m_clusters.size());
                m_clusters.push_back(text);
                m_clusterNumbers.emplace(std::move(text), number);
                cell.code = number & kValueMask;
            }
        }
    }
    cell.bold = from.attrs.bold;
    cell.italic = from.attrs.italic;
    cell.underline = from.attrs.underline != VTERM_UNDERLINE_OFF ? 1 : 0;
    cell.strike = from.attrs.strike;
    cell.reverse = from.attrs.reverse;
    cell.ink = packed(from.fg);
    cell.ground = packed(from.bg);
    return cell;
}

TerminalLine TerminalScreen::line(int number) const {
    if (number < 0 || number >= lineCount()) {
        return {};
    }
    if (number < historySize()) {
        return m_history[std::size_t(number)];
    }
    TerminalLine line;
    line.reserve(std::size_t(m_columns));
    VTermScreenCell cell;
    for (int column = 0; column < m_columns; ++column) {
        (void)vterm_screen_get_cell(screenOf(m_screen), {number - historySize(), column}, &cell);
        // Only the table of combined characters may grow, which no reader can see.
        line.push_back(const_cast<TerminalScreen*>(this)->convert(&cell));
    }
    return line;
}

QString TerminalScreen::glyph(const TerminalCell& cell) const {
    if (cell.code == 0 || cell.width == 0) {
        return {};
    }
    if (cell.code >= kFirstCluster) {
        const std::u32string& text = m_clusters[cell.code - kFirstCluster];
        return QString::fromUcs4(text.data(), qsizetype(text.size()));
    }
    const char32_t code = cell.code;
    return QString::fromUcs4(&code, 1);
}

QString TerminalScreen::text(int number, std::vector<int>* columns) const {
    QString text;
    int column = 0;
    for (const TerminalCell& cell : line(number)) {
        if (cell.width != 0) {
            const QString shown = cell.code == 0 ? QStringLiteral(" ") : glyph(cell);
            text += shown;
            if (columns != nullptr) {
                columns->insert(columns->end(), std::size_t(shown.size()), column);
            }
        }
        ++column;
    }
    qsizetype end = text.size();
    while (end > 0 && text[end - 1] == QLatin1Char(' ')) {
        --end;
    }
    text.truncate(end);
    return text;
}

QString TerminalScreen::text(TerminalPoint from, TerminalPoint to) const {
    QStringList lines;
    for (int number = from.line; number <= to.line; ++number) {
        std::vector<int> columns;
        const QString whole = text(number, &columns);
        QString part;
        for (qsizetype i = 0; i < whole.size(); ++i) {
            const int column = columns[std::size_t(i)];
            if ((number > from.line || column >= from.column) && (number < to.line || column < to.column)) {
                part += whole[i];
            }
        }
        lines.append(part);
    }
    return lines.join(QLatin1Char('\n'));
}

void TerminalScreen::sendKey(int vtermKey, int modifiers) {
    vterm_keyboard_key(terminalOf(m_terminal), static_cast<VTermKey>(vtermKey),
                       static_cast<VTermModifier>(modifiers));
}

void TerminalScreen::sendCharacter(char32_t character, int modifiers) {
    vterm_keyboard_unichar(terminalOf(m_terminal), character, static_cast<VTermModifier>(modifiers));
}

void TerminalScreen::sendPaste(const QString& text) {
    QString clean = text;
    clean.replace(QStringLiteral("\r\n"), QStringLiteral("\r")).replace(QLatin1Char('\n'), QLatin1Char('\r'));
    clean.removeIf([](QChar c) {
        constexpr ushort kFirstPrintable = 0x20;
        constexpr ushort kDelete = 0x7F;
        constexpr ushort kLastControl = 0x9F;
        const ushort code = c.unicode();
        const bool control = code < kFirstPrintable || (code >= kDelete && code <= kLastControl);
        return control && code != '\r' && code != '\t';
    });
    vterm_keyboard_start_paste(terminalOf(m_terminal));
    if (m_events.answer) {
        m_events.answer(clean.toUtf8());
    }
    vterm_keyboard_end_paste(terminalOf(m_terminal));
}

void TerminalScreen::sendMouse(int button, bool pressed, int row, int column, int modifiers) {
    const auto mods = static_cast<VTermModifier>(modifiers);
    vterm_mouse_move(terminalOf(m_terminal), row, column, mods);
    if (button > 0) {
        vterm_mouse_button(terminalOf(m_terminal), button, pressed, mods);
    }
}

}  // namespace coracle::gui
