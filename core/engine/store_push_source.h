// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "core/registry/push_source.h"
#include "core/store/store.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coracle::engine {

/// Gives a push the blobs of the store.
class StorePushSource final : public registry::PushSource {
public:
    explicit StorePushSource(const store::Store& store) : m_store(store) {}

    Result<std::string> readDocument(const image::Digest& digest, std::size_t maxBytes) override;
    Result<sys::UniqueFd> openBlob(const image::Digest& digest) override;
    std::vector<std::string> repositoriesWith(const std::string& registry,
                                              const image::Digest& digest) override;

private:
    const store::Store& m_store;
    std::mutex m_mutex;
    std::optional<std::vector<store::ImageRecord>> m_images;  ///< read once
};

/// What a push sends for an image.
struct PushRoot {
    image::Descriptor document;       ///< manifest or index; the size is not set
    std::optional<std::string> note;  ///< for the person, when less is sent than the name stood for
};

/// An index of the store, with its digest.
struct KnownIndex {
    image::Digest digest;
    image::Index index;
};
/// The index that the image was chosen from, that of `repository` ("docker.io/library/x") first; none: it
/// came without one, or it is not here.
std::optional<KnownIndex> findIndex(const store::Store& store, const store::ImageRecord& record,
                                    const std::string& repository);

/// Choose it: without a platform the index that the image was chosen from when all of it is here, else the
/// image's own manifest. A layer whose compressed blob is not here, because the layer was here already when
/// the image came, is sent as the blob that is: the manifest is then a new one. `repository`: "docker.io/x",
/// whose index is preferred. Errors: NotFound for a platform that is not here or content that is missing.
Result<PushRoot> choosePushRoot(const store::Store& store, const store::ImageRecord& record,
                                const std::string& repository,
                                const std::optional<image::Platform>& platform);

}  // namespace coracle::engine
