// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/chown_tree.h"

#include "rootless/sys/file.h"

#include <memory>
#include <string>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::mounts {
namespace {

using sys::UniqueFd;

constexpr int kMaxDepth = 200;

class Giver {
public:
    Giver(uid_t uid, gid_t gid) : m_uid(uid), m_gid(gid) {}

    /// The folder itself last: until then it is the caller's to list.
    Result<> giveContent(int folderFd, const std::string& path, int depth) const {
        if (depth > kMaxDepth) {
            return Error(ErrorKind::Corrupt, "folders are nested deeper than " + std::to_string(kMaxDepth) +
                                                 " in '" + path + "'");
        }
        TRY_ASSIGN(UniqueFd fd, sys::openAt(folderFd, ".", O_RDONLY | O_DIRECTORY));
        const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(fd.get()), ::closedir);
        if (!listing) {
            return Error::fromErrno("list '" + path + "'");
        }
        const int open = fd.release();  // owned by the DIR
        while (const dirent* entry = ::readdir(listing.get())) {
            const std::string name = entry->d_name;
            if (name != "." && name != "..") {
                TRY(giveEntry(open, name, path + "/" + name, depth));
            }
        }
        return {};
    }

    /// `name` may be empty for the descriptor itself.
    Result<> give(int fd, const std::string& name, const std::string& path, const struct stat& status) const {
        if (status.st_uid == m_uid && status.st_gid == m_gid) {
            return {};
        }
        const int flags = name.empty() ? AT_EMPTY_PATH : AT_SYMLINK_NOFOLLOW;
        if (::fchownat(fd, name.c_str(), m_uid, m_gid, flags) == 0 || errno == ENOENT) {
            return {};
        }
        const Error error = Error::fromErrno("change owner of '" + path + "'");
        return errno == EPERM || errno == EINVAL
                   ? Error(error).withHint("it belongs to nobody whom the container's user namespace knows")
                   : error;
    }

private:
    /// A file that goes away meanwhile is nobody's.
    Result<> giveEntry(int folderFd, const std::string& name, const std::string& path, int depth) const {
        struct stat status {};
        if (::fstatat(folderFd, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return errno == ENOENT ? Result<>() : Result<>(Error::fromErrno("stat '" + path + "'"));
        }
        if (S_ISDIR(status.st_mode)) {
            TRY_ASSIGN(const UniqueFd child, sys::openAt(folderFd, name, O_PATH | O_DIRECTORY | O_NOFOLLOW));
            TRY(giveContent(child.get(), path, depth + 1));
        }
        return give(folderFd, name, path, status);
    }

    uid_t m_uid;
    gid_t m_gid;
};

}  // namespace

Result<> chownTree(int fd, uid_t uid, gid_t gid) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) {
        return Error::fromErrno("look at the mount");
    }
    const Giver giver(uid, gid);
    if (S_ISDIR(status.st_mode)) {
        TRY(giver.giveContent(fd, ".", 0));
    }
    return giver.give(fd, "", ".", status);
}

}  // namespace coracle::mounts
