// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layer_index.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <string>

namespace coracle::store::helper {

/// Open a folder of the container that we are in; links on the way are followed inside our own root.
/// Errors: NotFound; Conflict for what is no folder; by errno.
Result<sys::UniqueFd> openListedFolder(const std::string& path);

/// What one name of a folder is; nothing is followed, no content is read. False: it went away. A socket
/// counts as a device. Errors: by errno.
Result<bool> describeFile(int folderFd, const std::string& name, types::ImageFile& file);

/// Write what is in a folder, not what is below that, as an index whose paths are names: no content is read,
/// so there are no hashes; a socket counts as a device. Names that go away meanwhile are left out.
/// Errors: Unsupported for a folder with too many names; by errno.
Result<> listFolder(int folderFd, LayerIndexWriter& index);

/// The folder that a path is in, and its name there; nothing is followed at its end.
struct ErasedPlace {
    sys::UniqueFd folder;
    std::string name;
};
/// Errors: InvalidArgument for the root; NotFound; by errno.
Result<ErasedPlace> openErasedPlace(const std::string& path);

}  // namespace coracle::store::helper
