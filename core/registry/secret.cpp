// SPDX-License-Identifier: Apache-2.0
#include "core/registry/secret.h"

#include <cstring>

namespace coracle::registry {

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe();
        m_value = other.m_value;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        m_value = other.m_value;
        other.wipe();
    }
    return *this;
}

/// explicit_bzero(3), since a compiler may drop a memset of memory that is freed next. Copies that a string
/// made while it grew are out of reach.
void Secret::wipe() noexcept {
    ::explicit_bzero(m_value.data(), m_value.size());
    m_value.clear();
}

}  // namespace coracle::registry
