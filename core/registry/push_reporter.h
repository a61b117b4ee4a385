// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/layer_reporter.h"
#include "core/types/push.h"

namespace coracle::registry {

/// Sends push events.
class PushReporter : public LayerReporter<types::PushEvent> {
public:
    using LayerReporter::LayerReporter;

    void resolved(const std::string& repository, const std::vector<image::Descriptor>& layers) {
        begin(repository, layers);
    }
    /// from: the repository of a mounted layer.
    void layer(std::size_t index, types::PushState state, std::uint64_t doneBytes,
               const std::string& from = {}) {
        move(index, state, doneBytes, from);
    }
};

}  // namespace coracle::registry
