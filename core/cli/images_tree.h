// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image.h"

#include <string>
#include <vector>

namespace coracle::cli {

/// What `images --tree` prints, as docker 28 does: each image with its names, and below it a line for each
/// platform that its index names. What stayed in the registry takes no room. Columns for which the terminal
/// is too narrow are left out. Pure.
std::string imagesTree(const std::vector<types::ImageDetails>& images, int columns);

}  // namespace coracle::cli
