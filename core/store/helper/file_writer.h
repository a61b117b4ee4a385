// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace coracle::store::helper {

/// What could not be done to a file, by errno; a full disk gets a hint. The name is made safe to show.
Error fileFailure(const std::string& verb, std::string_view path, int err = errno);

/// Writes the content of one file after the other as an archive gives it. Long runs of zeros stay holes: an
/// archive has no better word for what was one.
class FileWriter {
public:
    /// fd: an empty file, open for writing, borrowed until end(). path: for messages.
    void begin(int fd, std::string path);
    /// Offsets ascend. Errors: by errno.
    Result<> write(std::uint64_t offset, std::span<const std::byte> bytes);
    /// Give the file its size, which its end may lie before when there are holes. sparse: the archive left
    /// some out.
    Result<> end(std::uint64_t size, bool sparse);
    /// Bytes written in one piece from the beginning.
    std::uint64_t position() const noexcept { return m_position; }

private:
    Result<> writePiece(std::uint64_t offset, std::span<const std::byte> bytes);

    int m_fd = -1;
    std::string m_path;
    std::uint64_t m_position = 0;
    bool m_hasHoles = false;
};

}  // namespace coracle::store::helper
