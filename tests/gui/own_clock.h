// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QString>

#include <unistd.h>

namespace coracle::gui::test {

/// A clock that stands still while its thread was ready to run and other programs had the processors: what
/// the thread computed and what it waited for, and not how busy the machine is. The kernel counts both, in
/// the first two numbers of schedstat; without them it is a clock like any other. Belongs to the thread that
/// made it, and runs from its making.
class OwnClock {
public:
    OwnClock() : m_schedule(QStringLiteral("/proc/self/task/%1/schedstat").arg(::gettid())) {
        m_schedule.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        restart();
    }
    void restart() {
        m_begin = counted();
        m_clock.start();
    }
    /// In milliseconds.
    qint64 elapsed() { return (m_clock.nsecsElapsed() - (counted().waited - m_begin.waited)) / 1'000'000; }
    /// The part of it that the thread was on a processor, in milliseconds.
    qint64 computed() { return (counted().ran - m_begin.ran) / 1'000'000; }

private:
    struct Counted {
        qint64 ran = 0;     ///< nanoseconds on a processor
        qint64 waited = 0;  ///< for one
    };
    /// 0 on a kernel that does not count them.
    Counted counted() {
        m_schedule.seek(0);
        const QList<QByteArray> numbers = m_schedule.read(100).split(' ');
        return {numbers.value(0).toLongLong(), numbers.value(1).toLongLong()};
    }

    QFile m_schedule;
    QElapsedTimer m_clock;
    Counted m_begin;
};

/// Whether that takes less, in milliseconds, at least once: whatever stops the process or its machine makes
/// it longer, and nothing shorter. The work is given the clock and may restart it.
template <typename Work>
bool takesLessThan(qint64 limit, const Work& work) {
    constexpr int kTries = 3;
    for (int i = 0; i < kTries; ++i) {
        OwnClock clock;
        work(clock);
        if (clock.elapsed() < limit) {
            return true;
        }
    }
    return false;
}

}  // namespace coracle::gui::test
