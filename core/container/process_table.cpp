// SPDX-License-Identifier: Apache-2.0
#include "core/container/process_table.h"

#include "rootless/sys/file.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/self.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <sstream>

#include <sys/sysinfo.h>
#include <unistd.h>

namespace coracle::container {
namespace {

constexpr std::size_t kMaxCommandLine = 128U << 10U;
constexpr unsigned kFirstPtsMajor = 136;  // Documentation/admin-guide/devices.txt, "Unix98 PTY slaves"
constexpr unsigned kLastPtsMajor = 143;

template <typename Number>
Number numberOf(std::string_view text, Number otherwise = 0) {
    Number value = otherwise;
    (void)std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The rest of the line that begins with `key` and a colon, without blanks around it.
std::string_view lineOf(std::string_view status, std::string_view key) {
    for (std::size_t start = 0; start < status.size();) {
        const std::size_t end = std::min(status.find('\n', start), status.size());
        std::string_view line = status.substr(start, end - start);
        start = end + 1;
        if (line.starts_with(key) && line.substr(key.size()).starts_with(':')) {
            line.remove_prefix(key.size() + 1);
            line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
            return line;
        }
    }
    return {};
}

std::vector<std::string_view> wordsOf(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t start = 0; start < line.size();) {
        const std::size_t end = std::min(line.find_first_of(" \t", start), line.size());
        if (end > start) {
            words.push_back(line.substr(start, end - start));
        }
        start = end + 1;
    }
    return words;
}

/// Major and minor number are packed: proc(5), "tty_nr".
std::string terminalOf(int packed) {
    const auto bits = static_cast<unsigned>(packed);
    const unsigned major = (bits >> 8U) & 0xfffU;
    const unsigned minor = (bits & 0xffU) | ((bits >> 12U) & 0xfff00U);
    if (major >= kFirstPtsMajor && major <= kLastPtsMajor) {
        return "pts/" + std::to_string((major - kFirstPtsMajor) * 256 + minor);
    }
    return packed == 0 ? "?" : std::to_string(major) + ":" + std::to_string(minor);
}

/// Names by number of a passwd or group file, the first of each.
std::map<std::int64_t, std::string> namesIn(const std::string& file) {
    std::map<std::int64_t, std::string> names;
    std::istringstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t name = line.find(':');
        const std::size_t password = name == std::string::npos ? name : line.find(':', name + 1);
        if (password != std::string::npos) {
            names.try_emplace(numberOf<std::int64_t>(std::string_view(line).substr(password + 1), -1),
                              line.substr(0, name));
        }
    }
    return names;
}

std::string nameOf(const std::map<std::int64_t, std::string>& names, std::int64_t inside,
                   std::int64_t outside) {
    const auto found = names.find(inside);
    return inside >= 0 && found != names.end() ? found->second
                                               : std::to_string(inside >= 0 ? inside : outside);
}

ProcessClock readClock() {
    ProcessClock clock;
    clock.now = std::chrono::system_clock::now();
    clock.sinceBoot = std::chrono::duration_cast<std::chrono::milliseconds>(sys::timeSinceBoot());
    clock.ticksPerSecond = std::max(1L, ::sysconf(_SC_CLK_TCK));
    clock.pageBytes = static_cast<std::uint64_t>(std::max(1L, ::sysconf(_SC_PAGESIZE)));
    struct sysinfo memory {};
    if (::sysinfo(&memory) == 0) {
        clock.memoryBytes = std::uint64_t{memory.totalram} * memory.mem_unit;
    }
    return clock;
}

Result<types::ProcessInfo> readProcess(pid_t pid, const ProcessClock& clock) {
    const std::string folder = "/proc/" + std::to_string(pid);
    TRY_ASSIGN(const std::string stat, sys::readFile(folder + "/stat"));
    TRY_ASSIGN(const std::string status, sys::readFile(folder + "/status"));
    const auto commandLine = sys::readFile(folder + "/cmdline", kMaxCommandLine);
    return parseProcess(stat, status, commandLine ? *commandLine : std::string(), clock);
}

}  // namespace

IdTranslation::IdTranslation(std::string_view map) {
    for (std::size_t start = 0; start < map.size();) {
        const std::size_t end = std::min(map.find('\n', start), map.size());
        const auto words = wordsOf(map.substr(start, end - start));
        if (words.size() == 3) {
            m_ranges.push_back({numberOf<std::int64_t>(words[0]), numberOf<std::int64_t>(words[1]),
                                numberOf<std::int64_t>(words[2])});
        }
        start = end + 1;
    }
}

std::int64_t IdTranslation::inside(std::int64_t outside) const {
    for (const Range& range : m_ranges) {
        if (outside >= range.outside && outside - range.outside < range.count) {
            return range.inside + (outside - range.outside);
        }
    }
    return -1;
}

/// The short name stands in parentheses and may hold anything, so fields are counted from the last one.
/// Source: proc(5), "/proc/pid/stat".
Result<types::ProcessInfo> parseProcess(std::string_view stat, std::string_view status,
                                        std::string_view commandLine, const ProcessClock& clock) {
    const std::size_t open = stat.find('(');
    const std::size_t close = stat.rfind(')');
    const auto fields =
        close == std::string_view::npos ? std::vector<std::string_view>() : wordsOf(stat.substr(close + 1));
    constexpr std::size_t kFields = 22;
    if (open == std::string_view::npos || fields.size() < kFields) {
        return Error(ErrorKind::Corrupt, "this kernel describes its processes in an unknown way");
    }
    types::ProcessInfo info;
    info.pid = numberOf<int>(stat);
    info.command = std::string(stat.substr(open + 1, close - open - 1));
    info.state = fields[0].front();
    info.parent = numberOf<int>(fields[1]);
    info.group = numberOf<int>(fields[2]);
    info.session = numberOf<int>(fields[3]);
    info.terminal = terminalOf(numberOf<int>(fields[4]));
    info.foreground = numberOf<int>(fields[5]) == info.group;
    const auto ticks = numberOf<std::int64_t>(fields[11]) + numberOf<std::int64_t>(fields[12]);
    info.processorTime = std::chrono::milliseconds(ticks * 1000 / clock.ticksPerSecond);
    info.nice = numberOf<int>(fields[16]);
    info.threads = numberOf<unsigned>(fields[17], 1);
    const std::chrono::milliseconds began(numberOf<std::int64_t>(fields[19]) * 1000 / clock.ticksPerSecond);
    const auto lived = std::max(clock.sinceBoot - began, std::chrono::milliseconds(0));
    info.elapsed = std::chrono::duration_cast<std::chrono::seconds>(lived);
    info.startedAt = clock.now - lived;
    info.virtualBytes = numberOf<std::uint64_t>(fields[20]);
    info.residentBytes = numberOf<std::uint64_t>(fields[21]) * clock.pageBytes;
    if (clock.memoryBytes > 0) {
        info.memoryPercent =
            static_cast<double>(info.residentBytes) * 100.0 / static_cast<double>(clock.memoryBytes);
    }
    const auto uids = wordsOf(lineOf(status, "Uid"));  // real, effective, saved, of the file system
    const auto gids = wordsOf(lineOf(status, "Gid"));
    info.uid = uids.size() > 1 ? numberOf<std::int64_t>(uids[1]) : -1;
    info.gid = gids.size() > 1 ? numberOf<std::int64_t>(gids[1]) : -1;
    if (const auto inside = wordsOf(lineOf(status, "NSpid")); inside.size() > 1) {
        info.insidePid = numberOf<int>(inside[1], -1);
    } else {
        info.insidePid = info.pid;
    }
    info.arguments = std::string(commandLine);
    while (!info.arguments.empty() && info.arguments.back() == '\0') {
        info.arguments.pop_back();
    }
    std::replace(info.arguments.begin(), info.arguments.end(), '\0', ' ');
    return info;
}

Result<std::vector<types::ProcessInfo>> readProcesses(pid_t first, const std::vector<pid_t>& pids,
                                                      const UserDatabase& users) {
    const std::string folder = "/proc/" + std::to_string(first);
    TRY_ASSIGN(const std::string uidMap, sys::readFile(folder + "/uid_map"));
    TRY_ASSIGN(const std::string gidMap, sys::readFile(folder + "/gid_map"));
    const IdTranslation uids(uidMap);
    const IdTranslation gids(gidMap);
    const auto userNames = namesIn(users.passwd);
    const auto groupNames = namesIn(users.group);
    const ProcessClock clock = readClock();
    std::vector<types::ProcessInfo> processes;
    std::map<int, int> inside;
    for (const pid_t pid : pids) {
        auto info = readProcess(pid, clock);
        if (!info) {
            continue;  // it has ended
        }
        info->insideUid = uids.inside(info->uid);
        info->insideGid = gids.inside(info->gid);
        info->user = nameOf(userNames, info->insideUid, info->uid);
        info->userGroup = nameOf(groupNames, info->insideGid, info->gid);
        inside[info->pid] = info->insidePid;
        processes.push_back(*std::move(info));
    }
    if (processes.empty()) {
        return Error(ErrorKind::NotFound, "the container has just ended");
    }
    for (auto& info : processes) {
        const auto parent = inside.find(info.parent);
        info.insideParent = parent == inside.end() ? 0 : parent->second;
    }
    return processes;
}

}  // namespace coracle::container
