// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/port_mapping.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The API socket of slirp4netns: one JSON request a connection, ended by shutting down the sending side, and
/// one JSON answer. Source: slirp4netns(1), "API SOCKET".
namespace coracle::net::slirp {

/// A published port and the number by which slirp4netns knows it.
struct Forward {
    std::int64_t id = 0;
    PortMapping port;
};

/// Texts of requests. An empty host address is 0.0.0.0. Pure.
std::string addRequest(const PortMapping& port);
std::string listRequest();
std::string removeRequest(std::int64_t id);
/// The number of the new forward. Pure. Errors: Unavailable with slirp4netns' own description, Corrupt
/// for anything else than an answer.
Result<std::int64_t> parseAdded(std::string_view answer);
/// All forwards; 0.0.0.0 becomes an empty address, as it is written in a mapping. Errors: as
/// parseAdded().
Result<std::vector<Forward>> parseList(std::string_view answer);
/// Whether it was removed. Errors: as parseAdded().
Result<> parseRemoved(std::string_view answer);

/// Send one request and read the whole answer; blocks while slirp4netns works, at most a few seconds.
/// Errors: NotFound or Unavailable when no slirp4netns listens, Io.
Result<std::string> call(const std::string& socketPath, const std::string& request);

}  // namespace coracle::net::slirp
