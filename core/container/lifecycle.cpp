// SPDX-License-Identifier: Apache-2.0
#include "core/container/lifecycle.h"

#include "core/container/resource_reader.h"
#include "net/user_net.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>

namespace coracle::container {
namespace {

using namespace std::chrono_literals;
using oci::monitor::Connection;
using oci::monitor::Frame;
using oci::monitor::Message;

constexpr auto kOperationTimeout = 2s;
constexpr auto kMonitorTimeout = 10s;
constexpr auto kKillTimeout = 10s;

Error monitorGone() {
    return Error(ErrorKind::Unavailable, "the container's monitor ended before the program started")
        .withHint("look for messages in the run folder's monitor.log, and try again");
}

/// Something other than the container's program is missing or forbidden: keep the words, change the kind, for
/// NotFound and PermissionDenied mean the program to `run`.
Error aboutUs(Error error) {
    if (error.kind() == ErrorKind::NotFound || error.kind() == ErrorKind::PermissionDenied) {
        return Error(ErrorKind::Unavailable, error.message(), error.sysErrno()).withHint(error.hint());
    }
    return error;
}

Result<Message> receiveOne(Connection& connection) {
    TRY_ASSIGN(const auto message, connection.receive());
    if (!message) {
        return monitorGone();
    }
    if (message->frame == Frame::Failed) {
        return oci::monitor::decodeFailure(message->payload);
    }
    return *message;
}

std::string portsToText(const std::vector<net::PortMapping>& ports) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& port : ports) {
        list.push_back(net::toText(port));
    }
    return json::toText(list);
}

Result<> configureNetwork(const StartRequest& request, int pid, int exitFd, std::stop_token stop) {
    net::UserNetConfig config;
    config.pid = pid;
    config.runDir = request.paths.runDir;
    config.exitFd = exitFd;
    config.ports = request.ports;
    auto running = net::makeSlirp4netns()->start(config, std::move(stop));
    if (!running) {
        return aboutUs(std::move(running).error());
    }
    return sys::replaceFile(request.paths.ports(), portsToText(running->ports), 0600,
                            sys::Durability::Process);
}

enum class Kept : std::uint8_t { Nothing, ExitPipe };
enum class Detach : std::uint8_t { ByUs, ByItself };

Result<WaitingMonitor> spawnMonitor(std::vector<std::string> argv, Kept kept, Detach detach) {
    TRY_ASSIGN(auto sockets, sys::makeSocketPair(sys::SocketType::SeqPacket));
    sys::SpawnOptions options;
    options.argv = std::move(argv);
    if (detach == Detach::ByItself) {
        options.argv.emplace_back("--background");
    }
    options.newSession = true;
    options.workingDirectory = "/";
    options.fds = {{sockets.second.get(), oci::monitor::kControlFd}};
    sys::Pipe pipe;
    if (kept == Kept::ExitPipe) {
        TRY_ASSIGN(pipe, sys::makePipe());
        options.fds.emplace_back(pipe.writeEnd.get(), oci::monitor::kKeptFd);
    }
    TRY_ASSIGN(auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    for (const int standard : {0, 1, 2}) {
        options.fds.emplace_back(null.get(), standard);
    }
    auto monitor = sys::Subprocess::spawn(options);
    if (!monitor) {
        return aboutUs(std::move(monitor).error());
    }
    if (detach == Detach::ByItself) {
        TRY(monitor->wait());
    } else {
        monitor->detach();
    }
    return WaitingMonitor{Connection(std::move(sockets.first)), std::move(pipe.readEnd)};
}

/// The monitor that was started ahead, or one that is started now.
Result<WaitingMonitor> obtainMonitor(StartRequest& request) {
    if (request.waiting) {
        WaitingMonitor waiting = *std::move(request.waiting);
        request.waiting.reset();
        if (waiting.connection.send(Frame::Begin, request.paths.monitor())) {
            return waiting;
        }
    }
    return spawnMonitor({request.monitorProgram, "--config", request.paths.monitor()},
                        request.userNetwork ? Kept::ExitPipe : Kept::Nothing,
                        request.background ? Detach::ByItself : Detach::ByUs);
}

/// Until the first process has ended. false: the time is over.
Result<bool> waitForProcess(int pidFd, int stopFd, std::optional<std::chrono::milliseconds> limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit.value_or(0ms);
    while (true) {
        std::array<pollfd, 2> fds{{{pidFd, POLLIN, 0}, {stopFd, POLLIN, 0}}};
        int timeoutMs = -1;
        if (limit) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            timeoutMs = static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, INT32_MAX));
        }
        const int ready = ::poll(fds.data(), fds.size(), timeoutMs);
        if (ready < 0 && errno != EINTR) {
            return Error::fromErrno("wait for the container");
        }
        if (fds[0].revents != 0) {
            return true;
        }
        if (fds[1].revents != 0) {
            return Error(ErrorKind::Cancelled, "interrupted while waiting for the container");
        }
        if (ready == 0) {
            return false;
        }
    }
}

/// The monitor writes the record after the last output; whoever is connected hears when.
void awaitRecord(const ContainerPaths& paths) {
    auto connection = Connection::attach(paths.runDir);
    while (connection) {
        const auto message = connection->receive();
        if (!message || !*message || (*message)->frame == Frame::Exited) {
            return;
        }
    }
}

}  // namespace

Result<sys::FileLock> lockOperation(const ContainerPaths& paths, const std::string& operation) {
    auto lock =
        sys::FileLock::acquire(paths.operationLock(), sys::LockMode::Exclusive, kOperationTimeout, operation);
    if (!lock && lock.error().sysErrno() == ENOENT) {
        TRY(sys::makeDirectories(paths.runDir));
        lock = sys::FileLock::acquire(paths.operationLock(), sys::LockMode::Exclusive, kOperationTimeout,
                                      operation);
    }
    return lock;
}

Result<WaitingMonitor> spawnWaitingMonitor(const std::string& monitorProgram) {
    return spawnMonitor({monitorProgram, "--await"}, Kept::ExitPipe, Detach::ByUs);
}

Result<Connection> startContainer(StartRequest request, std::stop_token stop) {
    if (auto written = sys::replaceFile(request.paths.monitor(), request.monitorSettings, 0600,
                                        sys::Durability::Process);
        !written) {
        return aboutUs(std::move(written).error());
    }
    const auto attempt = [&]() -> Result<Connection> {
        TRY_ASSIGN(auto monitor, obtainMonitor(request));
        TRY_ASSIGN(const auto created, receiveOne(monitor.connection));
        if (created.frame != Frame::Created) {
            return Error(ErrorKind::Internal, "the container's monitor did not report the container");
        }
        if (request.userNetwork) {
            TRY_ASSIGN(const int pid, oci::monitor::decodeNumber(created.payload, 1, INT32_MAX));
            TRY(configureNetwork(request, pid, monitor.exitFd.get(), stop));
            TRY(monitor.connection.send(Frame::Start));
        }
        TRY_ASSIGN(const auto started, receiveOne(monitor.connection));
        if (started.frame != Frame::Started) {
            return Error(ErrorKind::Internal, "the container's monitor did not report the start");
        }
        return std::move(monitor.connection);
    };
    auto connection = attempt();
    if (!connection) {
        (void)waitForMonitor(request.paths);             // it cleans up; the first error counts
        (void)sys::removeFile(request.paths.monitor());  // the container was not started
    }
    return connection;
}

Result<> signalContainer(const ContainerPaths& paths, int signal) {
    const ContainerFacts facts = readFacts(paths);
    if (!facts.isAlive()) {
        return Error(ErrorKind::Conflict, "the container is not running");
    }
    auto process = sys::openProcess(facts.process);
    if (!process) {
        return Error(ErrorKind::Conflict, "the container has just ended");
    }
    return sys::signalProcess(process->get(), signal);
}

Result<> stopContainer(const ContainerPaths& paths, int signal, std::chrono::seconds timeout,
                       std::stop_token stop) {
    const ContainerFacts facts = readFacts(paths);
    if (!facts.isAlive()) {
        return facts.status == types::ContainerStatus::Starting ? waitForMonitor(paths) : Result<>();
    }
    auto process = sys::openProcess(facts.process);
    if (process) {
        const sys::StopEvent stopped(stop);
        std::optional<std::chrono::milliseconds> limit;
        if (timeout >= 0s) {
            limit = timeout;
        }
        if (auto sent = sys::signalProcess(process->get(), signal);
            !sent && sent.error().kind() != ErrorKind::NotFound) {
            return sent;
        }
        thaw(paths);
        TRY_ASSIGN(bool ended, waitForProcess(process->get(), stopped.fd(), limit));
        if (!ended) {
            (void)sys::signalProcess(process->get(), SIGKILL);  // it may have ended meanwhile
            TRY_ASSIGN(ended, waitForProcess(process->get(), stopped.fd(), kKillTimeout));
        }
        if (!ended) {
            return Error(ErrorKind::Unavailable,
                         "the container's process " + std::to_string(facts.process.pid) + " does not die")
                .withHint("it may be waiting for a disk or device that does not answer");
        }
    }
    awaitRecord(paths);
    return {};
}

Result<> waitForEnd(const ContainerPaths& paths, std::stop_token stop) {
    const sys::StopEvent stopped(stop);
    ContainerFacts facts = readFacts(paths);
    if (facts.status == types::ContainerStatus::Starting) {
        // The starter holds the operation lock until the program runs or the start has failed.
        (void)lockOperation(paths, "wait");
        facts = readFacts(paths);
    }
    if (facts.isAlive()) {
        if (auto process = sys::openProcess(facts.process)) {
            TRY(waitForProcess(process->get(), stopped.fd(), std::nullopt));
        }
        awaitRecord(paths);
    }
    return {};
}

Result<> waitForMonitor(const ContainerPaths& paths) {
    if (!sys::pathExists(paths.monitorLock())) {
        return {};
    }
    auto lock = sys::FileLock::acquire(paths.monitorLock(), sys::LockMode::Shared, kMonitorTimeout, "wait");
    if (!lock) {
        return std::move(lock).error().context("wait for the container's monitor");
    }
    return {};
}

std::vector<net::PortMapping> publishedPorts(const ContainerPaths& paths,
                                             const std::vector<net::PortMapping>& requested) {
    if (requested.empty()) {
        return requested;
    }
    const auto text = sys::readFile(paths.ports());
    const auto document = text ? json::parse(*text) : Result<nlohmann::json>(text.error());
    if (!document || !document->is_array()) {
        return requested;
    }
    std::vector<net::PortMapping> ports;
    for (const auto& item : *document) {
        const auto parsed = item.is_string() ? net::parsePortMappings(item.get<std::string>())
                                             : Result<std::vector<net::PortMapping>>(requested);
        if (!parsed) {
            return requested;
        }
        ports.insert(ports.end(), parsed->begin(), parsed->end());
    }
    return ports;
}

}  // namespace coracle::container
