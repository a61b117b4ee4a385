// SPDX-License-Identifier: Apache-2.0
#include "gui/actions.h"

#include "gui/theme/icons.h"

#include <QCoreApplication>
#include <QWidget>

#include <vector>

namespace coracle::gui {

namespace {

struct Row {
    ActionId id;
    const char* name;
    const char* text;
    const char* icon;
    QList<QKeySequence> keys;
    bool checkable = false;
};

// TABLE
std::vector<Row> rows() {
    return {
        {ActionId::Run,
         "run",
         QT_TRANSLATE_NOOP("Actions", "Run a container…"),
         "play",
         {QKeySequence(QKeySequence::New)}},
        {ActionId::Pull,
         "pull",
         QT_TRANSLATE_NOOP("Actions", "Pull an image…"),
         "pull",
         {QKeySequence(Qt::CTRL | Qt::Key_L)}},
        {ActionId::Palette,
         "palette",
         QT_TRANSLATE_NOOP("Actions", "Do or open anything"),
         "search",
         {QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
          QKeySequence(Qt::CTRL | Qt::Key_P)}},
        {ActionId::Undo,
         "undo",
         QT_TRANSLATE_NOOP("Actions", "Undo the last deletion"),
         "undo",
         {QKeySequence(QKeySequence::Undo)}},
        {ActionId::Find,
         "find",
         QT_TRANSLATE_NOOP("Actions", "Filter or search"),
         "search",
         {QKeySequence(QKeySequence::Find)}},
        {ActionId::Refresh,
         "refresh",
         QT_TRANSLATE_NOOP("Actions", "Refresh"),
         "restart",
         {QKeySequence(Qt::Key_F5)}},
        {ActionId::Back,
         "back",
         QT_TRANSLATE_NOOP("Actions", "Back"),
         "left",
         {QKeySequence(Qt::ALT | Qt::Key_Left)}},
        {ActionId::Forward,
         "forward",
         QT_TRANSLATE_NOOP("Actions", "Forward"),
         "right",
         {QKeySequence(Qt::ALT | Qt::Key_Right)}},
        {ActionId::Tasks, "tasks", QT_TRANSLATE_NOOP("Actions", "Running work"), "list", {}},
        {ActionId::ThemeSystem,
         "themeSystem",
         QT_TRANSLATE_NOOP("Actions", "Like the desktop"),
         "",
         {},
         true},
        {ActionId::ThemeLight, "themeLight", QT_TRANSLATE_NOOP("Actions", "Light"), "", {}, true},
        {ActionId::ThemeDark, "themeDark", QT_TRANSLATE_NOOP("Actions", "Dark"), "", {}, true},
        {ActionId::Settings,
         "settings",
         QT_TRANSLATE_NOOP("Actions", "Settings"),
         "sliders",
         {QKeySequence(Qt::CTRL | Qt::Key_Comma)}},
        {ActionId::Welcome, "welcome", QT_TRANSLATE_NOOP("Actions", "Welcome, first steps"), "flask", {}},
        {ActionId::Shortcuts,
         "shortcuts",
         QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
         "key",
         {QKeySequence(Qt::CTRL | Qt::Key_Question), QKeySequence(Qt::Key_F1)}},
        {ActionId::About, "about", QT_TRANSLATE_NOOP("Actions", "About Coracle"), "info", {}},
        {ActionId::CloseWindow,
         "close",
         QT_TRANSLATE_NOOP("Actions", "Close the window"),
         "x",
         {QKeySequence(Qt::CTRL | Qt::Key_W)}},
        {ActionId::Quit,
         "quit",
         QT_TRANSLATE_NOOP("Actions", "Quit"),
         "",
         {QKeySequence(Qt::CTRL | Qt::Key_Q)}},
    };
}

}  // namespace

Actions::Actions(QWidget& window) {
    for (const Row& row : rows()) {
        auto* action = new QAction(QCoreApplication::translate("Actions", row.text), &window);
        action->setObjectName(QStringLiteral("action.") + QLatin1String(row.name));
        action->setShortcuts(row.keys);
        action->setCheckable(row.checkable);
        if (row.icon[0] != '\0') {
            action->setIcon(themeIcon(QLatin1String(row.icon), Token::Muted));
        }
        window.addAction(action);
        m_actions.emplace(row.id, action);
        m_all.emplace_back(action, QLatin1String(row.icon));
    }
}

QList<std::pair<QString, QString>> Actions::shortcuts() const {
    QList<std::pair<QString, QString>> list;
    for (const auto& [id, action] : m_actions) {
        if (!action->shortcut().isEmpty()) {
            list.emplace_back(action->text(), action->shortcut().toString(QKeySequence::NativeText));
        }
    }
    return list;
}

}  // namespace coracle::gui
