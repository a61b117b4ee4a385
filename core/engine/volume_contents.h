// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"
#include "core/types/volume.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace coracle::engine {

/// The files of volumes as a whole. An engine that cannot do it answers Unsupported. Threads as for the
/// interfaces in engine.h; `moved` hears the bytes so far, from the caller's thread.
class VolumeContents {
public:
    using Moved = std::function<void(std::uint64_t)>;
    virtual ~VolumeContents() = default;
    /// Write a volume's files as a tar that keeps owners, modes and attributes. A file appears when it is
    /// whole. Errors: NotFound; Unsupported for a volume that is a folder of this computer or in memory.
    virtual Result<> exportTo(const std::string& name, const types::OutputPlace& place, const Moved& moved,
                              std::stop_token stop);
    /// Put the files of a tar, compressed or not, into a volume that exists, beside and over its own; all of
    /// them or none. Errors: NotFound, Conflict naming a running container that uses it, Corrupt.
    virtual Result<> importFrom(const std::string& name, const types::InputPlace& place, const Moved& moved,
                                std::stop_token stop);
    /// A new volume with the files and labels of another. Errors: NotFound, AlreadyExists.
    virtual Result<types::VolumeSummary> clone(const std::string& source, const std::string& name,
                                               const Moved& moved, std::stop_token stop);
    /// How much is in a volume; walks it. Errors: NotFound; Unsupported as for exportTo(); Cancelled.
    virtual Result<types::VolumeContent> count(const std::string& name, std::stop_token stop);
    /// Take everything out of a volume, which stays. What was in it goes into the trash as a removed volume
    /// does, where undo() finds it; `batch` as for removals. The next container may fill it from its image
    /// again. Errors: NotFound; Unsupported as for exportTo(); Conflict when it is protected, or naming a
    /// running container that uses it.
    virtual Result<types::EmptiedVolume> empty(const std::string& name, const std::string& batch,
                                               std::stop_token stop);
};

}  // namespace coracle::engine
