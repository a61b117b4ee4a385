// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/engine/volume_contents.h"

namespace coracle::engine {

/// The files of this computer's volumes. Thread-safe: holds nothing but references.
class LocalVolumeContents final : public VolumeContents {
public:
    LocalVolumeContents(EngineContext& context, Volumes& volumes) : m_context(context), m_volumes(volumes) {}

    Result<> exportTo(const std::string& name, const types::OutputPlace& place, const Moved& moved,
                      std::stop_token stop) override;
    Result<> importFrom(const std::string& name, const types::InputPlace& place, const Moved& moved,
                        std::stop_token stop) override;
    Result<types::VolumeSummary> clone(const std::string& source, const std::string& name, const Moved& moved,
                                       std::stop_token stop) override;

private:
    EngineContext& m_context;
    Volumes& m_volumes;
};

}  // namespace coracle::engine
