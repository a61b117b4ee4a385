// SPDX-License-Identifier: Apache-2.0
#include "gui/models/log_buffer.h"

#include "gui/models/ansi_text.h"

#include <algorithm>

namespace coracle::gui {

namespace {

constexpr std::size_t kMaxJoined = 1 << 20;  // a line without an end is cut into pieces of this size

}  // namespace

bool LogBuffer::joins(const types::LogLine& line) const {
    if (m_size == 0) {
        return false;
    }
    const Record& last = m_blocks.back().records.back();
    return last.partial && last.stream == line.stream && last.bytes + line.text.size() < kMaxJoined;
}

void LogBuffer::add(const types::LogLine& line) {
    if (joins(line)) {
        Block& tail = m_blocks.back();
        Record& last = tail.records.back();
        tail.bytes += line.text;
        last.bytes += std::uint32_t(line.text.size());
        last.partial = line.partial;
        last.shown = std::uint32_t(shownLength(std::string_view(tail.bytes).substr(last.offset, last.bytes)));
        m_bytes += line.text.size();
        return;
    }
    if (m_blocks.empty() || m_blocks.back().records.size() == kBlockLines) {
        m_blocks.emplace_back();
        m_blocks.back().records.reserve(kBlockLines);
    }
    Block& tail = m_blocks.back();
    tail.records.push_back(
        {.timeNs = std::uint64_t(
             std::chrono::duration_cast<std::chrono::nanoseconds>(line.time.time_since_epoch()).count()),
         .offset = std::uint32_t(tail.bytes.size()),
         .bytes = std::uint32_t(line.text.size()),
         .shown = std::uint32_t(shownLength(line.text)),
         .stream = line.stream,
         .partial = line.partial});
    tail.bytes += line.text;
    m_bytes += line.text.size();
    ++m_size;
}

LogBuffer::Change LogBuffer::append(const std::vector<types::LogLine>& lines) {
    Change change;
    change.from = m_size;
    if (!lines.empty() && joins(lines.front())) {
        --change.from;
    }
    for (const types::LogLine& line : lines) {
        add(line);
    }
    while (m_blocks.size() > 1 && (m_size > kMaxLines || m_bytes > kMaxBytes)) {
        m_bytes -= m_blocks.front().bytes.size();
        m_size -= kBlockLines;
        m_dropped += kBlockLines;
        change.dropped += kBlockLines;
        m_blocks.pop_front();
    }
    change.from -= std::min(change.from, change.dropped);
    return change;
}

void LogBuffer::clear() {
    *this = LogBuffer();
}

const LogBuffer::Block& LogBuffer::block(std::size_t line) const {
    return m_blocks[line / kBlockLines];
}

const LogBuffer::Record& LogBuffer::record(std::size_t line) const {
    return block(line).records[line % kBlockLines];
}

std::string_view LogBuffer::text(std::size_t line) const {
    const Record& found = record(line);
    return std::string_view(block(line).bytes).substr(found.offset, found.bytes);
}

types::Time LogBuffer::time(std::size_t line) const {
    return types::Time(
        std::chrono::duration_cast<types::Time::duration>(std::chrono::nanoseconds(record(line).timeNs)));
}

types::LogStream LogBuffer::stream(std::size_t line) const {
    return record(line).stream;
}

int LogBuffer::length(std::size_t line) const {
    return int(record(line).shown);
}

}  // namespace coracle::gui
