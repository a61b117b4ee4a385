// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/pull_target.h"
#include "core/store/store.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coracle::engine {

/// Puts what a pull gets into the store: the compressed bytes of a layer go to a blob and through the
/// unpacker at once. For the one thread rules see PullTarget.
class StorePullTarget final : public registry::PullTarget {
public:
    explicit StorePullTarget(const store::Store& store) : m_store(store) {}

    std::optional<image::Digest> lastSource(const image::Reference& reference) override;
    std::optional<std::string> readDocument(const image::Digest& digest, std::size_t maxBytes) override;
    Result<> putDocument(const image::Digest& digest, std::string_view bytes) override;
    Result<bool> hasLayer(const image::Digest& chainId) override;
    bool hasBlob(const image::Digest& digest) override;
    bool isBeingMade(const image::Digest& chainId) override;
    Result<> requireSpace(std::uint64_t fetchedBytes, std::uint64_t layerBytes) override;
    Result<std::unique_ptr<registry::LayerSink>> beginLayer(const registry::LayerRequest& request,
                                                            std::stop_token stop) override;
    Result<> commit(const registry::PulledImage& image,
                    std::vector<std::unique_ptr<registry::LayerSink>> layers) override;

    /// The person gave up: the blobs that this pull has brought go, unless somebody else needs them by now.
    Result<> dropBlobs() const { return m_store.dropBlobs(m_stored.blobs); }

    /// What the sinks of one pull have stored; they run on several threads.
    struct StoredBlobs {
        std::mutex mutex;
        std::map<image::Digest, store::Time> blobs;
    };

private:
    const store::Store& m_store;
    StoredBlobs m_stored;
};

}  // namespace coracle::engine
