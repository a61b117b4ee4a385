// SPDX-License-Identifier: Apache-2.0
#include "core/container/resource_document.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace coracle::container {
namespace {

using nlohmann::json;
using types::DeviceLimit;
using types::ResourceSpec;
using types::RunSpec;
using Number = std::optional<std::int64_t>;

constexpr std::int64_t kPeriodUs = 100'000;  // the kernel's own default
constexpr std::int64_t kNanoPerMicro = 1000;
/// Soft: what programs that use select(2) can bear. Hard: systemd's default for services, which lets those
/// that need more raise it.
constexpr std::uint64_t kOpenFilesSoft = 1024;
constexpr std::uint64_t kOpenFilesHard = 524288;

constexpr std::array kNumbers = std::to_array<std::pair<const char*, Number ResourceSpec::*>>({
    {"memoryBytes", &ResourceSpec::memoryBytes},
    {"memoryReservationBytes", &ResourceSpec::memoryReservationBytes},
    {"memorySwapBytes", &ResourceSpec::memorySwapBytes},
    {"nanoCpus", &ResourceSpec::nanoCpus},
    {"cpuShares", &ResourceSpec::cpuShares},
    {"cpuQuotaUs", &ResourceSpec::cpuQuotaUs},
    {"cpuPeriodUs", &ResourceSpec::cpuPeriodUs},
    {"pidsLimit", &ResourceSpec::pidsLimit},
    {"blkioWeight", &ResourceSpec::blkioWeight},
});

constexpr std::array kTexts = std::to_array<std::pair<const char*, std::string ResourceSpec::*>>({
    {"cpusetCpus", &ResourceSpec::cpusetCpus},
    {"cpusetMems", &ResourceSpec::cpusetMems},
});

constexpr std::array kDeviceLists =
    std::to_array<std::pair<const char*, std::vector<DeviceLimit> ResourceSpec::*>>({
        {"blkioWeightDevices", &ResourceSpec::blkioWeightDevices},
        {"deviceReadBps", &ResourceSpec::deviceReadBps},
        {"deviceWriteBps", &ResourceSpec::deviceWriteBps},
        {"deviceReadIops", &ResourceSpec::deviceReadIops},
        {"deviceWriteIops", &ResourceSpec::deviceWriteIops},
    });

void put(json& object, const char* key, const Number& value) {
    if (value) {
        object[key] = *value;
    }
}

/// --cpus is a quota in a period of docker's length. The kernel takes quotas from 1 ms up.
json cpuOf(const ResourceSpec& resources) {
    json cpu = json::object();
    put(cpu, "shares", resources.cpuShares);
    put(cpu, "quota", resources.cpuQuotaUs);
    put(cpu, "period", resources.cpuPeriodUs);
    if (resources.nanoCpus) {
        constexpr std::int64_t kLeastQuotaUs = 1000;
        constexpr std::int64_t kNanoPerSecond = 1'000'000'000;
        // Rounded up, so that a hair of a processor stays one; in two steps, so that nothing overflows.
        const std::int64_t quota =
            (*resources.nanoCpus / kNanoPerMicro * kPeriodUs + kNanoPerSecond / kNanoPerMicro - 1) /
            (kNanoPerSecond / kNanoPerMicro);
        cpu["quota"] = std::max(quota, kLeastQuotaUs);
        cpu["period"] = kPeriodUs;
    }
    if (!resources.cpusetCpus.empty()) {
        cpu["cpus"] = resources.cpusetCpus;
    }
    if (!resources.cpusetMems.empty()) {
        cpu["mems"] = resources.cpusetMems;
    }
    return cpu;
}

/// Limits of devices whose numbers are not known are left out; the caller has warned about them.
json devicesOf(const std::vector<DeviceLimit>& limits, const DeviceNumbers& numbers, const char* member) {
    json list = json::array();
    for (const DeviceLimit& limit : limits) {
        const auto found = numbers.find(limit.path);
        if (found != numbers.end()) {
            list.push_back(
                {{"major", found->second.first}, {"minor", found->second.second}, {member, limit.value}});
        }
    }
    return list;
}

json blockOf(const ResourceSpec& resources, const DeviceNumbers& numbers) {
    json block = json::object();
    put(block, "weight", resources.blkioWeight);
    const auto add = [&](const char* key, const std::vector<DeviceLimit>& limits, const char* member) {
        json list = devicesOf(limits, numbers, member);
        if (!list.empty()) {
            block[key] = std::move(list);
        }
    };
    add("weightDevice", resources.blkioWeightDevices, "weight");
    add("throttleReadBpsDevice", resources.deviceReadBps, "rate");
    add("throttleWriteBpsDevice", resources.deviceWriteBps, "rate");
    add("throttleReadIOPSDevice", resources.deviceReadIops, "rate");
    add("throttleWriteIOPSDevice", resources.deviceWriteIops, "rate");
    return block;
}

std::string rlimitName(const std::string& name) {
    std::string upper = "RLIMIT_";
    for (const char letter : name) {
        upper += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return upper;
}

std::uint64_t rlimitValue(std::int64_t value) {
    return value < 0 ? std::numeric_limits<std::uint64_t>::max() : static_cast<std::uint64_t>(value);
}

}  // namespace

/// The form of linux.resources in config.json (runtime-spec config-linux.md, "Control groups"); sections
/// without a member are left out.
json resourcesDocument(const ResourceSpec& resources, const DeviceNumbers& devices) {
    json memory = json::object();
    put(memory, "limit", resources.memoryBytes);
    put(memory, "reservation", resources.memoryReservationBytes);
    put(memory, "swap", resources.memorySwapBytes);
    json document = json::object();
    const auto add = [&](const char* key, json section) {
        if (!section.empty()) {
            document[key] = std::move(section);
        }
    };
    add("memory", std::move(memory));
    add("cpu", cpuOf(resources));
    add("blockIO", blockOf(resources, devices));
    if (resources.pidsLimit) {
        document["pids"] = {{"limit", *resources.pidsLimit}};
    }
    return document;
}

/// No core files by default: they would lie in the container's layer, as large as the program's memory.
json rlimitsDocument(const std::vector<types::UlimitSpec>& asked, std::uint64_t openFilesHard) {
    const std::uint64_t hard = std::min(kOpenFilesHard, openFilesHard);
    json list = json::array({
        {{"type", "RLIMIT_NOFILE"}, {"soft", std::min(kOpenFilesSoft, hard)}, {"hard", hard}},
        {{"type", "RLIMIT_CORE"}, {"soft", 0}, {"hard", 0}},
    });
    for (const auto& limit : asked) {
        const json entry{{"type", rlimitName(limit.name)},
                         {"soft", rlimitValue(limit.soft)},
                         {"hard", rlimitValue(limit.hard)}};
        const auto found = std::find_if(list.begin(), list.end(),
                                        [&](const json& old) { return old["type"] == entry["type"]; });
        if (found == list.end()) {
            list.push_back(entry);
        } else {
            *found = entry;
        }
    }
    return list;
}

json toJson(const ResourceSpec& resources) {
    json document = json::object();
    for (const auto& [key, member] : kNumbers) {
        put(document, key, resources.*member);
    }
    for (const auto& [key, member] : kTexts) {
        if (!(resources.*member).empty()) {
            document[key] = resources.*member;
        }
    }
    for (const auto& [key, member] : kDeviceLists) {
        json list = json::array();
        for (const DeviceLimit& limit : resources.*member) {
            list.push_back({{"path", limit.path}, {"value", limit.value}});
        }
        if (!list.empty()) {
            document[key] = std::move(list);
        }
    }
    return document;
}

Result<ResourceSpec> parseResourceSpec(const json& object) {
    ResourceSpec resources;
    for (const auto& [key, member] : kNumbers) {
        TRY_ASSIGN(resources.*member, coracle::json::findInteger(object, key));
    }
    for (const auto& [key, member] : kTexts) {
        TRY_ASSIGN(auto text, coracle::json::findString(object, key));
        resources.*member = text.value_or("");
    }
    for (const auto& [key, member] : kDeviceLists) {
        const json* list = coracle::json::findArray(object, key);
        if (list == nullptr) {
            continue;
        }
        for (const json& item : *list) {
            DeviceLimit limit;
            TRY_ASSIGN(limit.path, coracle::json::loadString(item, "path"));
            TRY_ASSIGN(limit.value, coracle::json::loadInteger(item, "value"));
            (resources.*member).push_back(std::move(limit));
        }
    }
    return resources;
}

void putLimits(json& document, const RunSpec& spec) {
    const json resources = toJson(spec.resources);
    if (!resources.empty()) {
        document["resources"] = resources;
    }
    put(document, "oomScoreAdj", spec.oomScoreAdj);
    put(document, "shmSizeBytes", spec.shmSizeBytes);
    json ulimits = json::array();
    for (const auto& limit : spec.ulimits) {
        ulimits.push_back({{"name", limit.name}, {"soft", limit.soft}, {"hard", limit.hard}});
    }
    json sysctls = json::array();
    for (const auto& [name, value] : spec.sysctls) {
        sysctls.push_back({{"name", name}, {"value", value}});
    }
    if (!ulimits.empty()) {
        document["ulimits"] = std::move(ulimits);
    }
    if (!sysctls.empty()) {
        document["sysctls"] = std::move(sysctls);
    }
    if (!spec.cgroupns.empty()) {
        document["cgroupns"] = spec.cgroupns;
    }
    if (!spec.cgroupParent.empty()) {
        document["cgroupParent"] = spec.cgroupParent;
    }
}

Result<> parseLimits(const json& document, RunSpec& spec) {
    if (const json* resources = coracle::json::findObject(document, "resources")) {
        TRY_ASSIGN(spec.resources, parseResourceSpec(*resources));
    }
    TRY_ASSIGN(spec.oomScoreAdj, coracle::json::findInteger(document, "oomScoreAdj"));
    TRY_ASSIGN(spec.shmSizeBytes, coracle::json::findInteger(document, "shmSizeBytes"));
    if (const json* list = coracle::json::findArray(document, "ulimits")) {
        for (const json& item : *list) {
            types::UlimitSpec limit;
            TRY_ASSIGN(limit.name, coracle::json::loadString(item, "name"));
            TRY_ASSIGN(limit.soft, coracle::json::loadInteger(item, "soft"));
            TRY_ASSIGN(limit.hard, coracle::json::loadInteger(item, "hard"));
            spec.ulimits.push_back(std::move(limit));
        }
    }
    if (const json* list = coracle::json::findArray(document, "sysctls")) {
        for (const json& item : *list) {
            TRY_ASSIGN(auto name, coracle::json::loadString(item, "name"));
            TRY_ASSIGN(auto value, coracle::json::loadString(item, "value"));
            spec.sysctls.emplace_back(std::move(name), std::move(value));
        }
    }
    TRY_ASSIGN(const auto cgroupns, coracle::json::findString(document, "cgroupns"));
    TRY_ASSIGN(const auto cgroupParent, coracle::json::findString(document, "cgroupParent"));
    spec.cgroupns = cgroupns.value_or("");
    spec.cgroupParent = cgroupParent.value_or("");
    return {};
}

/// The rest of config.json stays as it is, also members that this program does not know.
Result<std::string> replaceResources(const std::string& config, const json& resources) {
    TRY_ASSIGN(json document, coracle::json::parse(config));
    if (coracle::json::findObject(document, "linux") == nullptr) {
        return Error(ErrorKind::Corrupt, "the container's config.json has no member 'linux'");
    }
    document["linux"]["resources"] = resources;
    return coracle::json::toText(document);
}

}  // namespace coracle::container
