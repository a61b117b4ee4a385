// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/state_label.h"

#include "gui/theme/metrics.h"

#include <QPainter>
#include <QStyle>

namespace coracle::gui {

namespace {

constexpr int kDot = 8;
constexpr int kGap = 6;

}  // namespace

StateLabel::StateLabel(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateLabel::setState(const QString& word, const QString& detail, StateLook look) {
    m_word = word;
    m_detail = detail;
    m_look = look;
    setAccessibleName(detail.isEmpty() ? word : word + QStringLiteral(", ") + detail);
    updateGeometry();
    update();
}

QSize StateLabel::sizeHint() const {
    int width = scaled(kDot) + kGap + QFontMetrics(themeFont(TextRole::Body)).horizontalAdvance(m_word) + 3;
    if (!m_detail.isEmpty()) {
        width += kGap + QFontMetrics(themeFont(TextRole::Secondary)).horizontalAdvance(m_detail);
    }
    return {width, scaled(20)};
}

void StateLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = scaled(kDot);
    const auto place = [this](int from, int width) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(from, 0, width, height()));
    };
    const QRectF dot(place(0, side).left(), (height() - side) / 2.0, side, side);
    if (m_look.ring) {
        painter.setPen(QPen(color(m_look.dot), 2));
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(m_look.dot));
        painter.drawEllipse(dot);
    }
    int x = side + kGap;
    painter.setFont(themeFont(TextRole::Body));
    painter.setPen(color(Token::Text));
    const int wordWidth = painter.fontMetrics().horizontalAdvance(m_word) + 1;
    painter.drawText(place(x, wordWidth), Qt::AlignVCenter | Qt::AlignLeft, m_word);
    if (!m_detail.isEmpty()) {
        x += wordWidth + kGap;
        painter.setFont(themeFont(TextRole::Secondary));
        painter.setPen(color(Token::Faint));
        painter.drawText(place(x, painter.fontMetrics().horizontalAdvance(m_detail) + 1),
                         Qt::AlignVCenter | Qt::AlignLeft, m_detail);
    }
}

}  // namespace coracle::gui
