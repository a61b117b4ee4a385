// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/layer_reporter.h"
#include "core/types/progress.h"

namespace coracle::registry {

/// Sends pull events.
class PullReporter : public LayerReporter<types::PullEvent> {
public:
    using LayerReporter::LayerReporter;

    void resolved(const image::Digest& manifest, const std::vector<image::Descriptor>& layers) {
        begin(manifest.text(), layers);
    }
    void layer(std::size_t index, types::LayerState state, std::uint64_t doneBytes) {
        move(index, state, doneBytes, {});
    }
    void done(const image::Digest& id) { send({.kind = types::PullEvent::Kind::Done, .text = id.text()}); }
};

}  // namespace coracle::registry
