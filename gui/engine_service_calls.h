// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"

#include <QMetaObject>
#include <QTimer>

#include <mutex>

/// How EngineService carries out its calls; for its own sources alone.
namespace coracle::gui {

inline constexpr std::chrono::milliseconds kQuickDeadline{15'000};
inline constexpr std::chrono::milliseconds kActionDeadline{60'000};
inline constexpr std::chrono::milliseconds kNoDeadline{0};
/// A person who cancels gets an answer within a second.
inline constexpr std::chrono::milliseconds kCancelDeadline{900};
inline constexpr std::chrono::milliseconds kProgressInterval{100};

struct Request::State {
    std::stop_source stop;
    QPointer<QObject> context;     // touched on the window's thread only
    bool finished = false;         // the same
    bool cancelled = false;        // the same: by who asked, so no value is wanted
    std::function<void()> giveUp;  // the same: answers Cancelled when the engine does not

    /// Whether what comes on the way is still for somebody.
    bool listens() const { return !finished && !cancelled && !context.isNull(); }
};

/// How workers reach the window: null once the service is gone.
struct EngineService::Link {
    std::mutex mutex;
    QObject* target = nullptr;

    void post(std::function<void()> call) {
        const std::lock_guard lock(mutex);
        if (target != nullptr) {
            QMetaObject::invokeMethod(target, std::move(call), Qt::QueuedConnection);
        }
    }
};

template <typename T, typename Work>
Request EngineService::submit(QObject* context, Lane lane, std::chrono::milliseconds deadline,
                              const char* what, Work work, Done<T> done) {
    Request request = prepare(context);
    send<T>(request, lane, deadline, what, std::move(work), std::move(done));
    return request;
}

template <typename T, typename Work>
void EngineService::send(const Request& request, Lane lane, std::chrono::milliseconds deadline,
                         const char* what, Work work, Done<T> done) {
    const auto state = request.m_state;
    const auto deliver = [state, done = std::move(done)](Result<T> result) {
        if (state->finished) {
            return;
        }
        state->finished = true;
        state->giveUp = nullptr;
        if (state->context.isNull() || !done) {
            return;
        }
        if (state->cancelled && result) {
            done(Error(ErrorKind::Cancelled, "cancelled"));
        } else {
            done(std::move(result));
        }
    };
    state->giveUp = [self = QPointer<EngineService>(this), deliver] {
        if (!self.isNull()) {
            QTimer::singleShot(kCancelDeadline, self,
                               [deliver] { deliver(Error(ErrorKind::Cancelled, "cancelled")); });
        }
    };
    if (deadline > kNoDeadline) {
        QTimer::singleShot(deadline, this, [state, deliver, what, deadline] {
            if (!state->finished) {
                state->stop.request_stop();
                deliver(Error(ErrorKind::Unavailable, std::string(what) + ": no answer within " +
                                                          std::to_string(deadline.count() / 1000) +
                                                          " seconds"));
            }
        });
    }
    runIn(lane, [link = m_link, engine = m_engine, state, deliver, work = std::move(work)] {
        // The answer is shared because std::function wants to copy; only one call ever takes it.
        auto result = std::make_shared<Result<T>>(work(*engine, state->stop.get_token()));
        link->post([deliver, result] { deliver(std::move(*result)); });
    });
}

template <typename Event>
std::function<void(const Event&)> EngineService::forwarded(const Request& request,
                                                           std::function<void(const Event&)> progress) {
    // The state is only looked at on the window's thread.
    auto shared = std::make_shared<std::function<void(const Event&)>>(std::move(progress));
    return [link = m_link, state = request.m_state, shared](const Event& event) {
        link->post([state, shared, event] {
            if (state->listens() && *shared) {
                (*shared)(event);
            }
        });
    };
}

}  // namespace coracle::gui
