// SPDX-License-Identifier: Apache-2.0
#include "gui/theme/style.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/theme/scroll_focus.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>
#include <QVariant>

namespace coracle::gui {

namespace {

/// What holds the list of a combo box; Qt has no name for it that programs may use.
bool isComboList(const QWidget* widget) {
    return widget != nullptr && widget->inherits("QComboBoxPrivateContainer");
}

// The application's style; QApplication owns it. Kept here because colours are asked for on every paint.
CoracleStyle* activeStyle = nullptr;  // NOLINT: see above

}  // namespace

void setButtonKind(QAbstractButton& button, ButtonKind kind, ButtonSize size) {
    button.setProperty("buttonKind", int(kind));
    button.setProperty("buttonSmall", size == ButtonSize::Small);
    QFont font = themeFont(size == ButtonSize::Small ? TextRole::SecondaryStrong : TextRole::Strong);
    if (kind == ButtonKind::Primary || kind == ButtonKind::Danger) {
        font.setWeight(QFont::DemiBold);
    }
    button.setFont(font);
    button.update();
}

void setInputMark(QWidget& input, InputMark mark) {
    input.setProperty("inputMark", int(mark));
    input.update();
}

CoracleStyle::CoracleStyle(Scheme scheme)
    : QProxyStyle(QStringLiteral("Fusion")), m_palette(Palette::load(scheme)) {
    activeStyle = this;
}

CoracleStyle::~CoracleStyle() {
    if (activeStyle == this) {
        activeStyle = nullptr;
    }
}

const CoracleStyle* CoracleStyle::current() {
    return activeStyle;
}

void CoracleStyle::setScheme(Scheme scheme, Contrast contrast) {
    m_palette = Palette::load(scheme, contrast);
}

QPalette CoracleStyle::standardPalette() const {
    QPalette p;
    const auto set = [&](QPalette::ColorRole role, Token token) { p.setColor(role, m_palette[token]); };
    set(QPalette::Window, Token::Window);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Surface);
    set(QPalette::AlternateBase, Token::Sunken);
    set(QPalette::Text, Token::Text);
    set(QPalette::Button, Token::Surface);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::Err);
    set(QPalette::Highlight, Token::Selection);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Link, Token::Link);
    set(QPalette::LinkVisited, Token::Link);
    set(QPalette::PlaceholderText, Token::Faint);
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Light, Token::Raised);
    set(QPalette::Midlight, Token::Hover);
    set(QPalette::Mid, Token::BorderStrong);
    set(QPalette::Dark, Token::Border);
    p.setColor(QPalette::Shadow, QColor(Qt::black));
    QColor faded = m_palette[Token::Text];
    faded.setAlphaF(0.45F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, faded);
    }
    p.setColor(QPalette::Disabled, QPalette::Base, m_palette[Token::Sunken]);
    return p;
}

void CoracleStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    // Who came by keyboard sees where the focus is in what opens, too, and not only after the next Tab.
    const QWidget* opener = widget->isWindow() ? widget->parentWidget() : nullptr;
    if (opener != nullptr && opener->window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        widget->setAttribute(Qt::WA_KeyboardFocusChange);
    }
    if (qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr ||
        qobject_cast<QAbstractSpinBox*>(widget) != nullptr || qobject_cast<QScrollBar*>(widget) != nullptr ||
        qobject_cast<QTabBar*>(widget) != nullptr || qobject_cast<QHeaderView*>(widget) != nullptr) {
        widget->setAttribute(Qt::WA_Hover);
    }
    if (auto* area = qobject_cast<QScrollArea*>(widget)) {
        ScrollFocus::attach(*area);
    }
    if (qobject_cast<QLineEdit*>(widget) != nullptr) {
        // Selected words in an input stand on the accent; in lists a selection is a soft ground.
        QPalette inputPalette = widget->palette();
        inputPalette.setColor(QPalette::Highlight, m_palette[Token::Accent]);
        inputPalette.setColor(QPalette::HighlightedText, m_palette[Token::OnAccent]);
        widget->setPalette(inputPalette);
    }
}

void CoracleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    switch (element) {
    case PE_PanelLineEdit:
        drawInput(*option, *painter, widget);
        return;
    case PE_FrameLineEdit:
    case PE_FrameFocusRect:  // each control draws its own ring
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
    case PE_IndicatorBranch:
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorRadioButton:
    case PE_IndicatorItemViewItemCheck:
        drawIndicator(element, *option, *painter);
        return;
    case PE_Frame:
        if (qobject_cast<const QAbstractItemView*>(widget) != nullptr) {
            painter->setPen(color(Token::Border));
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            return;
        }
        if (isComboList(widget)) {  // white on white it would have no edge
            painter->setPen(color(Token::BorderStrong));
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            return;
        }
        if (qobject_cast<const QPlainTextEdit*>(widget) != nullptr) {  // an input of several lines
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(color(Token::Input));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5),
                                     metrics::kRadiusChip, metrics::kRadiusChip);
            painter->restore();
            return;
        }
        break;
    case PE_PanelTipLabel:
    case PE_FrameMenu:
        painter->save();
        painter->setPen(color(Token::BorderStrong));
        painter->setBrush(element == PE_PanelTipLabel ? QBrush(color(Token::Raised)) : QBrush(Qt::NoBrush));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, color(Token::Raised));
        return;
    case PE_IndicatorArrowDown:
        paintIcon(*painter, option->rect, QStringLiteral("down"), color(Token::Muted), metrics::kIconSmall);
        return;
    case PE_IndicatorArrowUp:
        paintIcon(*painter, option->rect, QStringLiteral("up"), color(Token::Muted), metrics::kIconSmall);
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void CoracleStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const {
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto* o = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawButton(*o, *painter, widget);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto* o = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            drawButtonLabel(*o, *painter, widget);
            return;
        }
        break;
    case CE_ToolButtonLabel:
        if (const auto* o = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            drawToolButtonLabel(*o, *painter, widget);
            return;
        }
        break;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto* o = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
            drawProgress(*o, *painter);
            return;
        }
        break;
    case CE_Header:
        if (const auto* o = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            drawHeader(*o, *painter, widget);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, color(Token::Window));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                          color(Token::Border));
        return;
    case CE_TabBarTabShape:
        if (const auto* o = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            drawTab(*o, *painter, widget);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto* o = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            drawTabLabel(*o, *painter, widget);
            return;
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void CoracleStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                      QPainter* painter, const QWidget* widget) const {
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        control == CC_ComboBox && combo != nullptr) {
        drawComboBox(*combo, *painter, widget);
        return;
    }
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
        control == CC_SpinBox && spin != nullptr) {
        drawSpinBox(*spin, *painter, widget);
        return;
    }
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        control == CC_ScrollBar && bar != nullptr) {
        drawScrollBar(*bar, *painter, widget);
        return;
    }
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        control == CC_ToolButton && tool != nullptr) {
        drawToolButton(*tool, *painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int CoracleStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return scaled(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
        return scaled(metrics::kIcon);
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 18;
    case PM_LineEditIconMargin:
        return 8;
    case PM_LineEditIconSize:
        return scaled(metrics::kIcon);
    case PM_SplitterWidth:
        return 1;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_HeaderMargin:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int CoracleStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                            QStyleHintReturn* returnData) const {
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
    case SH_ComboBox_ListMouseTracking:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_ComboBox_Popup:
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Widget_Animate:
    case SH_UnderlineShortcut:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_ComboBox_PopupFrameStyle:
        return int(QFrame::StyledPanel) | int(QFrame::Plain);
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize CoracleStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                     const QWidget* widget) const {
    const bool isSmall = widget != nullptr && widget->property("buttonSmall").toBool();
    const int height = scaled(isSmall ? metrics::kControlSmall : metrics::kControl);
    switch (type) {
    case CT_PushButton: {
        const auto* o = qstyleoption_cast<const QStyleOptionButton*>(option);
        if (o == nullptr) {
            break;
        }
        const bool isTight = widget != nullptr && widget->property("buttonTight").toBool();
        int width = o->fontMetrics.size(Qt::TextShowMnemonic, o->text).width() + 2 * (isTight   ? 5
                                                                                      : isSmall ? 10
                                                                                                : 13);
        if (!o->icon.isNull()) {
            width += o->iconSize.width() + (o->text.isEmpty() ? 0 : 7);
        }
        if (o->text.isEmpty()) {
            width = height;
        }
        return {width, std::max(height, o->fontMetrics.height() + 6)};
    }
    case CT_LineEdit:
        return {size.width() + 16, std::max(height, size.height() + 8)};
    case CT_ComboBox:
        return {size.width() + 44, height};
    case CT_SpinBox:
        return {size.width() + 20, height};
    case CT_MenuItem: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        const auto* o = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (o != nullptr && o->menuItemType != QStyleOptionMenuItem::Separator) {
            result.setHeight(std::max(result.height(), scaled(28)));
            result.rwidth() += 12;
        }
        return result;
    }
    case CT_ItemViewItem: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        if (widget != nullptr && isComboList(widget->parentWidget())) {
            result.setHeight(std::max(result.height(), scaled(metrics::kRowDense)));
        }
        return result;
    }
    case CT_TabBarTab: {
        // Always the same: words must not move when a number comes beside them.
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        result.setHeight(scaled(metrics::kTabBar) - 1);
        return result;
    }
    case CT_HeaderSection: {
        QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
        result.setHeight(scaled(metrics::kTableHead));
        if (const auto* o = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            result.setWidth(headerWidth(*o, widget));
        }
        return result;
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect CoracleStyle::subElementRect(SubElement element, const QStyleOption* option,
                                   const QWidget* widget) const {
    if (element == SE_LineEditContents) {
        return option->rect.adjusted(6, 0, -6, 0);
    }
    if (element == SE_ProgressBarContents || element == SE_ProgressBarGroove) {
        return option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect CoracleStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                   const QWidget* widget) const {
    if (control == CC_ComboBox) {
        const QRect r = option->rect;
        if (part == SC_ComboBoxEditField) {
            // The line edit of an editable one brings its own margin.
            const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
            const int left = box != nullptr && box->editable ? 2 : 10;
            return visualRect(option->direction, r, r.adjusted(left, 1, -28, -1));
        }
        if (part == SC_ComboBoxArrow) {
            return visualRect(option->direction, r, QRect(r.right() - 27, r.top(), 26, r.height()));
        }
    }
    if (control == CC_ScrollBar) {
        // No arrow buttons: the groove is the whole bar.
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine || bar == nullptr) {
            return {};
        }
        const bool vertical = bar->orientation == Qt::Vertical;
        const int length = vertical ? option->rect.height() : option->rect.width();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        int slider = length;
        if (range > 0) {
            slider = int(qint64(bar->pageStep) * length / (range + bar->pageStep));
            slider = std::clamp(slider, std::min(28, length), length);
        }
        const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                  length - slider, bar->upsideDown);
        const auto span = [&](int from, int size) {
            return vertical
                       ? QRect(option->rect.left(), option->rect.top() + from, option->rect.width(), size)
                       : QRect(option->rect.left() + from, option->rect.top(), size, option->rect.height());
        };
        switch (part) {
        case SC_ScrollBarSlider:
            return span(start, slider);
        case SC_ScrollBarSubPage:
            return span(0, start);
        case SC_ScrollBarAddPage:
            return span(start + slider, length - start - slider);
        case SC_ScrollBarGroove:
            return option->rect;
        default:
            return {};
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

}  // namespace coracle::gui
