// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

/// Whether and when a container that has ended is started again, by docker's rules. Pure.
namespace coracle::monitor {

/// Source: docker run(1), "--restart".
enum class RestartPolicy : std::uint8_t { No, Always, UnlessStopped, OnFailure };

/// What the container's settings say.
struct RestartRule {
    RestartPolicy policy = RestartPolicy::No;
    unsigned maxRetries = 0;  ///< of OnFailure; 0: no limit
};

/// `exitCode`: none when nobody saw it, which is no failure that OnFailure knows of. `restarts`: how often it
/// was started again so far. A person's stop is for the caller to respect.
bool shouldRestart(const RestartRule& rule, std::optional<int> exitCode, unsigned restarts);

/// The pause before each start: 100 ms, doubled up to a minute, and from the beginning after a run of ten
/// seconds.
class Backoff {
public:
    static constexpr std::chrono::milliseconds kFirst{100};
    static constexpr std::chrono::milliseconds kLongest{60'000};
    static constexpr std::chrono::seconds kHealthyRun{10};

    /// `ran`: how long the run was that has just ended, by a clock that nobody sets.
    std::chrono::milliseconds next(std::chrono::nanoseconds ran);

    /// Go on after a pause of `last` that another process made.
    void resume(std::chrono::milliseconds last) { m_last = last; }

private:
    std::chrono::milliseconds m_last{0};
};

}  // namespace coracle::monitor
