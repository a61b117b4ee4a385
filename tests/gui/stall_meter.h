// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/gui/own_clock.h"

#include <QObject>
#include <QString>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <array>

namespace coracle::gui::test {

/// Longest time that the event loop did not come round, measured by a timer that should fire every 5 ms, in
/// the time of an OwnClock. Belongs to the thread that made it.
class StallMeter : public QObject {
public:
    StallMeter() {
        restart();
        connect(&m_timer, &QTimer::timeout, this, [this] { turn(); });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(5);
    }
    /// In milliseconds.
    qint64 longest() const { return m_longest; }
    /// The most that the thread computed between two turns, in milliseconds.
    qint64 longestComputed() const { return m_longestComputed; }
    /// The third longest one: somebody may stop the process, or its machine, and be taken for the app once or
    /// twice. What the app does itself it does again.
    qint64 usual() const { return m_most[0]; }
    /// The longest one, the test function that it was in, and how much of it the thread computed: in the rest
    /// it waited for a disk, or somebody had stopped the process.
    QString describe() const {
        return QStringLiteral("%1 ms in %2, %3 ms of it on a processor; the third longest: %4 ms")
            .arg(m_longest)
            .arg(m_where)
            .arg(m_ran)
            .arg(usual());
    }
    void restart() {
        m_longest = 0;
        m_longestComputed = 0;
        m_most = {};
        m_where.clear();
        m_ran = 0;
        m_clock.restart();
    }
    /// What a test multiplies its limit with: a machine that says it is slow gets more.
    static int factor() { return qEnvironmentVariableIsSet("CORACLE_SLOW_MACHINE") ? 4 : 1; }

private:
    void turn() {
        const qint64 stall = m_clock.elapsed();
        const qint64 computed = m_clock.computed();
        m_longestComputed = std::max(m_longestComputed, computed);
        m_most[0] = std::max(m_most[0], stall);
        std::sort(m_most.begin(), m_most.end());
        if (stall > m_longest) {
            m_longest = stall;
            m_ran = computed;
            m_where = QString::fromLatin1(QTest::currentTestFunction());
        }
        m_clock.restart();
    }

    QTimer m_timer;
    OwnClock m_clock;
    qint64 m_longest = 0;
    qint64 m_longestComputed = 0;
    std::array<qint64, 3> m_most{};  ///< the shortest of them first
    qint64 m_ran = 0;
    QString m_where;
};

}  // namespace coracle::gui::test
