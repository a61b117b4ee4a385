// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/filter_edit.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"

#include <QAction>
#include <QGuiApplication>
#include <QInputMethod>
#include <QKeyEvent>
#include <QPainter>

namespace coracle::gui {
namespace {

constexpr int kIconAndEdges = 48;
constexpr int kNarrowest = 120;

/// The side of the keyboard, whatever that of the layout is.
bool wordsAreAtRight() {
    return QGuiApplication::inputMethod()->inputDirection() == Qt::RightToLeft;
}

}  // namespace

FilterEdit::FilterEdit(const QString& objectName, const QString& placeholder, QWidget* parent)
    : QLineEdit(parent), m_hint(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)) {
    setObjectName(objectName);
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumWidth(scaled(kNarrowest));
    setMaximumWidth(scaled(metrics::kFilterWidth));
    addAction(themeIcon(QStringLiteral("search"), Token::Muted), QLineEdit::LeadingPosition);
    auto* clearAction = addAction(themeIcon(QStringLiteral("x"), Token::Muted), QLineEdit::TrailingPosition);
    clearAction->setToolTip(tr("Clear"));
    clearAction->setVisible(false);
    connect(clearAction, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clearAction,
            [clearAction](const QString& text) { clearAction->setVisible(!text.isEmpty()); });
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::keepRoom);
    keepRoom();
}

QSize FilterEdit::sizeHint() const {
    return {maximumWidth(), QLineEdit::sizeHint().height()};
}

void FilterEdit::setEndRoom(int pixels) {
    m_endRoom = pixels;
    keepRoom();
}

void FilterEdit::setKeyHint(const QString& hint) {
    m_hint = hint;
    keepRoom();
    update();
}

/// Where both have no room the words win: they say what the field is for, and the key stands in the sheet of
/// shortcuts, too.
bool FilterEdit::showsHint() const {
    const int needed = kIconAndEdges + fontMetrics().horizontalAdvance(placeholderText()) + hintWidth();
    return text().isEmpty() && !m_hint.isEmpty() && !hasFocus() && needed <= width();
}

int FilterEdit::hintWidth() const {
    return QFontMetrics(themeFont(TextRole::Caption)).horizontalAdvance(m_hint) + 12;
}

void FilterEdit::keepRoom() {
    const bool hint = showsHint();
    const int room = hint ? hintWidth() : m_endRoom;
    const bool atLeft = hint ? wordsAreAtRight() : isRightToLeft();
    atLeft ? setTextMargins(room, 0, 0, 0) : setTextMargins(0, 0, room, 0);
}

void FilterEdit::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    keepRoom();
}

void FilterEdit::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    keepRoom();
}

void FilterEdit::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    keepRoom();
}

void FilterEdit::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange) {
        keepRoom();
    }
}

void FilterEdit::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty()) {
            emit left();
        } else {
            clear();
        }
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (!showsHint()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont hintFont = themeFont(TextRole::Caption);
    const int width = hintWidth();
    const int height = scaled(18);
    // Opposite to the words, whose side is the keyboard's; the icon stands on the side of the layout.
    const bool beyondIcon = wordsAreAtRight() != (layoutDirection() == Qt::RightToLeft);
    const int edge = beyondIcon ? kIconAndEdges - 12 : 9;
    const int x = wordsAreAtRight() ? edge : this->width() - width - edge;
    const QRectF keyBox(x + 0.5, (this->height() - height) / 2.0 + 0.5, width - 1, height - 1);
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(Token::Sunken));
    painter.drawRoundedRect(keyBox, 4, 4);
    painter.setFont(hintFont);
    painter.setPen(color(Token::Muted));
    painter.drawText(keyBox, Qt::AlignCenter, m_hint);
}

}  // namespace coracle::gui
