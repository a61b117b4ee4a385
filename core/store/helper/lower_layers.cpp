// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/lower_layers.h"

#include "core/store/helper/copy_tree.h"
#include "core/store/helper/entry_policy.h"
#include "core/store/helper/tree_packer.h"
#include "core/text/escape.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr std::size_t kCompareBytes = 64U << 10U;

/// Where a path was found: an open folder and a name in it.
struct Found {
    sys::UniqueFd folder;
    std::string name;
    struct stat status {};
};

enum class Look : std::uint8_t { Found, Absent, Hidden };

/// Look a path up in one layer, component by component and without following links, as an overlay would
/// merge it: a link or file in the place of a folder hides what is below. Hidden: this layer has something
/// on the way that hides the layers below.
Result<Look> lookIn(int layerFd, const LayerPath& path, Found& found) {
    TRY_ASSIGN(found.folder, sys::openBeneath(layerFd, ".", O_RDONLY | O_DIRECTORY));
    bool opaque = false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        found.name = path[i];
        if (::fstatat(found.folder.get(), found.name.c_str(), &found.status, AT_SYMLINK_NOFOLLOW) != 0) {
            return opaque ? Look::Hidden : Look::Absent;
        }
        if (i + 1 == path.size()) {
            return S_ISCHR(found.status.st_mode) ? Look::Hidden : Look::Found;
        }
        if (!S_ISDIR(found.status.st_mode)) {
            return Look::Hidden;
        }
        TRY_ASSIGN(found.folder, sys::openBeneath(found.folder.get(), found.name, O_RDONLY | O_DIRECTORY));
        opaque = opaque || isOpaqueFolder(found.folder.get());
    }
    return Look::Absent;
}

Result<std::size_t> readAtMost(int fd, std::string& buffer, off_t offset) {
    std::size_t got = 0;
    while (got < buffer.size()) {
        const ssize_t count =
            ::pread(fd, buffer.data() + got, buffer.size() - got, offset + static_cast<off_t>(got));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return Error::fromErrno("compare a file with that of a layer below");
        }
        if (count == 0) {
            break;
        }
        got += static_cast<std::size_t>(count);
    }
    return got;
}

Result<bool> sameContent(int oneFd, int otherFd) {
    std::string one(kCompareBytes, '\0');
    std::string other(kCompareBytes, '\0');
    for (off_t offset = 0;; offset += static_cast<off_t>(kCompareBytes)) {
        TRY_ASSIGN(const std::size_t got, readAtMost(oneFd, one, offset));
        TRY_ASSIGN(const std::size_t wanted, readAtMost(otherFd, other, offset));
        if (got != wanted || std::string_view(one).substr(0, got) != std::string_view(other).substr(0, got)) {
            return false;
        }
        if (got < kCompareBytes) {
            return true;
        }
    }
}

/// From the topmost layer down, as an overlay looks: the first that has the name or hides it decides.
Result<std::optional<Found>> findBelow(const std::vector<int>& lowerFds, const LayerPath& path) {
    for (const int layer : lowerFds) {
        Found found;
        TRY_ASSIGN(const Look look, lookIn(layer, path, found));
        if (look == Look::Found) {
            return std::optional<Found>(std::move(found));
        }
        if (look == Look::Hidden) {
            break;
        }
    }
    return std::optional<Found>();
}

/// A folder that the layer did not mention but had to have for its files: in an overlay it covers the
/// lower one with its own mode and owner, so it gets those of the lower one.
Result<> dressParent(int rootFd, const std::vector<int>& lowerFds, const std::string& name) {
    TRY_ASSIGN(const LayerPath path, parsePath(name));
    auto own = sys::openBeneath(rootFd, name, O_RDONLY | O_DIRECTORY);
    TRY_ASSIGN(const auto lower, findBelow(lowerFds, path));
    if (!own || !lower || !S_ISDIR(lower->status.st_mode)) {
        return {};
    }
    TRY_ASSIGN(const sys::UniqueFd from,
               sys::openBeneath(lower->folder.get(), lower->name, O_RDONLY | O_DIRECTORY));
    const bool opaque = isOpaqueFolder(own->get());
    TRY(copyMetadata(from.get(), own->get(), lower->status));
    if (!opaque) {
        // The lower folder's own mark would hide what is below it from us, too: right there, wrong here.
        (void)::fremovexattr(own->get(), "user.overlay.opaque");
    }
    return {};
}

/// Folders on the way to a copied target, as they are below.
Result<sys::UniqueFd> makeWay(int rootFd, const std::vector<int>& lowerFds, const LayerPath& path) {
    TRY_ASSIGN(sys::UniqueFd at, sys::openBeneath(rootFd, ".", O_RDONLY | O_DIRECTORY));
    std::string name;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        name += (name.empty() ? "" : "/") + path[i];
        const bool made = ::mkdirat(at.get(), path[i].c_str(), 0755) == 0;
        if (!made && errno != EEXIST) {
            return Error::fromErrno("make folder '" + text::escapeForTerminal(name) + "'");
        }
        TRY_ASSIGN(at, sys::openBeneath(at.get(), path[i], O_RDONLY | O_DIRECTORY));
        if (made) {
            TRY(dressParent(rootFd, lowerFds, name));
        }
    }
    return at;
}

/// A hard link to a file of a lower layer: both names have to lie in one layer, so the file is copied up,
/// as the overlay would do on a write. Both paths were the archive's and are parsed again, since they came
/// through a pipe.
Result<> completeLink(int rootFd, const std::vector<int>& lowerFds, const std::string& name,
                      const std::string& target) {
    TRY_ASSIGN(const LayerPath path, parsePath(name));
    TRY_ASSIGN(const LayerPath targetPath, parsePath(target));
    TRY_ASSIGN(const auto lower, findBelow(lowerFds, targetPath));
    if (path.empty() || targetPath.empty() || !lower || S_ISDIR(lower->status.st_mode)) {
        return Error(ErrorKind::Corrupt,
                     "layer entry '" + text::escapeForTerminal(name) + "': the target of the hard link, '" +
                         text::escapeForTerminal(target) + "', is not a file of the image");
    }
    TRY_ASSIGN(const sys::UniqueFd targetFolder, makeWay(rootFd, lowerFds, targetPath));
    const auto copied = copyFileAt(lower->folder.get(), lower->name, targetFolder.get(), targetPath.back());
    if (!copied && copied.error().kind() != ErrorKind::AlreadyExists) {
        return copied;  // already there: an earlier link brought it
    }
    TRY_ASSIGN(const sys::UniqueFd folder, makeWay(rootFd, lowerFds, path));
    if (::linkat(targetFolder.get(), targetPath.back().c_str(), folder.get(), path.back().c_str(), 0) != 0) {
        return Error::fromErrno("link '" + text::escapeForTerminal(name) + "'");
    }
    return {};
}

}  // namespace

bool isOpaqueFolder(int fd) {
    for (const char* name : {"user.overlay.opaque", "user.fuseoverlayfs.opaque"}) {
        char value = 0;
        if (::fgetxattr(fd, name, &value, 1) == 1 && value == 'y') {
            return true;
        }
    }
    return ::faccessat(fd, ".wh..wh..opq", F_OK, AT_SYMLINK_NOFOLLOW) ==
           0;  // fuse-overlayfs without attributes
}

Result<std::optional<struct stat>> statBelow(const std::vector<int>& lowerFds, const std::string& path) {
    TRY_ASSIGN(const LayerPath parts, parsePath(path));
    TRY_ASSIGN(const auto found, findBelow(lowerFds, parts));
    return found ? std::optional<struct stat>(found->status) : std::nullopt;
}

Result<> completeLayer(int rootFd, const std::vector<int>& lowerFds, const Fixups& fixups) {
    for (const auto& [name, target] : fixups.links) {
        TRY(completeLink(rootFd, lowerFds, name, target));
    }
    // From the deepest, because making a file in a folder changes its time.
    auto parents = fixups.parents;
    std::sort(parents.begin(), parents.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    for (const std::string& parent : parents) {
        TRY(dressParent(rootFd, lowerFds, parent));
    }
    return {};
}

Result<bool> repeatsFileBelow(const std::vector<int>& lowerFds, const tar::Entry& entry, int contentFd) {
    TRY_ASSIGN(const LayerPath path, parsePath(entry.path));
    TRY_ASSIGN(const auto found, findBelow(lowerFds, path));
    if (!found || !S_ISREG(found->status.st_mode)) {
        return false;
    }
    tar::Entry below = entryOf(entry.path, found->status);
    below.size = static_cast<std::uint64_t>(found->status.st_size);
    const bool alike = below.size == entry.size && below.mode == entry.mode && below.uid == entry.uid &&
                       below.gid == entry.gid && below.mtimeSeconds == entry.mtimeSeconds &&
                       below.mtimeNanoseconds == entry.mtimeNanoseconds;
    if (!alike) {
        return false;
    }
    TRY_ASSIGN(const sys::UniqueFd content,
               sys::openBeneath(found->folder.get(), found->name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW));
    TRY(readXattrs(content.get(), entry.path, below));
    return below.xattrs == entry.xattrs ? sameContent(contentFd, content.get()) : Result<bool>(false);
}

}  // namespace coracle::store::helper
