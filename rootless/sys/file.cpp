// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/file.h"

#include "rootless/sys/staged_file.h"

#include <algorithm>
#include <array>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>

namespace coracle::sys {
namespace {

std::string quoted(std::string_view verb, const std::string& path) {
    return std::string(verb) + " '" + path + "'";
}

/// openat2(2) refuses flags and mode bits that open(2) ignores (EINVAL for a mode without O_CREAT), hence
/// the condition on `mode`.
Result<UniqueFd> openResolved(int rootFd, const std::string& path, int flags, mode_t mode,
                              std::uint64_t resolve) {
    open_how how{};
    how.flags = static_cast<unsigned>(flags) | unsigned{O_CLOEXEC};
    how.mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? mode : 0;
    how.resolve = resolve;
    long fd = -1;
    do {
        fd = ::syscall(SYS_openat2, rootFd, path.c_str(), &how, sizeof how);
        // EAGAIN: a rename raced with the resolution of "..", openat2(2) asks to try again.
    } while (fd < 0 && (errno == EINTR || errno == EAGAIN));
    if (fd < 0) {
        return Error::fromErrno(quoted("open", path));
    }
    return UniqueFd(static_cast<int>(fd));
}

}  // namespace

Result<UniqueFd> openAt(int dirFd, const std::string& path, int flags, mode_t mode) {
    int fd = -1;
    do {
        fd = ::openat(dirFd, path.c_str(), flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0) {
        return Error::fromErrno(quoted("open", path));
    }
    return UniqueFd(fd);
}

Result<UniqueFd> openInRoot(int rootFd, const std::string& path, int flags, mode_t mode) {
    return openResolved(rootFd, path, flags, mode, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

Result<UniqueFd> openBeneath(int rootFd, const std::string& path, int flags, mode_t mode) {
    return openResolved(rootFd, path, flags, mode,
                        RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
}

Result<UniqueFd> openDirectory(const std::string& path) {
    return openAt(AT_FDCWD, path, O_PATH | O_DIRECTORY);
}

namespace {

/// known: bytes that the file has, when they are known; nothing is asked for beyond them. 0: read to the end.
Result<std::string> readKnown(int fd, std::size_t maxBytes, off_t known) {
    std::string data;
    std::array<char, 16384> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read(2) fills it
    while (true) {
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return Error::fromErrno("read");
        }
        if (got == 0) {
            return data;
        }
        if (data.size() + static_cast<std::size_t>(got) > maxBytes) {
            return Error(ErrorKind::Corrupt, "content is longer than " + std::to_string(maxBytes) + " bytes");
        }
        data.append(buffer.data(), static_cast<std::size_t>(got));
        if (known > 0 && data.size() == static_cast<std::size_t>(known)) {
            return data;
        }
    }
}

}  // namespace

Result<std::string> readAll(int fd, std::size_t maxBytes) {
    return readKnown(fd, maxBytes, 0);
}

Result<std::string> readFile(const std::string& path, std::size_t maxBytes) {
    TRY_ASSIGN(const UniqueFd fd, openAt(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) {
        return Error::fromErrno(quoted("stat", path));
    }
    if (!S_ISREG(status.st_mode)) {
        return Error(ErrorKind::Corrupt, "read '" + path + "': not a regular file");
    }
    auto data = readKnown(fd.get(), maxBytes, status.st_size);
    if (!data) {
        return std::move(data).error().context(quoted("read", path));
    }
    return data;
}

Result<std::string> readNamedInput(const std::string& path, std::size_t maxBytes) {
    TRY_ASSIGN(const UniqueFd fd, openAt(AT_FDCWD, path, O_RDONLY | O_NOCTTY));
    auto data = readAll(fd.get(), maxBytes);
    if (!data) {
        return std::move(data).error().context(quoted("read", path));
    }
    return data;
}

Result<> writeAll(int fd, std::string_view data) {
    while (!data.empty()) {
        const ssize_t put = ::write(fd, data.data(), data.size());
        if (put < 0) {
            if (errno == EINTR) {
                continue;
            }
            return Error::fromErrno("write");
        }
        data.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
}

Result<> writeControlFile(const std::string& path, std::string_view data) {
    TRY_ASSIGN(const UniqueFd fd, openAt(AT_FDCWD, path, O_WRONLY));
    if (::write(fd.get(), data.data(), data.size()) < 0) {
        return Error::fromErrno(quoted("write", path));
    }
    return {};
}

namespace {

/// A file beside (dirFd, name) that is to be renamed to it.
struct Temporary {
    std::string name;
    UniqueFd fd;
};

Result<Temporary> writeTemporary(int dirFd, const std::string& name, std::string_view data, mode_t mode) {
    Temporary temporary{"." + name + "." + randomHex(12), UniqueFd()};
    TRY_ASSIGN(temporary.fd, openAt(dirFd, temporary.name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode));
    if (auto written = writeAll(temporary.fd.get(), data); !written) {
        (void)::unlinkat(dirFd, temporary.name.c_str(), 0);  // the first error is the one worth reporting
        return std::move(written).error().context(quoted("replace", name));
    }
    return temporary;
}

struct Place {
    UniqueFd directory;
    std::string name;
};

Result<Place> placeOf(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    TRY_ASSIGN(UniqueFd fd, openDirectory(directory));
    return Place{std::move(fd), slash == std::string::npos ? path : path.substr(slash + 1)};
}

/// Of the temporary name nobody knows.
Error withPath(const Error& error, const std::string& path) {
    return error.sysErrno() == 0 ? error : Error::fromErrno(quoted("write", path), error.sysErrno());
}

}  // namespace

/// The temporary name is random and made with O_EXCL|O_NOFOLLOW: two writers at once do not share a file,
/// and a link that somebody placed at the name is not written through. It starts with a dot, so that a
/// listing of objects in the folder can leave it out.
Result<> replaceAtomically(int dirFd, const std::string& name, std::string_view data, mode_t mode,
                           Durability durability) {
    TRY_ASSIGN(Temporary temporary, writeTemporary(dirFd, name, data, mode));
    auto written = durability == Durability::Disk ? syncFd(temporary.fd.get(), name) : Result<>();
    temporary.fd.reset();
    if (written && ::renameat(dirFd, temporary.name.c_str(), dirFd, name.c_str()) != 0) {
        written = Error::fromErrno(quoted("rename to", name));
    }
    if (!written) {
        (void)::unlinkat(dirFd, temporary.name.c_str(), 0);  // the first error is the one worth reporting
        return std::move(written).error().context(quoted("replace", name));
    }
    if (durability == Durability::Disk) {
        TRY_ASSIGN(const UniqueFd directory, openAt(dirFd, ".", O_RDONLY | O_DIRECTORY));
        TRY(syncFd(directory.get(), name));
    }
    return {};
}

Result<> replaceFile(const std::string& path, std::string_view data, mode_t mode, Durability durability) {
    TRY_ASSIGN(const Place place, placeOf(path));
    auto replaced = replaceAtomically(place.directory.get(), place.name, data, mode, durability);
    return replaced ? std::move(replaced) : Result<>(withPath(replaced.error(), path));
}

Result<StagedFile> StagedFile::write(const std::string& path, std::string_view data, mode_t mode) {
    TRY_ASSIGN(Place place, placeOf(path));
    auto temporary = writeTemporary(place.directory.get(), place.name, data, mode);
    if (!temporary) {
        return withPath(temporary.error(), path);
    }
    return StagedFile(std::move(place.directory), std::move(temporary->name), std::move(place.name));
}

StagedFile::~StagedFile() {
    if (!m_temporary.empty()) {
        (void)::unlinkat(m_directory.get(), m_temporary.c_str(), 0);  // a file of nobody's
    }
}

Result<> StagedFile::publish() {
    if (::renameat(m_directory.get(), m_temporary.c_str(), m_directory.get(), m_name.c_str()) != 0) {
        return Error::fromErrno(quoted("rename to", m_name));
    }
    m_temporary.clear();
    return {};
}

Result<> makeDirectories(const std::string& path, mode_t mode) {
    if (::mkdir(path.c_str(), mode) == 0) {
        return {};
    }
    const int refused = errno;
    struct stat there {};
    if (refused == EEXIST && ::stat(path.c_str(), &there) == 0 && S_ISDIR(there.st_mode)) {
        return {};
    }
    // Mostly all but the last part is there.
    const bool missingParent = refused == ENOENT;
    for (std::size_t end = missingParent ? path.find('/', 1) : std::string::npos;;
         end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        if (!part.empty() && ::mkdir(part.c_str(), mode) != 0 && errno != EEXIST) {
            const int err = errno;
            struct stat status {};
            // A read-only parent answers EROFS or EACCES for a directory that is already there.
            if (::stat(part.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
                return Error::fromErrno(quoted("create directory", part), err);
            }
        }
        if (end == std::string::npos) {
            break;
        }
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return Error::fromErrno(quoted("create directory", path));
    }
    if (!S_ISDIR(status.st_mode)) {
        return Error::fromErrno(quoted("create directory", path), ENOTDIR);
    }
    return {};
}

Result<> syncFd(int fd, std::string_view what) {
    if (::fsync(fd) != 0) {
        return Error::fromErrno("sync '" + std::string(what) + "'");
    }
    return {};
}

Result<> syncDirectory(const std::string& path) {
    TRY_ASSIGN(const UniqueFd fd, openAt(AT_FDCWD, path, O_RDONLY | O_DIRECTORY));
    return syncFd(fd.get(), path);
}

Result<> renamePath(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return Error::fromErrno("rename '" + from + "' to '" + to + "'");
    }
    return {};
}

Result<> removeFile(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return Error::fromErrno(quoted("remove", path));
    }
    return {};
}

namespace {

/// A stream that is closed on every path out of a recursion.
using Directory = std::unique_ptr<DIR, int (*)(DIR*)>;

/// Relative to a descriptor and with O_NOFOLLOW: a folder that is exchanged for a link between two levels
/// of a removal is not entered, so nothing outside of the tree is ever listed or removed.
Result<Directory> openListing(int dirFd, const std::string& name) {
    TRY_ASSIGN(UniqueFd fd, openAt(dirFd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    Directory listing(::fdopendir(fd.get()), ::closedir);
    if (!listing) {
        return Error::fromErrno(quoted("list", name));
    }
    (void)fd.release();  // owned by the DIR from here on
    return listing;
}

bool isDots(const char* name) {
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/// Try unlinkat(2) first: most entries are files, and the answer for a directory tells what a stat would
/// tell. Recursion is as deep as the tree, with one descriptor open for each level.
Result<> removeAt(int dirFd, const std::string& name) {
    if (::unlinkat(dirFd, name.c_str(), 0) == 0 || errno == ENOENT) {
        return {};
    }
    // unlink(2) of a directory answers EISDIR on Linux, EPERM by POSIX.
    const int refused = errno;
    struct stat status {};
    if ((refused != EISDIR && refused != EPERM) ||
        ::fstatat(dirFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)) {
        return Error::fromErrno(quoted("remove", name), refused);
    }
    // A directory without permission bits, as overlayfs leaves in its work directory, cannot be listed by its
    // owner. By a descriptor, for a name could be made a link after the look above; chmod(2) of an O_PATH
    // descriptor goes through /proc (open(2), "O_PATH").
    if ((status.st_mode & S_IRWXU) != S_IRWXU) {
        const UniqueFd folder(::openat(dirFd, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        const std::string place = "/proc/self/fd/" + std::to_string(folder.get());
        (void)!(folder && ::chmod(place.c_str(), 0700) == 0);  // a failure shows in the next call
    }
    {
        TRY_ASSIGN(const Directory listing, openListing(dirFd, name));
        while (const dirent* entry = ::readdir(listing.get())) {
            if (!isDots(entry->d_name)) {
                TRY(removeAt(::dirfd(listing.get()), entry->d_name));
            }
        }
    }
    if (::unlinkat(dirFd, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
        return Error::fromErrno(quoted("remove directory", name));
    }
    return {};
}

}  // namespace

void keepSubdirectoriesApart(const std::string& path) {
    const UniqueFd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    int flags = 0;  // the kernel takes an int, whatever the request's number says
    if (folder && ::ioctl(folder.get(), FS_IOC_GETFLAGS, &flags) == 0) {
        flags |= FS_TOPDIR_FL;
        (void)::ioctl(folder.get(), FS_IOC_SETFLAGS, &flags);
    }
}

Result<> removeTree(const std::string& path) {
    return removeAt(AT_FDCWD, path);
}

bool pathExists(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

/// A folder that is really called so is not told from one that is gone; who asks has another way then.
Result<std::string> realPath(const std::string& path) {
    TRY_ASSIGN(const UniqueFd place, openAt(AT_FDCWD, path, O_PATH));
    std::string name(PATH_MAX, '\0');
    const ssize_t length =
        ::readlink(("/proc/self/fd/" + std::to_string(place.get())).c_str(), name.data(), name.size());
    if (length < 0) {
        return Error::fromErrno("find out what '" + path + "' is called");
    }
    name.resize(static_cast<std::size_t>(length));
    if (!name.starts_with('/') || name.size() >= PATH_MAX || name.ends_with(" (deleted)")) {
        return Error(ErrorKind::NotFound, "'" + path + "' has no name here");
    }
    return name;
}

Result<std::vector<std::string>> listDirectory(const std::string& path) {
    TRY_ASSIGN(const Directory listing, openListing(AT_FDCWD, path));
    std::vector<std::string> names;
    errno = 0;  // readdir(3) tells an error from the end by it alone
    while (const dirent* entry = ::readdir(listing.get())) {
        if (!isDots(entry->d_name)) {
            names.emplace_back(entry->d_name);
        }
        errno = 0;
    }
    return errno == 0 ? Result<std::vector<std::string>>(std::move(names))
                      : Error::fromErrno(quoted("list", path));
}

Result<Pipe> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return Error::fromErrno("create pipe");
    }
    return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

/// F_DUPFD_CLOEXEC takes the lowest number from 3 on and sets the flag in the same step, so no other
/// thread's child inherits the copy.
Result<UniqueFd> duplicateFd(int fd) {
    const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) {
        return Error::fromErrno("duplicate descriptor " + std::to_string(fd));
    }
    return UniqueFd(copy);
}

Result<UniqueFd> memoryFile(std::string_view content) {
    UniqueFd fd(::memfd_create("coracle", MFD_CLOEXEC));
    if (!fd) {
        return Error::fromErrno("create file in memory");
    }
    TRY(writeAll(fd.get(), content));
    if (::lseek(fd.get(), 0, SEEK_SET) != 0) {
        return Error::fromErrno("rewind file in memory");
    }
    return fd;
}

std::string contentOf(int memoryFd, std::size_t maxBytes) {
    std::string text(maxBytes, '\0');
    const ssize_t got = ::pread(memoryFd, text.data(), text.size(), 0);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

std::string randomHex(std::size_t digits) {
    std::array<unsigned char, 32> bytes{};
    const std::size_t count = std::min(digits / 2, bytes.size());
    std::size_t have = 0;
    while (have < count) {
        const ssize_t got = ::getrandom(bytes.data() + have, count - have, 0);
        if (got > 0) {
            have += static_cast<std::size_t>(got);
        }
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += kDigits[bytes[i] >> 4U];
        text += kDigits[bytes[i] & 15U];
    }
    return text;
}

}  // namespace coracle::sys
