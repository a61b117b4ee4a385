// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QString>
#include <QTest>
#include <QTimer>

#include <unistd.h>

namespace coracle::gui::test {

/// Longest time that the event loop did not come round, measured by a timer that should fire every 5 ms. The
/// time that the thread was ready to run and other programs had the processors is not the app's, and left
/// out: the kernel counts it, in the second number of schedstat. Belongs to the thread that made it.
class StallMeter : public QObject {
public:
    StallMeter() : m_schedule(QStringLiteral("/proc/self/task/%1/schedstat").arg(::gettid())) {
        m_schedule.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        restart();
        connect(&m_timer, &QTimer::timeout, this, [this] { turn(); });
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.start(5);
    }
    /// In milliseconds.
    qint64 longest() const { return m_longest; }
    /// The longest one, the test function that it was in, and how much of it the thread computed: in the rest
    /// it waited for a disk, or somebody had stopped the process.
    QString describe() const {
        return QStringLiteral("%1 ms in %2, %3 ms of it on a processor")
            .arg(m_longest)
            .arg(m_where)
            .arg(m_ran);
    }
    void restart() {
        m_longest = 0;
        m_where.clear();
        m_before = counted();
        m_ran = 0;
        m_clock.start();
    }
    /// What a test multiplies its limit with: a machine that says it is slow gets more.
    static int factor() { return qEnvironmentVariableIsSet("CORACLE_SLOW_MACHINE") ? 4 : 1; }

private:
    struct Counted {
        qint64 ran = 0;     ///< nanoseconds on a processor
        qint64 waited = 0;  ///< for one
    };
    void turn() {
        const Counted now = counted();
        const qint64 stall = (m_clock.nsecsElapsed() - (now.waited - m_before.waited)) / 1'000'000;
        m_clock.start();
        if (stall > m_longest) {
            m_longest = stall;
            m_ran = (now.ran - m_before.ran) / 1'000'000;
            m_where = QString::fromLatin1(QTest::currentTestFunction());
        }
        m_before = now;
    }
    /// 0 on a kernel that does not count them.
    Counted counted() {
        m_schedule.seek(0);
        const QList<QByteArray> numbers = m_schedule.read(100).split(' ');
        return {numbers.value(0).toLongLong(), numbers.value(1).toLongLong()};
    }

    QFile m_schedule;
    QTimer m_timer;
    QElapsedTimer m_clock;
    Counted m_before;
    qint64 m_longest = 0;
    qint64 m_ran = 0;
    QString m_where;
};

}  // namespace coracle::gui::test
