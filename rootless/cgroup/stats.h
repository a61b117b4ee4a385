// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/group.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::cgroup {

/// Traffic of a container with one block device.
struct DeviceTraffic {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    /// Since the group was made, as all counts here.
    std::uint64_t readBytes = 0;
    std::uint64_t writeBytes = 0;
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
};

/// Use of one size of huge pages, in bytes.
struct Hugepages {
    std::uint64_t usage = 0;
    std::optional<std::uint64_t> limit;
};

/// What the kernel counts for a group, in bytes, nanoseconds and events since the group was made. Numbers
/// that need a controller are absent, or 0, without it. Source: cgroup-v2.rst, "CPU Interface Files",
/// "Memory Interface Files", "IO Interface Files", "PID Interface Files", "HugeTLB Interface Files".
struct Stats {
    /// Of all processes that were ever in the group, over all processors; user and system time are its
    /// parts.
    std::uint64_t cpuUsageNs = 0;
    std::uint64_t cpuUserNs = 0;
    std::uint64_t cpuSystemNs = 0;
    /// Periods of the quota with something to run; in `throttledPeriods` of them it was used up
    /// (cgroup-v2, cpu.stat).
    std::uint64_t periods = 0;
    std::uint64_t throttledPeriods = 0;
    std::uint64_t throttledNs = 0;

    std::optional<std::uint64_t> memoryUsage;  ///< with the page cache
    std::optional<std::uint64_t> memoryLimit;  ///< none: no limit
    /// The most that was ever in use. COMPAT(kernel < 5.19): none.
    std::optional<std::uint64_t> memoryPeak;
    /// Swap alone, as version 2 counts it. none: the kernel does not count it.
    std::optional<std::uint64_t> swapUsage;
    std::optional<std::uint64_t> swapLimit;
    std::map<std::string, std::uint64_t> memory;  ///< memory.stat
    std::uint64_t limitHits = 0;                  ///< times the limit was met
    /// Processes that were killed for want of memory (memory.events, oom_kill).
    std::uint64_t oomKills = 0;

    /// Threads count one by one (cgroup-v2, PID controller).
    std::optional<std::uint64_t> processes;
    std::optional<std::uint64_t> processLimit;

    std::vector<DeviceTraffic> devices;
    std::map<std::string, Hugepages> hugepages;  ///< by size, "2MB"
};

/// Read them all: some ten files, one after the other, so numbers of different files are of slightly
/// different moments. cpu.stat is there without any controller, and tells whether the group is. Errors:
/// NotFound when the group is gone.
Result<Stats> readStats(const Group& group);

/// Lines "key number" of a flat keyed file; others are passed over. Pure.
std::map<std::string, std::uint64_t> parseFlat(std::string_view text);

/// Lines of io.stat: "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0". Pure.
std::vector<DeviceTraffic> parseIo(std::string_view text);

}  // namespace coracle::cgroup
