// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_resources.h"

#include "core/container/lifecycle.h"
#include "core/container/process_table.h"
#include "core/container/resource_reader.h"
#include "core/container/run_spec_json.h"
#include "core/types/resource_text.h"
#include "rootless/cgroup/report.h"
#include "rootless/cgroup/write_plan.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace coracle::engine {
namespace {

using types::ContainerStatus;
using types::ResourceSpec;

Error notRunning(const KnownContainer& known) {
    return Error(ErrorKind::Conflict, "container '" + known.record.name + "' is not running");
}

/// The last sentence of the runtime and its hint.
Error runtimeError(const std::string& output) {
    constexpr std::string_view kHint = "hint: ";
    constexpr std::string_view kName = "coracle-runtime: ";
    std::string message = "coracle-runtime failed";
    std::string hint;
    std::string_view rest = output;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.starts_with(kHint)) {
            hint = line.substr(kHint.size());
        } else if (!line.empty()) {
            message = line.starts_with(kName) ? line.substr(kName.size()) : line;
        }
    }
    return Error(ErrorKind::Unavailable, std::move(message)).withHint(std::move(hint));
}

/// The runtime knows containers by their ids, and people by their names.
std::string withName(std::string text, const store::ContainerRecord& record) {
    for (std::size_t at = text.find(record.id); at != std::string::npos; at = text.find(record.id, at)) {
        text.replace(at, record.id.size(), record.name);
        at += record.name.size();
    }
    return text;
}

/// Through the runtime, which knows the container's group and state, and not by the group's files.
Result<> runRuntime(const KnownContainer& known, std::vector<std::string> words) {
    TRY_ASSIGN(const auto runtime, sys::findHelper("coracle-runtime"));
    sys::SpawnOptions options;
    options.argv = {runtime, "--root", known.paths.runtimeRoot()};
    options.argv.insert(options.argv.end(), words.begin(), words.end());
    TRY_ASSIGN(const auto output, sys::runAndCapture(std::move(options)));
    return output.status.success() ? Result<>()
                                   : Result<>(runtimeError(withName(output.standardError, known.record)));
}

/// Errors: InvalidArgument for what is no block device.
Result<> addDevices(const std::vector<types::DeviceLimit>& limits, container::DeviceNumbers& numbers) {
    for (const auto& limit : limits) {
        struct stat info {};
        if (::stat(limit.path.c_str(), &info) != 0) {
            return Error(ErrorKind::InvalidArgument, "device '" + limit.path + "' does not exist");
        }
        if (!S_ISBLK(info.st_mode)) {
            return Error(ErrorKind::InvalidArgument, "'" + limit.path + "' is not a block device");
        }
        numbers[limit.path] = {major(info.st_rdev), minor(info.st_rdev)};
    }
    return {};
}

void dropDiskLimits(ResourceSpec& resources) {
    resources.blkioWeight.reset();
    for (const auto member :
         {&ResourceSpec::blkioWeightDevices, &ResourceSpec::deviceReadBps, &ResourceSpec::deviceWriteBps,
          &ResourceSpec::deviceReadIops, &ResourceSpec::deviceWriteIops}) {
        (resources.*member).clear();
    }
}

std::map<std::string, std::string> attributesOf(const KnownContainer& known) {
    return {{"image", known.record.image}, {"name", known.record.name}};
}

}  // namespace

/// The very plan that the runtime will carry out is made here, so the answer before the start and the one
/// at the start cannot differ.
Result<FittedLimits> fitLimits(const ResourceSpec& resources) {
    FittedLimits fitted{resources, {}, {}};
    if (!types::isLimited(resources)) {
        return fitted;
    }
    TRY(types::checkResources(resources));
    for (const auto member :
         {&ResourceSpec::blkioWeightDevices, &ResourceSpec::deviceReadBps, &ResourceSpec::deviceWriteBps,
          &ResourceSpec::deviceReadIops, &ResourceSpec::deviceWriteIops}) {
        TRY(addDevices(resources.*member, fitted.devices));
    }
    TRY_ASSIGN(const auto values,
               oci::parseResources(container::resourcesDocument(resources, fitted.devices)));
    TRY_ASSIGN(const auto plan, cgroup::planWrites(values, cgroup::SwapDefault::AsMuchMemory));
    const cgroup::HostFacts facts = cgroup::gatherHostFacts();
    const auto states = cgroup::judgeControllers(facts);
    std::string diskReason;
    for (const auto& write : plan) {
        const auto state = std::find_if(states.begin(), states.end(),
                                        [&](const auto& s) { return s.name == write.controller; });
        if (write.isDefault || (state != states.end() && state->usable)) {
            continue;
        }
        if (write.controller != "io") {
            return cgroup::missingController(facts, write.controller, write.file);
        }
        diskReason = state->reason;
    }
    if (!diskReason.empty()) {
        fitted.warnings.push_back("limits of disks have no effect: controller 'io' " + diskReason);
        dropDiskLimits(fitted.resources);
    } else if ((resources.blkioWeight || !resources.blkioWeightDevices.empty()) && !facts.diskWeights) {
        fitted.warnings.emplace_back(
            "weights of disks have no effect: this kernel has no scheduler that knows them");
        fitted.resources.blkioWeight.reset();
        fitted.resources.blkioWeightDevices.clear();
    }
    return fitted;
}

/// Zeros and no error for one that does not run: lists show it with the others.
/// Whoever watches many containers asks for one after the other: all of /proc is not read for each. One that
/// began after the last look is not in it, and gets a new one.
Result<std::shared_ptr<const container::ProcessSnapshot>> LocalResources::processesOfNow(pid_t wanted) {
    constexpr auto kFresh = std::chrono::milliseconds(100);
    const std::lock_guard guard(m_mutex);
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    if (!m_processes || !m_processes->has(wanted) ||
        now - std::chrono::nanoseconds(m_processes->takenAtNs()) > kFresh) {
        TRY_ASSIGN(auto snapshot, container::ProcessSnapshot::take());
        m_processes = std::make_shared<const container::ProcessSnapshot>(std::move(snapshot));
    }
    return m_processes;
}

Result<types::ContainerStats> LocalResources::stats(const std::string& id) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    return statsOf(summarise(known));
}

Result<types::ContainerStats> LocalResources::statsOf(const types::ContainerSummary& summary) {
    types::ContainerStats stats;
    if (summary.pid > 0) {
        // Everything about a run is in folders that do not depend on how the container ends.
        const auto paths = m_context.paths(summary.id, RemovedAtEnd::No);
        TRY_ASSIGN(stats, container::readStats(paths, summary.pid,
                                               [this](pid_t pid) { return processesOfNow(pid); }));
    }
    stats.id = summary.id;
    stats.name = summary.name;
    return stats;
}

/// The record first, then the monitor's file, which a monitor reads again at the end of a run: a kill in
/// between leaves the running container as it was, and the next start finds the new policy.
Result<> LocalResources::setRestart(const std::string& id, const types::RestartSpec& restart) {
    TRY_ASSIGN(auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "update"));
    if (known.record.removeWhenStopped && restart.policy != "no") {
        return Error(ErrorKind::InvalidArgument, "container '" + known.record.name +
                                                     "' is removed at its end, so it cannot be restarted");
    }
    known.facts = container::readFacts(known.paths);
    known.spec.restart = restart;
    known.record.specJson = container::toJsonText(known.spec);
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->containers().update(known.record));
    const bool runs = known.facts.isAlive() || known.facts.status == ContainerStatus::Restarting;
    if (runs && restart.policy != "no") {
        TRY(store->containers().setDesiredState(known.record.id, "running"));
    }
    if (const auto text = sys::readFile(known.paths.monitor(), json::kMaxDocumentBytes)) {
        TRY_ASSIGN(auto document, json::parse(*text));
        document["restart"] = restart.policy;
        document["restartRetries"] = restart.maxRetries;
        TRY(sys::replaceFile(known.paths.monitor(), json::toText(document), 0600, sys::Durability::Process));
    }
    store->events().append("container", "update", known.record.id, attributesOf(known));
    return {};
}

/// Which they are is asked of the runtime, which finds those outside of the container's control group, too. A
/// user database that cannot be read is no reason to show nothing: numbers stand for names then.
Result<std::vector<types::ProcessInfo>> LocalResources::processes(const std::string& id) {
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    if (!known.facts.isAlive()) {
        return notRunning(known);
    }
    TRY_ASSIGN(const auto runtime, sys::findHelper("coracle-runtime"));
    sys::SpawnOptions options;
    options.argv = {runtime, "--root", known.paths.runtimeRoot(), "ps", "--format", "json", known.record.id};
    TRY_ASSIGN(const auto output, sys::runAndCapture(std::move(options)));
    if (!output.status.success()) {
        return runtimeError(output.standardError);
    }
    TRY_ASSIGN(const auto list, json::parse(output.standardOutput));
    std::vector<pid_t> pids;
    for (const auto& entry : list) {
        if (entry.is_number_integer()) {
            pids.push_back(entry.get<pid_t>());
        }
    }
    const auto users = readUsers(m_context, known);
    return container::readProcesses(known.facts.process.pid, pids,
                                    users ? *users : container::UserDatabase());
}

/// The monitor runs it, as it runs the others, so there is one state.
Result<int> LocalResources::checkHealth(const std::string& id) {
    using oci::monitor::Frame;
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    if (!known.details.health.isActive()) {
        return Error(ErrorKind::NotFound, "container '" + known.record.name + "' has no health check")
            .withHint("give it one with --health-cmd when it is made");
    }
    if (!known.facts.isAlive()) {
        return notRunning(known);
    }
    TRY_ASSIGN(auto connection, oci::monitor::Connection::attach(known.paths.runDir));
    TRY(connection.send(Frame::Quiet));
    TRY(connection.send(Frame::Check));
    while (true) {
        TRY_ASSIGN(const auto message, connection.receive());
        if (!message || message->frame == Frame::Exited) {
            return Error(ErrorKind::Conflict, "container '" + known.record.name + "' has ended");
        }
        if (message->frame == Frame::Checked) {
            return oci::monitor::decodeNumber(message->payload, -1, 255);
        }
    }
}

/// The running container first, for the kernel may refuse; then the file that the next start reads; then
/// the record. A kill in between leaves limits that hold now and are forgotten at the next start, never
/// ones that are recorded and do not hold.
Result<std::vector<std::string>> LocalResources::update(const std::string& id, const ResourceSpec& change) {
    TRY_ASSIGN(auto known, loadContainer(m_context, id));
    TRY_ASSIGN(const auto lock, container::lockOperation(known.paths, "update"));
    known.facts = container::readFacts(known.paths);
    const ResourceSpec merged = types::mergeResources(known.spec.resources, change);
    TRY_ASSIGN(auto fitted, fitLimits(merged));
    const auto document = container::resourcesDocument(fitted.resources, fitted.devices);
    const ResourceSpec kept = types::withoutLifted(fitted.resources);
    if (known.facts.isAlive()) {
        const std::string file = known.paths.runDir + "/resources.json";
        TRY(sys::replaceFile(file, json::toText(document), 0600, sys::Durability::Process));
        auto done = runRuntime(known, {"update", "--resources", file, known.record.id});
        (void)sys::removeFile(file);  // the run folder goes with the container
        TRY(done);
    }
    // The kernel has agreed; now it is what the next start finds.
    TRY_ASSIGN(const auto config, sys::readFile(known.paths.config(), json::kMaxDocumentBytes));
    TRY_ASSIGN(const auto changed,
               container::replaceResources(config, container::resourcesDocument(kept, fitted.devices)));
    TRY(sys::replaceFile(known.paths.config(), changed, 0600, sys::Durability::Disk));
    known.spec.resources = kept;
    known.record.specJson = container::toJsonText(known.spec);
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY(store->containers().update(known.record));
    store->events().append("container", "update", known.record.id, attributesOf(known));
    return std::move(fitted.warnings);
}

/// Not locked against other operations; the runtime refuses what does not fit the state it finds.
Result<> LocalResources::setPaused(const std::string& id, const char* verb) {
    const bool pause = std::string_view(verb) == "pause";
    TRY_ASSIGN(const auto known, loadContainer(m_context, id));
    if (!known.facts.isAlive()) {
        return notRunning(known);
    }
    if ((known.facts.status == ContainerStatus::Paused) == pause) {
        return Error(ErrorKind::Conflict,
                     "container '" + known.record.name + "' is " + (pause ? "paused already" : "not paused"));
    }
    TRY(runRuntime(known, {pause ? "pause" : "resume", known.record.id}));
    TRY_ASSIGN(const auto* store, m_context.store());
    store->events().append("container", verb, known.record.id, attributesOf(known));
    return {};
}

Result<> LocalResources::pause(const std::string& id) {
    return setPaused(id, "pause");
}

Result<> LocalResources::unpause(const std::string& id) {
    return setPaused(id, "unpause");
}

}  // namespace coracle::engine
