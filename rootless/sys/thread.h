// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace coracle::sys {

/// none: there is no thread to be had, as under a limit of processes; the caller does without, or says so.
/// Source: pthread_create(3), EAGAIN.
template <typename Work>
std::optional<std::jthread> tryStartThread(Work&& work) {
    try {
        return std::jthread(std::forward<Work>(work));
    } catch (const std::system_error&) {
        return std::nullopt;
    }
}

}  // namespace coracle::sys
