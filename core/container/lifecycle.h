// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/container_paths.h"
#include "core/container/status.h"
#include "net/port_mapping.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Starting, stopping and waiting: the thin part that acts. Theory of operation.
///
/// A start writes monitor.json, spawns coracle-monitor in a session of its own with a socket as descriptor 3
/// and talks to it until `Started`. When the container has a user-mode network, the monitor reports its pid
/// first (`Created`), the network helper is started for that pid, and only then the program runs. From then
/// on the monitor owns the container and the starter may die.
///
/// A stop leaves the mark <run>/stop, so that a restart policy lets the container rest, and goes to the
/// recorded first process through a pidfd. It does not need the monitor, so it works when that was killed,
/// and never signals a stranger that got the same pid. A monitor that waits before a restart is told by
/// SIGTERM.
///
/// A container whose monitor was killed gets a new one from the next command that looks at it (adopt).
///
/// One operation at a time changes a container: start, stop and remove hold <run>/operation.lock.
namespace coracle::container {

/// A monitor that was started ahead: it loads while the container is being made. It waits to be told which
/// container is its own, and ends when this goes.
struct WaitingMonitor {
    /// To a monitor that waits for its settings, or that was just told them.
    oci::monitor::Connection connection;
    sys::UniqueFd exitFd;  ///< read end of the pipe that ends with the monitor
    pid_t pid = 0;         ///< a child of this process where it was started ahead
};
/// Start a monitor ahead. keeperDir: of the kept user namespace, for namespaces that it makes meanwhile.
/// preservedFds: descriptors of this program that the container's first run gets; the
/// monitor has its own of them. Errors: by errno; none of them is NotFound or PermissionDenied.
Result<WaitingMonitor> spawnWaitingMonitor(const std::string& monitorProgram, const std::string& keeperDir,
                                           const std::vector<int>& preservedFds);

/// Everything a start needs; nothing is looked up on the way.
struct StartRequest {
    ContainerPaths paths;
    std::string monitorProgram;
    std::string monitorSettings;  ///< text of monitor.json
    /// Make the network of the process `pid` before its program runs; `exitFd` is the reading end of a pipe
    /// that ends with the run. Empty: there is nothing to make.
    std::function<Result<>(int pid, int exitFd, std::stop_token stop)> network;
    bool background = true;         ///< the monitor detaches from us by itself; not needed by who exits soon
    bool attached = false;          ///< the caller wants the connection
    std::vector<int> preservedFds;  ///< for a monitor that was not started ahead
    std::optional<WaitingMonitor> waiting;  ///< used up by the start, if it is still there
};

/// Start the container and stay connected; blocks until its program was executed or cannot be. The caller
/// holds the operation lock.
/// Errors: NotFound and PermissionDenied are about the container's program (exit codes 127 and 126);
/// everything else has another kind. Nothing runs after a failure.
Result<oci::monitor::Connection> startContainer(StartRequest request, std::stop_token stop);

/// Leave why a start failed, with docker's exit code for that, for inspect and for the desktop. before: the
/// facts before the start. Of an earlier run its times stay, and after a start that was cancelled everything.
/// The caller holds the operation lock. Errors: by errno.
Result<> recordFailedStart(const ContainerPaths& paths, const ContainerFacts& before, const Error& error);

/// Give the container whose first process is `pid` its user-mode network and record the ports as published.
/// exitFd: reading end of a pipe that ends with the run. Errors: those of net::UserNet::start, none of which
/// is NotFound or PermissionDenied.
Result<> configureNetwork(const ContainerPaths& paths, const std::vector<net::PortMapping>& ports, int pid,
                          int exitFd, std::stop_token stop);

/// Take the lock of an operation on the container. Errors: Unavailable naming who holds it.
Result<sys::FileLock> lockOperation(const ContainerPaths& paths, const std::string& operation);

/// Wait until the published ports of a run that has ended can be had again, for some seconds at most: the
/// programs that hold them end a moment after the container. Blocks.
void waitForPorts(const ContainerPaths& paths);

/// Send `signal`, wait, kill. Returns when the exit record is written and the published ports are free. A
/// container that does not run is success. timeout: negative waits for ever. Errors: Cancelled; the container
/// goes on then.
Result<> stopContainer(const ContainerPaths& paths, int signal, std::chrono::seconds timeout,
                       std::stop_token stop);

/// Signal its first process. Errors: Conflict when it does not run.
/// Whether the signal is meant to end it.
enum class EndsIt : bool { No, Yes };  ///< Yes: it is not to be started again by its policy
/// Signal its first process, through a pidfd. Errors: Conflict when it does not run or is between two
/// runs, PermissionDenied.
Result<> signalContainer(const ContainerPaths& paths, int signal, EndsIt endsIt);

/// Block until it does not run any more and its record is written. A container that is about to be started
/// again by its policy counts as running, and the end of its next run as its end. Errors: Cancelled.
/// What waitForEnd() learnt.
struct ContainerEnd {
    bool ran = false;             ///< it ran when the wait began
    std::optional<int> exitCode;  ///< of that run; none: nobody saw it
};
Result<ContainerEnd> waitForEnd(const ContainerPaths& paths, std::stop_token stop);

/// Put a new monitor in the place of one that was killed. Success when somebody else was faster or there is
/// nothing to take over. Errors: by errno of starting it.
Result<> adopt(const ContainerPaths& paths, const std::string& monitorProgram);

/// Wait until no monitor holds the container's folders any more. Errors: Unavailable after a while.
Result<> waitForMonitor(const ContainerPaths& paths);

/// Ports as they are published while it runs; those of the request when it does not.
std::vector<net::PortMapping> publishedPorts(const ContainerPaths& paths,
                                             const std::vector<net::PortMapping>& requested);

}  // namespace coracle::container
