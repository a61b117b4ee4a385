// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine_context.h"
#include "core/image/config_editor.h"
#include "core/image/reference.h"
#include "core/store/store.h"
#include "core/types/archive.h"
#include "rootless/sys/result.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

/// Images made of containers and archives. A new image is entered as a pulled one is: the blob of its layer
/// is unpacked by the confined helper and compared with its diff id, so what cannot be unpacked is never
/// named.
namespace coracle::engine {

/// The name a new image is to have. none: `text` is empty. Errors: those of parseNewName().
Result<std::optional<image::Reference>> newImageName(const std::string& text);

/// What of a container is to be packed: its own folder, what that lies on, and where things are mounted.
Result<store::PackRequest> packRequestOf(const store::Store& store, const KnownContainer& known);

/// Give the new image what the person said at `run`: command, environment, user, labels, ports, ... as docker
/// does. What the engine itself put in (host name, terminal) stays out. Pure.
void takeOverRun(image::ConfigEditor& editor, const image::ImageConfig& base, const types::RunSpec& spec,
                 const std::vector<std::string>& env);

/// A layer that is in the store as a blob, and the image it makes.
struct NewImage {
    std::vector<image::Digest> chainIds;  ///< of the layers below, from the base upward
    store::PackedBlob layer;
    std::string configText;
    std::optional<image::Reference> name;
    image::ManifestStyle style = image::ManifestStyle::Oci;
};
/// Enter it; the blob goes again when that fails. The image id.
Result<std::string> enterImage(const store::Store& store, const NewImage& image, const std::stop_token& stop);

}  // namespace coracle::engine
