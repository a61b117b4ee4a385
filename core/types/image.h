// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace coracle::types {

/// A row of `images`.
struct ImageSummary {
    std::string id;                        ///< "sha256:..." digest of the config, docker's image id
    std::vector<std::string> references;   ///< "docker.io/library/alpine:3.20"; empty: dangling
    std::vector<std::string> repoDigests;  ///< "docker.io/library/alpine@sha256:..."
    std::chrono::system_clock::time_point createdAt;
    std::uint64_t sizeBytes = 0;      ///< unpacked, all layers
    std::uint64_t sharedBytes = 0;    ///< part of it that other images use as well
    std::string platform;             ///< "linux/amd64"
    std::vector<std::string> usedBy;  ///< names of containers
};

/// One layer from the base upward; empty steps of the history are none.
struct ImageLayer {
    std::string digest;  ///< of the compressed blob
    /// Digest of the unpacked content; what the image's configuration names.
    std::string diffId;
    std::uint64_t blobBytes = 0;
    bool blobKept = false;  ///< the archive is on this computer
    std::uint64_t unpackedBytes = 0;
    std::string createdBy;  ///< the step that made it, from the image history
};

/// A step of how an image was made, as its maker wrote it down.
struct ImageStep {
    std::optional<std::chrono::system_clock::time_point> createdAt;
    std::string createdBy;
    std::string comment;
    std::string author;
    std::uint64_t sizeBytes = 0;  ///< unpacked; 0 for a step that made no layer
    bool emptyLayer = false;
};

/// One entry of the index that an image was chosen from.
struct ImagePlatform {
    std::string platform;        ///< "linux/arm64/v8"
    std::string manifestDigest;  ///< "sha256:..."
    bool available = false;      ///< it is this image; the others stayed in the registry
};

/// What `inspect` knows of an image.
struct ImageDetails {
    ImageSummary summary;
    std::vector<ImagePlatform> platforms;  ///< its own at least
    std::vector<ImageLayer> layers;
    std::vector<ImageStep> history;  ///< from the first one on
    std::vector<std::string> env;
    std::vector<std::string> entrypoint;
    std::vector<std::string> command;
    std::string workingDirectory;
    std::string user;
    std::vector<std::string> exposedPorts;  ///< "80/tcp"
    /// Paths inside that become volumes of their own in each container.
    std::vector<std::string> volumes;
    std::map<std::string, std::string> labels;
    std::string inspectJson;  ///< the document in docker's words
};

}  // namespace coracle::types
