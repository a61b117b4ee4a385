// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <functional>
#include <stop_token>

namespace coracle::registry {

/// Registries redirect a blob once or twice (to a store, to a store's region). More than this is a
/// circle.
inline constexpr int kMaxRedirects = 10;

/// TLS settings of the server at an address: a private CA counts for its own registry only.
using TlsLookup = std::function<TlsSettings(const Url&)>;

/// Perform an exchange and follow its redirects. The rules keep credentials with the server they are for
/// (security.md B1, B5): Authorization goes to the origin of `request.url` only; https never becomes http;
/// what is no GET or HEAD is not redirected; at most ten redirects; servers other than the first may not be
/// link-local. The sink sees the last answer only. A 401 of another origin is a failure: it must not look
/// like the registry's own.
HttpOutcome performFollowing(Http& http, const HttpRequest& request, const TlsLookup& tls, HttpSink& sink,
                             const std::stop_token& stop);

}  // namespace coracle::registry
