// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/terminal.h"

#include <sys/ioctl.h>
#include <termios.h>

namespace coracle::sys {

Result<> setWindowSize(int fd, WindowSize size) {
    winsize kernelSize{};
    kernelSize.ws_col = size.columns;
    kernelSize.ws_row = size.rows;
    if (::ioctl(fd, TIOCSWINSZ, &kernelSize) != 0) {
        return Error::fromErrno("set terminal size");
    }
    return {};
}

bool isPtyMaster(int fd) {
    int number = 0;
    return ::ioctl(fd, TIOCGPTN, &number) == 0;
}

char endOfInputCharacter(int fd) {
    termios settings{};
    if (::tcgetattr(fd, &settings) != 0 || (settings.c_lflag & ICANON) == 0) {
        return 0;
    }
    return static_cast<char>(settings.c_cc[VEOF]);
}

}  // namespace coracle::sys
