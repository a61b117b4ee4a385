// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/color_scheme_source.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace coracle::gui {

namespace {

constexpr QLatin1StringView kService("org.freedesktop.portal.Desktop");
constexpr QLatin1StringView kPath("/org/freedesktop/portal/desktop");
constexpr QLatin1StringView kInterface("org.freedesktop.portal.Settings");
constexpr QLatin1StringView kNamespace("org.freedesktop.appearance");
constexpr QLatin1StringView kKey("color-scheme");

}  // namespace

ColorSchemeSource::ColorSchemeSource(QObject* parent) : QObject(parent) {}

Scheme ColorSchemeSource::schemeFrom(QVariant value) {
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value.toUInt() == 1 ? Scheme::Dark : Scheme::Light;
}

void ColorSchemeSource::start() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    // A slot that takes the whole message connects without a registered QDBusVariant.
    if (!bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                     // The bus has no other form of connect.
                     SLOT(settingChanged(QDBusMessage)))) {
        qWarning("the desktop's colour scheme cannot be followed: no SettingChanged signal");
    }
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << QString(kNamespace) << QString(kKey);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError()) {
            emit schemeChanged(schemeFrom(QVariant::fromValue(reply.value())));
        }
        done->deleteLater();
    });
}

void ColorSchemeSource::settingChanged(const QDBusMessage& message) {
    const QList<QVariant> arguments = message.arguments();
    if (arguments.size() == 3 && arguments[0].toString() == kNamespace && arguments[1].toString() == kKey) {
        emit schemeChanged(schemeFrom(arguments[2]));
    }
}

}  // namespace coracle::gui
