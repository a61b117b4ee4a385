// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/tab_chain.h"

#include <QLayout>
#include <QWidget>

#include <vector>

namespace coracle::gui {
namespace {

void collect(const QLayout& layout, std::vector<QWidget*>& stops) {
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        if (const QLayout* inner = item->layout()) {
            collect(*inner, stops);
        } else if (QWidget* widget = item->widget()) {
            if ((widget->focusPolicy() & Qt::TabFocus) != 0) {
                stops.push_back(widget);
            } else if (const QLayout* within = widget->layout()) {
                collect(*within, stops);
            }
        }
    }
}

}  // namespace

void chainTabs(QWidget& root) {
    std::vector<QWidget*> stops;
    if (const QLayout* layout = root.layout()) {
        collect(*layout, stops);
    }
    for (std::size_t i = 1; i < stops.size(); ++i) {
        QWidget::setTabOrder(stops[i - 1], stops[i]);
    }
}

}  // namespace coracle::gui
