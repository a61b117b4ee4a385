// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/theme/palette.h"

#include <QWidget>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace coracle::gui {

/// Values over time as lines: a grid with numbers, an optional limit, and a read-out under the pointer. Where
/// nothing was measured for a while the line is broken: nothing is drawn that was not seen. What it shows is
/// its accessible description, too.
class TimeChart : public QWidget {
    Q_OBJECT
public:
    using Time = std::chrono::system_clock::time_point;

    struct Sample {
        Time time;
        double value = 0;
    };
    struct Series {
        QString name;  ///< for the read-out
        Token token = Token::C1;
        bool filled = false;
        std::vector<Sample> samples;  ///< by time, oldest first
    };

    explicit TimeChart(QWidget* parent = nullptr);

    /// How a value is written at the axis and in the read-out.
    void setFormat(std::function<QString(double)> format);
    /// The whole content at once. until: the right edge. span: what the width stands for.
    void set(std::vector<Series> series, Time until, std::chrono::seconds span);
    /// The value at the upper edge is at least this.
    void setLeast(double least);
    /// A dashed line; none: there is no limit.
    void setLimit(std::optional<double> limit);
    /// The value at the upper edge: a round number above everything shown.
    double ceiling() const;
    /// What the pointer would read at that place; empty outside of the grid or without values.
    QString readOut(int x) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QRect grid() const;
    double x(const QRect& area, Time time) const;
    void paintGrid(QPainter& painter, const QRect& area) const;
    void paintSeries(QPainter& painter, const QRect& area, const Series& series) const;
    void paintReadOut(QPainter& painter, const QRect& area) const;
    const Sample* nearest(const Series& series, Time time) const;

    std::function<QString(double)> m_format;
    std::vector<Series> m_series;
    Time m_until;
    std::chrono::seconds m_span{60};
    double m_least = 1;
    std::optional<double> m_limit;
    int m_pointer = -1;
};

/// The smallest number of the form 1, 2 or 5 times a power of ten that is not below `value`.
double roundAbove(double value);

}  // namespace coracle::gui
