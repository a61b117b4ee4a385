// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/empty_state.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

ChoiceCard::ChoiceCard(const QString& objectName, const QString& iconName, const QString& title,
                       const QString& text, const QString& keys, QWidget* parent)
    : QAbstractButton(parent), m_icon(iconName), m_text(text), m_keys(keys) {
    setObjectName(objectName);
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ChoiceCard::setPreferred(bool on) {
    m_preferred = on;
    update();
}

QSize ChoiceCard::sizeHint() const {
    const int words = QFontMetrics(themeFont(TextRole::Secondary)).horizontalAdvance(m_text) + 32;
    const int head =
        QFontMetrics(themeFont(TextRole::Section)).horizontalAdvance(text()) + 32 +
        (m_keys.isEmpty() ? 0 : 28 + QFontMetrics(themeFont(TextRole::Caption)).horizontalAdvance(m_keys));
    return {std::max({scaled(216), words, head}), scaled(102)};
}

void ChoiceCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) {
        QAbstractButton::keyPressEvent(event);
        return;
    }
    event->accept();
    if (!event->isAutoRepeat()) {
        click();
    }
}

void ChoiceCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool ring = hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange);
    painter.setBrush(color(underMouse() ? Token::Hover : Token::Surface));
    painter.setPen(ring ? QPen(color(Token::Focus), 2)
                        : QPen(color(m_preferred ? Token::Accent : Token::Border), m_preferred ? 2 : 1));
    const qreal inset = ring || m_preferred ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), metrics::kRadiusCard,
                            metrics::kRadiusCard);
    constexpr int kMargin = 16;
    const auto place = [this](const QRect& logical) {
        return QStyle::visualRect(layoutDirection(), rect(), logical);
    };
    paintIcon(painter, place(QRect(kMargin, kMargin, scaled(20), scaled(20))), m_icon, color(Token::Link),
              20);
    const int titleTop = scaled(47);
    painter.setFont(themeFont(TextRole::Section));
    painter.setPen(color(Token::Text));
    painter.drawText(QRect(kMargin, titleTop, width() - 2 * kMargin, scaled(20)),
                     Qt::AlignVCenter | Qt::AlignLeading, text());
    if (!m_keys.isEmpty()) {
        const QFont keyFont = themeFont(TextRole::Caption);
        const int keyWidth = QFontMetrics(keyFont).horizontalAdvance(m_keys) + 12;
        const QRectF box = QRectF(place(QRect(width() - kMargin - keyWidth, titleTop, keyWidth, scaled(18))))
                               .translated(0.5, 0.5);
        painter.setPen(color(Token::BorderStrong));
        painter.setBrush(color(Token::Sunken));
        painter.drawRoundedRect(box, 4, 4);
        painter.setFont(keyFont);
        painter.setPen(color(Token::Muted));
        painter.drawText(box, Qt::AlignCenter, m_keys);
    }
    painter.setFont(themeFont(TextRole::Secondary));
    painter.setPen(color(Token::Muted));
    painter.drawText(QRect(kMargin, titleTop + scaled(20), width() - 2 * kMargin, scaled(20)),
                     Qt::AlignVCenter | Qt::AlignLeading, m_text);
}

EmptyState::EmptyState(const QString& iconName, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent) {
    m_column = new QVBoxLayout(this);
    m_column->setSpacing(0);
    m_column->addStretch(10);
    const bool logo = iconName == QLatin1String("coracle-logo");
    auto* picture = new IconLabel(iconName, Token::Faint, logo ? 102 : 40);
    m_column->addWidget(picture, 0, Qt::AlignHCenter);
    m_column->addSpacing(logo ? 12 : 14);
    m_title = new TextLabel(title, logo ? TextRole::Hero : TextRole::DialogTitle);
    m_title->setAlignment(Qt::AlignCenter);
    m_column->addWidget(m_title, 0, Qt::AlignHCenter);
    m_column->addSpacing(6);
    m_text = new TextLabel(text, TextRole::Body, Token::Muted);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    setText(title, text);
    m_column->addWidget(m_text, 0, Qt::AlignHCenter);
    m_column->addSpacing(20);
    m_choices = new QHBoxLayout;
    m_choices->setSpacing(metrics::kSpace);
    m_choices->setAlignment(Qt::AlignCenter);
    m_column->addLayout(m_choices);
    m_column->addStretch(11);
}

void EmptyState::setText(const QString& title, const QString& text) {
    m_title->setText(title);
    m_text->setText(text);
    // A centred label is not asked for its height by its width; so both are said.
    const int width = scaled(450);
    m_text->setFixedSize(width, text.isEmpty() ? 0 : m_text->heightForWidth(width));
}

ChoiceCard* EmptyState::addChoice(const QString& objectName, const QString& iconName, const QString& title,
                                  const QString& text, const QString& keys) {
    auto* card = new ChoiceCard(objectName, iconName, title, text, keys, this);
    card->setPreferred(m_choices->count() == 0);
    m_choices->addWidget(card);
    // All as wide as the widest, so that none looks more important than it is.
    int width = 0;
    for (const ChoiceCard* one : findChildren<ChoiceCard*>()) {
        width = std::max(width, one->sizeHint().width());
    }
    for (ChoiceCard* one : findChildren<ChoiceCard*>()) {
        one->setMinimumWidth(width);
    }
    return card;
}

QAbstractButton* EmptyState::addButton(const QString& objectName, const QString& text,
                                       const QString& iconName) {
    auto* button = makeButton(objectName, text, iconName);
    m_choices->addWidget(button);
    return button;
}

QAbstractButton* EmptyState::addHint(const QString& objectName, const QString& words, const QString& link) {
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpaceSmall);
    row->addStretch(1);
    row->addWidget(new IconLabel(QStringLiteral("info"), Token::Muted, metrics::kIcon, this));
    row->addWidget(new TextLabel(words, TextRole::Secondary, Token::Muted, this));
    auto* button = makeButton(objectName, link, {}, ButtonKind::Link, ButtonSize::Small);
    row->addWidget(button);
    row->addStretch(1);
    m_column->insertLayout(m_column->count() - 1, row);
    m_column->insertSpacing(m_column->count() - 2, metrics::kSpaceLarge);
    return button;
}

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Surface));
}

}  // namespace coracle::gui
