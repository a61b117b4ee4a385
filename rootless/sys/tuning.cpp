// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/tuning.h"

#include <algorithm>
#include <cstdio>

#include <sched.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace coracle::sys {
namespace {

// COMPAT(glibc < 2.41): sched.h has no sched_setattr. Source: sched_setattr(2).
struct KernelSchedulingAttributes {
    std::uint32_t size;
    std::uint32_t policy;
    std::uint64_t flags;
    std::int32_t nice;
    std::uint32_t priority;
    std::uint64_t runtime;
    std::uint64_t deadline;
    std::uint64_t period;
};

Error tuningError(const char* what) {
    Error error = Error::fromErrno(what);
    if (error.kind() == ErrorKind::PermissionDenied) {
        return std::move(error).withHint(
            "without root a process can only become less important than its limits (RLIMIT_NICE, "
            "RLIMIT_RTPRIO) allow");
    }
    return error;
}

}  // namespace

Result<> setScheduling(const SchedulingParameters& parameters) {
    KernelSchedulingAttributes attributes{sizeof attributes,   parameters.policy,   parameters.flags,
                                          parameters.nice,     parameters.priority, parameters.runtime,
                                          parameters.deadline, parameters.period};
    if (::syscall(SYS_sched_setattr, 0, &attributes, 0) != 0) {
        return tuningError("set the scheduler");
    }
    return {};
}

Result<> setIoPriority(int level, int priority) {
    constexpr int kProcess = 1;      // IOPRIO_WHO_PROCESS
    constexpr int kLevelShift = 13;  // IOPRIO_CLASS_SHIFT
    if (::syscall(SYS_ioprio_set, kProcess, 0, level << kLevelShift | priority) != 0) {
        return tuningError("set the I/O priority");
    }
    return {};
}

Result<> setAffinity(const std::vector<unsigned>& processors) {
    if (processors.empty()) {
        return {};
    }
    // CPU_ALLOC, because a fixed cpu_set_t ends at processor 1023. The highest number comes from a list
    // whose parser bounds it (rootless/oci).
    const std::size_t count = std::size_t{*std::max_element(processors.begin(), processors.end())} + 1;
    cpu_set_t* const set = CPU_ALLOC(count);
    if (set == nullptr) {
        return Error::fromErrno("choose processors");
    }
    const std::size_t size = CPU_ALLOC_SIZE(count);
    CPU_ZERO_S(size, set);
    for (const unsigned number : processors) {
        CPU_SET_S(number, size, set);
    }
    const int status = ::sched_setaffinity(0, size, set);
    const int err = errno;
    CPU_FREE(set);
    if (status != 0) {
        return Error::fromErrno("choose processors", err);
    }
    return {};
}

Result<> setPersonality(unsigned long persona) {
    if (::personality(persona) < 0) {
        return Error::fromErrno("set the personality");
    }
    return {};
}

KernelVersion kernelVersion() {
    utsname names{};
    KernelVersion version;
    if (::uname(&names) == 0) {
        (void)std::sscanf(names.release, "%u.%u", &version.major, &version.minor);  // 0.0 then
    }
    return version;
}

}  // namespace coracle::sys
