// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QObject>

class QDBusMessage;
class QDBusVariant;

namespace coracle::gui {

/// What the desktop prefers, from its settings portal (org.freedesktop.appearance, color-scheme). Qt 6.4
/// does not follow it by itself. Nothing here waits for the bus; without a portal no signal ever comes.
class ColorSchemeSource : public QObject {
    Q_OBJECT
public:
    explicit ColorSchemeSource(QObject* parent = nullptr);
    /// Ask once and listen from then on. A second call asks twice.
    void start();

    /// Unwraps the variants that Read() nests: 1 is dark, everything else light.
    static Scheme schemeFrom(QVariant value);

signals:
    /// The first answer and each change after it.
    void schemeChanged(coracle::gui::Scheme scheme);

private slots:
    void settingChanged(const QDBusMessage& message);
};

}  // namespace coracle::gui
