// SPDX-License-Identifier: Apache-2.0
#include "core/registry/push_reporter.h"

namespace coracle::registry {
namespace {

constexpr std::chrono::milliseconds kLayerInterval{100};

}  // namespace

void PushReporter::send(const types::PushEvent& event) {
    if (m_progress) {
        m_progress(event);
    }
}

void PushReporter::resolved(const std::string& repository, const std::vector<image::Descriptor>& layers) {
    const std::lock_guard lock(m_mutex);
    m_rows.clear();
    for (const image::Descriptor& layer : layers) {
        m_rows.push_back({layer.digest.text(), layer.size, std::nullopt, {}});
    }
    types::PushEvent event;
    event.kind = types::PushEvent::Kind::Resolved;
    event.text = repository;
    event.layerCount = static_cast<std::uint32_t>(layers.size());
    send(event);
}

void PushReporter::layer(std::size_t index, types::PushState state, std::uint64_t doneBytes,
                         const std::string& from) {
    const std::lock_guard lock(m_mutex);
    Row& row = m_rows.at(index);
    const auto now = std::chrono::steady_clock::now();
    if (state == row.state && now - row.sentAt < kLayerInterval) {
        return;
    }
    row.state = state;
    row.sentAt = now;
    types::PushEvent event;
    event.kind = types::PushEvent::Kind::Layer;
    event.text = from;
    event.layerCount = static_cast<std::uint32_t>(m_rows.size());
    event.layerDigest = row.digest;
    event.layerIndex = static_cast<std::uint32_t>(index);
    event.state = state;
    event.doneBytes = doneBytes;
    event.totalBytes = row.totalBytes;
    send(event);
}

void PushReporter::status(const std::string& text) {
    const std::lock_guard lock(m_mutex);
    types::PushEvent event;
    event.text = text;
    send(event);
}

}  // namespace coracle::registry
