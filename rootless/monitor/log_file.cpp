// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/log_file.h"

#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::monitor {
namespace {

constexpr std::size_t kCommitBytes = 64U << 10U;

std::string partName(const std::string& path, unsigned number) {
    return number == 0 ? path : path + "." + std::to_string(number);
}

}  // namespace

LogFile::LogFile(std::string path, std::uint64_t maxBytes, unsigned maxFiles)
    : m_path(std::move(path)), m_maxBytes(maxBytes), m_maxFiles(std::max(maxFiles, 1U)) {}

Result<> LogFile::open() {
    if (m_path.empty() || m_fd) {
        return {};
    }
    TRY_ASSIGN(sys::UniqueFd fd,
               sys::openAt(AT_FDCWD, m_path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0600));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) {
        return Error::fromErrno("examine '" + m_path + "'");
    }
    if (!S_ISREG(status.st_mode)) {
        return Error(ErrorKind::Conflict, "open log '" + m_path + "': it is not a regular file");
    }
    m_size = static_cast<std::uint64_t>(status.st_size);
    m_fd = std::move(fd);
    return {};
}

void LogFile::append(Stream stream, std::string_view bytes, std::int64_t now) {
    if (m_path.empty()) {
        return;
    }
    const std::string time = timeText(now);
    std::string& partial = m_partial.at(static_cast<std::size_t>(stream));
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        const std::size_t length = end == std::string_view::npos ? bytes.size() : end + 1;
        std::string_view piece = bytes.substr(0, length);
        bytes.remove_prefix(length);
        if (!partial.empty()) {
            partial.append(piece);
            piece = partial;
        }
        while (piece.size() > kMaxEntryText) {
            const std::size_t part = wholeCharacters(piece, kMaxEntryText);
            addEntry(piece.substr(0, part), stream, time);
            piece.remove_prefix(part);
        }
        if (end != std::string_view::npos) {
            addEntry(piece, stream, time);
            piece = {};
        }
        partial = std::string(piece);
        if (m_pending.size() >= kCommitBytes) {
            commit(now);
        }
    }
    commit(now);
}

void LogFile::flushPartial(std::int64_t now) {
    for (const Stream stream : {Stream::Stdout, Stream::Stderr}) {
        std::string& partial = m_partial.at(static_cast<std::size_t>(stream));
        if (!partial.empty()) {
            addEntry(partial, stream, timeText(now));
            partial.clear();
        }
    }
    commit(now);
}

void LogFile::addEntry(std::string_view text, Stream stream, std::string_view time) {
    appendEntry(m_pending, text, stream, time);
    m_pendingBytes += text.size();
}

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
    TRY(open());
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

Result<> LogFile::rotate() {
    if (m_maxFiles == 1) {
        if (::ftruncate(m_fd.get(), 0) != 0) {
            return Error::fromErrno("truncate '" + m_path + "'");
        }
        m_size = 0;
        return {};
    }
    for (unsigned number = m_maxFiles - 1; number > 0; --number) {
        const auto moved = sys::renamePath(partName(m_path, number - 1), partName(m_path, number));
        if (!moved && moved.error().kind() != ErrorKind::NotFound) {
            return moved.error();
        }
    }
    m_fd.reset();
    return open();
}

void LogFile::lose(const Error& error) {
    m_lostBytes += m_pendingBytes;
    m_lossReason = error.message();
}

}  // namespace coracle::monitor
