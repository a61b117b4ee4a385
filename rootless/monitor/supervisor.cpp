// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/supervisor.h"

#include "rootless/monitor/confine_session.h"
#include "rootless/monitor/journal_log.h"
#include "rootless/monitor/log_file.h"
#include "rootless/monitor/records.h"
#include "rootless/monitor/runtime_command.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/self.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unix_socket.h"

#include <charconv>
#include <chrono>

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>

namespace coracle::monitor {

using oci::monitor::Frame;
using sys::ExitStatus;

namespace {

/// A line without an end (a prompt, a progress bar) is shown in the log after this time.
constexpr std::chrono::milliseconds kPartialLineDelay{1000};
/// Lines of monitor.log, which is on a tmpfs and has no reader that would empty it.
constexpr unsigned kMaxNotes = 100;
constexpr int kHighestSignal = 64;

std::unique_ptr<Log> makeLog(const Settings& settings) {
    if (!settings.journalSocket.empty()) {
        return std::make_unique<JournalLog>(settings.journalSocket, settings.logAttributes);
    }
    return std::make_unique<LogFile>(settings.logPath, settings.logMaxBytes, settings.logMaxFiles,
                                     attributesText(settings.logAttributes));
}

}  // namespace

Supervisor::Supervisor(sys::EventLoop& loop, const Settings& settings, Runtime runtime,
                       std::vector<Preserved> preserved, Ahead ahead)
    : m_loop(loop)
    , m_settings(settings)
    , m_preserved(std::move(preserved))
    , m_ahead(std::move(ahead))
    , m_runtime(std::move(runtime))
    , m_clients(loop,
                {[this](Clients::Id client, const auto& message) { onFrame(client, message); },
                 [this] { m_io->setPaused(false); }, [this](Clients::Role role) { onClientGone(role); }})
    , m_log(makeLog(settings))
    , m_startWanted(settings.autoStart) {
    renewStreams();
}

/// A new object for each run: nothing of the streams of the run before may reach the next one.
void Supervisor::renewStreams() {
    m_io.emplace(
        m_loop, m_settings,
        ContainerIo::Callbacks{[this](Stream stream, std::string_view bytes) { onOutput(stream, bytes); },
                               [this] { m_clients.resumeInput(); },
                               [this](const Error& error) {
                                   note(error);
                                   m_clients.breakOff();
                               }});
}

/// A failure of begin() goes the way of every failure: clients are told, what was made is taken away, and
/// the loop runs until that is done.
Result<int> Supervisor::run(sys::UniqueFd control, sys::UniqueFd kept, Adopt adopt) {
    m_kept = std::move(kept);
    m_adopted = adopt == Adopt::Yes;
    if (m_adopted) {
        if (auto begun = beginAdoption(std::move(control)); !begun) {
            leaveAlone(std::move(begun).error());
        }
    } else if (auto begun = begin(std::move(control)); !begun) {
        fail(ownFailure(std::move(begun).error()));
    }
    if (m_phase != Phase::Over || !m_clients.empty()) {
        TRY(m_loop.run());
    }
    return m_exitCode;
}

/// Before the first child exists, so that no end is missed. The subreaper makes the container's process
/// our child when the runtime ends.
Result<> Supervisor::listenToChildren() {
    TRY_ASSIGN(m_signals, sys::openSignalFd({SIGCHLD, SIGTERM}));
    TRY(m_loop.watch(m_signals.get(), EPOLLIN, [this](std::uint32_t) { onSignals(); }));
    return sys::becomeSubreaper();
}

/// Children first, then the lock, then everything else: what the lock protects (state, pipes, socket) is
/// not touched before. A "created" file is from a monitor that was killed with its container; the runtime
/// has to forget that one before the id can be made again.
Result<> Supervisor::begin(sys::UniqueFd control) {
    TRY(m_clients.add(std::move(control), Clients::Role::Starter));
    TRY(listenToChildren());
    if (!isContainer()) {
        return create();
    }
    TRY(takeRunFolder());
    if (sys::pathExists(m_settings.runDir + "/created")) {
        m_phase = Phase::Cleaning;
        spawnHelper(deleteCommand(m_settings));
        return {};
    }
    return create();
}

/// Held by the open file description for the life of this process, so a killed monitor frees it by itself.
Result<> Supervisor::lockRunFolder() {
    TRY(sys::makeDirectories(m_settings.runDir));
    const std::string lockFile = m_settings.runDir + "/lock";
    TRY_ASSIGN(m_lock, sys::FileLock::tryAcquire(lockFile, sys::LockMode::Exclusive, "container monitor"));
    if (!m_lock) {
        return Error(ErrorKind::Conflict, "container '" + m_settings.id + "' is already running");
    }
    return {};
}

/// The lock makes us the container's only monitor; then what an earlier one left can be judged. A process
/// of a killed monitor that still runs is not ours to delete: a start would kill a container that works,
/// so it is refused and the person decides (stop it, or let it be adopted).
Result<> Supervisor::takeRunFolder() {
    TRY(lockRunFolder());
    TRY(sys::removeFile(m_settings.runDir + "/backoff.json"));
    const auto left = oci::monitor::readRunState(m_settings.runDir);
    if (left && left->process.pid > 0 && sys::isAlive(left->process)) {
        m_lock.reset();
        return Error(ErrorKind::Conflict, "container '" + m_settings.id + "' still runs as process " +
                                              std::to_string(left->process.pid) +
                                              ", but its monitor was killed")
            .withHint("stop it first");
    }
    return sys::removeFile(m_settings.runDir + "/state.json");
}

/// The order is the invariant's: the marker before the runtime hears of the container, the exit records of
/// the run before away while nothing of this one exists. The log and the attach socket are made while the
/// runtime works, for they need nothing of it.
Result<> Supervisor::create() {
    m_phase = Phase::Creating;
    TRY(sys::removeFile(pidFile(m_settings)));
    TRY(m_io->prepare());
    if (isContainer()) {
        TRY_ASSIGN(const auto marker, sys::openAt(AT_FDCWD, m_settings.runDir + "/created",
                                                  O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        TRY(removeExitRecords(m_settings));
    }
    m_startedAt = currentTime();
    m_startedSinceBoot = sys::timeSinceBoot();
    auto fds = m_io->childFds();
    std::vector<int> preserved;
    for (const Preserved& one : m_preserved) {
        fds.emplace_back(one.fd.get(), one.number);
        preserved.push_back(one.number);
    }
    int spareFd = -1;
    if (m_ahead.namespaces && m_runtime && preserved.empty()) {
        spareFd = STDERR_FILENO + 1;
        fds.emplace_back(m_ahead.namespaces.get(), spareFd);
    }
    TRY_ASSIGN(
        m_runtimePid,
        launchFirst(creationCommand(m_settings, m_io->consoleSocket(), preserved, spareFd), std::move(fds)));
    m_ahead = {};
    m_preserved.clear();  // whoever waits for their end waits for the program alone
    m_io->closeChildEnds();
    if (isContainer()) {  // while the runtime works, which may have been born on this processor
        sys::letOthersRun();
        note(m_log->open());
        TRY_ASSIGN(m_attachListener,
                   sys::listenUnix(m_settings.runDir + "/attach.sock", sys::SocketType::SeqPacket));
    }
    return {};
}

/// The runtime has ended, and its process is our child now. The starter hears the process id first, since
/// it has to configure the network of that process before it says Start.
void Supervisor::onCreated(ExitStatus status) {
    if (!status.success()) {
        return fail(runtimeFailure(m_settings, status, m_io->takeMessages()));
    }
    auto adopted = adoptProcess();
    if (adopted) {
        adopted = m_io->collectTerminal();
    }
    if (!adopted) {
        return fail(ownFailure(std::move(adopted).error()));
    }
    m_clients.sendToStarter(Frame::Created, std::to_string(m_process->pid));
    if (m_settings.autoStart) {
        return enterRunning();
    }
    m_phase = Phase::Waiting;
    if (isLaterRun() && !m_startWanted) {  // nobody is there to configure the network
        m_phase = Phase::Networking;
        if (auto spawned = spawnNetwork(); !spawned) {
            fail(ownFailure(std::move(spawned).error()));
        }
        return;
    }
    maybeStart();
}

/// Which process the runtime has made. The number comes from a file, and a process can end at any moment,
/// so it is pinned by a pidfd as soon as it is read; one that was reaped already keeps its number only as
/// a key of m_ended, never for a signal.
Result<> Supervisor::adoptProcess() {
    TRY_ASSIGN(const std::string text, sys::readFile(pidFile(m_settings)));
    pid_t pid = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), pid);  // judged by the value
    if (pid <= 1) {
        return Error(ErrorKind::Corrupt, "read '" + pidFile(m_settings) + "': no process id");
    }
    if (m_ended.contains(pid)) {  // ended and reaped already: the number may be somebody else's
        m_process = sys::ProcessIdentity{pid, 0, {}};
        watchMemory();
        return {};
    }
    TRY_ASSIGN(m_process, sys::identifyProcess(pid));
    auto opened = sys::openProcess(*m_process);
    if (opened) {
        m_pidFd = *std::move(opened);
    } else if (opened.error().kind() !=
               ErrorKind::NotFound) {  // it has ended, and will be reaped in a moment
        return std::move(opened).error();
    }
    if (isContainer()) {
        if (auto held =
                sys::openAt(AT_FDCWD, "/proc/" + std::to_string(pid) + "/ns/mnt", O_RDONLY | O_CLOEXEC)) {
            m_mountNamespace = *std::move(held);
        }  // ignored: without it the end is heard of later
    }
    watchMemory();
    return {};
}

/// The kernel's kills for want of memory are told when they happen; a container may outlive one.
void Supervisor::watchMemory() {
    if (!isContainer()) {
        return;
    }
    const std::string path = groupPath(m_settings, m_process->pid);
    m_sharesOurCgroup = path.empty();
    if (path.empty()) {
        return;
    }
    const auto root = cgroup::openHierarchy();
    const auto group = root ? cgroup::Group::open(root->get(), path) : Result<cgroup::Group>(root.error());
    auto watch = group ? cgroup::OomWatch::open(*group) : Result<cgroup::OomWatch>(group.error());
    if (watch) {
        m_oomWatch = *std::move(watch);
        note(m_loop.watch(m_oomWatch->fd(), EPOLLPRI | EPOLLET, [this](std::uint32_t) { onMemoryEvents(); }));
    }
}

/// A container without a check pays for a look at a text.
void Supervisor::watchHealth(HealthCheck::Resume resume) {
    if (!isContainer() || m_settings.health.process.empty()) {
        return;
    }
    m_health.emplace(
        m_loop, m_settings,
        HealthCheck::Callbacks{[this](const auto& argv, auto fds) { return launch(argv, std::move(fds)); },
                               [this] { return isFrozen(); },
                               [this](const std::string& status) {
                                   note(appendEvent(m_settings, "health_status: " + status, {}));
                               },
                               [this](const Result<>& result) { note(result); }});
    m_health->begin(m_startedSinceBoot, resume);
}

/// As `pause` leaves it.
bool Supervisor::isFrozen() const {
    const auto root = cgroup::openHierarchy();
    const auto group = root && m_process
                           ? cgroup::Group::open(root->get(), groupPath(m_settings, m_process->pid))
                           : Result<cgroup::Group>(Error(ErrorKind::NotFound, "no group"));
    return group && !m_sharesOurCgroup && group->isFrozen();
}

/// One event for each kill; the flag is for the exit record.
void Supervisor::onMemoryEvents() {
    for (std::uint64_t kills = m_oomWatch ? m_oomWatch->take() : 0; kills > 0; --kills) {
        m_oomKilled = true;
        note(appendEvent(m_settings, "oom", {}));
    }
}

/// Times are taken here and not when the runtime answers: the program may write its first line before
/// that.
void Supervisor::maybeStart() {
    if (m_phase != Phase::Waiting || !m_startWanted) {
        return;
    }
    m_phase = Phase::Starting;
    m_startedAt = currentTime();
    m_startedSinceBoot = sys::timeSinceBoot();
    spawnHelper(startCommand(m_settings));
}

/// The runtime's own log tells why; what the program printed before its end comes second.
void Supervisor::onStarted(ExitStatus status) {
    if (status.success()) {
        return enterRunning();
    }
    std::string messages = helperMessages();
    if (messages.empty()) {
        messages = m_io->takeMessages();
    }
    fail(runtimeFailure(m_settings, status, messages));
}

/// A later run has no starter, so what its absence means for the streams is done at once.
void Supervisor::enterRunning() {
    if (auto announced = announceRunning(); !announced) {
        return fail(ownFailure(std::move(announced).error()));
    }
    m_phase = Phase::Running;
    if (!isContainer()) {
        note(confineSession(m_settings.runDir));
    }
    watchHealth(HealthCheck::Resume::No);
    (void)m_loop.callAfter(kSettled, sys::releaseMemory);
    m_clients.sendToStarter(Frame::Started, {});
    m_io->startReading();
    if (!m_clients.hasStarter()) {
        onClientGone(Clients::Role::Starter);
    }
}

/// state.json first, then the event: who hears of the start finds the record. Connections are taken from
/// now on; those made earlier wait in the listener's queue.
Result<> Supervisor::announceRunning() {
    if (!isContainer()) {
        return {};
    }
    oci::monitor::RunState state;
    state.process = *m_process;
    state.startedAt = m_startedAt;
    state.startedSinceBoot = m_startedSinceBoot.count();
    state.restarts = m_restarts;
    TRY(writeState(m_settings, state));
    if (m_restarts > 0) {
        note(sys::removeFile(m_settings.runDir + "/backoff.json"));
    }
    note(appendEvent(m_settings, "start", {}));
    return m_loop.watch(m_attachListener.get(), EPOLLIN, [this](std::uint32_t) { onConnection(); });
}

/// One SIGCHLD may stand for several children, so children are collected after all signals have been read.
void Supervisor::onSignals() {
    bool children = false;
    while (const auto signal = sys::readSignal(m_signals.get())) {
        children = children || *signal == SIGCHLD;
        if (*signal == SIGTERM) {
            stopPolitely();
        }
    }
    if (children) {
        onChildren();
    }
}

/// The runtime is judged before the container's process: both may have ended in the same round, and a
/// process whose runtime reported a failure is a failed start, not an exit. What else was reaped is an
/// orphan; it is remembered only until the process is known, because a process that ends at once may be
/// reaped before its number is read.
void Supervisor::onChildren() {
    while (const auto child = sys::reapChild()) {
        m_ended.insert_or_assign(child->pid, child->status);
    }
    if (const auto runtime = m_ended.find(m_runtimePid); runtime != m_ended.end()) {
        const ExitStatus status = runtime->second;
        m_ended.erase(runtime);
        m_runtimePid = 0;
        onRuntimeEnded(status);
    }
    if (m_health) {
        m_health->onChildren(m_ended);
    }
    const auto process = m_process ? m_ended.find(m_process->pid) : m_ended.end();
    if (process != m_ended.end()) {
        if (m_phase == Phase::Running) {
            return finish(process->second);
        }
        if (m_phase == Phase::Waiting || m_phase == Phase::Networking) {
            return fail(Error(ErrorKind::Unavailable, "the container's process ended before it was started"));
        }
    } else if (m_process) {
        m_ended.clear();  // orphans of the container or of the runtime: reaping them was all
    }
}

/// One helper runs at a time, so the phase says which one has ended.
void Supervisor::onRuntimeEnded(ExitStatus status) {
    switch (m_phase) {
    case Phase::Cleaning:
        if (!status.success()) {
            return fail(ownFailure(runtimeFailure(m_settings, status, helperMessages()))
                            .context("delete what a killed run left"));
        }
        if (auto created = create(); !created) {
            fail(ownFailure(std::move(created).error()));
        }
        return;
    case Phase::Creating:
        return onCreated(status);
    case Phase::Starting:
        return onStarted(status);
    case Phase::Networking:
    case Phase::Running:  // after an adoption
        return onNetworkEnded(status);
    case Phase::Deleting:
        return onDeleted(status);
    case Phase::Failing:
        if (status.success()) {
            note(sys::removeFile(m_settings.runDir + "/created"));
        }
        return onFailureCleaned();
    case Phase::Waiting:
    case Phase::BackingOff:
    case Phase::Removing:
    case Phase::Over:
        return;
    }
}

/// A client of this user controls what is said. Signals go to the container's first process only, input is
/// bounded by the protocol's limit, and a frame that only the monitor says means nothing here.
void Supervisor::onFrame(Clients::Id client, const oci::monitor::Message& message) {
    switch (message.frame) {
    case Frame::Start:
        m_startWanted = true;
        return maybeStart();
    case Frame::Stdin:
        m_io->queueInput(message.payload);
        if (m_io->queuedInput() >= oci::monitor::kMaxQueuedStdin) {
            m_clients.pauseInput(client);
        }
        return;
    case Frame::StdinEnd:
        return m_io->endInput();
    case Frame::Resize:
        if (const auto size = oci::monitor::decodeResize(message.payload)) {
            m_io->resize(*size);
        }
        return;
    case Frame::Signal:
        if (const auto signal = oci::monitor::decodeNumber(message.payload, 1, kHighestSignal)) {
            signalProcess(*signal);
        }
        return;
    case Frame::Begin:
        return;  // it has begun
    case Frame::Quiet:
        return m_clients.silence(client);
    case Frame::Check:
        if (!m_health || m_phase != Phase::Running) {
            return m_clients.send(client, Frame::Checked, "-1");
        }
        return m_health->checkNow(
            [this, client](int code) { m_clients.send(client, Frame::Checked, std::to_string(code)); });
    case Frame::Created:
    case Frame::Started:
    case Frame::Failed:
    case Frame::Stdout:
    case Frame::Stderr:
    case Frame::Exited:
    case Frame::Dropped:
    case Frame::Checked:
        return;  // only the monitor says these
    }
}

/// A starter that goes before the container runs takes the start back: it was interrupted, and nothing may
/// be left that nobody knows of. Afterwards a container is on its own; an exec session without --detach
/// hangs up like a terminal that is closed.
void Supervisor::onClientGone(Clients::Role role) {
    if (m_phase == Phase::Over) {
        return stopWhenDone();
    }
    if (m_phase == Phase::Removing) {
        return role == Clients::Role::Starter ? removeRest() : void();
    }
    if (role != Clients::Role::Starter || m_phase == Phase::Failing || m_phase == Phase::Deleting ||
        (isLaterRun() && m_phase != Phase::Running)) {
        return;
    }
    if (m_phase != Phase::Running) {
        return fail(Error(ErrorKind::Cancelled, "the starter went away"));
    }
    if (m_settings.stdinOnce) {
        m_io->endInput();
    }
    if (!isContainer() && !m_settings.detach) {
        m_io->hangUp();
    }
}

/// The log before the clients: a client may be slow or gone, and what is in the log cannot be lost any
/// more.
void Supervisor::onOutput(Stream stream, std::string_view bytes) {
    m_log->append(stream, bytes, currentTime());
    if (m_log->hasPartial() && m_partialTimer == 0) {
        m_partialTimer = m_loop.callAfter(kPartialLineDelay, [this] {
            m_partialTimer = 0;
            m_log->flushPartial(currentTime());
        });
    }
    m_clients.broadcast(stream == Stream::Stdout ? Frame::Stdout : Frame::Stderr, bytes);
    if (m_clients.blocked()) {
        m_io->setPaused(true);
    }
}

/// All that wait, since the listener is level-triggered but its queue is short. A connection refused for
/// too many clients is closed, which its peer sees.
void Supervisor::onConnection() {
    while (true) {
        auto connection = sys::acceptUnix(m_attachListener.get());
        if (!connection || !*connection) {
            return;
        }
        // The run folder keeps others out; a socket that was handed around is refused all the same.
        const auto user = sys::peerUser((*connection)->get());
        if (user && *user == ::geteuid()) {
            note(m_clients.add(std::move(**connection), Clients::Role::Attached));
        }
    }
}

void Supervisor::signalProcess(int signal) {
    if (m_pidFd) {
        (void)sys::signalProcess(m_pidFd.get(), signal);  // it may have ended this moment
    }
}

/// SIGTERM to the monitor: the session or the machine ends. The same as `stop` would do, and no restart
/// follows; before the container runs, the start is taken back.
void Supervisor::stopPolitely() {
    m_stopWanted = true;
    if (m_phase == Phase::BackingOff) {
        giveRestartUp();
    } else if (m_phase == Phase::Running) {
        signalProcess(m_settings.stopSignal);
        (void)m_loop.callAfter(m_settings.stopTimeout, [this] { signalProcess(SIGKILL); });
    } else if (m_phase < Phase::Running) {
        fail(Error(ErrorKind::Cancelled, "the monitor was told to stop"));
    } else if (m_phase == Phase::Deleting && m_pause) {
        m_pause.reset();
        settleRecord();
    }
}

/// A runtime call; its end comes to onChildren.
Result<pid_t> Supervisor::launch(const std::vector<std::string>& argv, std::vector<std::pair<int, int>> fds) {
    if (m_runtime) {
        const std::string name = argv.front().substr(argv.front().rfind('/') + 1);
        return sys::forkInto(fds, name, [&] { return m_runtime({argv.begin() + 1, argv.end()}); });
    }
    sys::SpawnOptions options;
    options.argv = argv;
    options.fds = std::move(fds);
    TRY_ASSIGN(auto child, sys::Subprocess::spawn(options));
    return child.release();
}

/// By the process that waits for it, if there is one.
Result<pid_t> Supervisor::launchFirst(const std::vector<std::string>& argv,
                                      std::vector<std::pair<int, int>> fds) {
    if (m_runtime && m_ahead.runtime) {
        if (const auto begun = m_ahead.runtime->begin({argv.begin() + 1, argv.end()}, fds)) {
            return begun;
        }  // ignored: it was killed, or the command line is too long for it
    }
    return launch(argv, std::move(fds));
}

Result<> Supervisor::spawnRuntime(const std::vector<std::string>& argv,
                                  std::vector<std::pair<int, int>> fds) {
    TRY_ASSIGN(m_runtimePid, launch(argv, std::move(fds)));
    return {};
}

/// Ends like a runtime call.
Result<> Supervisor::spawnProgram(const std::vector<std::string>& argv,
                                  std::vector<std::pair<int, int>> fds) {
    sys::SpawnOptions options;
    options.argv = argv;
    options.fds = std::move(fds);
    TRY_ASSIGN(auto child, sys::Subprocess::spawn(options));
    m_runtimePid = child.release();  // reaped with all others by onChildren
    return {};
}

/// A runtime call that has no part in the container's own streams.
void Supervisor::spawnHelper(const std::vector<std::string>& argv) {
    const auto spawn = [&]() -> Result<> {
        TRY_ASSIGN(auto output, sys::makePipe());
        TRY(sys::setNonBlocking(output.readEnd.get()));
        m_helperOutput = std::move(output.readEnd);
        TRY_ASSIGN(const auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
        return spawnRuntime(argv, {{null.get(), 0}, {null.get(), 1}, {output.writeEnd.get(), 2}});
    };
    if (const auto spawned = spawn(); !spawned) {
        note(spawned);
        onRuntimeEnded(ExitStatus{1, 0});
    }
}

std::string Supervisor::helperMessages() {
    return sys::readAvailable(m_helperOutput.get());
}

/// A failure the container's life goes on with; kept for whoever looks into it.
void Supervisor::note(const Result<>& result) {
    if (result || ++m_notes > kMaxNotes) {
        return;
    }
    const auto file = sys::openAt(AT_FDCWD, m_settings.runDir + "/monitor.log",
                                  O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0600);
    if (file) {
        (void)sys::writeAll(file->get(), timeText(currentTime()) + " ignored: " + result.error().message() +
                                             "\n");  // nowhere left to tell it
    }
}

}  // namespace coracle::monitor
