// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <optional>
#include <string>
#include <vector>

namespace coracle::engine {

/// What is known of a container after the computer went down.
struct BootCandidate {
    std::string id;
    types::RestartSpec restart;
    std::string desiredState;     ///< "created", "running" or "stopped"
    std::optional<int> exitCode;  ///< of the last run; none: nobody saw its end
    std::vector<std::string>
        dependsOn;  ///< ids of containers whose namespaces it shares or that it has links to
};

/// docker's rule for the start of its daemon: `always` starts also what a person had stopped,
/// `unless-stopped` what nobody had, `on-failure` what was running and did not end well. Never what was not
/// started before. Pure.
bool startsAtBoot(const BootCandidate& container);

/// Those that start, each behind the ones it depends on; in a circle, which can start nowhere, as they come.
/// Pure.
std::vector<std::string> bootOrder(const std::vector<BootCandidate>& containers);

}  // namespace coracle::engine
