// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/limit_slider.h"

#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace coracle::gui {
namespace {

constexpr int kKnob = 13;
constexpr int kGroove = 3;
constexpr int kBar = 18;  ///< height of the knob with its focus ring
constexpr int kMarks = 18;

}  // namespace

LimitSlider::LimitSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void LimitSlider::setStops(int count, std::vector<std::pair<int, QString>> marks) {
    m_marks = std::move(marks);
    setRange(0, std::max(0, count - 1));
    setPageStep(std::max(1, count / 8));
    update();
}

QSize LimitSlider::sizeHint() const {
    return {scaled(240), scaled(kBar + kMarks)};
}

QSize LimitSlider::minimumSizeHint() const {
    return {scaled(120), scaled(kBar + kMarks)};
}

double LimitSlider::xOf(int stop) const {
    const double side = scaled(kKnob) / 2.0 + 1;
    const double part = maximum() > 0 ? double(stop) / maximum() : 0;
    const double x = side + part * (width() - 2 * side);
    return layoutDirection() == Qt::RightToLeft ? width() - x : x;
}

int LimitSlider::stopAt(double x) const {
    const double side = scaled(kKnob) / 2.0 + 1;
    const double from = layoutDirection() == Qt::RightToLeft ? width() - x : x;
    const double part = (from - side) / std::max(1.0, width() - 2 * side);
    return int(std::lround(std::clamp(part, 0.0, 1.0) * maximum()));
}

void LimitSlider::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(isEnabled() ? 1.0 : 0.5);
    const double middle = scaled(kBar) / 2.0;
    const double from = xOf(minimum());
    const double to = xOf(maximum());
    const double at = xOf(sliderPosition());
    const auto bar = [&](double a, double b, Token token) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(token));
        const QRectF groove(std::min(a, b), middle - kGroove / 2.0, std::abs(b - a), kGroove);
        painter.drawRoundedRect(groove, kGroove / 2.0, kGroove / 2.0);
    };
    bar(from, to, Token::BorderStrong);
    bar(from, at, Token::Accent);
    const double radius = scaled(kKnob) / 2.0;
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setPen(QPen(color(Token::Focus), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(at, middle), radius + 1.5, radius + 1.5);
    }
    painter.setPen(QPen(color(Token::Accent), 2));
    painter.setBrush(color(Token::Surface));
    painter.drawEllipse(QPointF(at, middle), radius - 1, radius - 1);

    painter.setFont(themeFont(TextRole::Caption));
    painter.setPen(color(Token::Muted));
    for (const auto& [stop, text] : m_marks) {
        const int wide = painter.fontMetrics().horizontalAdvance(text);
        const int left = std::clamp(int(xOf(stop)) - wide / 2, 0, std::max(0, width() - wide));
        painter.drawText(QRect(left, scaled(kBar), wide + 1, scaled(kMarks)),
                         Qt::AlignVCenter | Qt::AlignLeft, text);
    }
}

void LimitSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        setSliderDown(true);
        setValue(stopAt(event->position().x()));
        event->accept();
    }
}

void LimitSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) {
        setValue(stopAt(event->position().x()));
        event->accept();
    }
}

void LimitSlider::mouseReleaseEvent(QMouseEvent* event) {
    setSliderDown(false);
    event->accept();
}

}  // namespace coracle::gui
