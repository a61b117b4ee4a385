// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::runtime {

/// What a host check found, for `coracle doctor`.
struct HostProbe {
    bool works = false;
    std::string reason;
    std::string hint;
};

/// Do one thing that a container needs, in the calling process, which may not be used for anything else
/// afterwards: "userns" (make a user namespace), "userns-admin" (mount in it), "seccomp" (install the
/// filters), "network PROGRAM" (start slirp4netns for an empty network namespace).
/// Errors: InvalidArgument for another name.
Result<HostProbe> probeHost(const std::vector<std::string>& words);

}  // namespace coracle::runtime
