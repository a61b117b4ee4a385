// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/runtime/state.h"

#include <map>
#include <string>

#include <sys/types.h>

namespace coracle::runtime {

/// The state of a container as hooks and seccomp agents get it. Source: OCI runtime-spec 1.1, runtime.md,
/// "State".
struct OciState {
    std::string version;
    std::string id;
    std::string bundle;
    std::map<std::string, std::string> annotations;
};

/// The part of a recorded container that others are told.
OciState ociStateOf(const ContainerState& state);

/// The state as one JSON object, without a newline. pid: as the receiver sees it; left out for a stopped
/// container.
std::string toText(const OciState& state, Status status, pid_t pid);

/// What an agent gets beside its descriptor, as one JSON object. containerPid and processPid differ for
/// an exec. Source: OCI runtime-spec 1.1, config-linux.md, "The Container Process State".
std::string toAgentText(const OciState& state, Status status, pid_t containerPid, pid_t processPid,
                        const std::string& metadata);

}  // namespace coracle::runtime
