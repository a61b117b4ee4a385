// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>

/// Whether a port of the host can be had, asked before a container is made, so that the answer names the
/// port and not the port helper's failure later. Another process may take the port in between: the
/// helper's own bind decides.
namespace coracle::sys {

/// Of the port to try.
enum class InetProtocol : std::uint8_t { Tcp, Udp };

/// Bind a socket for a moment and tell the port it got; port 0 lets the kernel choose.
/// address: literal IPv4 or IPv6; empty: all IPv4 addresses. Takes some ten microseconds.
/// Errors: InvalidArgument when the address is not one; by errno of bind(2) in sysErrno(): EADDRINUSE, EACCES
/// (privileged port), EADDRNOTAVAIL (not an address of this machine).
Result<std::uint16_t> probeBind(const std::string& address, std::uint16_t port, InetProtocol protocol);

/// The IPv4 address with which this computer speaks to others, by its routes alone: nothing is sent. Empty
/// when there is no way out.
std::string outwardAddress();

}  // namespace coracle::sys
