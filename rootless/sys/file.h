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

/// Files by descriptor and by path. Which of the openers to take is decided by who may have written the
/// names on the way:
///   openAt         only this program and its user: the store, the run folder, /proc, /sys
///   openInRoot     an image, a container or another container: links are followed, but stay inside
///   openBeneath    the same, where a link is never legitimate
/// Every descriptor is opened with CLOEXEC. Calls are restarted on EINTR. Messages name the path.
namespace coracle::sys {

/// Largest file `readFile` accepts when the caller names no limit.
inline constexpr std::size_t kMaxSmallFileBytes = 1U << 20U;

/// open(2) relative to dirFd (AT_FDCWD allowed) with O_CLOEXEC added. Errors: by errno.
Result<UniqueFd> openAt(int dirFd, const std::string& path, int flags, mode_t mode = 0);

/// Open `path` below `rootFd` without ever leaving it: symbolic links are resolved as if rootFd were `/`
/// and magic links are refused. This is the only way to name something that a container or an image can
/// influence: a check of the path and an open(2) after it would leave a moment to exchange a directory
/// for a link.
/// mode: with O_CREAT or O_TMPFILE only. Source: openat2(2) (Linux 5.6), RESOLVE_IN_ROOT,
/// RESOLVE_NO_MAGICLINKS.
/// Errors: by errno; ELOOP for a magic link; Unsupported before Linux 5.6.
Result<UniqueFd> openInRoot(int rootFd, const std::string& path, int flags, mode_t mode = 0);

/// Like openInRoot, but refuses every symbolic link on the way (ELOOP), and `..` or an absolute path that
/// leaves rootFd (EXDEV) instead of clamping them. Source: openat2(2), RESOLVE_BENEATH,
/// RESOLVE_NO_SYMLINKS.
Result<UniqueFd> openBeneath(int rootFd, const std::string& path, int flags, mode_t mode = 0);

/// O_PATH|O_DIRECTORY descriptor of a host directory: an anchor for names below it, which needs search
/// permission only. It cannot be listed or synced. Errors: by errno.
Result<UniqueFd> openDirectory(const std::string& path);

/// Whole content of a regular file of at most maxBytes. O_NONBLOCK, so that a FIFO somebody put at the
/// path cannot hang the caller; O_NOCTTY, so that a terminal cannot become its own. Both are then refused
/// as no regular file.
/// Errors: NotFound and others by errno, Corrupt when it is not a regular file or is longer than
/// maxBytes.
Result<std::string> readFile(const std::string& path, std::size_t maxBytes = kMaxSmallFileBytes);

/// The same for a file that the person at the terminal named, which may be a pipe or a device ("<(command)",
/// "/dev/stdin"). Blocks until it ends. Errors: by errno, Corrupt when it is longer than maxBytes.
Result<std::string> readNamedInput(const std::string& path, std::size_t maxBytes = kMaxSmallFileBytes);

/// The same for an open descriptor, read from its current offset until its end; works for /proc files,
/// whose size is 0. Blocks as the descriptor does. Errors: by errno, Corrupt when it is longer than
/// maxBytes.
Result<std::string> readAll(int fd, std::size_t maxBytes = kMaxSmallFileBytes);

/// Write everything, restarting on EINTR and short writes. For blocking descriptors: EAGAIN is an error
/// here, after which some of the data may be written. Errors: by errno.
Result<> writeAll(int fd, std::string_view data);

/// One write(2) to an existing control file such as /proc/self/oom_score_adj. One, because the kernel
/// takes each write to such a file as a whole value. Errors: by errno; of the open or of the write.
Result<> writeControlFile(const std::string& path, std::string_view data);

/// How much of a write must survive a power cut before the call returns.
enum class Durability : std::uint8_t {
    Process,  ///< atomic for readers; a power cut may lose it
    Disk,     ///< file and directory are synced
};

/// Replace the file at (dirFd, name) with `data`; a reader sees the old or the new content, never a part.
/// With Durability::Disk the data is synced before the rename and the directory after it, so a power cut
/// leaves the old file or the new one. name: one component.
/// mode: permission bits, before the umask. Blocks on the disk with Durability::Disk.
/// Errors: Io or PermissionDenied with errno; on failure no temporary file is left. A killed writer may
/// leave one: ".NAME." and twelve digits.
/// Source: rename(2); fsync(2), "Calling fsync() does not necessarily ensure that the entry in the
/// directory".
Result<> replaceAtomically(int dirFd, const std::string& name, std::string_view data, mode_t mode,
                           Durability durability);

/// The same by path. The folder is opened once, so that temporary and final name are in the same one.
Result<> replaceFile(const std::string& path, std::string_view data, mode_t mode, Durability durability);

/// mkdir -p with `mode` for each missing component (before the umask). Existing directories are left
/// alone, and links to directories count as such: for paths of this user only, never inside a container's
/// root.
/// Errors: by errno, ENOTDIR when a component is something else.
Result<> makeDirectories(const std::string& path, mode_t mode = 0700);

/// Tell the file system that the folders made in this one from now on have nothing to do with each other:
/// ext4 puts each into another part of the disk, with inodes of its own. A hint, of which most file systems
/// know nothing, so nothing is told of a failure. Source: chattr(1), "T"; ioctl_iflags(2), FS_TOPDIR_FL.
void keepSubdirectoriesApart(const std::string& path);

/// fsync(2) of a descriptor. `what` names the object in the message. Blocks on the disk. Errors: by
/// errno; after one, what reached the disk is unknown, and a second call may report success (fsync(2),
/// "EIO").
Result<> syncFd(int fd, std::string_view what);

/// fsync(2) of a directory by path, so that a rename in it survives a power cut.
Result<> syncDirectory(const std::string& path);

/// rename(2), both on the same file system; replaces what is at `to`. Errors: by errno.
Result<> renamePath(const std::string& from, const std::string& to);

/// unlink(2); a missing file is success. A link is removed itself. Errors: by errno, EISDIR for a
/// directory.
Result<> removeFile(const std::string& path);

/// Delete a tree without following links or crossing into other file systems through links. A missing path is
/// success. Fails with PermissionDenied where a directory belongs to another (mapped) id: such trees are
/// coracle-store's job.
Result<> removeTree(const std::string& path);

/// Whether lstat(2) finds anything at the path; a dangling link counts. False, too, where the answer is
/// not permitted.
bool pathExists(const std::string& path);

/// What a path is called when all links are followed: by the kernel, with three calls however long it is.
/// Errors: by errno, NotFound when it is not there or has no name that could be given.
Result<std::string> realPath(const std::string& path);

/// Names in a directory without "." and "..", unsorted. The path itself must not be a link (O_NOFOLLOW).
/// Errors: by errno.
Result<std::vector<std::string>> listDirectory(const std::string& path);

/// A pipe whose two ends are CLOEXEC.
struct Pipe {
    UniqueFd readEnd;
    UniqueFd writeEnd;
};
/// A blocking pipe. Errors: by errno (EMFILE, ENFILE).
Result<Pipe> makePipe();

/// dup(2) with CLOEXEC and a number above the standard streams, so that no copy is taken for one of them.
/// Errors: by errno.
Result<UniqueFd> duplicateFd(int fd);

/// A file in memory that holds `content`, read from its beginning: hands text to a child that would block
/// on a pipe if it were longer than the pipe's buffer. Errors: by errno. Source: memfd_create(2).
Result<UniqueFd> memoryFile(std::string_view content);

/// What such a file holds, up to maxBytes, wherever its position is: a child that wrote to it has moved
/// the position they share. Empty on failure.
std::string contentOf(int memoryFd, std::size_t maxBytes);

/// 64 or fewer lower-case hexadecimal digits from getrandom(2); `digits` is even. Good enough for ids
/// that must not be guessed: 256 bits of the kernel's generator. Blocks only before the machine has
/// gathered entropy, early in a boot.
std::string randomHex(std::size_t digits);

}  // namespace coracle::sys
