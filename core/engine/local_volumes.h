// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"

namespace coracle::engine {

/// Volumes of this computer. Thread-safe: holds nothing but a reference.
class LocalVolumes final : public Volumes {
public:
    explicit LocalVolumes(EngineContext& context) : m_context(context) {}

    Result<types::VolumeSummary> create(const VolumeOptions& options) override;
    Result<std::vector<types::VolumeSummary>> list() override;
    Result<types::VolumeSummary> inspect(const std::string& name) override;
    Result<> remove(const std::string& name, const RemoveVolumeOptions& options) override;
    Result<std::uint64_t> measure(const std::string& name, std::stop_token stop) override;

private:
    EngineContext& m_context;
};

}  // namespace coracle::engine
