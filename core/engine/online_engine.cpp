// SPDX-License-Identifier: Apache-2.0
#include "core/engine/online_engine.h"

#include "core/registry/http_curl.h"

namespace coracle::engine {

Result<std::unique_ptr<Engine>> openOnlineEngine(LocalEngineOptions options) {
    options.makeHttp = registry::makeCurlHttp;
    return openLocalEngine(options);
}

}  // namespace coracle::engine
