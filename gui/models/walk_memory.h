// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace coracle::gui {

/// What the last walk through a container's files came to, and whether it is time for another.
///
/// A container writes without telling anybody, so a number that a walk gave is old at once, and walks of
/// large trees cost. Another walk is due when the container was started or stopped since, and else when the
/// time since the last is a hundred times what that took: walks take at most a hundredth of the time that
/// somebody looks.
class WalkMemory {
public:
    using Clock = std::chrono::steady_clock;
    explicit WalkMemory(std::function<Clock::time_point()> now = Clock::now) : m_now(std::move(now)) {}

    bool due(const types::ContainerSummary& row) const;
    /// A walk of this container begins. One that is cancelled is forgotten by the next.
    void begin(const types::ContainerSummary& row);
    /// The walk that began last for this container ended with this number, or was too long for one: then the
    /// number before it stays.
    void end(const std::string& id, std::optional<std::uint64_t> value);
    /// Somebody put files in or took some out: the next walk is due.
    void forget(const std::string& id) { m_walks.erase(id); }
    /// What the last walk that ended came to.
    std::optional<std::uint64_t> value(const std::string& id) const;

private:
    struct Walk {
        std::string run;  ///< of the container, at the begin
        Clock::time_point began;
        std::optional<Clock::time_point> ended;
        std::string endedRun;
        Clock::duration took{0};
        std::optional<std::uint64_t> value;
    };

    std::function<Clock::time_point()> m_now;
    std::map<std::string, Walk> m_walks;
};

}  // namespace coracle::gui
