// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Files that may name programs which run as this user, from folders that others may write to.
namespace coracle::engine {

/// The text of a file that belongs to root or to the user and that nobody else may write. `what` is what it
/// is called in messages: "a description". Errors: PermissionDenied with what to do, Corrupt for what is no
/// file or longer than `maxBytes`, and those of opening it.
Result<std::string> readTrustedFile(const std::string& path, std::size_t maxBytes, std::string_view what);

/// The files of a folder whose names end in one of `endings` and are not hidden, sorted. Errors: NotFound,
/// Unsupported for more than `most`.
Result<std::vector<std::string>> filesOfFolder(const std::string& folder,
                                               const std::vector<std::string_view>& endings, std::size_t most,
                                               std::string_view what);

}  // namespace coracle::engine
