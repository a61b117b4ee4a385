// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/resource_spec.h"
#include "core/types/run_spec.h"
#include "core/types/sharing_change.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coracle::types {

/// Variables of a container that exists. What is unset may come from its image.
struct EnvironmentChange {
    std::vector<std::pair<std::string, std::string>> set;
    std::vector<std::string> unset;  ///< names; before `set`

    bool isEmpty() const { return set.empty() && unset.empty(); }
};

/// What is to be another one in a container that exists; what is none or empty stays.
struct ContainerEdit {
    std::optional<std::string> name;
    std::optional<RestartSpec> restart;
    std::optional<ResourceSpec> limits;  ///< as mergeResources() takes them
    SharingChange sharing;
    EnvironmentChange environment;

    bool isEmpty() const {
        return !name && !restart && !limits && sharing.isEmpty() && environment.isEmpty();
    }
};

/// What makes `after` of `before`: the name, the restart policy, limits, ports, mounts and variables. All
/// else has to be the same and is not looked at.
ContainerEdit editBetween(const RunSpec& before, const RunSpec& after);

/// Whether a running container has it only when it is started again: mounts and variables, and ports of UDP.
bool needsStart(const ContainerEdit& edit);

}  // namespace coracle::types
