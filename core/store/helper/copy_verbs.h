// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::store::helper {

/// `send` and `receive`, the two ends of `cp`, with `folder`, `find`, `read` and `erase` (helper_protocol.h).
/// What is to be printed. Errors: as openSource(), openTarget(), FileReceiver, listFolder(), removeTreeAt().
Result<std::string> runCopyVerb(const std::vector<std::string>& words);

/// Whether the words begin with one of them.
bool isCopyVerb(const std::vector<std::string>& words);

}  // namespace coracle::store::helper
