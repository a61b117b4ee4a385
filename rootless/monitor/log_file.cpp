// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/log_file.h"

#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::monitor {
namespace {

/// Entries are collected up to this size and written at once, so that a burst of short lines does not cost
/// a system call each; after each piece of output everything is written, so nothing waits here.
constexpr std::size_t kCommitBytes = 64U << 10U;
/// For small parts: what is collected for one write stays far below the limit of a part.
constexpr std::size_t kCommitsInPart = 16;

std::string partName(const std::string& path, unsigned number) {
    return number == 0 ? path : path + "." + std::to_string(number);
}

}  // namespace

/// Two parts at least, so that a rotation never leaves an empty log; with one allowed, both are half as
/// large. An amount that is written at once is at most a fraction of a part, since a part ends between two
/// of them.
LogFile::LogFile(std::string path, std::uint64_t maxBytes, unsigned maxFiles, std::string attributes)
    : m_path(std::move(path))
    , m_maxBytes(maxFiles < 2 ? maxBytes / 2 : maxBytes)
    , m_maxFiles(std::max(maxFiles, 2U))
    , m_attributes(std::move(attributes))
    , m_commitBytes(kCommitBytes) {
    if (maxBytes > 0) {  // a small part is not to be much larger than it should
        m_maxBytes = std::max<std::uint64_t>(m_maxBytes, 1);
        m_commitBytes = std::clamp<std::size_t>(m_maxBytes / kCommitsInPart, 1, kCommitBytes);
    }
}

/// The first output makes the file, for many containers write nothing; only whether it could be made is
/// asked.
Result<> LogFile::open() {
    if (m_path.empty() || sys::pathExists(m_path)) {
        return m_path.empty() ? Result<>() : openFile();
    }
    const std::string folder = m_path.substr(0, m_path.rfind('/') + 1);
    return ::access(folder.c_str(), W_OK | X_OK) == 0 ? Result<>()
                                                      : Error::fromErrno("make a log in '" + folder + "'");
}

/// O_NONBLOCK, so that a FIFO at the name is refused and not waited for.
Result<> LogFile::openFile() {
    if (m_fd) {
        return {};
    }
    TRY_ASSIGN(sys::UniqueFd fd,
               sys::openAt(AT_FDCWD, m_path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0600));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) {
        return Error::fromErrno("examine '" + m_path + "'");
    }
    if (!S_ISREG(status.st_mode)) {
        return Error(ErrorKind::Conflict, "open log '" + m_path + "': it is not a regular file");
    }
    m_size = static_cast<std::uint64_t>(status.st_size);
    m_fd = std::move(fd);
    return cutTornEntry();
}

/// A monitor that was killed while it wrote may have left a part of an entry, which would spoil the next
/// one. Looked for from the end, block by block: the file may be as large as the disk.
Result<> LogFile::cutTornEntry() {
    std::string block(kCommitBytes, '\0');
    std::uint64_t end = m_size;
    while (end > 0) {
        const std::uint64_t start = end > block.size() ? end - block.size() : 0;
        const ssize_t got = ::pread(m_fd.get(), block.data(), static_cast<std::size_t>(end - start),
                                    static_cast<off_t>(start));
        if (got <= 0) {
            return Error::fromErrno("read '" + m_path + "'");
        }
        const auto line = std::string_view(block).substr(0, static_cast<std::size_t>(got)).rfind('\n');
        if (line != std::string_view::npos) {
            end = start + line + 1;
            break;
        }
        end = start;
    }
    if (end == m_size) {
        return {};
    }
    if (::ftruncate(m_fd.get(), static_cast<off_t>(end)) != 0) {
        return Error::fromErrno("truncate '" + m_path + "'");
    }
    m_size = end;
    return {};
}

/// All lines of one read get one time: the clock is asked once for each piece and not for each line.
void LogFile::append(Stream stream, std::string_view bytes, std::int64_t now) {
    if (m_path.empty()) {
        return;
    }
    const std::string time = timeText(now);
    m_splitter.append(stream, bytes, [&](Stream from, std::string_view text) {
        addEntry(from, text, time);
        if (m_pending.size() >= m_commitBytes) {
            commit(now);
        }
    });
    commit(now);
}

void LogFile::flushPartial(std::int64_t now) {
    m_splitter.flush([&](Stream from, std::string_view text) { addEntry(from, text, timeText(now)); });
    commit(now);
}

void LogFile::addEntry(Stream stream, std::string_view text, std::string_view time) {
    appendEntry(m_pending, text, stream, time, m_attributes);
    m_pendingBytes += text.size();
}

/// What cannot be written is counted and dropped: output must go on, and memory is not the place to keep
/// it. The first entry that can be written again is a report of the gap, on standard error of the
/// container's log.
void LogFile::commit(std::int64_t now) {
    if (m_pending.empty()) {
        return;
    }
    if (m_lostBytes > 0) {
        std::string report;
        appendEntry(report,
                    "coracle: " + std::to_string(m_lostBytes) +
                        " bytes of output are missing here: " + m_lossReason + "\n",
                    Stream::Stderr, timeText(now));
        m_pending.insert(0, report);
    }
    const auto written = writePending(m_pending);
    if (written) {
        m_lostBytes = 0;
    } else {
        lose(written.error());
    }
    m_pending.clear();
    m_pendingBytes = 0;
}

Result<> LogFile::writePending(std::string_view text) {
    TRY(openFile());
    if (m_maxBytes > 0 && m_size > 0 && m_size + text.size() > m_maxBytes) {
        TRY(rotate());
    }
    const auto written = sys::writeAll(m_fd.get(), text);
    if (!written) {
        const Error error = written.error();
        // A part of an entry may have reached the file. We are its only writer, so the old size is the truth.
        if (::ftruncate(m_fd.get(), static_cast<off_t>(m_size)) != 0) {
            m_fd.reset();  // the size is unknown now; opening again asks for it
        }
        return error;
    }
    m_size += text.size();
    return {};
}

/// From the oldest to the newest, each onto the next, so the oldest part is replaced. A kill in between
/// leaves a gap in the numbers, which the next rotation closes.
Result<> LogFile::rotate() {
    for (unsigned number = m_maxFiles - 1; number > 0; --number) {
        const auto moved = sys::renamePath(partName(m_path, number - 1), partName(m_path, number));
        if (!moved && moved.error().kind() != ErrorKind::NotFound) {
            return moved.error();
        }
    }
    m_fd.reset();
    return openFile();
}

void LogFile::lose(const Error& error) {
    m_lostBytes += m_pendingBytes;
    m_lossReason = error.message();
}

}  // namespace coracle::monitor
