// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/restart_policy.h"

#include <algorithm>

namespace coracle::monitor {

/// Always and UnlessStopped are the same here: they differ in what happens to a stopped container after a
/// reboot, which is not the monitor's to decide.
bool shouldRestart(const RestartRule& rule, std::optional<int> exitCode, unsigned restarts) {
    switch (rule.policy) {
    case RestartPolicy::Always:
    case RestartPolicy::UnlessStopped:
        return true;
    case RestartPolicy::OnFailure:
        return exitCode.value_or(0) != 0 && (rule.maxRetries == 0 || restarts < rule.maxRetries);
    case RestartPolicy::No:
        break;
    }
    return false;
}

std::chrono::milliseconds Backoff::next(std::chrono::nanoseconds ran) {
    const bool first = m_last.count() == 0 || ran >= kHealthyRun;
    m_last = first ? kFirst : std::min(m_last * 2, kLongest);
    return m_last;
}

}  // namespace coracle::monitor
