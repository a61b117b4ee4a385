// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/resources.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;
using Number = std::optional<std::int64_t>;

/// Of a list of devices or page sizes: more than a machine has of either, and each is a write to the
/// kernel.
constexpr std::size_t kMaxEntries = 1024;

/// Zero is what an engine writes when nobody asked; -1 stands for no limit, and nothing else below zero
/// means anything.
Result<Number> findLimit(const Document& object, const char* key) {
    TRY_ASSIGN(const Number number, json::findInteger(object, key));
    if (number && *number < -1) {
        return Error(ErrorKind::InvalidArgument, std::string("resource limit '") + key + "' is negative");
    }
    return number == 0 ? Number() : number;
}

Result<std::uint32_t> loadSmall(const Document& object, const char* key) {
    TRY_ASSIGN(const auto number, json::loadInteger(object, key));
    if (number < 0 || number > std::numeric_limits<std::uint32_t>::max()) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is out of range");
    }
    return static_cast<std::uint32_t>(number);
}

Error notHeld(const char* what) {
    return Error(ErrorKind::Unsupported, std::string("resource limit '") + what + "' cannot be held")
        .withHint("version 2 of control groups has no such limit; leave it out");
}

/// "kernel", "kernelTCP", "swappiness" and "disableOOMKiller" are files of version 1 without a counterpart
/// and are left out.
Result<> parseMemory(const Document& memory, Resources& resources) {
    TRY_ASSIGN(resources.memoryLimit, findLimit(memory, "limit"));
    TRY_ASSIGN(resources.memoryReservation, findLimit(memory, "reservation"));
    TRY_ASSIGN(resources.memorySwap, findLimit(memory, "swap"));
    return {};
}

/// Realtime shares exist in version 1 only. Asking for some is an error: the container would believe that
/// it has its time.
Result<> parseCpu(const Document& cpu, Resources& resources) {
    TRY_ASSIGN(resources.cpuShares, findLimit(cpu, "shares"));
    TRY_ASSIGN(resources.cpuQuota, findLimit(cpu, "quota"));
    TRY_ASSIGN(resources.cpuPeriod, findLimit(cpu, "period"));
    TRY_ASSIGN(resources.cpuBurst, json::findInteger(cpu, "burst"));
    TRY_ASSIGN(resources.cpuIdle, json::findInteger(cpu, "idle"));
    TRY_ASSIGN(const Number runtime, findLimit(cpu, "realtimeRuntime"));
    if (runtime) {
        return notHeld("cpu.realtimeRuntime");
    }
    TRY_ASSIGN(const auto cpus, json::findString(cpu, "cpus"));
    TRY_ASSIGN(const auto mems, json::findString(cpu, "mems"));
    resources.cpus = cpus.value_or("");
    resources.mems = mems.value_or("");
    return {};
}

/// `member` is "rate" or "weight"; an entry without it sets nothing.
Result<std::vector<DeviceRate>> parseRates(const Document& block, const char* key, const char* member) {
    std::vector<DeviceRate> rates;
    TRY_ASSIGN(const Document* list, json::loadArrayIfAny(block, key));
    if (list == nullptr) {
        return rates;
    }
    if (list->size() > kMaxEntries) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' has too many entries");
    }
    for (const Document& item : *list) {
        DeviceRate rate;
        TRY_ASSIGN(rate.major, loadSmall(item, "major"));
        TRY_ASSIGN(rate.minor, loadSmall(item, "minor"));
        TRY_ASSIGN(const Number value, findLimit(item, member));
        if (value) {
            rate.rate = static_cast<std::uint64_t>(*value);
            rates.push_back(rate);
        }
    }
    return rates;
}

Result<> parseBlock(const Document& block, Resources& resources) {
    TRY_ASSIGN(resources.blockWeight, findLimit(block, "weight"));
    TRY_ASSIGN(resources.deviceWeights, parseRates(block, "weightDevice", "weight"));
    TRY_ASSIGN(resources.readBytes, parseRates(block, "throttleReadBpsDevice", "rate"));
    TRY_ASSIGN(resources.writeBytes, parseRates(block, "throttleWriteBpsDevice", "rate"));
    TRY_ASSIGN(resources.readOperations, parseRates(block, "throttleReadIOPSDevice", "rate"));
    TRY_ASSIGN(resources.writeOperations, parseRates(block, "throttleWriteIOPSDevice", "rate"));
    return {};
}

/// Classes and priorities of packets are version 1's; version 2 leaves them to eBPF.
Result<> parseNetwork(const Document& network) {
    TRY_ASSIGN(const Number classId, findLimit(network, "classID"));
    TRY_ASSIGN(const Document* priorities, json::loadArrayIfAny(network, "priorities"));
    if (classId || (priorities != nullptr && !priorities->empty())) {
        return notHeld("network");
    }
    return {};
}

/// `unified` is read as it is: what may be written is decided in rootless/cgroup/write_plan.cpp.
Result<> parseLists(const Document& object, Resources& resources) {
    TRY_ASSIGN(const Document* pages, json::loadArrayIfAny(object, "hugepageLimits"));
    if (pages != nullptr) {
        if (pages->size() > kMaxEntries) {
            return Error(ErrorKind::Corrupt, "member 'hugepageLimits' has too many entries");
        }
        for (const Document& item : *pages) {
            HugepageLimit limit;
            TRY_ASSIGN(limit.pageSize, json::loadString(item, "pageSize"));
            TRY_ASSIGN(const auto bytes, json::loadInteger(item, "limit"));
            if (bytes < 0) {
                return Error(ErrorKind::Corrupt, "member 'limit' of a huge page is negative");
            }
            limit.limit = static_cast<std::uint64_t>(bytes);
            resources.hugepages.push_back(std::move(limit));
        }
    }
    TRY_ASSIGN(const Document* devices, json::loadObjectIfAny(object, "rdma"));
    if (devices != nullptr) {
        for (const auto& [name, value] : devices->items()) {
            RdmaLimit limit;
            if (value.contains("hcaHandles")) {
                TRY_ASSIGN(limit.handles, loadSmall(value, "hcaHandles"));
            }
            if (value.contains("hcaObjects")) {
                TRY_ASSIGN(limit.objects, loadSmall(value, "hcaObjects"));
            }
            resources.rdma.emplace(name, limit);
        }
    }
    TRY_ASSIGN(resources.unified, json::findStringMap(object, "unified"));
    return {};
}

}  // namespace

/// Source: runtime-spec config-linux.md, "Control groups". Pure; ranges are checked when the plan is made. A
/// member of another type is an error: a limit that was wrongly written must not count as left out.
Result<Resources> parseResources(const Document& object) {
    Resources resources;
    TRY_ASSIGN(const Document* memory, json::loadObjectIfAny(object, "memory"));
    if (memory != nullptr) {
        TRY(parseMemory(*memory, resources));
    }
    TRY_ASSIGN(const Document* cpu, json::loadObjectIfAny(object, "cpu"));
    if (cpu != nullptr) {
        TRY(parseCpu(*cpu, resources));
    }
    TRY_ASSIGN(const Document* pids, json::loadObjectIfAny(object, "pids"));
    if (pids != nullptr) {
        TRY_ASSIGN(resources.pidsLimit, findLimit(*pids, "limit"));
    }
    TRY_ASSIGN(const Document* block, json::loadObjectIfAny(object, "blockIO"));
    if (block != nullptr) {
        TRY(parseBlock(*block, resources));
    }
    TRY_ASSIGN(const Document* network, json::loadObjectIfAny(object, "network"));
    if (network != nullptr) {
        TRY(parseNetwork(*network));
    }
    TRY(parseLists(object, resources));
    return resources;
}

}  // namespace coracle::oci
