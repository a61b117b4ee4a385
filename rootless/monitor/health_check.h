// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/settings.h"
#include "rootless/oci/health_record.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace coracle::monitor {

/// Runs the health check of a container: a timer in the monitor's loop, so there is no daemon for it, and no
/// cost where there is no check. A check is a process like those of `exec`, made by the runtime, whose end
/// comes to the monitor as all of its orphans do; one that takes too long is killed. There is one at a time.
/// Its output is a stranger's: so much of it is kept as docker keeps, the rest is read and dropped.
class HealthCheck {
public:
    /// What the owner does for it.
    struct Callbacks {
        /// Start the runtime with these words and descriptors; the child is not waited for.
        std::function<Result<pid_t>(const std::vector<std::string>&, std::vector<std::pair<int, int>>)>
            launch;
        std::function<bool()> isPaused;  ///< a frozen container answers nothing and is not asked
        std::function<void(const std::string& status)> changed;
        std::function<void(const Result<>&)> note;
    };

    HealthCheck(sys::EventLoop& loop, const Settings& settings, Callbacks callbacks);
    ~HealthCheck();
    HealthCheck(const HealthCheck&) = delete;
    HealthCheck& operator=(const HealthCheck&) = delete;

    /// The container's program runs; since: when it began, by the clock since boot. Resume::Yes goes on with
    /// what the monitor before us has written down.
    enum class Resume : bool { No, Yes };
    void begin(std::chrono::nanoseconds since, Resume resume);

    /// Children that have ended; takes its own out.
    void onChildren(std::map<pid_t, sys::ExitStatus>& ended);

    /// Check now, or wait for the check that is under way; `done` gets its exit code once.
    void checkNow(std::function<void(int exitCode)> done);

private:
    void schedule();
    void check();
    Result<> spawn();
    void onOutput();
    void onCreated(sys::ExitStatus status);
    void onTimeout();
    void finish(int exitCode);
    void write();
    std::chrono::milliseconds ranFor() const;
    bool isUnderWay() const { return m_runtimePid > 0 || m_processPid > 0; }
    std::string pidFile() const { return m_settings.runDir + "/health.pid"; }

    sys::EventLoop& m_loop;
    const Settings& m_settings;
    Callbacks m_callbacks;
    oci::monitor::HealthRecord m_record;
    std::chrono::nanoseconds m_since{0};
    sys::EventLoop::TimerId m_nextTimer = 0;
    sys::EventLoop::TimerId m_timeoutTimer = 0;
    pid_t m_runtimePid = 0;  ///< that makes the process
    pid_t m_processPid = 0;  ///< of the check
    sys::UniqueFd m_output;  ///< watched while it is open
    oci::monitor::HealthProbe m_probe;
    std::chrono::milliseconds m_probeRanFor{0};
    bool m_timedOut = false;
    std::vector<std::function<void(int)>> m_waiting;
};

}  // namespace coracle::monitor
