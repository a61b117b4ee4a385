// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/seccomp_agent.h"

#include "rootless/runtime/failure.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/self.h"
#include "rootless/sys/unix_socket.h"

#include <array>
#include <csignal>

#include <unistd.h>

namespace coracle::runtime {

/// From outside of the container's tree, where the path means what the bundle's author meant. A profile that
/// notifies nobody needs no connection.
Result<SeccompAgent> SeccompAgent::connect(const oci::SeccompUse& use) {
    SeccompAgent agent;
    if (!use.notifies) {
        return agent;  // "If the SCMP_ACT_NOTIFY action is not used this value is ignored."
    }
    auto connection = sys::connectUnix(use.listenerPath, sys::SocketType::Stream);
    if (!connection) {
        return std::move(connection)
            .error()
            .context("connect the seccomp agent")
            .withHint("start the agent that listens on '" + use.listenerPath + "' first");
    }
    agent.m_connection = *std::move(connection);
    agent.m_metadata = use.listenerMetadata;
    return agent;
}

/// The process waits for kHandedOver before it goes on: its next system call may be one that only the
/// agent answers.
Result<> SeccompAgent::handOver(int processFd, int descriptor, const OciState& state, pid_t containerPid,
                                pid_t processPid) {
    if (!m_connection) {
        return Error(ErrorKind::Internal, "a process wants a seccomp agent that nobody asked for");
    }
    auto sent = sys::sendWithDescriptor(
        m_connection.get(), toAgentText(state, Status::Created, containerPid, processPid, m_metadata),
        descriptor);
    m_connection.reset();  // one state a connection
    if (!sent) {
        return std::move(sent).error().context("inform the seccomp agent");
    }
    TRY(sys::sendPacket(processFd, kHandedOver, "", sys::Blocking::Yes));
    return {};
}

/// The end of the connection is the good answer: the process's end closes by the execve(2). A failure
/// comes as a packet before it.
std::optional<Failure> awaitProgram(int processFd, SeccompAgent& agent, const OciState& state,
                                    pid_t containerPid) {
    while (true) {
        std::array<char, 4096> buffer{};
        auto got = sys::receivePacketWithDescriptor(processFd, buffer);
        if (!got) {
            return Failure{std::move(got).error()};
        }
        if (got->packet.transfer == sys::Transfer::PeerGone) {
            return std::nullopt;
        }
        const std::string_view packet(buffer.data(), got->packet.size);
        if (packet == kListener && got->descriptor) {
            auto done = agent.handOver(processFd, got->descriptor.get(), state, containerPid, containerPid);
            if (!done) {
                return Failure{std::move(done).error()};
            }
            continue;
        }
        if (auto failure = decodeFailure(packet)) {
            return failure;
        }
        return Failure{Error(ErrorKind::Unavailable, "the container's process ended early")};
    }
}

/// The calls that follow on the loading of the profile are those of enterProgram().
std::optional<Failure> endBeforeProgram(const sys::ProcessIdentity& process) {
    const auto signal = sys::signalBeforeProgram(process);
    if (!signal) {
        return std::nullopt;
    }
    const std::string what = *signal == SIGSYS ? "the seccomp profile ended the container's process (SIGSYS)"
                                               : "the container's process ended";
    return commandFailure(
        Error(ErrorKind::PermissionDenied, what + " before its program was executed")
            .withHint(
                "a seccomp profile has to allow execve(2), which begins the program, and capset(2) where "
                "no-new-privileges is not set"));
}

Result<> installNotifyingFilter(std::span<const sock_filter> program, std::uint32_t flags, int runtimeFd) {
    TRY_ASSIGN(sys::UniqueFd listener, sys::installListeningFilter(program, flags));
    // No call may come between these two, not even close(2).
    TRY(sys::sendWithDescriptor(runtimeFd, kListener, listener.get()));
    (void)listener.release();  // execve(2) closes it
    std::array<char, 64> buffer{};
    const auto got = sys::receivePacket(runtimeFd, buffer, sys::Blocking::Yes);
    if (got && got->transfer == sys::Transfer::PeerGone) {
        ::_exit(kExitFailed);  // the runtime has given this container up
    }
    return {};  // an agent that answers the waiting itself has the descriptor as well
}

}  // namespace coracle::runtime
