// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/banner.h"

#include "gui/widgets/buttons.h"
#include "gui/widgets/text_label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace coracle::gui {

namespace {

struct Look {
    const char* icon;
    Token ink;
    Token ground;
};

Look lookOf(Banner::Kind kind) {
    switch (kind) {
    case Banner::Kind::Info:
        return {"info", Token::Info, Token::InfoSoft};
    case Banner::Kind::Warning:
        return {"warn", Token::Warn, Token::WarnSoft};
    case Banner::Kind::Error:
        break;
    }
    return {"errc", Token::Err, Token::ErrSoft};
}

}  // namespace

Banner::Banner(QWidget* parent) : QWidget(parent) {
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(metrics::kPageMargin, 8, metrics::kSpace, 8);
    m_layout->setSpacing(metrics::kSpaceSmall);
    m_icon = new IconLabel(QStringLiteral("info"));
    m_layout->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    m_text = new TextLabel({}, TextRole::Strong);
    m_text->setWordWrap(true);
    m_text->setSelectable();
    m_hint = new TextLabel({}, TextRole::Secondary, Token::Muted);
    m_hint->setWordWrap(true);
    m_hint->setSelectable();
    words->addWidget(m_text);
    words->addWidget(m_hint);
    m_layout->addLayout(words, 1);
    hide();
}

void Banner::show(Kind kind, const QString& text, const QString& hint) {
    m_kind = kind;
    const Look look = lookOf(kind);
    m_icon->setIcon(QLatin1String(look.icon), look.ink);
    m_text->setToken(look.ink);
    m_text->setText(text);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    setAccessibleName(text);
    setAccessibleDescription(hint);
    setVisible(true);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    update();
}

QString Banner::text() const {
    return m_text->text();
}

QAbstractButton* Banner::addButton(const QString& objectName, const QString& text) {
    auto* button = makeButton(objectName, text, {}, ButtonKind::Normal, ButtonSize::Small);
    m_layout->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

void Banner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(lookOf(m_kind).ground));
    painter.fillRect(QRect(0, height() - 1, width(), 1), color(Token::Border));
}

}  // namespace coracle::gui
