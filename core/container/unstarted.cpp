// SPDX-License-Identifier: Apache-2.0
#include "core/container/unstarted.h"

#include "rootless/sys/file.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace coracle::container {
namespace {

/// Anything but a plain "no" is for readFacts() to tell.
bool isMissing(int folder, const std::string& path) {
    return ::faccessat(folder, path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

}  // namespace

UnstartedContainers::UnstartedContainers(const std::string& documentsDir, const std::string& runDir) {
    auto documents = sys::openDirectory(documentsDir);
    auto run = sys::openDirectory(runDir);
    if (documents && run) {
        m_documents = *std::move(documents);
        m_run = *std::move(run);
    }
}

/// In the order of readFacts(): a monitor makes its lock before everything else and nobody removes it; a
/// start writes monitor.json before, and an end leaves exit.json.
bool UnstartedContainers::has(const std::string& id) const {
    return m_run && isMissing(m_run.get(), id + "/lock") && isMissing(m_documents.get(), id + "/exit.json") &&
           isMissing(m_documents.get(), id + "/monitor.json");
}

}  // namespace coracle::container
