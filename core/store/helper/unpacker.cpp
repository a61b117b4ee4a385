// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/unpacker.h"

#include "core/store/helper/limits.h"
#include "core/store/helper/tree_walk.h"
#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>

namespace coracle::store::helper {
namespace {

/// What most file systems allocate at least.
constexpr std::uint64_t kDiskBlock = 4096;
constexpr std::uint64_t kEarlyWriteBytes = 64U << 10U;  ///< smaller files are the sync's, many at once
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;

Error refused(std::string_view path, const std::string& why) {
    return {ErrorKind::Corrupt, "layer entry '" + shown(path) + "': " + why};
}

timespec timeOf(const tar::Entry& entry) {
    return {static_cast<time_t>(entry.mtimeSeconds), static_cast<long>(entry.mtimeNanoseconds)};
}

bool isWhiteout(const struct stat& status) {
    return S_ISCHR(status.st_mode) && status.st_rdev == 0;
}

}  // namespace

/// Order of the refusals: number, name, reserved words, room. Only what passed all of them touches the
/// disk.
Result<> Unpacker::beginEntry(const tar::Entry& entry) {
    m_current = &entry;
    if (++m_report.entries > kMaxEntries) {
        return Error(ErrorKind::Corrupt,
                     "the layer has more than " + std::to_string(kMaxEntries) + " entries");
    }
    TRY_ASSIGN(const LayerPath path, parsePath(entry.path));
    TRY_ASSIGN(const Whiteout reserved, classify(path));
    TRY(checkBudget(entry.type == tar::EntryType::File ? entry.size : 0));
    switch (reserved.kind) {
    case Whiteout::Kind::None:
        return place(entry, path);
    case Whiteout::Kind::Ignored:
        return {};
    case Whiteout::Kind::Opaque:
        return opaque(path);
    case Whiteout::Kind::Name: {
        TRY_ASSIGN(const Parent* parent, openParent(path));
        return whiteout(*parent, reserved.name);
    }
    }
    return {};
}

/// Device nodes cannot be made without root and are noted for the record only.
Result<> Unpacker::place(const tar::Entry& entry, const LayerPath& path) {
    if (entry.type == tar::EntryType::CharDevice || entry.type == tar::EntryType::BlockDevice) {
        recordDevice(entry);
        return {};
    }
    if (path.empty() && entry.type != tar::EntryType::Directory) {
        return refused(entry.path, "the layer's root has to be a folder");
    }
    TRY(checkOwner(entry));
    if (entry.type == tar::EntryType::Directory) {
        return folder(entry, path);
    }
    TRY_ASSIGN(const Parent* parent, openParent(path));
    const std::string& leaf = path.back();
    switch (entry.type) {
    case tar::EntryType::File:
        return file(entry, *parent, leaf);
    case tar::EntryType::Symlink:
        return symlink(entry, *parent, leaf);
    case tar::EntryType::Hardlink:
        return hardlink(entry, path, *parent);
    default:
        return fifo(entry, *parent, leaf);
    }
}

/// Count what the entry will take, and look at the disk now and then.
Result<> Unpacker::checkBudget(std::uint64_t moreBytes) {
    // The apparent size counts, holes too: a later copy could write them all.
    if (moreBytes > kMaxUnpackedBytes || m_apparentBytes + moreBytes > kMaxUnpackedBytes) {
        return Error(ErrorKind::Corrupt,
                     "the layer unpacks to more than " + std::to_string(kMaxUnpackedBytes >> 30U) + " GiB");
    }
    m_apparentBytes += moreBytes;
    const std::uint64_t blocks = (moreBytes + kDiskBlock - 1) / kDiskBlock * kDiskBlock;
    m_report.unpackedBytes += std::max(blocks, moreBytes == 0 ? kDiskBlock : blocks);
    const std::uint64_t weight = moreBytes + kFreeSpaceCheckBytes / kFreeSpaceCheckEntries;
    if (m_bytesToSpaceCheck > weight) {
        m_bytesToSpaceCheck -= weight;
        return {};
    }
    m_bytesToSpaceCheck = kFreeSpaceCheckBytes;
    struct statvfs disk {};
    if (::fstatvfs(m_root, &disk) != 0) {
        return Error::fromErrno("look at the free disk space");
    }
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    if (free < kFreeSpaceReserve + (m_current->sparse ? 0 : moreBytes)) {
        return Error(ErrorKind::Io,
                     "no space left on the disk: the layer needs more than " +
                         std::to_string((m_report.unpackedBytes + kFreeSpaceReserve) >> 20U) + " MiB, " +
                         std::to_string(free >> 20U) + " MiB are free",
                     ENOSPC)
            .withHint("free some space on the disk, or prune images that are not used");
    }
    return {};
}

/// With a single id owners cannot be kept and are not asked for; with a range, an owner beyond it is an
/// error and not squashed, because a file that should belong to a service's user would belong to root.
Result<> Unpacker::checkOwner(const tar::Entry& entry) const {
    if (m_ids.uids.single()) {
        return {};
    }
    if (m_ids.uids.contains(entry.uid) && m_ids.gids.contains(entry.gid)) {
        return {};
    }
    return Error(ErrorKind::Unsupported, "layer entry '" + shown(entry.path) + "' belongs to " +
                                             std::to_string(entry.uid) + ":" + std::to_string(entry.gid) +
                                             ", beyond the " + std::to_string(m_ids.uids.count()) +
                                             " ids of this user")
        .withHint("give the user a larger range in /etc/subuid and /etc/subgid");
}

/// New files belong to root already, or to the group of a set-group-ID folder; chown(2) is called only
/// where it changes something.
bool Unpacker::mustOwn(const tar::Entry& entry, const Parent& parent) const {
    return !m_ids.uids.single() && (entry.uid != 0 || entry.gid != 0 || parent.setGid);
}

/// Archives list the files of a folder one after the other, so a few open folders save most lookups.
Result<const Unpacker::Parent*> Unpacker::openParent(const LayerPath& path) {
    const std::string name = parentOf(path);
    for (const Parent& known : m_parents) {
        if (known.fd && known.path == name) {
            return &known;
        }
    }
    auto opened = sys::openBeneath(m_root, name, O_PATH | O_DIRECTORY);
    if (!opened && opened.error().sysErrno() == ENOENT) {
        opened = makeParents(path);
    }
    if (!opened) {
        const int err = opened.error().sysErrno();
        if (err == ENOTDIR || err == ELOOP || err == EXDEV) {
            return refused(textOf(path), "its folder is a file or a symbolic link");
        }
        return std::move(opened).error();
    }
    struct stat status {};
    if (::fstat(opened->get(), &status) != 0) {
        return fileFailure("stat", name);
    }
    Parent& slot = m_parents[m_nextParent];
    m_nextParent = (m_nextParent + 1) % m_parents.size();
    slot = Parent{name, std::move(*opened), (status.st_mode & S_ISGID) != 0};
    return &slot;
}

/// Folders that the archive uses but does not have (yet): root's, mode 0755, until something better is known.
Result<sys::UniqueFd> Unpacker::makeParents(const LayerPath& path) {
    TRY_ASSIGN(sys::UniqueFd at, sys::openBeneath(m_root, ".", O_PATH | O_DIRECTORY));
    std::string name;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        name += (name.empty() ? "" : "/") + path[i];
        if (::mkdirat(at.get(), path[i].c_str(), 0755) == 0) {
            if (m_plainParents.size() < kMaxFixups) {
                m_plainParents.insert(name);
            }
        } else if (errno != EEXIST) {
            return fileFailure("make folder", name);
        }
        TRY_ASSIGN(at, sys::openBeneath(at.get(), path[i], O_PATH | O_DIRECTORY));
    }
    return at;
}

/// The name is wanted for something that is not a folder.
Result<> Unpacker::clearWay(const Parent& parent, const std::string& leaf) {
    if (::unlinkat(parent.fd.get(), leaf.c_str(), 0) == 0 || errno == ENOENT) {
        return {};
    }
    if (errno != EISDIR) {
        return fileFailure("replace", leaf);
    }
    TRY(removeTreeAt(parent.fd.get(), leaf));
    // A remembered descriptor may be of a folder that is gone; the caller's own parent lies above it.
    for (Parent& known : m_parents) {
        if (&known != &parent) {
            known.fd.reset();
        }
    }
    return {};
}

/// A character device 0/0 is the overlay's own mark (overlayfs.rst, "whiteouts and opaque directories")
/// and may be made without rights (Linux 5.8).
Result<> Unpacker::whiteout(const Parent& parent, const std::string& name) {
    struct stat status {};
    if (::fstatat(parent.fd.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISDIR(status.st_mode)) {
            return {};  // what this layer has under the name hides the lower one already
        }
        TRY_ASSIGN(const sys::UniqueFd fd, sys::openBeneath(parent.fd.get(), name, kFolderFlags));
        return ::fsetxattr(fd.get(), "user.overlay.opaque", "y", 1, 0) == 0
                   ? Result<>()
                   : Result<>(fileFailure("hide below", name));
    }
    if (::mknodat(parent.fd.get(), name.c_str(), S_IFCHR, 0) != 0) {
        return fileFailure("make whiteout", name);
    }
    return {};
}

Result<> Unpacker::opaque(const LayerPath& path) {
    TRY_ASSIGN(const Parent* parent, openParent(path));
    TRY_ASSIGN(const sys::UniqueFd fd, sys::openBeneath(parent->fd.get(), ".", kFolderFlags));
    if (::fsetxattr(fd.get(), "user.overlay.opaque", "y", 1, 0) != 0) {
        return fileFailure("hide below", parent->path);
    }
    return {};
}

/// O_EXCL first: nearly every name is new, and what is in the way is looked at only when there is
/// something. The mode is without setuid bits until the content is there.
Result<> Unpacker::file(const tar::Entry& entry, const Parent& parent, const std::string& leaf) {
    constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    auto opened = sys::openAt(parent.fd.get(), leaf, kFlags, entry.mode & 0777U);
    if (!opened && opened.error().sysErrno() == EEXIST) {
        TRY(clearWay(parent, leaf));
        opened = sys::openAt(parent.fd.get(), leaf, kFlags, entry.mode & 0777U);
    }
    if (!opened) {
        return fileFailure("create", entry.path, opened.error().sysErrno());
    }
    m_file = std::move(*opened);
    m_writer.begin(m_file.get(), entry.path);
    if (mustOwn(entry, parent) &&
        ::fchown(m_file.get(), static_cast<uid_t>(entry.uid), static_cast<gid_t>(entry.gid)) != 0) {
        return fileFailure("set owner of", entry.path);
    }
    return {};
}

Result<> Unpacker::data(std::uint64_t offset, std::span<const std::byte> bytes) {
    // No file: content of something that is not written, a whiteout's or a device's.
    return m_file ? m_writer.write(offset, bytes) : Result<>();
}

Result<> Unpacker::endEntry() {
    if (!m_file) {
        return {};
    }
    const tar::Entry& entry = *m_current;
    TRY(m_writer.end(entry.size, entry.sparse));
    // After the owner and the content, both of which take setuid bits and capabilities away.
    if ((entry.mode & 07000U) != 0 && ::fchmod(m_file.get(), entry.mode) != 0) {
        return fileFailure("set mode of", entry.path);
    }
    TRY(setXattrs(entry, m_file.get()));
    const std::array<timespec, 2> times{timeOf(entry), timeOf(entry)};
    if (::futimens(m_file.get(), times.data()) != 0) {
        return fileFailure("set time of", entry.path);
    }
    // Only a start, so that the disk works meanwhile and the sync of the whole layer finds little left to do.
    if (m_writer.position() >= kEarlyWriteBytes) {
        (void)::sync_file_range(m_file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
    }
    m_file.reset();
    return {};
}

/// A folder that is named twice is one folder with the later mode; one that takes the place of a file
/// hides what lies below it.
Result<> Unpacker::folder(const tar::Entry& entry, const LayerPath& path) {
    const std::string name = textOf(path);
    if (path.empty()) {
        TRY_ASSIGN(const sys::UniqueFd root, sys::openBeneath(m_root, ".", kFolderFlags));
        return dressFolder(entry, root.get(), name);
    }
    TRY_ASSIGN(const Parent* parent, openParent(path));
    const std::string& leaf = path.back();
    bool hidesLower = false;
    if (::mkdirat(parent->fd.get(), leaf.c_str(), 0700) != 0) {
        if (errno != EEXIST) {
            return fileFailure("make folder", name);
        }
        struct stat status {};
        if (::fstatat(parent->fd.get(), leaf.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return fileFailure("stat", name);
        }
        if (!S_ISDIR(status.st_mode)) {
            hidesLower = isWhiteout(status);
            TRY(clearWay(*parent, leaf));
            if (::mkdirat(parent->fd.get(), leaf.c_str(), 0700) != 0) {
                return fileFailure("make folder", name);
            }
        }
    }
    TRY_ASSIGN(const sys::UniqueFd fd, sys::openBeneath(parent->fd.get(), leaf, kFolderFlags));
    if (hidesLower && ::fsetxattr(fd.get(), "user.overlay.opaque", "y", 1, 0) != 0) {
        return fileFailure("hide below", name);
    }
    return dressFolder(entry, fd.get(), name);
}

Result<> Unpacker::dressFolder(const tar::Entry& entry, int fd, const std::string& path) {
    // Always: its folder may hand down a group.
    if (!m_ids.uids.single() &&
        ::fchown(fd, static_cast<uid_t>(entry.uid), static_cast<gid_t>(entry.gid)) != 0) {
        return fileFailure("set owner of", path);
    }
    if (::fchmod(fd, entry.mode) != 0) {
        return fileFailure("set mode of", path);
    }
    TRY(setXattrs(entry, fd));
    if ((entry.mode & S_ISGID) != 0) {
        for (Parent& known : m_parents) {
            known.setGid = known.setGid || known.path == path;
        }
    }
    m_plainParents.erase(path);
    m_rememberedBytes += path.size() + sizeof(FolderTime);
    if (m_rememberedBytes > kMaxDirectoryNamesBytes) {
        return Error(ErrorKind::Corrupt, "the layer has too many folders with long names");
    }
    m_folderTimes.push_back({path, timeOf(entry)});
    return {};
}

/// The target is text and is never followed here; where it leads is the container's affair, inside its own
/// root.
Result<> Unpacker::symlink(const tar::Entry& entry, const Parent& parent, const std::string& leaf) {
    if (entry.linkTarget.empty() || entry.linkTarget.size() > kMaxLinkBytes) {
        return refused(entry.path,
                       "a symbolic link needs a target of 1 to " + std::to_string(kMaxLinkBytes) + " bytes");
    }
    const int folderFd = parent.fd.get();
    if (::symlinkat(entry.linkTarget.c_str(), folderFd, leaf.c_str()) != 0) {
        if (errno != EEXIST) {
            return fileFailure("make link", entry.path);
        }
        TRY(clearWay(parent, leaf));
        if (::symlinkat(entry.linkTarget.c_str(), folderFd, leaf.c_str()) != 0) {
            return fileFailure("make link", entry.path);
        }
    }
    if (mustOwn(entry, parent) && ::fchownat(folderFd, leaf.c_str(), static_cast<uid_t>(entry.uid),
                                             static_cast<gid_t>(entry.gid), AT_SYMLINK_NOFOLLOW) != 0) {
        return fileFailure("set owner of", entry.path);
    }
    const std::array<timespec, 2> times{timeOf(entry), timeOf(entry)};
    if (::utimensat(folderFd, leaf.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0) {
        return fileFailure("set time of", entry.path);
    }
    return {};
}

/// The target has to be in the archive already or in a lower layer, found without following links.
Result<> Unpacker::hardlink(const tar::Entry& entry, const LayerPath& path, const Parent& parent) {
    TRY_ASSIGN(const LayerPath target, parsePath(entry.linkTarget));
    TRY_ASSIGN(const Whiteout reserved, classify(target));
    if (target.empty() || reserved.kind != Whiteout::Kind::None) {
        return refused(entry.path, "a hard link has to name a file");
    }
    if (target == path) {
        return {};
    }
    const auto folderFd = sys::openBeneath(m_root, parentOf(target), O_PATH | O_DIRECTORY);
    struct stat status {};
    const bool here =
        folderFd && ::fstatat(folderFd->get(), target.back().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (!here) {
        const int err = folderFd ? errno : folderFd.error().sysErrno();
        if (err != ENOENT || m_report.lowerLinks.size() >= kMaxFixups) {
            return refused(entry.path, "the target of the hard link, '" + shown(entry.linkTarget) +
                                           "', is not a file of the image");
        }
        TRY(clearWay(parent, path.back()));
        m_report.lowerLinks.emplace_back(textOf(path), textOf(target));
        return {};
    }
    if (S_ISDIR(status.st_mode) || S_ISCHR(status.st_mode)) {
        return refused(entry.path, "the target of the hard link, '" + shown(entry.linkTarget) +
                                       "', is not a file of the image");
    }
    // Without AT_SYMLINK_FOLLOW a symbolic link is linked itself and not what it points to.
    if (::linkat(folderFd->get(), target.back().c_str(), parent.fd.get(), path.back().c_str(), 0) == 0) {
        return {};
    }
    if (errno == EEXIST) {
        TRY(clearWay(parent, path.back()));
        if (::linkat(folderFd->get(), target.back().c_str(), parent.fd.get(), path.back().c_str(), 0) == 0) {
            return {};
        }
    }
    return fileFailure("link", entry.path);
}

Result<> Unpacker::fifo(const tar::Entry& entry, const Parent& parent, const std::string& leaf) {
    TRY(clearWay(parent, leaf));
    if (::mknodat(parent.fd.get(), leaf.c_str(), S_IFIFO | (entry.mode & 0777U), 0) != 0) {
        return fileFailure("make pipe", entry.path);
    }
    if (mustOwn(entry, parent) && ::fchownat(parent.fd.get(), leaf.c_str(), static_cast<uid_t>(entry.uid),
                                             static_cast<gid_t>(entry.gid), AT_SYMLINK_NOFOLLOW) != 0) {
        return fileFailure("set owner of", entry.path);
    }
    return {};
}

/// The name goes into a report that is shown to people, hence shown().
void Unpacker::recordDevice(const tar::Entry& entry) {
    if (m_report.devices.size() >= kMaxRecordedDevices) {
        return;
    }
    const char letter = entry.type == tar::EntryType::CharDevice ? 'c' : 'b';
    m_report.devices.push_back(std::string(1, letter) + " " + std::to_string(entry.deviceMajor) + ":" +
                               std::to_string(entry.deviceMinor) + " " + shown(entry.path));
}

/// What may be set is decided in entry_policy.cpp; overlay's own attributes never are, since a layer could
/// make files appear or vanish by them.
Result<> Unpacker::setXattrs(const tar::Entry& entry, int fd) {
    for (const auto& [name, value] : entry.xattrs) {
        const auto allowed = allowedXattr(name, value);
        if (!allowed) {
            ++m_report.droppedXattrs;
            continue;
        }
        if (::fsetxattr(fd, name.c_str(), allowed->data(), allowed->size(), 0) == 0) {
            continue;
        }
        // A file system may have no user attributes or too little room for one; the file is there all the
        // same.
        if (errno != EOPNOTSUPP && errno != ENOSPC && errno != E2BIG && errno != EPERM) {
            return fileFailure("set attribute of", entry.path);
        }
        ++m_report.droppedXattrs;
    }
    return {};
}

/// Times of folders come last: each file that is put into one changes them.
Result<UnpackReport> Unpacker::finish() {
    for (const FolderTime& folder : m_folderTimes) {
        const auto fd = sys::openBeneath(m_root, folder.path, kFolderFlags);
        if (!fd) {
            continue;  // a later entry took its place
        }
        const std::array<timespec, 2> times{folder.time, folder.time};
        if (::futimens(fd->get(), times.data()) != 0) {
            return fileFailure("set time of", folder.path);
        }
    }
    m_report.plainParents.assign(m_plainParents.begin(), m_plainParents.end());
    return std::move(m_report);
}

}  // namespace coracle::store::helper
