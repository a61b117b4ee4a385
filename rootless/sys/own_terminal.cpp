// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/own_terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>

namespace coracle::sys {

std::optional<WindowSize> findWindowSize(int fd) {
    winsize size{};
    if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
        return std::nullopt;
    }
    return WindowSize{size.ws_col, size.ws_row};
}

RawTerminal::RawTerminal(int fd) : m_fd(fd) {
    if (fd >= 0 && ::tcgetattr(fd, &m_before) == 0) {
        m_changed = true;
        enter();
    }
}

RawTerminal::~RawTerminal() {
    if (m_changed) {
        (void)::tcsetattr(m_fd, TCSADRAIN, &m_before);  // nothing else can be done about it
    }
}

void RawTerminal::enter() {
    if (m_changed) {
        termios raw = m_before;
        ::cfmakeraw(&raw);
        (void)::tcsetattr(m_fd, TCSADRAIN, &raw);  // typing is less comfortable then
    }
}

Result<UniqueFd> openSlave(int masterFd) {
    UniqueFd slave(::ioctl(masterFd, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!slave) {
        return Error::fromErrno("open the other end of the terminal");
    }
    return slave;
}

}  // namespace coracle::sys
