// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/store.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <stop_token>
#include <string>

namespace coracle::engine {

/// Whether the reserve and the quota of the user's settings leave that many more bytes for an image. A look
/// and no reservation. Errors: those of Store::requireSpace() and loadStoreSettings().
Result<> requireRoom(const store::Store& store, std::uint64_t bytes, const std::string& what,
                     const std::stop_token& stop = {});

}  // namespace coracle::engine
