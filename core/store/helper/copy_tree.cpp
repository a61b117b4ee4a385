// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/copy_tree.h"

#include "core/store/helper/holes.h"
#include "core/store/helper/tree_walk.h"
#include "core/text/escape.h"
#include "rootless/sys/file.h"
#include "rootless/sys/unique_fd.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
/// XATTR_LIST_MAX and XATTR_SIZE_MAX of the kernel, linux/limits.h.
constexpr std::size_t kMaxListBytes = 65536;
/// Tens of them a second: often enough to be seen, and to be stopped at.
constexpr std::size_t kCopyChunkBytes = 64U << 20U;
constexpr std::size_t kCopyBufferBytes = 256U << 10U;

Error failed(const std::string& verb, const std::string& name, int err = errno) {
    return Error::fromErrno(verb + " '" + text::escapeForTerminal(name) + "'", err);
}

std::array<timespec, 2> timesOf(const struct stat& status) {
    return {status.st_atim, status.st_mtim};
}

/// user.* and capabilities of files; the others are the host's (security.selinux) or need rights that
/// nobody has here. What the target's file system does not take is left out.
Result<> copyXattrs(int from, int to) {
    if (::flistxattr(from, nullptr, 0) == 0) {
        return {};  // as of most files; two buffers for each would cost more than all the rest
    }
    std::string names(kMaxListBytes, '\0');
    const ssize_t size = ::flistxattr(from, names.data(), names.size());
    if (size < 0) {
        return errno == EOPNOTSUPP ? Result<>() : Result<>(Error::fromErrno("list extended attributes"));
    }
    names.resize(static_cast<std::size_t>(size));
    std::string value(kMaxListBytes, '\0');
    for (std::size_t start = 0; start < names.size();) {
        const std::string name(names.c_str() + start);
        start += name.size() + 1;
        if (!name.starts_with("user.") && name != "security.capability") {
            continue;
        }
        const ssize_t length = ::fgetxattr(from, name.c_str(), value.data(), value.size());
        if (length >= 0 &&
            ::fsetxattr(to, name.c_str(), value.data(), static_cast<std::size_t>(length), 0) != 0 &&
            errno != EOPNOTSUPP && errno != EPERM) {
            return failed("set attribute", name);
        }
    }
    return {};
}

/// copy_file_range(2) shares blocks on btrfs and xfs; where two file systems do not understand each other,
/// bytes are copied from where it stopped.
Result<> copyPiece(int from, int to, const tar::SparseSegment& piece, const std::string& name,
                   const std::function<void(std::uint64_t)>& copied) {
    auto in = static_cast<off_t>(piece.offset);
    auto out = in;
    const auto end = static_cast<off_t>(piece.offset + piece.length);
    const auto tell = [&](ssize_t bytes) {
        if (copied) {
            copied(static_cast<std::uint64_t>(bytes));
        }
    };
    while (in < end) {
        const auto wanted = std::min(static_cast<std::size_t>(end - in), kCopyChunkBytes);
        const ssize_t done = ::copy_file_range(from, &in, to, &out, wanted, 0);
        if (done == 0) {
            return {};  // it has become shorter
        }
        if (done < 0 && errno != EINTR) {
            break;
        }
        tell(std::max<ssize_t>(done, 0));
    }
    if (in < end && errno != EXDEV && errno != EINVAL && errno != EOPNOTSUPP) {
        return failed("copy", name);
    }
    std::vector<char> buffer(in < end ? kCopyBufferBytes : 0);
    while (in < end) {
        const auto wanted = std::min(static_cast<std::size_t>(end - in), buffer.size());
        const ssize_t got = ::pread(from, buffer.data(), wanted, in);
        if (got < 0) {
            return failed("read", name);
        }
        if (got == 0) {
            return {};
        }
        if (::lseek(to, in, SEEK_SET) < 0) {
            return failed("copy", name);
        }
        TRY(sys::writeAll(to, std::string_view(buffer.data(), static_cast<std::size_t>(got))));
        in += got;
        tell(got);
    }
    return {};
}

/// Holes stay holes: a database or an image of a disk may be mostly that.
Result<> copyContent(int from, int to, const std::string& name,
                     const std::function<void(std::uint64_t)>& copied) {
    struct stat status {};
    if (::fstat(from, &status) != 0) {
        return failed("stat", name);
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    TRY_ASSIGN(const auto pieces, piecesOf(from, size));
    for (const auto& piece : pieces) {
        TRY(copyPiece(from, to, piece, name, copied));
    }
    const bool endsInHole = pieces.empty() ? size > 0 : pieces.back().offset + pieces.back().length < size;
    if (endsInHole && ::ftruncate(to, status.st_size) != 0) {
        return failed("set size of", name);
    }
    return {};
}

/// Made closed (0600); its mode comes with the metadata at the end, so nobody opens half a file.
Result<> copyRegular(int fromFolder, const std::string& fromName, int toFolder, const std::string& toName,
                     const struct stat& status, const std::function<void(std::uint64_t)>& copied) {
    TRY_ASSIGN(const sys::UniqueFd from,
               sys::openAt(fromFolder, fromName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    TRY_ASSIGN(const sys::UniqueFd to,
               sys::openAt(toFolder, toName, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    TRY(copyContent(from.get(), to.get(), fromName, copied));
    return copyMetadata(from.get(), to.get(), status);
}

Result<> copySymlink(int fromFolder, const std::string& fromName, int toFolder, const std::string& toName) {
    std::string target(4096, '\0');
    const ssize_t length = ::readlinkat(fromFolder, fromName.c_str(), target.data(), target.size());
    if (length < 0) {
        return failed("read link", fromName);
    }
    target.resize(static_cast<std::size_t>(length));
    if (::symlinkat(target.c_str(), toFolder, toName.c_str()) != 0) {
        return failed("make link", toName);
    }
    return {};
}

class Copier : public TreeVisitor {
public:
    Copier(int toParent, std::string to, std::function<void(std::uint64_t)> copied)
        : m_toParent(toParent), m_to(std::move(to)), m_copied(std::move(copied)) {
        if (m_copied) {
            m_tell = [this](std::uint64_t bytes) { m_copied(m_bytes += bytes); };
        }
    }
    Copier(const Copier&) = delete;
    Copier& operator=(const Copier&) = delete;

    /// The root of the copy exists already; every folder below is made here and gets its times in leave(),
    /// after its content.
    Result<> enter(int /*parentFd*/, const std::string& name, int fd) override {
        struct stat status {};
        if (::fstat(fd, &status) != 0) {
            return failed("stat", name);
        }
        const int parent = m_stack.empty() ? m_toParent : m_stack.back().fd.get();
        const std::string& target = m_stack.empty() ? m_to : name;
        if (!m_stack.empty() && ::mkdirat(parent, target.c_str(), 0700) != 0) {
            return failed("make folder", name);
        }
        TRY_ASSIGN(sys::UniqueFd made, sys::openAt(parent, target, kFolderFlags));
        TRY(copyMetadata(fd, made.get(), status));
        m_stack.push_back({std::move(made), status});
        return {};
    }
    Result<> leaf(int folderFd, const std::string& name) override {
        struct stat status {};
        if (::fstatat(folderFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return failed("stat", name);
        }
        const int folder = m_stack.back().fd.get();
        if (status.st_nlink > 1) {
            const auto known = m_links.find(status.st_ino);
            if (known != m_links.end() &&
                ::linkat(known->second.first, known->second.second.c_str(), folder, name.c_str(), 0) == 0) {
                return {};
            }
            TRY(copyFileAt(folderFd, name, folder, name, m_tell));
            return remember(status.st_ino, name);
        }
        return copyFileAt(folderFd, name, folder, name, m_tell);
    }
    Result<> leave(int /*parentFd*/, const std::string& name) override {
        const auto times = timesOf(m_stack.back().status);
        if (::futimens(m_stack.back().fd.get(), times.data()) != 0) {
            return failed("set time of", name);
        }
        m_stack.pop_back();
        return {};
    }
    bool permit(int /*parentFd*/, const std::string& /*name*/) override { return false; }

private:
    struct Made {
        sys::UniqueFd fd;
        struct stat status;
    };
    /// Further names of the file are linked to this one. It costs a descriptor for each file with several
    /// names; when they run out the names become files of their own.
    Result<> remember(ino_t inode, const std::string& name) {
        auto folder = sys::duplicateFd(m_stack.back().fd.get());
        if (folder) {
            const int fd = folder->get();
            m_folders.push_back(std::move(*folder));
            m_links[inode] = {fd, name};
        }
        return {};
    }

    int m_toParent;
    std::string m_to;
    std::function<void(std::uint64_t)> m_copied;
    std::function<void(std::uint64_t)> m_tell;
    std::uint64_t m_bytes = 0;
    std::vector<Made> m_stack;
    std::vector<sys::UniqueFd> m_folders;
    std::map<ino_t, std::pair<int, std::string>> m_links;
};

}  // namespace

/// The owner before the mode: chown(2) takes setuid bits away.
Result<> copyMetadata(int from, int fd, const struct stat& status) {
    if (::fchown(fd, status.st_uid, status.st_gid) != 0) {
        return Error::fromErrno("set owner of a copy");
    }
    if (::fchmod(fd, status.st_mode & 07777) != 0) {
        return Error::fromErrno("set mode of a copy");
    }
    TRY(copyXattrs(from, fd));
    const auto times = timesOf(status);
    if (::futimens(fd, times.data()) != 0) {
        return Error::fromErrno("set time of a copy");
    }
    return {};
}

/// What is no file, link or pipe is left out without a word, as the caller copies content.
Result<> copyFileAt(int fromFolder, const std::string& fromName, int toFolder, const std::string& toName,
                    const std::function<void(std::uint64_t)>& copied) {
    struct stat status {};
    if (::fstatat(fromFolder, fromName.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return failed("stat", fromName);
    }
    if (S_ISREG(status.st_mode)) {
        return copyRegular(fromFolder, fromName, toFolder, toName, status, copied);
    }
    if (S_ISLNK(status.st_mode)) {
        TRY(copySymlink(fromFolder, fromName, toFolder, toName));
    } else if (S_ISFIFO(status.st_mode)) {
        if (::mknodat(toFolder, toName.c_str(), status.st_mode & (S_IFMT | 0777), 0) != 0) {
            return failed("make pipe", toName);
        }
    } else {
        return {};  // sockets and devices are not content
    }
    const auto times = timesOf(status);
    if (::fchownat(toFolder, toName.c_str(), status.st_uid, status.st_gid, AT_SYMLINK_NOFOLLOW) != 0 ||
        ::utimensat(toFolder, toName.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0) {
        return failed("set owner and time of", toName);
    }
    return {};
}

Result<> copyFolderAt(int fromParent, const std::string& from, int toParent, const std::string& to) {
    TRY_ASSIGN(const sys::UniqueFd original, sys::openAt(fromParent, from, kFolderFlags));
    TRY_ASSIGN(const sys::UniqueFd copy, sys::openAt(toParent, to, kFolderFlags));
    struct stat status {};
    if (::fstat(original.get(), &status) != 0) {
        return failed("stat", from);
    }
    return copyMetadata(original.get(), copy.get(), status);
}

Result<> copyTreeAt(int fromParent, const std::string& from, int toParent, const std::string& to,
                    std::function<void(std::uint64_t)> copied) {
    Copier copier(toParent, to, std::move(copied));
    return walkTree(fromParent, from, copier);
}

}  // namespace coracle::store::helper
