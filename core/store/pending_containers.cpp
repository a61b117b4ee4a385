// SPDX-License-Identifier: Apache-2.0
#include "core/store/pending_containers.h"

#include "core/store/containers.h"
#include "core/store/removal_record.h"
#include "rootless/sys/file.h"

#include <algorithm>
#include <climits>
#include <string_view>

#include <sys/stat.h>

namespace coracle::store {
namespace {

constexpr std::size_t kIdDigits = 64;
/// A record has the labels and the environment of a container, each of which may be long.
constexpr std::size_t kMaxRecordBytes = 16U << 20U;

bool isId(std::string_view text) {
    return text.size() == kIdDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string fileName(const ContainerRecord& record) {
    return record.id + "." + record.name;
}

/// Whether it is the file of a container, and no temporary one.
bool isFileName(std::string_view name) {
    return name.size() > kIdDigits + 1 && name[kIdDigits] == '.' && isId(name.substr(0, kIdDigits));
}

bool hasRow(Database& database, const std::string& id) {
    auto row = database.prepare("SELECT 1 FROM containers WHERE id = ?");
    const auto found = row ? row->bind(1, id).step() : Result<bool>(false);
    return found && *found;
}

}  // namespace

void removeTemporaryFiles(const std::string& folder) {
    const auto names = sys::listDirectory(folder);
    for (const std::string& name : names ? *names : std::vector<std::string>()) {
        if (name.starts_with('.')) {
            (void)sys::removeFile(folder + "/" + name);  // the next one tries again
        }
    }
}

bool PendingContainers::suits(const ContainerRecord& record) {
    // A temporary name is longer by fourteen characters (sys::replaceFile).
    return record.removeWhenStopped && record.volumes.empty() && record.images.empty() && record.chainId &&
           isId(record.id) && !record.name.empty() && record.name.find('/') == std::string::npos &&
           fileName(record).size() + 14 <= NAME_MAX;
}

/// A folder that is missing holds none.
std::vector<std::string> PendingContainers::files() const {
    auto names = sys::listDirectory(m_layout.pendingDir());
    if (!names) {
        return {};
    }
    names->erase(std::remove_if(names->begin(), names->end(), [](auto& name) { return !isFileName(name); }),
                 names->end());
    return *std::move(names);
}

/// none: it has become a row meanwhile, or is no record.
std::optional<ContainerRecord> PendingContainers::read(const std::string& file) const {
    const auto text = sys::readFile(m_layout.pendingDir() + "/" + file, kMaxRecordBytes);
    auto record = text ? parseContainerRecord(*text) : Result<ContainerRecord>(text.error());
    if (!record || fileName(*record) != file) {
        return std::nullopt;
    }
    record->removeWhenStopped = true;
    return *std::move(record);
}

std::optional<ContainerRecord> PendingContainers::find(const std::string& id) const {
    const auto all = isId(id) ? files() : std::vector<std::string>();
    const auto file = std::find_if(all.begin(), all.end(), [&](auto& name) { return name.starts_with(id); });
    return file != all.end() ? read(*file) : std::nullopt;
}

bool PendingContainers::has(const ContainerRecord& record) const {
    return sys::pathExists(m_layout.pendingDir() + "/" + fileName(record));
}

bool PendingContainers::has(const std::string& id) const {
    const auto all = files();
    return isId(id) &&
           std::any_of(all.begin(), all.end(), [&](const std::string& file) { return file.starts_with(id); });
}

bool PendingContainers::hasName(const std::string& name) const {
    const auto all = files();
    return std::any_of(all.begin(), all.end(), [&](const std::string& file) {
        return file.compare(kIdDigits + 1, file.npos, name) == 0;
    });
}

/// Nobody else makes files here while the lock is held: a temporary one is that of somebody who was killed.
Result<> PendingContainers::add(const ContainerRecord& record) const {
    TRY(sys::makeDirectories(m_layout.pendingDir()));
    removeTemporaryFiles(m_layout.pendingDir());
    return sys::replaceFile(m_layout.pendingDir() + "/" + fileName(record), toJson(record), 0600,
                            sys::Durability::Process);
}

Result<bool> PendingContainers::remove(const std::string& id) const {
    for (const std::string& name : files()) {
        if (name.starts_with(id)) {
            TRY(sys::removeFile(m_layout.pendingDir() + "/" + name));
            return true;
        }
    }
    return false;
}

bool PendingContainers::any() const {
    return !files().empty();
}

/// What is there as a row already, was left by a killed writer. One that cannot be read or does not fit (its
/// file is foreign or damaged) is left out and stays where it is, so that it spoils nothing else.
std::vector<std::string> PendingContainers::insertInto(Database& database) const {
    std::vector<std::string> rows;
    for (std::string& file : files()) {
        const auto record = read(file);
        if (!record) {
            continue;
        }
        const auto inserted = insertContainer(database, *record);
        if (inserted || hasRow(database, record->id)) {
            rows.push_back(std::move(file));
        }
    }
    return rows;
}

Result<> PendingContainers::forget(const std::vector<std::string>& names) const {
    for (const std::string& name : names) {
        TRY(sys::removeFile(m_layout.pendingDir() + "/" + name));
    }
    return {};
}

}  // namespace coracle::store
