// SPDX-License-Identifier: Apache-2.0
#include "core/store/staging.h"

#include "rootless/sys/file.h"

#include <string_view>
#include <utility>

#include <sys/stat.h>

namespace coracle::store {
namespace {

constexpr std::string_view kLockSuffix = ".lock";
constexpr std::size_t kIdDigits = 24;
constexpr int kAttempts = 16;

/// Whether the lock file is still the one that its path names: a sweeper may have removed it between our open
/// and our lock.
bool isCurrent(const sys::FileLock& lock, const std::string& path) {
    struct stat held {};
    struct stat named {};
    return ::fstat(lock.fd(), &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino;
}

bool isFolder(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// Out of the way: a folder may hold files that only the helper can delete.
void discard(const Layout& layout, const std::string& path) {
    if (isFolder(path)) {
        // If it fails the next sweep finds it.
        (void)sys::renamePath(path, layout.trashDir() + "/" + sys::randomHex(kIdDigits));
    } else {
        (void)sys::removeFile(path);
    }
}

}  // namespace

/// The lock before the entry: a sweep takes whatever has no lock, so nothing may be there without one.
Result<StagingEntry> StagingEntry::create(const Layout& layout, const std::string& operation) {
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        std::string path = layout.stagingDir() + "/" + sys::randomHex(kIdDigits);
        const std::string lockPath = path + std::string(kLockSuffix);
        TRY_ASSIGN(auto lock, sys::FileLock::tryAcquire(lockPath, sys::LockMode::Exclusive, operation));
        if (lock && isCurrent(*lock, lockPath)) {
            return StagingEntry(layout, std::move(path), std::move(*lock));
        }
    }
    return Error(ErrorKind::Unavailable, operation + ": no place in '" + layout.stagingDir() + "'");
}

StagingEntry::StagingEntry(StagingEntry&& other) noexcept
    : m_layout(other.m_layout)
    , m_path(std::move(other.m_path))
    , m_lock(std::exchange(other.m_lock, std::nullopt)) {}

StagingEntry& StagingEntry::operator=(StagingEntry&& other) noexcept {
    std::swap(m_layout, other.m_layout);
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

StagingEntry::~StagingEntry() {
    abandon();
}

void StagingEntry::abandon() noexcept {
    if (!m_lock) {
        return;
    }
    discard(*m_layout, m_path);
    (void)sys::removeFile(m_path + std::string(kLockSuffix));  // if it fails the next sweep finds it
    m_lock.reset();
}

/// The lock is taken before anything is moved, and the lock file goes last: who creates an entry checks
/// that its lock file is still the one at the path (isCurrent).
Result<std::size_t> sweepStaging(const Layout& layout) {
    TRY_ASSIGN(const auto names, sys::listDirectory(layout.stagingDir()));
    std::size_t swept = 0;
    for (const std::string& name : names) {
        const bool isLock = name.ends_with(kLockSuffix);
        const std::string id = isLock ? name.substr(0, name.size() - kLockSuffix.size()) : name;
        const std::string path = layout.stagingDir() + "/" + id;
        const std::string lockPath = path + std::string(kLockSuffix);
        if (sys::FileLock::mayBeHeld(lockPath)) {
            continue;
        }
        TRY_ASSIGN(const auto lock, sys::FileLock::tryAcquire(lockPath, sys::LockMode::Exclusive, "sweep"));
        if (!lock) {
            continue;
        }
        discard(layout, path);
        TRY(sys::removeFile(lockPath));
        ++swept;
    }
    return swept;
}

}  // namespace coracle::store
