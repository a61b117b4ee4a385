// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/log_histogram.h"

#include "gui/models/log_buffer.h"
#include "gui/theme/metrics.h"
#include "gui/theme/palette.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kHeight = 36;
constexpr std::size_t kBars = 120;
constexpr double kGap = 2;

}  // namespace

LogHistogram::LogHistogram(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("logs.histogram"));
    setAccessibleName(tr("When the lines were written"));
    setToolTip(tr("When the lines were written; error output is red"));
    setCursor(Qt::PointingHandCursor);
    setFixedHeight(scaled(kHeight));
}

QSize LogHistogram::sizeHint() const {
    return {scaled(200), scaled(kHeight)};
}

void LogHistogram::count(const LogBuffer& buffer) {
    m_bars.clear();
    if (!buffer.empty()) {
        m_first = buffer.time(0);
        m_last = buffer.time(buffer.size() - 1);
    }
    if (buffer.size() >= 2 && m_last > m_first) {
        m_bars.resize(kBars);
        const auto span = double((m_last - m_first).count());
        for (std::size_t line = 0; line < buffer.size(); ++line) {
            const double at = double((buffer.time(line) - m_first).count()) / span;
            Bar& bar = m_bars[std::min(kBars - 1, std::size_t(std::max(0.0, at) * double(kBars)))];
            ++bar.lines;
            bar.errors += buffer.stream(line) == types::LogStream::Stderr ? 1U : 0U;
        }
    }
    update();
}

void LogHistogram::setVisibleRange(types::Time from, types::Time to) {
    if (from != m_from || to != m_to) {
        m_from = from;
        m_to = to;
        update();
    }
}

double LogHistogram::share(types::Time time) const {
    return std::clamp(double((time - m_first).count()) / double((m_last - m_first).count()), 0.0, 1.0);
}

void LogHistogram::paintEvent(QPaintEvent*) {
    if (m_bars.empty()) {
        return;
    }
    QPainter painter(this);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](double from, double to) {
        return mirrored ? QRectF((1 - to) * width(), 0, (to - from) * width(), height())
                        : QRectF(from * width(), 0, (to - from) * width(), height());
    };
    if (m_from > m_first || m_to < m_last) {
        painter.fillRect(place(share(m_from), std::max(share(m_to), share(m_from) + 0.01)),
                         color(Token::AccentSoft));
    }
    const auto tallest = std::max_element(m_bars.begin(), m_bars.end(), [](const Bar& a, const Bar& b) {
                             return a.lines < b.lines;
                         })->lines;
    const double room = height() - 4;
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const Bar& bar = m_bars[i];
        if (bar.lines == 0) {
            continue;
        }
        QRectF box = place(double(i) / double(m_bars.size()), double(i + 1) / double(m_bars.size()));
        box.setWidth(std::max(1.0, box.width() - kGap));
        // Never lower than two pixels: one line among a million is still seen.
        const double tall = std::max(2.0, room * double(bar.lines) / double(tallest));
        const double red = bar.errors == 0 ? 0 : std::max(2.0, tall * double(bar.errors) / double(bar.lines));
        box.setTop(height() - 2 - tall);
        box.setHeight(tall);
        painter.fillRect(box, color(Token::C1, 0.5F));
        painter.fillRect(QRectF(box.left(), box.bottom() - red, box.width(), red), color(Token::Err));
    }
}

void LogHistogram::mousePressEvent(QMouseEvent* event) {
    if (m_bars.empty() || event->button() != Qt::LeftButton) {
        return;
    }
    double at = std::clamp(event->position().x() / std::max(1, width()), 0.0, 1.0);
    at = layoutDirection() == Qt::RightToLeft ? 1 - at : at;
    const auto span = double((m_last - m_first).count());
    emit timeChosen(m_first + types::Time::duration(static_cast<types::Time::rep>(at * span)));
}

}  // namespace coracle::gui
