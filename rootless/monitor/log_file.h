// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/line_splitter.h"
#include "rootless/monitor/log.h"
#include "rootless/monitor/log_format.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace coracle::monitor {

/// A container's log: json-file entries, one for each line, in parts of bounded size. A part of an entry
/// is never left in the file.
/// Parts are PATH, PATH.1 and so on, the newest without a number, as docker's driver has them. A reader
/// sees whole entries, for each write ends with one. Nothing is synced: a power cut may take the last
/// lines.
/// Exactly one process writes, the holder of the container's lock. A link at the file's name is not
/// followed and anything but a regular file is refused.
class LogFile final : public Log {
public:
    /// An empty path makes a log that keeps nothing. maxBytes 0: one part without limit. maxFiles: parts;
    /// with a single one the limit is shared by two, so that the newest half is always there and a reader
    /// that follows finds the end of the part it is in. attributes: what attributesText() made.
    LogFile(std::string path, std::uint64_t maxBytes, unsigned maxFiles, std::string attributes = {});

    Result<> open() override;
    void append(Stream stream, std::string_view bytes, std::int64_t now) override;
    void flushPartial(std::int64_t now) override;
    bool hasPartial() const noexcept override { return m_splitter.hasPartial(); }
    std::uint64_t lostBytes() const noexcept override { return m_lostBytes; }

private:
    void addEntry(Stream stream, std::string_view text, std::string_view time);
    void commit(std::int64_t now);
    Result<> openFile();
    Result<> cutTornEntry();
    Result<> writePending(std::string_view text);
    Result<> rotate();
    void lose(const Error& error);

    std::string m_path;
    std::uint64_t m_maxBytes;
    unsigned m_maxFiles;
    std::string m_attributes;
    std::size_t m_commitBytes;
    sys::UniqueFd m_fd;
    std::uint64_t m_size = 0;
    LineSplitter m_splitter;
    std::string m_pending;             ///< whole entries not yet written
    std::uint64_t m_pendingBytes = 0;  ///< of output in m_pending
    std::uint64_t m_lostBytes = 0;
    std::string m_lossReason;
};

}  // namespace coracle::monitor
