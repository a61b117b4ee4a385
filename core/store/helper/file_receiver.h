// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/helper/copy_place.h"
#include "core/store/helper/entry_policy.h"
#include "core/store/helper/file_writer.h"
#include "core/store/helper/tar_parser.h"
#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <cstdint>
#include <ctime>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace coracle::store::helper {

/// Where a copy goes, open before the walls are up.
struct FileTarget {
    CopyDestination what;
    sys::UniqueFd folder;  ///< that it is in
    std::string leaf;      ///< its name there, with links followed; empty: it is a folder without a name
    sys::UniqueFd self;    ///< when it is a folder
    sys::UniqueFd root;    ///< of all paths
};
/// Find what a path names; links are followed inside our own root, also one that leads to nothing yet.
/// Errors: NotFound when its folder is missing; by errno.
Result<FileTarget> openTarget(const std::string& path);

/// How files are to be made.
struct ReceiveRules {
    enum class Owners : std::uint8_t {
        Ours,     ///< what is new belongs to who makes it; folders that are there keep theirs
        Entries,  ///< as the archive says, where the id exists here; else to us
    };
    Owners owners = Owners::Ours;
    /// The archive is a person's and its entries go below the target as they are called; otherwise it is one
    /// file or folder, which comes first and whose name docker's rules choose.
    bool stream = false;
    /// On this computer: bits that lend rights are dropped, for the owner of what a stranger wrote is the
    /// user.
    bool onHost = false;
    IdRanges uids;
    IdRanges gids;
};

/// What came.
struct ReceivedFiles {
    std::uint64_t entries = 0;
    std::uint64_t bytes = 0;
    std::uint64_t devices = 0;  ///< left out
};

/// Writes the entries of an archive below a target. Theory of operation.
///
/// The archive may be a hostile container's. Names are taken from descriptors and never walk through a
/// symbolic link, so what the archive has put somewhere cannot lead the next entry astray; in a container, an
/// archive that a person gives may name a folder through a link of the container, which is followed inside
/// its root. A file is written under another name beside its place and renamed when it is whole: who looks
/// sees the old content or the new, a kill leaves no half of it, and no other name of an old file is written
/// through. Only a file that something is mounted on (/etc/hosts) is overwritten in place, in a container.
/// Folders get their modes and times at the end.
class FileReceiver : public tar::Sink {
public:
    FileReceiver(FileTarget target, ReceiveRules rules);
    ~FileReceiver() override;

    Result<> beginEntry(const tar::Entry& entry) override;
    Result<> data(std::uint64_t offset, std::span<const std::byte> bytes) override;
    Result<> endEntry() override;

    /// After the last entry. Errors: by errno; InvalidArgument for an archive without entries.
    Result<ReceivedFiles> finish();

private:
    struct Folder {
        LayerPath path;
        std::uint32_t mode;
        timespec time;
    };

    Result<> settle(const tar::Entry& entry, const LayerPath& path);
    Result<LayerPath> placeOf(const LayerPath& path) const;
    Result<sys::UniqueFd> openFolder(const LayerPath& path, std::size_t length);
    Result<sys::UniqueFd> makeFolders(const LayerPath& path, std::size_t length);
    Result<> place(const tar::Entry& entry, const LayerPath& path);
    Result<> folder(const tar::Entry& entry, const LayerPath& path);
    Result<> startFile(const tar::Entry& entry);
    Result<> symlink(const tar::Entry& entry);
    Result<> hardlink(const tar::Entry& entry);
    Result<> fifo(const tar::Entry& entry);
    Result<> requireNoFolder() const;
    Result<> dressName(const tar::Entry& entry);
    Result<> takePlace();
    Result<> overwrite();
    Result<> checkRoom(std::uint64_t bytes);
    Result<> giveOwner(const tar::Entry& entry, int fd, const std::string& name) const;
    void setXattrs(const tar::Entry& entry, int fd) const;

    FileTarget m_target;
    ReceiveRules m_rules;
    ReceivedFiles m_received;
    bool m_settled = false;
    LayerPath m_prefix;    ///< what stands for the first name of each entry
    std::string m_source;  ///< that first name; empty: none is to be replaced
    int m_base = -1;       ///< places are below it
    std::vector<Folder> m_folders;
    std::size_t m_rememberedBytes = 0;
    std::uint64_t m_toRoomCheck = 0;

    const tar::Entry* m_current = nullptr;  ///< valid from beginEntry() to endEntry()
    sys::UniqueFd m_parent;                 ///< of the current entry
    std::string m_parentPath;               ///< that m_parent was opened by; valid while it is open
    std::string m_leaf;
    std::string m_temporary;  ///< its name until it is whole; empty: none
    sys::UniqueFd m_file;
    FileWriter m_writer;
};

}  // namespace coracle::store::helper
