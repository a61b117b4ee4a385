// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>

namespace coracle::sys {

/// In characters.
struct WindowSize {
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
};

/// Set the size of a terminal; the foreground process group gets SIGWINCH. Works on either end of a pty.
/// Source: ioctl_tty(2), TIOCSWINSZ.
Result<> setWindowSize(int fd, WindowSize size);

/// Whether the descriptor is the controlling end of a pseudoterminal. Source: ioctl_tty(2), TIOCGPTN.
bool isPtyMaster(int fd);

/// What a terminal sends to say "end of input" (usually 0x04), when it is in line mode; 0 in raw mode, where
/// no such character exists. Source: termios(3), VEOF, ICANON.
char endOfInputCharacter(int fd);

}  // namespace coracle::sys
