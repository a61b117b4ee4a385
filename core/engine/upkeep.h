// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/store_settings.h"
#include "core/types/upkeep.h"
#include "rootless/sys/result.h"

#include <functional>
#include <stop_token>
#include <string>

namespace coracle::engine {

/// Keeping a store small. Members that an engine does not have answer Unsupported. Threads as for the
/// interfaces in engine.h.
class Upkeep {
public:
    virtual ~Upkeep() = default;
    /// What prune() would do; exact as long as nobody does anything else. Walks the folders of containers and
    /// volumes that would go.
    virtual Result<types::PrunePlan> planPrune(const types::PruneOptions& options, std::stop_token stop);
    /// Remove what the plan says and is still not used; all of it is one removal that undo() brings back.
    virtual Result<types::Pruned> prune(const types::PrunePlan& plan, std::stop_token stop);
    /// What takes how much. Walks the folders of containers and volumes; layers and the trash are measured
    /// once.
    virtual Result<types::DiskUsage> diskUsage(std::stop_token stop);
    /// Start the containers whose restart policy says so and that ran when the computer went down, and tell
    /// of each. One that runs is left alone; one that fails keeps no other from starting. For the beginning
    /// of a session. Errors: those of reading the records.
    virtual Result<> startContainers(
        const std::function<void(const std::string& name, const Result<>&)>& told);
    /// Compare the store with its records and repair what can be. `told` gets each finding at once. Reads
    /// everything, unless it is to be quick. Errors: Corrupt when the records cannot be read; Cancelled.
    virtual Result<> check(const types::CheckOptions& options,
                           const std::function<void(const types::CheckFinding&)>& told, std::stop_token stop);
    /// How the store keeps house. Errors: Corrupt for a file with a mistake, naming it.
    virtual Result<types::StoreSettings> settings();
    /// For this and all later commands. Errors: InvalidArgument; by errno of the file.
    virtual Result<> setSettings(const types::StoreSettings& settings);
};

}  // namespace coracle::engine
