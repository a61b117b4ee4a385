// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/types/progress.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coracle::registry {

/// Sends pull events: one at a time whatever the thread, each layer at most ten times a second but for
/// changes of state, which are always sent.
class PullReporter {
public:
    explicit PullReporter(const types::PullProgress& progress) : m_progress(progress) {}

    void resolved(const image::Digest& manifest, const std::vector<image::Descriptor>& layers);
    void layer(std::size_t index, types::LayerState state, std::uint64_t doneBytes);
    void status(const std::string& text);
    void done(const image::Digest& id);

private:
    struct Row {
        std::string digest;
        std::uint64_t totalBytes = 0;
        std::optional<types::LayerState> state;  ///< none: nothing was sent yet
        std::chrono::steady_clock::time_point sentAt;
    };
    void send(const types::PullEvent& event);

    const types::PullProgress& m_progress;
    std::mutex m_mutex;
    std::vector<Row> m_rows;
};

}  // namespace coracle::registry
