// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/local_engine.h"

namespace coracle::engine {

/// openLocalEngine() with the HTTP client of core/registry/http_curl.h. In the library coracle_http, which a
/// program that is linked statically cannot have. Errors: of openLocalEngine().
Result<std::unique_ptr<Engine>> openOnlineEngine(LocalEngineOptions options);

}  // namespace coracle::engine
