// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

/// Hardening: what the options of `run` come to. Pure.
///
/// The default gives podman's eleven capabilities and our filter, since no image that runs under a rootless
/// podman may fail here. A *profile* is a starting point that single options then change: `hardened` for what
/// needs little, `docker` for what expects docker's every detail, and three additions that each open one
/// door: `nested`, `debug`, `32bit`.
namespace coracle::container {

/// What hardening depends on besides the options.
struct SecurityFacts {
    bool appArmor = false;  ///< the kernel enforces AppArmor profiles
    bool seLinux = false;
    std::vector<std::string>
        thermalPaths;  ///< /sys/devices/system/cpu/cpu*/thermal_throttle of this computer
};

/// What the container's process gets and what is hidden from it.
struct SecurityPlan {
    std::vector<std::string> capabilities;  ///< bounding set, sorted
    bool noNewPrivileges = false;
    std::string seccomp = "default";  ///< word of a built-in profile, or "unconfined"
    std::string seccompFile;          ///< path of a profile that replaces it; empty: none
    std::string seccompText;          ///< its content; the caller reads it
    /// Paths of /proc and /sys that are covered, as they tell about the host.
    std::vector<std::string> maskedPaths;
    std::vector<std::string> readonlyPaths;
    /// /sys is mounted read-write: with --privileged. What can be written there is what the user may
    /// write.
    bool writableSys = false;
    bool writableCgroup = false;  ///< it may make control groups below its own
    std::string appArmorProfile;  ///< empty: none is asked for
    std::vector<std::string> warnings;
};

/// Combine profile and options; an option wins over the profile it changes. Errors: InvalidArgument
/// (unknown capability, profiles that exclude each other, unknown option); Unsupported for a label that
/// this computer would enforce and an ordinary user cannot set.
Result<SecurityPlan> planSecurity(const types::RunSpec& spec, const SecurityFacts& facts);

}  // namespace coracle::container
