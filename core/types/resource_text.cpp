// SPDX-License-Identifier: Apache-2.0
#include "core/types/resource_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace coracle::types {
namespace {

constexpr std::int64_t kLeastMemory = 6 << 20;  // docker's; below, no program starts
constexpr double kNanosecondsPerSecond = 1e9;

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

Result<std::int64_t> parseInteger(std::string_view text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) {
        return invalid("'" + std::string(text) + "' is not a whole number");
    }
    return value;
}

using Number = std::optional<std::int64_t>;

/// Zero is docker's word for "not limited by this".
template <Number ResourceSpec::*Member>
Result<> setBytes(ResourceSpec& resources, const std::string& value) {
    TRY_ASSIGN(const std::int64_t bytes, parseBytes(value));
    resources.*Member = bytes == 0 ? Number() : bytes;
    return {};
}

template <Number ResourceSpec::*Member>
Result<> setNumber(ResourceSpec& resources, const std::string& value) {
    TRY_ASSIGN(const std::int64_t number, parseInteger(value));
    if (number < 0) {
        return invalid("'" + value + "' is negative");
    }
    resources.*Member = number == 0 ? Number() : number;
    return {};
}

/// Where -1 is "no limit", which is something else than "not said".
template <Number ResourceSpec::*Member>
Result<> setUnlimitable(ResourceSpec& resources, const std::string& value) {
    if (value == "-1") {
        resources.*Member = -1;
        return {};
    }
    return setBytes<Member>(resources, value);
}

/// Zero and all negative numbers mean no limit, as docker has it; -1 is kept, since "no limit" must be
/// able to replace one in `update`.
Result<> setPids(ResourceSpec& resources, const std::string& value) {
    TRY_ASSIGN(const std::int64_t number, parseInteger(value));
    resources.pidsLimit = number <= 0 ? -1 : number;
    return {};
}

/// As billionths, docker's NanoCpus, so that what comes back from `inspect` is the number that was typed.
Result<> setCpus(ResourceSpec& resources, const std::string& value) {
    double cpus = 0;
    const char* const end = value.data() + value.size();
    const auto parsed = std::from_chars(value.data(), end, cpus, std::chars_format::fixed);
    if (parsed.ec != std::errc() || parsed.ptr != end || !std::isfinite(cpus) || cpus < 0 || cpus > 1e6) {
        return invalid("'" + value + "' is not a number of processors such as 1.5");
    }
    const auto nano = static_cast<std::int64_t>(std::llround(cpus * kNanosecondsPerSecond));
    resources.nanoCpus = nano == 0 ? Number() : nano;
    return {};
}

/// The list goes into the group's file as it is; the kernel reads it and refuses what this host does not
/// have. Only digits, '-' and ',' pass, so no second line can be written along.
template <std::string ResourceSpec::*Member>
Result<> setSet(ResourceSpec& resources, const std::string& value) {
    const bool plain = std::all_of(value.begin(), value.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || letter == '-' || letter == ',';
    });
    if (!plain) {
        return invalid("'" + value + "' is not a list such as 0-2,7");
    }
    resources.*Member = value;
    return {};
}

template <std::vector<DeviceLimit> ResourceSpec::*Member, bool IsBytes>
Result<> addDevice(ResourceSpec& resources, const std::string& value) {
    const auto colon = value.rfind(':');
    if (colon == std::string::npos || colon == 0 || value.front() != '/') {
        return invalid("'" + value + "' is not of the form /dev/NAME:NUMBER");
    }
    const std::string text = value.substr(colon + 1);
    TRY_ASSIGN(const std::int64_t number, IsBytes ? parseBytes(text) : parseInteger(text));
    if (number <= 0) {
        return invalid("'" + text + "' is not above zero");
    }
    (resources.*Member).push_back({value.substr(0, colon), number});
    return {};
}

// clang-format off
constexpr std::array kResourceOptions = std::to_array<ResourceOption>({  // TABLE
    {"memory", 'm', "BYTES", "Limit of memory; -1: no limit", true, setUnlimitable<&ResourceSpec::memoryBytes>},
    {"memory-reservation", 0, "BYTES", "Memory that is taken away last", true,
     setUnlimitable<&ResourceSpec::memoryReservationBytes>},
    {"memory-swap", 0, "BYTES", "Limit of memory and swap together; -1: no limit", true,
     setUnlimitable<&ResourceSpec::memorySwapBytes>},
    {"cpus", 0, "NUMBER", "How many processors' time it gets", true, setCpus},
    {"cpu-shares", 'c', "NUMBER", "Share of busy processors; the default is 1024", true,
     setNumber<&ResourceSpec::cpuShares>},
    {"cpu-quota", 0, "MICROSECONDS", "Processor time in each period", true,
     setUnlimitable<&ResourceSpec::cpuQuotaUs>},
    {"cpu-period", 0, "MICROSECONDS", "Length of a period", true, setNumber<&ResourceSpec::cpuPeriodUs>},
    {"cpuset-cpus", 0, "LIST", "Processors it may run on, such as 0-2", true, setSet<&ResourceSpec::cpusetCpus>},
    {"cpuset-mems", 0, "LIST", "Memory nodes it may use", true, setSet<&ResourceSpec::cpusetMems>},
    {"pids-limit", 0, "NUMBER", "Limit of processes; -1: no limit", true, setPids},
    {"blkio-weight", 0, "NUMBER", "Share of busy disks, 10 to 1000", true, setNumber<&ResourceSpec::blkioWeight>},
    {"blkio-weight-device", 0, "DEVICE:NUMBER", "Share of one disk", false,
     addDevice<&ResourceSpec::blkioWeightDevices, false>},
    {"device-read-bps", 0, "DEVICE:BYTES", "Limit of reading from a disk, in a second", false,
     addDevice<&ResourceSpec::deviceReadBps, true>},
    {"device-write-bps", 0, "DEVICE:BYTES", "Limit of writing to a disk, in a second", false,
     addDevice<&ResourceSpec::deviceWriteBps, true>},
    {"device-read-iops", 0, "DEVICE:NUMBER", "Limit of reads from a disk, in a second", false,
     addDevice<&ResourceSpec::deviceReadIops, false>},
    {"device-write-iops", 0, "DEVICE:NUMBER", "Limit of writes to a disk, in a second", false,
     addDevice<&ResourceSpec::deviceWriteIops, false>},
});
// clang-format on

/// The limits of getrlimit(2) without "RLIMIT_", in lower case.
constexpr std::array kUlimitNames{"as",      "core",     "cpu",        "data",   "fsize", "locks",
                                  "memlock", "msgqueue", "nice",       "nofile", "nproc", "rss",
                                  "rtprio",  "rttime",   "sigpending", "stack"};

std::string cpusText(std::int64_t nano) {
    std::string text = std::to_string(nano / 1'000'000'000);
    std::string rest = std::to_string(nano % 1'000'000'000);
    rest.insert(0, 9 - rest.size(), '0');
    while (!rest.empty() && rest.back() == '0') {
        rest.pop_back();
    }
    return rest.empty() ? text : text + "." + rest;
}

/// The shortest form that reads back as the same number.
std::string bytesText(std::int64_t bytes) {
    if (bytes > 0) {
        for (const auto& [letter, shift] : {std::pair{"g", 30}, std::pair{"m", 20}, std::pair{"k", 10}}) {
            if (bytes % (std::int64_t{1} << shift) == 0) {
                return std::to_string(bytes >> shift) + letter;
            }
        }
    }
    return std::to_string(bytes);
}

}  // namespace

std::span<const ResourceOption, kResourceOptionCount> resourceOptions() {
    return kResourceOptions;
}

std::vector<std::pair<std::string, std::string>> toResourceFlags(const ResourceSpec& resources) {
    std::vector<std::pair<std::string, std::string>> flags;
    const auto bytes = [&](const char* name, const Number& value) {
        if (value) {
            flags.emplace_back(name, bytesText(*value));
        }
    };
    const auto number = [&](const char* name, const Number& value) {
        if (value) {
            flags.emplace_back(name, std::to_string(*value));
        }
    };
    const auto devices = [&](const char* name, const std::vector<DeviceLimit>& list, bool isBytes) {
        for (const DeviceLimit& device : list) {
            flags.emplace_back(
                name, device.path + ":" + (isBytes ? bytesText(device.value) : std::to_string(device.value)));
        }
    };
    bytes("--memory", resources.memoryBytes);
    bytes("--memory-reservation", resources.memoryReservationBytes);
    bytes("--memory-swap", resources.memorySwapBytes);
    if (resources.nanoCpus) {
        flags.emplace_back("--cpus", cpusText(*resources.nanoCpus));
    }
    number("--cpu-shares", resources.cpuShares);
    number("--cpu-quota", resources.cpuQuotaUs);
    number("--cpu-period", resources.cpuPeriodUs);
    if (!resources.cpusetCpus.empty()) {
        flags.emplace_back("--cpuset-cpus", resources.cpusetCpus);
    }
    if (!resources.cpusetMems.empty()) {
        flags.emplace_back("--cpuset-mems", resources.cpusetMems);
    }
    number("--pids-limit", resources.pidsLimit);
    number("--blkio-weight", resources.blkioWeight);
    devices("--blkio-weight-device", resources.blkioWeightDevices, false);
    devices("--device-read-bps", resources.deviceReadBps, true);
    devices("--device-write-bps", resources.deviceWriteBps, true);
    devices("--device-read-iops", resources.deviceReadIops, false);
    devices("--device-write-iops", resources.deviceWriteIops, false);
    return flags;
}

Result<> checkResources(const ResourceSpec& resources) {
    const std::int64_t memory = resources.memoryBytes.value_or(0);
    const std::int64_t swap = resources.memorySwapBytes.value_or(0);
    if (memory > 0 && memory < kLeastMemory) {
        const std::string text = bytesText(memory);
        Error error = invalid("memory limit " + text + " is below the least that is allowed, 6m");
        const bool plain = text.find_first_not_of("0123456789") == std::string::npos;
        return plain ? std::move(error).withHint("a number alone means bytes; write " + text +
                                                 "m for megabytes")
                     : error;
    }
    if (swap > 0 && memory <= 0) {
        return invalid("a limit of memory and swap together needs a memory limit").withHint("add --memory");
    }
    if (swap > 0 && swap < memory) {
        return invalid("the limit of memory and swap together is below the memory limit " + bytesText(memory))
            .withHint("set both: --memory and --memory-swap");
    }
    if (memory > 0 && resources.memoryReservationBytes.value_or(0) > memory) {
        return invalid("the memory reservation is above the memory limit " + bytesText(memory));
    }
    if (resources.nanoCpus && (resources.cpuQuotaUs || resources.cpuPeriodUs)) {
        return invalid("--cpus cannot be set together with --cpu-quota or --cpu-period");
    }
    return {};
}

ResourceSpec mergeResources(ResourceSpec base, const ResourceSpec& change) {
    if (change.nanoCpus) {
        base.cpuQuotaUs.reset();
        base.cpuPeriodUs.reset();
    } else if (change.cpuQuotaUs || change.cpuPeriodUs) {
        base.nanoCpus.reset();
    }
    for (const auto member :
         {&ResourceSpec::memoryBytes, &ResourceSpec::memoryReservationBytes, &ResourceSpec::memorySwapBytes,
          &ResourceSpec::nanoCpus, &ResourceSpec::cpuShares, &ResourceSpec::cpuQuotaUs,
          &ResourceSpec::cpuPeriodUs, &ResourceSpec::pidsLimit, &ResourceSpec::blkioWeight}) {
        if (change.*member) {
            base.*member = change.*member;
        }
    }
    for (const auto member : {&ResourceSpec::cpusetCpus, &ResourceSpec::cpusetMems}) {
        if (!(change.*member).empty()) {
            base.*member = change.*member;
        }
    }
    return base;
}

ResourceSpec resourcesBetween(const ResourceSpec& before, const ResourceSpec& after) {
    constexpr std::int64_t kUsualShares = 1024;  // source: docker run, "--cpu-shares"
    constexpr std::int64_t kUsualWeight = 100;   // source: cgroup-v2.rst, io.weight
    ResourceSpec change;
    const auto differ = [&](std::optional<std::int64_t> ResourceSpec::*member, std::int64_t none) {
        if (before.*member != after.*member) {
            change.*member = (after.*member).value_or(none);
        }
    };
    differ(&ResourceSpec::memoryBytes, -1);
    differ(&ResourceSpec::memoryReservationBytes, -1);
    differ(&ResourceSpec::memorySwapBytes, -1);
    differ(&ResourceSpec::cpuShares, kUsualShares);
    differ(&ResourceSpec::pidsLimit, -1);
    differ(&ResourceSpec::blkioWeight, kUsualWeight);
    if (after.nanoCpus != before.nanoCpus && after.nanoCpus) {
        change.nanoCpus = after.nanoCpus;
    } else if (after.nanoCpus != before.nanoCpus || after.cpuQuotaUs != before.cpuQuotaUs ||
               after.cpuPeriodUs != before.cpuPeriodUs) {
        change.cpuQuotaUs = after.cpuQuotaUs.value_or(-1);
        change.cpuPeriodUs = after.cpuPeriodUs;
    }
    for (const auto member : {&ResourceSpec::cpusetCpus, &ResourceSpec::cpusetMems}) {
        if (before.*member != after.*member) {
            change.*member = after.*member;
        }
    }
    return change;
}

ResourceSpec withoutLifted(ResourceSpec resources) {
    for (const auto member : {&ResourceSpec::memoryReservationBytes, &ResourceSpec::cpuQuotaUs}) {
        if (resources.*member == -1) {
            (resources.*member).reset();
        }
    }
    if (resources.memorySwapBytes == -1 && resources.memoryBytes.value_or(-1) < 0) {
        resources.memorySwapBytes.reset();
    }
    return resources;
}

bool isLimited(const ResourceSpec& resources) {
    return resources != ResourceSpec{};
}

Result<std::int64_t> parseBytes(std::string_view text) {
    constexpr std::string_view kUnits = "bkmgtp";
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    std::string unit(parsed.ptr, parsed.ec == std::errc() ? static_cast<std::size_t>(end - parsed.ptr) : 0);
    std::transform(unit.begin(), unit.end(), unit.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    const std::string_view rest = std::string_view(unit).substr(unit.empty() ? 0 : 1);
    if ((rest == "b" || rest == "ib") && unit.front() != 'b') {
        unit.resize(1);
    }
    const auto power = unit.empty() ? 0 : kUnits.find(unit);
    if (text.empty() || parsed.ec != std::errc() || value < 0 || unit.size() > 1 ||
        power == std::string_view::npos) {
        return invalid("'" + std::string(text) + "' is not a size such as 512m or 1.5g");
    }
    const double bytes = value * std::pow(1024.0, static_cast<double>(power));
    if (!std::isfinite(bytes) || bytes >= 9.2e18) {
        return invalid("size '" + std::string(text) + "' is too large");
    }
    return static_cast<std::int64_t>(bytes);
}

Result<UlimitSpec> parseUlimit(std::string_view text) {
    const auto equals = text.find('=');
    UlimitSpec limit;
    limit.name = std::string(text.substr(0, equals));
    const bool known = std::find(kUlimitNames.begin(), kUlimitNames.end(), limit.name) != kUlimitNames.end();
    if (equals != std::string_view::npos && !known) {
        return invalid("there is no limit '" + limit.name + "'")
            .withHint("names are those of ulimit: nofile, nproc, core, memlock, stack, ...");
    }
    if (equals == std::string_view::npos) {
        return invalid("'" + std::string(text) + "' is not of the form NAME=SOFT[:HARD]")
            .withHint("names are those of ulimit: nofile, nproc, core, memlock, stack, ...");
    }
    const std::string_view values = text.substr(equals + 1);
    const auto colon = values.find(':');
    const auto parse = [](std::string_view word) {
        return word == "unlimited" ? Result<std::int64_t>(-1) : parseInteger(word);
    };
    TRY_ASSIGN(limit.soft, parse(values.substr(0, colon)));
    limit.hard = limit.soft;
    if (colon != std::string_view::npos) {
        TRY_ASSIGN(limit.hard, parse(values.substr(colon + 1)));
    }
    if (limit.soft < -1 || limit.hard < -1 ||
        (limit.hard != -1 && (limit.soft == -1 || limit.soft > limit.hard))) {
        return invalid("limit '" + std::string(text) + "': the soft limit is above the hard limit");
    }
    return limit;
}

std::string toText(const UlimitSpec& limit) {
    std::string text = limit.name + "=" + std::to_string(limit.soft);
    return limit.hard == limit.soft ? text : text + ":" + std::to_string(limit.hard);
}

}  // namespace coracle::types
