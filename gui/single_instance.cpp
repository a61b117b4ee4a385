// SPDX-License-Identifier: Apache-2.0
#include "gui/single_instance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QTimer>

#include <utility>

namespace coracle::gui {

namespace {

constexpr QLatin1StringView kName("org.coracle.Coracle");
constexpr QLatin1StringView kPath("/org/coracle/Coracle");
constexpr QLatin1StringView kInterface("org.freedesktop.Application");
constexpr int kPatienceMs = 200;
constexpr uint kDoNotQueue = 4;    // DBUS_NAME_FLAG_DO_NOT_QUEUE
constexpr uint kPrimaryOwner = 1;  // DBUS_REQUEST_NAME_REPLY_PRIMARY_OWNER
constexpr uint kAlreadyOwner = 4;

}  // namespace

bool sessionBusIsThere() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) {
        return true;
    }
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + QStringLiteral("/bus"));
}

SingleInstance::SingleInstance(QObject* parent) : QObject(parent) {}

void SingleInstance::decide(bool first) {
    if (m_decided) {
        std::exchange(m_decided, nullptr)(first);
    }
}

void SingleInstance::acquire(std::function<void(bool)> decided) {
    m_decided = std::move(decided);
    if (!sessionBusIsThere()) {
        decide(true);
        return;
    }
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected() || !bus.registerObject(QString(kPath), this,
                                                  QDBusConnection::ExportScriptableSlots |
                                                      QDBusConnection::ExportScriptableInvokables)) {
        decide(true);
        return;
    }
    QTimer::singleShot(kPatienceMs, this, [this] { decide(true); });
    QDBusMessage request = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("RequestName"));
    request << QString(kName) << kDoNotQueue;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(request), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, bus](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<uint> reply = *done;
        done->deleteLater();
        if (reply.isError() || reply.value() == kPrimaryOwner || reply.value() == kAlreadyOwner) {
            decide(true);
            return;
        }
        QDBusMessage activate = QDBusMessage::createMethodCall(
            QString(kName), QString(kPath), QString(kInterface), QStringLiteral("Activate"));
        QVariantMap platformData;
        const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
        if (!token.isEmpty()) {
            platformData.insert(QStringLiteral("activation-token"), token);
        }
        activate << platformData;
        QDBusConnection(bus).send(activate);
        decide(false);
    });
}

void SingleInstance::Activate(const QVariantMap& platformData) {
    const QString token = platformData.value(QStringLiteral("activation-token")).toString();
    if (!token.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    }
    emit activated();
}

void SingleInstance::ActivateAction(const QString& name, const QVariantList&,
                                    const QVariantMap& platformData) {
    Activate(platformData);
    emit actionWanted(name);
}

void SingleInstance::Open(const QStringList&, const QVariantMap& platformData) {
    Activate(platformData);
}

}  // namespace coracle::gui
