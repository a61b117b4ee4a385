// SPDX-License-Identifier: Apache-2.0
#include "gui/notifier.h"

#include "gui/single_instance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace coracle::gui {
namespace {

constexpr QLatin1StringView kService("org.freedesktop.Notifications");
constexpr QLatin1StringView kPath("/org/freedesktop/Notifications");
constexpr QLatin1StringView kInterface("org.freedesktop.Notifications");
constexpr QLatin1StringView kAppId("org.coracle.Coracle");
constexpr int kServerDecides = -1;
constexpr uchar kNormal = 1;
constexpr uchar kCritical = 2;

}  // namespace

DBusNotifier::DBusNotifier(QObject* parent) : QObject(parent) {}

bool DBusNotifier::connectSignals() {
    if (m_connected) {
        return true;
    }
    if (!sessionBusIsThere() || !QDBusConnection::sessionBus().isConnected()) {
        return false;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    const auto on = [&](const char* signal, const char* slot) {
        return bus.connect(QString(kService), QString(kPath), QString(kInterface), QLatin1String(signal),
                           this, slot);
    };
    m_connected = on("ActionInvoked", SLOT(onAction(uint, QString))) &&
                  on("ActivationToken", SLOT(onToken(uint, QString))) &&
                  on("NotificationClosed", SLOT(onClosed(uint, uint)));
    return m_connected;
}

void DBusNotifier::show(const Notice& notice) {
    if (!connectSignals()) {
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(QString(kService), QString(kPath), QString(kInterface),
                                                       QStringLiteral("Notify"));
    QStringList actions{QStringLiteral("default"), tr("Open")};
    for (const auto& [key, words] : notice.actions) {
        actions << key << words;
    }
    QVariantMap hints;
    hints.insert(QStringLiteral("desktop-entry"), QString(kAppId));
    hints.insert(QStringLiteral("urgency"), QVariant::fromValue(notice.urgent ? kCritical : kNormal));
    // The text is markup for servers that know it.
    call << QStringLiteral("Coracle") << m_ids.value(notice.key, 0) << QString(kAppId) << notice.title
         << notice.text.toHtmlEscaped() << actions << hints << kServerDecides;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, notice](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<uint> reply = *done;
        done->deleteLater();
        if (!reply.isError()) {  // else nobody shows messages here
            m_ids.insert(notice.key, reply.value());
            m_shown.insert(reply.value(), notice);
        }
    });
}

void DBusNotifier::onAction(uint id, const QString& action) {
    const auto found = m_shown.constFind(id);
    if (found != m_shown.constEnd() && found->chosen) {
        const auto chosen = found->chosen;
        chosen(action);
        // What was dealt with goes; not all servers see to it.
        QDBusMessage close = QDBusMessage::createMethodCall(
            QString(kService), QString(kPath), QString(kInterface), QStringLiteral("CloseNotification"));
        close << id;
        (void)QDBusConnection::sessionBus().send(close);  // else it stays until the person closes it
    }
}

/// Wayland lets a window come forward with such a token only; it arrives before the action.
void DBusNotifier::onToken(uint id, const QString& token) {
    if (m_shown.contains(id)) {
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    }
}

void DBusNotifier::onClosed(uint id, uint /*reason*/) {
    const Notice gone = m_shown.take(id);
    if (m_ids.value(gone.key) == id) {
        m_ids.remove(gone.key);
    }
}

}  // namespace coracle::gui
