// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/manifest.h"
#include "core/image/reference.h"
#include "core/registry/pull_target.h"
#include "core/types/progress.h"
#include "rootless/sys/result.h"

#include <stop_token>
#include <string>

/// The image that comes with the installation, so that the first `run` works without a network. It is an OCI
/// image layout in share/coracle/welcome and enters the store as any other image does, verified.
namespace coracle::engine {

/// Whether the reference means the embedded image ("welcome").
bool isEmbedded(const image::Reference& reference);

/// Copy an image layout into the target. Blocks. The image id.
/// Errors: NotFound, Corrupt, Io, Cancelled; each names the folder. Source: OCI image-spec 1.1,
/// image-layout.md.
Result<std::string> importLayout(const std::string& folder, const image::Platform& platform,
                                 const image::Reference& reference, registry::PullTarget& target,
                                 const types::PullProgress& progress, std::stop_token stop);

/// The same for the embedded image. $CORACLE_DATADIR overrides where share/coracle is looked for.
Result<std::string> importEmbedded(const image::Platform& platform, const image::Reference& reference,
                                   registry::PullTarget& target, const types::PullProgress& progress,
                                   std::stop_token stop);

}  // namespace coracle::engine
