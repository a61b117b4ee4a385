// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/process_snapshot.h"
#include "core/container/resource_document.h"
#include "core/engine/engine.h"
#include "core/engine/engine_context.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace coracle::engine {

/// Limits and counts of this computer's containers. Thread-safe.
class LocalResources final : public Resources {
public:
    explicit LocalResources(EngineContext& context) : m_context(context) {}

    Result<types::ContainerStats> stats(const std::string& id) override;
    Result<types::ContainerStats> statsOf(const types::ContainerSummary& summary) override;
    Result<> setRestart(const std::string& id, const types::RestartSpec& restart) override;
    Result<int> checkHealth(const std::string& id) override;
    Result<std::vector<types::ProcessInfo>> processes(const std::string& id) override;
    Result<std::vector<std::string>> update(const std::string& id,
                                            const types::ResourceSpec& change) override;
    Result<> pause(const std::string& id) override;
    Result<> unpause(const std::string& id) override;

private:
    Result<> setPaused(const std::string& id, const char* verb);
    Result<std::shared_ptr<const container::ProcessSnapshot>> processesOfNow(pid_t wanted);

    EngineContext& m_context;
    std::mutex m_mutex;  ///< of the snapshot
    std::shared_ptr<const container::ProcessSnapshot> m_processes;
};

/// Limits made ready for this computer.
struct FittedLimits {
    /// What can be held on this host; the rest is named in `warnings`.
    types::ResourceSpec resources;
    container::DeviceNumbers devices;
    std::vector<std::string> warnings;
};

/// Refuse what this computer cannot hold, before anything is made. Limits of disks are a special case:
/// docker's users set them for luck, so without the controller they are left out with a warning. Errors:
/// Unsupported naming the controller that is missing, why, and the repair; InvalidArgument for a value or a
/// device that is none.
Result<FittedLimits> fitLimits(const types::ResourceSpec& resources);

}  // namespace coracle::engine
