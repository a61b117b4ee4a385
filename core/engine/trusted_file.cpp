// SPDX-License-Identifier: Apache-2.0
#include "core/engine/trusted_file.h"

#include "rootless/sys/file.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace coracle::engine {

Result<std::string> readTrustedFile(const std::string& path, std::size_t maxBytes, std::string_view what) {
    TRY_ASSIGN(const sys::UniqueFd file, sys::openAt(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) {
        return Error::fromErrno("stat '" + path + "'");
    }
    if (!S_ISREG(status.st_mode)) {
        return Error(ErrorKind::Corrupt, "'" + path + "' is not a file");
    }
    if ((status.st_uid != 0 && status.st_uid != ::geteuid()) || (status.st_mode & S_IWOTH) != 0) {
        return Error(ErrorKind::PermissionDenied, "'" + path + "' could have been written by somebody else")
            .withHint("it has to belong to root or to you, and be writable by its owner");
    }
    auto text = sys::readAll(file.get(), maxBytes);
    if (!text) {
        return Error(ErrorKind::Corrupt, "'" + path + "' is longer than " + std::string(what) + " may be, " +
                                             std::to_string(maxBytes) + " bytes");
    }
    return text;
}

Result<std::vector<std::string>> filesOfFolder(const std::string& folder,
                                               const std::vector<std::string_view>& endings, std::size_t most,
                                               std::string_view what) {
    TRY_ASSIGN(const auto names, sys::listDirectory(folder));
    std::vector<std::string> files;
    for (const std::string& name : names) {
        const bool wanted = std::any_of(endings.begin(), endings.end(),
                                        [&](std::string_view ending) { return name.ends_with(ending); });
        if (wanted && !name.starts_with('.')) {
            files.push_back(folder + "/" + name);
        }
    }
    std::sort(files.begin(), files.end());
    if (files.size() > most) {
        return Error(ErrorKind::Unsupported,
                     "'" + folder + "' has more than " + std::to_string(most) + " " + std::string(what));
    }
    return files;
}

}  // namespace coracle::engine
