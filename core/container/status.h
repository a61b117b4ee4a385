// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/container_paths.h"
#include "core/types/container.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace coracle::container {

/// What is true of a container at the moment it is asked for. Nothing of it is stored as such: it is read
/// from the monitor's lock and files each time, so a status can be late but never left over.
struct ContainerFacts {
    /// Of the moment in which the files were read; a process may end right after it.
    types::ContainerStatus status = types::ContainerStatus::Created;
    sys::ProcessIdentity process;  ///< pid 0: does not run
    bool monitored = false;        ///< a monitor looks after it
    bool everStarted = false;
    std::optional<types::Time> startedAt;
    std::optional<types::Time> finishedAt;
    std::optional<int> exitCode;  ///< none: never ended, or nobody saw how
    bool oomKilled = false;
    std::optional<std::chrono::seconds> upFor;  ///< while it runs
    unsigned restarts = 0;                      ///< by its policy
    std::uint64_t lostLogBytes = 0;             ///< at the end of the last run, not told of in the log
    std::string error;                          ///< why the last start or restart failed
    sys::ProcessIdentity monitor;               ///< when Restarting
    /// A monitor was killed and left something that one has to take over; see adopt() in lifecycle.h.
    bool needsMonitor = false;

    bool isAlive() const { return process.pid > 0; }
};

/// What the files say, before it is judged; apart so that the judgement can be tested alone.
struct ContainerEvidence {
    oci::monitor::RunState run;
    std::optional<oci::monitor::ExitRecord> exit;
    bool monitorFile = false;               ///< <bundle>/monitor.json: a start was tried and did not fail
    bool paused = false;                    ///< its control group is frozen
    bool operation = false;                 ///< somebody starts, stops or removes it right now
    std::chrono::nanoseconds sinceBoot{0};  ///< now
};

/// Pure. After a kill of the monitor the process lives on and counts as running; when both are gone, or the
/// computer restarted, the container has ended and its exit code is not known (security.md M4 to M7, M29).
ContainerFacts judge(const ContainerEvidence& evidence);

/// Read the evidence and judge. A few small files and a lock; a damaged record makes the status Unknown.
ContainerFacts readFacts(const ContainerPaths& paths);

}  // namespace coracle::container
