// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <vector>

/// How the kernel treats the calling process. All of it is inherited by the program that is executed next.
namespace coracle::sys {

/// What sched_setattr(2) takes. Times in nanoseconds, for SCHED_DEADLINE only; priority for SCHED_FIFO
/// and SCHED_RR, nice for the others.
struct SchedulingParameters {
    std::uint32_t policy = 0;  ///< SCHED_*
    std::uint64_t flags = 0;   ///< SCHED_FLAG_*
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

/// Change policy and priority of the calling thread. Errors: PermissionDenied with a hint where the
/// limits of the user do not allow it, by errno otherwise.
Result<> setScheduling(const SchedulingParameters& parameters);

/// Change how the calling thread's disk requests are ordered. level: IOPRIO_CLASS_*; priority: 0 (first)
/// to 7. Errors: as setScheduling. Source: ioprio_set(2).
Result<> setIoPriority(int level, int priority);

/// Run on these processors only; an empty list changes nothing. Those that do not exist are left out by
/// the kernel. Errors: EINVAL in sysErrno() when none of them exists. Source: sched_setaffinity(2).
Result<> setAffinity(const std::vector<unsigned>& processors);

/// Change how the kernel presents itself to the process (PER_LINUX32: uname(2) says i686). Errors: by
/// errno. Source: personality(2).
Result<> setPersonality(unsigned long persona);

/// The kernel's version, "6.1.0" as {6, 1}. For messages and for features without a call that asks; a
/// feature that can be tried is tried instead, because distributions port features back.
struct KernelVersion {
    unsigned major = 0;
    unsigned minor = 0;
    friend auto operator<=>(const KernelVersion&, const KernelVersion&) = default;
};
/// Version of the running kernel; {0, 0} when its name is in no known form. Source: uname(2).
KernelVersion kernelVersion();

}  // namespace coracle::sys
