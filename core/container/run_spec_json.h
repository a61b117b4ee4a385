// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>

namespace coracle::container {

/// A RunSpec as text for the container's row, and back without loss. Members that a later version wrote and
/// this one does not know are passed over. Errors: Corrupt.
std::string toJsonText(const types::RunSpec& spec);
Result<types::RunSpec> parseRunSpec(std::string_view text);

}  // namespace coracle::container
