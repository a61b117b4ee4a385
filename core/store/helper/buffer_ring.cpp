// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/buffer_ring.h"

namespace coracle::store::helper {
namespace {

Buffer* pop(std::deque<Buffer*>& queue) {
    Buffer* buffer = queue.front();
    queue.pop_front();
    return buffer;
}

}  // namespace

BufferRing::BufferRing() {
    for (Buffer& buffer : m_buffers) {
        m_free.push_back(&buffer);
    }
}

Buffer* BufferRing::takeFree() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_abandoned || !m_free.empty(); });
    return m_abandoned ? nullptr : pop(m_free);
}

Buffer* BufferRing::takeFull() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_ended || !m_full.empty(); });
    return m_full.empty() ? nullptr : pop(m_full);
}

void BufferRing::putFree(Buffer* buffer) {
    buffer->used = 0;
    put(m_free, buffer);
}

void BufferRing::put(std::deque<Buffer*>& queue, Buffer* buffer) {
    {
        const std::lock_guard lock(m_mutex);
        queue.push_back(buffer);
    }
    m_changed.notify_all();
}

void BufferRing::raise(bool& flag) {
    {
        const std::lock_guard lock(m_mutex);
        flag = true;
    }
    m_changed.notify_all();
}

}  // namespace coracle::store::helper
