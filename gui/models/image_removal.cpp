// SPDX-License-Identifier: Apache-2.0
#include "gui/models/image_removal.h"

#include <algorithm>
#include <map>

namespace coracle::gui {

ImageRemoval planImageRemoval(const std::vector<ImageRow>& chosen) {
    ImageRemoval removal;
    std::map<std::string, std::size_t> left;  // names of each image
    for (const ImageRow& row : chosen) {
        const auto names = std::max<std::size_t>(row.image.references.size(), 1);
        std::size_t& count = left.try_emplace(row.image.id, names).first->second;
        if (row.inUse() && count == 1) {
            removal.staying.push_back(row);
            continue;
        }
        if (--count == 0) {
            removal.images.insert(row.image.id);
        }
        removal.going.push_back(row);
    }
    return removal;
}

std::uint64_t ownBytes(const std::vector<types::ImageDetails>& images, const std::set<std::string>& ids) {
    std::uint64_t bytes = 0;
    for (const auto& [chain, layer] : storedLayers(images)) {
        const bool own = std::all_of(layer.images.begin(), layer.images.end(),
                                     [&](const std::string& id) { return ids.count(id) > 0; });
        bytes += own ? layer.bytes : 0;
    }
    return bytes;
}

}  // namespace coracle::gui
