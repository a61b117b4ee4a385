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

/// The control group of version 2 that the container has for itself, without a slash at its front; empty when
/// it has none: by what coracle-runtime wrote down, or by where another runtime has put the process.
std::string groupPath(const Settings& settings, pid_t pid);

}  // namespace coracle::monitor
