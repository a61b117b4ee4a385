// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace coracle::types {

enum class PushState : std::uint8_t {
    Preparing,     ///< nothing has been asked yet
    Pushing,       ///< bytes are on their way
    Pushed,        ///< the registry has it from us
    AlreadyThere,  ///< it had it before
    Mounted,       ///< it took it from another of its repositories
    Failed
};

/// Something that happened during a push; sent at most ten times a second for each layer, and at each change
/// of state.
struct PushEvent {
    enum class Kind : std::uint8_t {
        Resolved,  ///< what is to be sent is known; `text` is the repository, layerCount is set
        Layer,     ///< one layer moved on
        Status,    ///< a line for the person: "retrying in 2 s"
    };
    Kind kind = Kind::Status;
    std::string text;  ///< of a mounted layer: the repository that it came from
    std::uint32_t layerCount = 0;
    std::string layerDigest;  ///< "sha256:...", of the compressed blob
    std::uint32_t layerIndex = 0;
    PushState state = PushState::Preparing;
    std::uint64_t doneBytes = 0;  ///< that the registry was sent, compressed
    std::uint64_t totalBytes = 0;
};

/// Called from worker threads, one call at a time; must return quickly.
using PushProgress = std::function<void(const PushEvent&)>;

/// What a push came to.
struct PushedImage {
    std::string reference;  ///< where it went: "registry.example/team/app:1"
    std::string digest;     ///< of the manifest or index
    std::uint64_t manifestBytes = 0;
};

}  // namespace coracle::types
