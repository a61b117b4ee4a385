// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/port_check.h"
#include "net/port_mapping.h"
#include "rootless/sys/result.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/types.h>

namespace coracle::net {

/// What a user-mode network of one container needs to know.
struct UserNetConfig {
    pid_t pid = 0;       ///< the container's first process; it has a network namespace of its own
    std::string runDir;  ///< existing folder for the helper's socket and messages; a start replaces old ones
    /// Borrowed read end of a pipe whose write end the monitor keeps: the helper ends when it is closed.
    int exitFd = -1;
    std::vector<PortMapping> ports;  ///< host port 0: choose a free one
    /// Off by default: the helper forwards no IPv6 ports, and on a host without IPv6 programs in the
    /// container would try unreachable addresses first.
    bool ipv6 = false;
};

/// A network that runs; it needs no owner and ends with the container.
struct RunningNet {
    pid_t helperPid = 0;
    pid_t relayPid = 0;              ///< carries UDP; 0: none
    std::vector<PortMapping> ports;  ///< as published, with the host ports that were chosen
    std::string address;             ///< of the container
    std::string gateway;
    std::string nameServer;  ///< for the container's resolv.conf
};

/// The way a rootless container reaches the outside and is reached. Thread-safe: no state but the files
/// in the run folder, so that any process may ask later.
/// Invariants: a container's network never reaches the host's loopback; what is published is bound on the
/// host as this user, so the kernel's rules about ports hold; a network ends with its container, whoever
/// is killed.
class UserNet {
public:
    virtual ~UserNet() = default;

    /// Give the network namespace of `config.pid` an interface, routes and its published ports. Blocks
    /// until all is ready, at most ten seconds for each helper; on failure nothing is left running.
    /// Errors: Unavailable when slirp4netns or /dev/net/tun is missing or a helper does not start,
    /// NotFound when our own relay is missing, Conflict naming the port and its holder, PermissionDenied
    /// for a port of root's, Unsupported for a port this network cannot publish, Cancelled.
    virtual Result<RunningNet> start(const UserNetConfig& config, std::stop_token stop = {}) = 0;

    /// Publish one more port of a running network; the answer has the host port. Blocks as slirp::call().
    /// Errors: Unsupported for UDP, Conflict or PermissionDenied for a port that cannot be had, NotFound
    /// or Unavailable when the network does not run.
    virtual Result<PortMapping> addPort(const std::string& runDir, const PortMapping& port) = 0;

    /// What is published now, TCP first. Errors: NotFound or Unavailable when the network does not run,
    /// Corrupt.
    virtual Result<std::vector<PortMapping>> ports(const std::string& runDir) = 0;

    /// Stop publishing a port. Errors: NotFound when it is not published, Unsupported for UDP.
    virtual Result<> removePort(const std::string& runDir, const PortMapping& port) = 0;
};

/// Whether `holder` of a port is one of the programs of a network whose container has ended, and is gone by
/// now: they end by themselves, and this waits for it, for some seconds at most. Also true of a process of
/// this user that has just let its files go. Blocks.
bool hasLetGo(const PortHolder& holder);

/// slirp4netns(1), always with its sandbox and seccomp filter on and the host's loopback out of reach.
/// Published TCP ports are its own, UDP ports are coracle-portd's.
std::unique_ptr<UserNet> makeSlirp4netns();

/// The addresses every slirp4netns container has; engine code writes resolv.conf before the network runs.
/// Source: slirp4netns(1), "DESCRIPTION".
inline constexpr const char* kSlirpAddress = "10.0.2.100";
inline constexpr const char* kSlirpGateway = "10.0.2.2";
inline constexpr const char* kSlirpNameServer = "10.0.2.3";

}  // namespace coracle::net
