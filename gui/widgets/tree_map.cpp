// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/tree_map.h"

#include "gui/theme/metrics.h"
#include "gui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <limits>
#include <numeric>

namespace coracle::gui {
namespace {

constexpr double kGap = 4;
constexpr int kLeastLetters = 9;
constexpr int kPadding = 8;
constexpr int kLeast = 6;
constexpr float kGround = 0.22F;

/// The worst ratio of sides in a row of `sizes[from, to)` along a side.
double worst(const std::vector<double>& sizes, std::size_t from, std::size_t to, double side) {
    const double sum = std::accumulate(sizes.begin() + static_cast<std::ptrdiff_t>(from),
                                       sizes.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
    const double most = sizes[from];
    const double least = sizes[to - 1];
    if (sum <= 0 || least <= 0) {
        return std::numeric_limits<double>::infinity();
    }
    return std::max(side * side * most / (sum * sum), sum * sum / (side * side * least));
}

}  // namespace

std::vector<QRectF> squarify(const QRectF& whole, const std::vector<double>& sizes) {
    std::vector<QRectF> places(sizes.size());
    const double all = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    if (all <= 0 || whole.isEmpty()) {
        return places;
    }
    std::vector<double> areas(sizes);
    for (double& area : areas) {
        area *= whole.width() * whole.height() / all;
    }
    QRectF left = whole;
    std::size_t from = 0;
    while (from < areas.size() && areas[from] > 0) {
        const bool upright = left.width() >= left.height();  // the row is a column at the left
        const double side = upright ? left.height() : left.width();
        std::size_t to = from + 1;
        while (to < areas.size() && areas[to] > 0 &&
               worst(areas, from, to + 1, side) <= worst(areas, from, to, side)) {
            ++to;
        }
        double sum = 0;
        for (std::size_t i = from; i < to; ++i) {
            sum += areas[i];
        }
        const double thickness = side > 0 ? sum / side : 0;
        double along = 0;
        for (std::size_t i = from; i < to; ++i) {
            const double length = thickness > 0 ? areas[i] / thickness : 0;
            places[i] = upright ? QRectF(left.left(), left.top() + along, thickness, length)
                                : QRectF(left.left() + along, left.top(), length, thickness);
            along += length;
        }
        upright ? left.setLeft(left.left() + thickness) : left.setTop(left.top() + thickness);
        from = to;
    }
    return places;
}

TreeMap::TreeMap(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void TreeMap::setAreas(std::vector<Area> areas) {
    m_areas = std::move(areas);
    m_current = std::min(m_current, static_cast<int>(m_areas.size()) - 1);
    layOut();
    update();
}

QSize TreeMap::sizeHint() const {
    return {scaled(560), scaled(400)};
}

QSize TreeMap::minimumSizeHint() const {
    return {scaled(200), scaled(220)};
}

void TreeMap::layOut() {
    std::vector<double> sizes;
    for (const Area& area : m_areas) {
        sizes.push_back(area.size);
    }
    m_places = squarify(QRectF(rect()).adjusted(0, 0, kGap, kGap), sizes);
}

QRect TreeMap::place(int index) const {
    if (index < 0 || index >= static_cast<int>(m_places.size())) {
        return {};
    }
    QRect area = m_places[static_cast<std::size_t>(index)].adjusted(0, 0, -kGap, -kGap).toAlignedRect();
    if (layoutDirection() == Qt::RightToLeft) {
        area.moveRight(width() - 1 - area.left());
    }
    return area.width() < kLeast || area.height() < kLeast ? QRect() : area.intersected(rect());
}

void TreeMap::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

int TreeMap::at(const QPoint& position) const {
    for (int i = 0; i < static_cast<int>(m_areas.size()); ++i) {
        if (place(i).contains(position)) {
            return i;
        }
    }
    return -1;
}

void TreeMap::setCurrent(int index) {
    if (index < 0 || index >= static_cast<int>(m_areas.size())) {
        return;
    }
    m_current = index;
    const Area& area = m_areas[static_cast<std::size_t>(index)];
    setAccessibleDescription(QStringLiteral("%1, %2, %3").arg(area.name, area.kind, area.words));
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    update();
}

void TreeMap::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        setCurrent(m_current + 1);
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        setCurrent(m_current - 1);
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(static_cast<int>(m_areas.size()) - 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0) {
            emit chosen(m_current);
        }
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void TreeMap::mousePressEvent(QMouseEvent* event) {
    const int index = at(event->pos());
    if (event->button() == Qt::LeftButton && index >= 0) {
        setCurrent(index);
        emit chosen(index);
    }
}

void TreeMap::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    setCurrent(std::max(m_current, 0));
}

bool TreeMap::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = at(help->pos());
        if (index < 0) {
            QToolTip::hideText();
        } else {
            const Area& area = m_areas[static_cast<std::size_t>(index)];
            // Plain text: names are a stranger's.
            const QString text = QStringLiteral("%1\n%2, %3").arg(area.name, area.kind, area.words);
            QToolTip::showText(help->globalPos(), text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")),
                               this);
        }
        return true;
    }
    return QWidget::event(event);
}

void TreeMap::paintArea(QPainter& painter, int index) const {
    const QRect area = place(index);
    if (area.isEmpty()) {
        return;
    }
    const Area& what = m_areas[static_cast<std::size_t>(index)];
    const bool current = hasFocus() && index == m_current;
    painter.setPen(QPen(color(current ? Token::Focus : what.token), current ? 2 : 1));
    painter.setBrush(color(what.token, kGround));
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadiusChip,
                            metrics::kRadiusChip);
    const QRect inside = area.adjusted(scaled(kPadding), scaled(kPadding - 2), -scaled(kPadding), -2);
    const QFont nameFont = themeFont(TextRole::SecondaryStrong);
    const QFontMetrics nameMetrics(nameFont);
    // A few letters tell nothing; the tooltip and the list have the whole name.
    const bool whole = nameMetrics.horizontalAdvance(what.name) <= inside.width();
    if ((!whole && inside.width() < nameMetrics.averageCharWidth() * kLeastLetters) ||
        inside.height() < nameMetrics.height()) {
        return;
    }
    const auto flags = Qt::AlignTop | Qt::AlignLeft;
    painter.setFont(nameFont);
    painter.setPen(color(Token::Text));
    painter.drawText(inside,
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(), flags)) | Qt::TextSingleLine,
                     nameMetrics.elidedText(what.name, Qt::ElideRight, inside.width()));
    const QFont wordsFont = themeFont(TextRole::Secondary);
    const QFontMetrics wordsMetrics(wordsFont);
    if (inside.height() < nameMetrics.height() + wordsMetrics.height() ||
        wordsMetrics.horizontalAdvance(what.words) > inside.width()) {
        return;
    }
    painter.setFont(wordsFont);
    painter.setPen(color(Token::Muted));
    painter.drawText(inside.adjusted(0, nameMetrics.height(), 0, 0),
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(), flags)) | Qt::TextSingleLine,
                     what.words);
}

void TreeMap::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < static_cast<int>(m_areas.size()); ++i) {
        paintArea(painter, i);
    }
}

}  // namespace coracle::gui
