// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/spark_paint.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace coracle::gui {

void paintSpark(QPainter& painter, const QRect& area, const std::vector<double>& values, double ceiling,
                std::size_t count, Token token) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5);
    // The floor is there before the first value, so that the column does not jump.
    painter.setPen(QPen(color(token, 0.35F), 1));
    painter.drawLine(box.bottomLeft(), box.bottomRight());
    if (values.size() >= 2 && ceiling > 0) {
        const double step = box.width() / double(std::max<std::size_t>(count, 2) - 1);
        const double from = box.right() - step * double(values.size() - 1);
        QPolygonF line;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double share = std::clamp(values[i] / ceiling, 0.0, 1.0);
            line << QPointF(from + step * double(i), box.bottom() - share * (box.height() - 1));
        }
        QPolygonF ground = line;
        ground << box.bottomRight() << QPointF(from, box.bottom());
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(token, 0.18F));
        painter.drawPolygon(ground);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color(token), 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
    painter.restore();
}

}  // namespace coracle::gui
