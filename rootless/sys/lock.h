// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace coracle::sys {

/// Shared: any number of holders, no exclusive one. Exclusive: one holder.
enum class LockMode : std::uint8_t { Shared, Exclusive };

/// What FileLock::look() found at a path.
enum class LockState : std::uint8_t { Missing, Free, Held };

/// An advisory lock on a file, released by the kernel when its last descriptor closes, so that a killed owner
/// never leaves one behind. The lock belongs to the open file description (F_OFD_SETLK): it survives
/// posix_spawn when the descriptor is passed on, and closing another descriptor of the file does not drop it.
/// Source: fcntl(2), "Open file description locks (non-POSIX)".
class FileLock {
public:
    /// Take the lock, creating the file (mode 0600) if needed. Waits at most `timeout` for one holder: a
    /// queue that moves is no lock that hangs, so each new holder starts the time anew, up to thirty times.
    /// `operation` is written into the file while an exclusive lock is held, to name the holder for others.
    /// Errors: Unavailable when the time is over; the message names the holder's pid and operation.
    static Result<FileLock> acquire(const std::string& path, LockMode mode, std::chrono::milliseconds timeout,
                                    const std::string& operation);

    /// Take the lock if it is free now. none: somebody else holds it.
    static Result<std::optional<FileLock>> tryAcquire(const std::string& path, LockMode mode,
                                                      const std::string& operation);

    /// Whether anybody holds an exclusive lock on the file. A snapshot: the holder may be gone when the
    /// answer is read. This is how "the container runs" is asked without a pid. Source: fcntl(2),
    /// F_OFD_GETLK. Errors: by errno, but not for a missing file.
    static Result<LockState> look(const std::string& path);

    /// The same for those who leave alone what is in use: what cannot be told counts as held.
    static bool mayBeHeld(const std::string& path);

    /// The descriptor that carries the lock; borrowed. Handing a copy to a child shares the lock with it.
    int fd() const noexcept { return m_fd.get(); }

private:
    explicit FileLock(UniqueFd fd) : m_fd(std::move(fd)) {}
    UniqueFd m_fd;
};

}  // namespace coracle::sys
