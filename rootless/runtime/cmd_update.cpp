// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/report.h"
#include "rootless/oci/json.h"
#include "rootless/oci/resources.h"
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <limits>

#include <unistd.h>

namespace coracle::runtime {
namespace {

using Document = nlohmann::json;

/// A flag of runc's `update` and the member of `resources` that it sets.
enum class FlagValue : std::uint8_t { Number, Size, Text };
struct Flag {
    std::string_view name;
    const char* section;
    const char* member;
    FlagValue value = FlagValue::Number;
};

// TABLE. Source: runc-update(8).
constexpr std::array kFlags = std::to_array<Flag>({
    {"--blkio-weight", "blockIO", "weight"},
    {"--cpu-period", "cpu", "period"},
    {"--cpu-quota", "cpu", "quota"},
    {"--cpu-burst", "cpu", "burst"},
    {"--cpu-share", "cpu", "shares"},
    {"--cpu-idle", "cpu", "idle"},
    {"--cpuset-cpus", "cpu", "cpus", FlagValue::Text},
    {"--cpuset-mems", "cpu", "mems", FlagValue::Text},
    {"--cpu-rt-period", "cpu", "realtimePeriod"},
    {"--cpu-rt-runtime", "cpu", "realtimeRuntime"},
    {"--memory", "memory", "limit", FlagValue::Size},
    {"--memory-reservation", "memory", "reservation", FlagValue::Size},
    {"--memory-swap", "memory", "swap", FlagValue::Size},
    {"--kernel-memory", "memory", "kernel", FlagValue::Size},
    {"--kernel-memory-tcp", "memory", "kernelTCP", FlagValue::Size},
    {"--pids-limit", "pids", "limit"},
});

constexpr auto kOptions = [] {
    std::array<OptionSpec, kFlags.size() + 1> options{};
    for (std::size_t i = 0; i < kFlags.size(); ++i) {
        options[i] = {kFlags[i].name, '\0', true};
    }
    options.back() = {"--resources", 'r', true};
    return options;
}();

/// Sizes may end with b, k, m, g or t, large or small, as runc takes them; -1 is no limit.
std::optional<std::int64_t> parseNumber(const std::string& text, FlagValue kind) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    const std::string_view unit(parsed.ptr, static_cast<std::size_t>(end - parsed.ptr));
    if (parsed.ec != std::errc() || (!unit.empty() && (kind != FlagValue::Size || number < 0))) {
        return std::nullopt;
    }
    constexpr std::string_view kUnits = "bkmgt";
    const auto power = unit.empty() ? 0 : kUnits.find(static_cast<char>(std::tolower(unit.front())));
    if (unit.size() > 1 || power == kUnits.npos ||
        number > (std::numeric_limits<std::int64_t>::max() >> (10 * power))) {
        return std::nullopt;
    }
    return number * (std::int64_t{1} << (10 * power));
}

/// The document comes from the caller, who owns the container; it is read by the same code as that of the
/// bundle.
Result<Document> readDocument(const Arguments& arguments) {
    const std::string file = arguments.value("--resources");
    if (file.empty()) {
        return Document::object();
    }
    TRY_ASSIGN(const std::string text, file == "-" ? sys::readAll(STDIN_FILENO) : sys::readFile(file));
    TRY_ASSIGN(Document document, json::parse(text));
    if (!document.is_object()) {
        return Error(ErrorKind::Corrupt, "the resources are not an object");
    }
    return document;
}

/// Options come on top of the document, as in runc. The result has the form of linux.resources in
/// config.json, so one parser serves both ways.
Result<Document> describeResources(const Arguments& arguments) {
    TRY_ASSIGN(Document document, readDocument(arguments));
    for (const Flag& flag : kFlags) {
        if (!arguments.has(flag.name)) {
            continue;
        }
        const std::string text = arguments.value(flag.name);
        TRY(json::loadObjectIfAny(document, flag.section));
        Document& section = document[flag.section];
        if (flag.value == FlagValue::Text) {
            section[flag.member] = text;
            continue;
        }
        const auto number = parseNumber(text, flag.value);
        if (!number) {
            return Error(ErrorKind::InvalidArgument,
                         std::string(flag.name) + " '" + text + "' is not a " +
                             (flag.value == FlagValue::Size ? "size such as 512m" : "number"));
        }
        section[flag.member] = *number;
    }
    return document;
}

/// A limit of memory and swap together is counted against the memory limit that holds, new or old.
void completeMemory(const cgroup::Group& group, oci::Resources& resources) {
    if (resources.memorySwap.value_or(-1) > 0 && !resources.memoryLimit) {
        if (const auto limit = group.number("memory.max")) {
            resources.memoryLimit = static_cast<std::int64_t>(*limit);
        }
    }
}

/// One number of cpu.max alone leaves the period, but not the quota.
void completeCpu(const cgroup::Group& group, oci::Resources& resources) {
    if (resources.cpuPeriod && !resources.cpuQuota) {
        const auto text = group.read("cpu.max");
        std::int64_t quota = 0;
        if (text && std::from_chars(text->data(), text->data() + text->size(), quota).ec == std::errc()) {
            resources.cpuQuota = quota;
        }
    }
}

/// Who says how much memory it may have has said that the default bound is not meant.
void liftMemoryBound(const cgroup::Group& group, const oci::Resources& resources, cgroup::WritePlan& plan) {
    const auto high = group.read("memory.high");
    if (resources.memoryLimit && high && *high == defaultMemoryHigh()) {
        plan.push_back({"memory", "memory.high", "max", true, {}, {}, false});
    }
}

/// Only what is given changes: each limit is a file of its own, except that cpu.max and the sum of memory
/// and swap are made of two numbers, the other of which is read back first. A limit whose controller the
/// group does not have is refused before anything is written.
Result<int> updateContainer(const Invocation& invocation) {
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    TRY_ASSIGN(const std::string id, onlyWord(arguments, "update [--resources FILE] [LIMITS] ID"));
    TRY_ASSIGN(const ContainerState state, invocation.store.load(id));
    TRY_ASSIGN(const Document document, describeResources(arguments));
    TRY_ASSIGN(oci::Resources resources, oci::parseResources(document));
    if (invocation.store.statusOf(state) == Status::Stopped) {
        return Error(ErrorKind::Conflict, "container '" + id + "' is not running");
    }
    TRY_ASSIGN(const cgroup::Group group, openGroupOf(invocation.store.folder(id), id));
    completeMemory(group, resources);
    completeCpu(group, resources);
    TRY_ASSIGN(cgroup::WritePlan plan, cgroup::planWrites(resources, cgroup::SwapDefault::Unlimited));
    liftMemoryBound(group, resources, plan);
    const auto available = group.controllers();
    for (const cgroup::FileWrite& write : plan) {
        if (!write.isDefault &&
            std::find(available.begin(), available.end(), write.controller) == available.end()) {
            return cgroup::missingController(cgroup::gatherHostFacts(), write.controller, write.file);
        }
    }
    TRY(cgroup::apply(group, plan, cgroup::Moment::Running));
    return 0;
}

}  // namespace

Outcome updateVerb(const Invocation& invocation) {
    return toOutcome(updateContainer(invocation));
}

}  // namespace coracle::runtime
