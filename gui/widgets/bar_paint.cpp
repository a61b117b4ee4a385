// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/bar_paint.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace coracle::gui {

void paintBar(QPainter& painter, const QRect& area, const std::vector<BarPart>& parts,
              Qt::LayoutDirection direction, int height) {
    const QRectF bar(area.left(), area.center().y() - height / 2.0 + 0.5, area.width(), height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(bar, height / 2.0, height / 2.0);
    painter.setClipPath(shape);
    painter.fillRect(bar, color(Token::Border));
    double from = 0;
    for (const auto& part : parts) {
        const double share = std::clamp(part.share, 0.0, 1.0 - from);
        const double x = direction == Qt::RightToLeft ? bar.right() - (from + share) * bar.width()
                                                      : bar.left() + from * bar.width();
        painter.fillRect(QRectF(x, bar.top(), share * bar.width(), bar.height()),
                         color(part.token, part.alpha));
        from += share;
    }
    painter.restore();
}

}  // namespace coracle::gui
