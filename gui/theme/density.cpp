// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/density.h"

#include "gui/theme/metrics.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QEvent>

namespace coracle::gui {
namespace {

bool& chosen() {
    static bool compact = false;
    return compact;
}

}  // namespace

bool compactRows() {
    return chosen();
}

/// A change of style is what views measure their rows for again.
void setCompactRows(bool compact) {
    if (chosen() == compact) {
        return;
    }
    chosen() = compact;
    for (QWidget* widget : QApplication::allWidgets()) {
        if (qobject_cast<QAbstractItemView*>(widget) != nullptr) {
            QEvent change(QEvent::StyleChange);
            QCoreApplication::sendEvent(widget, &change);
        }
    }
}

int listRow() {
    return chosen() ? metrics::kRowCompact : metrics::kRow;
}

}  // namespace coracle::gui
