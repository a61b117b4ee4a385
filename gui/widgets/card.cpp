// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/card.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace coracle::gui {

namespace {

void paintBox(QWidget& widget, Token ground, Token edge, int radius) {
    QPainter painter(&widget);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(color(edge));
    painter.setBrush(color(ground));
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

}  // namespace

Card::Card(const QString& title, QWidget* parent) : QFrame(parent) {
    m_outer = new QVBoxLayout(this);
    m_outer->setContentsMargins(1, 1, 1, 1);
    m_outer->setSpacing(0);
    m_head = new QWidget(this);
    m_headLayout = new QHBoxLayout(m_head);
    m_headLayout->setContentsMargins(metrics::kCardPadding, 6, metrics::kSpaceSmall, 2);
    m_headLayout->setSpacing(metrics::kSpaceSmall);
    m_title = new TextLabel(title, TextRole::Section);
    m_headLayout->addWidget(m_title);
    m_headLayout->addStretch(1);
    m_head->setMinimumHeight(scaled(34));
    m_head->setVisible(!title.isEmpty());
    m_outer->addWidget(m_head);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(metrics::kCardPadding, title.isEmpty() ? metrics::kCardPadding : 4,
                               metrics::kCardPadding, metrics::kCardPadding);
    m_body->setSpacing(metrics::kSpaceSmall);
    m_outer->addLayout(m_body, 1);
    setAccessibleName(title);
}

void Card::setTitle(const QString& title) {
    m_title->setText(title);
    m_head->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::setIcon(const QString& iconName) {
    m_headLayout->insertWidget(0, new IconLabel(iconName, Token::Text));
}

void Card::addToHead(QWidget* widget) {
    m_headLayout->addWidget(widget);
    m_head->setVisible(true);
}

void Card::setFullWidth() {
    m_body->setContentsMargins(0, 0, 0, 0);
}

void Card::setColors(Token ground, Token edge) {
    m_ground = ground;
    m_edge = edge;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    paintBox(*this, m_ground, m_edge, metrics::kRadiusCard);
}

CodeBox::CodeBox(const QString& text, QWidget* parent) : QFrame(parent), m_text(text) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    m_label = new TextLabel(text, TextRole::CodeSmall);
    m_label->setWordWrap(true);
    m_label->setSelectable();
    layout->addWidget(m_label);
}

void CodeBox::setText(const QString& text) {
    m_text = text;
    fit();
}

void CodeBox::fit() {
    // To a shell "word\\" before an indented line means the same as "word \\", but it cannot be torn apart.
    QStringList lines = m_text.split(QLatin1Char('\n'));
    const int room =
        contentsRect().width() - layout()->contentsMargins().left() - layout()->contentsMargins().right();
    for (QString& line : lines) {
        if (line.endsWith(QLatin1String(" \\")) && m_label->fontMetrics().horizontalAdvance(line) > room) {
            line.remove(line.size() - 2, 1);
        }
    }
    m_label->setText(lines.join(QLatin1Char('\n')));
}

void CodeBox::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fit();
}

void CodeBox::paintEvent(QPaintEvent*) {
    paintBox(*this, Token::Sunken, Token::Border, metrics::kRadiusControl);
}

}  // namespace coracle::gui
