// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/window_memory.h"

#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"

#include <cstdlib>

#include <fcntl.h>
#include <sys/mman.h>

namespace coracle::store::helper {
namespace {

/// References reach all over the window, and the kernel maps sixteen pages where one is read; so this is
/// much less than what may be resident.
constexpr std::size_t kLetGoAfter = 2U << 20U;

}  // namespace

WindowMemory::WindowMemory(int folder) {
    if (folder < 0) {
        return;
    }
    if (auto file = sys::openAt(folder, ".", O_RDWR | O_TMPFILE, 0600)) {
        m_file = *std::move(file);
    }
}

WindowMemory::~WindowMemory() {
    for (const auto& [block, size] : m_files) {
        (void)::munmap(block, size);
    }
}

void* WindowMemory::allocate(std::size_t size) {
    if (m_file && size > kMaxWindowInMemory) {
        if (void* block = mapFile(size); block != nullptr) {
            m_files.emplace(block, size);
            return block;
        }
    }
    return std::malloc(size);
}

/// The room is taken at once: a page that finds none later would end the process. A block behind the others,
/// which a decompressor has one of at a time; the next one takes the same room.
void* WindowMemory::mapFile(std::size_t size) {
    constexpr std::size_t kAlign = 2U << 20U;  // a multiple of every size of pages
    const auto room = static_cast<off_t>((size + kAlign - 1) / kAlign * kAlign);
    const off_t offset = m_files.empty() ? 0 : m_end;
    if (::fallocate(m_file.get(), 0, offset, room) != 0) {
        return nullptr;
    }
    void* block = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, m_file.get(), offset);
    if (block == MAP_FAILED) {
        return nullptr;
    }
    m_end = offset + room;
    return block;
}

void WindowMemory::release(void* block) {
    if (const auto file = m_files.find(block); file != m_files.end()) {
        (void)::munmap(block, file->second);
        m_files.erase(file);
        return;
    }
    std::free(block);
}

void WindowMemory::written(std::size_t bytes) {
    if (m_files.empty()) {
        return;
    }
    m_sinceLetGo += bytes;
    if (m_sinceLetGo < kLetGoAfter) {
        return;
    }
    m_sinceLetGo = 0;
    for (const auto& [block, size] : m_files) {
        (void)::madvise(block, size,
                        MADV_DONTNEED);  // of a shared file: out of our memory, not out of the file
    }
}

}  // namespace coracle::store::helper
