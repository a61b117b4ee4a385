// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"

#include <vector>

/// The order of files in a folder, as all views of files show it.
namespace coracle::gui {

/// Folders first, then names without regard to case.
bool comesBeforeInTree(const types::ImageFile& one, const types::ImageFile& other);

/// Put the files of a folder into the order of their rows. A worker should: FileTreeModel does it where
/// nobody did.
void sortForTree(std::vector<types::ImageFile>& files);

}  // namespace coracle::gui
