// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/theme/style.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QVariant>
#include <QWidget>

#include <algorithm>

/// The painting of single controls. All of them are rectangles with one-pixel lines.
namespace coracle::gui {

namespace {

ButtonKind kindOf(const QWidget* widget, ButtonKind fallback) {
    if (widget == nullptr) {
        return fallback;
    }
    const QVariant value = widget->property("buttonKind");
    return value.isValid() ? static_cast<ButtonKind>(value.toInt()) : fallback;
}

/// A filled rounded rectangle with a sharp edge: the path runs through pixel centres.
void box(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& edge, int radius,
         int edgeWidth = 1) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(edge.isValid() ? QPen(edge, edgeWidth) : QPen(Qt::NoPen));
    const qreal inset = edge.isValid() ? edgeWidth / 2.0 : 0;
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

constexpr int kHeaderMargin = 10;
constexpr int kArrowGap = 4;

/// The words of the first column stand below the title of the page.
int headerStart(const QStyleOptionHeader& option, const QWidget* widget) {
    const auto* header = qobject_cast<const QHeaderView*>(widget);
    return option.section == 0 || (header != nullptr && header->visualIndex(option.section) == 0)
               ? metrics::kPageMargin
               : kHeaderMargin;
}

bool has(const QStyleOption& option, QStyle::StateFlag flag) {
    return bool(option.state & flag);
}

/// The ring shows for the keyboard, not for a click.
bool showsFocus(const QStyleOption& option) {
    return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

void focusRing(QPainter& painter, const QRect& rect, int radius = metrics::kRadiusControl) {
    box(painter, rect, {}, color(Token::Focus), radius, 2);
}

struct ButtonColors {
    QColor fill;
    QColor edge;
    QColor text;
};

ButtonColors buttonColors(ButtonKind kind, bool hover, bool down, bool checked) {
    switch (kind) {
    case ButtonKind::Primary: {
        const QColor fill = color(hover || down ? Token::AccentHover : Token::Accent);
        return {fill, fill, color(Token::OnAccent)};
    }
    case ButtonKind::Danger:
        return {color(Token::Err, hover ? 0.88F : 1.0F), {}, color(Token::OnErr)};
    case ButtonKind::DangerText:
        return {color(hover ? Token::ErrSoft : Token::Surface), color(Token::BorderStrong),
                color(Token::Err)};
    case ButtonKind::Flat:
        if (checked) {
            return {color(Token::AccentSoft), {}, color(Token::OnAccentSoft)};
        }
        return {hover || down ? color(Token::Hover) : QColor(), {}, color(Token::Muted)};
    case ButtonKind::Link:
        return {{}, {}, color(hover ? Token::AccentHover : Token::Link)};
    case ButtonKind::Normal:
        break;
    }
    if (checked) {
        return {color(Token::AccentSoft), color(Token::BorderStrong), color(Token::OnAccentSoft)};
    }
    return {color(hover || down ? Token::Hover : Token::Surface), color(Token::BorderStrong),
            color(Token::Text)};
}

bool isPill(const QWidget* widget) {
    return widget != nullptr && widget->property("tabPills").toBool();
}

}  // namespace

void CoracleStyle::drawButton(const QStyleOptionButton& option, QPainter& painter,
                              const QWidget* widget) const {
    const ButtonKind kind = kindOf(
        widget, option.features.testFlag(QStyleOptionButton::Flat) ? ButtonKind::Flat : ButtonKind::Normal);
    const bool enabled = has(option, State_Enabled);
    const ButtonColors c = buttonColors(kind, enabled && has(option, State_MouseOver),
                                        has(option, State_Sunken), has(option, State_On));
    painter.save();
    if (!enabled) {
        painter.setOpacity(kind == ButtonKind::Primary || kind == ButtonKind::Danger ? 0.45 : 0.7);
    }
    box(painter, option.rect, c.fill, c.edge, metrics::kRadiusControl);
    painter.restore();
    if (showsFocus(option)) {
        focusRing(painter, option.rect);
        if (kind == ButtonKind::Primary || kind == ButtonKind::Danger) {
            // On a ground of nearly its own colour the ring needs a line that is not.
            box(painter, option.rect.adjusted(2, 2, -2, -2), {},
                color(kind == ButtonKind::Primary ? Token::OnAccent : Token::OnErr),
                metrics::kRadiusControl - 2, 1);
        }
    }
}

void CoracleStyle::drawButtonLabel(const QStyleOptionButton& option, QPainter& painter,
                                   const QWidget* widget) const {
    const ButtonKind kind = kindOf(
        widget, option.features.testFlag(QStyleOptionButton::Flat) ? ButtonKind::Flat : ButtonKind::Normal);
    const bool enabled = has(option, State_Enabled);
    const ButtonColors c = buttonColors(kind, enabled && has(option, State_MouseOver),
                                        has(option, State_Sunken), has(option, State_On));
    const bool filled = kind == ButtonKind::Primary || kind == ButtonKind::Danger;
    const int textWidth = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    const int iconWidth = option.icon.isNull() ? 0 : option.iconSize.width();
    const int gap = iconWidth > 0 && !option.text.isEmpty() ? 7 : 0;
    int x = option.rect.left() + (option.rect.width() - textWidth - iconWidth - gap) / 2;
    x = std::max(x, option.rect.left() + 4);
    painter.save();
    if (!enabled) {
        painter.setOpacity(filled ? 0.75 : 0.5);
    }
    const bool mirrored = option.direction == Qt::RightToLeft;
    if (iconWidth > 0) {
        const QRect place(x, option.rect.center().y() - option.iconSize.height() / 2 + 1, iconWidth,
                          option.iconSize.height());
        option.icon.paint(&painter, visualRect(option.direction, option.rect, place), Qt::AlignCenter,
                          QIcon::Normal, has(option, State_On) ? QIcon::On : QIcon::Off);
    }
    painter.setPen(c.text);
    const QRect textRect(x + iconWidth + gap, option.rect.top(), textWidth + 2, option.rect.height());
    painter.drawText(
        visualRect(option.direction, option.rect, textRect),
        int(Qt::AlignVCenter | (mirrored ? Qt::AlignRight : Qt::AlignLeft)) | Qt::TextHideMnemonic,
        option.text);
    painter.restore();
}

void CoracleStyle::drawToolButton(const QStyleOptionToolButton& option, QPainter& painter,
                                  const QWidget* widget) const {
    const ButtonKind kind = kindOf(widget, ButtonKind::Flat);
    const bool enabled = has(option, State_Enabled);
    const ButtonColors c = buttonColors(kind, enabled && has(option, State_MouseOver),
                                        has(option, State_Sunken), has(option, State_On));
    box(painter, option.rect, c.fill, c.edge, metrics::kRadiusControl);
    if (showsFocus(option)) {
        focusRing(painter, option.rect);
    }
    drawToolButtonLabel(option, painter, widget);
}

void CoracleStyle::drawToolButtonLabel(const QStyleOptionToolButton& option, QPainter& painter,
                                       const QWidget* widget) const {
    const ButtonKind kind = kindOf(widget, ButtonKind::Flat);
    const bool enabled = has(option, State_Enabled);
    const ButtonColors c = buttonColors(kind, enabled && has(option, State_MouseOver),
                                        has(option, State_Sunken), has(option, State_On));
    const bool withText =
        !option.text.isEmpty() && (option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull());
    const bool withIcon = !option.icon.isNull() && option.toolButtonStyle != Qt::ToolButtonTextOnly;
    const int iconWidth = withIcon ? option.iconSize.width() : 0;
    const int textWidth = withText ? option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() : 0;
    const int gap = withIcon && withText ? 6 : 0;
    int x = option.rect.left() + (option.rect.width() - iconWidth - textWidth - gap) / 2;
    painter.save();
    if (withIcon) {
        const QRect place(x, option.rect.top() + (option.rect.height() - option.iconSize.height()) / 2,
                          iconWidth, option.iconSize.height());
        option.icon.paint(&painter, visualRect(option.direction, option.rect, place), Qt::AlignCenter,
                          enabled ? QIcon::Normal : QIcon::Disabled,
                          has(option, State_On) ? QIcon::On : QIcon::Off);
    }
    if (withText) {
        if (!enabled) {
            painter.setOpacity(0.5);
        }
        painter.setFont(option.font);
        painter.setPen(c.text);
        const QRect textRect(x + iconWidth + gap, option.rect.top(), textWidth + 2, option.rect.height());
        painter.drawText(visualRect(option.direction, option.rect, textRect),
                         int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextHideMnemonic, option.text);
    }
    painter.restore();
}

void CoracleStyle::drawInput(const QStyleOption& option, QPainter& painter, const QWidget* widget) const {
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(&option);
    if (frame != nullptr && frame->lineWidth == 0) {
        return;  // inside a combo or spin box, which draws the edge
    }
    const bool enabled = has(option, State_Enabled);
    const bool focus = has(option, State_HasFocus);
    const auto mark =
        widget == nullptr ? InputMark::None : static_cast<InputMark>(widget->property("inputMark").toInt());
    QColor edge = color(enabled ? Token::Input : Token::Border);
    if (focus) {
        edge = color(Token::Focus);
    }
    if (mark != InputMark::None) {
        edge = color(mark == InputMark::Error ? Token::Err : Token::Warn);
    }
    box(painter, option.rect, color(enabled ? Token::Surface : Token::Sunken), edge, metrics::kRadiusControl,
        focus || mark == InputMark::Error ? 2 : 1);
}

void CoracleStyle::drawComboBox(const QStyleOptionComboBox& option, QPainter& painter,
                                const QWidget* widget) const {
    const bool enabled = has(option, State_Enabled);
    const bool focus = has(option, State_HasFocus);
    const auto mark =
        widget == nullptr ? InputMark::None : static_cast<InputMark>(widget->property("inputMark").toInt());
    QColor edge = color(enabled ? Token::Input : Token::Border);
    if (mark != InputMark::None) {
        edge = color(mark == InputMark::Error ? Token::Err : Token::Warn);
    } else if (focus) {
        edge = color(Token::Focus);
    }
    const QColor fill = color(!enabled                                           ? Token::Sunken
                              : has(option, State_MouseOver) && !option.editable ? Token::Hover
                                                                                 : Token::Surface);
    box(painter, option.rect, fill, edge, metrics::kRadiusControl, focus ? 2 : 1);
    const QRect arrow = subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    paintIcon(painter, arrow, QStringLiteral("down"), color(Token::Muted, enabled ? 1.0F : 0.45F),
              metrics::kIconSmall);
}

void CoracleStyle::drawSpinBox(const QStyleOptionSpinBox& option, QPainter& painter,
                               const QWidget* widget) const {
    const bool enabled = has(option, State_Enabled);
    const bool focus = has(option, State_HasFocus);
    box(painter, option.rect, color(enabled ? Token::Surface : Token::Sunken),
        color(focus     ? Token::Focus
              : enabled ? Token::Input
                        : Token::Border),
        metrics::kRadiusControl, focus ? 2 : 1);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons) {
        return;
    }
    const bool canUp = option.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled);
    const bool canDown = option.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled);
    paintIcon(painter, QProxyStyle::subControlRect(CC_SpinBox, &option, SC_SpinBoxUp, widget),
              QStringLiteral("up"), color(Token::Muted, canUp ? 1.0F : 0.45F), 10);
    paintIcon(painter, QProxyStyle::subControlRect(CC_SpinBox, &option, SC_SpinBoxDown, widget),
              QStringLiteral("down"), color(Token::Muted, canDown ? 1.0F : 0.45F), 10);
}

void CoracleStyle::drawIndicator(PrimitiveElement element, const QStyleOption& option,
                                 QPainter& painter) const {
    const bool on = has(option, State_On);
    const bool partly = has(option, State_NoChange);
    const bool enabled = has(option, State_Enabled);
    const bool round = element == PE_IndicatorRadioButton;
    const int side = std::min(option.rect.width(), option.rect.height());
    const QRect rect(option.rect.left() + (option.rect.width() - side) / 2,
                     option.rect.top() + (option.rect.height() - side) / 2, side, side);
    painter.save();
    if (!enabled) {
        painter.setOpacity(0.45);
    }
    const bool filled = on || partly;
    box(painter, rect, color(filled && !round ? Token::Accent : Token::Surface),
        color(filled ? Token::Accent : Token::Input), round ? side / 2 : 4);
    if (round && on) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color(Token::Accent));
        painter.drawEllipse(QRectF(rect).adjusted(4, 4, -4, -4));
    } else if (filled && !round) {
        paintIcon(painter, rect, on ? QStringLiteral("check") : QStringLiteral("minus"),
                  color(Token::OnAccent), metrics::kIconChip);
    }
    painter.restore();
    if (showsFocus(option)) {
        focusRing(painter, rect.adjusted(-2, -2, 2, 2), round ? side : 5);
    }
}

void CoracleStyle::drawProgress(const QStyleOptionProgressBar& option, QPainter& painter) const {
    const int height = std::min(option.rect.height(), 6);
    const QRect groove(option.rect.left(), option.rect.center().y() - height / 2 + (height % 2 == 0 ? 1 : 0),
                       option.rect.width(), height);
    const int radius = height / 2;
    box(painter, groove, color(Token::Border), {}, radius);
    const int range = option.maximum - option.minimum;
    QRect bar = groove;
    if (range <= 0) {
        bar.setLeft(groove.left() + groove.width() / 3);
        bar.setWidth(groove.width() / 3);  // busy: a standing piece, so that nothing wakes up to animate it
    } else {
        bar.setWidth(int(qint64(groove.width()) * (option.progress - option.minimum) / range));
    }
    if (bar.width() >= 2) {
        box(painter, visualRect(option.direction, groove, bar), color(Token::Accent), {}, radius);
    }
}

int CoracleStyle::headerWidth(const QStyleOptionHeader& option, const QWidget* widget) {
    const bool sorts = option.sortIndicator != QStyleOptionHeader::None;
    return headerStart(option, widget) +
           QFontMetrics(themeFont(TextRole::CaptionBold)).horizontalAdvance(option.text) + 1 +
           (sorts ? scaled(metrics::kIconSmall) + kArrowGap : 0) + kHeaderMargin;
}

void CoracleStyle::drawHeader(const QStyleOptionHeader& option, QPainter& painter,
                              const QWidget* widget) const {
    // A table on a card has the ground of the card.
    const QVariant ground = widget == nullptr ? QVariant() : widget->property("headerGround");
    painter.fillRect(option.rect,
                     color(ground.isValid() ? static_cast<Token>(ground.toInt()) : Token::Window));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     color(Token::Border));
    const QFont headFont = themeFont(TextRole::CaptionBold);
    painter.save();
    painter.setFont(headFont);
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    painter.setPen(color(sorted || has(option, State_MouseOver) ? Token::Text : Token::Muted));
    QRect area = option.rect.adjusted(headerStart(option, widget), 0, -kHeaderMargin, -1);
    const int arrow = sorted ? scaled(metrics::kIconSmall) + kArrowGap : 0;
    const QString text = QFontMetrics(headFont).elidedText(option.text, Qt::ElideRight, area.width() - arrow);
    const int width = QFontMetrics(headFont).horizontalAdvance(text);
    if (option.textAlignment & Qt::AlignRight) {
        area.setLeft(area.right() - width - arrow);
    }
    const QRect textArea(area.left(), area.top(), width + 1, area.height());
    painter.drawText(visualRect(option.direction, option.rect, textArea), Qt::AlignVCenter | Qt::AlignLeft,
                     text);
    if (sorted) {
        const QRect place(area.left() + width + kArrowGap, area.top(), scaled(metrics::kIconSmall),
                          area.height());
        // Qt's "SortUp" is the arrow of a descending order in Fusion's reading: small values at the top.
        paintIcon(painter, visualRect(option.direction, option.rect, place),
                  option.sortIndicator == QStyleOptionHeader::SortDown ? QStringLiteral("up")
                                                                       : QStringLiteral("down"),
                  color(Token::Muted), metrics::kIconSmall);
    }
    painter.restore();
}

/// Tabs of things that come and go are pills; those of a page are underlined.
void CoracleStyle::drawTab(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const {
    const bool selected = has(option, State_Selected);
    if (isPill(widget)) {
        const QRect pill = option.rect.adjusted(2, 5, -2, -5);
        if (selected || has(option, State_MouseOver)) {
            box(painter, pill, color(selected ? Token::Selection : Token::Hover), {},
                metrics::kRadiusControl);
        }
        if (showsFocus(option) && selected) {
            focusRing(painter, pill);
        }
        return;
    }
    if (!selected && has(option, State_MouseOver)) {
        box(painter, option.rect.adjusted(4, 6, -4, -6), color(Token::Hover), {}, metrics::kRadiusControl);
    }
    if (selected) {
        box(painter, QRect(option.rect.left() + 4, option.rect.bottom() - 1, option.rect.width() - 8, 2),
            color(Token::Accent), {}, 1);
    }
    if (showsFocus(option) && selected) {
        focusRing(painter, option.rect.adjusted(4, 5, -4, -5));
    }
}

void CoracleStyle::drawTabLabel(const QStyleOptionTab& option, QPainter& painter,
                                const QWidget* widget) const {
    const bool selected = has(option, State_Selected);
    painter.save();
    if (isPill(widget)) {
        QRect rest = option.rect.adjusted(scaled(10), 0, -option.rightButtonSize.width() - scaled(4), 0);
        const QRect icon(rest.left(), rest.top(), scaled(metrics::kIconSmall), rest.height());
        option.icon.paint(&painter, visualRect(option.direction, option.rect, icon));
        rest.setLeft(icon.right() + scaled(6));
        painter.setFont(themeFont(TextRole::Strong));
        painter.setPen(color(selected ? Token::Text : Token::Muted));
        painter.drawText(visualRect(option.direction, option.rect, rest),
                         int(Qt::AlignVCenter) | Qt::TextHideMnemonic |
                             int(visualAlignment(option.direction, Qt::AlignLeft)),
                         option.text);
        painter.restore();
        return;
    }
    painter.setFont(themeFont(selected ? TextRole::Section : TextRole::Strong));
    painter.setPen(color(!has(option, State_Enabled) ? Token::Faint : selected ? Token::Text : Token::Muted));
    // Beside what the page put into the tab.
    const QRect words = visualRect(
        option.direction, option.rect,
        option.rect.adjusted(option.leftButtonSize.width(), 0, -option.rightButtonSize.width(), 0));
    painter.drawText(words, int(Qt::AlignCenter) | Qt::TextHideMnemonic, option.text);
    painter.restore();
}

void CoracleStyle::drawScrollBar(const QStyleOptionSlider& option, QPainter& painter,
                                 const QWidget* widget) const {
    if (widget != nullptr && widget->property("opaqueGround").toBool()) {
        painter.fillRect(option.rect, color(Token::Surface));
    }
    if (option.maximum <= option.minimum) {
        return;
    }
    QRect slider = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const bool active = has(option, State_MouseOver) || has(option, State_Sunken);
    slider.adjust(2, 2, -2, -2);
    box(painter, slider, color(active ? Token::Faint : Token::BorderStrong), {}, 3);
}

}  // namespace coracle::gui
