// SPDX-License-Identifier: Apache-2.0
#include "gui/models/pull_job.h"

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

PullJob::PullJob(EngineService& service, TaskList& tasks, const QString& reference,
                 const std::optional<QString>& platform)
    : QObject(&tasks), m_reference(reference) {
    m_clock.start();
    m_cancelTimeout.setSingleShot(true);
    m_cancelTimeout.setInterval(kCancelAnswerMs);
    connect(&m_cancelTimeout, &QTimer::timeout, this, [this] { end(State::Cancelled); });
    m_task = tasks.add(tr("Pulling %1").arg(reference), QStringLiteral("pull"), [self = QPointer(this)] {
        if (self) {
            self->cancel();
        }
    });
    engine::PullOptions options;
    if (platform) {
        options.platform = platform->toStdString();
    }
    m_request = service.pullImage(
        this, reference.toStdString(), options, [this](const types::PullEvent& event) { take(event); },
        [this](const Result<std::string>& result) { takeResult(result); });
}

void PullJob::take(const types::PullEvent& event) {
    if (!running()) {
        return;
    }
    if (event.kind == types::PullEvent::Kind::Resolved) {
        m_digest = QString::fromStdString(event.text);
    } else if (event.kind == types::PullEvent::Kind::Status) {
        m_note = QString::fromStdString(event.text);
    } else {
        m_note.clear();
    }
    m_layers.take(event);
    const auto totals = m_layers.totals();
    const auto now = m_clock.elapsed();
    m_samples.emplace_back(now, totals.fetched);
    while (m_samples.size() > 2 && now - m_samples.front().first > kRateWindowMs) {
        m_samples.pop_front();
    }
    if (m_task && totals.toFetch > 0) {
        m_task->setProgress(totals.fetched, totals.toFetch);
        m_task->setStep(tr("%1 to fetch").arg(amountText(totals.fetched, totals.toFetch)));
    }
    emit progressed();
}

std::uint64_t PullJob::bytesPerSecond() const {
    if (m_samples.size() < 2) {
        return 0;
    }
    const auto milliseconds = m_samples.back().first - m_samples.front().first;
    const auto bytes = m_samples.back().second - std::min(m_samples.front().second, m_samples.back().second);
    return milliseconds < kRateNeedsMs ? 0 : bytes * 1000 / static_cast<std::uint64_t>(milliseconds);
}

QString PullJob::rateText() const {
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

void PullJob::cancel() {
    if (m_state != State::Running) {
        return;
    }
    m_state = State::Cancelling;
    m_request.cancel();
    m_cancelTimeout.start();
    emit progressed();
}

void PullJob::takeResult(const Result<std::string>& result) {
    if (!running()) {
        return;
    }
    if (result) {
        end(State::Done);
    } else if (result.error().kind() == ErrorKind::Cancelled || m_state == State::Cancelling) {
        end(State::Cancelled);
    } else {
        m_error = result.error();
        end(State::Failed);
    }
}

void PullJob::end(State state) {
    if (!running()) {
        return;
    }
    m_state = state;
    m_cancelTimeout.stop();
    if (m_task && state == State::Done) {
        m_task->finish(tr("Pulled %1").arg(m_reference));
    } else if (m_task && state == State::Failed) {
        m_task->fail(QString::fromStdString(m_error->message()), QString::fromStdString(m_error->hint()));
    } else if (m_task) {
        m_task->finishCancelled();
    }
    emit ended();
    deleteLater();
}

}  // namespace coracle::gui
