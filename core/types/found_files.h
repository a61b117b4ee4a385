// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"

#include <vector>

namespace coracle::types {

/// What a search through the files of a container found.
struct FoundFiles {
    std::vector<ImageFile> files;  ///< in the order of paths, which have no leading slash; without hashes
    bool more = false;             ///< there are others
};

}  // namespace coracle::types
