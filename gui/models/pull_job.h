// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/transfer_job.h"

namespace coracle::gui {

/// One pull under way. Starts at once.
class PullJob : public TransferJob {
    Q_OBJECT
public:
    /// platform: "linux/arm64"; none: that of this computer.
    PullJob(EngineService& service, TaskList& tasks, const QString& reference,
            const std::optional<QString>& platform);

private:
    void take(const types::PullEvent& event);
};

}  // namespace coracle::gui
