// SPDX-License-Identifier: Apache-2.0
#include "core/types/container_edit.h"

#include "core/types/resource_text.h"

#include <algorithm>

namespace coracle::types {
namespace {

/// Of `from`, what is not in `other`.
template <typename T>
std::vector<T> without(const std::vector<T>& from, const std::vector<T>& other) {
    std::vector<T> rest;
    std::copy_if(from.begin(), from.end(), std::back_inserter(rest),
                 [&](const T& one) { return std::find(other.begin(), other.end(), one) == other.end(); });
    return rest;
}

SharingChange sharingBetween(const RunSpec& before, const RunSpec& after) {
    SharingChange change;
    change.removePorts = without(before.ports, after.ports);
    change.addPorts = without(after.ports, before.ports);
    change.addMounts = without(after.mounts, before.mounts);
    for (const MountSpec& mount : without(before.mounts, after.mounts)) {
        change.removeTargets.push_back(mount.target);
    }
    return change;
}

EnvironmentChange environmentBetween(const RunSpec& before, const RunSpec& after) {
    EnvironmentChange change;
    change.set = without(after.env, before.env);
    for (const auto& [name, value] : before.env) {
        const bool stays = std::any_of(after.env.begin(), after.env.end(),
                                       [&](const auto& variable) { return variable.first == name; });
        if (!stays) {
            change.unset.push_back(name);
        }
    }
    return change;
}

}  // namespace

ContainerEdit editBetween(const RunSpec& before, const RunSpec& after) {
    ContainerEdit edit;
    if (after.name != before.name) {
        edit.name = after.name;
    }
    if (after.restart != before.restart) {
        edit.restart = after.restart;
    }
    if (after.resources != before.resources) {
        edit.limits = resourcesBetween(before.resources, after.resources);
    }
    edit.sharing = sharingBetween(before, after);
    edit.environment = environmentBetween(before, after);
    return edit;
}

bool needsStart(const ContainerEdit& edit) {
    const auto isUdp = [](const net::PortMapping& port) { return port.protocol == net::Protocol::Udp; };
    const SharingChange& sharing = edit.sharing;
    return !edit.environment.isEmpty() || !sharing.addMounts.empty() || !sharing.removeTargets.empty() ||
           std::any_of(sharing.addPorts.begin(), sharing.addPorts.end(), isUdp) ||
           std::any_of(sharing.removePorts.begin(), sharing.removePorts.end(), isUdp);
}

}  // namespace coracle::types
