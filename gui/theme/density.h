// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace coracle::gui {

/// How high the rows of the big lists are: the person's choice, for the whole app. Window's thread.
bool compactRows();
/// Lists that are shown follow at once.
void setCompactRows(bool compact);
/// Pixels of the 13 px design, as metrics.h gives them.
int listRow();

}  // namespace coracle::gui
