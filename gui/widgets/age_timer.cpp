// SPDX-License-Identifier: Apache-2.0
#include "gui/widgets/age_timer.h"

#include <QWidget>
#include <QWindow>

#include <chrono>

namespace coracle::gui {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSecond{1000};
constexpr milliseconds kMinute{60'000};
constexpr milliseconds kSeldom{30'000};
/// Timers may fire a little early: after the second has passed, not at its end.
constexpr milliseconds kMargin{20};

}  // namespace

AgeTimer::AgeTimer(QWidget& shown) : QObject(&shown), m_shown(shown) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        emit due();
        schedule();
    });
}

void AgeTimer::start() {
    m_on = true;
    schedule();
}

void AgeTimer::stop() {
    m_on = false;
    m_timer.stop();
}

void AgeTimer::setNewest(std::optional<format::Time> newest) {
    if (newest != m_newest) {
        m_newest = newest;
        schedule();
    }
}

void AgeTimer::use() {
    if (m_on && m_timer.isActive() && m_timer.intervalAsDuration() < kSeldom) {
        emit due();
        m_timer.start(kSecond + kSecond / 2);
    }
}

void AgeTimer::schedule() {
    if (!m_on) {
        return;
    }
    milliseconds wait = kSeldom;
    if (m_newest && canBeSeen(m_shown)) {
        const auto age =
            std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now() - *m_newest);
        if (age >= milliseconds(0) && age < kMinute) {
            wait = kSecond - age % kSecond + kMargin;
        }
    }
    m_timer.start(wait);
}

bool canBeSeen(const QWidget& widget) {
    const QWidget* window = widget.window();
    return window->isVisible() && !window->isMinimized() && window->windowHandle() != nullptr &&
           window->windowHandle()->isExposed();
}

}  // namespace coracle::gui
