// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace coracle::sys {

/// Memory to read into. Made at its first use and not filled, so that of a large one for small messages only
/// what was read is ever touched: a page that is written to for the first time costs a microsecond.
class ReadBuffer {
public:
    explicit ReadBuffer(std::size_t bytes) : m_bytes(bytes) {}

    /// All of it, with whatever was read before.
    std::span<char> space() {
        if (!m_memory) {
            m_memory = std::make_unique_for_overwrite<char[]>(m_bytes);  // NOLINT(*-avoid-c-arrays)
        }
        return {m_memory.get(), m_bytes};
    }

private:
    std::size_t m_bytes;
    std::unique_ptr<char[]> m_memory;  // NOLINT(*-avoid-c-arrays): a vector fills what it makes
};

}  // namespace coracle::sys
