// SPDX-License-Identifier: Apache-2.0
#include "core/container/resource_reader.h"

#include "rootless/cgroup/group.h"
#include "rootless/cgroup/stats.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>

#include <sched.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <unistd.h>

namespace coracle::container {
namespace {

Result<cgroup::Group> openGroup(const ContainerPaths& paths) {
    const auto entry = cgroup::readGroupRecord(paths.runtimeFolder());
    if (!entry) {
        return Error(ErrorKind::NotFound, "the container has no control group of its own");
    }
    TRY_ASSIGN(const sys::UniqueFd root, cgroup::openHierarchy());
    return cgroup::Group::open(root.get(), entry->path);
}

std::uint64_t hostMemory() {
    struct sysinfo memory {};
    return ::sysinfo(&memory) == 0 ? static_cast<std::uint64_t>(memory.totalram) * memory.mem_unit : 0;
}

int onlineCpus() {
    cpu_set_t set;
    CPU_ZERO(&set);
    return ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

std::uint64_t now() {
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch() /
                                      std::chrono::nanoseconds(1));
}

/// Docker's number: the page cache that nobody has used lately is not held against the container.
std::uint64_t workingMemory(const cgroup::Stats& stats) {
    const std::uint64_t usage = stats.memoryUsage.value_or(0);
    const auto inactive = stats.memory.find("inactive_file");
    return inactive == stats.memory.end() || inactive->second > usage ? usage : usage - inactive->second;
}

/// The smaller of the group's limit and the host's memory; "max" is no limit.
void takeGroup(const cgroup::Stats& from, types::ContainerStats& stats) {
    stats.fromGroup = true;
    stats.cpuUsageNs = from.cpuUsageNs;
    stats.cpuUserNs = from.cpuUserNs;
    stats.cpuSystemNs = from.cpuSystemNs;
    stats.throttledPeriods = from.throttledPeriods;
    stats.throttledNs = from.throttledNs;
    stats.memoryUsage = workingMemory(from);
    stats.memoryLimit = std::min(from.memoryLimit.value_or(stats.memoryLimit), stats.memoryLimit);
    stats.memoryPeak = from.memoryPeak.value_or(0);
    stats.processes = from.processes.value_or(0);
    stats.processLimit = from.processLimit.value_or(0);
    for (const auto& device : from.devices) {
        stats.blockRead += device.readBytes;
        stats.blockWritten += device.writeBytes;
    }
}

}  // namespace

bool isPaused(const ContainerPaths& paths) {
    const auto group = openGroup(paths);
    return group && group->isFrozen();
}

/// A frozen container takes no signal but the one that kills; whatever is to end in order has to run.
void thaw(const ContainerPaths& paths) {
    const auto group = openGroup(paths);
    if (group && group->isFrozen()) {
        (void)group->write("cgroup.freeze", "0");  // it may have ended meanwhile
    }
}

/// From the group, else added up over the processes. Traffic comes from the network namespace of the first
/// process, by its /proc.
Result<types::ContainerStats> readStats(const ContainerPaths& paths, pid_t firstProcess,
                                        const SnapshotSource& processes) {
    types::ContainerStats stats;
    stats.readAtNs = now();
    stats.cpus = onlineCpus();
    stats.memoryLimit = hostMemory();
    const auto group = openGroup(paths);
    const auto counted = group ? cgroup::readStats(*group) : Result<cgroup::Stats>(group.error());
    if (counted) {
        takeGroup(*counted, stats);
    } else {
        TRY_ASSIGN(const auto snapshot, processes(firstProcess));
        TRY(snapshot->addUp(firstProcess, stats));
        stats.readAtNs = snapshot->takenAtNs();
    }
    if (const auto network = sys::readFile("/proc/" + std::to_string(firstProcess) + "/net/dev", 1U << 20U)) {
        const NetworkTraffic traffic = parseNetworkTraffic(*network);
        stats.networkReceived = traffic.received;
        stats.networkSent = traffic.sent;
    }
    return stats;
}

/// Columns 1 and 9 behind the name are bytes received and sent (proc_pid_net(5), /proc/net/dev). Loopback
/// is not counted: it leaves nobody's machine.
NetworkTraffic parseNetworkTraffic(std::string_view text) {
    NetworkTraffic traffic;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) {
            continue;  // the two lines of headings
        }
        std::string name = line.substr(0, colon);
        name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
        if (name == "lo") {
            continue;
        }
        std::istringstream fields(line.substr(colon + 1));
        std::array<std::uint64_t, 9> numbers{};
        for (auto& number : numbers) {
            fields >> number;
        }
        traffic.received += numbers[0];
        traffic.sent += numbers[8];
    }
    return traffic;
}

}  // namespace coracle::container
