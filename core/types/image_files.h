// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace coracle::types {

/// What a layer says about one path. The letters are those of find(1) and of tar(5) where they have one.
enum class ImageFileKind : char {
    File = 'f',
    Folder = 'd',
    Symlink = 'l',
    Hardlink = 'h',  ///< another name of `link`, which is a path of the same layer or of one below
    Fifo = 'p',
    Device = 'c',    ///< named in the layer; never made, as that takes rights outside
    Whiteout = 'w',  ///< what the layers below have under this path is gone
    Opaque = 'o',    ///< what the layers below have in this folder is gone
};

/// One path of a layer, as the layer describes it.
struct ImageFile {
    ImageFileKind kind = ImageFileKind::File;
    std::uint32_t mode = 0;  ///< permission bits with setuid, setgid, sticky
    std::uint32_t uid = 0;   ///< inside the container
    std::uint32_t gid = 0;
    std::uint64_t size = 0;    ///< bytes, holes included; 0 for everything but a file
    std::int64_t mtimeNs = 0;  ///< since 1970
    /// Of a file's content: XXH3 of 128 bits, which tells content apart that nobody made on purpose to look
    /// alike. Not for trust: that is the layer's own digest.
    std::array<std::uint8_t, 16> contentHash{};
    std::string path;  ///< without a leading slash; "." with Opaque only; any bytes but NUL
    std::string link;  ///< target of a symbolic or hard link

    friend bool operator==(const ImageFile&, const ImageFile&) = default;
};

/// The files that one layer brings, changes or hides, in the order of its archive; of two entries with one
/// path the later one counts.
struct LayerFiles {
    std::string diffId;
    std::string createdBy;            ///< the step that made it, from the image's history; may be empty
    std::uint64_t unpackedBytes = 0;  ///< as in ImageLayer
    std::vector<ImageFile> files;
};

}  // namespace coracle::types
