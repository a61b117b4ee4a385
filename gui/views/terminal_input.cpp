// SPDX-License-Identifier: Apache-2.0
// Keys, pointer and clipboard of the terminal.
#include "gui/theme/metrics.h"
#include "gui/views/terminal_widget.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <array>

#include <vterm.h>

namespace coracle::gui {

namespace {

constexpr int kWheelLines = 3;
constexpr int kWheelStep = 120;
constexpr int kWheelUp = 4;  // buttons 4 and 5 of the mouse protocol
constexpr int kWheelDown = 5;

int modifiersOf(Qt::KeyboardModifiers modifiers) {
    return (modifiers.testFlag(Qt::ShiftModifier) ? VTERM_MOD_SHIFT : 0) |
           (modifiers.testFlag(Qt::AltModifier) ? VTERM_MOD_ALT : 0) |
           (modifiers.testFlag(Qt::ControlModifier) ? VTERM_MOD_CTRL : 0);
}

struct KeyRow {
    int key;
    VTermKey sent;
};

// TABLE
constexpr std::array kKeys{
    KeyRow{Qt::Key_Return, VTERM_KEY_ENTER},  KeyRow{Qt::Key_Enter, VTERM_KEY_ENTER},
    KeyRow{Qt::Key_Tab, VTERM_KEY_TAB},       KeyRow{Qt::Key_Backtab, VTERM_KEY_TAB},
    KeyRow{Qt::Key_Escape, VTERM_KEY_ESCAPE}, KeyRow{Qt::Key_Backspace, VTERM_KEY_BACKSPACE},
    KeyRow{Qt::Key_Up, VTERM_KEY_UP},         KeyRow{Qt::Key_Down, VTERM_KEY_DOWN},
    KeyRow{Qt::Key_Left, VTERM_KEY_LEFT},     KeyRow{Qt::Key_Right, VTERM_KEY_RIGHT},
    KeyRow{Qt::Key_Insert, VTERM_KEY_INS},    KeyRow{Qt::Key_Delete, VTERM_KEY_DEL},
    KeyRow{Qt::Key_Home, VTERM_KEY_HOME},     KeyRow{Qt::Key_End, VTERM_KEY_END},
    KeyRow{Qt::Key_PageUp, VTERM_KEY_PAGEUP}, KeyRow{Qt::Key_PageDown, VTERM_KEY_PAGEDOWN},
};

int functionKey(int key) {
    return key >= Qt::Key_F1 && key <= Qt::Key_F12 ? int(VTERM_KEY_FUNCTION(1 + key - Qt::Key_F1)) : 0;
}

int sentKey(int key) {
    const auto* row =
        std::find_if(kKeys.begin(), kKeys.end(), [key](const KeyRow& r) { return r.key == key; });
    return row == kKeys.end() ? functionKey(key) : int(row->sent);
}

int mouseButton(Qt::MouseButton button) {
    return button == Qt::LeftButton ? 1 : button == Qt::MiddleButton ? 2 : button == Qt::RightButton ? 3 : 0;
}

bool isWordPart(QChar c) {
    return c.isLetterOrNumber() || QStringLiteral("_-./~:@%+=,").contains(c);
}

}  // namespace

bool TerminalWidget::windowsOwn(const QKeyEvent& event) const {
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool sections =
        modifiers == Qt::AltModifier && event.key() >= Qt::Key_1 && event.key() <= Qt::Key_8;
    const bool tabs = modifiers.testFlag(Qt::ControlModifier) &&
                      (event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab);
    // Copy and paste are done here: elsewhere on the page the same keys copy the command.
    const bool clipboard = event.key() == Qt::Key_C || event.key() == Qt::Key_V;
    return sections || tabs || (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && !clipboard);
}

bool TerminalWidget::event(QEvent* event) {
    // What the window's shortcuts would take otherwise belongs to the program.
    // One that has ended can still be copied from.
    if (event->type() == QEvent::ShortcutOverride &&
        (!m_ended || static_cast<QKeyEvent*>(event)->key() == Qt::Key_C) &&
        !windowsOwn(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

bool TerminalWidget::focusNextPrevChild(bool next) {
    // Tab is the program's; Ctrl+Tab goes on. A terminal that has ended lets go of it.
    return m_ended && QAbstractScrollArea::focusNextPrevChild(next);
}

bool TerminalWidget::sendKey(QKeyEvent& event) {
    const int modifiers = modifiersOf(event.modifiers());
    if (const int key = sentKey(event.key()); key != 0) {
        m_screen.sendKey(key, event.key() == Qt::Key_Backtab ? modifiers | VTERM_MOD_SHIFT : modifiers);
        return true;
    }
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    if (control && event.key() >= Qt::Key_Space && event.key() <= Qt::Key_AsciiTilde) {
        const char32_t plain = QChar(event.key()).toLower().unicode();
        m_screen.sendCharacter(plain, modifiers & ~VTERM_MOD_SHIFT);
        return true;
    }
    const std::u32string text = event.text().toStdU32String();
    for (const char32_t character : text) {
        m_screen.sendCharacter(character, modifiers & VTERM_MOD_ALT);
    }
    return !text.empty();
}

void TerminalWidget::keyPressEvent(QKeyEvent* event) {
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_C) {
        copySelection();
        return;
    }
    if ((modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && event->key() == Qt::Key_V) ||
        (modifiers == Qt::ShiftModifier && event->key() == Qt::Key_Insert)) {
        paste(QApplication::clipboard()->text());
        return;
    }
    if (modifiers == Qt::ShiftModifier &&
        (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
        verticalScrollBar()->triggerAction(event->key() == Qt::Key_PageUp
                                               ? QAbstractSlider::SliderPageStepSub
                                               : QAbstractSlider::SliderPageStepAdd);
        return;
    }
    if (m_ended) {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            emit reopenWanted();
        } else {
            event->ignore();
        }
        return;
    }
    if (windowsOwn(*event) || !sendKey(*event)) {
        event->ignore();
        return;
    }
    if (!m_follow) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        m_follow = true;
        viewport()->update();
    }
}

QString TerminalWidget::selectedText() const {
    const auto [from, to] = selection();
    return from < to ? m_screen.text(from, to) : QString();
}

void TerminalWidget::copySelection() {
    const QString text = selectedText();
    if (!text.isEmpty()) {
        emit copied(text);
    }
}

void TerminalWidget::selectAll() {
    int last = m_screen.historySize() + m_screen.rows() - 1;
    while (last > m_screen.cursor().line &&
           m_screen.text({last, 0}, {last, m_screen.columns()}).trimmed().isEmpty()) {
        --last;  // nothing was written there yet
    }
    select({0, 0}, {last, m_screen.columns()});
}

void TerminalWidget::contextMenuEvent(QContextMenuEvent* event) {
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const bool programs =
        byMouse && !m_ended && m_screen.wantsMouse() && !event->modifiers().testFlag(Qt::ShiftModifier);
    if (!programs) {
        const QRect cursor = cellRect(m_screen.cursor().line, m_screen.cursor().column);
        emit menuWanted(byMouse ? event->globalPos() : viewport()->mapToGlobal(cursor.bottomLeft()));
    }
    event->accept();
}

void TerminalWidget::paste(const QString& text) {
    if (m_ended || text.isEmpty()) {
        return;
    }
    if (text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'))) {
        emit pasteWanted(text);
    } else {
        sendText(text);
    }
}

void TerminalWidget::sendText(const QString& text) {
    if (!m_ended) {
        m_screen.sendPaste(text);
    }
}

std::pair<TerminalPoint, TerminalPoint> TerminalWidget::selection() const {
    if (!m_anchor || !m_head) {
        return {};
    }
    return std::minmax(*m_anchor, *m_head);
}

void TerminalWidget::select(TerminalPoint from, TerminalPoint to) {
    m_anchor = from;
    m_head = to;
    viewport()->update();
}

bool TerminalWidget::mouseToProgram(QMouseEvent& event, bool pressed) {
    // Shift selects even where a program wants the pointer, as in other terminals.
    if (m_ended || !m_screen.wantsMouse() || event.modifiers().testFlag(Qt::ShiftModifier)) {
        return false;
    }
    const TerminalPoint at = pointAt(event.pos() - QPoint(m_cellWidth / 2, 0));
    m_screen.sendMouse(mouseButton(event.button()), pressed, at.line - m_screen.historySize(),
                       std::min(at.column, m_screen.columns() - 1), modifiersOf(event.modifiers()));
    return true;
}

void TerminalWidget::mousePressEvent(QMouseEvent* event) {
    if (mouseToProgram(*event, true)) {
        return;
    }
    if (event->button() == Qt::LeftButton) {
        const TerminalPoint at = pointAt(event->pos());
        select(event->modifiers().testFlag(Qt::ShiftModifier) && m_anchor ? *m_anchor : at, at);
    } else if (event->button() == Qt::MiddleButton) {
        paste(QApplication::clipboard()->text(QClipboard::Selection));
    }
}

void TerminalWidget::mouseMoveEvent(QMouseEvent* event) {
    if (!m_ended && m_screen.wantsMouse() && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        const TerminalPoint at = pointAt(event->pos() - QPoint(m_cellWidth / 2, 0));
        m_screen.sendMouse(0, false, at.line - m_screen.historySize(),
                           std::min(at.column, m_screen.columns() - 1), modifiersOf(event->modifiers()));
        return;
    }
    if (event->buttons().testFlag(Qt::LeftButton) && m_anchor) {
        if (event->pos().y() < 0 || event->pos().y() > viewport()->height()) {
            verticalScrollBar()->setValue(verticalScrollBar()->value() + (event->pos().y() < 0 ? -1 : 1));
        }
        select(*m_anchor, pointAt(event->pos()));
    }
}

void TerminalWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (mouseToProgram(*event, false)) {
        return;
    }
    const QString text = selectedText();
    if (event->button() == Qt::LeftButton && !text.isEmpty() &&
        QApplication::clipboard()->supportsSelection()) {
        QApplication::clipboard()->setText(text, QClipboard::Selection);
    }
}

void TerminalWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    const TerminalPoint at = pointAt(event->pos() - QPoint(m_cellWidth / 2, 0));
    std::vector<int> columns;
    const QString text = m_screen.text(at.line, &columns);
    const auto found = std::find(columns.begin(), columns.end(), at.column);
    auto place = qsizetype(found - columns.begin());
    if (found == columns.end() || place >= text.size() || !isWordPart(text[place])) {
        return;
    }
    auto end = place;
    while (place > 0 && isWordPart(text[place - 1])) {
        --place;
    }
    while (end < text.size() && isWordPart(text[end])) {
        ++end;
    }
    select({at.line, columns[std::size_t(place)]}, {at.line, columns[std::size_t(end - 1)] + 1});
}

void TerminalWidget::wheelEvent(QWheelEvent* event) {
    const int steps = event->angleDelta().y() / kWheelStep;
    if (m_screen.wholeScreen() && !m_ended) {
        // A program that uses the whole screen has no lines above; it scrolls itself.
        for (int i = 0; i < std::abs(steps) * kWheelLines; ++i) {
            if (m_screen.wantsMouse()) {
                const TerminalPoint at = pointAt(event->position().toPoint());
                m_screen.sendMouse(steps > 0 ? kWheelUp : kWheelDown, true, at.line - m_screen.historySize(),
                                   std::min(at.column, m_screen.columns() - 1), 0);
            } else {
                m_screen.sendKey(steps > 0 ? VTERM_KEY_UP : VTERM_KEY_DOWN, 0);
            }
        }
        return;
    }
    verticalScrollBar()->setValue(verticalScrollBar()->value() - steps * kWheelLines);
}

void TerminalWidget::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TerminalWidget::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TerminalWidget::inputMethodEvent(QInputMethodEvent* event) {
    m_preedit = event->preeditString();
    for (const char32_t character : event->commitString().toStdU32String()) {
        m_screen.sendCharacter(character, 0);
    }
    event->accept();
    viewport()->update();
}

QVariant TerminalWidget::inputMethodQuery(Qt::InputMethodQuery query) const {
    if (query == Qt::ImCursorRectangle) {
        return cellRect(m_screen.cursor().line, m_screen.cursor().column);
    }
    return QAbstractScrollArea::inputMethodQuery(query);
}

}  // namespace coracle::gui
