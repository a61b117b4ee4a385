// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/panel.h"

#include <QPainter>

namespace coracle::gui {

Panel::Panel(Token ground, Qt::Edges lines, QWidget* parent)
    : QWidget(parent), m_ground(ground), m_lines(lines) {}

void Panel::setGround(Token ground) {
    m_ground = ground;
    update();
}

void Panel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(m_ground));
    const QColor line = color(Token::Border);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (m_lines.testFlag(Qt::TopEdge)) {
        painter.fillRect(QRect(0, 0, width(), 1), line);
    }
    if (m_lines.testFlag(Qt::BottomEdge)) {
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    }
    if (m_lines.testFlag(Qt::LeftEdge)) {
        painter.fillRect(QRect(mirrored ? width() - 1 : 0, 0, 1, height()), line);
    }
    if (m_lines.testFlag(Qt::RightEdge)) {
        painter.fillRect(QRect(mirrored ? 0 : width() - 1, 0, 1, height()), line);
    }
}

Line::Line(Qt::Orientation orientation, QWidget* parent) : QWidget(parent) {
    if (orientation == Qt::Horizontal) {
        setFixedHeight(1);
    } else {
        setFixedWidth(1);
    }
}

void Line::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Border));
}

}  // namespace coracle::gui
