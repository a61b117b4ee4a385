// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "net/port_mapping.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace coracle::types {

/// What a container that exists is to share with this computer from now on, more or less than before.
/// What is removed is removed first, so that something else may take its place.
struct SharingChange {
    std::vector<net::PortMapping> addPorts;
    /// Those that coversPort() finds.
    std::vector<net::PortMapping> removePorts;
    std::vector<MountSpec> addMounts;
    std::vector<std::string> removeTargets;  ///< paths inside

    bool isEmpty() const {
        return addPorts.empty() && removePorts.empty() && addMounts.empty() && removeTargets.empty();
    }
};

/// Whether `wanted`, as a person names a published port, means `port`: without a host's port or address it
/// means them all. "0.0.0.0" is no address.
bool coversPort(const net::PortMapping& wanted, const net::PortMapping& port);

/// A port as it was asked for and as it is published: with the port of this computer that was chosen.
struct SharedPort {
    net::PortMapping asked;
    net::PortMapping published;  ///< the same as `asked` where nothing was to be chosen, or nothing runs
    friend bool operator==(const SharedPort&, const SharedPort&) = default;
};

/// The ports after the change, new ones at the end. Errors: NotFound naming what is not published;
/// AlreadyExists for a port of this computer that another one of them has.
Result<std::vector<SharedPort>> changePorts(const std::vector<SharedPort>& ports,
                                            const SharingChange& change);

}  // namespace coracle::types
