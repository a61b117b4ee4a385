// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/event_loop.h"
#include "rootless/sys/result.h"
#include "rootless/sys/udp_socket.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace coracle::net {

/// Relays the datagrams of one published UDP port. Each client of the host socket gets a socket of its
/// own towards the container, by which the answers find their way back.
/// The calling process has entered the container's network namespace after the host socket was made, so
/// new sockets are the container's. The server sees the container's own address as the client's, never
/// its loopback, which it may trust (security.md 2E, E5).
/// Who attacks: anybody who reaches the port, with forged sender addresses. Each address costs a socket,
/// so there are at most kMaxClients; a flood pushes out the clients that have been silent longest and
/// makes nobody else's memory grow. Datagrams are never answered by this program itself, so it amplifies
/// nothing.
/// One thread, that of the loop.
class UdpRelay {
public:
    /// Sockets for one port. A process may open 1024 files by default; where that is reached first, the
    /// oldest client has to go all the same.
    static constexpr std::size_t kMaxClients = 1024;
    /// A client that comes back later gets a new socket, and so is a new client for the server.
    static constexpr std::chrono::seconds kIdleLimit{60};

    /// address, port: of the server in the container.
    UdpRelay(sys::EventLoop& loop, sys::UniqueFd hostSocket, std::string address, std::uint16_t port);

    /// Begin to relay. Errors: by errno of the loop.
    Result<> start();

private:
    struct Session {
        sys::UniqueFd fd;
        sys::EventLoop::Clock::time_point lastUsed;
    };

    void onClientData();
    void onServerData(const sys::UdpPeer& peer);
    Session* sessionOf(const sys::UdpPeer& peer);
    void endIdleSessions();
    void endOldestSession();
    void end(std::map<sys::UdpPeer, Session>::iterator session);

    sys::EventLoop& m_loop;
    sys::UniqueFd m_hostSocket;
    std::string m_address;
    std::uint16_t m_port;
    std::map<sys::UdpPeer, Session> m_sessions;
    std::string m_buffer;
};

}  // namespace coracle::net
