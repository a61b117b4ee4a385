// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/text_label.h"

#include "gui/theme/icons.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace coracle::gui {

TextLabel::TextLabel(const QString& text, TextRole role, Token token, QWidget* parent)
    : QLabel(text, parent), m_role(role), m_token(token) {
    setTextFormat(Qt::PlainText);
    applyLook();
}

void TextLabel::setToken(Token token) {
    m_token = token;
    applyLook();
}

void TextLabel::setRole(TextRole role) {
    m_role = role;
    applyLook();
}

void TextLabel::setSelectable() {
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
    setCursor(Qt::IBeamCursor);
}

void TextLabel::setElided(Qt::TextElideMode mode) {
    m_elide = mode;
    setSizePolicy(QSizePolicy::Ignored, sizePolicy().verticalPolicy());
}

QSize TextLabel::minimumSizeHint() const {
    QSize hint = QLabel::minimumSizeHint();
    if (m_elide != Qt::ElideNone) {
        hint.setWidth(0);
    }
    return hint;
}

void TextLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange) {
        applyLook();
    }
}

void TextLabel::paintEvent(QPaintEvent* event) {
    if (m_elide == Qt::ElideNone) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), m_elide, width());
    if (shown != text() && toolTip().isEmpty()) {
        setToolTip(text());
    }
    painter.setPen(color(m_token));
    // As QLabel does: a path is read from left to right wherever the window begins.
    const auto where = QStyle::visualAlignment(layoutDirection(), alignment() | Qt::AlignVCenter);
    painter.drawText(
        rect(), int(where) | int(shown.isRightToLeft() ? Qt::TextForceRightToLeft : Qt::TextForceLeftToRight),
        shown);
}

void TextLabel::applyLook() {
    const QColor wanted = color(m_token);
    if (palette().color(QPalette::WindowText) != wanted) {
        QPalette p = palette();
        p.setColor(QPalette::WindowText, wanted);
        setPalette(p);
    }
    const QFont wantedFont = themeFont(m_role);
    if (font() != wantedFont) {
        setFont(wantedFont);
    }
}

IconLabel::IconLabel(const QString& name, Token token, int pixels, QWidget* parent)
    : QWidget(parent), m_name(name), m_token(token), m_pixels(pixels) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(const QString& name, Token token) {
    m_name = name;
    m_token = token;
    update();
}

QSize IconLabel::sizeHint() const {
    return {scaled(m_pixels), scaled(m_pixels)};
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintIcon(painter, rect(), m_name, color(m_token), m_pixels);
}

}  // namespace coracle::gui
