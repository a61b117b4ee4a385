// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layer_index.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>

namespace coracle::store::helper {

/// Whether a file is one of those that a person means by `words`, without regard to case of the letters a to
/// z: words with a slash are part of its path, words with * or ? are a pattern for its name, others are part
/// of its name. path: without a leading slash. Pure.
bool isMeantBy(std::string_view words, std::string_view path);

/// Write the files of a tree that are meant as an index, with paths below the folder, at most
/// kMaxFoundFiles + 1 of them. What is mounted in it is part of it, but for what the kernel makes up (/proc,
/// /sys). Folders that cannot be opened are passed over; no link is followed. Errors: by errno; as
/// walkTree().
Result<> findFiles(int folderFd, std::string_view words, LayerIndexWriter& index);

}  // namespace coracle::store::helper
