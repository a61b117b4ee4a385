// SPDX-License-Identifier: Apache-2.0
#include "gui/shortcuts.h"

#include "gui/theme/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QShortcut>

#include <algorithm>
#include <vector>

namespace coracle::gui {
namespace {

struct Row {
    KeyId id;
    KeySection section;
    const char* name;
    const char* icon;
    const char* text;
    QList<QKeySequence> keys;
};

constexpr auto kControlShift = Qt::CTRL | Qt::SHIFT;

// TABLE
const std::vector<Row>& rows() {
    using S = KeySection;
    static const std::vector<Row> table = {
        {KeyId::Open, S::Objects, "open", "right", QT_TRANSLATE_NOOP("Shortcuts", "Open"), {Qt::Key_Return}},
        {KeyId::ShowLogs, S::Objects, "logs", "list", QT_TRANSLATE_NOOP("Shortcuts", "Logs"), {}},
        {KeyId::Choose, S::Objects, "choose", "", QT_TRANSLATE_NOOP("Shortcuts", "Choose"), {Qt::Key_Space}},
        {KeyId::ChooseAll,
         S::Objects,
         "chooseAll",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Choose all"),
         {QKeySequence(QKeySequence::SelectAll)}},
        {KeyId::RowMenu,
         S::Objects,
         "rowMenu",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Menu of a row"),
         {Qt::SHIFT | Qt::Key_F10}},
        {KeyId::Start, S::Objects, "start", "play", QT_TRANSLATE_NOOP("Shortcuts", "Start"), {}},
        {KeyId::Stop,
         S::Objects,
         "stop",
         "stop",
         QT_TRANSLATE_NOOP("Shortcuts", "Stop"),
         {kControlShift | Qt::Key_S}},
        {KeyId::Restart,
         S::Objects,
         "restart",
         "restart",
         QT_TRANSLATE_NOOP("Shortcuts", "Restart"),
         {Qt::CTRL | Qt::Key_R}},
        {KeyId::Pause, S::Objects, "pause", "pause", QT_TRANSLATE_NOOP("Shortcuts", "Pause"), {}},
        {KeyId::Resume, S::Objects, "resume", "play", QT_TRANSLATE_NOOP("Shortcuts", "Resume"), {}},
        {KeyId::Kill, S::Objects, "kill", "bolt", QT_TRANSLATE_NOOP("Shortcuts", "Kill…"), {}},
        {KeyId::Edit,
         S::Objects,
         "edit",
         "sliders",
         QT_TRANSLATE_NOOP("Shortcuts", "Edit…"),
         {Qt::CTRL | Qt::Key_E}},
        {KeyId::Rename,
         S::Objects,
         "rename",
         "edit",
         QT_TRANSLATE_NOOP("Shortcuts", "Rename…"),
         {Qt::Key_F2}},
        {KeyId::Delete,
         S::Objects,
         "delete",
         "trash",
         QT_TRANSLATE_NOOP("Shortcuts", "Delete"),
         {Qt::Key_Delete}},
        {KeyId::CopyId,
         S::Objects,
         "copyId",
         "copy",
         QT_TRANSLATE_NOOP("Shortcuts", "Copy id"),
         {QKeySequence(QKeySequence::Copy)}},
        {KeyId::CopyCommand,
         S::Objects,
         "copyCommand",
         "term",
         QT_TRANSLATE_NOOP("Shortcuts", "Copy as command"),
         {kControlShift | Qt::Key_C}},
        {KeyId::RunCopy, S::Objects, "runCopy", "play", QT_TRANSLATE_NOOP("Shortcuts", "Run a copy…"), {}},
        {KeyId::NextTab,
         S::Window,
         "nextTab",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Next tab"),
         {Qt::CTRL | Qt::Key_Tab}},
        {KeyId::PreviousTab,
         S::Window,
         "previousTab",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Previous tab"),
         {kControlShift | Qt::Key_Tab}},
        {KeyId::NextMatch,
         S::Logs,
         "nextMatch",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Next match"),
         {Qt::Key_F3}},
        {KeyId::PreviousMatch,
         S::Logs,
         "previousMatch",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Previous match"),
         {Qt::SHIFT | Qt::Key_F3}},
        {KeyId::Follow, S::Logs, "follow", "", QT_TRANSLATE_NOOP("Shortcuts", "Follow"), {Qt::Key_End}},
        {KeyId::TerminalCopy,
         S::Terminal,
         "terminalCopy",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Copy"),
         {kControlShift | Qt::Key_C}},
        {KeyId::TerminalPaste,
         S::Terminal,
         "terminalPaste",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Paste"),
         {kControlShift | Qt::Key_V}},
        {KeyId::TerminalFind,
         S::Terminal,
         "terminalFind",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Find"),
         {kControlShift | Qt::Key_F}},
        {KeyId::TerminalNew,
         S::Terminal,
         "terminalNew",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "New terminal"),
         {kControlShift | Qt::Key_T}},
        {KeyId::TerminalShell,
         S::Terminal,
         "terminalShell",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Shell and user of the next terminal"),
         {kControlShift | Qt::Key_L}},
        {KeyId::TerminalClose,
         S::Terminal,
         "terminalClose",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Close terminal"),
         {kControlShift | Qt::Key_W}},
        {KeyId::TerminalPalette,
         S::Terminal,
         "terminalPalette",
         "",
         QT_TRANSLATE_NOOP("Shortcuts", "Command palette"),
         {kControlShift | Qt::Key_P}},
    };
    return table;
}

const Row& rowOf(KeyId id) {
    return *std::find_if(rows().begin(), rows().end(), [id](const Row& row) { return row.id == id; });
}

}  // namespace

QKeySequence keyOf(KeyId id) {
    return rowOf(id).keys.value(0);
}

QString keyWords(KeyId id) {
    return QCoreApplication::translate("Shortcuts", rowOf(id).text);
}

QString keyHint(KeyId id) {
    return QStringLiteral("%1 (%2)").arg(keyWords(id), keyOf(id).toString(QKeySequence::NativeText));
}

QList<std::pair<QString, QString>> keyRows(KeySection section) {
    QList<std::pair<QString, QString>> list;
    for (const Row& row : rows()) {
        if (row.section == section && !row.keys.isEmpty()) {
            list.emplace_back(keyWords(row.id).remove(QStringLiteral("…")),
                              row.keys.first().toString(QKeySequence::NativeText));
        }
    }
    return list;
}

void bindKey(QWidget* widget, KeyId id, std::function<void()> handler) {
    // What is told to work in the window works wherever the focus is in it, while the page is shown.
    const auto context =
        rowOf(id).section == KeySection::Window ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut;
    for (const QKeySequence& key : rowOf(id).keys) {
        auto* shortcut = new QShortcut(key, widget);
        shortcut->setContext(context);
        QObject::connect(shortcut, &QShortcut::activated, widget, handler);
    }
}

QAction* addMenuRow(QMenu& menu, KeyId id, std::function<void()> handler) {
    const Row& row = rowOf(id);
    auto* action = menu.addAction(themeIcon(QLatin1String(row.icon), Token::Muted), keyWords(id));
    action->setObjectName(QStringLiteral("menu.") + QLatin1String(row.name));
    action->setShortcuts(row.keys);
    action->setShortcutVisibleInContextMenu(true);
    QObject::connect(action, &QAction::triggered, &menu, std::move(handler));
    return action;
}

}  // namespace coracle::gui
