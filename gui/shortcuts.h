// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <cstdint>
#include <functional>
#include <utility>

class QAction;
class QMenu;
class QWidget;

namespace coracle::gui {

/// What keys and menus do to the thing that is shown or chosen; what works in the whole window is in
/// actions.h. Each has one row in the table of shortcuts.cpp, from which menus, keys and the sheet come.
enum class KeyId : std::uint8_t {
    Open,
    ShowLogs,
    Choose,
    ChooseAll,
    RowMenu,
    Start,
    Stop,
    Restart,
    Pause,
    Resume,
    Kill,
    Edit,
    Rename,
    Delete,
    CopyId,
    CopyCommand,
    RunCopy,
    NextTab,
    PreviousTab,
    NextMatch,
    PreviousMatch,
    Follow,
    TerminalCopy,
    TerminalPaste,
    TerminalFind,
    TerminalNew,
    TerminalShell,
    TerminalClose,
    TerminalPalette,
};

/// Parts of the sheet.
enum class KeySection : std::uint8_t { Window, Objects, Logs, Terminal };

/// The first key; empty for what has none.
QKeySequence keyOf(KeyId id);
/// Words of the row, translated.
QString keyWords(KeyId id);
/// "Stop (Ctrl+Shift+S)", for tooltips.
QString keyHint(KeyId id);
/// Words and keys of a part of the sheet, in the order of the table; what has no key is left out.
QList<std::pair<QString, QString>> keyRows(KeySection section);

/// Let the keys of the row work while the focus is in `widget` or in a child of it; those of the section
/// Window wherever the focus is in the window, as long as `widget` can be seen.
void bindKey(QWidget* widget, KeyId id, std::function<void()> handler);
/// A line of a menu as the row says, with its key beside it. Object name: "menu.<name of the row>".
QAction* addMenuRow(QMenu& menu, KeyId id, std::function<void()> handler);

}  // namespace coracle::gui
