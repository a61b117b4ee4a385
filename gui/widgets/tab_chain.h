// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace coracle::gui {

/// Let the Tab key go through what is laid out in `root` in the order of the eye, not in that in which it was
/// made. Once more after rows were added.
void chainTabs(QWidget& root);

}  // namespace coracle::gui
