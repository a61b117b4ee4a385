// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace coracle::types {

/// The candidate that a mistyped word most likely stands for; none when nothing is near: more than a third of
/// its letters (at least two) would have to change, or all of them.
std::optional<std::string_view> similarWord(std::string_view word,
                                            std::span<const std::string_view> candidates);

}  // namespace coracle::types
