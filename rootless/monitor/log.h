// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/log_format.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string_view>

namespace coracle::monitor {

/// Where a container's output is kept. Whatever becomes of that place the container goes on: what cannot be
/// kept is counted and dropped, and told as soon as something can be told again.
class Log {
public:
    Log() = default;
    virtual ~Log() = default;
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// Make ready. A failure is not fatal: each write tries again. Errors: Conflict when what is there is
    /// no log, by errno.
    virtual Result<> open() = 0;

    /// Add output that came at `now` (nanoseconds since the epoch).
    virtual void append(Stream stream, std::string_view bytes, std::int64_t now) = 0;

    /// Write lines that have no end yet as they are; the rest of such a line continues it in the next entry.
    virtual void flushPartial(std::int64_t now) = 0;
    /// Whether flushPartial() would write something.
    virtual bool hasPartial() const noexcept = 0;

    /// Bytes of output dropped and not yet told of.
    virtual std::uint64_t lostBytes() const noexcept = 0;
};

}  // namespace coracle::monitor
