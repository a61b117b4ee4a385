// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/radio_card.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kHeight = 74;
constexpr int kMargin = 13;
constexpr int kRadio = 15;
constexpr int kTextLeft = 39;
constexpr int kTitleHeight = 18;

}  // namespace

RadioCard::RadioCard(const QString& objectName, const QString& title, const QString& explanation,
                     const QString& iconName, QWidget* parent)
    : QRadioButton(title, parent), m_explanation(explanation), m_icon(iconName) {
    setObjectName(objectName);
    setAccessibleName(title);
    setAccessibleDescription(explanation);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize RadioCard::sizeHint() const {
    return {std::max(scaled(180), minimumSizeHint().width()), scaled(kHeight)};
}

/// The title is never cut.
QSize RadioCard::minimumSizeHint() const {
    const int icon = m_icon.isEmpty() ? 0 : metrics::kIcon + scaled(metrics::kSpaceSmall) - 2;
    const int title = QFontMetrics(themeFont(TextRole::Section)).horizontalAdvance(text());
    return {std::max(scaled(120), scaled(kTextLeft) + icon + title + scaled(kMargin) + 1), scaled(kHeight)};
}

void RadioCard::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(isEnabled() ? 1.0 : 0.5);
    const bool chosen = isChecked();
    const bool focused = hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange);
    const double half = focused ? 1.0 : 0.5;
    painter.setPen(focused ? QPen(color(Token::Focus), 2)
                           : QPen(color(chosen ? Token::Accent : Token::Border), 1));
    painter.setBrush(color(chosen ? Token::Selection : underMouse() ? Token::Hover : Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), metrics::kRadiusCard,
                            metrics::kRadiusCard);

    const auto placed = [this](const QRect& box) {
        return QStyle::visualRect(layoutDirection(), rect(), box);
    };
    const QRectF radio = QRectF(placed({scaled(kMargin), scaled(kMargin), scaled(kRadio), scaled(kRadio)}));
    painter.setPen(chosen ? QPen(Qt::NoPen) : QPen(color(Token::Input), 1));
    painter.setBrush(color(chosen ? Token::Accent : Token::Surface));
    painter.drawEllipse(radio.adjusted(0.5, 0.5, -0.5, -0.5));
    if (chosen) {
        const double dot = radio.width() / 5;
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::OnAccent));
        painter.drawEllipse(radio.center(), dot, dot);
    }
    int left = scaled(kTextLeft);
    if (!m_icon.isEmpty()) {
        paintIcon(painter, placed({left, scaled(kMargin) - 2, metrics::kIcon, scaled(kTitleHeight)}), m_icon,
                  color(Token::Text));
        left += metrics::kIcon + scaled(metrics::kSpaceSmall) - 2;
    }
    const int right = width() - scaled(kMargin);
    painter.setPen(color(Token::Text));
    painter.setFont(themeFont(TextRole::Section));
    painter.drawText(placed({left, scaled(kMargin) - 2, right - left, scaled(kTitleHeight)}),
                     int(Qt::AlignVCenter | Qt::AlignLeading) | Qt::TextHideMnemonic, text());
    painter.setPen(color(Token::Muted));
    painter.setFont(themeFont(TextRole::Secondary));
    const int textLeft = scaled(kTextLeft);
    const int top = scaled(kMargin + kTitleHeight);
    painter.drawText(placed({textLeft, top, right - textLeft, height() - top - 2}),
                     int(Qt::AlignTop | Qt::AlignLeading) | Qt::TextWordWrap, m_explanation);
}

}  // namespace coracle::gui
