// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

/// What is in a folder that a container shall see, and who owns it on either side.
namespace coracle::gui {

/// The user ids a container of this user has: 0 inside is the user, 1 and up are the subordinate ids.
struct IdRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// Which ids of this computer have a name inside a container.
struct OwnerMap {
    std::uint32_t ownId = 0;
    std::vector<IdRange> subordinate;  ///< in the order of /etc/subuid

    static constexpr std::uint32_t kNobody = 65534;
    /// The id that the container sees; kNobody for an id that is not mapped.
    std::uint32_t inside(std::uint32_t outside) const;
    /// False: inside it is nobody's.
    bool isMapped(std::uint32_t outside) const;
};

/// What matters of a file: who owns it and who may do what.
struct FileFacts {
    QString name;  ///< with a '/' at the end for a folder
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint32_t mode = 0;  ///< the nine permission bits
    bool isFolder = false;
};

/// What the Storage section says of a folder before anything is shared.
struct FolderFacts {
    bool exists = false;
    bool isFolder = false;
    bool canEnter = false;
    std::vector<FileFacts> files;  ///< a few, chosen so that every kind of owner shows
    std::size_t fileCount = 0;     ///< how many were looked at
    OwnerMap owners;
};

/// Number of directory entries that are looked at; the rest of a huge folder is not read.
inline constexpr std::size_t kMaxFolderEntries = 2000;
inline constexpr std::size_t kShownFiles = 5;

/// Read them from the disk. Blocks; call it from a worker thread.
FolderFacts readFolderFacts(const QString& path);

/// The subordinate ids of a user in the text of /etc/subuid or /etc/subgid. Source: subuid(5).
std::vector<IdRange> parseSubordinateIds(const QString& text, const QString& userName, std::uint32_t uid);

/// A few of `files`: one of each owner and kind of access first, then in order.
std::vector<FileFacts> pickTelling(std::vector<FileFacts> files, std::size_t most);

enum class FileAccess : std::uint8_t { ReadWrite, Read, None };

/// What root inside the container can do. A file whose owner is mapped obeys root; any other obeys the bits
/// for everybody else. Source: user_namespaces(7), capabilities over inodes with mapped ids.
FileAccess accessInside(const FileFacts& file, const OwnerMap& owners, bool readOnly);

/// "rw-r--r--"
QString permissionText(std::uint32_t mode);

}  // namespace coracle::gui
