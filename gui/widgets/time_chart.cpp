// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/time_chart.h"

#include "gui/theme/metrics.h"

#include <QDateTime>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace coracle::gui {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kTimes = 4;  // labels below the grid
constexpr int kTimesNarrow = 2;
constexpr int kNarrow = 330;
constexpr int kLabelSpace = 18;
constexpr int kTop = 8;
constexpr int kGap = 6;

/// Longer pauses between two samples break the line: nobody looked.
milliseconds longestPause(seconds span) {
    return std::max<milliseconds>(seconds(12), span / 60);
}

QString clockTime(TimeChart::Time time, bool withSeconds) {
    const auto local =
        QDateTime::fromMSecsSinceEpoch(duration_cast<milliseconds>(time.time_since_epoch()).count());
    return local.toString(withSeconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

}  // namespace

double roundAbove(double value) {
    if (!(value > 0)) {
        return 1;
    }
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * power * (1 + 1e-9)) {
            return step * power;
        }
    }
    return 10 * power;
}

TimeChart::TimeChart(QWidget* parent)
    : QWidget(parent), m_format([](double value) { return QLocale().toString(value); }) {
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TimeChart::setFormat(std::function<QString(double)> format) {
    m_format = std::move(format);
    update();
}

void TimeChart::set(std::vector<Series> series, Time until, seconds span) {
    m_series = std::move(series);
    m_until = until;
    m_span = span;
    QStringList words;
    for (const Series& one : m_series) {
        if (!one.samples.empty()) {
            words.append(one.name + QLatin1Char(' ') + m_format(one.samples.back().value));
        }
    }
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

void TimeChart::setLeast(double least) {
    m_least = least;
    update();
}

void TimeChart::setLimit(std::optional<double> limit) {
    m_limit = limit;
    update();
}

QSize TimeChart::sizeHint() const {
    return {scaled(320), scaled(176)};
}

QSize TimeChart::minimumSizeHint() const {
    return {scaled(200), scaled(120)};
}

double TimeChart::ceiling() const {
    if (m_limit) {
        return *m_limit;
    }
    double most = m_least;
    for (const Series& series : m_series) {
        for (const Sample& sample : series.samples) {
            most = std::max(most, sample.value);
        }
    }
    return roundAbove(most);
}

QRect TimeChart::grid() const {
    const QFontMetrics metrics(themeFont(TextRole::Caption));
    const double top = ceiling();
    const int numbers =
        std::max({metrics.horizontalAdvance(m_format(top)), metrics.horizontalAdvance(m_format(top / 2)),
                  metrics.horizontalAdvance(m_format(0))});
    return rect().adjusted(numbers + kGap, kTop, -1, -scaled(kLabelSpace));
}

double TimeChart::x(const QRect& area, Time time) const {
    const double before = double(duration_cast<milliseconds>(m_until - time).count());
    const double whole = double(duration_cast<milliseconds>(m_span).count());
    return area.right() - before / whole * area.width();
}

void TimeChart::paintGrid(QPainter& painter, const QRect& area) const {
    painter.setFont(themeFont(TextRole::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const double top = ceiling();
    for (int step = 0; step <= 2; ++step) {
        const int y = area.bottom() - area.height() * step / 2;
        const bool limit = step == 2 && m_limit;
        painter.setPen(limit ? QPen(color(Token::Err), 1.4, Qt::CustomDashLine)
                             : QPen(color(Token::Border), 1));
        if (limit) {
            QPen dashed = painter.pen();
            dashed.setDashPattern({3, 2});
            painter.setPen(dashed);
        }
        painter.drawLine(area.left(), y, area.right(), y);
        painter.setPen(color(Token::Muted));
        painter.drawText(QRect(0, y - metrics.height() / 2, area.left() - kGap, metrics.height()),
                         int(Qt::AlignRight | Qt::AlignVCenter), m_format(top * step / 2));
        if (limit) {
            painter.setPen(color(Token::Err));
            painter.drawText(QRect(area.left(), y + 2, area.width() - 2, metrics.height()),
                             int(Qt::AlignRight), tr("limit"));
        }
    }
    painter.setPen(color(Token::Muted));
    const int count = area.width() < scaled(kNarrow) ? kTimesNarrow : kTimes;
    const bool withSeconds = m_span < seconds(300);
    for (int i = 0; i < count; ++i) {
        const auto before = m_span * (count - 1 - i) / (count - 1);
        const QString text = clockTime(m_until - before, withSeconds);
        const int width = metrics.horizontalAdvance(text);
        const int left = area.left() + (area.width() - width) * i / (count - 1);
        painter.drawText(left, area.bottom() + kGap / 2 + metrics.ascent() + 1, text);
    }
}

void TimeChart::paintSeries(QPainter& painter, const QRect& area, const Series& series) const {
    const double top = ceiling();
    const auto pause = longestPause(m_span);
    QPainterPath line;
    QPainterPath ground;
    const Sample* before = nullptr;
    double begun = 0;
    const auto closeGround = [&](double at) {
        ground.lineTo(at, area.bottom());
        ground.lineTo(begun, area.bottom());
        ground.closeSubpath();
    };
    for (const Sample& sample : series.samples) {
        const QPointF point(x(area, sample.time),
                            area.bottom() - std::clamp(sample.value / top, 0.0, 1.0) * area.height());
        if (before == nullptr || sample.time - before->time > pause) {
            if (before != nullptr) {
                closeGround(x(area, before->time));
            }
            line.moveTo(point);
            ground.moveTo(point);
            begun = point.x();
        } else {
            line.lineTo(point);
            ground.lineTo(point);
        }
        before = &sample;
    }
    if (before == nullptr) {
        return;
    }
    closeGround(x(area, before->time));
    if (series.filled) {
        painter.fillPath(ground, color(series.token, 0.16F));
    }
    painter.setPen(QPen(color(series.token), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
}

const TimeChart::Sample* TimeChart::nearest(const Series& series, Time time) const {
    const Sample* best = nullptr;
    for (const Sample& sample : series.samples) {
        const auto distance = std::chrono::abs(sample.time - time);
        if (distance <= longestPause(m_span) &&
            (best == nullptr || distance < std::chrono::abs(best->time - time))) {
            best = &sample;
        }
    }
    return best;
}

QString TimeChart::readOut(int pointer) const {
    const QRect area = grid();
    if (pointer < area.left() || pointer > area.right() || area.width() <= 0) {
        return {};
    }
    const auto span = duration_cast<milliseconds>(m_span);
    const Time time =
        m_until - milliseconds(span.count() * (area.right() - pointer) / std::max(1, area.width()));
    QStringList words;
    Time shown;
    for (const Series& series : m_series) {
        if (const Sample* sample = nearest(series, time)) {
            words.append(series.name + QLatin1Char(' ') + m_format(sample->value));
            shown = sample->time;
        }
    }
    return words.isEmpty()
               ? QString()
               : clockTime(shown, true) + QStringLiteral(" · ") + words.join(QStringLiteral(" · "));
}

void TimeChart::paintReadOut(QPainter& painter, const QRect& area) const {
    const QString text = readOut(m_pointer);
    if (text.isEmpty()) {
        return;
    }
    painter.setPen(QPen(color(Token::Muted), 1, Qt::DotLine));
    painter.drawLine(m_pointer, area.top(), m_pointer, area.bottom());
    painter.setFont(themeFont(TextRole::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    const int width = metrics.horizontalAdvance(text) + 12;
    const int left = std::clamp(m_pointer - width / 2, 0, std::max(0, this->width() - width));
    const QRect box(left, area.top() + 2, width, metrics.height() + 6);
    painter.setPen(color(Token::BorderStrong));
    painter.setBrush(color(Token::Raised));
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), coracle::gui::metrics::kRadiusChip,
                            coracle::gui::metrics::kRadiusChip);
    painter.setPen(color(Token::Text));
    painter.drawText(box, Qt::AlignCenter, text);
}

void TimeChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRect area = grid();
    paintGrid(painter, area);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.setClipRect(area.adjusted(0, -2, 1, 1));
    for (const Series& series : m_series) {
        paintSeries(painter, area, series);
    }
    painter.restore();
    paintReadOut(painter, area);
}

void TimeChart::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = int(event->position().x());
    update();
}

void TimeChart::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    m_pointer = -1;
    update();
}

}  // namespace coracle::gui
