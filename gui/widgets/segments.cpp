// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/segments.h"

#include "gui/theme/icons.h"
#include "gui/theme/metrics.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

namespace coracle::gui {

namespace {

constexpr int kSide = 12;
constexpr int kSmallSide = 10;

/// A rectangle with round corners at chosen ends only.
QPainterPath endPath(const QRectF& rect, bool roundLeft, bool roundRight, qreal radius) {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(rect, radius, radius);
    if (!roundLeft) {
        path.addRect(QRectF(rect.left(), rect.top(), radius, rect.height()));
    }
    if (!roundRight) {
        path.addRect(QRectF(rect.right() - radius, rect.top(), radius, rect.height()));
    }
    return path.simplified();
}

}  // namespace

SegmentButton::SegmentButton(const QString& text, const QString& iconName, QWidget* parent)
    : QAbstractButton(parent), m_icon(iconName) {
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentButton::setCount(int count) {
    if (count != m_count) {
        m_count = count;
        setAccessibleName(count < 0 ? text() : QStringLiteral("%1, %2").arg(text()).arg(count));
        updateGeometry();
        update();
    }
}

void SegmentButton::setOnInk(Token ink) {
    m_onInk = ink;
    update();
}

void SegmentButton::setEnds(bool first, bool last) {
    m_first = first;
    m_last = last;
    update();
}

void SegmentButton::setSmall(bool small) {
    m_small = small;
    updateGeometry();
    update();
}

QFont SegmentButton::textFont(bool checked) const {
    QFont font = themeFont(m_small   ? TextRole::SecondaryStrong
                           : checked ? TextRole::Section
                                     : TextRole::Strong);
    if (m_small && checked) {
        font.setWeight(QFont::DemiBold);
    }
    return font;
}

QSize SegmentButton::sizeHint() const {
    // The bold form is measured, so that choosing a part does not move the others.
    int width = 2 * (m_small ? kSmallSide : kSide) + QFontMetrics(textFont(true)).horizontalAdvance(text());
    if (!m_icon.isEmpty()) {
        width += scaled(metrics::kIconSmall) + (text().isEmpty() ? 0 : 6);
    }
    if (m_count >= 0) {
        width +=
            8 + QFontMetrics(themeFont(TextRole::Caption)).horizontalAdvance(QLocale().toString(m_count));
    }
    return {width, scaled(m_small ? metrics::kControlSmall : metrics::kControl)};
}

void SegmentButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool roundLeft = mirrored ? m_last : m_first;
    const bool roundRight = mirrored ? m_first : m_last;
    // Neighbours share one line: each but the last leaves out its end line.
    const bool dropLine = mirrored ? !roundLeft : !roundRight;
    QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (dropLine) {
        mirrored ? frame.setLeft(frame.left() - 1) : frame.setRight(frame.right() + 1);
    }
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(isChecked() ? Token::AccentSoft : underMouse() ? Token::Hover : Token::Surface));
    painter.setOpacity(isEnabled() ? 1.0 : 0.5);
    painter.drawPath(endPath(frame, roundLeft, roundRight, metrics::kRadiusControl));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color(Token::Focus), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
    }
    const QFont words = textFont(isChecked());
    const QFont countFont = themeFont(TextRole::Caption);
    const QString countText = m_count < 0 ? QString() : QLocale().toString(m_count);
    const int iconSpace = m_icon.isEmpty() ? 0 : scaled(metrics::kIconSmall) + (text().isEmpty() ? 0 : 6);
    const int textWidth = QFontMetrics(words).horizontalAdvance(text());
    const int countSpace = countText.isEmpty() ? 0 : 8 + QFontMetrics(countFont).horizontalAdvance(countText);
    int x = (width() - iconSpace - textWidth - countSpace) / 2;
    const QColor ink = color(isChecked() ? m_onInk : Token::Muted);
    if (!m_icon.isEmpty()) {
        paintIcon(painter, QRect(x, 0, scaled(metrics::kIconSmall), height()), m_icon, ink,
                  metrics::kIconSmall);
        x += iconSpace;
    }
    painter.setFont(words);
    painter.setPen(color(isChecked() ? m_onInk : Token::Text));
    painter.drawText(QRect(x, 0, textWidth + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (!countText.isEmpty()) {
        painter.setFont(countFont);
        painter.setPen(color(isChecked() ? m_onInk : Token::Muted));
        painter.drawText(QRect(x + textWidth + 8, 0, countSpace, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         countText);
    }
}

Segments::Segments(Choice choice, QWidget* parent)
    : QWidget(parent), m_layout(new QHBoxLayout(this)), m_group(new QButtonGroup(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_group->setExclusive(choice == Choice::One);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        emit toggled(id, on);
        if (on) {
            emit currentChanged(id);
        }
    });
}

int Segments::add(const QString& key, const QString& text, const QString& iconName) {
    const int index = int(m_buttons.size());
    auto* part = new SegmentButton(text, iconName, this);
    part->setObjectName(objectName() + QLatin1Char('.') + key);
    part->installEventFilter(this);
    part->setSmall(m_small);
    m_layout->addWidget(part);
    m_group->addButton(part, index);
    m_buttons.push_back(part);
    m_keys.push_back(key);
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setEnds(i == 0, i + 1 == m_buttons.size());
    }
    if (m_group->exclusive() && index == 0) {
        const QSignalBlocker quiet(m_group);
        part->setChecked(true);
    }
    return index;
}

void Segments::setSmall() {
    m_small = true;
    for (SegmentButton* part : m_buttons) {
        part->setSmall(true);
    }
}

void Segments::setCount(int index, int count) {
    button(index)->setCount(count);
}

int Segments::current() const {
    return m_group->checkedId();
}

QString Segments::currentKey() const {
    const int index = current();
    return index < 0 ? QString() : m_keys[static_cast<std::size_t>(index)];
}

void Segments::setCurrent(int index) {
    button(index)->setChecked(true);
}

bool Segments::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int forward = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            const int count = int(m_buttons.size());
            const int now = m_group->id(qobject_cast<QAbstractButton*>(watched));
            const int next = std::clamp(now + (key == forward ? 1 : -1), 0, count - 1);
            button(next)->setFocus(Qt::TabFocusReason);
            if (m_group->exclusive()) {
                button(next)->setChecked(true);
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace coracle::gui
