// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace coracle::gui {

/// What a container took at one moment. Rates are means since the point before; none: there was no point
/// before, or the counts began anew.
struct UsagePoint {
    std::chrono::system_clock::time_point time;
    double memoryBytes = 0;
    std::optional<double> cpuPercent;  ///< 100: one processor, wholly
    std::optional<double> receivedPerSecond;
    std::optional<double> sentPerSecond;
    std::optional<double> readPerSecond;
    std::optional<double> writtenPerSecond;
};

/// The last hour of a container: each second of the last five minutes, fewer points before. So it costs some
/// forty kilobytes, whatever time it is kept. A value; not thread-safe.
class UsageHistory {
public:
    static constexpr std::chrono::seconds kSpan{3600};

    /// Append a point; its time must not lie before that of the last one, or the points before are dropped
    /// (somebody set the clock).
    void add(const UsagePoint& point);
    /// Oldest first.
    const std::vector<UsagePoint>& points() const { return m_points; }
    /// Those of the last `span` before the newest one.
    std::vector<UsagePoint> last(std::chrono::seconds span) const;

private:
    void thin();

    std::vector<UsagePoint> m_points;
    std::size_t m_sinceThinned = 0;
};

}  // namespace coracle::gui
