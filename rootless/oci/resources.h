// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// `linux.resources` of config.json as values; also what `update --resources` reads. Zero means "not said" in
/// every number but a burst, for that is how engines fill the members they were not asked about.
/// Source: OCI runtime-spec 1.1, config-linux.md, "Control groups".
namespace coracle::oci {

/// A limit of one block device.
struct DeviceRate {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint64_t rate = 0;  ///< bytes or operations per second; as weight: 10 to 1000

    friend bool operator==(const DeviceRate&, const DeviceRate&) = default;
};

/// Bytes of one size of huge pages.
struct HugepageLimit {
    std::string pageSize;  ///< "2MB"
    std::uint64_t limit = 0;

    friend bool operator==(const HugepageLimit&, const HugepageLimit&) = default;
};

/// Of one RDMA device; none: no limit.
struct RdmaLimit {
    /// none: no limit, as for `objects`.
    std::optional<std::uint32_t> handles;
    std::optional<std::uint32_t> objects;

    friend bool operator==(const RdmaLimit&, const RdmaLimit&) = default;
};

/// Every limit that a control group of version 2 can hold; none or empty: not said.
struct Resources {
    std::optional<std::int64_t> memoryLimit;  ///< bytes; -1: none
    /// Bytes that are taken away last (memory.low).
    std::optional<std::int64_t> memoryReservation;
    std::optional<std::int64_t> memorySwap;  ///< memory and swap together; -1: no limit
    std::optional<std::int64_t> cpuShares;   ///< 2 to 262144
    std::optional<std::int64_t> cpuQuota;    ///< microseconds per period; -1: none
    /// Microseconds.
    std::optional<std::int64_t> cpuPeriod;
    /// Microseconds that may be saved up from periods before (cpu.max.burst).
    std::optional<std::int64_t> cpuBurst;
    /// 1: the group runs only when nothing else wants to (cpu.idle).
    std::optional<std::int64_t> cpuIdle;
    std::string cpus;  ///< "0-2,7"
    /// Memory nodes, in the form of `cpus`.
    std::string mems;
    std::optional<std::int64_t> pidsLimit;    ///< -1: none
    std::optional<std::int64_t> blockWeight;  ///< 10 to 1000
    std::vector<DeviceRate> deviceWeights;
    std::vector<DeviceRate> readBytes;
    std::vector<DeviceRate> writeBytes;
    std::vector<DeviceRate> readOperations;
    std::vector<DeviceRate> writeOperations;
    std::vector<HugepageLimit> hugepages;
    std::map<std::string, RdmaLimit> rdma;
    std::map<std::string, std::string> unified;  ///< file -> text, as the kernel takes it

    friend bool operator==(const Resources&, const Resources&) = default;
};

/// The `resources` object. Device rules are passed over: a namespace without privilege over the host opens no
/// device of its own, so they restrict nothing. So are members that the second version of cgroups does not
/// have and whose absence weakens nothing (swappiness, kernel memory).
/// Errors: Corrupt for a wrong type; Unsupported for what cannot be held (real-time cpu, network classes).
Result<Resources> parseResources(const nlohmann::json& object);

}  // namespace coracle::oci
