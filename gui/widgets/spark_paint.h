// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QRect>

#include <vector>

class QPainter;

namespace coracle::gui {

/// A small line over a soft area, newest value at the end of `area`.
/// ceiling: the value that reaches the top; larger ones are cut. count: how many values the width stands for,
/// so that a short history fills only its part.
void paintSpark(QPainter& painter, const QRect& area, const std::vector<double>& values, double ceiling,
                std::size_t count, Token token);

}  // namespace coracle::gui
