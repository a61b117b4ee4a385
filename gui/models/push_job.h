// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/transfer_job.h"

namespace coracle::gui {

/// One push under way. Starts at once.
class PushJob : public TransferJob {
    Q_OBJECT
public:
    /// destination: the name that it gets at the registry.
    PushJob(EngineService& service, TaskList& tasks, const QString& reference, const QString& destination);

    const QString& destination() const { return m_destination; }

private:
    void take(const types::PushEvent& event);

    QString m_destination;
};

}  // namespace coracle::gui
