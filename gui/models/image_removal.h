// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/models/image_model.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace coracle::gui {

/// What deleting some names of images comes to.
struct ImageRemoval {
    std::vector<ImageRow> going;
    std::vector<ImageRow> staying;  ///< of images that containers need: one name of each stays
    std::set<std::string> images;   ///< ids of those that go with their last name
};

/// chosen: rows of the list, in its order.
ImageRemoval planImageRemoval(const std::vector<ImageRow>& chosen);

/// Bytes of the layers that these images have and no other one, each counted once.
std::uint64_t ownBytes(const std::vector<types::ImageDetails>& images, const std::set<std::string>& ids);

}  // namespace coracle::gui
