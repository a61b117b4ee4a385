// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLayout;

namespace coracle::gui {

/// Take everything out of a layout, to fill it anew. Its widgets are hidden, lose their names and are deleted
/// by the event loop, since one of them may be what is being clicked.
void clearLayout(QLayout& layout);

}  // namespace coracle::gui
