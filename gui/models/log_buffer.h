// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::gui {

/// The lines of a log in memory: bytes in blocks of 4096 lines, so that a million lines cost little more than
/// their text and the oldest block can be dropped at once. Line numbers count from the oldest line kept.
class LogBuffer {
public:
    static constexpr std::size_t kBlockLines = 4096;
    static constexpr std::size_t kMaxLines = 1'000'000;
    static constexpr std::size_t kMaxBytes = 192'000'000;

    struct Change {
        std::size_t dropped = 0;  ///< lines that went at the front
        std::size_t from = 0;     ///< first line that is new or longer, after the drop
    };

    /// Append lines; a partial line is joined with its continuation.
    Change append(const std::vector<types::LogLine>& lines);
    /// Forget everything, also how much was dropped.
    void clear();

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    /// Bytes of all lines kept, without their ends.
    std::size_t bytes() const { return m_bytes; }
    /// Lines that were dropped since clear().
    std::size_t dropped() const { return m_dropped; }

    /// The bytes as written. Valid until the next append() or clear().
    std::string_view text(std::size_t line) const;
    types::Time time(std::size_t line) const;
    types::LogStream stream(std::size_t line) const;
    /// Characters as shown (see parseAnsi).
    int length(std::size_t line) const;

private:
    struct Record {
        std::uint64_t timeNs;
        std::uint32_t offset;
        std::uint32_t bytes;
        std::uint32_t shown;
        types::LogStream stream;
        bool partial;
    };
    struct Block {
        std::string bytes;
        std::vector<Record> records;
    };

    const Record& record(std::size_t line) const;
    const Block& block(std::size_t line) const;
    void add(const types::LogLine& line);
    bool joins(const types::LogLine& line) const;

    std::deque<Block> m_blocks;
    std::size_t m_size = 0;
    std::size_t m_bytes = 0;
    std::size_t m_dropped = 0;
};

}  // namespace coracle::gui
