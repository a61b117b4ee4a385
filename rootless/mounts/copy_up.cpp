// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/copy_up.h"

#include "rootless/sys/file.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/xattr.h>

namespace coracle::mounts {
namespace {

using sys::UniqueFd;

/// Deeper than trees of programs are, and well below the 1024 descriptors that a process has by default.
constexpr int kMaxDepth = 200;

Error failure(const char* verb, const std::string& name) {
    return Error::fromErrno(std::string(verb) + " '" + name + "'");
}

/// Names in an open folder. The descriptor's position is at the end afterwards.
Result<std::vector<std::string>> namesIn(int dirFd) {
    TRY_ASSIGN(UniqueFd fd, sys::openAt(dirFd, ".", O_RDONLY | O_DIRECTORY));
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(fd.get()), ::closedir);
    if (!listing) {
        return Error::fromErrno("list folder");
    }
    (void)fd.release();  // owned by the DIR
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(listing.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") {
            names.push_back(name);
        }
    }
    return names;
}

/// Owner before mode: chown(2) clears the set-user-ID bit of a file. Called after the content is there,
/// which sets the time of modification.
Result<> copyAttributes(int fromFd, int toFd, const struct stat& status) {
    if (::fchown(toFd, status.st_uid, status.st_gid) != 0) {
        return Error::fromErrno("change owner");
    }
    if (::fchmod(toFd, status.st_mode & 07777U) != 0) {
        return Error::fromErrno("change mode");
    }
    std::array<char, 16384> names{};
    const ssize_t size = ::flistxattr(fromFd, names.data(), names.size());
    for (ssize_t at = 0; at < size;) {
        const char* name = names.data() + at;
        at += static_cast<ssize_t>(std::char_traits<char>::length(name)) + 1;
        // Those of the overlay describe its layers, not the file.
        if (std::string_view(name).starts_with("user.overlay.")) {
            continue;
        }
        std::array<char, 65536> value{};
        const ssize_t got = ::fgetxattr(fromFd, name, value.data(), value.size());
        if (got >= 0) {
            // Ignored: the target's file system may know fewer attributes.
            (void)::fsetxattr(toFd, name, value.data(), static_cast<std::size_t>(got), 0);
        }
    }
    const std::array<timespec, 2> times{status.st_atim, status.st_mtim};
    (void)::futimens(toFd, times.data());  // ignored: a time is not worth a failed start
    return {};
}

/// copy_file_range(2) shares blocks where the file system can (btrfs, xfs) and is refused between some
/// file systems (EXDEV, EINVAL); sendfile(2) then takes over where it stopped, for both move the file's
/// own position.
Result<> copyContent(int fromFd, int toFd) {
    while (true) {
        const ssize_t moved = ::copy_file_range(fromFd, nullptr, toFd, nullptr, std::size_t{1} << 30U, 0);
        if (moved == 0) {
            return {};
        }
        if (moved < 0) {
            break;
        }
    }
    while (true) {
        const ssize_t moved = ::sendfile(toFd, fromFd, nullptr, std::size_t{1} << 30U);
        if (moved == 0) {
            return {};
        }
        if (moved < 0 && errno != EINTR) {
            return Error::fromErrno("copy content");
        }
    }
}

/// One copy. `m_links` remembers under which name a file with several links was copied first, so that
/// links stay links; where a link cannot be made the content is copied again.
class Copier {
public:
    explicit Copier(int targetFd) : m_targetFd(targetFd) {}

    /// The depth is limited because each level holds two descriptors and a stack frame, and an image may
    /// nest as deep as it likes.
    Result<> copyFolder(int fromFd, int toFd, const std::string& prefix, int depth) {
        if (depth > kMaxDepth) {
            return Error(ErrorKind::Corrupt, "folders are nested deeper than " + std::to_string(kMaxDepth));
        }
        TRY_ASSIGN(const auto names, namesIn(fromFd));
        for (const std::string& name : names) {
            auto done = copyEntry(fromFd, toFd, name, prefix, depth);
            if (!done) {
                return std::move(done).error().context(name);
            }
        }
        return {};
    }

private:
    /// The content is the image's and nobody else changes it at this moment: the container does not run
    /// yet. All the same nothing is opened through a link.
    Result<> copyEntry(int fromFd, int toFd, const std::string& name, const std::string& prefix, int depth) {
        struct stat status {};
        if (::fstatat(fromFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return failure("stat", name);
        }
        switch (status.st_mode & S_IFMT) {
        case S_IFDIR:
            return copyChildFolder(fromFd, toFd, name, prefix, depth, status);
        case S_IFREG:
            return copyFile(fromFd, toFd, name, prefix, status);
        case S_IFLNK:
            return copyLink(fromFd, toFd, name, status);
        case S_IFIFO:
            if (::mkfifoat(toFd, name.c_str(), status.st_mode & 07777U) != 0 ||
                ::fchownat(toFd, name.c_str(), status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW) != 0) {
                return failure("create", name);
            }
            return {};
        default:
            return {};  // sockets and devices have no content to copy
        }
    }

    // Made closed (0700) and opened up at the end, when its content is in place.
    Result<> copyChildFolder(int fromFd, int toFd, const std::string& name, const std::string& prefix,
                             int depth, const struct stat& status) {
        if (::mkdirat(toFd, name.c_str(), 0700) != 0) {
            return failure("create folder", name);
        }
        TRY_ASSIGN(const UniqueFd from, sys::openAt(fromFd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        TRY_ASSIGN(const UniqueFd to, sys::openAt(toFd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
        std::string inner = prefix;
        inner.append(name).append("/");
        TRY(copyFolder(from.get(), to.get(), inner, depth + 1));
        return copyAttributes(from.get(), to.get(), status);
    }

    // Hard links within what is copied stay links; one whose other name cannot be linked to becomes a
    // copy. O_NONBLOCK is for what turns out to be no regular file after the look.
    Result<> copyFile(int fromFd, int toFd, const std::string& name, const std::string& prefix,
                      const struct stat& status) {
        if (status.st_nlink > 1) {
            const auto [known, isNew] = m_links.try_emplace({status.st_dev, status.st_ino}, prefix + name);
            if (!isNew && ::linkat(m_targetFd, known->second.c_str(), toFd, name.c_str(), 0) == 0) {
                return {};
            }
        }
        TRY_ASSIGN(const UniqueFd from, sys::openAt(fromFd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
        TRY_ASSIGN(const UniqueFd to,
                   sys::openAt(toFd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
        TRY(copyContent(from.get(), to.get()));
        return copyAttributes(from.get(), to.get(), status);
    }

    /// Links are copied as text and never followed. 4096 bytes is PATH_MAX, the longest that symlink(2)
    /// takes.
    static Result<> copyLink(int fromFd, int toFd, const std::string& name, const struct stat& status) {
        std::array<char, 4097> target{};
        const ssize_t length = ::readlinkat(fromFd, name.c_str(), target.data(), target.size() - 1);
        if (length < 0 || ::symlinkat(target.data(), toFd, name.c_str()) != 0 ||
            ::fchownat(toFd, name.c_str(), status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW) != 0) {
            return failure("copy link", name);
        }
        return {};
    }

    int m_targetFd;
    std::map<std::pair<dev_t, ino_t>, std::string> m_links;
};

}  // namespace

/// Only an empty volume is filled: what is in it belongs to the person, also when it came from another
/// image.
Result<> copyUpIfEmpty(int fromFd, int toFd) {
    TRY_ASSIGN(const auto present, namesIn(toFd));
    if (!present.empty()) {
        return {};
    }
    TRY_ASSIGN(const UniqueFd from, sys::openAt(fromFd, ".", O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const UniqueFd to, sys::openAt(toFd, ".", O_RDONLY | O_DIRECTORY));
    struct stat status {};
    if (::fstat(from.get(), &status) != 0) {
        return Error::fromErrno("stat folder of the image");
    }
    Copier copier(to.get());
    auto copied = copier.copyFolder(from.get(), to.get(), "", 0);
    if (copied) {
        copied = copyAttributes(from.get(), to.get(), status);
    }
    if (!copied) {
        return std::move(copied).error().context("fill the volume from the image");
    }
    return {};
}

}  // namespace coracle::mounts
