// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/entry_policy.h"
#include "core/store/helper/file_writer.h"
#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

namespace coracle::store::helper {

/// What unpacking a layer came to.
struct UnpackReport {
    std::uint64_t entries = 0;
    std::uint64_t unpackedBytes = 0;  ///< in whole blocks of 4 KiB, folders and links one each
    std::uint64_t droppedXattrs = 0;
    std::vector<std::string> devices;  ///< "c 1:3 dev/null", recorded and not created
    /// What only the layers below can complete (lower_layers.h): hard links whose target they have, as (name,
    /// target), and folders that the archive uses without describing them.
    std::vector<std::pair<std::string, std::string>> lowerLinks;
    std::vector<std::string> plainParents;
};

/// Writes the entries of one layer below a directory. Theory of operation.
///
/// The archive is a stranger's. Every path is opened from the directory's descriptor by openat2 with
/// RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS: a symbolic link in the archive is content and is never walked
/// through, so a name cannot lead anywhere that the archive did not make as a folder. Owner, mode, attributes
/// and times are set through the entry's own descriptor, or by its name in an open folder without following
/// links; nobody else can write in the folder while it is unpacked.
///
/// The last entry of a name wins: a file replaces a file, a folder merges with a folder, anything else is
/// removed first. Whiteouts become what kernel overlay (userxattr) and fuse-overlayfs both obey: a character
/// device 0:0, which an unprivileged user may make (mknod(2), Linux 5.8), and `user.overlay.opaque` = "y". A
/// whiteout of a name that this very layer has says that the layer below must not shine through: for a folder
/// it becomes opaque, otherwise the name already hides it.
///
/// Times of folders are set at the end, because every file put into one changes them.
class Unpacker : public tar::Sink {
public:
    /// Owners that files may have here.
    struct Ids {
        IdRanges uids;
        IdRanges gids;
    };
    /// rootFd: the layer's directory, borrowed.
    Unpacker(int rootFd, Ids ids) : m_root(rootFd), m_ids(std::move(ids)) {}

    Result<> beginEntry(const tar::Entry& entry) override;
    Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) override;
    Result<> endEntry() override;

    /// After the last entry.
    Result<UnpackReport> finish();

private:
    struct Parent {
        std::string path;
        sys::UniqueFd fd;
        bool setGid = false;
    };
    struct FolderTime {
        std::string path;
        timespec time;
    };

    Result<> place(const tar::Entry& entry, const LayerPath& path);
    Result<> checkBudget(std::uint64_t moreBytes);
    Result<> checkOwner(const tar::Entry& entry) const;
    Result<const Parent*> openParent(const LayerPath& path);
    Result<sys::UniqueFd> makeParents(const LayerPath& path);
    Result<> clearWay(const Parent& parent, const std::string& leaf);
    Result<> whiteout(const Parent& parent, const std::string& name);
    Result<> opaque(const LayerPath& path);
    Result<> file(const tar::Entry& entry, const Parent& parent, const std::string& leaf);
    Result<> folder(const tar::Entry& entry, const LayerPath& path);
    Result<> dressFolder(const tar::Entry& entry, int fd, const std::string& path);
    Result<> symlink(const tar::Entry& entry, const Parent& parent, const std::string& leaf);
    Result<> hardlink(const tar::Entry& entry, const LayerPath& path, const Parent& parent);
    Result<> fifo(const tar::Entry& entry, const Parent& parent, const std::string& leaf);
    void recordDevice(const tar::Entry& entry);
    Result<> setXattrs(const tar::Entry& entry, int fd);
    bool mustOwn(const tar::Entry& entry, const Parent& parent) const;

    int m_root;
    Ids m_ids;
    UnpackReport m_report;
    std::array<Parent, 8> m_parents;
    std::size_t m_nextParent = 0;
    std::vector<FolderTime> m_folderTimes;
    std::set<std::string> m_plainParents;
    std::size_t m_rememberedBytes = 0;
    std::uint64_t m_apparentBytes = 0;
    std::uint64_t m_bytesToSpaceCheck = 0;

    const tar::Entry* m_current = nullptr;  ///< valid from beginEntry() to endEntry()
    sys::UniqueFd m_file;
    FileWriter m_writer;
};

}  // namespace coracle::store::helper
