// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/image_files.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What the lists of an image's layers come to, as pure functions over them. Layers count from 0, the base.
namespace coracle::types {

/// What a layer did to one path.
struct LayerChange {
    char letter = 'A';     ///< docker's: A added, C changed, D deleted
    std::size_t file = 0;  ///< in the layer's files: the path as it is now, or the mark that took it away

    friend bool operator==(const LayerChange&, const LayerChange&) = default;
};

/// A layer in sum. Folders and links that it only says again are no change.
struct LayerView {
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t deleted = 0;  ///< one for each path that a mark names, whatever was below it
    std::vector<LayerChange> changes;
};

/// Bytes that the image carries and nobody sees: a later layer writes the path again, or deletes it. A file
/// with several names counts under the one that the archive gave its content to.
struct WastedPath {
    std::string path;
    std::uint64_t bytes = 0;
    std::size_t addedIn = 0;  ///< the layer with most of the bytes
    std::size_t goneIn = 0;
    bool deleted = false;  ///< else written again

    friend bool operator==(const WastedPath&, const WastedPath&) = default;
};

/// A path as a container of the image sees it.
struct SeenFile {
    std::size_t layer = 0;
    const ImageFile* file = nullptr;  ///< into the layers that were given
};

struct ImageView {
    std::vector<LayerView> layers;
    std::vector<WastedPath> waste;  ///< the largest first; the parts of one path together
    std::uint64_t fileBytes = 0;    ///< sum of the sizes of all files in all layers
    std::uint64_t wastedBytes = 0;

    /// Of a hundred bytes that the image carries, those that can be seen; 100 for an image without files.
    int efficiency() const;
};

/// Whole image. The layers are in no way trusted: contradictions (a mark for what is not there) are passed
/// over.
ImageView viewImage(const std::vector<LayerFiles>& layers);

/// What a container sees of the first `count` layers, by path in the order of bytes.
std::vector<SeenFile> seenFiles(const std::vector<LayerFiles>& layers, std::size_t count);

/// What differs between two images as their containers see them: A is in the second one alone, D in the first
/// one alone, C in both with another kind, owner, mode, target or content. In the order of paths.
struct ImageDifference {
    char letter = 'C';
    std::string path;

    friend bool operator==(const ImageDifference&, const ImageDifference&) = default;
};
std::vector<ImageDifference> compareImages(const std::vector<LayerFiles>& from,
                                           const std::vector<LayerFiles>& to);

/// "drwxr-xr-x", as ls(1) writes it.
std::string modeText(const ImageFile& file);

}  // namespace coracle::types
