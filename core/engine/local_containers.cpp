// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_containers.h"

#include "core/container/lifecycle.h"
#include "core/container/log_reader.h"
#include "core/container/spec_builder.h"
#include "core/engine/container_links.h"
#include "core/engine/monitor_session.h"
#include "core/engine/removal_order.h"
#include "core/types/run_command.h"
#include "net/port_check.h"
#include "net/user_net.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>

#include <signal.h>

namespace coracle::engine {
namespace {

using container::ContainerFacts;
using types::ContainerStatus;

constexpr std::size_t kShortIdLength = 12;
/// How often a port is asked for that a program of an ended container, or nobody who can be named, has.
constexpr int kPortTries = 10;
const store::RemovalOrder kAtItsEnd{store::Fate::DeletedAtEnd, {}};

std::map<std::string, std::string> attributesOf(const KnownContainer& known) {
    return {{"image", known.record.image}, {"name", known.record.name}};
}

/// Of a container without a network, links are what is to make.
bool hasNetworkToMake(const KnownContainer& known) {
    return known.spec.network == "slirp4netns" || !known.details.links.empty();
}

/// `logs -f`: the runs of one container, one after the other.
class FollowedRuns {
public:
    explicit FollowedRuns(container::ContainerPaths paths) : m_paths(std::move(paths)) {}

    /// Whether no output comes any more: what was written is in the log, and nobody starts it again.
    bool ended() const {
        ContainerFacts facts = container::readFacts(m_paths);
        if (facts.isAlive() && !sys::isAlive(facts.process)) {
            if (!container::waitForEnd(m_paths, {})) {  // the last output is on its way to the log
                return true;
            }
            facts = container::readFacts(m_paths);
        }
        return !facts.isAlive() && facts.status != ContainerStatus::Starting &&
               facts.status != ContainerStatus::Restarting;
    }

    /// Readable when the process that runs now has ended; -1 when none runs.
    int wakeFd() {
        const ContainerFacts facts = container::readFacts(m_paths);
        if (!facts.isAlive() || !(facts.process == m_process)) {
            m_fd.reset();
            m_process = facts.process;
            if (auto opened = sys::openProcess(facts.process); facts.isAlive() && opened) {
                m_fd = *std::move(opened);
            }
        }
        return m_fd.get();
    }

private:
    container::ContainerPaths m_paths;
    sys::ProcessIdentity m_process;
    sys::UniqueFd m_fd;
};

Error isRestarting(const KnownContainer& known) {
    return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is restarting")
        .withHint("wait until it runs; 'coracle logs " + known.record.name + "' shows why it ended");
}

Error isRunning(const KnownContainer& known) {
    return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is running")
        .withHint("stop it first, or force the removal (rm -f)");
}

/// Recent output, for `attach --replay`: what the log holds.
Result<std::deque<Session::Chunk>> replay(const KnownContainer& known) {
    std::deque<Session::Chunk> chunks;
    const auto collect = [&](const types::LogLine& line) {
        chunks.push_back({line.stream, line.text + (line.partial ? "" : "\n")});
        return true;
    };
    TRY(container::readLog(known.paths.log(), {}, {}, collect, {}));
    return chunks;
}

}  // namespace

/// For programs that the monitor runs later: the places are written out.
Result<std::vector<std::string>> LocalContainers::ownCommand(std::vector<std::string> words) const {
    TRY_ASSIGN(auto program, sys::findHelper("coracle"));
    std::vector<std::string> command{std::move(program), "--root", m_context.places().root, "--runroot",
                                     m_context.places().runRoot};
    command.insert(command.end(), std::make_move_iterator(words.begin()),
                   std::make_move_iterator(words.end()));
    return command;
}

/// A port that is taken is told before anything is made or started, with the name of who has it.
Result<> LocalContainers::checkPorts(const types::RunSpec& spec) {
    for (const auto& port : spec.ports) {
        if (port.hostPort == 0 || spec.network != "slirp4netns") {
            continue;
        }
        TRY_ASSIGN(auto check, net::checkPort(port));
        for (int tries = 0; tries < kPortTries && check.state == net::PortState::Taken; ++tries) {
            if (check.holder && !net::hasLetGo(*check.holder)) {
                break;
            }
            TRY_ASSIGN(check, net::checkPort(port));
        }
        if (check.state == net::PortState::Free) {
            continue;
        }
        Error error = net::toError(port, check);
        if (check.state != net::PortState::Taken) {
            return error;
        }
        TRY_ASSIGN(const auto others, list());
        for (const auto& other : others) {
            const bool holds =
                other.pid > 0 && std::any_of(other.ports.begin(), other.ports.end(), [&](auto& p) {
                    return p.hostPort == port.hostPort && p.protocol == port.protocol;
                });
            if (holds) {
                const std::string hint = error.hint();
                return Error(ErrorKind::Conflict, "port " + std::to_string(port.hostPort) +
                                                      " is published by container '" + other.name + "'")
                    .withHint(hint);
            }
        }
        return error;
    }
    return {};
}

/// Starting a process costs a large part of a container's start, and the monitor's can go on while the
/// bundle is written.
void LocalContainers::prepareStart(const std::vector<int>& preservedFds) {
    if (m_context.lifetime() == Lifetime::LongLived) {
        return;  // a child of its own is not for a program that lives long
    }
    const auto program = sys::findHelper("coracle-monitor");
    const std::string keeperDir = m_context.paths("", RemovedAtEnd::No).keeperDir();
    auto waiting = program ? container::spawnWaitingMonitor(*program, keeperDir, preservedFds)
                           : Result<container::WaitingMonitor>(program.error());
    const std::lock_guard guard(m_mutex);
    m_preservedFds = preservedFds;
    if (waiting) {  // what is wrong will be told by the start
        m_waiting = *std::move(waiting);
    }
}

void LocalContainers::forgetPreparedStart() {
    std::optional<container::WaitingMonitor> waiting;
    {
        const std::lock_guard guard(m_mutex);
        waiting = std::exchange(m_waiting, std::nullopt);
    }
    if (waiting) {
        const pid_t pid = waiting->pid;
        waiting.reset();  // the monitor ends with its connection
        (void)sys::waitForChild(pid);
    }
}

/// Everything that the monitor must know for the container's life: it reads the store never, and this
/// engine may be gone or newer by then.
Result<container::MonitorInput> LocalContainers::monitorInput(const KnownContainer& known) const {
    container::MonitorInput input;
    input.id = known.record.id;
    input.name = known.record.name;
    input.image = known.record.image;
    TRY_ASSIGN(input.stopSignal, container::signalNumber(known.details.stopSignal));
    input.stopTimeoutSeconds = known.details.stopTimeoutSeconds;
    input.autoRemove = known.record.removeWhenStopped;
    input.sharesPids = !known.spec.pid.empty() && known.spec.pid != "private";
    input.tty = known.spec.tty;
    input.openStdin = known.spec.interactive;
    input.paths = known.paths;
    input.restart = known.spec.restart;
    input.health = known.details.health;
    TRY_ASSIGN(input.log, container::parseLogSettings(known.spec));
    TRY_ASSIGN(
        input.logAttributes,
        container::logAttributes(input.log, {known.record.id, known.record.name, known.record.image,
                                             known.record.imageId, known.details.env, known.details.labels}));
    TRY_ASSIGN(input.runtime, sys::findHelper("coracle-runtime"));
    if (known.record.removeWhenStopped) {  // only these need somebody to look after them
        TRY_ASSIGN(input.exitCommand, ownCommand({"container", "cleanup", known.record.id}));
    }
    if (hasNetworkToMake(known)) {
        input.autoStart = false;
        TRY_ASSIGN(input.networkCommand, ownCommand({"container", "network", known.record.id}));
    }
    return input;
}

/// loadContainer(), but what this command has made itself is not read again, as long as nobody has changed
/// it. The caller looks at the facts under the operation lock.
Result<KnownContainer> LocalContainers::load(const std::string& id) {
    {
        const std::lock_guard guard(m_mutex);
        if (m_created && m_created->record.id == id) {
            TRY_ASSIGN(const auto* store, m_context.store());
            if (store->containers().isUntouched(m_created->record)) {
                return *m_created;
            }
        }
    }
    return loadContainer(m_context, id);
}

Result<std::unique_ptr<Session>> LocalContainers::start(const std::string& id,
                                                        const std::optional<AttachOptions>& attachTo) {
    TRY_ASSIGN(auto known, load(id));
    if (known.damaged) {
        return Error(ErrorKind::Corrupt, "the record of container '" + known.record.name + "' is damaged")
            .withHint("remove it and make it again");
    }
    TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "start"));
    known.facts = container::readFacts(known.paths);
    if (known.facts.isAlive() || known.facts.status == ContainerStatus::Restarting) {
        if (attachTo) {
            return attach(known.record.id, *attachTo);
        }
        return std::unique_ptr<Session>();
    }
    return startLocked(known, attachTo);
}

/// The operation lock is held. The wish comes after the start, so that a container that does not start is not
/// started again after a reboot.
Result<std::unique_ptr<Session>> LocalContainers::startLocked(KnownContainer& known,
                                                              const std::optional<AttachOptions>& attachTo) {
    if (known.facts.monitored) {
        TRY(container::waitForMonitor(known.paths));
        known.facts = container::readFacts(known.paths);
    }
    auto connection = connectStarted(known, attachTo.has_value());
    if (!connection) {
        (void)container::recordFailedStart(known.paths, known.facts,
                                           connection.error());  // who asked is told
        return std::move(connection).error();
    }
    TRY(noteWish(known, "running"));
    if (!attachTo) {
        return std::unique_ptr<Session>();
    }
    auto session = std::make_unique<MonitorSession>(*std::move(connection));
    if (known.spec.interactive && !attachTo->standardInput) {
        TRY(session->closeInput());
    }
    return std::unique_ptr<Session>(std::move(session));
}

/// The port check, which names the culprit, comes before what is made for the start.
Result<oci::monitor::Connection> LocalContainers::connectStarted(const KnownContainer& known, bool attached) {
    if (isLost(known)) {
        return Error(ErrorKind::Conflict,
                     "container '" + known.record.name +
                         "' ended when the computer was restarted, and is removed at its end")
            .withHint("make it again, or without --rm");
    }
    TRY(checkShared(known));
    TRY(checkLinks(m_context, known));
    if (!known.spec.ports.empty()) {
        container::waitForPorts(known.paths);
    }
    TRY(checkPorts(known.spec));
    TRY_ASSIGN(auto input, monitorInput(known));
    TRY_ASSIGN(const auto* store, m_context.store());
    if (known.record.removeWhenStopped && attached && !store->wantsTidying()) {
        // We stay to the end and remove it; else, and every now and then, the exit command does and tidies.
        input.trash = store->layout().trashed(known.record.id);
    }
    container::StartRequest request;
    request.paths = known.paths;
    TRY_ASSIGN(request.monitorProgram, sys::findHelper("coracle-monitor"));
    request.monitorSettings = container::buildMonitor(input);
    if (hasNetworkToMake(known)) {
        request.network = [&](int pid, int exitFd, std::stop_token stop) {
            return makeNetwork(known, requestedPorts(known), pid, exitFd, std::move(stop));
        };
    }
    request.background = m_context.lifetime() == Lifetime::LongLived;
    {
        const std::lock_guard guard(m_mutex);
        request.waiting = std::exchange(m_waiting, std::nullopt);
        request.preservedFds = std::exchange(m_preservedFds, {});
    }
    return container::startContainer(std::move(request), {});
}

/// What is to become of it after a restart of the computer; without a policy nobody asks.
Result<> LocalContainers::noteWish(const KnownContainer& known, const std::string& state) {
    if (known.spec.restart.policy == "no" || known.record.desiredState == state) {
        return {};
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    return store->containers().setDesiredState(known.record.id, state);
}

/// A session from this moment on; with `replayLog` the log so far stands before it. Between reading the
/// log and attaching a line may be seen twice.
Result<std::unique_ptr<Session>> LocalContainers::attach(const std::string& id,
                                                         const AttachOptions& options) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    if (known.facts.status == ContainerStatus::Restarting) {
        return isRestarting(known);
    }
    auto connection = oci::monitor::Connection::attach(known.paths.runDir);
    if (!connection) {
        if (known.facts.isAlive() && !known.facts.monitored) {
            return Error(ErrorKind::Unavailable, "container '" + known.record.name +
                                                     "' lost its monitor: nothing can be attached to it")
                .withHint("it goes on running; stop and start it to get its output again");
        }
        return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is not running")
            .withHint("start it with 'coracle start " + known.record.name + "'");
    }
    auto session = std::make_unique<MonitorSession>(*std::move(connection));
    if (options.replayLog) {
        TRY_ASSIGN(auto chunks, replay(known));
        session->prepend(std::move(chunks));
    }
    return std::unique_ptr<Session>(std::move(session));
}

Result<> LocalContainers::stop(const std::string& id, const StopOptions& options, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const int signal, container::signalNumber(options.signal.value_or(known.details.stopSignal)));
    // No lock: the signal goes to one process and to none that comes after it.
    const auto timeout = options.timeout.value_or(std::chrono::seconds(known.details.stopTimeoutSeconds));
    if (auto stopped = container::stopContainer(known.paths, signal, timeout, std::move(stop)); !stopped) {
        return std::move(stopped).error().context("stop '" + known.record.name + "'");
    }
    TRY(noteWish(known, "stopped"));
    if (known.facts.isAlive()) {
        TRY_ASSIGN(const auto* store, m_context.store());
        store->events().append("container", "stop", known.record.id, attributesOf(known));
    }
    if (known.record.removeWhenStopped && known.facts.everStarted) {
        // Its monitor removes it in a moment; whoever stopped it expects it to be gone now.
        return cleanUp(known.record.id);
    }
    return {};
}

/// For a signal that ends it a mark is left before it is sent, so that a restart policy does not start it
/// again.
Result<> LocalContainers::kill(const std::string& id, const std::string& signal) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const int number, container::signalNumber(signal));
    const auto stopSignal = container::signalNumber(known.details.stopSignal);
    const bool ends = number == SIGKILL || (stopSignal && number == *stopSignal);
    if (auto sent = container::signalContainer(known.paths, number,
                                               ends ? container::EndsIt::Yes : container::EndsIt::No);
        !sent) {
        return sent.error().kind() == ErrorKind::Conflict
                   ? Error(ErrorKind::Conflict, "container '" + known.record.name + "' is not running")
                   : std::move(sent).error().context("kill '" + known.record.name + "'");
    }
    if (ends) {
        TRY(noteWish(known, "stopped"));
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    auto attributes = attributesOf(known);
    attributes["signal"] = std::to_string(number);
    store->events().append("container", "kill", known.record.id, attributes);
    return {};
}

/// The row first, volumes after the row that used them. The number of its removal, when it is kept.
Result<std::optional<std::int64_t>> LocalContainers::removeKnown(const KnownContainer& known,
                                                                 bool anonymousVolumes,
                                                                 const store::RemovalOrder& order) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto removed, store->containers().remove(known.record.id, order));
    if (anonymousVolumes || known.record.removeWhenStopped) {
        for (const auto& volume : removed.anonymousVolumes) {
            (void)store->volumes().remove(volume, order);  // in use by another container by now: ignored
        }
    }
    if (removed.existed) {
        store->events().append("container", "destroy", known.record.id, attributesOf(known));
    }
    return removed.removal;
}

/// The row goes first; then the monitor is waited for, because its run folder must not be deleted under
/// it.
Result<> LocalContainers::remove(const std::string& id, const RemoveContainerOptions& options) {
    TRY_ASSIGN(auto known, load(id));
    TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "remove"));
    known.facts = container::readFacts(known.paths);
    takeOver(known);  // load() may not have looked at them
    if (known.facts.status == ContainerStatus::Unknown &&
        sys::FileLock::mayBeHeld(known.paths.monitorLock())) {
        // Removed from the list, it would run on with nobody knowing of it.
        return Error(ErrorKind::Unavailable, "what container '" + known.record.name + "' does cannot be read")
            .withHint("try again; its folder is '" + known.paths.runDir + "'");
    }
    if (known.facts.isAlive() || known.facts.status == ContainerStatus::Starting ||
        known.facts.status == ContainerStatus::Restarting) {
        if (options.force == Force::No) {
            return isRunning(known);
        }
        TRY(container::stopContainer(known.paths, SIGKILL, std::chrono::seconds(-1), {}));
    }
    store::RemovalOrder order = kAtItsEnd;
    if (!known.record.removeWhenStopped) {
        TRY_ASSIGN(order, orderFor(m_context, options.batch));
    }
    TRY_ASSIGN(const auto kept, removeKnown(known, options.anonymousVolumes, order));
    if (known.record.removeWhenStopped && known.facts.monitored) {
        return {};  // the monitor's exit command deletes the rest, while nobody waits
    }
    // It is gone for everybody. What cannot be deleted now, the next removal finds.
    if (container::waitForMonitor(known.paths)) {
        (void)sys::removeTree(known.paths.runDir);
        TRY_ASSIGN(const auto* store, m_context.store());
        if (kept) {
            // Only now, as the monitor wrote into it to the end.
            (void)store->removals().settle(*kept);
        }
        (void)store->sweepContainers();
        (void)store->trash().purgeInBackground();
    }
    if (kept) {
        lookAfterTrash(m_context, order);
    }
    return {};
}

/// Called by a monitor's exit command with an id that may be anything: only something that is long and has
/// no slash becomes a path.
Result<> LocalContainers::cleanUp(const std::string& id) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(auto record, store->containers().find(id));
    const auto paths = m_context.paths(id, RemovedAtEnd::Yes);
    if (record && record->id == id) {
        const KnownContainer known = understand(m_context, *std::move(record));
        const bool kept =
            sys::pathExists(paths.keepMark()) && sys::FileLock::mayBeHeld(paths.operationLock());
        if (known.facts.isAlive() || !known.record.removeWhenStopped || kept) {
            return {};
        }
        TRY(removeKnown(known, true, kAtItsEnd));
    }
    if (id.find('/') == std::string::npos && id.size() > kShortIdLength) {
        container::waitForPorts(paths);
        (void)sys::removeTree(paths.runDir);  // the sweep finds it
    }
    TRY(store->sweepContainers());
    TRY(store->trash().purgeInBackground());
    return store->tidy();
}

/// Also looks after containers whose monitor was killed: whoever lists them takes them over.
Result<std::vector<types::ContainerSummary>> LocalContainers::list() {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(auto records, store->containers().list());
    std::vector<types::ContainerSummary> summaries;
    summaries.reserve(records.size());
    const container::UnstartedContainers unstarted(m_context.places().root + "/containers",
                                                   m_context.places().runRoot + "/containers");
    for (auto& record : records) {
        KnownContainer known = understand(m_context, std::move(record), &unstarted);
        takeOver(known);
        if (isLost(known)) {
            TRY(removeKnown(known, true, kAtItsEnd));
            continue;
        }
        summaries.push_back(summarise(std::move(known)));
    }
    return summaries;
}

/// Reads the files that the monitor writes, rotated ones first, and asks nobody; the line about lost bytes
/// comes from the exit record.
Result<> LocalContainers::logs(const std::string& id, const types::LogOptions& options,
                               const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto settings, container::parseLogSettings(known.spec));
    if (!settings.isReadable()) {
        Error error(ErrorKind::Unsupported, "container '" + known.record.name + "' has the log driver '" +
                                                std::string(container::toText(settings.driver)) +
                                                "', which cannot be read");
        return settings.driver == container::LogDriver::Journald
                   ? std::move(error).withHint("journalctl CONTAINER_ID_FULL=" + known.record.id)
                   : std::move(error).withHint("its output goes to whoever is attached");
    }
    FollowedRuns runs(known.paths);
    container::LogFollow follow;
    follow.wakeFd = [&runs] { return runs.wakeFd(); };
    follow.ended = [&runs] { return runs.ended(); };
    TRY(container::readLog(known.paths.log(), options, follow, sink, std::move(stop)));
    const auto lost = container::readFacts(known.paths).lostLogBytes;
    if (lost > 0) {
        types::LogLine line;
        line.time = std::chrono::system_clock::now();
        line.stream = types::LogStream::Stderr;
        line.text =
            "coracle: " + std::to_string(lost) + " bytes of output are missing here, the last of the run";
        (void)sink(line);  // it was the last one
    }
    return {};
}

Result<> LocalContainers::rename(const std::string& id, const std::string& newName) {
    if (!types::isObjectName(newName)) {
        return Error(ErrorKind::InvalidArgument, "container name '" + newName + "' is not allowed")
            .withHint("names have letters, digits, '_', '.' and '-' and start with a letter or digit");
    }
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->containers().rename(known.record.id, newName));
    auto attributes = attributesOf(known);
    attributes["oldName"] = known.record.name;
    attributes["name"] = newName;
    store->events().append("container", "rename", known.record.id, attributes);
    return {};
}

}  // namespace coracle::engine
