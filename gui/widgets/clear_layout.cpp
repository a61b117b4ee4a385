// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/clear_layout.h"

#include <QLayout>
#include <QWidget>

namespace coracle::gui {

void clearLayout(QLayout& layout) {
    while (QLayoutItem* item = layout.takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->setObjectName({});
            item->widget()->deleteLater();
        }
        delete item;  // NOLINT(cppcoreguidelines-owning-memory): takeAt gives it away
    }
}

}  // namespace coracle::gui
