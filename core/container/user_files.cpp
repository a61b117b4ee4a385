// SPDX-License-Identifier: Apache-2.0
#include "core/container/user_files.h"

#include "rootless/sys/file.h"
#include "rootless/sys/unique_fd.h"

#include <array>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::container {
namespace {

constexpr std::size_t kMaxUserFileBytes = 1U << 20U;
/// /etc/passwd is a link in some images (NixOS, distroless variants), never a chain of many.
constexpr int kMaxLinks = 8;

/// One directory's answer about a path.
struct Lookup {
    enum class Kind : std::uint8_t { Absent, Hidden, Link, Text };
    Kind kind = Kind::Absent;
    std::string text;  ///< content, or target of the link
};

Result<Lookup> readLink(int fd) {
    std::array<char, 4096> buffer{};
    const auto length = ::readlinkat(fd, "", buffer.data(), buffer.size());
    if (length < 0) {
        return Error::fromErrno("readlink in the image");
    }
    return Lookup{Lookup::Kind::Link, std::string(buffer.data(), static_cast<std::size_t>(length))};
}

Result<Lookup> lookUp(int rootFd, const std::string& path) {
    // O_PATH first: opening a device or FIFO has effects, looking at it has none.
    auto seen = sys::openInRoot(rootFd, path, O_PATH | O_NOFOLLOW);
    if (!seen) {
        const int err = seen.error().sysErrno();
        if (err == ENOENT || err == ENOTDIR || err == ELOOP) {
            return Lookup{};
        }
        return std::move(seen).error().context("read '/" + path + "' of the image");
    }
    struct stat info {};
    if (::fstat(seen->get(), &info) != 0) {
        return Error::fromErrno("stat '/" + path + "' of the image");
    }
    if (S_ISLNK(info.st_mode)) {
        return readLink(seen->get());
    }
    if (S_ISCHR(info.st_mode) && info.st_rdev == 0) {
        return Lookup{Lookup::Kind::Hidden, {}};  // overlayfs.rst, "whiteouts and opaque directories"
    }
    if (!S_ISREG(info.st_mode)) {
        return Error(ErrorKind::Corrupt, "'/" + path + "' of the image is not a regular file")
            .withHint("the image cannot be trusted to name users: give --user with numbers");
    }
    auto file = sys::openInRoot(rootFd, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY);
    if (!file) {
        return std::move(file).error().context("read '/" + path + "' of the image");
    }
    auto text = sys::readAll(file->get(), kMaxUserFileBytes);
    if (!text) {
        return std::move(text).error().context("read '/" + path + "' of the image");
    }
    return Lookup{Lookup::Kind::Text, *std::move(text)};
}

/// A link met in one layer may point to a file of another, so it starts the search anew.
std::string follow(const std::string& path, const std::string& target) {
    if (!target.empty() && target[0] == '/') {
        return target.substr(1);
    }
    const std::size_t slash = path.rfind('/');
    return (slash == std::string::npos ? "" : path.substr(0, slash + 1)) + target;
}

/// As an overlay would show it: the topmost layer that has something at the path decides. A whiteout there
/// means that there is no file.
Result<std::string> readThrough(const std::vector<sys::UniqueFd>& roots, std::string path) {
    for (int links = 0; links <= kMaxLinks; ++links) {
        std::optional<std::string> target;
        for (const auto& root : roots) {
            TRY_ASSIGN(auto found, lookUp(root.get(), path));
            if (found.kind == Lookup::Kind::Text) {
                return found.text;
            }
            if (found.kind == Lookup::Kind::Hidden) {
                return std::string();
            }
            if (found.kind == Lookup::Kind::Link) {
                target = follow(path, found.text);
                break;
            }
        }
        if (!target) {
            return std::string();
        }
        path = *target;
    }
    return Error(ErrorKind::Corrupt, "'/etc/passwd' of the image is a loop of symbolic links");
}

Result<UserDatabase> readFrom(const std::vector<sys::UniqueFd>& roots) {
    UserDatabase database;
    TRY_ASSIGN(database.passwd, readThrough(roots, "etc/passwd"));
    TRY_ASSIGN(database.group, readThrough(roots, "etc/group"));
    return database;
}

}  // namespace

Result<UserDatabase> readUserDatabase(const std::vector<std::string>& directories) {
    std::vector<sys::UniqueFd> roots;
    for (const auto& directory : directories) {
        TRY_ASSIGN(auto root, sys::openDirectory(directory));
        roots.push_back(std::move(root));
    }
    return readFrom(roots);
}

Result<UserDatabase> readUserDatabaseOfProcess(int pid) {
    std::vector<sys::UniqueFd> roots;
    TRY_ASSIGN(auto root, sys::openDirectory("/proc/" + std::to_string(pid) + "/root"));
    roots.push_back(std::move(root));
    return readFrom(roots);
}

}  // namespace coracle::container
