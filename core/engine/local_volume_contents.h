// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/engine_context.h"
#include "core/engine/volume_contents.h"
#include "rootless/sys/lock.h"

#include <string>
#include <vector>

namespace coracle::engine {

/// The files of this computer's volumes. Thread-safe: holds nothing but references.
class LocalVolumeContents final : public VolumeContents {
public:
    LocalVolumeContents(EngineContext& context, Volumes& volumes) : m_context(context), m_volumes(volumes) {}

    Result<> exportTo(const std::string& name, const types::OutputPlace& place, const Moved& moved,
                      std::stop_token stop) override;
    Result<> importFrom(const std::string& name, const types::InputPlace& place, const Moved& moved,
                        std::stop_token stop) override;
    Result<types::VolumeSummary> importAs(const std::string& name, const types::InputPlace& place,
                                          const Moved& moved, std::stop_token stop) override;
    Result<types::VolumeSummary> clone(const std::string& source, const std::string& name, const Moved& moved,
                                       std::stop_token stop) override;
    Result<types::VolumeContent> count(const std::string& name, std::stop_token stop) override;
    Result<types::EmptiedVolume> empty(const std::string& name, const std::string& batch,
                                       std::stop_token stop) override;

    Result<std::vector<types::ImageFile>> listFolder(const std::string& name, const std::string& path,
                                                     std::stop_token stop) override;
    Result<types::CopyReport> copyOut(const std::string& name, const std::string& path,
                                      const std::string& target, const Moved& moved,
                                      std::stop_token stop) override;
    Result<types::CopyReport> copyIn(const std::string& name, const std::string& source,
                                     const std::string& folder, const Moved& moved,
                                     std::stop_token stop) override;
    Result<> makeFolder(const std::string& name, const std::string& path, std::stop_token stop) override;
    Result<> erase(const std::string& name, const std::string& path, std::stop_token stop) override;

private:
    EngineContext& m_context;
    Volumes& m_volumes;
};

/// A volume whose files the store keeps itself. Errors: Unsupported, saying where they are.
Result<> requireOwnFiles(const store::VolumeRecord& volume);

/// Keep the containers that use a volume, by their names, from starting, for as long as the locks are held:
/// they would go on with the folder that is replaced. `operation` names us to those who wait.
/// Errors: Conflict naming one that runs.
Result<std::vector<sys::FileLock>> lockUsersOf(EngineContext& context, const store::VolumeRecord& volume,
                                               const std::string& operation);

}  // namespace coracle::engine
