// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/log_format.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace coracle::monitor {

/// A container's log: json-file entries, one for each line, in parts of bounded size.
///
/// A line longer than kMaxEntryText becomes several entries, only the last of which ends in a line end. A
/// line that has not ended is kept until it does or flushPartial() is called. Whatever the disk does, the
/// container goes on: what cannot be written is counted and dropped, and the next entry that can be written
/// is preceded by one that says how much is missing and why. A part of an entry is never left in the file.
class LogFile {
public:
    /// Longest text of one entry, as in docker.
    static constexpr std::size_t kMaxEntryText = 16U << 10U;

    /// An empty path makes a log that keeps nothing. maxBytes 0: one part without limit. maxFiles: parts.
    LogFile(std::string path, std::uint64_t maxBytes, unsigned maxFiles);

    /// Open or continue the file. A failure is not fatal: each write tries again.
    Result<> open();

    /// Add output that came at `now` (nanoseconds since the epoch).
    void append(Stream stream, std::string_view bytes, std::int64_t now);

    /// Write lines that have no end yet as they are; the rest of such a line continues it in the next entry.
    void flushPartial(std::int64_t now);

    bool hasPartial() const noexcept { return !m_partial[0].empty() || !m_partial[1].empty(); }

    /// Bytes of output dropped and not yet reported in the log.
    std::uint64_t lostBytes() const noexcept { return m_lostBytes; }

private:
    void addEntry(std::string_view text, Stream stream, std::string_view time);
    void commit(std::int64_t now);
    Result<> writePending(std::string_view text);
    Result<> rotate();
    void lose(const Error& error);

    std::string m_path;
    std::uint64_t m_maxBytes;
    unsigned m_maxFiles;
    sys::UniqueFd m_fd;
    std::uint64_t m_size = 0;
    std::array<std::string, 2> m_partial;  ///< by Stream
    std::string m_pending;                 ///< whole entries not yet written
    std::uint64_t m_pendingBytes = 0;      ///< of output in m_pending
    std::uint64_t m_lostBytes = 0;
    std::string m_lossReason;
};

}  // namespace coracle::monitor
