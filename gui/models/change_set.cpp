// SPDX-License-Identifier: Apache-2.0
#include "gui/models/change_set.h"

#include <algorithm>

namespace coracle::gui {
namespace {

bool comesBefore(const types::Change& one, const types::Change& other) {
    return one.path < other.path;
}

std::string prefixOf(const std::string& folder) {
    return folder == "/" ? folder : folder + "/";
}

}  // namespace

ChangeSet::ChangeSet(std::vector<types::Change> changes) : m_changes(std::move(changes)) {
    std::erase_if(m_changes, [](const types::Change& change) { return change.onlyTime; });
    if (!std::is_sorted(m_changes.begin(), m_changes.end(), comesBefore)) {
        std::sort(m_changes.begin(), m_changes.end(), comesBefore);
    }
    for (const types::Change& change : m_changes) {
        const std::size_t slash = change.path.rfind('/');
        if (change.kind == 'D' && slash != std::string::npos) {
            m_deleted[slash == 0 ? "/" : change.path.substr(0, slash)].push_back(
                change.path.substr(slash + 1));
        }
        if (!isHolder(change)) {
            ++(change.kind == 'A'   ? m_counts.added
               : change.kind == 'D' ? m_counts.deleted
                                    : m_counts.modified);
        }
    }
}

std::vector<types::Change>::const_iterator ChangeSet::from(const std::string& path) const {
    return std::lower_bound(
        m_changes.begin(), m_changes.end(), path,
        [](const types::Change& change, const std::string& wanted) { return change.path < wanted; });
}

const types::Change* ChangeSet::find(const std::string& path) const {
    const auto at = from(path);
    return at != m_changes.end() && at->path == path ? &*at : nullptr;
}

char ChangeSet::kind(const std::string& path) const {
    const types::Change* change = find(path);
    return change == nullptr ? char(0) : change->kind;
}

bool ChangeSet::hasBelow(const std::string& path) const {
    const std::string prefix = prefixOf(path);
    const auto at = from(prefix);
    return at != m_changes.end() && at->path.starts_with(prefix);
}

const std::vector<std::string>& ChangeSet::deletedIn(const std::string& folder) const {
    static const std::vector<std::string> kNone;
    const auto found = m_deleted.find(folder);
    return found == m_deleted.end() ? kNone : found->second;
}

std::vector<std::string> ChangeSet::restorable() const {
    const auto comesWithOther = [this](const std::string& path) {
        for (std::size_t slash = path.rfind('/'); slash != 0; slash = path.rfind('/', slash - 1)) {
            const char above = kind(path.substr(0, slash));
            if (above == 'A' || above == 'D') {
                return true;
            }
        }
        return false;
    };
    std::vector<std::string> paths;
    for (const types::Change& change : m_changes) {
        if (!isHolder(change) && !comesWithOther(change.path)) {
            paths.push_back(change.path);
        }
    }
    return paths;
}

}  // namespace coracle::gui
