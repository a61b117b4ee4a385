// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/engine_service.h"
#include "gui/models/usage_history.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace coracle::gui {

class EngineState;

/// What a container took between the last two samples. What one sample cannot tell yet is none.
struct Usage {
    std::optional<double> cpuPercent;  ///< 100: one processor, wholly
    std::uint64_t memoryBytes = 0;
    std::uint64_t memoryLimit = 0;  ///< 0: only what the computer has
    std::uint64_t processes = 0;
    std::uint64_t processLimit = 0;  ///< 0: no limit
    std::optional<double> receivedPerSecond;
    std::optional<double> sentPerSecond;
    int cpus = 1;
    std::optional<double> readPerSecond;  ///< from disks
    std::optional<double> writtenPerSecond;
    bool fromGroup = true;  ///< false: added up over its processes, which misses those that have ended
};

/// The same for all running containers together.
struct TotalUsage {
    bool known = false;  ///< false: nothing was sampled yet
    int cpus = 1;
    double cpuPercent = 0;
    std::uint64_t memoryBytes = 0;
};

/// What running containers take, sampled while somebody can see it.
///
/// The kernel counts, but tells nobody when a count changes, so this is the one thing that the app asks for
/// at intervals: each second for a page that shows the numbers, each five seconds when only the status strip
/// does, and never while the window is hidden or nothing runs. The next sample is asked for when the last has
/// come: a slow engine is asked less often, not more. Lives on the window's thread and never blocks it.
class UsageMonitor : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kHistory = 60;
    enum class Pace : std::uint8_t { Stopped, Slow, Fast };

    UsageMonitor(EngineService& service, const EngineState& state, QObject* parent = nullptr);

    /// How often to sample. The first sample after a stop comes at once.
    void setPace(Pace pace);
    Pace pace() const { return m_pace; }
    /// Time between two samples at a pace; tests and pictures shorten it.
    void setInterval(Pace pace, std::chrono::milliseconds interval);
    /// What points are dated with; pictures make a minute in a moment.
    void setClock(std::function<std::chrono::system_clock::time_point()> clock) {
        m_clock = std::move(clock);
    }

    /// Null when it does not run or was not sampled yet. Valid until the next sampled().
    const Usage* usage(const std::string& id) const;
    /// Oldest first, at most kHistory; percent of one processor.
    const std::vector<double>& cpuHistory(const std::string& id) const;
    /// The same in bytes.
    const std::vector<double>& memoryHistory(const std::string& id) const;
    /// Bytes a second, received and sent together.
    const std::vector<double>& networkHistory(const std::string& id) const;
    /// What was sampled in the last hour, at whatever pace; empty when nothing was.
    const UsageHistory& history(const std::string& id) const;
    TotalUsage total() const;

signals:
    /// All running containers were sampled; once for all of them.
    void sampled();

private:
    struct Series {
        types::ContainerStats last;
        Usage usage;
        std::vector<double> cpu;
        std::vector<double> memory;
        std::vector<double> network;
        UsageHistory history;
    };

    void onList();
    void schedule();
    void ask();
    void take(const std::vector<types::ContainerStats>& all);
    void advance(Series& series, const types::ContainerStats& now);
    std::vector<types::ContainerSummary> running() const;

    EngineService& m_service;
    const EngineState& m_state;
    Pace m_pace = Pace::Stopped;
    std::chrono::milliseconds m_fast{1000};
    std::chrono::milliseconds m_slow{5000};
    QTimer m_timer;
    std::function<std::chrono::system_clock::time_point()> m_clock = std::chrono::system_clock::now;
    bool m_asking = false;
    bool m_known = false;
    std::map<std::string, Series> m_series;
};

}  // namespace coracle::gui
