// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace coracle::gui {

class LogBuffer;

/// When a log was written: one bar for each stretch of time, its part of error output in red, and a ground
/// behind the stretch that is on screen. A click asks for the line that was written then; the arrow keys do
/// nothing, because the log itself is scrolled by them.
class LogHistogram : public QWidget {
    Q_OBJECT
public:
    explicit LogHistogram(QWidget* parent = nullptr);

    /// Count all lines of `buffer` anew. A million lines take some ten milliseconds: not for each new line.
    void count(const LogBuffer& buffer);
    /// The stretch that can be seen; nothing is marked when all of it can.
    void setVisibleRange(types::Time from, types::Time to);
    /// Whether there is anything to show: at least two lines of different times.
    bool isEmpty() const { return m_bars.empty(); }
    struct Bar {
        std::size_t lines = 0;
        std::size_t errors = 0;
    };
    const std::vector<Bar>& bars() const { return m_bars; }
    QSize sizeHint() const override;

signals:
    /// The person wants to see what was written at that time.
    void timeChosen(coracle::types::Time time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    double share(types::Time time) const;

    std::vector<Bar> m_bars;
    types::Time m_first;
    types::Time m_last;
    types::Time m_from;
    types::Time m_to;
};

}  // namespace coracle::gui
