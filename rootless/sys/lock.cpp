// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/lock.h"

#include "rootless/sys/file.h"

#include <algorithm>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::sys {
namespace {

/// l_pid stays 0 and the length 0, which means to the end however far the file grows. Source: fcntl(2),
/// l_pid must be 0 for F_OFD_*.
struct flock wholeFile(LockMode mode) {
    struct flock range {};
    range.l_type = mode == LockMode::Exclusive ? F_WRLCK : F_RDLCK;
    range.l_whence = SEEK_SET;
    return range;
}

/// The file's text is what the last exclusive holder announced. It is only shown in a message: a process
/// that may write the file may write anything, and shared holders leave the text of their predecessor.
std::string holderOf(int fd) {
    std::string text(256, '\0');
    const ssize_t got = ::pread(fd, text.data(), text.size(), 0);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    text.resize(text.find_last_not_of(' ') + 1);  // announce() covers a longer text
    return text.empty() ? "another process" : text;
}

/// Written over the text of the last holder, with spaces for the rest of it, and not into an emptied file:
/// ext4 takes that for a file that is replaced and writes it to the disk when it is closed, and the next one
/// that empties it waits for its blocks to be given back. Source: ext4(5), auto_da_alloc.
void announce(int fd, const std::string& operation, off_t size) {
    constexpr std::size_t kLongest = 256;  // whoever wrote more is no holder
    std::string text = "pid " + std::to_string(::getpid()) + " (" + operation + ")";
    text.resize(std::max(text.size(), std::min(static_cast<std::size_t>(size), kLongest)), ' ');
    // Only a name for messages; a full disk must not matter.
    (void)!::pwrite(fd, text.data(), text.size(), 0);
}

}  // namespace

/// The file is opened anew each time: an open file description has at most one lock of its own, and a lock
/// of the caller's other descriptor has to count as somebody else's. The file is never unlinked by this
/// class, or two processes could hold "the" lock on two files of one name.
Result<std::optional<FileLock>> FileLock::tryAcquire(const std::string& path, LockMode mode,
                                                     const std::string& operation) {
    UniqueFd fd;
    struct stat status {};
    // Its last holder may have removed the file before we got the lock, which then keeps nobody out.
    while (status.st_nlink == 0) {
        TRY_ASSIGN(fd, openAt(AT_FDCWD, path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
        struct flock range = wholeFile(mode);
        if (::fcntl(fd.get(), F_OFD_SETLK, &range) != 0) {
            if (errno == EAGAIN || errno == EACCES) {
                return std::optional<FileLock>();
            }
            return Error::fromErrno("lock '" + path + "'");
        }
        if (::fstat(fd.get(), &status) != 0) {
            return Error::fromErrno("lock '" + path + "'");
        }
    }
    if (mode == LockMode::Exclusive) {
        announce(fd.get(), operation, status.st_size);
    }
    return std::optional<FileLock>(FileLock(std::move(fd)));
}

Result<FileLock> FileLock::acquire(const std::string& path, LockMode mode, std::chrono::milliseconds timeout,
                                   const std::string& operation) {
    // A queue that moves is waited for, one that never ends is not: thirty times the limit bounds the
    // whole wait.
    constexpr int kMostHolders = 30;
    const auto begin = std::chrono::steady_clock::now();
    auto deadline = begin + timeout;
    // From a fifth of a millisecond to twenty: a lock that is held for one write is got almost at once,
    // one that is held long does not cost a processor.
    auto pause = std::chrono::microseconds(200);
    std::string lastHolder;
    while (true) {
        TRY_ASSIGN(auto lock, tryAcquire(path, mode, operation));
        if (lock) {
            return std::move(*lock);
        }
        const auto fd = openAt(AT_FDCWD, path, O_RDONLY);  // it may have been removed with its folder
        std::string holder = holderOf(fd ? fd->get() : -1);
        const auto now = std::chrono::steady_clock::now();
        if (holder != lastHolder && now < begin + timeout * kMostHolders) {
            deadline = now + timeout;
            lastHolder = std::move(holder);
        } else if (now >= deadline) {
            return Error(ErrorKind::Unavailable, "lock '" + path + "': held by " + holder);
        }
        // UNAVOIDABLE: the kernel offers no wait with a timeout for file locks but a signal, which a library
        // cannot use.
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::microseconds(20'000));
    }
}

Result<LockState> FileLock::look(const std::string& path) {
    const auto fd = openAt(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW);
    if (!fd) {
        return fd.error().kind() == ErrorKind::NotFound ? Result<LockState>(LockState::Missing) : fd.error();
    }
    struct flock range = wholeFile(LockMode::Shared);
    if (::fcntl(fd->get(), F_OFD_GETLK, &range) != 0) {
        return Error::fromErrno("look at lock '" + path + "'");
    }
    return range.l_type == F_UNLCK ? LockState::Free : LockState::Held;
}

bool FileLock::mayBeHeld(const std::string& path) {
    const auto state = look(path);
    return !state || *state == LockState::Held;
}

}  // namespace coracle::sys
