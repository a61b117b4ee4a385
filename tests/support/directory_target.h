// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/pull_target.h"

#include <string>

namespace coracle::test {

/// Pulls into a folder in the form of an OCI image layout, which skopeo and umoci read. Blobs are kept
/// compressed; a layer counts as present when a file with its chain id is there. Unfinished content is in
/// `partial`, which is empty when nothing was left behind.
class DirectoryTarget : public registry::PullTarget {
public:
    static Result<DirectoryTarget> open(const std::string& path);

    std::optional<image::Digest> lastSource(const image::Reference& reference) override;
    std::optional<std::string> readDocument(const image::Digest& digest, std::size_t maxBytes) override;
    Result<> putDocument(const image::Digest& digest, std::string_view bytes) override;
    Result<bool> hasLayer(const image::Digest& chainId) override;
    bool hasBlob(const image::Digest& digest) override;
    Result<> requireSpace(std::uint64_t fetchedBytes, std::uint64_t layerBytes) override;
    Result<std::unique_ptr<registry::LayerSink>> beginLayer(const registry::LayerRequest& request,
                                                            std::stop_token stop) override;
    Result<> commit(const registry::PulledImage& image,
                    std::vector<std::unique_ptr<registry::LayerSink>> layers) override;

    std::string blobPath(const image::Digest& digest) const;
    std::string layerPath(const image::Digest& chainId) const;
    std::string partialFolder() const { return m_path + "/partial"; }
    std::uint64_t freeBytes = ~std::uint64_t{0};  ///< what requireSpace() pretends

private:
    explicit DirectoryTarget(std::string path) : m_path(std::move(path)) {}
    std::string m_path;
};

}  // namespace coracle::test
