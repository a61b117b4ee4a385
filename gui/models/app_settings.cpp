// SPDX-License-Identifier: Apache-2.0
#include "gui/models/app_settings.h"

#include <QSettings>

#include <type_traits>

namespace coracle::gui {
namespace {

constexpr const char* kTray = "background/tray";
constexpr const char* kNotify = "background/notify";
constexpr const char* kAskBeforeStop = "ask/stop";
constexpr const char* kAskBeforeDelete = "ask/delete";
constexpr const char* kCompactRows = "rows/compact";
constexpr const char* kLanguage = "language";
constexpr const char* kHiddenColumns = "containers/hiddenColumns";
constexpr const char* kTerminalFont = "terminal/font";
constexpr const char* kTerminalSize = "terminal/size";

}  // namespace

AppSettings::AppSettings(Keep keep, QObject* parent) : QObject(parent), m_keep(keep) {
    if (keep == Keep::No) {
        return;
    }
    const QSettings stored;
    m_tray = stored.value(QLatin1String(kTray), m_tray).toBool();
    const int when = stored.value(QLatin1String(kNotify), int(m_notifyWhen)).toInt();
    if (when >= int(NotifyWhen::Never) && when <= int(NotifyWhen::Always)) {
        m_notifyWhen = static_cast<NotifyWhen>(when);
    }
    m_askBeforeStop = stored.value(QLatin1String(kAskBeforeStop), m_askBeforeStop).toBool();
    m_askBeforeDelete = stored.value(QLatin1String(kAskBeforeDelete), m_askBeforeDelete).toBool();
    m_compactRows = stored.value(QLatin1String(kCompactRows), m_compactRows).toBool();
    m_language = stored.value(QLatin1String(kLanguage)).toString();
    m_hiddenColumns = stored.value(QLatin1String(kHiddenColumns)).toStringList();
    m_terminalFont = stored.value(QLatin1String(kTerminalFont)).toString();
    const int size = stored.value(QLatin1String(kTerminalSize)).toInt();
    m_terminalSize = size >= kTerminalSizes.first && size <= kTerminalSizes.second ? size : 0;
}

template <typename T>
void AppSettings::set(T& member, const T& value, const char* key) {
    if (member == value) {
        return;
    }
    member = value;
    if (m_keep == Keep::Yes) {
        if constexpr (std::is_enum_v<T>) {
            QSettings().setValue(QLatin1String(key), int(value));
        } else {
            QSettings().setValue(QLatin1String(key), value);
        }
    }
    emit changed();
}

void AppSettings::setTray(bool on) {
    set(m_tray, on, kTray);
}

void AppSettings::setNotifyWhen(NotifyWhen when) {
    set(m_notifyWhen, when, kNotify);
}

void AppSettings::setAskBeforeStop(bool ask) {
    set(m_askBeforeStop, ask, kAskBeforeStop);
}

void AppSettings::setAskBeforeDelete(bool ask) {
    set(m_askBeforeDelete, ask, kAskBeforeDelete);
}

void AppSettings::setCompactRows(bool compact) {
    set(m_compactRows, compact, kCompactRows);
}

void AppSettings::setHiddenColumns(const QStringList& columns) {
    set(m_hiddenColumns, columns, kHiddenColumns);
}

void AppSettings::setTerminalFont(const QString& family) {
    set(m_terminalFont, family, kTerminalFont);
}

void AppSettings::setTerminalSize(int pixels) {
    set(m_terminalSize, pixels, kTerminalSize);
}

void AppSettings::setLanguage(const QString& language) {
    set(m_language, language, kLanguage);
}

}  // namespace coracle::gui
