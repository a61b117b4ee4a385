// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

namespace coracle::store::helper {

/// What a layer needs from those below it (UnpackReport).
struct Fixups {
    std::vector<std::pair<std::string, std::string>> links;  ///< (name, target)
    std::vector<std::string> parents;
};

/// Complete an unpacked layer: a hard link to a file of a lower layer gets a copy of that file under both
/// names, and a folder that the archive only passed through looks like the lower one. lowerFds: layer
/// folders, top first; a whiteout or opaque folder on the way hides what is below it.
/// Why a copy: a hard link across layers does not exist on disk, and what a container sees is one file
/// with two names in the layer that made the second.
/// Errors: Corrupt when the target of a link exists nowhere.
Result<> completeLayer(int rootFd, const std::vector<int>& lowerFds, const Fixups& fixups);

/// Whether what the layers below have in the folder is hidden, in the words of either overlay driver.
bool isOpaqueFolder(int fd);

/// What the layers have at a path, the topmost that has it. none: nothing, or it is hidden. lowerFds: top
/// first.
Result<std::optional<struct stat>> statBelow(const std::vector<int>& lowerFds, const std::string& path);

/// Whether a regular file that a layer has is what those below have there, to the byte: owner, mode, time,
/// attributes, content. contentFd: borrowed; its position does not matter. A time can be set by anybody, so
/// content is read where all else is alike.
Result<bool> repeatsFileBelow(const std::vector<int>& lowerFds, const tar::Entry& entry, int contentFd);

}  // namespace coracle::store::helper
