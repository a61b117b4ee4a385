// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <memory>

namespace coracle::registry {

/// Http by libcurl. The library is loaded at the first exchange and not at start-up: it brings about thirty
/// others along, and most commands never talk to a registry. Connections are kept and used again.
std::unique_ptr<Http> makeCurlHttp();
std::unique_ptr<Http> makeCurlHttp(const HttpLimits& limits);

}  // namespace coracle::registry
