// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace coracle::store::helper {

struct Buffer {
    static constexpr std::size_t kBytes = 512U << 10U;
    std::vector<std::byte> bytes = std::vector<std::byte>(kBytes);
    std::size_t used = 0;
};

/// Buffers go round between two threads. Either end may close: the producer at the end of its input, the
/// consumer when it failed.
class BufferRing {
public:
    BufferRing();

    /// For the producer; waits for the consumer, so it is never more than the ring ahead. null: the consumer
    /// has given up.
    Buffer* takeFree();
    /// For the consumer. null: the end.
    Buffer* takeFull();
    void putFree(Buffer* buffer);
    void putFull(Buffer* buffer) { put(m_full, buffer); }
    void end() { raise(m_ended); }
    void abandon() { raise(m_abandoned); }

private:
    /// Four MiB in all: enough for the two threads to run apart when one meets a large file and the other a
    /// run of small ones.
    static constexpr std::size_t kBuffers = 8;

    void put(std::deque<Buffer*>& queue, Buffer* buffer);
    void raise(bool& flag);

    std::array<Buffer, kBuffers> m_buffers;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Buffer*> m_free;
    std::deque<Buffer*> m_full;
    bool m_ended = false;
    bool m_abandoned = false;
};

}  // namespace coracle::store::helper
