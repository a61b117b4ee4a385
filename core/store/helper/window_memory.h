// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/unique_fd.h"

#include <cstddef>
#include <map>

#include <sys/types.h>

namespace coracle::store::helper {

/// Where a decompressor keeps the window that a stranger has chosen the size of. Small blocks are ordinary
/// memory; a large one is a nameless file of a folder, so the kernel can write it out when memory gets short,
/// and only what was used lately is resident. A folder whose file system cannot do that, or has no room for
/// it, gets ordinary memory: the limit on the window's size holds all the same. Not for two threads.
/// The file is made at once, so that the folder need not be reachable when the first byte is read.
class WindowMemory {
public:
    /// `folder`: a descriptor, not needed any more afterwards; -1 for ordinary memory only.
    explicit WindowMemory(int folder);
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
    void* mapFile(std::size_t size);

    sys::UniqueFd m_file;
    off_t m_end = 0;                       ///< of what is mapped of it
    std::map<void*, std::size_t> m_files;  ///< the blocks that are in the file, and their sizes
    std::size_t m_sinceLetGo = 0;
};

}  // namespace coracle::store::helper
