// SPDX-License-Identifier: Apache-2.0
#include "core/store/usage.h"

#include "core/store/context.h"
#include "core/store/measure.h"
#include "core/store/references.h"
#include "core/store/removals.h"
#include "rootless/sys/file.h"

#include <array>
#include <numeric>
#include <set>

#include <sys/stat.h>

namespace coracle::store {
namespace {

constexpr std::uint64_t kBlockBytes = 512;

std::uint64_t bytesOf(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_blocks) * kBlockBytes
                                               : 0;
}

Result<std::vector<std::string>> column(Database& database, const char* sql) {
    TRY_ASSIGN(Statement row, database.prepare(sql));
    return texts(row);
}

/// Layers below a layer, and it.
Result<> addStack(Database& database, const std::string& top, std::set<std::string>& layers) {
    if (layers.contains(top)) {
        return {};
    }
    TRY_ASSIGN(const auto stack, layerStack(database, top));
    for (const StackedLayer& layer : stack) {
        layers.insert(layer.chainId);
    }
    return {};
}

Result<> addTexts(Statement& row, std::set<std::string>& values) {
    TRY_ASSIGN(const auto found, texts(row));
    values.insert(found.begin(), found.end());
    return {};
}

/// What the rows of an image name; before they go.
Result<> addImage(Database& database, const std::string& id, std::set<std::string>& layers,
                  std::set<std::string>& blobs) {
    TRY_ASSIGN(Statement chains, database.prepare("SELECT chainId FROM imageLayers WHERE imageId = ?"));
    TRY(addTexts(chains.bind(1, id), layers));
    TRY_ASSIGN(Statement digests,
               database.prepare("SELECT id FROM images WHERE id = ?1 UNION SELECT manifestDigest FROM images"
                                " WHERE id = ?1 UNION SELECT blobDigest FROM imageLayers WHERE imageId = ?1"
                                " UNION SELECT substr(name, instr(name, '@') + 1) FROM repoDigests"
                                " WHERE imageId = ?1"));
    return addTexts(digests.bind(1, id), blobs);
}

}  // namespace

Result<std::vector<std::uint64_t>> Usage::folders(const std::vector<std::string>& containers,
                                                  const std::vector<std::string>& volumes,
                                                  const std::stop_token& stop) const {
    std::vector<std::string> paths;
    for (const std::string& id : containers) {
        paths.push_back(m_context.layout.container(id));
    }
    for (const std::string& name : volumes) {
        paths.push_back(m_context.layout.volume(name));
    }
    return measureTrees(m_context, paths, stop);
}

Result<std::uint64_t> Usage::contentOf(const std::vector<std::string>& containers,
                                       const std::vector<std::string>& images) const {
    FreedContent freed;
    Database& database = m_context.database;
    const auto body = [&]() -> Result<> {
        std::set<std::string> layers;
        std::set<std::string> blobs;
        for (const std::string& id : containers) {
            TRY_ASSIGN(Statement row,
                       database.prepare("SELECT chainId FROM containers WHERE id = ?1 AND chainId IS NOT NULL"
                                        " UNION SELECT chainId FROM containerImages WHERE containerId = ?1"));
            TRY_ASSIGN(const auto tops, texts(row.bind(1, id)));
            for (const std::string& top : tops) {
                TRY(addStack(database, top, layers));
            }
        }
        for (const std::string& id : images) {
            TRY(addImage(database, id, layers, blobs));
        }
        for (const std::string& id : containers) {
            TRY_ASSIGN(Statement row, database.prepare("DELETE FROM containers WHERE id = ?"));
            TRY(row.bind(1, id).run());
        }
        for (const std::string& id : images) {
            TRY_ASSIGN(Statement row, database.prepare("DELETE FROM images WHERE id = ?"));
            TRY(row.bind(1, id).run());
        }
        TRY(database.execute("DELETE FROM removalLayers; DELETE FROM removalBlobs"));
        return releaseContent(database, m_context.layout, layers, blobs, freed);
    };
    TRY(database.rehearse("look at what a removal frees", body));
    return freed.bytes;
}

Result<Usage::Content> Usage::content() const {
    Content content;
    std::set<std::string> named;
    Database& database = m_context.database;
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(Statement sum, database.prepare("SELECT coalesce(sum(bytes), 0) FROM layerSizes"));
        TRY_ASSIGN(const bool some, sum.step());
        content.namedBytes = some ? static_cast<std::uint64_t>(sum.number(0)) : 0;
        TRY_ASSIGN(Statement blobs, database.prepare(kNamedBlobs));
        return addTexts(blobs, named);
    }));
    TRY_ASSIGN(const auto blobs, sys::listDirectory(m_context.layout.blobsDir()));
    for (const std::string& blob : blobs) {
        (named.contains("sha256:" + blob) ? content.namedBytes : content.otherBytes) +=
            bytesOf(m_context.layout.blobsDir() + "/" + blob);
    }
    return content;
}

Result<std::uint64_t> Usage::images(const std::stop_token& stop) const {
    TRY(Removals(m_context).measure(stop));
    TRY_ASSIGN(const Content found, content());
    return found.namedBytes;
}

/// The folders of the layout itself, files of the root, and what lies in staging/ and trash/ are "other", as
/// is what no row names: garbage that the next collection takes.
Result<StoreUsage> Usage::count(std::stop_token stop) const {
    StoreUsage usage;
    Database& database = m_context.database;
    const Removals removals(m_context);
    TRY(removals.measure(stop));
    std::vector<std::string> containers;
    std::vector<std::string> volumes;
    std::vector<std::string> layers;
    TRY(database.read([&]() -> Result<> {
        TRY_ASSIGN(containers, column(database, "SELECT id FROM containers ORDER BY id"));
        TRY_ASSIGN(volumes, column(database, "SELECT name FROM volumes ORDER BY name"));
        TRY_ASSIGN(layers, column(database, "SELECT chainId FROM layers"));
        return {};
    }));
    TRY_ASSIGN(const Content found, content());
    usage.contentBytes = found.namedBytes;
    usage.otherBytes = found.otherBytes;
    TRY_ASSIGN(const auto records, removals.list());
    std::uint64_t folderBytes = 0;
    for (const RemovalRecord& record : records) {
        usage.trashBytes += record.freedBytes;
        folderBytes += record.folderBytes.value_or(0);
    }
    usage.contentBytes -= std::min(usage.contentBytes, usage.trashBytes - folderBytes);
    TRY_ASSIGN(const auto sizes, folders(containers, volumes, stop));
    for (std::size_t i = 0; i < containers.size(); ++i) {
        usage.containers[containers[i]] = sizes[i];
    }
    for (std::size_t i = 0; i < volumes.size(); ++i) {
        usage.volumes[volumes[i]] = sizes[containers.size() + i];
    }
    TRY_ASSIGN(const std::uint64_t rest, otherBytes(layers, containers, volumes, stop));
    usage.otherBytes += rest;
    return usage;
}

/// Folders without a row, the layout's own, and the files of the root.
Result<std::uint64_t> Usage::otherBytes(const std::vector<std::string>& layers,
                                        const std::vector<std::string>& containers,
                                        const std::vector<std::string>& volumes,
                                        const std::stop_token& stop) const {
    const Layout& layout = m_context.layout;
    std::uint64_t bytes = bytesOf(layout.root());
    std::vector<std::string> paths;
    const std::set<std::string> counted{layout.root() + "/blobs", layout.layersDir(), layout.containersDir(),
                                        layout.volumesDir(), layout.removedDir()};
    TRY_ASSIGN(const auto entries, sys::listDirectory(layout.root()));
    for (const std::string& entry : entries) {
        const std::string path = layout.root() + "/" + entry;
        if (counted.contains(path)) {
            bytes += bytesOf(path);  // what is in them is counted by its rows
        } else {
            paths.push_back(path);
        }
    }
    bytes += bytesOf(layout.blobsDir());
    const std::set<std::string> knownContainers(containers.begin(), containers.end());
    const std::set<std::string> knownVolumes(volumes.begin(), volumes.end());
    std::set<std::string> knownLayers;
    for (const std::string& layer : layers) {
        knownLayers.insert(layer.substr(layer.find(':') + 1));
    }
    const std::array<std::pair<std::string, const std::set<std::string>*>, 3> places{
        {{layout.layersDir(), &knownLayers},
         {layout.containersDir(), &knownContainers},
         {layout.volumesDir(), &knownVolumes}}};
    for (const auto& [folder, known] : places) {
        TRY_ASSIGN(const auto names, sys::listDirectory(folder));
        for (const std::string& name : names) {
            if (!known->contains(name)) {
                paths.push_back(folder + "/" + name);
            }
        }
    }
    TRY_ASSIGN(const auto sizes, measureTrees(m_context, paths, stop));
    return std::accumulate(sizes.begin(), sizes.end(), bytes);
}

}  // namespace coracle::store
