// SPDX-License-Identifier: Apache-2.0
#include "gui/models/push_job.h"

#include "gui/models/task_list.h"

namespace coracle::gui {

PushJob::PushJob(EngineService& service, TaskList& tasks, const QString& reference,
                 const QString& destination)
    : TransferJob(tasks, reference, LayerModel::Direction::Out,
                  {tr("Pushing %1").arg(destination), tr("Could not push %1").arg(destination)},
                  QStringLiteral("push"))
    , m_destination(destination) {
    setRequest(service.pushImage(
        this, reference.toStdString(), destination.toStdString(),
        [this](const types::PushEvent& event) { take(event); },
        [this](const Result<types::PushedImage>& result) {
            if (result) {
                setDigest(QString::fromStdString(result->digest));
            }
            answered(result ? std::nullopt : std::optional(result.error()),
                     tr("Pushed %1").arg(m_destination));
        }));
}

void PushJob::take(const types::PushEvent& event) {
    if (!running()) {
        return;
    }
    setNote(event.kind == types::PushEvent::Kind::Status ? QString::fromStdString(event.text) : QString());
    layers().take(event);
    moved(tr("%1 to send"));
}

}  // namespace coracle::gui
