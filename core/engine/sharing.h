// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container_edit.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::engine {

/// What containers that exist share with this computer and are told. An engine that cannot change it answers
/// Unsupported.
class Sharing {
public:
    virtual ~Sharing() = default;
    /// Publish and mount more or less. Ports of a running container change at once, where its network can;
    /// folders, and what the network cannot, when it is started again, which keeps its files. Warnings say
    /// so. Errors: NotFound for what is not there, AlreadyExists, Conflict without a network of its own or
    /// for a port that is taken; nothing is changed then.
    virtual Result<std::vector<std::string>> changeSharing(const std::string& id,
                                                           const types::SharingChange& change);
    /// Other variables, when it is started again; a warning says so where it runs. Errors: InvalidArgument
    /// for a name or value that no environment can have.
    virtual Result<std::vector<std::string>> changeEnvironment(const std::string& id,
                                                               const types::EnvironmentChange& change);
};

}  // namespace coracle::engine
