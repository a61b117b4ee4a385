// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/image_import.h"
#include "core/store/store.h"
#include "rootless/sys/result.h"

#include <functional>
#include <vector>

namespace coracle::engine {

/// Read the images of an archive one after the other: an OCI layout, whose digests cover everything, when it
/// is one, else what manifest.json says. `take` is called for each; its error ends the work.
/// Errors: InvalidArgument for what is neither, Corrupt.
Result<> eachImage(const store::Archive& archive, const store::Store& store, const image::Platform& platform,
                   const std::stop_token& stop, const std::function<Result<>(ImageSource)>& take);

/// Names that an OCI layout's annotations give an image. A bare word in "ref.name" is a tag of a name that is
/// not there; a name without a registry gets "localhost", since it says of no registry that it came from
/// there (security.md B12). Pure.
std::vector<image::Reference> namesOf(const std::map<std::string, std::string>& annotations);

/// The blob that the store has for a layer, and how it is compressed.
struct StoredBlob {
    image::Digest digest;
    std::uint64_t size = 0;
    image::Compression compression = image::Compression::None;
};
/// Looks at `likely` first, then at what the layer was made from. none: neither is there.
Result<std::optional<StoredBlob>> findLayerBlob(const store::Store& store, const image::Digest& chainId,
                                                const std::optional<image::Digest>& likely);

}  // namespace coracle::engine
