// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/types/push.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coracle::registry {

/// Sends push events: one at a time whatever the thread, each layer at most ten times a second but for
/// changes of state, which are always sent.
class PushReporter {
public:
    explicit PushReporter(const types::PushProgress& progress) : m_progress(progress) {}

    void resolved(const std::string& repository, const std::vector<image::Descriptor>& layers);
    /// from: the repository of a mounted layer.
    void layer(std::size_t index, types::PushState state, std::uint64_t doneBytes,
               const std::string& from = {});
    void status(const std::string& text);

private:
    struct Row {
        std::string digest;
        std::uint64_t totalBytes = 0;
        std::optional<types::PushState> state;
        std::chrono::steady_clock::time_point sentAt;
    };
    void send(const types::PushEvent& event);

    const types::PushProgress& m_progress;
    std::mutex m_mutex;
    std::vector<Row> m_rows;
};

}  // namespace coracle::registry
