// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/archive.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace coracle::gui {

/// What a container did to its image. Made once, by a worker, as there may be hundreds of thousands of paths;
/// never changed afterwards, so it may cross threads.
class ChangeSet {
public:
    /// How many of each kind, a folder that only holds others not counted.
    struct Counts {
        int added = 0;
        int modified = 0;
        int deleted = 0;
        int sum() const { return added + modified + deleted; }
    };

    ChangeSet() = default;
    /// Folders that differ in their time alone are left out: what changed in them is told by itself.
    explicit ChangeSet(std::vector<types::Change> changes);

    /// In the order of paths.
    const std::vector<types::Change>& all() const { return m_changes; }
    const Counts& counts() const { return m_counts; }
    const types::Change* find(const std::string& path) const;
    /// 'A', 'C', 'D'; 0: unchanged.
    char kind(const std::string& path) const;
    /// Whether something below this path was changed.
    bool hasBelow(const std::string& path) const;
    /// A folder that is named only for what is in it.
    bool isHolder(const types::Change& change) const { return change.kind == 'C' && hasBelow(change.path); }
    /// The names of what was deleted in a folder itself.
    const std::vector<std::string>& deletedIn(const std::string& folder) const;
    /// All that restoring everything has to restore: no folder that only holds others, nothing below a folder
    /// that goes or comes as a whole.
    std::vector<std::string> restorable() const;

private:
    std::vector<types::Change>::const_iterator from(const std::string& path) const;

    std::vector<types::Change> m_changes;
    std::map<std::string, std::vector<std::string>> m_deleted;  ///< names by folder
    Counts m_counts;
};

using ChangeSetPtr = std::shared_ptr<const ChangeSet>;  // with the worker that made it

}  // namespace coracle::gui
