// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace coracle::types {

/// One end of a copy.
struct CopyPlace {
    std::string container;  ///< name or id; empty: this computer
    std::string path;       ///< absolute; a slash or "/." at its end means what docker says; empty: `fd`
    int fd = -1;            ///< a stream with an archive, borrowed
};

struct CopyOptions {
    bool keepOwners = false;  ///< the numbers of the source, where they exist at the destination
    bool followLink = false;  ///< a link that the source path names stands for what it leads to
};

/// Which of the two that a container has of a file.
enum class FileVersion : std::uint8_t { Now, OfImage };

/// What was copied.
struct CopyReport {
    std::uint64_t entries = 0;       ///< files, folders, links
    std::uint64_t archiveBytes = 0;  ///< that went over; 0 for an archive that was given
    std::uint64_t sockets = 0;       ///< left out, as the next
    std::uint64_t devices = 0;
    std::uint64_t changedFiles = 0;  ///< became shorter while they were read
};

}  // namespace coracle::types
