// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>

namespace coracle::store::helper {

/// Where a decompressor keeps the window that a stranger has chosen the size of. Small blocks are ordinary
/// memory; a large one is a nameless file of a folder, so the kernel can write it out when memory gets short,
/// and only what was used lately is resident. A folder whose file system cannot do that, or has no room for
/// it, gets ordinary memory: the limit on the window's size holds all the same. Not for two threads.
class WindowMemory {
public:
    /// `folder`: a descriptor, borrowed, that must stay open; -1 for ordinary memory only.
    explicit WindowMemory(int folder) : m_folder(folder) {}
    ~WindowMemory();
    WindowMemory(const WindowMemory&) = delete;
    WindowMemory& operator=(const WindowMemory&) = delete;

    /// Null when there is no memory.
    void* allocate(std::size_t size);
    void release(void* block);

    /// So many bytes were written into the window. From time to time its pages are let go of; the file keeps
    /// what is in them.
    void written(std::size_t bytes);

private:
    void* mapFile(std::size_t size) const;

    int m_folder;
    std::map<void*, std::size_t> m_files;  ///< the blocks that are files, and their sizes
    std::size_t m_sinceLetGo = 0;
};

}  // namespace coracle::store::helper
