// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include <functional>
#include <memory>
#include <string>

namespace coracle::types {
struct ContainerSummary;
}

namespace coracle::gui {

class ContainerActions;
class EngineState;

/// The icon in the desktop's tray and its menu: what runs, with what is wanted most, and the way back to the
/// window. The menu is made anew each time it is opened.
class Tray : public QObject {
    Q_OBJECT
public:
    struct Parts {
        EngineState& state;
        ContainerActions& actions;
        std::function<void()> present;  ///< the window
        std::function<void(const std::string& id, const QString& tab)> open;
        std::function<void()> run;  ///< the run dialog; empty: there is none
        std::function<void()> quit;
    };
    explicit Tray(Parts parts, QObject* parent = nullptr);
    ~Tray() override;

    /// Show or hide the icon. Nothing where the desktop has no tray.
    void setShown(bool shown);
    bool isShown() const { return m_icon != nullptr; }
    QMenu& menu() { return m_menu; }
    /// Words beside the icon: "6 running".
    QString summary() const;

signals:
    /// The tray of the X server went, which tells nobody on the bus.
    void lost();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watchIcon();
    void fill();
    /// What the menu is made of; another one needs another menu.
    QString content() const;
    void addContainer(const types::ContainerSummary& row);
    void update();

    Parts m_parts;
    QMenu m_menu;
    QString m_filled;                         ///< the content() that the menu shows
    std::unique_ptr<QSystemTrayIcon> m_icon;  ///< only while it is shown
};

}  // namespace coracle::gui
