// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

namespace coracle::sys {

/// Largest file `readFile` accepts when the caller names no limit.
inline constexpr std::size_t kMaxSmallFileBytes = 1U << 20U;

/// open(2) relative to dirFd (AT_FDCWD allowed) with O_CLOEXEC added. Errors: by errno.
Result<UniqueFd> openAt(int dirFd, const std::string& path, int flags, mode_t mode = 0);

/// Open `path` below `rootFd` without ever leaving it: symbolic links are resolved as if rootFd were `/`
/// and magic links are refused. This is the only way to name something that a container or an image can
/// influence. Source: openat2(2), RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS. Errors: by errno, PermissionDenied
/// for an escape.
Result<UniqueFd> openInRoot(int rootFd, const std::string& path, int flags, mode_t mode = 0);

/// Like openInRoot, but refuses every symbolic link on the way. Source: openat2(2), RESOLVE_NO_SYMLINKS.
Result<UniqueFd> openBeneath(int rootFd, const std::string& path, int flags, mode_t mode = 0);

/// O_PATH|O_DIRECTORY descriptor of a host directory.
Result<UniqueFd> openDirectory(const std::string& path);

/// Whole content of a regular file of at most maxBytes. Never blocks on a FIFO or device.
/// Errors: NotFound, Corrupt when it is not a regular file or is longer than maxBytes.
Result<std::string> readFile(const std::string& path, std::size_t maxBytes = kMaxSmallFileBytes);

/// The same for a file that the person at the terminal named, which may be a pipe or a device ("<(command)",
/// "/dev/stdin"). Blocks until it ends. Errors: by errno, Corrupt when it is longer than maxBytes.
Result<std::string> readNamedInput(const std::string& path, std::size_t maxBytes = kMaxSmallFileBytes);

/// The same for an open descriptor, read from its current offset; works for /proc files (size 0).
Result<std::string> readAll(int fd, std::size_t maxBytes = kMaxSmallFileBytes);

/// Write everything, restarting on EINTR and short writes. Errors: by errno.
Result<> writeAll(int fd, std::string_view data);

/// One write(2) to an existing control file such as /proc/self/oom_score_adj. Errors: by errno.
Result<> writeControlFile(const std::string& path, std::string_view data);

/// How much of a write must survive a power cut before the call returns.
enum class Durability : std::uint8_t {
    Process,  ///< atomic for readers; a power cut may lose it
    Disk,     ///< file and directory are synced
};

/// Replace the file at (dirFd, name) with `data`; a reader sees the old or the new content, never a part.
/// mode: permission bits, before the umask. Blocks on the disk with Durability::Disk.
/// Errors: Io or PermissionDenied with errno; on failure no temporary file is left.
/// Source: rename(2); fsync(2).
Result<> replaceAtomically(int dirFd, const std::string& name, std::string_view data, mode_t mode,
                           Durability durability);

/// The same by path.
Result<> replaceFile(const std::string& path, std::string_view data, mode_t mode, Durability durability);

/// mkdir -p with `mode` for each missing component (before the umask). Existing directories are left alone.
Result<> makeDirectories(const std::string& path, mode_t mode = 0700);

/// fsync(2) of a descriptor. `what` names the object in the message.
Result<> syncFd(int fd, std::string_view what);

/// fsync(2) of a directory by path, so that a rename in it survives a power cut.
Result<> syncDirectory(const std::string& path);

/// rename(2), both on the same file system. Errors: by errno.
Result<> renamePath(const std::string& from, const std::string& to);

/// unlink(2); a missing file is success.
Result<> removeFile(const std::string& path);

/// Delete a tree without following links or crossing into other file systems through links. A missing path is
/// success. Fails with PermissionDenied where a directory belongs to another (mapped) id: such trees are
/// coracle-store's job.
Result<> removeTree(const std::string& path);

/// Whether lstat(2) finds anything at the path.
bool pathExists(const std::string& path);

/// Names in a directory without "." and "..", unsorted.
Result<std::vector<std::string>> listDirectory(const std::string& path);

/// A pipe whose two ends are CLOEXEC.
struct Pipe {
    UniqueFd readEnd;
    UniqueFd writeEnd;
};
Result<Pipe> makePipe();

/// dup(2) with CLOEXEC. Errors: by errno.
Result<UniqueFd> duplicateFd(int fd);

/// A file in memory that holds `content`, read from its beginning. Source: memfd_create(2).
Result<UniqueFd> memoryFile(std::string_view content);

/// What such a file holds, up to maxBytes, wherever its position is.
std::string contentOf(int memoryFd, std::size_t maxBytes);

/// 64 or fewer lower-case hexadecimal digits from getrandom(2); `digits` is even.
std::string randomHex(std::size_t digits);

}  // namespace coracle::sys
