// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/settings.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

/// The files by which everybody else knows what became of a container. Each is replaced as a whole, so a
/// reader never sees a part; their meaning together is in rootless/oci/monitor_protocol.h, the order in
/// which they are written in supervisor_end.cpp. All are mode 0600.
namespace coracle::monitor {

/// Nanoseconds since the epoch, by the clock of the wall: for records and logs only, never for durations.
std::int64_t currentTime();

/// Write <run>/state.json from process, startedAt, startedSinceBoot and restarts. It lives on tmpfs and is
/// atomic only.
Result<> writeState(const Settings& settings, const oci::monitor::RunState& state);

/// Write <run>/backoff.json; atomic only.
Result<> writeBackoff(const Settings& settings, const oci::monitor::BackoffRecord& record);

/// Remove the exit records of the run before; missing ones are success. Errors: by errno.
Result<> removeExitRecords(const Settings& settings);

/// One line of the event file, with its newline. `more` wins over the settings' attributes of the same
/// name. time: nanoseconds since the epoch. Pure.
std::string eventLine(const Settings& settings, std::string_view action,
                      const std::map<std::string, std::string>& more, std::int64_t time);

/// Append an event in one write(2), so that lines of several writers never mix. Nothing happens without
/// an event file. Errors: by errno. Source: write(2), O_APPEND.
Result<> appendEvent(const Settings& settings, std::string_view action,
                     const std::map<std::string, std::string>& more);

/// The control group of version 2 that the container has for itself, without a slash at its front; empty when
/// it has none: by what coracle-runtime wrote down, or by where another runtime has put the process.
std::string groupPath(const Settings& settings, pid_t pid);

}  // namespace coracle::monitor
