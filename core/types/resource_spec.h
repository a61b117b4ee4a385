// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coracle::types {

/// A weight or rate of one block device.
struct DeviceLimit {
    std::string path;  ///< "/dev/sda"
    /// Bytes or operations per second; as a weight 10 to 1000.
    std::int64_t value = 0;

    friend bool operator==(const DeviceLimit&, const DeviceLimit&) = default;
};

/// What a container may take, as asked for. Nothing that is not set is limited. `update` uses the same value
/// for what is to change.
struct ResourceSpec {
    std::optional<std::int64_t> memoryBytes;
    /// Below this the kernel takes memory away from others first.
    std::optional<std::int64_t> memoryReservationBytes;
    std::optional<std::int64_t> memorySwapBytes;  ///< memory and swap together; -1: no limit of swap
    std::optional<std::int64_t> nanoCpus;         ///< billionths of a processor
    /// Relative to other containers when the processors are busy; 1024 is the usual share.
    std::optional<std::int64_t> cpuShares;
    /// Microseconds of processor time in each period; -1: no limit. Not with `nanoCpus`.
    std::optional<std::int64_t> cpuQuotaUs;
    std::optional<std::int64_t> cpuPeriodUs;
    /// "0-2,7"; empty: all that the group above has.
    std::string cpusetCpus;
    std::string cpusetMems;
    std::optional<std::int64_t> pidsLimit;    ///< -1: no limit
    std::optional<std::int64_t> blkioWeight;  ///< 10 to 1000
    std::vector<DeviceLimit> blkioWeightDevices;
    std::vector<DeviceLimit> deviceReadBps;
    std::vector<DeviceLimit> deviceWriteBps;
    std::vector<DeviceLimit> deviceReadIops;
    std::vector<DeviceLimit> deviceWriteIops;

    friend bool operator==(const ResourceSpec&, const ResourceSpec&) = default;
};

/// RLIMIT_NOFILE and its like.
struct UlimitSpec {
    std::string name;       ///< "nofile"
    std::int64_t soft = 0;  ///< -1: no limit
    std::int64_t hard = 0;

    friend bool operator==(const UlimitSpec&, const UlimitSpec&) = default;
};

/// What the kernel counted for a container up to now.
struct ContainerStats {
    std::string id;
    std::string name;
    std::uint64_t readAtNs = 0;  ///< of a clock that only grows; for differences
    /// Since the container's start, over all processors; user and system time are its parts.
    std::uint64_t cpuUsageNs = 0;
    std::uint64_t cpuUserNs = 0;
    std::uint64_t cpuSystemNs = 0;
    /// Periods in which the quota was used up, and how long it waited in them.
    std::uint64_t throttledPeriods = 0;
    std::uint64_t throttledNs = 0;
    int cpus = 1;
    std::uint64_t memoryUsage = 0;  ///< bytes, without the page cache that can be given back at once
    std::uint64_t memoryLimit = 0;  ///< of the container, or of the computer
    std::uint64_t memoryPeak = 0;
    /// Bytes through all interfaces but loopback, since the network namespace was made.
    std::uint64_t networkReceived = 0;
    std::uint64_t networkSent = 0;
    std::uint64_t blockRead = 0;
    std::uint64_t blockWritten = 0;
    std::uint64_t processes = 0;
    std::uint64_t processLimit = 0;  ///< 0: no limit
    bool fromGroup = false;  ///< by a control group; else added up over its processes, which misses dead ones
};

}  // namespace coracle::types
