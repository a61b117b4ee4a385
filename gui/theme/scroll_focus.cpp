// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/scroll_focus.h"

#include "gui/theme/palette.h"
#include "gui/theme/style.h"

#include <QFocusEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

namespace coracle::gui {

void ScrollFocus::attach(QScrollArea& area) {
    if (area.findChild<ScrollFocus*>(QString(), Qt::FindDirectChildrenOnly) == nullptr) {
        (void)new ScrollFocus(area);  // its parent keeps it
    }
}

ScrollFocus::ScrollFocus(QScrollArea& area) : QWidget(&area), m_area(area) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    area.installEventFilter(this);
    for (const QScrollBar* bar : {area.verticalScrollBar(), area.horizontalScrollBar()}) {
        connect(bar, &QScrollBar::rangeChanged, this, &ScrollFocus::fit);
    }
    fit();
}

void ScrollFocus::fit() {
    const bool scrolls =
        m_area.verticalScrollBar()->maximum() > 0 || m_area.horizontalScrollBar()->maximum() > 0;
    m_area.setFocusPolicy(scrolls ? Qt::StrongFocus : Qt::NoFocus);
}

bool ScrollFocus::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason) {
            setGeometry(m_area.rect());
            raise();
            show();
        }
    } else if (event->type() == QEvent::FocusOut) {
        hide();
    } else if (event->type() == QEvent::Resize) {
        setGeometry(m_area.rect());
    }
    return QWidget::eventFilter(watched, event);
}

void ScrollFocus::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setPen(QPen(color(Token::Focus), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

}  // namespace coracle::gui
