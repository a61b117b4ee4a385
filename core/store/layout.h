// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>

/// The store: everything that Coracle keeps on disk. Theory of operation.
///
/// Two roots. `root` is durable and holds content; `runRoot` is on a tmpfs that a reboot empties and holds
/// locks and the event file. Any number of processes (command line, desktop app, API) use a store at the same
/// time; none of them owns it and nothing is remembered in memory.
///
///   root/blobs/sha256/<hex>       content as it came, an OCI layout's folder
///   root/layers/<chain id>/diff   an unpacked layer, immutable
///   root/layers/<chain id>/index  the list of its files (layer_index.h); made again where it is missing
///   root/containers/<id>/         what a container wrote, its log, and its bundle unless it removes itself
///   root/volumes/<name>/data      content of a volume
///   root/staging/<id>             work in progress, <id>.lock is held by its owner
///   root/removed/<id>             removed, can be brought back (removals.h)
///   root/trash/<id>               waits to be deleted
///   root/state.db                 SQLite: what the content is called and who refers to what
///   root/version                  number of this layout
///   runRoot/locks/                lock files
///   runRoot/events                one JSON object a line
///   runRoot/pending/<root>/<id>.<name>
///                                 a container that is removed at its end, before it has a row
///   runRoot/lookup/<root>         what `run` asked last (lookup_cache.h); <root> stands for its path
///
/// How content becomes visible. It is made in staging/, verified (digest, size) and synced: a blob by fsync,
/// a layer, which has thousands of files, by one syncfs of the file system. Then it is renamed to its final
/// name and the directory is synced. Then the row that names it is committed. So a row never names content
/// that a power cut could take away, and what has no row is garbage.
///
/// How it goes. The row first, in the same transaction the row of its removal, then one rename into removed/.
/// An image has nothing to rename: the layers and blobs it shares stay where they are, kept by the removal.
/// What nobody brings back goes on to trash/ by one more rename, and then, at leisure, the deletion. The
/// deletion runs in the helper, because files of subordinate ids can only be removed inside the user
/// namespace.
///
/// What a kill leaves. Something in staging/ whose lock nobody holds (the kernel drops the locks of the
/// dead), something in trash/, content without a row, or a removal whose folder is at its old place, from
/// where the next one that needs the place moves it (Removals::settle). Opening a store sweeps the first two;
/// the third is found under the layer's lock by whoever wants to make the same layer, and by
/// collectGarbage().
///
/// Who may wait for whom: core/store/lock.h. No lock is held across a call into this library but the one on a
/// layer that is being made, which is what lets the second of two pulls find the layer instead of making it.
///
/// Foreign bytes. Layers are parsed by `coracle-store unpack` (helper/unpacker.h), a process that confines
/// itself first and that can only write below its staging directory.
namespace coracle::store {

/// Number of this layout and of the database schema. A newer one is refused, an older one is migrated.
inline constexpr int kLayoutVersion = 3;

/// Where a store is.
struct StorePaths {
    std::string root;     ///< absolute
    std::string runRoot;  ///< absolute
};

/// Which user namespace the helper works in.
enum class IdMapping : std::uint8_t {
    Kept,    ///< the user's own, with subordinate ids when there are any (rootless/userns/keeper.h)
    Single,  ///< a new one that maps the user alone: files of other ids become the user's
};

/// Names of the places in a store. Pure: makes nothing and looks at nothing.
class Layout {
public:
    explicit Layout(StorePaths paths);

    const std::string& root() const noexcept { return m_paths.root; }
    const std::string& runRoot() const noexcept { return m_paths.runRoot; }

    /// An OCI image layout's folder of blobs, without its index.
    std::string blobsDir() const { return m_paths.root + "/blobs/sha256"; }
    std::string blob(const image::Digest& digest) const;
    std::string layersDir() const { return m_paths.root + "/layers"; }
    std::string layer(const image::Digest& chainId) const;
    std::string layerDiff(const image::Digest& chainId) const;
    std::string layerIndex(const image::Digest& chainId) const;
    std::string containersDir() const { return m_paths.root + "/containers"; }
    std::string container(std::string_view id) const;
    std::string volumesDir() const { return m_paths.root + "/volumes"; }
    std::string volume(std::string_view name) const;
    std::string volumeData(std::string_view name) const;
    std::string stagingDir() const { return m_paths.root + "/staging"; }
    std::string removedDir() const { return m_paths.root + "/removed"; }
    std::string trashDir() const { return m_paths.root + "/trash"; }
    /// Where a container's folder lies after its removal.
    std::string trashed(std::string_view containerId) const {
        return trashDir() + "/" + std::string(containerId);
    }
    std::string database() const { return m_paths.root + "/state.db"; }
    std::string ballast() const { return m_paths.root + "/ballast"; }
    std::string versionFile() const { return m_paths.root + "/version"; }
    std::string locksDir() const { return m_paths.runRoot + "/locks"; }
    std::string eventsFile() const { return m_paths.runRoot + "/events"; }
    std::string pendingDir() const { return m_paths.runRoot + "/pending/" + m_rootKey; }
    std::string lookupDir() const { return m_paths.runRoot + "/lookup"; }
    std::string lookupFile() const { return lookupDir() + "/" + m_rootKey; }
    std::string keeperDir() const { return m_paths.runRoot + "/userns"; }

private:
    StorePaths m_paths;
    std::string m_rootKey;  ///< of `root`, for what is about it in a runRoot that several stores may have
};

/// Make the folders of a store that are missing, write or check the layout version. Takes a handful of
/// system calls when all is there. Errors: InvalidArgument for a relative path, Unsupported for a newer
/// layout, Corrupt for a version file without a number; PermissionDenied, Io.
Result<> prepareLayout(const Layout& layout);

}  // namespace coracle::store
