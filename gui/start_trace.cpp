// SPDX-License-Identifier: Apache-2.0
#include "gui/start_trace.h"

#include <QEvent>
#include <QFile>
#include <QWidget>

#include <cstdio>
#include <ctime>

#include <unistd.h>

namespace coracle::gui {

namespace {

/// Milliseconds since this process was made: proc(5), "/proc/pid/stat", field 22.
double millisecondsSinceStart() {
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly)) {
        return -1;
    }
    const QByteArray text = stat.readAll();
    // The second field is the name in brackets and may hold spaces.
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    if (fields.size() < 20 || clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
        return -1;
    }
    const double started = fields[19].toDouble() / double(sysconf(_SC_CLK_TCK));
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - started) * 1000.0;
}

class FirstPaint : public QObject {
public:
    explicit FirstPaint(QWidget& widget) : QObject(&widget) { widget.installEventFilter(this); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            // Queued behind the painting of the children and the flush to the screen.
            QMetaObject::invokeMethod(
                this,
                [] {
                    (void)std::fprintf(stderr, "first-paint %.0f\n", millisecondsSinceStart());
                    (void)std::fflush(stderr);
                },
                Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    bool m_seen = false;
};

}  // namespace

void traceFirstPaint(QWidget& widget) {
    if (qEnvironmentVariableIsSet("CORACLE_TRACE_START")) {
        new FirstPaint(widget);  // owned by the widget
    }
}

}  // namespace coracle::gui
