// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/app_settings.h"
#include "gui/models/notices.h"
#include "gui/notifier.h"
#include "gui/tray.h"

#include <QObject>

#include <functional>
#include <memory>

class QDBusServiceWatcher;

namespace coracle::gui {

/// What the desktop offers beside windows. Everything may be missing.
struct DesktopParts {
    std::function<bool()> trayIsThere;   ///< asked each time; empty: there is none
    std::shared_ptr<Notifier> notifier;  ///< null: nobody shows messages; shared with the program's end
};

/// The desktop that this program runs on.
DesktopParts thisDesktop();

/// What the app is while its window is closed: the tray and messages of the desktop, as the settings say.
class Background : public QObject {
    Q_OBJECT
public:
    Background(DesktopParts desktop, AppSettings& settings, Tray::Parts tray, TaskList& tasks,
               std::function<bool()> watched, QObject* parent = nullptr);
    ~Background() override;

    /// Whether closing the window only hides it. False when there would be no way back.
    bool keepsRunning() const;
    /// The same, once the icon is there that leads back.
    bool goesToTray();
    Tray& tray() { return m_tray; }
    Notices* notices() { return m_notices.get(); }

signals:
    /// The tray has gone: a window that hides in it has to come back.
    void trayLost();

private:
    void apply();
    void watchTray();

    DesktopParts m_desktop;
    AppSettings& m_settings;
    Tray m_tray;
    std::unique_ptr<Notices> m_notices;  ///< null without a notifier
    QDBusServiceWatcher* m_watcher = nullptr;
};

/// Whether the app is started with the session, hidden in the tray: a file in the person's autostart folder.
bool startsWithSession();
/// Errors: words of the system.
QString setStartsWithSession(bool on);

}  // namespace coracle::gui
