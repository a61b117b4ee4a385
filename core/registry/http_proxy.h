// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/url.h"

#include <functional>
#include <string>
#include <string_view>

namespace coracle::registry {

/// Value of an environment variable; empty when it is not set.
using Environment = std::function<std::string(const char*)>;

/// Whether a list such as "localhost,.corp.example,10.0.0.0/8,host:8080" names a server, by the rules that
/// docker's users know: "a.b" is that name and all below it, ".a.b" and "*.a.b" only those below, numbers are
/// addresses or networks, "*" is everything. Source: Go, golang.org/x/net/http/httpproxy.
bool isInNoProxy(std::string_view list, const Url& url);

/// The proxy to reach a server by: HTTPS_PROXY or HTTP_PROXY by the server's scheme, else ALL_PROXY, in lower
/// case first, unless NO_PROXY names the server or it is this computer. May hold a password. Empty: none.
/// A program that a web server started does not obey HTTP_PROXY, which is then a header of a stranger.
std::string proxyFor(const Url& url, const Environment& environment);

/// "host:port" of a proxy's address, without its user; for messages.
std::string proxyName(std::string_view proxy);

}  // namespace coracle::registry
