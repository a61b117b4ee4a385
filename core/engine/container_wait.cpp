// SPDX-License-Identifier: Apache-2.0
// Waiting for a container, and what restarts one.
#include "core/container/lifecycle.h"
#include "core/engine/container_links.h"
#include "core/engine/event_watcher.h"
#include "core/engine/local_containers.h"
#include "rootless/sys/file.h"

#include <charconv>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

using types::ContainerStatus;

/// Exists as long as a restart by hand goes on; see cleanUp().
class KeepMark {
public:
    explicit KeepMark(std::string path) : m_path(std::move(path)) {
        (void)sys::openAt(AT_FDCWD, m_path, O_WRONLY | O_CREAT | O_NOFOLLOW, 0600);
    }
    ~KeepMark() { (void)sys::removeFile(m_path); }
    KeepMark(const KeepMark&) = delete;
    KeepMark& operator=(const KeepMark&) = delete;

private:
    std::string m_path;
};

/// The writable layer of a container that is removed at its end is mounted without syncing, and the kernel
/// refuses to mount it again, for a crash may have spoilt it. There was none: its last run has just been
/// ended by us. Source: Documentation/filesystems/overlayfs.rst, "Volatile mount".
void allowSecondMount(const container::ContainerPaths& paths) {
    constexpr mode_t kEnterable = 0700;
    const std::string mark = paths.work() + "/work/incompat/volatile";
    for (const auto* folder :
         {"/work", "/work/incompat",
          "/work/incompat/volatile"}) {  // the kernel makes them so that nobody may enter
        (void)::chmod((paths.work() + folder).c_str(), kEnterable);  // absent with fuse-overlayfs
    }
    (void)sys::removeTree(mark);  // the mount says what is wrong
}

}  // namespace

/// Needs no monitor: waits for what the monitor writes and for the process itself, so a killed
/// monitor does not make it wait for ever.
Result<int> LocalContainers::wait(const std::string& id, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    auto end = container::waitForEnd(known.paths, std::move(stop));
    if (!end) {
        return std::move(end).error();
    }
    if (end->exitCode) {
        return *end->exitCode;
    }
    if (!end->ran && !known.facts.everStarted) {
        return 0;  // as docker answers for a container that was never started
    }
    return Error(ErrorKind::NotFound,
                 "container '" + known.record.name +
                     "' has ended, but nobody saw its exit code: its monitor was killed");
}

/// Until it runs. A container that is gone is NotFound.
Result<> LocalContainers::awaitNextStart(const std::string& id, std::stop_token stop) {
    std::stop_source enough;
    const std::stop_callback passOn(stop, [&] { enough.request_stop(); });
    std::optional<Error> gone;
    const auto look = [&] {
        const auto known = loadContainer(m_context, id);
        if (!known) {
            gone = known.error();
        }
        if (!known || known->facts.isAlive()) {
            enough.request_stop();
        }
    };
    const auto onEvent = [&](const types::Event& event) {
        if (event.id != id) {
            return;
        }
        if (event.action == "start") {  // it may have ended again by now
            enough.request_stop();
        } else {
            look();
        }
    };
    TRY(watchEvents(m_context.places().runRoot + "/events", onEvent, enough.get_token(), look));
    if (gone) {
        return *gone;
    }
    return stop.stop_requested() ? Result<>(Error(ErrorKind::Cancelled, "interrupted while waiting"))
                                 : Result<>();
}

/// Until its check succeeds or it ends.
Result<> LocalContainers::awaitHealthy(const KnownContainer& known, std::stop_token stop) {
    if (!known.details.health.isActive()) {
        return Error(ErrorKind::Conflict, "container '" + known.record.name + "' has no health check")
            .withHint("give it one with --health-cmd when it is made");
    }
    std::stop_source enough;
    const std::stop_callback passOn(stop, [&] { enough.request_stop(); });
    Result<> outcome = Error(ErrorKind::Cancelled, "interrupted while waiting");
    const auto look = [&] {
        const auto now = loadContainer(m_context, known.record.id);
        const bool alive = now && (now->facts.isAlive() || now->facts.status == ContainerStatus::Starting ||
                                   now->facts.status == ContainerStatus::Restarting);
        if (alive && now->health && now->health->status == "healthy") {
            outcome = {};
        } else if (!now) {
            outcome = now.error();
        } else if (!alive) {
            outcome = Error(ErrorKind::Conflict,
                            "container '" + known.record.name + "' does not run, so it does not get healthy");
        } else {
            return;
        }
        enough.request_stop();
    };
    TRY(watchEvents(
        m_context.places().runRoot + "/events",
        [&](const types::Event& event) {
            if (event.id == known.record.id) {
                look();
            }
        },
        enough.get_token(), look));
    return outcome;
}

/// What is waited for is looked up once the watch is on, not before: an event in between would be missed.
Result<int> LocalContainers::waitFor(const std::string& id, WaitFor condition, std::stop_token stop) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    const std::string& fullId = known.record.id;
    const bool active = known.facts.isAlive() || known.facts.status == ContainerStatus::Restarting;
    if (condition == WaitFor::Healthy) {
        TRY(awaitHealthy(known, stop));
        return 0;
    }
    if (condition == WaitFor::Running) {
        TRY(awaitNextStart(fullId, stop));
        return 0;
    }
    if (condition == WaitFor::NextExit && !active) {
        TRY(awaitNextStart(fullId, stop));
    }
    if (condition != WaitFor::Removed) {
        return wait(fullId, std::move(stop));
    }
    int code = known.facts.exitCode.value_or(0);
    std::stop_source enough;
    const std::stop_callback passOn(stop, [&] { enough.request_stop(); });
    TRY_ASSIGN(const auto* store, m_context.store());
    const auto look = [&] {
        const auto record = store->containers().find(fullId);
        if (record && !*record) {
            enough.request_stop();
        }
    };
    const auto onEvent = [&](const types::Event& event) {
        if (event.id != fullId) {
            return;
        }
        if (const auto died = event.attributes.find("exitCode"); died != event.attributes.end()) {
            (void)std::from_chars(died->second.data(), died->second.data() + died->second.size(), code);
        }
        look();
    };
    TRY(watchEvents(known.paths.eventsPath, onEvent, enough.get_token(), look));
    return stop.stop_requested() ? Result<int>(Error(ErrorKind::Cancelled, "interrupted while waiting"))
                                 : code;
}

/// One lock over both halves, and a mark that keeps the monitor's exit command from removing a container
/// that is removed at its end.
Result<> LocalContainers::restart(const std::string& id, const StopOptions& options, std::stop_token stop) {
    TRY_ASSIGN(auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const int signal, container::signalNumber(options.signal.value_or(known.details.stopSignal)));
    const auto timeout = options.timeout.value_or(std::chrono::seconds(known.details.stopTimeoutSeconds));
    const auto again = [&]() -> Result<> {
        TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "restart"));
        TRY(checkShared(known));  // before anything ends
        TRY(checkLinks(m_context, known));
        const KeepMark keep(known.paths.keepMark());
        if (auto stopped = container::stopContainer(known.paths, signal, timeout, std::move(stop));
            !stopped) {
            return std::move(stopped).error().context("stop '" + known.record.name + "'");
        }
        known.facts = container::readFacts(known.paths);
        if (known.facts.monitored) {
            TRY(container::waitForMonitor(known.paths));
        }
        if (known.record.removeWhenStopped) {
            allowSecondMount(known.paths);
        }
        TRY(startLocked(known, std::nullopt));
        return {};
    };
    auto restarted = again();
    if (!restarted && known.record.removeWhenStopped) {
        (void)cleanUp(known.record.id);  // its end removed nothing, because it was to go on
    }
    return restarted;
}

Result<> LocalContainers::connectNetwork(const std::string& id, int pid, int exitFd) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    return makeNetwork(known, container::publishedPorts(known.paths, requestedPorts(known)), pid, exitFd, {});
}

Result<> LocalContainers::makeNetwork(const KnownContainer& known, const std::vector<net::PortMapping>& ports,
                                      int pid, int exitFd, std::stop_token stop) {
    if (known.spec.network == "slirp4netns") {
        TRY(container::configureNetwork(known.paths, ports, pid, exitFd, std::move(stop)));
    }
    return makeLinks(m_context, known, pid);
}

}  // namespace coracle::engine
