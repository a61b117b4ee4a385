// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace coracle::cli {

/// Finds the keys that leave a container without ending it in what is typed. Keys that only begin the
/// sequence are held back until it is clear that they do not continue it.
class DetachKeys {
public:
    /// "ctrl-p,ctrl-q", "ctrl-a,d"; empty text never detaches. Errors: InvalidArgument.
    static Result<DetachKeys> parse(std::string_view text);

    struct Fed {
        std::string forward;  ///< what goes to the container
        bool detach = false;
    };
    Fed feed(std::string_view typed);

private:
    explicit DetachKeys(std::string keys) : m_keys(std::move(keys)) {}
    std::string m_keys;
    std::size_t m_matched = 0;
};

inline constexpr const char* kDefaultDetachKeys = "ctrl-p,ctrl-q";

}  // namespace coracle::cli
