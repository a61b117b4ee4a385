// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "core/types/process_info.h"
#include "core/types/resource_spec.h"
#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::engine {

/// What running containers take, and how much they may. Members that an engine does not have answer so.
class Resources {
public:
    virtual ~Resources() = default;
    /// Counts up to now; zeros for a container that does not run.
    virtual Result<types::ContainerStats> stats(const std::string& id);
    /// The same of a container that was just listed: its record is not read again. Errors: NotFound when it
    /// has ended meanwhile.
    virtual Result<types::ContainerStats> statsOf(const types::ContainerSummary& summary);
    /// Change what `change` sets, now and for later starts. Warnings.
    /// Errors: Unsupported naming the controller that is missing, InvalidArgument; nothing is changed then.
    virtual Result<std::vector<std::string>> update(const std::string& id, const types::ResourceSpec& change);
    /// What becomes of it at its ends from now on, running or not. Errors: InvalidArgument for one that is
    /// removed at its end.
    virtual Result<> setRestart(const std::string& id, const types::RestartSpec& restart);
    /// Its processes as they are now, the first one first. Errors: Conflict when it does not run.
    virtual Result<std::vector<types::ProcessInfo>> processes(const std::string& id);
    /// Run its health check now and take the result into its state; the exit code of the check, -1 when it
    /// took too long or could not be run. Blocks. Errors: Conflict when it does not run, NotFound when it has
    /// no check, Unavailable when its monitor was lost.
    virtual Result<int> checkHealth(const std::string& id);
    /// Freeze all processes; they keep their memory. Errors: Conflict, Unsupported without a control group.
    virtual Result<> pause(const std::string& id);
    /// Let them go on. Errors: Conflict when it is not paused.
    virtual Result<> unpause(const std::string& id);
};

}  // namespace coracle::engine
