// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "core/types/image.h"
#include "core/types/removal.h"
#include "core/types/volume.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a store takes, and how it is made smaller and whole.
namespace coracle::types {

/// What a prune is about. Of each kind only what nobody uses.
struct PruneOptions {
    bool containers = false;
    bool images = false;
    bool allImages = false;  ///< not only those without a name
    bool volumes = false;
    bool allVolumes = false;                                     ///< not only anonymous ones
    std::optional<std::chrono::system_clock::time_point> until;  ///< only what was made before
    std::vector<std::string> labels;                             ///< "key" or "key=value"; all of them
    std::vector<std::string> notLabels;                          ///< none of them
};

struct PruneItem {
    ObjectKind kind = ObjectKind::Container;
    std::string name;  ///< may be empty for an image
    std::string id;    ///< of a volume its name
};

/// What a prune would remove.
struct PrunePlan {
    std::vector<PruneItem> items;           ///< in the order of their removal
    std::vector<PruneItem> protectedItems;  ///< left alone
    std::uint64_t bytes = 0;                ///< that the disk has back, once the trash is emptied
};

/// What a prune removed.
struct Pruned {
    std::vector<std::string> containers;  ///< ids
    std::vector<std::string> volumes;
    std::vector<std::string> untagged;       ///< names of images
    std::vector<std::string> deletedImages;  ///< digests of images and their layers
    std::vector<std::string> failures;       ///< sentences: what was left, and why
    std::uint64_t bytes = 0;                 ///< as PrunePlan::bytes
    bool kept = false;                       ///< in the trash; else the room is there
    std::string batch;                       ///< name of the removal, for undo
};

/// One kind of things in a store.
struct UsageRow {
    std::uint64_t total = 0;
    std::uint64_t active = 0;
    std::uint64_t bytes = 0;
    std::uint64_t reclaimable = 0;
};

/// What a store takes on the disk. The bytes of all rows add up to what its folder takes.
struct DiskUsage {
    UsageRow images;  ///< layers and archives, each once
    UsageRow containers;
    UsageRow volumes;
    UsageRow trash;  ///< what goes when it is emptied
    UsageRow other;  ///< records, and what waits to be deleted
    std::vector<ImageSummary> imageList;
    std::vector<std::pair<ContainerSummary, std::uint64_t>> containerList;  ///< with its bytes
    std::vector<VolumeSummary> volumeList;                                  ///< measured
    std::vector<Removal> removals;
};

/// How a store is compared with its records.
struct CheckOptions {
    bool repair = false;
    bool quick = false;  ///< only whether things are there, not what is in them
};

/// Something that is not as the records say.
struct CheckFinding {
    std::string object;   ///< "layer sha256:...", "volume 'x'"
    std::string problem;  ///< "its files were altered"
    std::string usedBy;   ///< images; may be empty
    std::string remedy;   ///< what was done about it, or can be
    bool repaired = false;
};

}  // namespace coracle::types
