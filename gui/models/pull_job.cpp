// SPDX-License-Identifier: Apache-2.0
#include "gui/models/pull_job.h"

#include "gui/models/task_list.h"

namespace coracle::gui {

PullJob::PullJob(EngineService& service, TaskList& tasks, const QString& reference,
                 const std::optional<QString>& platform)
    : TransferJob(tasks, reference, LayerModel::Direction::In,
                  {tr("Pulling %1").arg(reference), tr("Could not pull %1").arg(reference)},
                  QStringLiteral("pull")) {
    announceEnd();
    engine::PullOptions options;
    if (platform) {
        options.platform = platform->toStdString();
    }
    setRequest(service.pullImage(
        this, reference.toStdString(), options, [this](const types::PullEvent& event) { take(event); },
        [this](const Result<std::string>& result) {
            answered(result ? std::nullopt : std::optional(result.error()),
                     tr("Pulled %1").arg(this->reference()));
        }));
}

void PullJob::take(const types::PullEvent& event) {
    if (!running()) {
        return;
    }
    if (event.kind == types::PullEvent::Kind::Resolved) {
        setDigest(QString::fromStdString(event.text));
    } else if (event.kind == types::PullEvent::Kind::Status) {
        setNote(QString::fromStdString(event.text));
    } else {
        setNote({});
    }
    layers().take(event);
    moved(tr("%1 to fetch"));
}

}  // namespace coracle::gui
