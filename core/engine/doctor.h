// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/layout.h"
#include "core/types/health.h"
#include "rootless/sys/result.h"

#include <stop_token>
#include <vector>

namespace coracle::engine {

/// All checks of ui.md 3.7, in the order in which they build on each other. What a kernel permits is
/// found by doing it in a child process (`coracle-runtime probe`), several at once; what is a setting is
/// read. Makes the store's folder when it is missing, and nothing else that stays. Blocks, mostly below a
/// second.
/// Errors: Cancelled, NotFound when the helper programs are missing.
Result<std::vector<types::HealthCheck>> runDoctor(const store::StorePaths& places, std::stop_token stop);

}  // namespace coracle::engine
