// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/records.h"

#include "rootless/cgroup/group.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <ctime>

#include <fcntl.h>

namespace coracle::monitor {
namespace {

constexpr mode_t kPrivateFile = 0600;

}  // namespace

std::int64_t currentTime() {
    constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
    std::timespec now{};
    (void)::clock_gettime(CLOCK_REALTIME, &now);
    return static_cast<std::int64_t>(now.tv_sec) * kNanosecondsPerSecond + now.tv_nsec;
}

/// The run folder is in memory and ends with the boot, as the state does: nothing has to reach a disk.
Result<> writeState(const Settings& settings, const oci::monitor::RunState& state) {
    const nlohmann::json document{{"pid", state.process.pid},
                                  {"startTicks", state.process.startTicks},
                                  {"bootId", state.process.bootId},
                                  {"startedAt", state.startedAt},
                                  {"startedSinceBoot", state.startedSinceBoot},
                                  {"restarts", state.restarts}};
    return sys::replaceFile(settings.runDir + "/state.json", json::toText(document), kPrivateFile,
                            sys::Durability::Process);
}

Result<> writeBackoff(const Settings& settings, const oci::monitor::BackoffRecord& record) {
    return sys::replaceFile(settings.runDir + "/backoff.json", oci::monitor::toJsonText(record), kPrivateFile,
                            sys::Durability::Process);
}

Result<> removeExitRecords(const Settings& settings) {
    TRY(sys::removeFile(settings.runDir + "/exit.json"));
    return sys::removeFile(settings.bundle + "/exit.json");
}

/// JSON has no line breaks of its own, so one line is one event, whatever the attributes hold.
std::string eventLine(const Settings& settings, std::string_view action,
                      const std::map<std::string, std::string>& more, std::int64_t time) {
    nlohmann::json attributes = nlohmann::json::object();
    for (const auto& [key, value] : settings.eventAttributes) {
        attributes[key] = value;
    }
    for (const auto& [key, value] : more) {
        attributes[key] = value;
    }
    const nlohmann::json document{{"time", time},
                                  {"type", "container"},
                                  {"action", action},
                                  {"id", settings.id},
                                  {"attributes", attributes}};
    return json::toText(document) + "\n";
}

/// One write(2) with O_APPEND: monitors and engines append at the same time and lines do not mix.
///
Result<> appendEvent(const Settings& settings, std::string_view action,
                     const std::map<std::string, std::string>& more) {
    if (settings.eventsPath.empty()) {
        return {};
    }
    TRY_ASSIGN(const sys::UniqueFd fd, sys::openAt(AT_FDCWD, settings.eventsPath,
                                                   O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, kPrivateFile));
    return sys::writeAll(fd.get(), eventLine(settings, action, more, currentTime()));
}

/// The record of our own runtime is asked first, for /proc/PID/cgroup of a short-lived process may be gone
/// already. For another runtime the process is in a group of its own if it is not in ours.
std::string groupPath(const Settings& settings, pid_t pid) {
    if (!settings.runtimeState.empty()) {  // known even when the process is gone already
        const auto entry = cgroup::readGroupRecord(settings.runtimeState);
        return entry ? entry->path : std::string();
    }
    const auto path = cgroup::groupOf(pid);
    const auto own = cgroup::groupOf(0);
    return path && own && *path != *own ? *path : std::string();
}

}  // namespace coracle::monitor
