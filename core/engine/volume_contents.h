// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"
#include "core/types/copy.h"
#include "core/types/image_files.h"
#include "core/types/volume.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace coracle::engine {

/// The files of volumes, as a whole and single ones. An engine that cannot do it answers Unsupported. Threads
/// as for the interfaces in engine.h; `moved` hears the bytes so far, from the caller's thread.
class VolumeContents {
public:
    using Moved = std::function<void(std::uint64_t)>;
    virtual ~VolumeContents() = default;
    /// Write a volume's files as a tar that keeps owners, modes and attributes. A file appears when it is
    /// whole. Errors: NotFound; Unsupported for a volume that is a folder of this computer or in memory.
    virtual Result<> exportTo(const std::string& name, const types::OutputPlace& place, const Moved& moved,
                              std::stop_token stop);
    /// Put the files of a tar, compressed or not, into a volume that exists, beside and over its own; all of
    /// them or none. Errors: NotFound; Conflict when it is protected, or naming a running container that uses
    /// it; Corrupt.
    virtual Result<> importFrom(const std::string& name, const types::InputPlace& place, const Moved& moved,
                                std::stop_token stop);
    /// A new volume with the files of a tar; when that fails there is none, and nothing of it in the trash.
    /// Errors: AlreadyExists, InvalidArgument for its name, and as for importFrom().
    virtual Result<types::VolumeSummary> importAs(const std::string& name, const types::InputPlace& place,
                                                  const Moved& moved, std::stop_token stop);
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

    /// What is in a folder of a volume, not what is below that, as Archives::listFolder() tells it. Paths in
    /// a volume begin with "/", which is the volume; links are followed as if it were all there is. Used or
    /// not: nobody is stopped or kept waiting. Errors: NotFound; Unsupported as for exportTo(), or for a
    /// folder with too many names; Conflict for what is no folder; Io, Cancelled.
    virtual Result<std::vector<types::ImageFile>> listFolder(const std::string& name, const std::string& path,
                                                             std::stop_token stop);
    /// Copy a file or folder of a volume to this computer, by docker's rules for paths, as
    /// Archives::copy() does. Errors: as listFolder().
    virtual Result<types::CopyReport> copyOut(const std::string& name, const std::string& path,
                                              const std::string& target, const Moved& moved,
                                              std::stop_token stop);
    /// Copy a file or folder of this computer into a folder of a volume, where it belongs to root. Errors: as
    /// listFolder(); Conflict, too, when the volume got other files meanwhile, by an import or emptying.
    virtual Result<types::CopyReport> copyIn(const std::string& name, const std::string& source,
                                             const std::string& folder, const Moved& moved,
                                             std::stop_token stop);
    /// Make a folder that belongs to root in one that exists. Errors: as copyIn(); AlreadyExists,
    /// InvalidArgument for a path that names no folder.
    virtual Result<> makeFolder(const std::string& name, const std::string& path, std::stop_token stop);
    /// Delete a file or folder of a volume for good, used or not. A link at the end of the path is what goes,
    /// never what it leads to; a missing one is success. Errors: as copyIn(); Conflict, too, when the volume
    /// is protected or something is mounted there; InvalidArgument for a path that names none; Cancelled,
    /// when a part may be gone.
    virtual Result<> erase(const std::string& name, const std::string& path, std::stop_token stop);
};

}  // namespace coracle::engine
