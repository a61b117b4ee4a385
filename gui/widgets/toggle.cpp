// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/toggle.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QPainter>

namespace coracle::gui {

namespace {

constexpr int kTrackWidth = 30;
constexpr int kTrackHeight = 17;
constexpr int kGap = 9;

}  // namespace

Toggle::Toggle(const QString& text, QWidget* parent) : QCheckBox(text, parent) {
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

QSize Toggle::sizeHint() const {
    const int words = text().isEmpty() ? 0 : kGap + fontMetrics().horizontalAdvance(text()) + 2;
    return {scaled(kTrackWidth) + words, std::max(scaled(kTrackHeight) + 4, fontMetrics().height())};
}

void Toggle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(isEnabled() ? 1.0 : 0.45);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int trackWidth = scaled(kTrackWidth);
    const int trackHeight = scaled(kTrackHeight);
    const QRectF track(mirrored ? width() - trackWidth : 0, (height() - trackHeight) / 2.0, trackWidth,
                       trackHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(isChecked() ? Token::Accent : Token::Input));
    painter.drawRoundedRect(track, trackHeight / 2.0, trackHeight / 2.0);
    const qreal knob = trackHeight - 5;
    const bool right = isChecked() != mirrored;
    painter.setBrush(color(isChecked() ? Token::OnAccent : Token::Surface));
    painter.drawEllipse(
        QRectF(right ? track.right() - knob - 2.5 : track.left() + 2.5, track.top() + 2.5, knob, knob));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color(Token::Focus), 2));
        painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), trackHeight / 2.0, trackHeight / 2.0);
    }
    if (!text().isEmpty()) {
        painter.setPen(color(Token::Text));
        const QRect words = mirrored ? QRect(0, 0, width() - trackWidth - kGap, height())
                                     : QRect(trackWidth + kGap, 0, width() - trackWidth - kGap, height());
        painter.drawText(words, int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextHideMnemonic, text());
    }
}

}  // namespace coracle::gui
