// SPDX-License-Identifier: Apache-2.0
#include "gui/models/transfer_job.h"

#include "gui/format.h"
#include "gui/models/task_list.h"

#include <algorithm>

namespace coracle::gui {
namespace {

constexpr int kCancelAnswerMs = 900;
constexpr qint64 kRateWindowMs = 4000;
constexpr qint64 kRateNeedsMs = 400;
constexpr std::uint64_t kMinute = 60;

}  // namespace

TransferJob::TransferJob(TaskList& tasks, const QString& reference, LayerModel::Direction direction,
                         const TaskWords& words, const QString& iconName)
    : QObject(&tasks), m_reference(reference), m_layers(direction) {
    m_clock.start();
    m_cancelTimeout.setSingleShot(true);
    m_cancelTimeout.setInterval(kCancelAnswerMs);
    connect(&m_cancelTimeout, &QTimer::timeout, this, [this] { end(State::Cancelled); });
    m_task = tasks.add(words, iconName, [self = QPointer(this)] {
        if (self) {
            self->cancel();
        }
    });
}

void TransferJob::moved(const QString& step) {
    const auto totals = m_layers.totals();
    const auto now = m_clock.elapsed();
    m_samples.emplace_back(now, totals.fetched);
    while (m_samples.size() > 2 && now - m_samples.front().first > kRateWindowMs) {
        m_samples.pop_front();
    }
    if (m_task && totals.toFetch > 0) {
        m_task->setProgress(totals.fetched, totals.toFetch);
        m_task->setStep(step.arg(amountText(totals.fetched, totals.toFetch)));
    }
    emit progressed();
}

std::uint64_t TransferJob::bytesPerSecond() const {
    if (m_samples.size() < 2) {
        return 0;
    }
    const auto milliseconds = m_samples.back().first - m_samples.front().first;
    const auto bytes = m_samples.back().second - std::min(m_samples.front().second, m_samples.back().second);
    return milliseconds < kRateNeedsMs ? 0 : bytes * 1000 / static_cast<std::uint64_t>(milliseconds);
}

QString TransferJob::rateText() const {
    const auto rate = bytesPerSecond();
    const auto totals = m_layers.totals();
    if (rate == 0 || !running() || totals.fetched >= totals.toFetch) {
        return {};
    }
    const auto seconds = (totals.toFetch - totals.fetched) / rate + 1;
    const auto left = seconds < 2 * kMinute ? tr("about %1 s left").arg(seconds)
                                            : tr("about %1 min left").arg((seconds + kMinute / 2) / kMinute);
    return totals.known ? tr("%1/s · %2").arg(format::bytes(rate), left)
                        : tr("%1/s").arg(format::bytes(rate));
}

void TransferJob::cancel() {
    if (m_state != State::Running) {
        return;
    }
    m_state = State::Cancelling;
    m_request.cancel();
    m_cancelTimeout.start();
    emit progressed();
}

void TransferJob::setWatched(bool watched) {
    if (m_task) {
        m_task->setWatched(watched);
    }
}

void TransferJob::announceEnd() {
    if (m_task) {
        m_task->setAnnounced();
    }
}

void TransferJob::answered(const std::optional<Error>& error, const QString& result) {
    if (!running()) {
        return;
    }
    if (!error) {
        end(State::Done, result);
    } else if (error->kind() == ErrorKind::Cancelled || m_state == State::Cancelling) {
        end(State::Cancelled);
    } else {
        m_error = error;
        end(State::Failed);
    }
}

void TransferJob::end(State state, const QString& result) {
    if (!running()) {
        return;
    }
    m_state = state;
    m_cancelTimeout.stop();
    if (m_task && state == State::Done) {
        m_task->finish(result);
    } else if (m_task && state == State::Failed) {
        m_task->fail(format::sentence(m_error->message()), format::sentence(m_error->hint()));
    } else if (m_task) {
        m_task->finishCancelled();
    }
    emit ended();
    deleteLater();
}

}  // namespace coracle::gui
