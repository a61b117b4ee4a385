// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/process_identity.h"
#include "rootless/sys/result.h"
#include "rootless/sys/subprocess.h"

#include <chrono>
#include <optional>
#include <string>

/// When and how other processes end; implemented beside process_identity.
namespace coracle::sys {

/// The name of this boot, /proc/sys/kernel/random/boot_id. Tells records of an earlier boot from those of
/// this one, whose pids and times of start may be equal. Thread-safe. Errors: by errno.
Result<std::string> bootId();

/// Time since this boot, suspended time included: what durations are measured with, for the clock of the wall
/// may be set at any moment. Source: clock_gettime(2), CLOCK_BOOTTIME.
std::chrono::nanoseconds timeSinceBoot();

/// How a process has ended that its parent has not reaped yet, for who is not its parent. none: it is reaped,
/// or it runs, or the kernel does not tell us. Source: proc(5), /proc/[pid]/stat, exit_code.
std::optional<ExitStatus> exitStatusOfZombie(const ProcessIdentity& identity);

/// What ended a process that was cloned and has executed no program since: the signal, or 0 for another end
/// and for who is not its parent. What it held is closed by an execve(2) and by an end alike, and this tells
/// the two apart: the kernel clears its mark before it closes anything. An end that is under way is waited
/// for, and left to be reaped. none: it has executed one, it is reaped, or the kernel does not tell us.
/// Source: include/linux/sched.h, PF_FORKNOEXEC; fs/exec.c, begin_new_exec(); proc(5), /proc/[pid]/stat,
/// flags.
std::optional<int> signalBeforeProgram(const ProcessIdentity& identity);

/// The same as exitStatusOfZombie() for one that is reaped. none: its parent has not reaped it yet; the pidfd
/// reports EPOLLHUP when it has. Errors: Unsupported before Linux 6.15, which forgets it. Source:
/// include/uapi/linux/pidfd.h, PIDFD_GET_INFO and PIDFD_INFO_EXIT.
Result<std::optional<ExitStatus>> exitStatusOf(int pidFd);

}  // namespace coracle::sys
