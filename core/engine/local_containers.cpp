// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_containers.h"

#include "core/container/lifecycle.h"
#include "core/container/log_reader.h"
#include "core/container/spec_builder.h"
#include "core/engine/monitor_session.h"
#include "net/port_check.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>

#include <signal.h>

namespace coracle::engine {
namespace {

using container::ContainerFacts;
using types::ContainerStatus;

constexpr std::size_t kShortIdLength = 12;

std::map<std::string, std::string> attributesOf(const KnownContainer& known) {
    return {{"image", known.record.image}, {"name", known.record.name}};
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

/// Only containers that go away by themselves need somebody to look after them.
Result<std::vector<std::string>> LocalContainers::exitCommand(const KnownContainer& known) const {
    if (!known.record.removeWhenStopped) {
        return std::vector<std::string>();
    }
    TRY_ASSIGN(const auto program, sys::findHelper("coracle"));
    return std::vector<std::string>{
        program,     "--root",  m_context.places().root, "--runroot", m_context.places().runRoot,
        "container", "cleanup", known.record.id};
}

/// A port that is taken is told before anything is made or started, with the name of who has it.
Result<> LocalContainers::checkPorts(const types::RunSpec& spec) {
    for (const auto& port : spec.ports) {
        if (port.hostPort == 0 || spec.network != "slirp4netns") {
            continue;
        }
        TRY_ASSIGN(const auto check, net::checkPort(port));
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

void LocalContainers::prepareStart() {
    if (m_context.lifetime() == Lifetime::LongLived) {
        return;  // a child of its own is not for a program that lives long
    }
    const auto program = sys::findHelper("coracle-monitor");
    auto waiting = program ? container::spawnWaitingMonitor(*program)
                           : Result<container::WaitingMonitor>(program.error());
    if (waiting) {  // what is wrong will be told by the start
        const std::lock_guard guard(m_mutex);
        m_waiting = *std::move(waiting);
    }
}

Result<std::unique_ptr<Session>> LocalContainers::start(const std::string& id,
                                                        const std::optional<AttachOptions>& attachTo) {
    TRY_ASSIGN(auto known, loadContainer(m_context, id));
    if (known.damaged) {
        return Error(ErrorKind::Corrupt, "the record of container '" + known.record.name + "' is damaged")
            .withHint("remove it and make it again");
    }
    TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "start"));
    known.facts = container::readFacts(known.paths);
    if (known.facts.isAlive()) {
        if (attachTo) {
            return attach(known.record.id, *attachTo);
        }
        return std::unique_ptr<Session>();
    }
    if (known.facts.monitored) {
        TRY(container::waitForMonitor(known.paths));
    }
    const bool userNetwork = known.spec.network == "slirp4netns";
    TRY(checkPorts(known.spec));
    container::MonitorInput input;
    input.id = known.record.id;
    input.name = known.record.name;
    input.image = known.record.image;
    TRY_ASSIGN(input.stopSignal, container::signalNumber(known.details.stopSignal));
    input.stopTimeoutSeconds = known.details.stopTimeoutSeconds;
    input.autoRemove = known.record.removeWhenStopped;
    input.tty = known.spec.tty;
    input.openStdin = known.spec.interactive;
    input.autoStart = !userNetwork;
    input.paths = known.paths;
    TRY_ASSIGN(input.runtime, sys::findHelper("coracle-runtime"));
    TRY_ASSIGN(input.exitCommand, exitCommand(known));
    TRY_ASSIGN(const auto* store, m_context.store());
    if (known.record.removeWhenStopped && attachTo && !store->wantsTidying()) {
        // We stay to the end and remove it; else, and every now and then, the exit command does and tidies.
        input.trash = store->layout().trashed(known.record.id);
    }
    container::StartRequest request;
    request.paths = known.paths;
    TRY_ASSIGN(request.monitorProgram, sys::findHelper("coracle-monitor"));
    request.monitorSettings = container::buildMonitor(input);
    request.userNetwork = userNetwork;
    request.ports = known.spec.ports;
    request.background = m_context.lifetime() == Lifetime::LongLived;
    {
        const std::lock_guard guard(m_mutex);
        request.waiting = std::exchange(m_waiting, std::nullopt);
    }
    TRY_ASSIGN(auto connection, container::startContainer(std::move(request), {}));
    if (!attachTo) {
        return std::unique_ptr<Session>();
    }
    auto session = std::make_unique<MonitorSession>(std::move(connection));
    if (known.spec.interactive && !attachTo->standardInput) {
        TRY(session->closeInput());
    }
    return std::unique_ptr<Session>(std::move(session));
}

Result<std::unique_ptr<Session>> LocalContainers::attach(const std::string& id,
                                                         const AttachOptions& options) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
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
    if (known.record.removeWhenStopped && known.facts.everStarted) {
        // Its monitor removes it in a moment; whoever stopped it expects it to be gone now.
        return cleanUp(known.record.id);
    }
    return {};
}

Result<> LocalContainers::kill(const std::string& id, const std::string& signal) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const int number, container::signalNumber(signal));
    if (auto sent = container::signalContainer(known.paths, number); !sent) {
        return Error(sent.error().kind(), "container '" + known.record.name + "' is not running");
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    auto attributes = attributesOf(known);
    attributes["signal"] = std::to_string(number);
    store->events().append("container", "kill", known.record.id, attributes);
    return {};
}

Result<> LocalContainers::removeKnown(const KnownContainer& known, const RemoveContainerOptions& options) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto removed, store->containers().remove(known.record.id));
    if (options.anonymousVolumes || known.record.removeWhenStopped) {
        for (const auto& volume : removed.anonymousVolumes) {
            (void)store->volumes().remove(volume);  // in use by another container by now: ignored
        }
    }
    if (removed.existed) {
        store->events().append("container", "destroy", known.record.id, attributesOf(known));
    }
    return {};
}

Result<> LocalContainers::remove(const std::string& id, const RemoveContainerOptions& options) {
    TRY_ASSIGN(auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "remove"));
    known.facts = container::readFacts(known.paths);
    if (known.facts.isAlive() || known.facts.status == ContainerStatus::Starting) {
        if (options.force == Force::No) {
            return isRunning(known);
        }
        TRY(container::stopContainer(known.paths, SIGKILL, std::chrono::seconds(-1), {}));
    }
    TRY(removeKnown(known, options));
    if (known.record.removeWhenStopped && known.facts.monitored) {
        return {};  // the monitor's exit command deletes the rest, while nobody waits
    }
    TRY(container::waitForMonitor(known.paths));
    (void)sys::removeTree(known.paths.runDir);  // a reboot clears what is left
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->sweepContainers());
    return store->trash().purgeInBackground();
}

Result<> LocalContainers::cleanUp(const std::string& id) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(auto record, store->containers().find(id));
    const auto paths = m_context.paths(id);
    if (record && record->id == id) {
        const KnownContainer known = understand(m_context, *std::move(record));
        if (known.facts.isAlive() || !known.record.removeWhenStopped) {
            return {};
        }
        TRY(removeKnown(known, {Force::No, true}));
    }
    if (id.find('/') == std::string::npos && id.size() > kShortIdLength) {
        (void)sys::removeTree(paths.runDir);  // a reboot clears what is left
    }
    TRY(store->sweepContainers());
    TRY(store->trash().purgeInBackground());
    return store->tidy();
}

Result<int> LocalContainers::wait(const std::string& id, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    if (auto waited = container::waitForEnd(known.paths, std::move(stop)); !waited) {
        return std::move(waited).error();
    }
    const ContainerFacts facts = container::readFacts(known.paths);
    if (facts.exitCode) {
        return *facts.exitCode;
    }
    if (!facts.everStarted) {
        return 0;  // as docker answers for a container that was never started
    }
    return Error(ErrorKind::NotFound,
                 "container '" + known.record.name +
                     "' has ended, but nobody saw its exit code: its monitor was killed");
}

Result<std::vector<types::ContainerSummary>> LocalContainers::list() {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(auto records, store->containers().list());
    std::vector<types::ContainerSummary> summaries;
    summaries.reserve(records.size());
    for (auto& record : records) {
        summaries.push_back(summarise(understand(m_context, std::move(record))));
    }
    return summaries;
}

Result<> LocalContainers::logs(const std::string& id, const types::LogOptions& options,
                               const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    container::LogFollow follow;
    sys::UniqueFd process;
    if (options.follow && known.facts.isAlive()) {
        if (auto opened = sys::openProcess(known.facts.process)) {
            process = *std::move(opened);
            follow.wakeFds.push_back(process.get());
        }
    }
    follow.ended = [paths = known.paths] {
        const auto facts = container::readFacts(paths);
        if (!facts.isAlive()) {
            return facts.status != ContainerStatus::Starting;
        }
        if (sys::isAlive(facts.process)) {
            return false;
        }
        return container::waitForEnd(paths, {}).has_value();  // the last output is on its way to the log
    };
    return container::readLog(known.paths.log(), options, follow, sink, std::move(stop));
}

Result<> LocalContainers::rename(const std::string& id, const std::string& newName) {
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
