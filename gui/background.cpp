// SPDX-License-Identifier: Apache-2.0
#include "gui/background.h"

#include "gui/single_instance.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStandardPaths>

#include <utility>

namespace coracle::gui {
namespace {

constexpr const char* kTrayService = "org.kde.StatusNotifierWatcher";

QString autostartFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/autostart/org.coracle.Coracle.desktop");
}

/// The name alone where the shell would find this program by it: the file outlives an update then.
QString startCommand() {
    const QString here = QCoreApplication::applicationFilePath();
    const QString found = QStandardPaths::findExecutable(QFileInfo(here).fileName());
    QString program = QFileInfo(found) == QFileInfo(here) ? QFileInfo(here).fileName() : here;
    // Desktop Entry Specification, "The Exec key": what is quoted, and what is escaped in it.
    if (program.contains(QRegularExpression(QStringLiteral("[^A-Za-z0-9_./-]")))) {
        program.replace(QRegularExpression(QStringLiteral("([\\\\\"`$])")), QStringLiteral("\\\\\\1"));
        program =
            QLatin1Char('"') + program.replace(QLatin1Char('%'), QStringLiteral("%%")) + QLatin1Char('"');
    }
    return program + QStringLiteral(" --tray");
}

}  // namespace

DesktopParts thisDesktop() {
    return {.trayIsThere = [] { return QSystemTrayIcon::isSystemTrayAvailable(); },
            .notifier = std::make_shared<DBusNotifier>()};
}

Background::Background(DesktopParts desktop, AppSettings& settings, Tray::Parts tray, TaskList& tasks,
                       std::function<bool()> watched, QObject* parent)
    : QObject(parent), m_desktop(std::move(desktop)), m_settings(settings), m_tray(tray) {
    if (m_desktop.notifier) {
        m_notices = std::make_unique<Notices>(Notices::Parts{.state = tray.state,
                                                             .tasks = tasks,
                                                             .actions = tray.actions,
                                                             .settings = m_settings,
                                                             .notifier = *m_desktop.notifier,
                                                             .watched = std::move(watched),
                                                             .open = tray.open,
                                                             .present = tray.present});
    }
    connect(&m_settings, &AppSettings::changed, this, &Background::apply);
    connect(&m_tray, &Tray::lost, this, [this] {
        m_tray.setShown(false);
        emit trayLost();
        apply();
    });
    apply();
}

Background::~Background() {
    QGuiApplication::setQuitOnLastWindowClosed(true);
}

bool Background::keepsRunning() const {
    return m_settings.tray() && m_settings.trayIsThere();
}

bool Background::goesToTray() {
    apply();  // a tray may have come since
    return keepsRunning();
}

void Background::apply() {
    const bool tray = m_settings.tray();
    m_tray.setShown(keepsRunning());
    QGuiApplication::setQuitOnLastWindowClosed(!tray);
    if (tray && m_watcher == nullptr) {
        watchTray();
    }
}

void Background::watchTray() {
    if (!m_desktop.trayIsThere || !sessionBusIsThere()) {
        return;
    }
    m_watcher = new QDBusServiceWatcher(QLatin1String(kTrayService), QDBusConnection::sessionBus(),
                                        QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString&, const QString&, const QString& owner) {
                m_tray.setShown(false);
                if (owner.isEmpty()) {
                    emit trayLost();
                }
                apply();
            });
}

bool startsWithSession() {
    return QFile::exists(autostartFile());
}

QString setStartsWithSession(bool on) {
    const QString path = autostartFile();
    if (!on) {
        QFile file(path);
        return !file.exists() || file.remove() ? QString() : file.errorString();
    }
    (void)QDir().mkpath(QFileInfo(path).path());  // else the next call says why not
    QSaveFile file(path);
    const QByteArray text =
        "[Desktop Entry]\nType=Application\nVersion=1.4\nName=Coracle\nIcon=org.coracle.Coracle\n"
        "Terminal=false\nExec=" +
        startCommand().toUtf8() + '\n';
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()
               ? QString()
               : file.errorString();
}

}  // namespace coracle::gui
