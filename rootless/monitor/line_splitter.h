// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/log_format.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>

namespace coracle::monitor {

/// Cuts output into the texts of log entries: one for each line, with its line end, and several for a line
/// longer than kMaxEntryText, only the last of which ends in one. A line that has not ended is kept until it
/// does, or flush() is called. Pure.
class LineSplitter {
public:
    /// Longest text of one entry, as in docker.
    static constexpr std::size_t kMaxEntryText = 16U << 10U;
    using Sink = std::function<void(Stream, std::string_view)>;

    /// Take bytes of one stream; `sink` is called for each text that is complete, during the call. The
    /// two streams are split apart, whatever order they come in.
    void append(Stream stream, std::string_view bytes, const Sink& sink);
    /// Hand out what has no line end yet.
    void flush(const Sink& sink);
    bool hasPartial() const noexcept { return !m_partial[0].empty() || !m_partial[1].empty(); }

private:
    std::array<std::string, 2> m_partial;  ///< by Stream
};

}  // namespace coracle::monitor
