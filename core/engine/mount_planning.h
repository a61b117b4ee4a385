// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/container/spec_builder.h"
#include "core/engine/engine_context.h"
#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

namespace coracle::engine {

/// Find or make what a mount is to show. A volume is made now, before the container is changed: its documents
/// name the path. An anonymous one (no source) is the caller's to take back when the rest fails; a named one
/// stays, as docker's does. `paths` are those of the container, which keeps what it changes of a mount with
/// the option O and of an image. Errors: InvalidArgument for a folder that does not exist, NotFound for an
/// image that is not on this computer, by errno.
Result<container::PlannedMount> planMount(EngineContext& context, const container::ContainerPaths& paths,
                                          const types::MountSpec& mount);

/// The image of a mount, if it is one: what of it is kept in the container's details.
std::optional<container::ImageUse> imageUse(const container::PlannedMount& planned);

/// What the row of a container says of its images: each once.
Result<std::vector<store::MountedImage>> mountedImages(const container::RecordDetails& details);

/// Whether planMount() makes a volume that nobody else knows.
bool isAnonymousVolume(const types::MountSpec& mount);

}  // namespace coracle::engine
