// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"
#include "rootless/sys/unix_socket.h"

#include <string>
#include <string_view>

/// Datagrams to a service with a named unix socket, as journald has one: sent without waiting, each
/// delivered as a whole or not at all.
namespace coracle::sys {

/// A non-blocking datagram socket that sends to the one at `path`. Errors: InvalidArgument for a path that is
/// too long, NotFound when there is no socket, Unavailable when nobody listens. Source: unix(7).
Result<UniqueFd> connectUnixDatagram(const std::string& path);

/// Send one message; never raises SIGPIPE. Errors: by errno, except those that a Transfer names.
Result<Transfer> sendUnixDatagram(int fd, std::string_view message);

}  // namespace coracle::sys
