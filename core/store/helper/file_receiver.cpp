// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/file_receiver.h"

#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
constexpr int kPlaceFlags = O_PATH | O_DIRECTORY;
constexpr int kMaxLinks = 40;             // as many as the kernel follows: path_resolution(7)
constexpr std::uint64_t kRoomShare = 32;  // of a small file system the reserve is a part
constexpr std::uint32_t kRights = 0777;   // without the bits that lend rights
constexpr std::uint32_t kAllModes = 07777;

Error refused(std::string_view path, const std::string& why) {
    return {ErrorKind::Corrupt, "entry '" + shown(path) + "': " + why};
}

Error failure(const std::string& verb, std::string_view path, int err = errno) {
    Error error = fileFailure(verb, path, err);
    return err == EROFS ? std::move(error).withHint("what lies there is mounted read-only") : error;
}

timespec timeOf(const tar::Entry& entry) {
    return {static_cast<time_t>(entry.mtimeSeconds), static_cast<long>(entry.mtimeNanoseconds)};
}

std::string joined(const LayerPath& path, std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += (i == 0 ? "" : "/") + path[i];
    }
    return text.empty() ? "." : text;
}

Result<std::string> linkAt(int folder, const std::string& leaf, const std::string& path) {
    std::string target(kMaxLinkBytes + 1, '\0');
    const ssize_t length = ::readlinkat(folder, leaf.c_str(), target.data(), target.size());
    if (length < 0) {
        return failure("read link", path);
    }
    target.resize(static_cast<std::size_t>(length));
    return target;
}

Result<> copyContent(int from, int to, const std::string& path) {
    std::vector<char> buffer(256U << 10U);
    for (off_t offset = 0;;) {
        const ssize_t got = ::pread(from, buffer.data(), buffer.size(), offset);
        if (got < 0) {
            return failure("read", path);
        }
        if (got == 0) {
            return {};
        }
        TRY(sys::writeAll(to, std::string_view(buffer.data(), static_cast<std::size_t>(got))));
        offset += got;
    }
}

}  // namespace

/// A link at the end leads on, as for docker, which writes to what it names and not over the link.
Result<FileTarget> openTarget(const std::string& path) {
    FileTarget target;
    target.what.path = path;
    TRY_ASSIGN(target.root, sys::openAt(AT_FDCWD, "/", kPlaceFlags));
    TRY_ASSIGN(CopyPath parts, splitCopyPath(path));
    target.what.mustBeFolder = parts.mustBeFolder;
    auto self = sys::openInRoot(target.root.get(), parts.whole, kPlaceFlags);
    if (self) {
        target.what.exists = true;
        target.what.isFolder = true;
        target.self = *std::move(self);
        return target;
    }
    for (int links = 0; links < kMaxLinks; ++links) {
        auto folder = sys::openInRoot(target.root.get(), parts.folder, kPlaceFlags);
        if (!folder && folder.error().kind() == ErrorKind::NotFound) {
            return Error(ErrorKind::NotFound, "folder '" + shown(parts.folder) + "' does not exist");
        }
        if (!folder || parts.leaf.empty()) {
            const int err = folder ? self.error().sysErrno() : folder.error().sysErrno();
            return failure("open", parts.folder, err);
        }
        struct stat status {};
        const bool exists = ::fstatat(folder->get(), parts.leaf.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
        if (!exists && errno != ENOENT) {
            return failure("stat", parts.whole);
        }
        if (!exists || !S_ISLNK(status.st_mode)) {
            target.what.exists = exists;
            target.folder = *std::move(folder);
            target.leaf = parts.leaf;
            return target;
        }
        TRY_ASSIGN(const std::string link, linkAt(folder->get(), parts.leaf, parts.whole));
        TRY_ASSIGN(parts, splitCopyPath(link.starts_with('/') ? link : parts.folder + "/" + link));
    }
    return failure("open", path, ELOOP);
}

FileReceiver::FileReceiver(FileTarget target, ReceiveRules rules)
    : m_target(std::move(target)), m_rules(std::move(rules)) {
    if (m_rules.stream) {
        m_base = m_target.self.get();
        m_settled = true;
    }
}

/// An archive that ends too early, or a failure, leaves no half file.
FileReceiver::~FileReceiver() {
    if (!m_temporary.empty() && m_parent) {
        (void)::unlinkat(m_parent.get(), m_temporary.c_str(), 0);  // ours, under a name that nobody else has
    }
}

Result<> FileReceiver::beginEntry(const tar::Entry& entry) {
    m_current = &entry;
    if (++m_received.entries > kMaxCopyEntries) {
        return Error(ErrorKind::Unsupported,
                     "there are more than " + std::to_string(kMaxCopyEntries) + " files");
    }
    if (entry.type == tar::EntryType::CharDevice || entry.type == tar::EntryType::BlockDevice) {
        ++m_received.devices;
        return {};
    }
    TRY_ASSIGN(const LayerPath named, parsePath(entry.path));
    if (!m_settled) {
        TRY(settle(entry, named));
    }
    TRY_ASSIGN(const LayerPath path, placeOf(named));
    return place(entry, path);
}

/// The first entry says what comes; docker's rules say where it goes.
Result<> FileReceiver::settle(const tar::Entry& entry, const LayerPath& path) {
    const bool isFolder = entry.type == tar::EntryType::Directory;
    const CopySource source{isFolder, path.empty(), path.empty() ? "" : path.front()};
    if (path.size() > 1 || (path.empty() && !isFolder)) {
        return refused(entry.path, "it is not the root of what is copied");
    }
    TRY_ASSIGN(const CopyPlacement placement, placeCopy(source, m_target.what));
    m_source = source.name;
    m_base = placement == CopyPlacement::As ? m_target.folder.get() : m_target.self.get();
    if (placement == CopyPlacement::As) {
        m_prefix = {m_target.leaf};
    } else if (placement == CopyPlacement::Inside) {
        m_prefix = {source.name};
    }
    m_settled = true;
    return {};
}

Result<LayerPath> FileReceiver::placeOf(const LayerPath& path) const {
    if (m_rules.stream) {
        return path;
    }
    const std::size_t skipped = m_source.empty() ? 0 : 1;
    if (skipped == 1 && (path.empty() || path.front() != m_source)) {
        return refused(textOf(path), "it is not below what is copied");
    }
    LayerPath result = m_prefix;
    result.insert(result.end(), path.begin() + static_cast<std::ptrdiff_t>(skipped), path.end());
    return result;
}

/// The first `length` names of a path as a folder; the ones that are missing are made.
Result<sys::UniqueFd> FileReceiver::openFolder(const LayerPath& path, std::size_t length) {
    const std::string name = joined(path, length);
    auto opened = sys::openBeneath(m_base, name, kPlaceFlags);
    if (opened) {
        return opened;
    }
    const int err = opened.error().sysErrno();
    if (err == ENOENT) {
        return makeFolders(path, length);
    }
    if (m_rules.stream && !m_rules.onHost && (err == ELOOP || err == ENOTDIR || err == EXDEV)) {
        opened = sys::openInRoot(m_target.root.get(), m_target.what.path + "/" + name, kPlaceFlags);
        if (opened) {
            return opened;
        }
    }
    if (err == ENOTDIR || err == ELOOP || err == EXDEV) {
        return refused(joined(path, path.size()), "its folder is a file or a symbolic link");
    }
    return failure("open", name, err);
}

Result<sys::UniqueFd> FileReceiver::makeFolders(const LayerPath& path, std::size_t length) {
    TRY_ASSIGN(sys::UniqueFd at, sys::openBeneath(m_base, ".", kPlaceFlags));
    for (std::size_t i = 0; i < length; ++i) {
        if (::mkdirat(at.get(), path[i].c_str(), 0755) != 0 && errno != EEXIST) {
            return failure("make folder", joined(path, i + 1));
        }
        TRY_ASSIGN(at, sys::openBeneath(at.get(), path[i], kPlaceFlags));
    }
    return at;
}

Result<> FileReceiver::place(const tar::Entry& entry, const LayerPath& path) {
    if (entry.type == tar::EntryType::Directory) {
        return folder(entry, path);
    }
    if (path.empty()) {
        return refused(entry.path, "it has no name");
    }
    const std::string parent = joined(path, path.size() - 1);
    if (!m_parent || m_parentPath != parent) {
        TRY_ASSIGN(m_parent, openFolder(path, path.size() - 1));
        m_parentPath = parent;
    }
    m_leaf = path.back();
    TRY(requireNoFolder());
    TRY(checkRoom(0));
    m_temporary = ".coracle-" + sys::randomHex(12);
    switch (entry.type) {
    case tar::EntryType::File:
        return startFile(entry);
    case tar::EntryType::Symlink:
        TRY(symlink(entry));
        break;
    case tar::EntryType::Hardlink:
        TRY(hardlink(entry));
        break;
    default:
        TRY(fifo(entry));
        break;
    }
    return takePlace();
}

/// A folder that is there keeps its mode, owner and time, unless the archive's are wanted.
Result<> FileReceiver::folder(const tar::Entry& entry, const LayerPath& path) {
    if (path.empty()) {
        return {};
    }
    const std::string name = joined(path, path.size());
    TRY_ASSIGN(const sys::UniqueFd parent, openFolder(path, path.size() - 1));
    if (::mkdirat(parent.get(), path.back().c_str(), 0700) != 0) {
        struct stat status {};
        if (errno != EEXIST) {
            return failure("make folder", name);
        }
        if (::fstatat(parent.get(), path.back().c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return failure("stat", name);
        }
        const bool stream = m_rules.stream && !m_rules.onHost && S_ISLNK(status.st_mode);
        if (!S_ISDIR(status.st_mode) && !stream) {
            return Error(ErrorKind::Conflict,
                         "a folder cannot be copied onto the file '" + shown(name) + "'");
        }
        if (m_rules.owners == ReceiveRules::Owners::Ours || stream) {
            return {};
        }
    }
    TRY_ASSIGN(const sys::UniqueFd made, sys::openBeneath(parent.get(), path.back(), kFolderFlags));
    TRY(giveOwner(entry, made.get(), name));
    setXattrs(entry, made.get());
    m_rememberedBytes += name.size() + sizeof(Folder);
    if (m_rememberedBytes > kMaxDirectoryNamesBytes) {
        return Error(ErrorKind::Unsupported, "there are too many folders with long names");
    }
    m_folders.push_back({path, entry.mode, timeOf(entry)});
    return {};
}

Result<> FileReceiver::requireNoFolder() const {
    struct stat status {};
    if (::fstatat(m_parent.get(), m_leaf.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISDIR(status.st_mode)) {
        return Error(ErrorKind::Conflict, "a file cannot be copied onto the folder '" + shown(m_leaf) + "'");
    }
    return {};
}

/// Nobody but us opens the file before it is whole: mode 0600, and a name that cannot be guessed.
Result<> FileReceiver::startFile(const tar::Entry& entry) {
    auto opened = sys::openAt(m_parent.get(), m_temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (!opened) {
        m_temporary.clear();
        return failure("create", entry.path, opened.error().sysErrno());
    }
    m_file = *std::move(opened);
    m_writer.begin(m_file.get(), entry.path);
    return {};
}

Result<> FileReceiver::symlink(const tar::Entry& entry) {
    if (entry.linkTarget.empty() || entry.linkTarget.size() > kMaxLinkBytes) {
        return refused(entry.path, "a symbolic link needs a target");
    }
    if (::symlinkat(entry.linkTarget.c_str(), m_parent.get(), m_temporary.c_str()) != 0) {
        return failure("make link", entry.path);
    }
    return dressName(entry);
}

/// To something that this archive or somebody before it has put below the target. A file that is replaced
/// later gets a new inode, so nothing is ever written through the other name.
Result<> FileReceiver::hardlink(const tar::Entry& entry) {
    TRY_ASSIGN(const LayerPath named, parsePath(entry.linkTarget));
    TRY_ASSIGN(const LayerPath target, placeOf(named));
    if (target.empty()) {
        return refused(entry.path, "a hard link has to name a file");
    }
    TRY_ASSIGN(const sys::UniqueFd folder, openFolder(target, target.size() - 1));
    struct stat status {};
    if (::fstatat(folder.get(), target.back().c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        S_ISDIR(status.st_mode)) {
        return refused(entry.path, "its hard link names no file of the archive");
    }
    if (::linkat(folder.get(), target.back().c_str(), m_parent.get(), m_temporary.c_str(), 0) != 0) {
        return failure("link", entry.path);
    }
    return {};
}

Result<> FileReceiver::fifo(const tar::Entry& entry) {
    if (::mknodat(m_parent.get(), m_temporary.c_str(), S_IFIFO | (entry.mode & kRights), 0) != 0) {
        return failure("make pipe", entry.path);
    }
    return dressName(entry);
}

/// Owner and time of what has no descriptor.
Result<> FileReceiver::dressName(const tar::Entry& entry) {
    if (m_rules.owners == ReceiveRules::Owners::Entries) {
        const bool known = m_rules.uids.contains(entry.uid) && m_rules.gids.contains(entry.gid);
        if (known && ::fchownat(m_parent.get(), m_temporary.c_str(), static_cast<uid_t>(entry.uid),
                                static_cast<gid_t>(entry.gid), AT_SYMLINK_NOFOLLOW) != 0) {
            return failure("set owner of", entry.path);
        }
    }
    const std::array<timespec, 2> times{timeOf(entry), timeOf(entry)};
    if (::utimensat(m_parent.get(), m_temporary.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0) {
        return failure("set time of", entry.path);
    }
    return {};
}

/// An id that does not exist here is no reason to lose the file: it stays ours.
Result<> FileReceiver::giveOwner(const tar::Entry& entry, int fd, const std::string& name) const {
    const bool wanted = m_rules.owners == ReceiveRules::Owners::Entries && m_rules.uids.contains(entry.uid) &&
                        m_rules.gids.contains(entry.gid);
    if (wanted && ::fchown(fd, static_cast<uid_t>(entry.uid), static_cast<gid_t>(entry.gid)) != 0) {
        return failure("set owner of", name);
    }
    return {};
}

/// What the file system does not take is left out, as by cp(1).
void FileReceiver::setXattrs(const tar::Entry& entry, int fd) const {
    for (const auto& [name, value] : entry.xattrs) {
        if (const auto allowed = allowedXattr(name, value)) {
            (void)::fsetxattr(fd, name.c_str(), allowed->data(), allowed->size(), 0);
        }
    }
}

/// Filling the disk would take the computer down with the container.
Result<> FileReceiver::checkRoom(std::uint64_t bytes) {
    if (m_toRoomCheck > bytes && bytes > 0) {
        m_toRoomCheck -= bytes;
        return {};
    }
    if (bytes == 0 && m_toRoomCheck > 0) {
        return {};
    }
    m_toRoomCheck = kFreeSpaceCheckBytes;
    struct statvfs disk {};
    if (::fstatvfs(m_parent.get(), &disk) != 0) {
        return {};  // the write itself says what is wrong
    }
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    const std::uint64_t all = std::uint64_t{disk.f_blocks} * disk.f_frsize;
    if (all == 0 || free >= std::min(kFreeSpaceReserve, all / kRoomShare)) {
        return {};
    }
    return failure("write", m_current->path, ENOSPC);
}

Result<> FileReceiver::data(std::uint64_t offset, std::span<const std::byte> bytes) {
    if (!m_file) {
        return {};
    }
    m_received.bytes += bytes.size();
    TRY(checkRoom(bytes.size()));
    return m_writer.write(offset, bytes);
}

Result<> FileReceiver::endEntry() {
    if (!m_file) {
        return {};
    }
    const tar::Entry& entry = *m_current;
    TRY(m_writer.end(entry.size, entry.sparse));
    TRY(giveOwner(entry, m_file.get(), entry.path));
    if (::fchmod(m_file.get(), entry.mode & (m_rules.onHost ? kRights : kAllModes)) != 0) {
        return failure("set mode of", entry.path);
    }
    setXattrs(entry, m_file.get());
    const std::array<timespec, 2> times{timeOf(entry), timeOf(entry)};
    if (::futimens(m_file.get(), times.data()) != 0) {
        return failure("set time of", entry.path);
    }
    auto taken = takePlace();
    m_file.reset();
    return taken;
}

/// rename(2) of two names of one file does nothing and leaves both, so the other one is taken away.
Result<> FileReceiver::takePlace() {
    if (::renameat(m_parent.get(), m_temporary.c_str(), m_parent.get(), m_leaf.c_str()) == 0) {
        if (m_current->type == tar::EntryType::Hardlink) {
            (void)::unlinkat(m_parent.get(), m_temporary.c_str(), 0);
        }
        m_temporary.clear();
        return {};
    }
    if (errno == EBUSY && m_file && !m_rules.onHost) {
        return overwrite();
    }
    return failure("replace", m_leaf);
}

/// Something is mounted on the file: its content is replaced, the file stays.
Result<> FileReceiver::overwrite() {
    const auto place = sys::openAt(m_parent.get(), m_leaf, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    struct stat status {};
    if (!place || ::fstat(place->get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return failure("replace", m_leaf, place ? EBUSY : place.error().sysErrno());
    }
    if (::ftruncate(place->get(), 0) != 0) {
        return failure("write", m_leaf);
    }
    TRY(copyContent(m_file.get(), place->get(), m_leaf));
    (void)::unlinkat(m_parent.get(), m_temporary.c_str(), 0);
    m_temporary.clear();
    return {};
}

Result<ReceivedFiles> FileReceiver::finish() {
    if (!m_settled) {
        return Error(ErrorKind::InvalidArgument, "the archive is empty");
    }
    for (auto folder = m_folders.rbegin(); folder != m_folders.rend(); ++folder) {
        const std::string name = joined(folder->path, folder->path.size());
        const auto fd = sys::openBeneath(m_base, name, kFolderFlags);
        if (!fd) {
            continue;  // somebody has moved it meanwhile
        }
        const std::array<timespec, 2> times{folder->time, folder->time};
        if (::fchmod(fd->get(), folder->mode & (m_rules.onHost ? kRights : kAllModes)) != 0 ||
            ::futimens(fd->get(), times.data()) != 0) {
            return failure("set mode of", name);
        }
    }
    return m_received;
}

}  // namespace coracle::store::helper
