// SPDX-License-Identifier: Apache-2.0
#include "core/registry/upload_source.h"

#include <algorithm>

#include <unistd.h>

namespace coracle::registry {

Result<> FileSource::rewind() {
    m_done = 0;
    return {};
}

Result<std::size_t> FileSource::read(std::span<char> buffer) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), m_size - m_done));
    if (wanted == 0) {
        return std::size_t{0};
    }
    ssize_t got = -1;
    do {
        got = ::pread(m_fd, buffer.data(), wanted, static_cast<off_t>(m_offset + m_done));
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return Error::fromErrno("read a blob of this computer");
    }
    if (got == 0) {
        return Error(ErrorKind::Corrupt, "a blob of this computer ends after " +
                                             std::to_string(m_offset + m_done) + " bytes, expected " +
                                             std::to_string(m_offset + m_size));
    }
    m_done += static_cast<std::uint64_t>(got);
    if (m_sent) {
        m_sent(m_offset + m_done);
    }
    return static_cast<std::size_t>(got);
}

Result<> TextSource::rewind() {
    m_done = 0;
    return {};
}

Result<std::size_t> TextSource::read(std::span<char> buffer) {
    const std::size_t count = std::min(buffer.size(), m_text.size() - m_done);
    std::copy_n(m_text.data() + m_done, count, buffer.data());
    m_done += count;
    return count;
}

}  // namespace coracle::registry
