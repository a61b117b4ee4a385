// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "core/types/health_check.h"
#include "core/types/image.h"
#include "core/types/volume.h"
#include "rootless/oci/health_record.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

/// `inspect` in docker's words, so that scripts with `--format '{{.State.Running}}'` work. Pure.
/// Source: Docker Engine API 1.47, ContainerInspect, ImageInspect, VolumeInspect.
namespace coracle::engine {

/// What the container's document says beyond the details.
struct ContainerDocumentInput {
    types::ContainerDetails details;
    std::string stopSignal;
    std::string hostsPath;
    std::string hostnamePath;
    std::string resolvConfPath;
    std::vector<std::string> entrypoint;  ///< the user's or the image's; what runs begins with it
    types::HealthPlan healthPlan;
    std::optional<oci::monitor::HealthRecord> health;
    std::vector<std::string> exposed;  ///< "53/udp", by options and image
    std::string address;               ///< of the container; empty when it has none
    std::string gateway;
};
/// The documents. Members that cannot be known here have docker's empty value, since programs index into
/// them without asking.
nlohmann::json containerDocument(const ContainerDocumentInput& input);

/// What the image's document says beyond the details.
struct ImageDocumentInput {
    types::ImageDetails details;
    std::string stopSignal;
    std::string manifestDigest;
    std::string manifestMediaType;
    std::string configText;   ///< the configuration, verified; whatever it says beyond the details is shown
    std::string upperFolder;  ///< of the top layer
};
/// The document of `image inspect`, in docker's words.
nlohmann::json imageDocument(const ImageDocumentInput& input);

/// The document of `volume inspect`; the last two members are not docker's.
nlohmann::json volumeDocument(const types::VolumeSummary& volume);

}  // namespace coracle::engine
