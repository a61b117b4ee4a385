// SPDX-License-Identifier: Apache-2.0
#include "core/store/layout.h"

#include "core/store/ballast.h"
#include "rootless/sys/file.h"

#include <charconv>

namespace coracle::store {
namespace {

Result<> writeVersion(const Layout& layout) {
    return sys::replaceFile(layout.versionFile(), std::to_string(kLayoutVersion) + "\n", 0600,
                            sys::Durability::Disk);
}

/// A newer store is refused before anything in it is touched. An older one gets our version before anything
/// of ours, so that a program that does not know removed/ leaves the store alone; its tables are brought up
/// to date when the database is opened.
Result<> checkVersion(const Layout& layout) {
    auto text = sys::readFile(layout.versionFile(), 64);
    if (!text && text.error().kind() == ErrorKind::NotFound) {
        return writeVersion(layout);
    }
    if (!text) {
        return std::move(text).error();
    }
    int version = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), version);
    if (error != std::errc() || version < 1) {
        return Error(ErrorKind::Corrupt, "'" + layout.versionFile() + "' holds no version");
    }
    if (version > kLayoutVersion) {
        return Error(ErrorKind::Unsupported, "the store '" + layout.root() + "' has layout " +
                                                 std::to_string(version) + ", this program knows up to " +
                                                 std::to_string(kLayoutVersion))
            .withHint("a newer Coracle wrote it; update this one or use another --root");
    }
    if (version < kLayoutVersion) {
        TRY(sys::makeDirectories(layout.removedDir()));
        return writeVersion(layout);
    }
    return {};
}

constexpr std::size_t kRootKeyDigits = 16;

}  // namespace

Layout::Layout(StorePaths paths)
    : m_paths(std::move(paths)), m_rootKey(image::Digest::of(m_paths.root).hex().substr(0, kRootKeyDigits)) {}

std::string Layout::blob(const image::Digest& digest) const {
    return blobsDir() + "/" + std::string(digest.hex());
}
std::string Layout::layer(const image::Digest& chainId) const {
    return layersDir() + "/" + std::string(chainId.hex());
}
std::string Layout::layerDiff(const image::Digest& chainId) const {
    return layer(chainId) + "/diff";
}
std::string Layout::layerIndex(const image::Digest& chainId) const {
    return layer(chainId) + "/index";
}
std::string Layout::container(std::string_view id) const {
    return containersDir() + "/" + std::string(id);
}
std::string Layout::volume(std::string_view name) const {
    return volumesDir() + "/" + std::string(name);
}
std::string Layout::volumeData(std::string_view name) const {
    return volume(name) + "/data";
}

/// Runs with every command, so it looks at one file when all is well.
Result<> prepareLayout(const Layout& layout) {
    if (!layout.root().starts_with('/') || !layout.runRoot().starts_with('/')) {
        return Error(ErrorKind::InvalidArgument, "the folders of a store have to be absolute paths");
    }
    TRY(sys::makeDirectories(layout.locksDir()));
    // The version is written last when a store is made, so its presence says that the folders are there.
    if (!sys::pathExists(layout.versionFile())) {
        // A container is made and removed with each `run --rm`. Where its folder shares a part of the disk
        // with many files that were deleted in the last minutes, an ext4 without a journal looks at each of
        // them before it takes a free inode: a start took 1.7 ms longer beside another engine's.
        TRY(sys::makeDirectories(layout.root()));
        sys::keepSubdirectoriesApart(layout.root());
        for (const auto& folder :
             {layout.blobsDir(), layout.layersDir(), layout.containersDir(), layout.volumesDir(),
              layout.stagingDir(), layout.removedDir(), layout.trashDir()}) {
            TRY(sys::makeDirectories(folder));
        }
    }
    keepBallast(layout);
    return checkVersion(layout);
}

}  // namespace coracle::store
