// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/named_pipe.h"

#include "rootless/sys/file.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::sys {

Result<NamedPipe> makeNamedPipe(const std::string& path) {
    constexpr mode_t kEverybody = 0666;
    TRY(removeFile(path));
    if (::mkfifo(path.c_str(), kEverybody) != 0) {
        return Error::fromErrno("make pipe '" + path + "'");
    }
    // The reading end first and without blocking: opening a FIFO for reading returns at once with
    // O_NONBLOCK, while the order of the second does not matter, because O_RDWR never waits for a peer on
    // Linux. Source: fifo(7).
    NamedPipe pipe;
    TRY_ASSIGN(pipe.readEnd, openNamedPipe(path));
    TRY_ASSIGN(pipe.bothEnds, openAt(AT_FDCWD, path, O_RDWR | O_NOFOLLOW));
    if (::fchmod(pipe.bothEnds.get(), kEverybody) != 0) {  // whatever the umask says
        return Error::fromErrno("chmod '" + path + "'");
    }
    return pipe;
}

Result<UniqueFd> openNamedPipe(const std::string& path) {
    TRY_ASSIGN(UniqueFd fd, openAt(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0 || !S_ISFIFO(status.st_mode)) {
        return Error(ErrorKind::Conflict, "open pipe '" + path + "': it is something else");
    }
    return fd;
}

}  // namespace coracle::sys
