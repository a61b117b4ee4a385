// SPDX-License-Identifier: Apache-2.0
#include "core/cli/detach_keys.h"

#include <algorithm>

namespace coracle::cli {
namespace {

/// A control key is the letter without its upper three bits, as terminals send it (ascii(7)).
Result<char> parseKey(std::string_view key, std::string_view whole) {
    if (key.size() == 1) {
        return key[0];
    }
    if (key.size() == 6 && key.substr(0, 5) == "ctrl-") {
        const char c = key[5];
        const bool letter = c >= 'a' && c <= 'z';
        if (letter || std::string_view("@[\\]^_").find(c) != std::string_view::npos) {
            return static_cast<char>(c & 0x1F);
        }
    }
    return Error(ErrorKind::InvalidArgument,
                 "detach keys '" + std::string(whole) + "': '" + std::string(key) + "' is not a key")
        .withHint("write them as ctrl-p,ctrl-q or ctrl-a,d");
}

}  // namespace

Result<DetachKeys> DetachKeys::parse(std::string_view text) {
    std::string keys;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        TRY_ASSIGN(const char key, parseKey(rest.substr(0, comma), text));
        keys += key;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return DetachKeys(std::move(keys));
}

/// Everything after the sequence is dropped: the person has left. A key that breaks a half sequence may
/// begin a new one; sequences that overlap with themselves ("a,a,b") are not found in a longer run of
/// their first key, as no common sequence does.
DetachKeys::Fed DetachKeys::feed(std::string_view typed) {
    Fed result;
    if (m_keys.empty()) {
        result.forward = typed;
        return result;
    }
    for (const char c : typed) {
        if (c == m_keys[m_matched]) {
            if (++m_matched == m_keys.size()) {
                m_matched = 0;
                result.detach = true;
                return result;
            }
            continue;
        }
        result.forward.append(m_keys, 0, m_matched);
        m_matched = 0;
        if (c == m_keys[0]) {
            m_matched = 1;
        } else {
            result.forward += c;
        }
    }
    return result;
}

}  // namespace coracle::cli
