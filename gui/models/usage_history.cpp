// SPDX-License-Identifier: Apache-2.0
#include "gui/models/usage_history.h"

namespace coracle::gui {

namespace {

using std::chrono::seconds;

constexpr std::size_t kThinEvery = 60;

/// The least time between two points of that age.
seconds spacing(seconds age) {
    return age < seconds(300) ? seconds(0) : age < seconds(900) ? seconds(5) : seconds(15);
}

}  // namespace

void UsageHistory::add(const UsagePoint& point) {
    if (!m_points.empty() && point.time < m_points.back().time) {
        m_points.clear();
    }
    m_points.push_back(point);
    if (++m_sinceThinned >= kThinEvery) {
        m_sinceThinned = 0;
        thin();
    }
}

void UsageHistory::thin() {
    const auto newest = m_points.back().time;
    std::vector<UsagePoint> kept;
    kept.reserve(m_points.size());
    for (const UsagePoint& point : m_points) {
        const auto age = std::chrono::duration_cast<seconds>(newest - point.time);
        const bool spaced = kept.empty() || point.time - kept.back().time >= spacing(age);
        if (age <= kSpan && spaced) {
            kept.push_back(point);
        }
    }
    m_points.swap(kept);
}

std::vector<UsagePoint> UsageHistory::last(seconds span) const {
    std::vector<UsagePoint> chosen;
    for (const UsagePoint& point : m_points) {
        if (m_points.back().time - point.time <= span) {
            chosen.push_back(point);
        }
    }
    return chosen;
}

}  // namespace coracle::gui
