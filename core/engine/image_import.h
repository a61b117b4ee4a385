// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "core/registry/pull_target.h"
#include "core/store/archive.h"
#include "core/types/progress.h"
#include "rootless/sys/result.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Images that come from a file or folder instead of a registry. Everything in them is a stranger's and is
/// verified as a pull verifies it: documents and blobs against their digests, layers against their diff ids,
/// inside the confined helper.
namespace coracle::engine {

/// A layer and where its bytes are.
struct LayerSource {
    image::Descriptor blob;
    image::Compression compression = image::Compression::None;
    std::optional<store::ArchivePiece> piece;  ///< none: the store has the blob
};

/// An image, read and checked but for its layers.
struct ImageSource {
    image::Digest id;
    image::Digest manifestDigest;
    std::string manifestText;
    std::string manifestMediaType;
    std::string configText;
    image::ImageConfig config;
    std::vector<LayerSource> layers;
    std::optional<image::Reference> reference;  ///< what was asked for in a registry's stead
    std::vector<image::Reference> names;
};

/// The image that a descriptor of an OCI layout means, through indexes down to the platform's manifest.
/// Errors: Corrupt, NotFound for a platform that is not there, Unsupported.
Result<ImageSource> readOciImage(const store::Archive& layout, const image::Descriptor& descriptor,
                                 const image::Platform& platform);

/// Bring it into the target: the layers that are missing, then all of it in one step, durably. Blocks.
/// Errors: Corrupt, Io, Cancelled; the target is unchanged then, but for blobs.
Result<> importImage(const ImageSource& source, registry::PullTarget& target,
                     const types::PullProgress& progress, const std::stop_token& stop);

}  // namespace coracle::engine
