// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/terminal.h"
#include "rootless/sys/unique_fd.h"

#include <optional>

#include <termios.h>

/// The terminal a person sits at, for programs that put one of a container in its place.
namespace coracle::sys {

/// none: the descriptor is no terminal, or one of no size. Source: ioctl_tty(2), TIOCGWINSZ.
std::optional<WindowSize> findWindowSize(int fd);

/// A terminal in raw mode; as it was before when this goes. A descriptor that is no terminal, or -1, stays as
/// it is. Source: termios(3), cfmakeraw().
class RawTerminal {
public:
    explicit RawTerminal(int fd);
    ~RawTerminal();
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;

    /// Once more, after a shell may have taken it back while this process was stopped.
    void enter();

private:
    int m_fd;
    termios m_before{};
    bool m_changed = false;
};

/// The other end of a controlling end, which does not become our controlling terminal. While it is open the
/// controlling end does not hang up when programs close theirs. Source: ioctl_tty(2), TIOCGPTPEER.
Result<UniqueFd> openSlave(int masterFd);

}  // namespace coracle::sys
