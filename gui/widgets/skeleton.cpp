// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/skeleton.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QPainter>

namespace coracle::gui {

Skeleton::Skeleton(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Loading"));
}

void Skeleton::setPatient() {
    constexpr int kMoment = 400;
    m_wait.setSingleShot(true);
    m_wait.setInterval(kMoment);
    connect(&m_wait, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

void Skeleton::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_wait.isSingleShot()) {
        m_wait.start();
    }
}

void Skeleton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), color(Token::Surface));
    if (m_wait.isActive()) {
        return;
    }
    const int row = scaled(metrics::kRow);
    constexpr int kRows = 6;
    constexpr int kWidths[] = {120, 90, 150, 100, 130, 80};
    for (int i = 0; i < kRows; ++i) {
        const int y = i * row;
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::Hover));
        int x = metrics::kPageMargin;
        for (int column = 0; column < 4 && x < width(); ++column) {
            const int wide = scaled(kWidths[(i + column) % kRows]);
            painter.drawRoundedRect(QRect(x, y + row / 2 - 5, wide, 10), 4, 4);
            x += width() / 4;
        }
        painter.fillRect(QRect(0, y + row - 1, width(), 1), color(Token::Border));
    }
}

}  // namespace coracle::gui
