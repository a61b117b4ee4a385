// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// UDP for the program that relays between a port of the host and a container. Nothing here blocks.
namespace coracle::sys {

/// Who sent an IPv4 datagram, and to which of our addresses. All in network byte order.
struct UdpPeer {
    std::uint32_t address = 0;
    std::uint32_t localAddress = 0;
    std::uint16_t port = 0;

    friend auto operator<=>(const UdpPeer&, const UdpPeer&) = default;
};

/// One received datagram. What did not fit the buffer is cut off by the kernel.
struct Datagram {
    UdpPeer peer;
    std::size_t size = 0;  ///< bytes put into the buffer
};

/// A non-blocking IPv4 socket bound to the address (empty: all) that knows which address it was reached
/// at: an answer from another address of the machine would be dropped by the peer. Errors:
/// InvalidArgument for no IPv4 address, by errno of bind(2). Source: ip(7), IP_PKTINFO.
Result<UniqueFd> bindUdp(const std::string& address, std::uint16_t port);

/// A non-blocking IPv4 socket that talks to one peer: the kernel drops what others send to it. Errors:
/// InvalidArgument for no IPv4 address, by errno.
Result<UniqueFd> connectUdp(const std::string& address, std::uint16_t port);

/// The next datagram; none when there is none. Errors a datagram caused earlier (ECONNREFUSED) are none, too.
std::optional<Datagram> receiveDatagram(int fd, std::span<char> buffer);

/// Send from the address the peer knows. As with any datagram, one that cannot be sent is lost.
void sendDatagram(int fd, const UdpPeer& peer, std::string_view bytes);

/// The same for a connected socket.
void sendDatagram(int fd, std::string_view bytes);

}  // namespace coracle::sys
