// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/file_writer.h"

#include "core/store/helper/entry_policy.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr std::size_t kHoleBytes = 64U << 10U;

bool startsWithZeros(std::span<const std::byte> bytes) {
    static constexpr std::array<std::byte, kHoleBytes> kZeros{};
    return bytes.size() >= kHoleBytes && std::memcmp(bytes.data(), kZeros.data(), kHoleBytes) == 0;
}

}  // namespace

Error fileFailure(const std::string& verb, std::string_view path, int err) {
    auto error = Error::fromErrno(verb + " '" + shown(path) + "'", err);
    if (err == ENOSPC || err == EDQUOT) {
        return std::move(error).withHint("free some space on the disk, or prune images that are not used");
    }
    return error;
}

void FileWriter::begin(int fd, std::string path) {
    m_fd = fd;
    m_path = std::move(path);
    m_position = 0;
    m_hasHoles = false;
}

Result<> FileWriter::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        std::size_t length = 0;
        while (length < bytes.size() && !startsWithZeros(bytes.subspan(length))) {
            length += std::min(kHoleBytes, bytes.size() - length);
        }
        TRY(writePiece(offset, bytes.first(length)));
        offset += length;
        bytes = bytes.subspan(length);
        if (!bytes.empty()) {
            m_hasHoles = true;
            offset += kHoleBytes;
            bytes = bytes.subspan(kHoleBytes);
        }
    }
    return {};
}

Result<> FileWriter::writePiece(std::uint64_t offset, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = offset == m_position
                                ? ::write(m_fd, bytes.data(), bytes.size())
                                : ::pwrite(m_fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0) {
            if (errno == EINTR) {
                continue;
            }
            return fileFailure("write", m_path);
        }
        if (offset == m_position) {
            m_position += static_cast<std::uint64_t>(put);
        }
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<> FileWriter::end(std::uint64_t size, bool sparse) {
    if ((sparse || m_hasHoles) && ::ftruncate(m_fd, static_cast<off_t>(size)) != 0) {
        return fileFailure("set size of", m_path);
    }
    return {};
}

}  // namespace coracle::store::helper
