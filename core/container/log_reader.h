// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "rootless/sys/result.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::container {

/// How a reader that follows learns that the container has ended. The log file itself does not say so.
struct LogFollow {
    /// Asked before each sleep: a borrowed descriptor, readable when something about the container's
    /// processes has changed; -1: none.
    std::function<int()> wakeFd;
    std::function<bool()> ended;  ///< asked after each wake-up; true: deliver the rest and return
};

/// Deliver the entries of a json-file log in order: the parts `path.N` ... `path.1` that rotation left, then
/// `path` itself. Entries that are damaged are skipped, a missing log is an empty one. With options.follow it
/// then sleeps on inotify until the log grows, is rotated, or the container ends; it never polls. Rotation is
/// looked for between blocks and each new part is held open, so a reader that is slower than the writer loses
/// nothing until kMaxHeldParts wait; what it then misses, or what was rotated away while `sink` blocked, is
/// told by a line on standard error. `sink` returns false to stop. Blocks. Errors: Cancelled after a stop
/// request, Io.
Result<> readLog(const std::string& path, const types::LogOptions& options, const LogFollow& follow,
                 const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop);

/// Descriptors that a slow reader may keep open for parts that have been rotated meanwhile; each keeps
/// its file on the disk.
inline constexpr std::size_t kMaxHeldParts = 64;

/// One line of the file. none: it is not an entry. Source: docker's json-file logging driver.
std::optional<types::LogLine> parseLogEntry(std::string_view line);

}  // namespace coracle::container
