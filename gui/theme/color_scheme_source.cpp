// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/color_scheme_source.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <utility>

namespace coracle::gui {

namespace {

constexpr QLatin1StringView kService("org.freedesktop.portal.Desktop");
constexpr QLatin1StringView kPath("/org/freedesktop/portal/desktop");
constexpr QLatin1StringView kInterface("org.freedesktop.portal.Settings");
constexpr QLatin1StringView kNamespace("org.freedesktop.appearance");
constexpr QLatin1StringView kScheme("color-scheme");
constexpr QLatin1StringView kContrast("contrast");

uint unwrapped(QVariant value) {
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value.toUInt();
}

}  // namespace

ColorSchemeSource::ColorSchemeSource(QObject* parent) : QObject(parent) {}

Scheme ColorSchemeSource::schemeFrom(QVariant value) {
    return unwrapped(std::move(value)) == 1 ? Scheme::Dark : Scheme::Light;
}

Contrast ColorSchemeSource::contrastFrom(QVariant value) {
    return unwrapped(std::move(value)) == 1 ? Contrast::High : Contrast::Normal;
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
    for (const QString& key : {QString(kScheme), QString(kContrast)}) {
        QDBusMessage call =
            QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
        call << QString(kNamespace) << key;
        auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
                [this, key](QDBusPendingCallWatcher* done) {
                    const QDBusPendingReply<QDBusVariant> reply = *done;
                    if (!reply.isError()) {
                        take(key, QVariant::fromValue(reply.value()));
                    }
                    done->deleteLater();
                });
    }
}

void ColorSchemeSource::take(const QString& key, const QVariant& value) {
    if (key == kScheme) {
        emit schemeChanged(schemeFrom(value));
    } else if (key == kContrast) {
        emit contrastChanged(contrastFrom(value));
    }
}

void ColorSchemeSource::settingChanged(const QDBusMessage& message) {
    const QList<QVariant> arguments = message.arguments();
    if (arguments.size() == 3 && arguments[0].toString() == kNamespace) {
        take(arguments[1].toString(), arguments[2]);
    }
}

}  // namespace coracle::gui
