// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/oom_watch.h"
#include "rootless/cgroup/stats.h"
#include "rootless/runtime/container_group.h"
#include "rootless/runtime/verbs.h"
#include "rootless/sys/process_identity.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <limits>

#include <poll.h>

namespace coracle::runtime {
namespace {

using Document = nlohmann::ordered_json;

constexpr int kDefaultSeconds = 5;
constexpr int kMaxSeconds = 86400;

/// runc writes the largest number for a limit that is not set, which its readers know.
std::uint64_t orUnlimited(const std::optional<std::uint64_t>& limit) {
    return limit.value_or(std::numeric_limits<std::uint64_t>::max());
}

/// "cache" of version 1 is "file" of memory.stat in version 2.
Document memoryOf(const cgroup::Stats& stats) {
    const auto found = stats.memory.find("file");
    return {
        {"cache", found == stats.memory.end() ? 0 : found->second},
        {"usage",
         {{"limit", orUnlimited(stats.memoryLimit)},
          {"usage", stats.memoryUsage.value_or(0)},
          {"max", stats.memoryPeak.value_or(0)},
          {"failcnt", stats.limitHits}}},
        {"swap",
         {{"limit", orUnlimited(stats.swapLimit)}, {"usage", stats.swapUsage.value_or(0)}, {"failcnt", 0}}},
        {"raw", stats.memory}};
}

/// The form of runc's `events`, whose two lists are per device and direction.
Document ioOf(const cgroup::Stats& stats) {
    Document bytes = Document::array();
    Document operations = Document::array();
    for (const cgroup::DeviceTraffic& device : stats.devices) {
        const auto entry = [&](const char* name, std::uint64_t value) {
            return Document{{"major", device.major}, {"minor", device.minor}, {"op", name}, {"value", value}};
        };
        bytes.push_back(entry("Read", device.readBytes));
        bytes.push_back(entry("Write", device.writeBytes));
        operations.push_back(entry("Read", device.reads));
        operations.push_back(entry("Write", device.writes));
    }
    return {{"ioServiceBytesRecursive", bytes}, {"ioServicedRecursive", operations}};
}

/// Source: runc, types/events.go.
Document documentOf(const std::string& id, const cgroup::Stats& stats) {
    Document hugetlb = Document::object();
    for (const auto& [size, pages] : stats.hugepages) {
        hugetlb[size] = {{"usage", pages.usage}, {"failcnt", 0}};
    }
    return {{"type", "stats"},
            {"id", id},
            {"data",
             {{"cpu",
               {{"usage",
                 {{"total", stats.cpuUsageNs}, {"kernel", stats.cpuSystemNs}, {"user", stats.cpuUserNs}}},
                {"throttling",
                 {{"periods", stats.periods},
                  {"throttledPeriods", stats.throttledPeriods},
                  {"throttledTime", stats.throttledNs}}}}},
              {"memory", memoryOf(stats)},
              {"pids", {{"current", stats.processes.value_or(0)}, {"limit", stats.processLimit.value_or(0)}}},
              {"blkio", ioOf(stats)},
              {"hugetlb", hugetlb}}}};
}

Result<> printStats(const cgroup::Group& group, const std::string& id) {
    TRY_ASSIGN(const cgroup::Stats stats, cgroup::readStats(group));
    return print(documentOf(id, stats).dump() + "\n");
}

/// "5s" or "5". Errors: InvalidArgument.
Result<int> parseSeconds(const std::string& text) {
    int seconds = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, seconds);
    const std::string_view rest(parsed.ptr, static_cast<std::size_t>(end - parsed.ptr));
    if (parsed.ec != std::errc() || (!rest.empty() && rest != "s") || seconds < 1 || seconds > kMaxSeconds) {
        return Error(ErrorKind::InvalidArgument, "interval '" + text + "' is not a number of seconds");
    }
    return seconds;
}

/// Until the container's first process has ended. The interval is poll(2)'s limit: the end and an
/// out-of-memory kill are seen at once, not at the next statistics. Without the watch on the group's
/// events only the kills are missing from the output.
Result<int> follow(const cgroup::Group& group, const ContainerState& state, int seconds) {
    TRY_ASSIGN(const sys::UniqueFd process, sys::openProcess(state.process));
    auto watch = cgroup::OomWatch::open(group);
    if (watch) {
        (void)watch->take();  // what happened before is no news
    }
    while (true) {
        TRY(printStats(group, state.id));
        std::array<pollfd, 2> waiting{{{process.get(), POLLIN, 0}, {watch ? watch->fd() : -1, POLLPRI, 0}}};
        int ready = 0;
        do {
            ready = ::poll(waiting.data(), waiting.size(), seconds * 1000);
        } while (ready < 0 && errno == EINTR);
        if (waiting[1].revents != 0) {
            const std::uint64_t kills = watch->take();
            for (std::uint64_t i = 0; i < kills; ++i) {
                TRY(print(Document{{"type", "oom"}, {"id", state.id}}.dump() + "\n"));
            }
        }
        if (waiting[0].revents != 0) {
            return 0;
        }
    }
}

/// A container that has ended is refused, though its group may still be there: the counts of one that runs
/// are asked for.
Result<int> showEvents(const Invocation& invocation) {
    static constexpr std::array kOptions =
        std::to_array<OptionSpec>({{"--stats", '\0', false}, {"--interval", '\0', true}});
    TRY_ASSIGN(const Arguments arguments, parseArguments(invocation.words, kOptions));
    TRY_ASSIGN(const std::string id, onlyWord(arguments, "events [--stats] [--interval SECONDS] ID"));
    TRY_ASSIGN(const ContainerState state, invocation.store.load(id));
    int seconds = kDefaultSeconds;
    if (arguments.has("--interval")) {
        TRY_ASSIGN(seconds, parseSeconds(arguments.value("--interval")));
    }
    if (invocation.store.statusOf(state) == Status::Stopped) {
        return Error(ErrorKind::Conflict, "container '" + id + "' is not running");
    }
    TRY_ASSIGN(const cgroup::Group group, openGroupOf(invocation.store.folder(id), id));
    if (arguments.has("--stats")) {
        TRY(printStats(group, id));
        return 0;
    }
    return follow(group, state, seconds);
}

}  // namespace

Outcome eventsVerb(const Invocation& invocation) {
    return toOutcome(showEvents(invocation));
}

}  // namespace coracle::runtime
