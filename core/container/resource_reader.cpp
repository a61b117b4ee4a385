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

/// The link's text names the namespace: equal texts are the same one (namespaces(7)). Empty for a process
/// of somebody else or one that has ended.
std::string pidNamespace(const std::string& process) {
    std::array<char, 64> target{};
    const std::string path = "/proc/" + process + "/ns/pid_for_children";
    const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
    return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length)) : std::string();
}

/// The pid of a process in the innermost namespace, and how deep that is, from /proc/PID/status.
std::size_t namespaceDepth(const std::string& status) {
    const auto at = status.find("\nNSpid:");
    if (at == std::string::npos) {
        return 0;
    }
    std::istringstream fields(status.substr(at + 7, status.find('\n', at + 1) - at - 7));
    std::size_t depth = 0;
    for (std::string word; fields >> word;) {
        ++depth;
    }
    return depth;
}

/// A line "Key:\tNUMBER" of /proc/PID/status; 0 when it is missing.
std::uint64_t fieldOf(const std::string& status, const char* key) {
    const auto at = status.find(std::string("\n") + key);
    std::uint64_t value = 0;
    if (at != std::string::npos) {
        std::istringstream(status.substr(at + 1 + std::string(key).size(), 64)) >> value;
    }
    return value;
}

/// User and system time of a process and of its children that it has waited for, in clock ticks: fields 14 to
/// 17 of proc(5), /proc/PID/stat, counted after the name, which may hold anything.
void addTimes(const std::string& stat, std::uint64_t& user, std::uint64_t& system) {
    const auto end = stat.rfind(')');
    if (end == std::string::npos) {
        return;
    }
    std::istringstream fields(stat.substr(end + 1));
    std::string skipped;
    for (int i = 3; i < 14; ++i) {
        fields >> skipped;
    }
    std::uint64_t own = 0;
    std::uint64_t ownSystem = 0;
    std::uint64_t children = 0;
    std::uint64_t childrenSystem = 0;
    fields >> own >> ownSystem >> children >> childrenSystem;
    user += own + children;
    system += ownSystem + childrenSystem;
}

/// Memory: anonymous and shared pages. Pages of files are left out, because several processes show the
/// same ones.
void addProcess(const std::string& process, const std::string& status, types::ContainerStats& stats) {
    constexpr std::uint64_t kKilobyte = 1024;
    const auto ticks = static_cast<std::uint64_t>(std::max(1L, ::sysconf(_SC_CLK_TCK)));
    const std::string folder = "/proc/" + process;
    if (const auto stat = sys::readFile(folder + "/stat", 65536)) {
        std::uint64_t user = 0;
        std::uint64_t system = 0;
        addTimes(*stat, user, system);
        stats.cpuUserNs += user * (1'000'000'000 / ticks);
        stats.cpuSystemNs += system * (1'000'000'000 / ticks);
    }
    stats.processes += std::max<std::uint64_t>(1, fieldOf(status, "Threads:"));
    stats.memoryUsage += (fieldOf(status, "RssAnon:") + fieldOf(status, "RssShmem:")) * kKilobyte;
    if (const auto io = sys::readFile(folder + "/io", 65536)) {
        stats.blockRead += fieldOf("\n" + *io, "read_bytes:");
        stats.blockWritten += fieldOf("\n" + *io, "write_bytes:");
    }
}

/// Everything in the pid namespace of the first process. Its link can be read for the user's own processes
/// only, so a process of another id is known by its depth and by its ancestor.
Result<> addProcesses(pid_t firstProcess, types::ContainerStats& stats) {
    const std::string first = std::to_string(firstProcess);
    TRY_ASSIGN(const auto names, sys::listDirectory("/proc"));
    TRY_ASSIGN(const std::string firstStatus, sys::readFile("/proc/" + first + "/status", 65536));
    const std::size_t depth = namespaceDepth(firstStatus);
    struct Candidate {
        std::string name;
        std::string status;
        std::uint64_t parent = 0;
    };
    std::vector<Candidate> candidates;
    for (const std::string& name : names) {
        if (name.find_first_not_of("0123456789") != std::string::npos) {
            continue;
        }
        auto status = sys::readFile("/proc/" + name + "/status", 65536);
        if (status && namespaceDepth(*status) >= depth) {
            const std::uint64_t parent = fieldOf(*status, "PPid:");
            candidates.push_back({name, *std::move(status), parent});
        }
    }
    // A child of a process inside is inside; what was orphaned there is a child of the first process.
    std::vector<std::string> inside{first};
    addProcess(first, firstStatus, stats);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const std::string wanted = inside[i];
        for (const Candidate& candidate : candidates) {
            if (std::to_string(candidate.parent) == wanted &&
                std::find(inside.begin(), inside.end(), candidate.name) == inside.end()) {
                inside.push_back(candidate.name);
                addProcess(candidate.name, candidate.status, stats);
            }
        }
    }
    // Those that `exec` brought in have their parent outside.
    const std::string space = pidNamespace(first);
    for (const Candidate& candidate : candidates) {
        if (!space.empty() && std::find(inside.begin(), inside.end(), candidate.name) == inside.end() &&
            pidNamespace(candidate.name) == space) {
            addProcess(candidate.name, candidate.status, stats);
        }
    }
    stats.cpuUsageNs = stats.cpuUserNs + stats.cpuSystemNs;
    return {};
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
Result<types::ContainerStats> readStats(const ContainerPaths& paths, pid_t firstProcess) {
    types::ContainerStats stats;
    stats.readAtNs = now();
    stats.cpus = onlineCpus();
    stats.memoryLimit = hostMemory();
    const auto group = openGroup(paths);
    const auto counted = group ? cgroup::readStats(*group) : Result<cgroup::Stats>(group.error());
    if (counted) {
        takeGroup(*counted, stats);
    } else {
        TRY(addProcesses(firstProcess, stats));
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
