// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <string>

namespace coracle::types {

/// A compose.yaml with one service that is the container of `spec`. What the format has no word for is a
/// comment with the option of `run` that says it, so nothing is lost silently. Pure.
/// Source: the Compose Specification, "Services top-level element"; '$' is doubled ("Interpolation").
std::string toComposeText(const RunSpec& spec);

}  // namespace coracle::types
