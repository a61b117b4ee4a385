// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <algorithm>

namespace coracle::gui::test {

/// Longest time that the event loop did not come round, measured by a timer that should fire every 5 ms.
class StallMeter : public QObject {
public:
    StallMeter() {
        m_clock.start();
        connect(&m_timer, &QTimer::timeout, this,
                [this] { m_longest = std::max(m_longest, m_clock.restart()); });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(5);
    }
    qint64 longest() const { return m_longest; }
    void restart() {
        m_longest = 0;
        m_clock.restart();
    }
    /// What a test multiplies its limit with: a machine that says it is slow gets more.
    static int factor() { return qEnvironmentVariableIsSet("CORACLE_SLOW_MACHINE") ? 4 : 1; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

}  // namespace coracle::gui::test
