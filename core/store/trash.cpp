// SPDX-License-Identifier: Apache-2.0
#include "core/store/trash.h"

#include "core/store/context.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <fcntl.h>

namespace coracle::store {
namespace {

constexpr std::size_t kIdDigits = 24;
/// Paths for one helper, far below the limit of a command line.
constexpr std::size_t kPathsAtOnce = 500;
/// Each takes some milliseconds and deletes as much as it finds.
constexpr int kAttempts = 1000;

}  // namespace

/// A rename within one file system: quick, and all or nothing, whatever the size. A path that is missing
/// is success.
Result<> Trash::moveToTrash(const std::string& path) const {
    auto moved = sys::renamePath(path, m_context.layout.trashDir() + "/" + sys::randomHex(kIdDigits));
    if (!moved && moved.error().kind() == ErrorKind::NotFound) {
        return {};
    }
    return moved;
}

Result<> Trash::moveToTrash(const std::string& path, const std::string& containerId) const {
    auto moved = sys::renamePath(path, m_context.layout.trashed(containerId));
    if (!moved && moved.error().kind() == ErrorKind::NotFound) {
        return {};
    }
    return moved ? moved : moveToTrash(path);  // the name is taken
}

Result<bool> Trash::empty() const {
    TRY_ASSIGN(const auto names, sys::listDirectory(m_context.layout.trashDir()));
    return names.empty();
}

/// By the helper, in the user namespace: files of container ids can be deleted there only.
Result<> Trash::purge(std::stop_token stop) const {
    TRY_ASSIGN(const auto names, sys::listDirectory(m_context.layout.trashDir()));
    for (std::size_t start = 0; start < names.size(); start += kPathsAtOnce) {
        std::vector<std::string> words{"remove"};
        for (std::size_t i = start; i < names.size() && i < start + kPathsAtOnce; ++i) {
            words.push_back(m_context.layout.trashDir() + "/" + names[i]);
        }
        auto removed = runHelper(m_context, words, stop);
        // Somebody else deletes the same trees, and is where we are: their end is waited for.
        for (int attempt = 0; !removed && removed.error().kind() == ErrorKind::NotFound; ++attempt) {
            if (attempt == kAttempts) {
                return std::move(removed).error();
            }
            removed = runHelper(m_context, words, stop);
        }
        TRY(std::move(removed));
    }
    return {};
}

/// By a program that outlives this one and is nobody's child: a command does not wait for the deletion of
/// gigabytes. Several at once delete the same trees without harm.
Result<> Trash::purgeInBackground() const {
    TRY_ASSIGN(const auto names, sys::listDirectory(m_context.layout.trashDir()));
    if (names.empty()) {
        return {};
    }
    sys::SpawnOptions options;
    TRY_ASSIGN(options.argv, helperWords(m_context));
    options.argv.emplace_back("remove");
    for (std::size_t i = 0; i < names.size() && i < kPathsAtOnce; ++i) {
        options.argv.push_back(m_context.layout.trashDir() + "/" + names[i]);
    }
    TRY_ASSIGN(const sys::UniqueFd null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    options.fds = {{null.get(), 0}, {null.get(), 1}, {null.get(), 2}};
    options.newSession = true;
    options.workingDirectory = "/";
    TRY_ASSIGN(sys::Subprocess child, sys::Subprocess::spawn(options));
    child.detach();
    return {};
}

}  // namespace coracle::store
