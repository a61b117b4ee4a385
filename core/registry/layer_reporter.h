// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coracle::registry {

/// Sends events about the layers of an image: one at a time whatever the thread, each layer at most ten times
/// a second but for changes of state, which are always sent. Event: types::PullEvent or types::PushEvent.
/// What is common to a pull and a push; pull_reporter.h and push_reporter.h say the rest.
template <typename Event>
class LayerReporter {
public:
    using Progress = std::function<void(const Event&)>;

    explicit LayerReporter(const Progress& progress) : m_progress(progress) {}

    /// A line for the person.
    void status(const std::string& text) {
        Event event;
        event.text = text;
        send(event);
    }

protected:
    using State = decltype(Event::state);

    /// What is to be moved is known; `text` says what it is.
    void begin(const std::string& text, const std::vector<image::Descriptor>& layers) {
        const std::lock_guard lock(m_mutex);
        m_rows.clear();
        for (const image::Descriptor& layer : layers) {
            m_rows.push_back({layer.digest.text(), layer.size, std::nullopt, {}});
        }
        Event event;
        event.kind = Event::Kind::Resolved;
        event.text = text;
        event.layerCount = static_cast<std::uint32_t>(layers.size());
        sendLocked(event);
    }

    void move(std::size_t index, State state, std::uint64_t doneBytes, const std::string& text) {
        const std::lock_guard lock(m_mutex);
        Row& row = m_rows.at(index);
        const auto now = std::chrono::steady_clock::now();
        if (state == row.state && now - row.sentAt < kInterval) {
            return;
        }
        row.state = state;
        row.sentAt = now;
        Event event;
        event.kind = Event::Kind::Layer;
        event.text = text;
        event.layerCount = static_cast<std::uint32_t>(m_rows.size());
        event.layerDigest = row.digest;
        event.layerIndex = static_cast<std::uint32_t>(index);
        event.state = state;
        event.doneBytes = doneBytes;
        event.totalBytes = row.totalBytes;
        sendLocked(event);
    }

    void send(const Event& event) {
        const std::lock_guard lock(m_mutex);
        sendLocked(event);
    }

private:
    static constexpr std::chrono::milliseconds kInterval{100};

    struct Row {
        std::string digest;
        std::uint64_t totalBytes = 0;
        std::optional<State> state;  ///< none: nothing was sent yet
        std::chrono::steady_clock::time_point sentAt;
    };

    void sendLocked(const Event& event) {
        if (m_progress) {
            m_progress(event);
        }
    }

    const Progress& m_progress;
    std::mutex m_mutex;
    std::vector<Row> m_rows;
};

}  // namespace coracle::registry
