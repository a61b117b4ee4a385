// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QIcon>
#include <QPixmap>
#include <QRect>
#include <QString>

class QPainter;

namespace coracle::gui {

/// An icon from resources/icons, drawn in the colour that `token` has when it is painted: a change of theme
/// needs no new icon. Checked buttons use OnAccentSoft, disabled ones are faded.
QIcon themeIcon(const QString& name, Token token = Token::Text);

/// One picture in one colour, from a cache. `pixels` is the side in device-independent pixels.
QPixmap iconPixmap(const QString& name, const QColor& color, int pixels, qreal devicePixelRatio);

/// The app's own: the installed one where the desktop has it, else pictures.
QIcon applicationIcon();

/// Draw an icon centred in `area`.
void paintIcon(QPainter& painter, const QRect& area, const QString& name, const QColor& color,
               int pixels = 16);

}  // namespace coracle::gui
