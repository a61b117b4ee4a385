// SPDX-License-Identifier: Apache-2.0
#include "core/registry/pull_reporter.h"

namespace coracle::registry {
namespace {

constexpr std::chrono::milliseconds kLayerInterval{100};

}  // namespace

void PullReporter::send(const types::PullEvent& event) {
    if (m_progress) {
        m_progress(event);
    }
}

void PullReporter::resolved(const image::Digest& manifest, const std::vector<image::Descriptor>& layers) {
    const std::lock_guard lock(m_mutex);
    m_rows.clear();
    for (const image::Descriptor& layer : layers) {
        m_rows.push_back({layer.digest.text(), layer.size, std::nullopt, {}});
    }
    types::PullEvent event;
    event.kind = types::PullEvent::Kind::Resolved;
    event.text = manifest.text();
    event.layerCount = static_cast<std::uint32_t>(layers.size());
    send(event);
}

void PullReporter::layer(std::size_t index, types::LayerState state, std::uint64_t doneBytes) {
    const std::lock_guard lock(m_mutex);
    Row& row = m_rows.at(index);
    const auto now = std::chrono::steady_clock::now();
    if (state == row.state && now - row.sentAt < kLayerInterval) {
        return;
    }
    row.state = state;
    row.sentAt = now;
    types::PullEvent event;
    event.kind = types::PullEvent::Kind::Layer;
    event.layerCount = static_cast<std::uint32_t>(m_rows.size());
    event.layerDigest = row.digest;
    event.layerIndex = static_cast<std::uint32_t>(index);
    event.state = state;
    event.doneBytes = doneBytes;
    event.totalBytes = row.totalBytes;
    send(event);
}

void PullReporter::status(const std::string& text) {
    const std::lock_guard lock(m_mutex);
    types::PullEvent event;
    event.text = text;
    send(event);
}

void PullReporter::done(const image::Digest& id) {
    const std::lock_guard lock(m_mutex);
    types::PullEvent event;
    event.kind = types::PullEvent::Kind::Done;
    event.text = id.text();
    send(event);
}

}  // namespace coracle::registry
