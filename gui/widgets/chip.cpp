// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/chip.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"

#include <QPainter>

namespace coracle::gui {

namespace {

constexpr int kSide = 7;
constexpr int kGap = 4;

}  // namespace

int chipWidth(const QString& text, bool withIcon) {
    int width = 2 * kSide + QFontMetrics(themeFont(TextRole::Caption)).horizontalAdvance(text);
    if (withIcon) {
        width += scaled(metrics::kIconChip) + (text.isEmpty() ? 0 : kGap);
    }
    return width;
}

QRect paintChip(QPainter& painter, const QRect& area, int x, const QString& text, const QString& iconName,
                ChipLook look) {
    const int height = scaled(metrics::kChip);
    const QRect box(x, area.top() + (area.height() - height) / 2, chipWidth(text, !iconName.isEmpty()),
                    height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool edged = currentPalette().contrast() == Contrast::High;
    painter.setPen(edged ? QPen(color(look.ink)) : QPen(Qt::NoPen));
    painter.setBrush(color(look.ground));
    painter.drawRoundedRect(edged ? QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(box),
                            metrics::kRadiusChip, metrics::kRadiusChip);
    int left = box.left() + kSide;
    if (!iconName.isEmpty()) {
        const int side = scaled(metrics::kIconChip);
        paintIcon(painter, QRect(left, box.top(), side, height), iconName, color(look.ink),
                  metrics::kIconChip);
        left += side + kGap;
    }
    painter.setFont(themeFont(TextRole::Caption));
    painter.setPen(color(look.ink));
    painter.drawText(QRect(left, box.top(), box.right() - left, height), Qt::AlignVCenter | Qt::AlignLeft,
                     text);
    painter.restore();
    return box;
}

Chip::Chip(const QString& text, const QString& iconName, ChipLook look, QWidget* parent)
    : QAbstractButton(parent), m_icon(iconName), m_look(look) {
    setText(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setInteractive(true);
}

void Chip::setLook(ChipLook look) {
    m_look = look;
    update();
}

void Chip::setIconName(const QString& name) {
    m_icon = name;
    updateGeometry();
    update();
}

void Chip::setInteractive(bool on) {
    setFocusPolicy(on ? Qt::TabFocus : Qt::NoFocus);
    setCursor(on ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_TransparentForMouseEvents, !on);
}

void Chip::setGap(int pixels) {
    m_gap = scaled(pixels);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    return {m_gap + chipWidth(text(), !m_icon.isEmpty()), scaled(metrics::kChip)};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!isEnabled()) {
        painter.setOpacity(0.5);
    }
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    paintChip(painter, rect(), mirrored ? 0 : m_gap, text(), m_icon, m_look);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color(Token::Focus), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

}  // namespace coracle::gui
