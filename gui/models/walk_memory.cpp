// SPDX-License-Identifier: Apache-2.0
#include "gui/models/walk_memory.h"

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr int kShare = 100;
/// Looking at one tab after the other is one look.
constexpr std::chrono::seconds kLeast{2};
constexpr std::size_t kMostKept = 500;

std::string runOf(const types::ContainerSummary& row) {
    const auto ticks = [](const std::optional<types::Time>& time) {
        return time ? std::to_string(time->time_since_epoch().count()) : std::string("-");
    };
    return std::string(types::toText(row.status)) + ' ' + ticks(row.startedAt) + ' ' + ticks(row.finishedAt);
}

}  // namespace

bool WalkMemory::due(const types::ContainerSummary& row) const {
    const auto found = m_walks.find(row.id);
    if (found == m_walks.end() || !found->second.ended || found->second.endedRun != runOf(row)) {
        return true;
    }
    const Walk& walk = found->second;
    return m_now() - *walk.ended >= std::max<Clock::duration>(kLeast, walk.took * kShare);
}

void WalkMemory::begin(const types::ContainerSummary& row) {
    if (m_walks.size() >= kMostKept && !m_walks.contains(row.id)) {
        m_walks.clear();
    }
    Walk& walk = m_walks[row.id];
    walk.run = runOf(row);
    walk.began = m_now();
}

void WalkMemory::end(const std::string& id, std::optional<std::uint64_t> value) {
    const auto found = m_walks.find(id);
    if (found == m_walks.end()) {
        return;
    }
    Walk& walk = found->second;
    walk.ended = m_now();
    walk.endedRun = walk.run;
    walk.took = *walk.ended - walk.began;
    if (value) {
        walk.value = value;
    }
}

std::optional<std::uint64_t> WalkMemory::value(const std::string& id) const {
    const auto found = m_walks.find(id);
    return found == m_walks.end() ? std::nullopt : found->second.value;
}

}  // namespace coracle::gui
