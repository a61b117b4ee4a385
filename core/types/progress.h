// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace coracle::types {

/// Steps of a layer in order; AlreadyPresent and Failed are ends like Done.
enum class LayerState : std::uint8_t {
    Waiting,
    Downloading,
    Verifying,
    Extracting,
    Done,
    AlreadyPresent,
    Failed
};

/// Something that happened during a pull; sent at most ten times a second for each layer, and at each change
/// of state.
struct PullEvent {
    enum class Kind : std::uint8_t {
        Resolved,  ///< the manifest is known; `text` is its digest, layerCount is set
        Layer,     ///< one layer moved on
        Status,    ///< a line for the person: "retrying in 2 s"
        Done,      ///< `text` is the image id
    };
    Kind kind = Kind::Status;
    std::string text;
    std::uint32_t layerCount = 0;
    std::string layerDigest;       ///< "sha256:..."
    std::uint32_t layerIndex = 0;  ///< from the base upward
    LayerState state = LayerState::Waiting;
    std::uint64_t doneBytes = 0;  ///< compressed bytes
    /// Of the compressed blob, as the manifest says.
    std::uint64_t totalBytes = 0;
};

/// Called from worker threads, one call at a time; must return quickly.
using PullProgress = std::function<void(const PullEvent&)>;

}  // namespace coracle::types
