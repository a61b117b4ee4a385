// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QObject>

class QDBusMessage;
class QDBusVariant;

namespace coracle::gui {

/// What the desktop prefers, from its settings portal (org.freedesktop.appearance, color-scheme and
/// contrast). Qt 6.4 does not follow them by itself. Nothing here waits for the bus; without a portal no
/// signal ever comes.
class ColorSchemeSource : public QObject {
    Q_OBJECT
public:
    explicit ColorSchemeSource(QObject* parent = nullptr);
    /// Ask once and listen from then on. A second call asks twice.
    void start();

    /// Unwraps the variants that Read() nests: 1 is dark, everything else light.
    static Scheme schemeFrom(QVariant value);
    /// 1 is high, everything else normal.
    static Contrast contrastFrom(QVariant value);

signals:
    /// The first answer and each change after it.
    void schemeChanged(coracle::gui::Scheme scheme);
    void contrastChanged(coracle::gui::Contrast contrast);

private slots:
    void settingChanged(const QDBusMessage& message);

private:
    void take(const QString& key, const QVariant& value);
};

}  // namespace coracle::gui
