// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Published ports as values, shared by the command line, the desktop app and the stored form of a
/// container. Everything here is pure.
namespace coracle::net {

/// SCTP, which docker knows, is not carried by slirp4netns.
enum class Protocol : std::uint8_t { Tcp, Udp };

/// One published port. Ranges are expanded into one mapping a port when they are parsed.
struct PortMapping {
    std::string hostIp;               ///< literal IPv4 or IPv6 address without brackets; empty: all addresses
    std::uint16_t hostPort = 0;       ///< 0: choose a free one when the container starts
    std::uint16_t containerPort = 0;  ///< never 0
    Protocol protocol = Protocol::Tcp;

    friend bool operator==(const PortMapping&, const PortMapping&) = default;
};

/// Number of mappings one `-p` may expand to. Each is a socket on the host and a request to the helper,
/// so a range over all ports is refused instead of filling the machine.
inline constexpr std::size_t kMaxPortsInRange = 4096;

/// Parse what `-p` takes: `[ip:][host]:container[/tcp|/udp]`, `container`, ranges `8000-8010:80-90`, IPv6
/// in brackets. Both ranges have the same length; the n-th host port leads to the n-th container port.
/// Errors: InvalidArgument that names the part at fault, with the permitted form as hint.
Result<std::vector<PortMapping>> parsePortMappings(std::string_view text);

/// The shortest text that parses to the same mapping: "8080:80", "127.0.0.1:53:53/udp", "127.0.0.1::9229",
/// "80".
std::string toText(const PortMapping& mapping);

/// "tcp" or "udp".
std::string_view toText(Protocol protocol);

}  // namespace coracle::net
