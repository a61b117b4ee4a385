// SPDX-License-Identifier: Apache-2.0
#include "core/container/process_snapshot.h"

#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <sstream>
#include <utility>

#include <unistd.h>

namespace coracle::container {
namespace {

/// Processes outside of all containers have one; whoever reads this may be in a container itself.
constexpr std::size_t kLeastDepth = 2;

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

std::uint64_t now() {
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch() /
                                      std::chrono::nanoseconds(1));
}

}  // namespace

Result<ProcessSnapshot> ProcessSnapshot::take() {
    ProcessSnapshot snapshot;
    snapshot.m_takenAtNs = now();
    TRY_ASSIGN(const auto names, sys::listDirectory("/proc"));
    for (const std::string& name : names) {
        if (name.find_first_not_of("0123456789") != std::string::npos) {
            continue;
        }
        auto status = sys::readFile("/proc/" + name + "/status", 65536);
        if (!status || namespaceDepth(*status) < kLeastDepth) {
            continue;  // it has ended meanwhile, or is in no container
        }
        const std::size_t index = snapshot.m_processes.size();
        snapshot.m_byPid.emplace(name, index);
        snapshot.m_byParent.emplace(fieldOf(*status, "PPid:"), index);
        std::string space = pidNamespace(name);
        if (!space.empty()) {
            snapshot.m_bySpace.emplace(space, index);
        }
        snapshot.m_processes.push_back({name, *std::move(status), std::move(space)});
    }
    return snapshot;
}

/// A child of a process inside is inside; what was orphaned there is a child of the first process. Those that
/// `exec` brought in have their parent outside, and are told by their namespace.
Result<> ProcessSnapshot::addUp(pid_t firstProcess, types::ContainerStats& stats) const {
    const auto first = m_byPid.find(std::to_string(firstProcess));
    if (first == m_byPid.end()) {
        return Error(ErrorKind::NotFound, "the container has ended");
    }
    std::vector<std::size_t> inside{first->second};
    std::set<std::size_t> seen{first->second};
    const auto take = [&](std::size_t index) {
        if (seen.insert(index).second) {
            inside.push_back(index);
        }
    };
    const std::string& space = m_processes[first->second].space;
    if (!space.empty()) {
        const auto [begin, end] = m_bySpace.equal_range(space);
        std::for_each(begin, end, [&](const auto& entry) { take(entry.second); });
    }
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const std::uint64_t parent = std::stoull(m_processes[inside[i]].pid);
        const auto [begin, end] = m_byParent.equal_range(parent);
        std::for_each(begin, end, [&](const auto& entry) { take(entry.second); });
    }
    for (const std::size_t index : inside) {
        addProcess(m_processes[index].pid, m_processes[index].status, stats);
    }
    stats.cpuUsageNs = stats.cpuUserNs + stats.cpuSystemNs;
    return {};
}

}  // namespace coracle::container
