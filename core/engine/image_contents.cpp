// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_commit.h"
#include "core/engine/local_archives.h"
#include "core/types/image_view.h"

#include <algorithm>
#include <utility>

// What is in an image, and what was changed in a container: questions that need no container to run.
namespace coracle::engine {

Result<std::vector<types::Change>> LocalArchives::containerChanges(const std::string& container,
                                                                   std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const KnownContainer known, loadContainer(m_context, container));
    TRY_ASSIGN(const store::PackRequest request, packRequestOf(*store, known));
    return store->packing().changes(request, stop);
}

Result<std::vector<types::Change>> LocalArchives::imageChanges(const std::string& image,
                                                               const std::string& base,
                                                               std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto record, m_images.load(image));
    std::size_t shared = record.chainIds.empty() ? 0 : record.chainIds.size() - 1;
    if (!base.empty()) {
        TRY_ASSIGN(const auto below, m_images.load(base));
        shared = below.chainIds.size();
        if (shared > record.chainIds.size() ||
            !std::equal(below.chainIds.begin(), below.chainIds.end(), record.chainIds.begin())) {
            TRY_ASSIGN(const auto from, imageFiles(base, stop));
            TRY_ASSIGN(const auto to, imageFiles(image, stop));
            std::vector<types::Change> changes;
            for (auto& difference : types::compareImages(from, to)) {
                changes.push_back({difference.letter, "/" + std::move(difference.path)});
            }
            return changes;
        }
    }
    store::PackRequest request;
    for (std::size_t i = record.chainIds.size(); i > 0; --i) {
        (i > shared ? request.folders : request.below)
            .push_back(store->layers().path(record.chainIds[i - 1]));
    }
    if (request.folders.empty()) {
        return std::vector<types::Change>();
    }
    return store->packing().changes(request, stop);
}

Result<std::vector<types::LayerFiles>> LocalArchives::imageFiles(const std::string& image,
                                                                 std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto record, m_images.load(image));
    TRY_ASSIGN(const auto details, m_images.inspect(record.id.text()));
    std::vector<types::LayerFiles> layers;
    for (std::size_t i = 0; i < record.chainIds.size(); ++i) {
        types::LayerFiles layer;
        TRY_ASSIGN(layer.files, store->layers().files(record.chainIds[i], stop));
        if (i < details.layers.size()) {
            layer.diffId = details.layers[i].diffId;
            layer.createdBy = details.layers[i].createdBy;
            layer.unpackedBytes = details.layers[i].unpackedBytes;
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

}  // namespace coracle::engine
