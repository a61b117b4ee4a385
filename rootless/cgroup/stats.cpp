// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/stats.h"

#include "rootless/sys/file.h"

#include <algorithm>
#include <charconv>

namespace coracle::cgroup {
namespace {

constexpr std::uint64_t kNanosecondsPerMicrosecond = 1000;

bool parseNumber(std::string_view text, std::uint64_t& value) {
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

std::string_view takeUntil(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

std::uint64_t valueOf(const std::map<std::string, std::uint64_t>& values, const char* key) {
    const auto found = values.find(key);
    return found == values.end() ? 0 : found->second;
}

/// COMPAT(kernel < 5.19): there is no memory.peak; its value stays absent.
void readMemory(const Group& group, Stats& stats) {
    stats.memoryUsage = group.number("memory.current");
    if (!stats.memoryUsage) {
        return;
    }
    stats.memoryLimit = group.number("memory.max");
    stats.memoryPeak = group.number("memory.peak");
    stats.swapUsage = group.number("memory.swap.current");
    stats.swapLimit = group.number("memory.swap.max");
    if (const auto text = group.read("memory.stat")) {
        stats.memory = parseFlat(*text);
    }
    if (const auto text = group.read("memory.events")) {
        stats.limitHits = findKey(*text, "max").value_or(0);
        stats.oomKills = findKey(*text, "oom_kill").value_or(0);
    }
}

/// Sizes depend on the processor, so they are found by the names of the files. ".rsvd" counts
/// reservations, which nobody asks for here.
void readHugepages(const Group& group, Stats& stats) {
    constexpr std::string_view kPrefix = "hugetlb.";
    constexpr std::string_view kSuffix = ".current";
    const auto names = sys::listDirectory("/proc/self/fd/" + std::to_string(group.fd()) + "/.");
    if (!names) {
        return;
    }
    for (const std::string& name : *names) {
        if (name.size() <= kPrefix.size() + kSuffix.size() || !name.starts_with(kPrefix) ||
            !name.ends_with(kSuffix) || name.find(".rsvd") != std::string::npos) {
            continue;
        }
        const std::string size = name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
        stats.hugepages[size] = {group.number(name).value_or(0), group.number("hugetlb." + size + ".max")};
    }
}

}  // namespace

/// cpu.stat is in every group, whatever is switched on; the rest may be missing and then stays absent. The
/// files are read one after the other, so the numbers are not of one instant.
Result<Stats> readStats(const Group& group) {
    Stats stats;
    TRY_ASSIGN(const std::string cpuText, group.read("cpu.stat"));
    const auto cpu = parseFlat(cpuText);
    stats.cpuUsageNs = valueOf(cpu, "usage_usec") * kNanosecondsPerMicrosecond;
    stats.cpuUserNs = valueOf(cpu, "user_usec") * kNanosecondsPerMicrosecond;
    stats.cpuSystemNs = valueOf(cpu, "system_usec") * kNanosecondsPerMicrosecond;
    stats.periods = valueOf(cpu, "nr_periods");
    stats.throttledPeriods = valueOf(cpu, "nr_throttled");
    stats.throttledNs = valueOf(cpu, "throttled_usec") * kNanosecondsPerMicrosecond;
    readMemory(group, stats);
    stats.processes = group.number("pids.current");
    stats.processLimit = group.number("pids.max");
    if (const auto io = group.read("io.stat")) {
        stats.devices = parseIo(*io);
    }
    readHugepages(group, stats);
    return stats;
}

/// Lines that are no "KEY NUMBER" are passed over: the kernel adds some in each version.
std::map<std::string, std::uint64_t> parseFlat(std::string_view text) {
    std::map<std::string, std::uint64_t> values;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        const std::string_view key = takeUntil(line, ' ');
        std::uint64_t value = 0;
        if (!key.empty() && parseNumber(line, value)) {
            values.emplace(key, value);
        }
    }
    return values;
}

/// A nested keyed file: "MAJ:MIN key=value ..." (cgroup-v2, "IO Interface Files", io.stat).
std::vector<DeviceTraffic> parseIo(std::string_view text) {
    std::vector<DeviceTraffic> devices;
    while (!text.empty()) {
        std::string_view line = takeUntil(text, '\n');
        std::string_view number = takeUntil(line, ' ');
        std::uint64_t major = 0;
        std::uint64_t minor = 0;
        const std::string_view first = takeUntil(number, ':');
        if (!parseNumber(first, major) || !parseNumber(number, minor)) {
            continue;
        }
        DeviceTraffic device;
        device.major = static_cast<std::uint32_t>(major);
        device.minor = static_cast<std::uint32_t>(minor);
        while (!line.empty()) {
            std::string_view pair = takeUntil(line, ' ');
            const std::string_view key = takeUntil(pair, '=');
            std::uint64_t value = 0;
            if (!parseNumber(pair, value)) {
                continue;
            }
            if (key == "rbytes") {
                device.readBytes = value;
            } else if (key == "wbytes") {
                device.writeBytes = value;
            } else if (key == "rios") {
                device.reads = value;
            } else if (key == "wios") {
                device.writes = value;
            }
        }
        devices.push_back(device);
    }
    return devices;
}

}  // namespace coracle::cgroup
