// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/port_mapping.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

/// What stands in the way of publishing a port, found out before anything is started: the kernel is asked
/// by binding the port for a moment, and only when it refuses the holder is looked for. A port may be
/// taken between the answer and its use, so whoever publishes asks again when that fails
/// (slirp4netns.cpp, addPort).
namespace coracle::net {

/// What the kernel says about binding an address and a port.
enum class PortState : std::uint8_t {
    Free,
    Taken,
    Privileged,  ///< below what the kernel lets an ordinary user bind
    NotOurs,     ///< the address is not one of this machine's
};

/// Who listens on a port.
struct PortHolder {
    pid_t pid = 0;        ///< 0: a process of another user, which may not be looked at
    std::string program;  ///< short name, as in /proc/PID/comm; empty when unknown
    uid_t uid = 0;        ///< owner of the socket
};

/// Answer of checkPort().
struct PortCheck {
    PortState state = PortState::Free;
    std::optional<PortHolder> holder;  ///< when Taken and found
    std::uint16_t suggestion = 0;      ///< a free port near the wanted one; 0: none found, or not needed
};

/// Try to bind the host side of a mapping for a moment. A free answer may be stale by the time it is
/// used. Takes some ten microseconds; with a conflict the search for the holder takes a few milliseconds,
/// longer with many processes. Any thread.
/// Host port 0 is always free. Errors: InvalidArgument for a malformed address, Io.
Result<PortCheck> checkPort(const PortMapping& mapping);

/// A port that is free now for the address and protocol of `mapping`, chosen by the kernel from its range
/// of ephemeral ports. Errors: Unavailable when there is none, by errno.
Result<std::uint16_t> chooseFreePort(const PortMapping& mapping);

/// The check as an error a person can act on: message with the holder's name, hint with the suggestion.
/// `check.state` is not Free. Kinds: Conflict, PermissionDenied, InvalidArgument.
Error toError(const PortMapping& mapping, const PortCheck& check);

/// Lowest port an ordinary user may bind; 1024 when the kernel does not say. Source: ip(7),
/// ip_unprivileged_port_start.
std::uint16_t firstUnprivilegedPort();

/// One socket of /proc/net/{tcp,tcp6,udp,udp6}.
struct SocketRow {
    std::string address;  ///< text form; "::ffff:" is removed from a mapped IPv4 address
    std::uint16_t port = 0;
    bool listening = false;
    uid_t uid = 0;
    std::uint64_t inode = 0;
};
/// One line of those files; none for the heading and what cannot be read. Source: proc(5), /proc/net/tcp.
std::optional<SocketRow> parseSocketRow(std::string_view line);

/// Whether a socket on `row` keeps `mapping` from being bound: same port, and one of the two addresses
/// covers the other. Pure.
bool collides(const SocketRow& row, const PortMapping& mapping);

}  // namespace coracle::net
