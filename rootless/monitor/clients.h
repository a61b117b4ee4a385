// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/read_buffer.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace coracle::monitor {

/// The connections that get a container's output.
/// A frame that a client's socket has no room for is queued, and from then on blocked() is true and the
/// owner reads no more output: so at most one frame is kept for the slowest, and the container feels the
/// pressure like a writer to a full pipe. A starter that is alone may hold it up for ever, for a
/// foreground `run` must lose nothing. Any other client, and a starter that makes others wait, has a
/// budget of kPatience; when it is used up the client is cut off: it gets what is in its socket, then
/// Dropped, then the end.
/// Who is at the other end: a program of this user (the socket's folder and SO_PEERCRED see to that),
/// which may still be stopped, slow, broken or of another version. None of that may stop the container or
/// fill this process's memory; so queues, connections and patience are bounded, and what cannot be
/// understood ends the connection.
/// All members run on the loop's thread.
class Clients {
public:
    using Id = int;  ///< the descriptor
    /// Who is connected: the starter, for whom a foreground `run` must lose nothing, or anybody later.
    enum class Role : std::uint8_t { Starter, Attached };

    /// What the owner is told, during the call that found it out.
    struct Callbacks {
        std::function<void(Id, const oci::monitor::Message&)> received;
        std::function<void()> unblocked;  ///< blocked() has become false
        std::function<void(Role)> gone;   ///< a client is no longer there
    };

    /// A terminal or a pipe behind `attach` may stand still for some seconds (a pager, a full disk
    /// cache); longer means that nobody reads.
    static constexpr std::chrono::milliseconds kPatience{5000};
    static constexpr std::chrono::milliseconds kForgetAfter{
        10'000};  ///< of prompt reading; the budget is full again
    /// Bounds descriptors and queued frames: a process has 1024 descriptors by default.
    static constexpr std::size_t kMaxClients = 64;

    Clients(sys::EventLoop& loop, Callbacks callbacks);

    /// Take a connection over; it is watched from now on. Errors: Unavailable when there are too many, by
    /// errno of the loop. On failure the connection is closed.
    Result<> add(sys::UniqueFd fd, Role role);

    /// Send output to all. With blocked() it is queued, which the owner does only for the last output.
    /// Clients that asked for quiet get no output, but everything else.
    void broadcast(oci::monitor::Frame frame, std::string_view payload);

    /// End all connections in the middle, for those who would else take half of an output for the whole.
    void breakOff();

    /// Send to the starter only, if it is there.
    void sendToStarter(oci::monitor::Frame frame, std::string_view payload);

    /// Send to one client, if it is there still.
    void send(Id client, oci::monitor::Frame frame, std::string_view payload);

    /// Whether the starter's connection outlives closeAll().
    enum class StarterMay : std::uint8_t { Go, Stay };

    /// Add no more output, and close each connection as soon as what is queued is through. An attached client
    /// has kPatience for that. A starter that may stay closes its connection itself; `gone` tells when.
    void closeAll(StarterMay starter = StarterMay::Go);

    /// Send this client no output any more, only the end. An unknown one is ignored.
    void silence(Id client);

    /// Stop reading what one client sends: its queue in the kernel fills, and its writes wait.
    void pauseInput(Id client);
    /// Read from all again.
    void resumeInput();

    /// Whether a client that still gets output has something queued.
    bool blocked() const;
    /// Whether the starter is connected and may still be told something.
    bool hasStarter() const;
    /// Whether nobody is connected.
    bool empty() const noexcept { return m_clients.empty(); }

private:
    using Packet = std::shared_ptr<const std::string>;  ///< shared by the queues of all slow clients
    /// One connection. `blockedSince` and `waited` are its account with kPatience.
    struct Client {
        sys::UniqueFd fd;
        Role role = Role::Attached;
        std::deque<Packet> queue;
        bool inputPaused = false;
        bool closing = false;  ///< no more output is added; closed when the queue is through
        bool cutOff = false;
        bool stays = false;  ///< with `closing`: its peer closes
        bool quiet = false;
        sys::EventLoop::TimerId timer = 0;
        sys::EventLoop::Clock::time_point blockedSince;
        std::chrono::milliseconds waited{0};
    };

    /// By id and never by pointer: a callback may drop the client that it was called for.
    void dispatch(Id id, std::uint32_t events);
    void readInput(Id id);
    /// Queues behind what waits already, so that a client gets packets in order; else sends at once.
    void push(Client& client, const Packet& packet);
    void flush(Id id);
    bool isAlone(const Client& client) const;
    /// The client has stood still for kPatience in sum: it is cut off, unless it is a starter that nobody
    /// else waits with.
    void onPatienceEnded(Id id);
    void cutOff(Id id);
    void noteBlocked(Client& client);
    void noteClear(Client& client);
    void updateWatch(Client& client);
    void drop(Id id);

    sys::EventLoop& m_loop;
    Callbacks m_callbacks;
    std::map<Id, std::unique_ptr<Client>> m_clients;
    sys::ReadBuffer m_buffer{oci::monitor::kMaxFrameBytes};
};

}  // namespace coracle::monitor
