// SPDX-License-Identifier: Apache-2.0
#include "core/container/lifecycle.h"

#include "core/container/resource_reader.h"
#include "core/text/moment.h"
#include "net/user_net.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"
#include "rootless/sys/watch_error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>

namespace coracle::container {
namespace {

using namespace std::chrono_literals;
using oci::monitor::Connection;
using oci::monitor::Frame;
using oci::monitor::Message;

/// Time that another command may hold the container before we say which; that a monitor may take to clean
/// up; that a killed process may take to go; that network helpers of the run before may take to give ports
/// back.
constexpr auto kOperationTimeout = 2s;
constexpr auto kMonitorTimeout = 10s;
constexpr auto kKillTimeout = 10s;
constexpr auto kHelperTimeout = 5s;

/// The number of the error tells a monitor that was killed from one that refused.
Error monitorGone() {
    return Error(ErrorKind::Unavailable, "the container's monitor ended before the program started",
                 ECONNRESET)
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

/// The next frame; Failed becomes the error it carries, and the end of the connection one of ours.
Result<Message> receiveOne(Connection& connection) {
    const auto message = connection.receive();
    if (!message && message.error().sysErrno() != ECONNRESET) {
        return message.error();
    }
    if (!message || !*message) {
        return monitorGone();
    }
    if ((*message)->frame == Frame::Failed) {
        return oci::monitor::decodeFailure((*message)->payload);
    }
    return **message;
}

std::string portsToText(const std::vector<net::PortMapping>& ports) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& port : ports) {
        list.push_back(net::toText(port));
    }
    return json::toText(list);
}

/// Whether the monitor holds the pipe by which network helpers learn of the container's end.
enum class Kept : std::uint8_t { Nothing, ExitPipe };
/// A starter that lives long must not be its parent.
enum class Detach : std::uint8_t { ByUs, ByItself };

/// The monitor has nothing of ours: a session of its own, "/" as folder so that it keeps no mount busy,
/// /dev/null as standard streams. It is told to go to the background by itself where this program lives
/// long and must not have it as a child.
Result<WaitingMonitor> spawnMonitor(std::vector<std::string> argv, Kept kept, Detach detach,
                                    const std::vector<int>& preservedFds = {}) {
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
    oci::monitor::passPreserved(options, preservedFds);
    auto monitor = sys::Subprocess::spawn(options);
    if (!monitor) {
        return aboutUs(std::move(monitor).error());
    }
    const pid_t pid = monitor->pid();
    if (detach == Detach::ByUs) {
        monitor->detach();
    } else {
        TRY(monitor->wait());
    }
    return WaitingMonitor{Connection(std::move(sockets.first)), std::move(pipe.readEnd), pid};
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
                        request.network ? Kept::ExitPipe : Kept::Nothing,
                        request.background ? Detach::ByItself : Detach::ByUs, request.preservedFds);
}

/// Until one of the descriptors has something to say. false: the time is over.
Result<bool> waitForDescriptor(int fd, int stopFd, std::optional<std::chrono::milliseconds> limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit.value_or(0ms);
    while (true) {
        std::array<pollfd, 2> fds{{{fd, POLLIN, 0}, {stopFd, POLLIN, 0}}};
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

/// A connection to the monitor that hears of nothing but the end; none when there is no monitor to connect
/// to.
std::optional<Connection> listenForEnd(const ContainerPaths& paths) {
    auto connection = Connection::attach(paths.runDir);
    if (!connection || !connection->send(Frame::Quiet)) {
        return std::nullopt;
    }
    return std::optional(*std::move(connection));
}

/// What came over it. `heard` is false when the monitor was killed, or had closed its socket before it took
/// us.
struct HeardEnd {
    bool heard = false;
    std::optional<int> exitCode;
};
/// Output and other frames on the way are passed over. A connection that ends without a word is a monitor
/// that was killed.
Result<HeardEnd> hearEnd(Connection& connection, int stopFd, std::optional<std::chrono::milliseconds> limit) {
    constexpr int kLargestCode = 255;
    while (true) {
        TRY_ASSIGN(const bool ready, waitForDescriptor(connection.fd(), stopFd, limit));
        if (!ready) {
            return Error(ErrorKind::Unavailable,
                         "the container has ended, but its monitor does not write that down")
                .withHint("it may be waiting for a disk that does not answer, or have been stopped");
        }
        const auto message = connection.receive();
        if (!message || !*message) {
            return HeardEnd{};
        }
        if ((*message)->frame == Frame::Exited) {
            const auto code = oci::monitor::decodeNumber((*message)->payload, 0, kLargestCode);
            return HeardEnd{true, code ? std::optional(*code) : std::nullopt};
        }
    }
}

/// SIGTERM to the monitor, which then starts nothing any more, and its end.
Result<> endRestarts(const ContainerPaths& paths, const ContainerFacts& facts, int stopFd) {
    auto monitor = sys::openProcess(facts.monitor);
    if (!monitor) {  // it is about to end, or could not say who it is: it sees the mark
        return waitForMonitor(paths);
    }
    (void)sys::signalProcess(monitor->get(), SIGTERM);  // it may have ended this moment
    TRY_ASSIGN(const bool ended, waitForDescriptor(monitor->get(), stopFd, kMonitorTimeout));
    if (!ended) {
        return Error(ErrorKind::Unavailable,
                     "the container's monitor " + std::to_string(facts.monitor.pid) + " does not end");
    }
    return {};
}

/// Until the policy has started it again, or does not any more. The monitor writes state.json then, or goes.
/// The watch on the folder is set before the state is looked at again, so a start in between is not
/// missed.
Result<> waitForNextRun(const ContainerPaths& paths, const ContainerFacts& facts, int stopFd) {
    const sys::UniqueFd notify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!notify || ::inotify_add_watch(notify.get(), paths.runDir.c_str(), IN_MOVED_TO | IN_DELETE) < 0) {
        return sys::watchError(paths.runDir);
    }
    const auto monitor = sys::openProcess(facts.monitor);
    if (!monitor || readFacts(paths).status != types::ContainerStatus::Restarting) {
        return {};
    }
    std::array<pollfd, 3> fds{{{notify.get(), POLLIN, 0}, {monitor->get(), POLLIN, 0}, {stopFd, POLLIN, 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) {
        return Error::fromErrno("wait for the container");
    }
    if (fds[2].revents != 0) {
        return Error(ErrorKind::Cancelled, "interrupted while waiting for the container");
    }
    return {};
}

/// The processes that the record of the network names; a stranger that has got a number is none of them.
std::vector<sys::UniqueFd> openHelpers(const ContainerPaths& paths) {
    std::vector<sys::UniqueFd> processes;
    const auto text = sys::readFile(paths.networkHelpers());
    const auto list = text ? json::parse(*text) : Result<nlohmann::json>(text.error());
    if (!list || !list->is_array()) {
        return processes;
    }
    for (const auto& item : *list) {
        const auto pid = json::loadInteger(item, "pid");
        const auto ticks = json::loadInteger(item, "startTicks");
        const auto boot = json::loadString(item, "bootId");
        if (!pid || !ticks || !boot || *pid < 2 || *pid > INT32_MAX) {
            continue;
        }
        auto process =
            sys::openProcess({static_cast<pid_t>(*pid), static_cast<std::uint64_t>(*ticks), *boot});
        if (process) {
            processes.push_back(*std::move(process));
        }
    }
    return processes;
}

/// Helpers give the ports of a run back when they have noticed its end.
void waitForHelpers(const ContainerPaths& paths) {
    const sys::StopEvent never{std::stop_token()};
    for (const auto& process : openHelpers(paths)) {
        (void)waitForDescriptor(process.get(), never.fd(), kHelperTimeout);  // a port that is taken is told
    }
}

/// Ask the first process to end, then make it. A frozen container is thawed after the signal, which
/// reaches it only then.
Result<> endProcess(const ContainerPaths& paths, const ContainerFacts& facts, int signal,
                    std::chrono::seconds timeout, int stopFd) {
    auto process = sys::openProcess(facts.process);
    if (!process) {
        const bool gone = process.error().kind() == ErrorKind::NotFound;
        return gone ? Result<>() : Result<>(std::move(process).error());
    }
    std::optional<std::chrono::milliseconds> limit;
    if (timeout >= 0s) {
        limit = timeout;
    }
    if (auto sent = sys::signalProcess(process->get(), signal);
        !sent && sent.error().kind() != ErrorKind::NotFound) {
        return sent;
    }
    thaw(paths);
    TRY_ASSIGN(bool ended, waitForDescriptor(process->get(), stopFd, limit));
    if (!ended) {
        (void)sys::signalProcess(process->get(), SIGKILL);  // it may have ended meanwhile
        TRY_ASSIGN(ended, waitForDescriptor(process->get(), stopFd, kKillTimeout));
    }
    if (!ended) {
        return Error(ErrorKind::Unavailable,
                     "the container's process " + std::to_string(facts.process.pid) + " does not die")
            .withHint("it may be waiting for a disk or device that does not answer");
    }
    return {};
}

/// Without it a restart policy would go on; a run folder that cannot be written must not keep a container
/// alive.
void leaveStopMark(const ContainerPaths& paths) {
    (void)sys::openAt(AT_FDCWD, paths.stopMark(), O_WRONLY | O_CREAT | O_NOFOLLOW, 0600);
}

}  // namespace

/// The run folder is made only when it is missing: after a boot, or for a container that was never
/// started.
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

Result<WaitingMonitor> spawnWaitingMonitor(const std::string& monitorProgram, const std::string& keeperDir,
                                           const std::vector<int>& preservedFds) {
    return spawnMonitor({monitorProgram, "--await", "--ahead", keeperDir}, Kept::ExitPipe, Detach::ByUs,
                        preservedFds);
}

namespace {

/// So that the next start can wait for their end: they hold the published ports until then.
Result<> recordHelpers(const ContainerPaths& paths, const net::RunningNet& running) {
    nlohmann::json list = nlohmann::json::array();
    for (const pid_t pid : {running.helperPid, running.relayPid}) {
        const auto identity = sys::identifyProcess(pid);
        if (pid > 0 && identity) {
            list.push_back(
                {{"pid", pid}, {"startTicks", identity->startTicks}, {"bootId", identity->bootId}});
        }
    }
    return sys::replaceFile(paths.networkHelpers(), json::toText(list), 0600, sys::Durability::Process);
}

}  // namespace

/// The container waits before its program meanwhile, so a program never runs without the network that it
/// was promised.
Result<> configureNetwork(const ContainerPaths& paths, const std::vector<net::PortMapping>& ports, int pid,
                          int exitFd, std::stop_token stop) {
    net::UserNetConfig config;
    config.pid = pid;
    config.runDir = paths.runDir;
    config.exitFd = exitFd;
    config.ports = ports;
    waitForHelpers(paths);
    auto running = net::makeSlirp4netns()->start(config, std::move(stop));
    if (!running) {
        return aboutUs(std::move(running).error());
    }
    TRY(recordHelpers(paths, *running));
    return sys::replaceFile(paths.ports(), portsToText(running->ports), 0600, sys::Durability::Process);
}

namespace {

/// What a monitor that was killed on the way has made goes with it: an error leaves things as they were.
void undoStart(const StartRequest& request) {
    const ContainerFacts facts = readFacts(request.paths);
    if (!facts.needsMonitor) {
        return;
    }
    if (auto process = sys::openProcess(facts.process)) {
        (void)sys::signalProcess(process->get(), SIGKILL);  // it may have ended this moment
    }
    if (adopt(request.paths, request.monitorProgram)) {
        (void)waitForMonitor(request.paths);  // the error of the start counts
    }
}

/// Hardly ever do the settings change between two runs, and on a full disk, or with a quota
/// used up, the file that is there will do.
Result<> writeMonitorSettings(const StartRequest& request) {
    const std::string file = request.paths.monitor();
    auto written = sys::replaceFile(file, request.monitorSettings, 0600, sys::Durability::Process);
    const int err = written ? 0 : written.error().sysErrno();
    if (err == ENOSPC || err == EDQUOT) {
        const auto old = sys::readFile(file, request.monitorSettings.size());
        if (old && *old == request.monitorSettings) {
            return {};
        }
    }
    return written;
}

}  // namespace

/// On failure the monitor takes back what it made; its settings go too, since they say that the container
/// was started.
Result<Connection> startContainer(StartRequest request, std::stop_token stop) {
    if (auto written = writeMonitorSettings(request); !written) {
        return aboutUs(std::move(written).error());
    }
    const auto attempt = [&]() -> Result<Connection> {
        TRY(sys::removeFile(request.paths.stopMark()));
        TRY_ASSIGN(auto monitor, obtainMonitor(request));
        TRY_ASSIGN(const auto created, receiveOne(monitor.connection));
        if (created.frame != Frame::Created) {
            return Error(ErrorKind::Internal, "the container's monitor did not report the container");
        }
        if (request.network) {
            TRY_ASSIGN(const int pid, oci::monitor::decodeNumber(created.payload, 1, INT32_MAX));
            if (auto made = request.network(pid, monitor.exitFd.get(), stop); !made) {
                return aboutUs(std::move(made).error());
            }
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
        const auto gone = waitForMonitor(request.paths);  // it cleans up; the first error counts
        if (!gone && readFacts(request.paths).isAlive()) {
            // Its answer was lost on the way, and it runs: then it ends, for an error says that nothing does.
            (void)stopContainer(request.paths, SIGKILL, std::chrono::seconds(-1), {});
            (void)waitForMonitor(request.paths);
        }
        if (connection.error().sysErrno() == ECONNRESET) {
            undoStart(request);
        }
        (void)sys::removeFile(request.paths.monitor());  // the container was not started
    }
    return connection;
}

/// A start takes the record of the run before away, so whatever is to be known of that run is written again.
Result<> recordFailedStart(const ContainerPaths& paths, const ContainerFacts& before, const Error& error) {
    const bool cancelled = error.kind() == ErrorKind::Cancelled;
    if (cancelled && !before.everStarted) {
        return {};
    }
    oci::monitor::ExitRecord record;
    record.exitCode = cancelled ? before.exitCode : oci::monitor::recordedExitCode(error.kind());
    record.startedAt = before.startedAt ? text::toNanoseconds(*before.startedAt) : 0;
    record.finishedAt = before.finishedAt ? text::toNanoseconds(*before.finishedAt) : 0;
    record.oomKilled = cancelled && before.oomKilled;
    record.restarts = before.restarts;
    record.lostLogBytes = before.lostLogBytes;
    record.error = cancelled ? before.error : error.message();
    return oci::monitor::writeExitRecord(paths.bundle, paths.runDir, record, sys::Durability::Process);
}

/// To the process itself by a checked descriptor, without the monitor: a container whose monitor was
/// killed can still be signalled.
Result<> signalContainer(const ContainerPaths& paths, int signal, EndsIt endsIt) {
    const ContainerFacts facts = readFacts(paths);
    if (endsIt == EndsIt::Yes && (facts.isAlive() || facts.status == types::ContainerStatus::Restarting)) {
        leaveStopMark(paths);
    }
    if (facts.status == types::ContainerStatus::Restarting) {
        if (endsIt == EndsIt::No) {
            return Error(ErrorKind::Conflict, "the container is restarting");
        }
        const sys::StopEvent never{std::stop_token()};
        return endRestarts(paths, facts, never.fd());
    }
    if (!facts.isAlive()) {
        return Error(ErrorKind::Conflict, "the container is not running");
    }
    auto process = sys::openProcess(facts.process);
    if (!process) {
        return Error(ErrorKind::Conflict, "the container has just ended");
    }
    return sys::signalProcess(process->get(), signal);
}

void waitForPorts(const ContainerPaths& paths) {
    const auto published = sys::readFile(paths.ports());
    if (published && *published != portsToText({})) {
        waitForHelpers(paths);
    }
}

namespace {

/// Listens before it signals: the end is told once, to those who are connected. A monitor that cannot be
/// connected to is no obstacle, since the process is what has to go.
Result<> endContainer(const ContainerPaths& paths, int signal, std::chrono::seconds timeout,
                      const sys::StopEvent& stopped) {
    while (true) {
        const ContainerFacts facts = readFacts(paths);
        if (facts.isAlive() || facts.status == types::ContainerStatus::Restarting) {
            leaveStopMark(paths);
        }
        if (facts.status == types::ContainerStatus::Restarting) {
            TRY(endRestarts(paths, facts, stopped.fd()));
        } else if (facts.isAlive()) {
            auto listener = listenForEnd(paths);
            TRY(endProcess(paths, facts, signal, timeout, stopped.fd()));
            if (!listener) {
                return {};
            }
            TRY(hearEnd(*listener, stopped.fd(), kMonitorTimeout));
        } else if (facts.status == types::ContainerStatus::Unknown &&
                   sys::FileLock::mayBeHeld(paths.monitorLock())) {
            return Error(ErrorKind::Unavailable, "what the container does cannot be read")
                .withHint("try again; its folder is '" + paths.runDir + "'");
        } else {
            return facts.status == types::ContainerStatus::Starting ? waitForMonitor(paths) : Result<>();
        }
        // Again: a restart may have begun before the mark was there.
    }
}

}  // namespace

Result<> stopContainer(const ContainerPaths& paths, int signal, std::chrono::seconds timeout,
                       std::stop_token stop) {
    TRY(endContainer(paths, signal, timeout, sys::StopEvent(std::move(stop))));
    waitForPorts(paths);
    return {};
}

/// Three ways for three states: a start that is under way, a pause before a restart, a run. The exit code
/// comes from the monitor's word or from its record.
Result<ContainerEnd> waitForEnd(const ContainerPaths& paths, std::stop_token stop) {
    const sys::StopEvent stopped(stop);
    ContainerFacts facts = readFacts(paths);
    if (facts.status == types::ContainerStatus::Starting) {
        // The starter holds the operation lock until the program runs or the start has failed.
        (void)lockOperation(paths, "wait");
        facts = readFacts(paths);
    }
    ContainerEnd end;
    while (facts.status == types::ContainerStatus::Restarting) {
        end.ran = true;
        TRY(waitForNextRun(paths, facts, stopped.fd()));
        facts = readFacts(paths);
    }
    if (!facts.isAlive()) {
        end.exitCode = facts.exitCode;
        return end;
    }
    end.ran = true;
    if (auto listener = listenForEnd(paths)) {
        TRY_ASSIGN(const auto heard, hearEnd(*listener, stopped.fd(), std::nullopt));
        if (heard.heard) {
            end.exitCode = heard.exitCode;
            return end;
        }
    }
    if (auto process = sys::openProcess(facts.process)) {  // the monitor was killed, or has just been
        TRY(waitForDescriptor(process->get(), stopped.fd(), std::nullopt));
    }
    end.exitCode = readFacts(paths).exitCode;
    return end;
}

/// Several engines may try at once: the monitor's lock lets one in.
Result<> adopt(const ContainerPaths& paths, const std::string& monitorProgram) {
    auto monitor = spawnMonitor({monitorProgram, "--config", paths.monitor(), "--adopt"}, Kept::Nothing,
                                Detach::ByItself);
    if (!monitor) {
        return std::move(monitor).error().context("take over from a monitor that was killed");
    }
    // Started, Exited, or closed without a word: somebody else was faster.
    (void)monitor->connection.receive();
    return {};
}

/// Its lock is held as long as it lives, so taking it (shared) means that it is gone.
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

/// The real host ports, where one was to be chosen; what was asked for when the file is not there or
/// cannot be read.
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
