// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_system.h"

#include "core/container/lifecycle.h"
#include "core/engine/doctor.h"
#include "core/engine/event_watcher.h"
#include "core/engine/storage_driver.h"
#include "net/port_check.h"
#include "rootless/cgroup/report.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/user_name.h"

#include <algorithm>

#include <sched.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

/// PRETTY_NAME of os-release(5).
std::string operatingSystem() {
    const auto text = sys::readFile("/etc/os-release");
    const std::string key = "PRETTY_NAME=";
    const std::size_t at = text ? ("\n" + *text).find("\n" + key) : std::string::npos;
    if (at == std::string::npos) {
        return "Linux";
    }
    std::string value = text->substr(at + key.size());
    value.resize(std::min(value.find('\n'), value.size()));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
        value = value.substr(1, value.size() - 2);
    }
    return value;
}

int processors() {
    cpu_set_t set;
    CPU_ZERO(&set);
    return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

/// Of the nearest folder that exists: the store may not have been made yet. Without what is reserved for
/// root.
std::uint64_t freeBytes(std::string path) {
    struct statvfs info {};
    while (::statvfs(path.c_str(), &info) != 0) {
        const std::size_t slash = path.rfind('/');
        if (slash == std::string::npos || slash == 0) {
            return 0;
        }
        path.resize(slash);
    }
    return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

PortCheck::State stateOf(net::PortState state) {
    switch (state) {
    case net::PortState::Free:
        return PortCheck::State::Free;
    case net::PortState::Taken:
        return PortCheck::State::TakenByProgram;
    case net::PortState::Privileged:
        return PortCheck::State::NeedsPrivilege;
    case net::PortState::NotOurs:
        break;
    }
    return PortCheck::State::NotOurAddress;
}

}  // namespace

Result<types::HostInfo> LocalSystem::info() {
    types::HostInfo info;
    info.version = CORACLE_VERSION;
    utsname names{};
    if (::uname(&names) == 0) {
        info.kernel = names.release;
        info.architecture = names.machine;
    }
    info.operatingSystem = operatingSystem();
    info.userName = sys::userName(::getuid()).value_or(std::to_string(::getuid()));
    info.uid = static_cast<int>(::getuid());
    info.dataRoot = m_context.places().root;
    info.runRoot = m_context.places().runRoot;
    const auto driver = chooseStorageDriver(m_context.places(), "");
    info.overlayDriver = driver ? driver->name : "none: " + driver.error().message();
    const cgroup::HostFacts groups = cgroup::gatherHostFacts();
    info.cgroupVersion = cgroup::toText(groups.setup);
    for (const auto& state : cgroup::judgeControllers(groups)) {
        info.limits.push_back({state.name, state.usable, state.reason, state.hint});
    }
    info.networkHelper = sys::findProgram("slirp4netns").value_or("none");
    info.cpus = processors();
    struct sysinfo memory {};
    if (::sysinfo(&memory) == 0) {
        info.memoryBytes = static_cast<std::uint64_t>(memory.totalram) * memory.mem_unit;
    }
    info.diskFreeBytes = freeBytes(m_context.places().root);
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto containers, store->containers().list());
    info.containers = static_cast<int>(containers.size());
    for (const auto& record : containers) {
        info.containersRunning +=
            container::readFacts(m_context.paths(record.id, RemovedAtEnd{record.removeWhenStopped})).isAlive()
                ? 1
                : 0;
    }
    TRY_ASSIGN(const auto images, store->images().list());
    info.images = static_cast<int>(images.size());
    return info;
}

Result<std::vector<types::HealthCheck>> LocalSystem::doctor(std::stop_token stop) {
    return runDoctor(m_context.places(), std::move(stop));
}

/// A port that is taken is looked for among our own containers, since the program that holds it is a
/// helper of theirs, whose name says nothing.
PortCheck LocalSystem::checkPort(const net::PortMapping& mapping) {
    PortCheck result;
    result.lowestPort = net::firstUnprivilegedPort();
    const auto check = net::checkPort(mapping);
    if (!check) {
        result.state = PortCheck::State::NotOurAddress;
        return result;
    }
    result.state = stateOf(check->state);
    result.suggestion = check->suggestion;
    if (result.state != PortCheck::State::TakenByProgram) {
        return result;
    }
    if (check->holder) {
        result.holder = check->holder->program;
    }
    const auto store = m_context.store();
    const auto records =
        store ? (*store)->containers().list() : Result<std::vector<store::ContainerRecord>>(store.error());
    if (!records) {
        return result;
    }
    for (const auto& record : *records) {
        const auto summary = summarise(understand(m_context, record));
        const bool holds =
            summary.pid > 0 && std::any_of(summary.ports.begin(), summary.ports.end(), [&](auto& p) {
                return p.hostPort == mapping.hostPort && p.protocol == mapping.protocol;
            });
        if (holds) {
            result.state = PortCheck::State::TakenByContainer;
            result.holder = summary.name;
        }
    }
    return result;
}

Result<> LocalSystem::watch(const std::function<void(const types::Event&)>& sink, std::stop_token stop) {
    return watchEvents(m_context.places().runRoot + "/events", sink, std::move(stop));
}

Result<> LocalSystem::events(const types::EventRange& range,
                             const std::function<void(const types::Event&)>& sink, std::stop_token stop) {
    return watchEvents(m_context.places().runRoot + "/events", sink, std::move(stop), {}, range);
}

}  // namespace coracle::engine
