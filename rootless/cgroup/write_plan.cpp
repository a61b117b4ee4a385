// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/write_plan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace coracle::cgroup {
namespace {

/// Ranges of the specification's members, which are those of version 1. Source:
/// Documentation/admin-guide/cgroup-v1/blkio-controller.rst (weights); kernel/sched/ (shares; period in
/// microseconds).
constexpr std::int64_t kMinShares = 2;
constexpr std::int64_t kMaxShares = 262144;
constexpr std::int64_t kMinPeriod = 1000;
constexpr std::int64_t kMaxPeriod = 1'000'000;
constexpr std::int64_t kMinBlockWeight = 10;
constexpr std::int64_t kMaxBlockWeight = 1000;
/// Bounds the loop of checkSet(); the kernel has at most 8192 processors (CONFIG_NR_CPUS on x86).
constexpr unsigned kMaxSetMember = 65535;
/// NAME_MAX, and PATH_MAX less what is in front of the path.
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxPath = 4000;

Error invalid(const std::string& what) {
    return {ErrorKind::InvalidArgument, what};
}

std::string numberOrMax(std::int64_t value) {
    return value < 0 ? "max" : std::to_string(value);
}

Result<> checkRange(const char* what, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value < low || value > high) {
        return invalid(std::string(what) + " " + std::to_string(value) + " is not from " +
                       std::to_string(low) + " to " + std::to_string(high));
    }
    return {};
}

class Planner {
public:
    Planner(const oci::Resources& resources, SwapDefault swapDefault)
        : m_resources(resources), m_swapDefault(swapDefault) {}

    Result<WritePlan> plan() {
        TRY(planMemory());
        TRY(planCpu());
        planPids();
        TRY(planBlock());
        TRY(planOthers());
        TRY(planUnified());
        return std::move(m_plan);
    }

private:
    /// "max" is what a new group has: writing it needs no controller to be on.
    void add(const char* controller, std::string file, std::string value) {
        const bool isDefault = value == "max";
        m_plan.push_back({controller, std::move(file), std::move(value), isDefault, {}, {}, false});
    }

    /// Without a word about swap a limit of memory gives as much swap again where the caller wants
    /// docker's default. That is optional: a host without swap accounting has no file for it.
    Result<> planMemory() {
        const auto& limit = m_resources.memoryLimit;
        const auto& swap = m_resources.memorySwap;
        if (limit) {
            add("memory", "memory.max", numberOrMax(*limit));
        }
        if (m_resources.memoryReservation) {
            const std::int64_t low = *m_resources.memoryReservation;
            if (limit && *limit > 0 && low > *limit) {
                return invalid("memory reservation " + std::to_string(low) + " is above the memory limit " +
                               std::to_string(*limit));
            }
            m_plan.push_back(
                {"memory", "memory.low", low < 0 ? "0" : std::to_string(low), low < 0, {}, {}, false});
        }
        if (swap) {
            return planSwap(*swap);
        }
        if (limit && m_swapDefault == SwapDefault::AsMuchMemory) {
            add("memory", "memory.swap.max", numberOrMax(*limit));
            m_plan.back().optional = true;
        }
        return {};
    }

    /// Version 1 counts memory and swap together, version 2 swap alone.
    Result<> planSwap(std::int64_t both) {
        if (both < 0) {
            add("memory", "memory.swap.max", "max");
            m_plan.back().optional = true;
            return {};
        }
        const std::int64_t limit = m_resources.memoryLimit.value_or(-1);
        if (limit < 0) {
            return invalid("a limit of memory and swap together needs a memory limit");
        }
        if (both < limit) {
            return invalid("the limit of memory and swap together, " + std::to_string(both) +
                           ", is below the memory limit " + std::to_string(limit));
        }
        add("memory", "memory.swap.max", std::to_string(both - limit));
        m_plan.back().optional = both == limit;  // no swap wanted, and none can be had
        return {};
    }

    /// Shares become a weight, quota and period one line; burst and idle exist in version 2 only and pass
    /// as they are.
    Result<> planCpu() {
        if (m_resources.cpuShares) {
            TRY(checkRange("cpu shares", *m_resources.cpuShares, kMinShares, kMaxShares));
            add("cpu", "cpu.weight",
                std::to_string(toCpuWeight(static_cast<std::uint64_t>(*m_resources.cpuShares))));
        }
        TRY(planQuota());
        if (m_resources.cpuBurst) {
            TRY(checkRange("cpu burst", *m_resources.cpuBurst, 0, INT64_MAX));
            m_plan.push_back({"cpu",
                              "cpu.max.burst",
                              std::to_string(*m_resources.cpuBurst),
                              *m_resources.cpuBurst == 0,
                              {},
                              {},
                              false});
        }
        if (m_resources.cpuIdle) {
            TRY(checkRange("cpu idle", *m_resources.cpuIdle, 0, 1));
            m_plan.push_back({"cpu",
                              "cpu.idle",
                              std::to_string(*m_resources.cpuIdle),
                              *m_resources.cpuIdle == 0,
                              {},
                              {},
                              false});
        }
        if (!m_resources.cpus.empty()) {
            TRY(checkSet("cpus", m_resources.cpus, {}));
            add("cpuset", "cpuset.cpus", m_resources.cpus);
        }
        if (!m_resources.mems.empty()) {
            TRY(checkSet("memory nodes", m_resources.mems, {}));
            add("cpuset", "cpuset.mems", m_resources.mems);
        }
        return {};
    }

    /// One number alone changes the quota and leaves the period. Source: kernel/sched/core.c, cpu_max_write.
    Result<> planQuota() {
        const auto& quota = m_resources.cpuQuota;
        const auto& period = m_resources.cpuPeriod;
        if (period) {
            TRY(checkRange("cpu period", *period, kMinPeriod, kMaxPeriod));
        }
        if (quota && *quota > 0) {
            TRY(checkRange("cpu quota", *quota, kMinPeriod, INT64_MAX));
        }
        if (!quota && !period) {
            return {};
        }
        const std::string first = numberOrMax(quota.value_or(-1));
        add("cpu", "cpu.max", period ? first + " " + std::to_string(*period) : first);
        m_plan.back().isDefault = first == "max";
        return {};
    }

    void planPids() {
        if (m_resources.pidsLimit) {
            add("pids", "pids.max", numberOrMax(*m_resources.pidsLimit));
        }
    }

    /// Two files for one wish: io.bfq.weight where the BFQ scheduler is in use, io.weight where it is not.
    Result<> addWeight(const std::string& device, std::int64_t weight) {
        TRY(checkRange("block weight", weight, kMinBlockWeight, kMaxBlockWeight));
        const auto converted = std::to_string(toIoWeight(static_cast<std::uint64_t>(weight)));
        m_plan.push_back({"io", "io.bfq.weight", device + std::to_string(weight), false, "io.weight",
                          (device.empty() ? "default " : device) + converted, false});
        return {};
    }

    /// All limits of one device are one line of io.max; a second line would be a second write and give the
    /// same, but not in one step.
    Result<> planBlock() {
        if (m_resources.blockWeight) {
            TRY(addWeight("", *m_resources.blockWeight));
        }
        for (const oci::DeviceRate& device : m_resources.deviceWeights) {
            TRY(addWeight(std::to_string(device.major) + ":" + std::to_string(device.minor) + " ",
                          static_cast<std::int64_t>(device.rate)));
        }
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> lines;
        const std::array<std::pair<const char*, const std::vector<oci::DeviceRate>*>, 4> kinds{
            {{"rbps", &m_resources.readBytes},
             {"wbps", &m_resources.writeBytes},
             {"riops", &m_resources.readOperations},
             {"wiops", &m_resources.writeOperations}}};
        for (const auto& [key, rates] : kinds) {
            for (const oci::DeviceRate& device : *rates) {
                lines[{device.major, device.minor}] +=
                    std::string(" ") + key + "=" + std::to_string(device.rate);
            }
        }
        for (const auto& [device, text] : lines) {
            add("io", "io.max", std::to_string(device.first) + ":" + std::to_string(device.second) + text);
        }
        return {};
    }

    /// Sizes become parts of file names and devices parts of lines, so both are checked letter by letter.
    Result<> planOthers() {
        for (const oci::HugepageLimit& pages : m_resources.hugepages) {
            const auto unit = pages.pageSize.find_first_not_of("0123456789");
            const std::string_view rest =
                std::string_view(pages.pageSize).substr(std::min(unit, pages.pageSize.size()));
            if (unit == 0 || (rest != "KB" && rest != "MB" && rest != "GB")) {
                return invalid("huge page size '" + pages.pageSize + "' is not of the form 2MB");
            }
            add("hugetlb", "hugetlb." + pages.pageSize + ".max", std::to_string(pages.limit));
        }
        for (const auto& [device, limit] : m_resources.rdma) {
            if (device.empty() || device.find_first_of(" \n\t") != std::string::npos) {
                return invalid("'" + device + "' is not the name of an RDMA device");
            }
            const auto word = [](const std::optional<std::uint32_t>& value) {
                return value ? std::to_string(*value) : std::string("max");
            };
            add("rdma", "rdma.max",
                device + " hca_handle=" + word(limit.handles) + " hca_object=" + word(limit.objects));
        }
        return {};
    }

    /// Whoever writes the configuration names the file, so the name must stay in the container's own folder
    /// and must not move processes or hand out controllers behind our back.
    Result<> planUnified() {
        for (const auto& [file, value] : m_resources.unified) {
            const auto dot = file.find('.');
            const bool plain = !file.empty() && dot != 0 && dot != std::string::npos &&
                               std::all_of(file.begin(), file.end(), [](char letter) {
                                   return (letter >= 'a' && letter <= 'z') ||
                                          (letter >= '0' && letter <= '9') ||
                                          (letter >= 'A' && letter <= 'Z') || letter == '.' || letter == '_';
                               });
            if (!plain || file.find("..") != std::string::npos) {
                return invalid("'" + file + "' is not a file of a control group");
            }
            const std::string controller = file.substr(0, dot);
            if (controller == "cgroup") {
                return invalid("file '" + file + "' is the runtime's own and cannot be set");
            }
            add(controller.c_str(), file, value);
            m_plan.back().isDefault = false;
        }
        return {};
    }

    const oci::Resources& m_resources;
    SwapDefault m_swapDefault;
    WritePlan m_plan;
};

/// "0-2,7" as pairs of first and last. Errors: InvalidArgument.
Result<std::vector<std::pair<unsigned, unsigned>>> parseSet(std::string_view what, std::string_view set) {
    std::vector<std::pair<unsigned, unsigned>> ranges;
    const auto malformed = [&] {
        return invalid("list of " + std::string(what) + " '" + std::string(set) +
                       "' is not of the form 0-2,7");
    };
    std::string_view rest = set;
    while (true) {
        const auto comma = std::min(rest.find(','), rest.size());
        const std::string_view part = rest.substr(0, comma);
        const char* const end = part.data() + part.size();
        unsigned first = 0;
        auto parsed = std::from_chars(part.data(), end, first);
        unsigned last = first;
        if (parsed.ec == std::errc() && parsed.ptr != end && *parsed.ptr == '-') {
            parsed = std::from_chars(parsed.ptr + 1, end, last);
        }
        if (parsed.ec != std::errc() || parsed.ptr != end || last < first || last > kMaxSetMember) {
            return malformed();
        }
        ranges.emplace_back(first, last);
        if (comma == rest.size()) {
            return ranges;
        }
        rest.remove_prefix(comma + 1);
    }
}

}  // namespace

Result<WritePlan> planWrites(const oci::Resources& resources, SwapDefault swapDefault) {
    return Planner(resources, swapDefault).plan();
}

/// A value that a new group has anyway needs none.
std::vector<std::string> neededControllers(const WritePlan& plan) {
    std::vector<std::string> needed;
    for (const FileWrite& write : plan) {
        if (!write.isDefault && std::find(needed.begin(), needed.end(), write.controller) == needed.end()) {
            needed.push_back(write.controller);
        }
    }
    return needed;
}

/// Version 1's shares (2 to 262144, 1024 usual) to version 2's weight (1 to 10000, 100 usual), so that
/// usual stays usual.
std::uint64_t toCpuWeight(std::uint64_t shares) {
    constexpr std::uint64_t kHighestWeight = 10000;
    if (shares <= static_cast<std::uint64_t>(kMinShares)) {
        return 1;
    }
    if (shares >= static_cast<std::uint64_t>(kMaxShares)) {
        return kHighestWeight;
    }
    // The quadratic through (2, 1), (1024, 100) and (262144, 10000) on logarithmic scales.
    const double log = std::log2(static_cast<double>(shares));
    const double exponent = (log * log + 125.0 * log) / 612.0 - 7.0 / 34.0;
    return static_cast<std::uint64_t>(std::ceil(std::pow(10.0, exponent)));
}

/// 10 to 1000 onto 1 to 10000, in a straight line.
std::uint64_t toIoWeight(std::uint64_t weight) {
    const std::uint64_t clamped = std::clamp<std::uint64_t>(weight, kMinBlockWeight, kMaxBlockWeight);
    return 1 + (clamped - kMinBlockWeight) * 9999 / 990;
}

/// `allowed` empty: it is not known which there are. Ends soon, as no member is above kMaxSetMember.
Result<> checkSet(std::string_view what, std::string_view set, std::string_view allowed) {
    TRY_ASSIGN(const auto wanted, parseSet(what, set));
    if (allowed.empty()) {
        return {};
    }
    TRY_ASSIGN(const auto available, parseSet(what, allowed));
    for (const auto& [first, last] : wanted) {
        for (unsigned member = first; member <= last; ++member) {
            const bool known = std::any_of(available.begin(), available.end(), [&](const auto& range) {
                return member >= range.first && member <= range.second;
            });
            if (!known) {
                return Error(ErrorKind::InvalidArgument, std::string(what) + " '" + std::string(set) + "': " +
                                                             std::to_string(member) + " is not available")
                    .withHint("available are " + std::string(allowed));
            }
        }
    }
    return {};
}

/// The path comes from a bundle or a command line and is made into folders below the group that was handed
/// to the user: ".." is refused and not resolved.
Result<std::string> cleanGroupPath(std::string_view text) {
    std::string path;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto slash = std::min(rest.find('/'), rest.size());
        const std::string_view name = rest.substr(0, slash);
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        if (name.empty() || name == ".") {
            continue;
        }
        const bool control = std::any_of(name.begin(), name.end(), [](char letter) {
            return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
        });
        // A folder may not be called like a file of the kernel's: "cgroup.procs", "memory.max".
        const bool kernels = name.starts_with("cgroup.") || name.starts_with("memory.") ||
                             name.starts_with("cpu.") || name.starts_with("cpuset.") ||
                             name.starts_with("io.") || name.starts_with("pids.");
        if (name == ".." || control || kernels || name.size() > kMaxName) {
            return invalid("path of a control group: '" + std::string(text) +
                           "' leads out of it or cannot be");
        }
        path += (path.empty() ? "" : "/") + std::string(name);
    }
    if (path.empty() || path.size() > kMaxPath) {
        return invalid("path of a control group: '" + std::string(text) + "' names none");
    }
    return path;
}

/// runc's form with --systemd-cgroup: SLICE:PREFIX:NAME. The letters are those that systemd allows in unit
/// names (systemd.unit(5)), without ':' which separates here.
Result<ScopeName> parseScopeName(std::string_view text) {
    const auto first = text.find(':');
    const auto second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos || text.find(':', second + 1) != std::string_view::npos) {
        return invalid("path of a control group: '" + std::string(text) + "' is not SLICE:PREFIX:NAME");
    }
    const std::string slice(text.substr(0, first));
    const std::string prefix(text.substr(first + 1, second - first - 1));
    const std::string name(text.substr(second + 1));
    const auto isUnitText = [](const std::string& part) {
        return std::all_of(part.begin(), part.end(), [](char letter) {
            return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                   (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.' ||
                   letter == '@' || letter == '\\';
        });
    };
    if (name.empty() || !isUnitText(slice) || !isUnitText(prefix) || !isUnitText(name) ||
        (!slice.empty() && !slice.ends_with(".slice"))) {
        return invalid("path of a control group: '" + std::string(text) + "' is not a unit's name");
    }
    return ScopeName{slice, (prefix.empty() ? name : prefix + "-" + name) + ".scope"};
}

}  // namespace coracle::cgroup
