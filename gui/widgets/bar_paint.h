// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QRect>

#include <vector>

class QPainter;

namespace coracle::gui {

/// A part of a bar: `share` between 0 and 1 of its whole length.
struct BarPart {
    double share = 0;
    Token token = Token::Accent;
    float alpha = 1;
};

inline constexpr int kBarHeight = 6;

/// Paint a thin bar with rounded ends, centred in `area`: parts from the reading side on, the rest in Border.
void paintBar(QPainter& painter, const QRect& area, const std::vector<BarPart>& parts,
              Qt::LayoutDirection direction, int height = kBarHeight);

}  // namespace coracle::gui
