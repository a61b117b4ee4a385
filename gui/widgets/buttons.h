// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/icons.h"
#include "gui/theme/style.h"

#include <QPushButton>
#include <QToolButton>

namespace coracle::gui {

/// A push button with its object name, words and optional icon. The icon's colour follows the kind.
QPushButton* makeButton(const QString& objectName, const QString& text, const QString& iconName = {},
                        ButtonKind kind = ButtonKind::Normal, ButtonSize size = ButtonSize::Normal);

/// A square button with an icon only; `label` is its accessible name and tooltip.
QToolButton* makeIconButton(const QString& objectName, const QString& label, const QString& iconName,
                            ButtonKind kind = ButtonKind::Flat);

}  // namespace coracle::gui
