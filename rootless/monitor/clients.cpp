// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/clients.h"

#include <algorithm>
#include <vector>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace coracle::monitor {

using oci::monitor::Frame;

namespace {

std::string packetOf(Frame frame, std::string_view payload) {
    std::string packet(1, static_cast<char>(frame));
    packet += payload;
    return packet;
}

}  // namespace

Clients::Clients(sys::EventLoop& loop, Callbacks callbacks)
    : m_loop(loop), m_callbacks(std::move(callbacks)) {}

/// The descriptor is the client's id for as long as it is connected. The limit keeps descriptors for the
/// container's own streams and logs.
Result<> Clients::add(sys::UniqueFd fd, Role role) {
    if (m_clients.size() >= kMaxClients) {
        return Error(ErrorKind::Unavailable, "too many clients are attached");
    }
    const Id id = fd.get();
    TRY(m_loop.watch(id, EPOLLIN, [this, id](std::uint32_t events) { dispatch(id, events); }));
    auto client = std::make_unique<Client>();
    client->fd = std::move(fd);
    client->role = role;
    m_clients[id] = std::move(client);
    return {};
}

bool Clients::blocked() const {
    return std::any_of(m_clients.begin(), m_clients.end(), [](const auto& entry) {
        return !entry.second->queue.empty() && !entry.second->closing;
    });
}

bool Clients::hasStarter() const {
    return std::any_of(m_clients.begin(), m_clients.end(), [](const auto& entry) {
        return entry.second->role == Role::Starter && (!entry.second->closing || entry.second->stays);
    });
}

/// One packet for all, shared: ten clients that lag behind hold the same bytes once.
void Clients::broadcast(Frame frame, std::string_view payload) {
    if (m_clients.empty()) {
        return;
    }
    const auto packet = std::make_shared<const std::string>(packetOf(frame, payload));
    const bool output = frame == Frame::Stdout || frame == Frame::Stderr;
    for (const auto& [id, client] : m_clients) {
        if (!client->closing && !(output && client->quiet)) {
            push(*client, packet);
        }
    }
}

/// The hang-up removes each of them in a moment.
void Clients::breakOff() {
    for (const auto& [id, client] : m_clients) {
        (void)::shutdown(client->fd.get(), SHUT_RDWR);
    }
}

void Clients::sendToStarter(Frame frame, std::string_view payload) {
    for (const auto& [id, client] : m_clients) {
        if (client->role == Role::Starter && !client->closing) {
            push(*client, std::make_shared<const std::string>(packetOf(frame, payload)));
        }
    }
}

void Clients::send(Id client, Frame frame, std::string_view payload) {
    const auto found = m_clients.find(client);
    if (found != m_clients.end() && !found->second->closing) {
        push(*found->second, std::make_shared<const std::string>(packetOf(frame, payload)));
    }
}

/// Clients whose queue is empty go at the end: drop() changes the map that the loop walks over. A starter
/// that does not read keeps its queue, and so this program alive, but nothing of the container.
void Clients::closeAll(StarterMay starter) {
    std::vector<Id> through;
    for (const auto& [id, client] : m_clients) {
        client->closing = true;
        m_loop.cancel(client->timer);
        client->stays = starter == StarterMay::Stay && client->role == Role::Starter;
        if (client->stays) {
            continue;
        }
        if (client->queue.empty()) {
            through.push_back(id);
        } else if (client->role == Role::Attached) {
            client->timer = m_loop.callAfter(kPatience, [this, gone = id] {
                drop(gone);
                m_callbacks.gone(Role::Attached);
            });
        }
    }
    for (const Id id : through) {
        drop(id);
    }
}

/// Send now what fits, queue the rest. A peer that is gone is noticed by its hang-up, not here. One that
/// missed a packet for any other reason has to know: the connection is ended for it.
void Clients::push(Client& client, const Packet& packet) {
    if (!client.queue.empty()) {
        client.queue.push_back(packet);
        return;
    }
    const auto sent = sys::sendPacket(client.fd.get(), *packet, {}, sys::Blocking::No);
    if (sent && *sent == sys::Transfer::WouldBlock) {
        client.queue.push_back(packet);
        noteBlocked(client);
        updateWatch(client);
    } else if (!sent) {
        (void)::shutdown(client.fd.get(), SHUT_RDWR);
    }
}

/// A packet that cannot be sent for another reason than room is dropped like one that was sent: the peer
/// is gone, and its hang-up removes the client in a moment.
void Clients::flush(Id id) {
    Client& client = *m_clients.at(id);
    while (!client.queue.empty()) {
        const auto sent = sys::sendPacket(client.fd.get(), *client.queue.front(), {}, sys::Blocking::No);
        if (sent && *sent == sys::Transfer::WouldBlock) {
            return;
        }
        if (!sent) {
            (void)::shutdown(client.fd.get(), SHUT_RDWR);
        }
        client.queue.pop_front();
    }
    noteClear(client);
    if (client.closing && !client.stays) {
        const Role role = client.role;
        drop(id);
        m_callbacks.gone(role);
    } else {
        updateWatch(client);
    }
    if (!blocked()) {
        m_callbacks.unblocked();
    }
}

/// Whether nobody else takes output: then the container waits for this one and loses nothing.
bool Clients::isAlone(const Client& client) const {
    return std::none_of(m_clients.begin(), m_clients.end(), [&](const auto& entry) {
        const Client& other = *entry.second;
        return &other != &client && !other.closing && !other.quiet;
    });
}

/// The account: time spent waiting for this client adds up, and is forgotten when it has read promptly for
/// kForgetAfter. So one that stands still for a second now and then is never cut off, one that is too slow
/// for what it wants to see is, after kPatience of waiting in all.
void Clients::noteBlocked(Client& client) {
    if (client.closing) {
        return;
    }
    const auto now = sys::EventLoop::Clock::now();
    if (now - client.blockedSince > kForgetAfter + client.waited) {
        client.waited = std::chrono::milliseconds(0);
    }
    client.blockedSince = now;
    const Id id = client.fd.get();
    client.timer = m_loop.callAfter(std::max(kPatience - client.waited, std::chrono::milliseconds(0)),
                                    [this, id] { onPatienceEnded(id); });
}

/// A starter that nobody waits with goes on; the others may come later, so it is looked at again.
void Clients::onPatienceEnded(Id id) {
    Client& client = *m_clients.at(id);
    if (client.role == Role::Starter && isAlone(client)) {
        client.timer = m_loop.callAfter(kPatience, [this, id] { onPatienceEnded(id); });
        return;
    }
    cutOff(id);
}

/// Time that a starter alone made the container wait is not counted against it: it is what a pipe to that
/// program would do.
void Clients::noteClear(Client& client) {
    m_loop.cancel(client.timer);
    client.timer = 0;
    if (client.role == Role::Starter && isAlone(client)) {
        return;
    }
    client.waited += std::chrono::duration_cast<std::chrono::milliseconds>(sys::EventLoop::Clock::now() -
                                                                           client.blockedSince);
}

/// What is in the client's socket stays there and is read by it; the queued rest is replaced by the one
/// word that says so, and its connection closes when that word has found room.
void Clients::cutOff(Id id) {
    Client& client = *m_clients.at(id);
    client.queue.clear();
    client.queue.push_back(std::make_shared<const std::string>(packetOf(Frame::Dropped, {})));
    client.closing = true;
    client.cutOff = true;
    if (!blocked()) {
        m_callbacks.unblocked();
    }
}

/// Level-triggered hang-ups of a client that is not read would spin the loop, so its input is then read once
/// more whatever the pause says: the socket's buffer bounds it.
void Clients::dispatch(Id id, std::uint32_t events) {
    const bool hangUp = (events & (EPOLLHUP | EPOLLERR)) != 0;
    if ((events & EPOLLIN) != 0 || hangUp) {
        readInput(id);
    }
    const auto found = m_clients.find(id);
    if (found != m_clients.end() && (events & EPOLLOUT) != 0) {
        flush(id);
    }
}

/// One packet for each event: a client that sends without end gets its turn with all others.
void Clients::readInput(Id id) {
    const auto space = m_buffer.space();
    const auto packet = sys::receivePacket(id, space, sys::Blocking::No);
    if (packet && packet->transfer == sys::Transfer::WouldBlock) {
        return;
    }
    const auto message =
        packet && packet->transfer == sys::Transfer::Done
            ? oci::monitor::decode(std::string_view(space.data(), packet->size))
            : Result<oci::monitor::Message>(Error(ErrorKind::Unavailable, "the client is gone"));
    if (!message) {  // gone, or it speaks something else
        const Role role = m_clients.at(id)->role;
        const bool wasBlocked = blocked();
        drop(id);
        if (wasBlocked && !blocked()) {
            m_callbacks.unblocked();
        }
        m_callbacks.gone(role);
        return;
    }
    m_callbacks.received(id, *message);
}

void Clients::silence(Id client) {
    if (const auto found = m_clients.find(client); found != m_clients.end()) {
        found->second->quiet = true;
    }
}

void Clients::pauseInput(Id client) {
    if (const auto found = m_clients.find(client); found != m_clients.end()) {
        found->second->inputPaused = true;
        updateWatch(*found->second);
    }
}

void Clients::resumeInput() {
    for (const auto& [id, client] : m_clients) {
        if (client->inputPaused) {
            client->inputPaused = false;
            updateWatch(*client);
        }
    }
}

void Clients::updateWatch(Client& client) {
    const std::uint32_t events = (client.inputPaused ? 0U : static_cast<std::uint32_t>(EPOLLIN)) |
                                 (client.queue.empty() ? 0U : static_cast<std::uint32_t>(EPOLLOUT));
    (void)m_loop.modify(client.fd.get(), events);  // the descriptor is valid and watched, so it cannot fail
}

/// closeGently() lets what was sent arrive; the last packet tells the client how it ended.
void Clients::drop(Id id) {
    const auto found = m_clients.find(id);
    if (found != m_clients.end()) {
        m_loop.cancel(found->second->timer);
        m_loop.unwatch(id);
        sys::closeGently(std::move(found->second->fd));
        m_clients.erase(found);
    }
}

}  // namespace coracle::monitor
