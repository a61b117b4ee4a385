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

/// What a volume of such options is to show: now and not at the first mount, as it is mostly a typing
/// mistake. Errors: InvalidArgument, Unsupported, by errno of the device.
Result<> checkVolumeOptions(const std::map<std::string, std::string>& options);

/// That a volume which is there already has these options of its driver. Errors: AlreadyExists with what to
/// do.
Result<> requireSameVolume(const store::VolumeRecord& there,
                           const std::map<std::string, std::string>& options);

}  // namespace coracle::engine
