// SPDX-License-Identifier: Apache-2.0
#include "net/udp_relay.h"

#include <algorithm>
#include <cerrno>

#include <sys/epoll.h>

namespace coracle::net {
namespace {

/// A UDP payload has at most 65,507 bytes over IPv4 (RFC 768, RFC 791), so nothing is cut off.
constexpr std::size_t kLongestDatagram = 65536;
/// Then the other sockets get their turn; the loop is level-triggered and comes back for the rest.
constexpr int kDatagramsAtOnce = 64;
constexpr std::chrono::seconds kSweep{10};

}  // namespace

UdpRelay::UdpRelay(sys::EventLoop& loop, sys::UniqueFd hostSocket, std::string address, std::uint16_t port)
    : m_loop(loop), m_hostSocket(std::move(hostSocket)), m_address(std::move(address)), m_port(port) {
    m_buffer.resize(kLongestDatagram);
}

Result<> UdpRelay::start() {
    (void)m_loop.callAfter(kSweep, [this] { endIdleSessions(); });
    return m_loop.watch(m_hostSocket.get(), EPOLLIN, [this](std::uint32_t) { onClientData(); });
}

/// A limited number at once, so that one busy port does not keep the others of this process waiting.
void UdpRelay::onClientData() {
    for (int i = 0; i < kDatagramsAtOnce; ++i) {
        const auto datagram = sys::receiveDatagram(m_hostSocket.get(), m_buffer);
        if (!datagram) {
            return;
        }
        if (Session* session = sessionOf(datagram->peer); session != nullptr) {
            sys::sendDatagram(session->fd.get(), std::string_view(m_buffer).substr(0, datagram->size));
        }
    }
}

void UdpRelay::onServerData(const sys::UdpPeer& peer) {
    const auto session = m_sessions.find(peer);
    for (int i = 0; session != m_sessions.end() && i < kDatagramsAtOnce; ++i) {
        const auto datagram = sys::receiveDatagram(session->second.fd.get(), m_buffer);
        if (!datagram) {
            return;
        }
        session->second.lastUsed = sys::EventLoop::Clock::now();
        sys::sendDatagram(m_hostSocket.get(), peer, std::string_view(m_buffer).substr(0, datagram->size));
    }
}

/// A client that cannot have a socket loses its datagram, as on a network that is full.
UdpRelay::Session* UdpRelay::sessionOf(const sys::UdpPeer& peer) {
    auto found = m_sessions.find(peer);
    if (found == m_sessions.end()) {
        if (m_sessions.size() >= kMaxClients) {
            endOldestSession();
        }
        auto fd = sys::connectUdp(m_address, m_port);
        if (!fd && fd.error().sysErrno() == EMFILE && !m_sessions.empty()) {
            endOldestSession();
            fd = sys::connectUdp(m_address, m_port);
        }
        if (!fd || !m_loop.watch(fd->get(), EPOLLIN, [this, peer](std::uint32_t) { onServerData(peer); })) {
            return nullptr;
        }
        found = m_sessions.emplace(peer, Session{*std::move(fd), {}}).first;
    }
    found->second.lastUsed = sys::EventLoop::Clock::now();
    return &found->second;
}

void UdpRelay::end(std::map<sys::UdpPeer, Session>::iterator session) {
    m_loop.unwatch(session->second.fd.get());
    m_sessions.erase(session);
}

void UdpRelay::endOldestSession() {
    end(std::min_element(m_sessions.begin(), m_sessions.end(),
                         [](const auto& a, const auto& b) { return a.second.lastUsed < b.second.lastUsed; }));
}

void UdpRelay::endIdleSessions() {
    const auto limit = sys::EventLoop::Clock::now() - kIdleLimit;
    for (auto session = m_sessions.begin(); session != m_sessions.end();) {
        const auto next = std::next(session);
        if (session->second.lastUsed < limit) {
            end(session);
        }
        session = next;
    }
    (void)m_loop.callAfter(kSweep, [this] { endIdleSessions(); });
}

}  // namespace coracle::net
