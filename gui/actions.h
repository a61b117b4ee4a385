// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QString>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace coracle::gui {

/// What the window can do by key or menu. Each has one row in the table of actions.cpp; its object name is
/// `action.<name>`.
enum class ActionId : std::uint8_t {
    Run,
    Pull,
    Palette,
    Undo,
    Find,
    Refresh,
    Back,
    Forward,
    Tasks,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    Settings,
    Welcome,
    Shortcuts,
    About,
    CloseWindow,
    Quit,
};

/// The QActions, made once and added to the window so that their keys work everywhere in it.
class Actions {
public:
    explicit Actions(QWidget& window);
    QAction* operator[](ActionId id) const { return m_actions.at(id); }
    /// Every action with the name of its icon, in the order of the table; for lists of all that can be done.
    const std::vector<std::pair<QAction*, QString>>& all() const { return m_all; }
    /// For the list of shortcuts: words and keys in the order of the table.
    QList<std::pair<QString, QString>> shortcuts() const;

private:
    std::map<ActionId, QAction*> m_actions;  // owned by the window
    std::vector<std::pair<QAction*, QString>> m_all;
};

}  // namespace coracle::gui
