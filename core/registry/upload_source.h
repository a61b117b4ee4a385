// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/http.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace coracle::registry {

/// A range of an open file. read() tells how far it has come, counted from the beginning of the file.
class FileSource : public HttpSource {
public:
    /// fd: borrowed, must be readable with pread(2).
    FileSource(int fd, std::uint64_t offset, std::uint64_t size,
               const std::function<void(std::uint64_t)>& sent)
        : m_fd(fd), m_offset(offset), m_size(size), m_sent(sent) {}

    std::uint64_t size() const override { return m_size; }
    Result<> rewind() override;
    /// Errors: Corrupt when the file is shorter than it was said to be; Io.
    Result<std::size_t> read(std::span<char> buffer) override;

private:
    const int m_fd;
    const std::uint64_t m_offset;
    const std::uint64_t m_size;
    const std::function<void(std::uint64_t)>& m_sent;
    std::uint64_t m_done = 0;
};

/// A small document in memory; borrowed.
class TextSource : public HttpSource {
public:
    explicit TextSource(std::string_view text) : m_text(text) {}
    std::uint64_t size() const override { return m_text.size(); }
    Result<> rewind() override;
    Result<std::size_t> read(std::span<char> buffer) override;

private:
    std::string_view m_text;
    std::size_t m_done = 0;
};

}  // namespace coracle::registry
