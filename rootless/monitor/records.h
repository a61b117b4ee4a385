// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/settings.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

/// The files by which everybody else knows what became of a container.
namespace coracle::monitor {

/// Nanoseconds since the epoch.
std::int64_t currentTime();

/// Write <run>/state.json. It lives on tmpfs and is atomic only.
Result<> writeState(const Settings& settings, const sys::ProcessIdentity& process, std::int64_t startedAt);

/// Write <bundle>/exit.json: atomic, and durable unless the container is removed at its end anyway.
Result<> writeExitRecord(const Settings& settings, const oci::monitor::ExitRecord& record);

/// One line of the event file. Pure.
std::string eventLine(const Settings& settings, std::string_view action,
                      const std::map<std::string, std::string>& more, std::int64_t time);

/// Append an event in one write(2), so that lines of several writers never mix. Source: write(2), O_APPEND.
Result<> appendEvent(const Settings& settings, std::string_view action,
                     const std::map<std::string, std::string>& more);

/// The cgroup v2 path of a process when it is not the monitor's own; empty otherwise. Source: cgroups(7).
std::string ownCgroupOf(pid_t pid);

/// Whether the kernel killed a process in this cgroup for want of memory; false when that is unknown.
bool hadOomKill(const std::string& cgroup);

}  // namespace coracle::monitor
