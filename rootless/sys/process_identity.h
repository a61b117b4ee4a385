// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace coracle::sys {

/// Names one process for ever: a pid alone is reused, and after a reboot even (pid, start time) may
/// repeat. Written into records that outlive the process, and compared before a signal is sent to what
/// the record names.
struct ProcessIdentity {
    pid_t pid = 0;
    std::uint64_t startTicks = 0;  ///< clock ticks since boot, field 22 of /proc/PID/stat
    std::string bootId;            ///< /proc/sys/kernel/random/boot_id

    friend bool operator==(const ProcessIdentity&, const ProcessIdentity&) = default;
};

/// Identity of a live process, or of a zombie. Errors: NotFound when there is none, Corrupt for an
/// unknown /proc format.
Result<ProcessIdentity> identifyProcess(pid_t pid);

/// Whether exactly this process still exists and is not a zombie; one whose first thread has ended before
/// others is none. When the kernel does not tell, as without a free descriptor, it counts as alive: nothing
/// is taken away from what may live.
bool isAlive(const ProcessIdentity& identity);

/// Whether this process is gone, a zombie or about to be one: what it had open may be closed already, while
/// it is still alive to isAlive(). False when a thread other than the first goes on, or when the kernel does
/// not tell. Source: proc(5), /proc/[pid]/stat, flags (PF_EXITING of linux/sched.h).
bool isEnding(const ProcessIdentity& identity);

/// A pidfd for exactly this process. Signals sent through it never reach a stranger.
/// Errors: NotFound when it is gone or its pid belongs to another process by now; others: it may live.
/// Source: pidfd_open(2).
Result<UniqueFd> openProcess(const ProcessIdentity& identity);

/// kill(2) through a pidfd. Errors: NotFound when the process is gone, PermissionDenied.
/// Source: pidfd_send_signal(2).
Result<> signalProcess(int pidFd, int signal);

}  // namespace coracle::sys
