// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace coracle::types {

/// A row of `volume ls`. `mountpoint` is a folder in the user's own store; its content belongs to
/// container ids and may not be readable without entering the user namespace.
struct VolumeSummary {
    std::string name;
    std::string mountpoint;  ///< host path of the data
    std::chrono::system_clock::time_point createdAt;
    /// Made for one container and named by chance; may be removed with it.
    bool anonymous = false;
    std::map<std::string, std::string> labels;
    std::map<std::string, std::string> options;  ///< of its driver; empty: a folder of the store
    std::vector<std::string> usedBy;             ///< names of containers, running or not
    std::optional<std::uint64_t> sizeBytes;      ///< none: not measured yet
};

/// What is in a volume, by walking it.
struct VolumeContent {
    std::uint64_t bytes = 0;  ///< on disk
    std::uint64_t files = 0;  ///< without folders
};

/// What emptying a volume came to.
struct EmptiedVolume {
    bool kept = false;  ///< what was in it can be brought back; else it is gone for good
};

}  // namespace coracle::types
