// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/config.h"
#include "rootless/runtime/failure.h"
#include "rootless/runtime/oci_state.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <linux/filter.h>

/// Theory of operation. A profile may hand system calls to an agent outside of the container. The process
/// that loads the filter gets the agent's descriptor; whatever it calls next may already wait for the agent.
/// So it hands the descriptor over with the one call that no profile may notify about (sendmsg(2), refused by
/// oci::parseSeccompUse), and then waits for a word that the agent has it.
///
///   process                              runtime (parent or `start`)            agent
///                                        connect before anything runs --------> accept
///   load filter, send descriptor ------> state and descriptor, then close ----> one state a connection
///   wait <------------------------------ handed over
///   execve
///
/// Security. Who holds the descriptor decides about calls of the container and reads its memory. It goes to
/// the socket of the configuration only, connected by the caller's user in the caller's namespaces. The
/// container's process keeps nothing: the kernel marks the descriptor close-on-exec. A container whose agent
/// cannot be reached is ended, never run without its agent.
namespace coracle::runtime {

inline constexpr std::string_view kListener = "listener";       ///< process: here is the descriptor
inline constexpr std::string_view kHandedOver = "handed over";  ///< runtime: the agent has it

/// A connection to the agent of one process.
class SeccompAgent {
public:
    /// An agent that is not needed: no rule notifies.
    SeccompAgent() = default;
    /// Connect when the profile asks for it: before the process exists, so that a container whose agent
    /// is missing is refused and not stopped half-way. Errors: with a hint when nobody listens.
    static Result<SeccompAgent> connect(const oci::SeccompUse& use);

    bool isNeeded() const { return static_cast<bool>(m_connection); }

    /// Hand the descriptor and the state over, close the connection, let the process behind `processFd`
    /// go on. `descriptor` is borrowed. Errors: Internal for an agent that no rule asked for; Unavailable
    /// when the agent is gone; the process then still waits and has to be ended.
    Result<> handOver(int processFd, int descriptor, const OciState& state, pid_t containerPid,
                      pid_t processPid);

private:
    sys::UniqueFd m_connection;
    std::string m_metadata;
};

/// Wait until the container's process at the other end has become its program, which closes the connection;
/// its agent is informed on the way. none: it runs. A container that cannot have its agent does not run, but
/// the caller has to end it.
std::optional<Failure> awaitProgram(int processFd, SeccompAgent& agent, const OciState& state,
                                    pid_t containerPid);

/// After awaitProgram() of a container with a profile of somebody's own, which may end the process at its
/// very execve(2): whether that happened. none: its program was executed, or whoever reaps it was faster than
/// this look. A built-in profile allows what a start needs, so the usual start does not ask.
std::optional<Failure> endBeforeProgram(const sys::ProcessIdentity& process);

/// The process's part: load the filter and wait until the agent has its descriptor. Errors: by errno.
Result<> installNotifyingFilter(std::span<const sock_filter> program, std::uint32_t flags, int runtimeFd);

}  // namespace coracle::runtime
