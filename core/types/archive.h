// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coracle::types {

enum class ArchiveFormat : std::uint8_t {
    DockerArchive,  ///< what docker and podman load; an OCI layout as well
    OciArchive,     ///< an OCI layout in a tar
    OciFolder,      ///< an OCI layout
};

/// Where something is written: a file or folder that appears when it is complete, or an open descriptor.
struct OutputPlace {
    std::string path;  ///< empty: the descriptor
    int fd = -1;       ///< borrowed
};

/// Where something is read from.
struct InputPlace {
    std::string path;  ///< a file or a folder, for import also an http(s) address; empty: the descriptor
    int fd = -1;       ///< borrowed
};

/// An image that came out of an archive.
struct LoadedImage {
    std::string id;
    std::vector<std::string> names;  ///< that it got, as people write them
    /// Of them those that another image had, with its id.
    std::vector<std::pair<std::string, std::string>> taken;
};

struct CommitOptions {
    std::string name;  ///< of the new image; empty: none
    std::string author;
    std::string message;
    std::vector<std::string> changes;  ///< lines of a Dockerfile
    bool pause = false;                ///< hold the container's processes meanwhile
    bool dockerManifest = false;       ///< docker's words instead of OCI's
    bool squash = false;               ///< one layer of all that the container sees
};

struct ImportOptions {
    std::string name;  ///< of the new image; empty: none
    std::string message;
    std::vector<std::string> changes;  ///< lines of a Dockerfile
    std::string platform;              ///< "linux/arm64"; empty: of this computer
};

struct MadeImage {
    std::string id;
    std::vector<std::string> warnings;
};

/// What a container or an image did to a path of what it is based on.
struct Change {
    char kind = 'C';  ///< docker's letters: A(dded), C(hanged), D(eleted)
    std::string path;
    /// A folder with the owner and the mode that it had: something in it changed, or once did.
    bool onlyTime = false;
    /// What is there now, without its path and the hash of its content; none: gone, or not looked at.
    std::optional<ImageFile> now = std::nullopt;
};

}  // namespace coracle::types
