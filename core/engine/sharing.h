// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/sharing_change.h"
#include "rootless/sys/result.h"

#include <string>
#include <vector>

namespace coracle::engine {

/// What containers that exist share with this computer. An engine that cannot change it answers Unsupported.
class Sharing {
public:
    virtual ~Sharing() = default;
    /// Publish and mount more or less. Ports of a running container change at once, where its network can;
    /// folders, and what the network cannot, when it is started again, which keeps its files. Warnings say
    /// so. Errors: NotFound for what is not there, AlreadyExists, Conflict without a network of its own or
    /// for a port that is taken; nothing is changed then.
    virtual Result<std::vector<std::string>> changeSharing(const std::string& id,
                                                           const types::SharingChange& change);
};

}  // namespace coracle::engine
