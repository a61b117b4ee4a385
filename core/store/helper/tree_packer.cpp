// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/tree_packer.h"

#include "core/store/helper/entry_policy.h"
#include "core/store/helper/limits.h"
#include "core/store/helper/lower_layers.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK;
constexpr std::string_view kWhiteoutPrefix = ".wh.";
/// What fuse-overlayfs puts into a folder that hides those below, beside the attribute.
constexpr std::array<std::string_view, 2> kOpaqueNames{".wh..wh..opq", ".wh..opq"};
constexpr mode_t kPlainFolderMode = 0755;
constexpr std::size_t kMaxListBytes = 65536;

struct DirCloser {
    void operator()(DIR* dir) const noexcept { (void)::closedir(dir); }
};

bool isGone(int err) {
    return err == ENOENT || err == ENOTDIR || err == ELOOP || err == ENXIO;
}

Error failed(const std::string& verb, std::string_view path, int err = errno) {
    return Error::fromErrno(verb + " '" + shown(path) + "'", err);
}

Result<std::vector<std::string>> namesIn(int fd, const std::string& path) {
    TRY_ASSIGN(sys::UniqueFd copy, sys::openAt(fd, ".", kFolderFlags));
    const std::unique_ptr<DIR, DirCloser> dir(::fdopendir(copy.get()));
    if (!dir) {
        return failed("list", path);
    }
    (void)copy.release();  // closedir(3) closes it
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(dir.get())) {
        names.emplace_back(entry->d_name);
        errno = 0;
    }
    if (errno != 0) {
        return failed("list", path);
    }
    std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
    return names;
}

/// Nothing in them is a file of anybody's, and some have no end.
bool isKernelFolder(int fd) {
    struct statfs system {};
    if (::fstatfs(fd, &system) != 0) {
        return false;
    }
    switch (system.f_type) {
    case PROC_SUPER_MAGIC:
    case SYSFS_MAGIC:
    case CGROUP_SUPER_MAGIC:
    case CGROUP2_SUPER_MAGIC:
    case DEVPTS_SUPER_MAGIC:
    case DEBUGFS_MAGIC:
    case TRACEFS_MAGIC:
    case SECURITYFS_MAGIC:
    case BPF_FS_MAGIC:
        return true;
    default:
        return false;
    }
}

bool isWhiteoutDevice(const struct stat& status) {
    return S_ISCHR(status.st_mode) && status.st_rdev == 0;
}

/// One folder of the tree: the same path in one or more of the stacked folders, top first.
struct Folder {
    std::vector<sys::UniqueFd> fds;
    std::string path;  ///< empty: the root
};

/// What the topmost folder that has a name says of it.
struct Node {
    struct stat status {};
    std::vector<std::size_t> levels;  ///< that have it, as long as it is a folder
    bool hidden = false;              ///< a whiteout
    bool closed = false;              ///< nothing below counts any more
};

class Packer {
public:
    Packer(const PackOptions& options, PackSink& sink) : m_options(options), m_sink(sink) {}

    Result<> run(const std::vector<int>& rootFds) {
        Folder root;
        for (const int fd : rootFds) {
            TRY_ASSIGN(sys::UniqueFd copy, sys::duplicateFd(fd));
            root.fds.push_back(std::move(copy));
        }
        struct stat status {};
        if (::fstat(rootFds.front(), &status) != 0) {
            return failed("stat", "/");
        }
        const bool plain =
            (status.st_mode & 07777U) == kPlainFolderMode && status.st_uid == 0 && status.st_gid == 0;
        if (!plain) {  // what every root is like needs no word, and its time is that of the container
            tar::Entry entry = entryOf(".", status);
            entry.type = tar::EntryType::Directory;
            TRY(emit(entry, -1));
        }
        return walk(root, 0);
    }

    PackReport report;

private:
    /// A folder that was entered and not told of yet: it may turn out to be there for a mount only.
    struct Pending {
        tar::Entry entry;
        bool opaque = false;
        bool hasMountPoint = false;
    };

    bool layered() const { return m_options.mode == PackMode::Layer; }

    Result<> flushPending() {
        std::vector<Pending> pending;
        pending.swap(m_pending);
        for (const Pending& folder : pending) {
            ++report.entries;
            TRY(m_sink.entry(folder.entry, -1));
            if (folder.opaque) {
                TRY(m_sink.opaque(folder.entry.path));
            }
        }
        return {};
    }

    Result<> emit(const tar::Entry& entry, int fd) {
        TRY(flushPending());
        ++report.entries;
        return m_sink.entry(entry, fd);
    }

    Result<std::map<std::string, Node>> collect(const Folder& folder);
    Result<> look(const Folder& folder, std::size_t level, const std::string& name,
                  std::map<std::string, Node>& nodes);
    Result<> walk(const Folder& folder, std::size_t depth);
    Result<> pack(const Folder& folder, const std::string& name, const Node& node, std::size_t depth);
    Result<> packFolder(const Folder& parent, const std::string& name, const std::string& path,
                        const Node& node, std::size_t depth);
    Result<> leaveFolder();
    Result<> packFile(int folderFd, const std::string& name, const std::string& path);
    Result<> packSymlink(int folderFd, const std::string& name, tar::Entry entry);
    Result<bool> isForMount(const Pending& folder) const;

    const PackOptions& m_options;
    PackSink& m_sink;
    std::vector<Pending> m_pending;
    std::map<std::pair<dev_t, ino_t>, std::string> m_links;
};

Result<> Packer::look(const Folder& folder, std::size_t level, const std::string& name,
                      std::map<std::string, Node>& nodes) {
    std::string plain = name;
    bool whiteout = false;
    if (m_options.namedWhiteouts && name.starts_with(kWhiteoutPrefix)) {
        plain = name.substr(kWhiteoutPrefix.size());
        whiteout = true;
        const bool mark = std::find(kOpaqueNames.begin(), kOpaqueNames.end(), name) != kOpaqueNames.end();
        if (mark || plain.empty() || plain.starts_with(kWhiteoutPrefix)) {
            return {};
        }
    }
    struct stat status {};
    if (::fstatat(folder.fds[level].get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return isGone(errno) ? Result<>() : Result<>(failed("stat", folder.path + "/" + name));
    }
    whiteout = whiteout || isWhiteoutDevice(status);
    const auto [found, first] = nodes.try_emplace(plain);
    Node& node = found->second;
    if (first) {
        node.status = status;
        node.hidden = whiteout;
        node.closed = whiteout || !S_ISDIR(status.st_mode);
        node.levels.push_back(level);
    } else if (!node.closed && !whiteout && S_ISDIR(status.st_mode)) {
        node.levels.push_back(level);
    } else if (node.hidden && node.levels.back() == level && !whiteout) {
        node = {status, {level}, false, true};  // the name itself counts more than a whiteout beside it
        node.closed = !S_ISDIR(status.st_mode);
    } else {
        node.closed = true;
    }
    return {};
}

Result<std::map<std::string, Node>> Packer::collect(const Folder& folder) {
    std::map<std::string, Node> nodes;
    for (std::size_t level = 0; level < folder.fds.size(); ++level) {
        TRY_ASSIGN(const auto names, namesIn(folder.fds[level].get(), folder.path));
        for (const std::string& name : names) {
            TRY(look(folder, level, name, nodes));
        }
        if (isOpaqueFolder(folder.fds[level].get())) {
            break;
        }
    }
    return nodes;
}

Result<> Packer::walk(const Folder& folder, std::size_t depth) {
    TRY_ASSIGN(const auto nodes, collect(folder));
    for (const auto& [name, node] : nodes) {
        TRY(pack(folder, name, node, depth));
    }
    return {};
}

Result<> Packer::pack(const Folder& folder, const std::string& name, const Node& node, std::size_t depth) {
    const std::string path = folder.path.empty() ? name : folder.path + "/" + name;
    if (m_options.mountPoints.contains(path)) {
        for (Pending& pending : m_pending) {
            pending.hasMountPoint = true;
        }
        return {};
    }
    if (node.hidden) {
        if (!layered()) {
            return {};
        }
        TRY(flushPending());
        ++report.entries;
        return m_sink.whiteout(path);
    }
    if (layered() && name.starts_with(kWhiteoutPrefix)) {
        ++report.reservedNames;
        return {};
    }
    if (path.size() > kMaxPathBytes || depth >= kMaxDepth) {
        return Error(ErrorKind::Unsupported, "'" + shown(path) + "' lies more than " +
                                                 std::to_string(kMaxDepth) +
                                                 " folders deep or has a path of more than " +
                                                 std::to_string(kMaxPathBytes) + " bytes")
            .withHint("no layer can hold it: move or remove it in the container");
    }
    const int folderFd = folder.fds[node.levels.front()].get();
    if (S_ISDIR(node.status.st_mode)) {
        return packFolder(folder, name, path, node, depth);
    }
    if (S_ISSOCK(node.status.st_mode)) {
        ++report.sockets;
        return {};
    }
    if (S_ISCHR(node.status.st_mode) || S_ISBLK(node.status.st_mode)) {
        return {};  // without root nobody makes one
    }
    tar::Entry entry = entryOf(path, node.status);
    if (node.status.st_nlink > 1) {
        const auto [known, first] = m_links.try_emplace({node.status.st_dev, node.status.st_ino}, path);
        if (!first) {
            entry.type = tar::EntryType::Hardlink;
            entry.linkTarget = known->second;
            return emit(entry, -1);
        }
    }
    if (S_ISLNK(node.status.st_mode)) {
        return packSymlink(folderFd, name, std::move(entry));
    }
    if (S_ISFIFO(node.status.st_mode)) {
        entry.type = tar::EntryType::Fifo;
        return emit(entry, -1);
    }
    return packFile(folderFd, name, path);
}

Result<> Packer::packFolder(const Folder& parent, const std::string& name, const std::string& path,
                            const Node& node, std::size_t depth) {
    Folder folder;
    folder.path = path;
    for (const std::size_t level : node.levels) {
        auto fd = sys::openAt(parent.fds[level].get(), name, kFolderFlags);
        if (!fd && isGone(fd.error().sysErrno())) {
            continue;
        }
        if (!fd) {
            return failed("open", path, fd.error().sysErrno());
        }
        folder.fds.push_back(*std::move(fd));
        if (isOpaqueFolder(folder.fds.back().get())) {
            break;
        }
    }
    if (folder.fds.empty()) {
        return {};
    }
    Pending pending;
    struct stat status {};
    if (::fstat(folder.fds.front().get(), &status) != 0) {
        return failed("stat", path);
    }
    pending.entry = entryOf(path, status);
    pending.entry.type = tar::EntryType::Directory;
    TRY(readXattrs(folder.fds.front().get(), path, pending.entry));
    if (layered() && isOpaqueFolder(folder.fds.front().get())) {
        // fuse-overlayfs marks every new folder; where there is nothing to hide the mark says nothing.
        TRY_ASSIGN(const auto lower, statBelow(m_options.below, path));
        pending.opaque = m_options.below.empty() || (lower && S_ISDIR(lower->st_mode));
    }
    m_pending.push_back(std::move(pending));
    if (!m_options.skipKernelFiles || !isKernelFolder(folder.fds.front().get())) {
        TRY(walk(folder, depth + 1));
    }
    // Told of by now, with something inside; or still the last that waits.
    return m_pending.empty() || m_pending.back().entry.path != path ? Result<>() : leaveFolder();
}

Result<> Packer::leaveFolder() {
    TRY_ASSIGN(const bool leaveOut, isForMount(m_pending.back()));
    if (leaveOut) {
        m_pending.pop_back();
        return {};
    }
    return flushPending();
}

/// Nothing is in it but mount points, and it says nothing that the layers below do not say.
Result<bool> Packer::isForMount(const Pending& folder) const {
    if (!folder.hasMountPoint || folder.opaque) {
        return false;
    }
    TRY_ASSIGN(const auto lower, statBelow(m_options.below, folder.entry.path));
    if (!lower) {
        return folder.entry.mode == kPlainFolderMode && folder.entry.uid == 0 && folder.entry.gid == 0;
    }
    return S_ISDIR(lower->st_mode) && (lower->st_mode & 07777U) == folder.entry.mode &&
           lower->st_uid == folder.entry.uid && lower->st_gid == folder.entry.gid;
}

Result<> Packer::packSymlink(int folderFd, const std::string& name, tar::Entry entry) {
    std::string target(kMaxLinkBytes + 1, '\0');
    const ssize_t length = ::readlinkat(folderFd, name.c_str(), target.data(), target.size());
    if (length < 0) {
        return isGone(errno) || errno == EINVAL ? Result<>() : Result<>(failed("read link", entry.path));
    }
    target.resize(static_cast<std::size_t>(length));
    entry.type = tar::EntryType::Symlink;
    entry.mode = 0777;
    entry.linkTarget = std::move(target);
    return emit(entry, -1);
}

Result<> Packer::packFile(int folderFd, const std::string& name, const std::string& path) {
    const auto file = sys::openAt(folderFd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (!file) {
        return isGone(file.error().sysErrno()) ? Result<>()
                                               : Result<>(failed("open", path, file.error().sysErrno()));
    }
    struct stat status {};
    if (::fstat(file->get(), &status) != 0) {
        return failed("stat", path);
    }
    if (!S_ISREG(status.st_mode)) {
        return {};  // another thing took its place
    }
    tar::Entry entry = entryOf(path, status);
    entry.size = static_cast<std::uint64_t>(status.st_size);
    TRY(readXattrs(file->get(), path, entry));
    return emit(entry, file->get());
}

}  // namespace

Result<> readXattrs(int fd, const std::string& path, tar::Entry& entry) {
    if (::flistxattr(fd, nullptr, 0) == 0) {
        return {};  // as of most files; two buffers for each would cost more than all the rest
    }
    std::string names(kMaxListBytes, '\0');
    const ssize_t size = ::flistxattr(fd, names.data(), names.size());
    if (size < 0) {
        return errno == EOPNOTSUPP ? Result<>() : Result<>(failed("list attributes of", path));
    }
    names.resize(static_cast<std::size_t>(size));
    std::string value(kMaxListBytes, '\0');
    for (std::size_t start = 0; start < names.size();) {
        const std::string name(names.c_str() + start);
        start += name.size() + 1;
        if (!name.starts_with("user.") && name != "security.capability") {
            continue;
        }
        const ssize_t length = ::fgetxattr(fd, name.c_str(), value.data(), value.size());
        if (length < 0 || name.find('=') != std::string::npos) {
            continue;  // it went away meanwhile, or no header can name it
        }
        const auto allowed =
            allowedXattr(name, std::string_view(value).substr(0, static_cast<std::size_t>(length)));
        if (allowed && entry.xattrs.size() < kMaxXattrs) {
            entry.xattrs.emplace_back(name, *allowed);
        }
    }
    std::sort(entry.xattrs.begin(), entry.xattrs.end());
    return {};
}

tar::Entry entryOf(const std::string& path, const struct stat& status) {
    tar::Entry entry;
    entry.path = path;
    entry.mode = status.st_mode & 07777U;
    entry.uid = status.st_uid;
    entry.gid = status.st_gid;
    entry.mtimeSeconds = status.st_mtim.tv_sec;
    entry.mtimeNanoseconds = static_cast<std::uint32_t>(status.st_mtim.tv_nsec);
    return entry;
}

Result<PackReport> packTree(const std::vector<int>& rootFds, const PackOptions& options, PackSink& sink) {
    Packer packer(options, sink);
    TRY(packer.run(rootFds));
    return packer.report;
}

}  // namespace coracle::store::helper
