// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/engine/upkeep.h"

namespace coracle::engine {

/// Keeps this computer's store small. Thread-safe: holds nothing but references.
class LocalUpkeep final : public Upkeep {
public:
    LocalUpkeep(EngineContext& context, Engine& engine) : m_context(context), m_engine(engine) {}

    Result<types::PrunePlan> planPrune(const types::PruneOptions& options, std::stop_token stop) override;
    Result<types::Pruned> prune(const types::PrunePlan& plan, std::stop_token stop) override;
    Result<types::DiskUsage> diskUsage(std::stop_token stop) override;
    Result<> startContainers(
        const std::function<void(const std::string& name, const Result<>&)>& told) override;
    Result<> check(const types::CheckOptions& options,
                   const std::function<void(const types::CheckFinding&)>& told,
                   std::stop_token stop) override;
    Result<types::StoreSettings> settings() override;
    Result<> setSettings(const types::StoreSettings& settings) override;

private:
    Result<> addContainers(const types::PruneOptions& options, types::PrunePlan& plan) const;
    Result<> addImages(const types::PruneOptions& options, types::PrunePlan& plan) const;
    Result<> addVolumes(const types::PruneOptions& options, types::PrunePlan& plan) const;
    Result<> pruneOne(const types::PruneItem& item, const std::string& batch, types::Pruned& pruned) const;

    EngineContext& m_context;
    Engine& m_engine;
};

}  // namespace coracle::engine
