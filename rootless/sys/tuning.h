// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <vector>

/// How the kernel treats the calling process. All of it is inherited by the program that is executed next.
namespace coracle::sys {

/// Source: sched_setattr(2).
struct SchedulingParameters {
    std::uint32_t policy = 0;  ///< SCHED_*
    std::uint64_t flags = 0;   ///< SCHED_FLAG_*
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

/// Errors: PermissionDenied with a hint where the limits of the user do not allow it.
Result<> setScheduling(const SchedulingParameters& parameters);

/// level: IOPRIO_CLASS_*; priority: 0 to 7. Errors: as setScheduling. Source: ioprio_set(2).
Result<> setIoPriority(int level, int priority);

/// Run on these processors only. Errors: InvalidArgument when none of them exists. Source:
/// sched_setaffinity(2).
Result<> setAffinity(const std::vector<unsigned>& processors);

/// Source: personality(2).
Result<> setPersonality(unsigned long persona);

/// The kernel's version, "6.1.0" as {6, 1}.
struct KernelVersion {
    unsigned major = 0;
    unsigned minor = 0;
    friend auto operator<=>(const KernelVersion&, const KernelVersion&) = default;
};
KernelVersion kernelVersion();

}  // namespace coracle::sys
