// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/digest.h"
#include "core/image/manifest.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The rows of the store's database, as values. They are copies: what they say was true when they were
/// read.
namespace coracle::store {

using Time = std::chrono::system_clock::time_point;

/// An unpacked layer.
struct LayerRecord {
    image::Digest chainId;
    image::Digest diffId;
    std::optional<image::Digest> parent;      ///< chain id of the layer below; none: a base
    std::optional<image::Digest> blobDigest;  ///< of the compressed blob it came from
    std::uint64_t blobBytes = 0;
    std::uint64_t tarBytes = 0;
    std::uint64_t unpackedBytes = 0;  ///< of its files, as they are counted by du(1)
    std::uint64_t entries = 0;
    bool squashedOwners = false;  ///< made without subordinate ids: every file belongs to the user
    Time createdAt;
};

/// An image. Its id is the digest of its config, as docker has it.
struct ImageRecord {
    image::Digest id;
    image::Digest manifestDigest;
    std::string manifestMediaType;
    std::string platform;                     ///< "linux/amd64"
    std::vector<image::Digest> chainIds;      ///< of its layers, from the base upward
    std::vector<image::Digest> layerDigests;  ///< of the compressed blobs, in the same order
    Time createdAt;                           ///< what the config says
    Time pulledAt;                            ///< when it entered this store
    std::vector<std::string> references;      ///< "docker.io/library/alpine:3.20"; filled on reading
    std::vector<std::string> repoDigests;     ///< "docker.io/library/alpine@sha256:..."

    /// Computed on reading.
    std::uint64_t sizeBytes = 0;      ///< unpacked, all layers
    std::uint64_t sharedBytes = 0;    ///< part of it that other images use as well
    std::vector<std::string> usedBy;  ///< names of containers
};

/// What removing a reference or an image came to.
struct RemovedImageRecord {
    std::vector<std::string> untagged;          ///< references that are gone
    std::optional<image::Digest> deletedImage;  ///< the image itself, when nothing named it any more
    std::vector<image::Digest> deletedLayers;   ///< chain ids, moved to the trash
    std::uint64_t freedBytes = 0;               ///< unpacked layers and blobs
};

/// An image that a container has mounted beside its own.
struct MountedImage {
    std::string imageId;
    image::Digest chainId;  ///< its top layer

    friend bool operator==(const MountedImage&, const MountedImage&) = default;
};

/// A container. The texts are opaque to the store: the engine writes and reads them.
struct ContainerRecord {
    std::string id;  ///< 64 hexadecimal digits
    std::string name;
    std::string image;  ///< reference as the user named it
    std::string imageId;
    std::optional<image::Digest> chainId;  ///< top layer; it and those below stay as long as the row does
    Time createdAt;
    std::string specJson;      ///< types::RunSpec as the engine writes it
    std::string detailsJson;   ///< what else the engine wants back: ports, command, overlay driver
    std::string desiredState;  ///< what was last wished for: "created", "running", "stopped"
    bool removeWhenStopped = false;
    std::vector<std::string> volumes;  ///< names of the volumes it uses
    std::vector<MountedImage> images;  ///< each image once; their layers stay as its own do
};

/// A volume: a folder with a name.
struct VolumeRecord {
    std::string name;
    std::string dataPath;  ///< computed
    Time createdAt;
    bool anonymous = false;
    std::map<std::string, std::string> labels;
    std::map<std::string, std::string> options;  ///< of its driver: "type", "device", "o"
    std::vector<std::string> usedBy;             ///< names of containers, computed
};

/// What becomes of something that is removed.
enum class Fate : std::uint8_t {
    Deleted,       ///< it goes, though by somebody's order: what is protected is not removed
    DeletedAtEnd,  ///< a container that was to be removed at its end: nothing is looked at
    Kept,          ///< it can be brought back until it is purged (removals.h)
};
/// How something is removed. Removals of one command have one batch, and are brought back together.
struct RemovalOrder {
    Fate fate = Fate::Deleted;
    std::string batch;
};

/// What can be brought back.
enum class RemovedKind : std::uint8_t {
    Container,
    Image,
    ImageName,  ///< one of several names of an image that is still there
    Volume,
};

/// A removal that can be undone.
struct RemovalRecord {
    std::int64_t id = 0;  ///< later ones are higher
    std::string batch;
    RemovedKind kind = RemovedKind::Container;
    std::string name;      ///< of an image the first of its names; empty: it had none
    std::string objectId;  ///< of a volume its name, of a name the image's id
    Time removedAt;
    /// What its folder takes on the disk; none: not measured. What an image takes depends on who else has its
    /// layers: see Removals::list().
    std::optional<std::uint64_t> folderBytes;
    std::string record;  ///< the row, as JSON
    /// Of a volume that was emptied and stayed: its folder holds what was in it.
    bool contentOnly = false;
    /// Computed by Removals::list(): what is freed when it is purged after all that are older.
    std::uint64_t freedBytes = 0;
};

/// What collectGarbage() found.
struct GarbageReport {
    std::uint64_t layers = 0;
    std::uint64_t blobs = 0;
    std::uint64_t containers = 0;
    std::uint64_t freedBytes = 0;  ///< as far as it was known without walking trees
};

}  // namespace coracle::store
