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

struct DeviceTraffic {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint64_t readBytes = 0;
    std::uint64_t writeBytes = 0;
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
};

struct Hugepages {
    std::uint64_t usage = 0;
    std::optional<std::uint64_t> limit;
};

/// What the kernel counts for a group. Numbers that need a controller are absent without it.
struct Stats {
    std::uint64_t cpuUsageNs = 0;
    std::uint64_t cpuUserNs = 0;
    std::uint64_t cpuSystemNs = 0;
    std::uint64_t periods = 0;
    std::uint64_t throttledPeriods = 0;
    std::uint64_t throttledNs = 0;

    std::optional<std::uint64_t> memoryUsage;  ///< with the page cache
    std::optional<std::uint64_t> memoryLimit;  ///< none: no limit
    std::optional<std::uint64_t> memoryPeak;
    std::optional<std::uint64_t> swapUsage;
    std::optional<std::uint64_t> swapLimit;
    std::map<std::string, std::uint64_t> memory;  ///< memory.stat
    std::uint64_t limitHits = 0;                  ///< times the limit was met
    std::uint64_t oomKills = 0;

    std::optional<std::uint64_t> processes;
    std::optional<std::uint64_t> processLimit;

    std::vector<DeviceTraffic> devices;
    std::map<std::string, Hugepages> hugepages;  ///< by size, "2MB"
};

/// Read them all. Errors: NotFound when the group is gone.
Result<Stats> readStats(const Group& group);

/// Lines "key number" of a flat keyed file; others are passed over. Pure.
std::map<std::string, std::uint64_t> parseFlat(std::string_view text);

/// Lines of io.stat: "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0". Pure.
std::vector<DeviceTraffic> parseIo(std::string_view text);

}  // namespace coracle::cgroup
