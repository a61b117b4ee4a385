// SPDX-License-Identifier: Apache-2.0
#include "rootless/mounts/in_root.h"

#include <fcntl.h>

namespace coracle::mounts {
namespace {

/// As the kernel's own limit (path_resolution(7), ELOOP): a loop of links must end.
constexpr int kMaxLinks = 40;
/// Levels that may be missing: PATH_MAX allows 2048 of them, and each is a level of recursion.
constexpr int kMaxComponents = 256;

/// Opening is tried first and as a whole, with the kernel resolving every link inside the root. Only what
/// is missing is made, one component below a descriptor, so nothing that changes meanwhile can lead it out
/// of the root. AlreadyExists means that somebody was faster; what is there is opened without following a
/// link.
Result<sys::UniqueFd> openOrCreate(sys::Kernel& kernel, int rootFd, const std::string& path, TargetKind kind,
                                   int links, int components) {
    auto found = kernel.openInRoot(rootFd, path, O_PATH);
    if (found || found.error().kind() != ErrorKind::NotFound) {
        return found;
    }
    const auto [parent, name] = splitPath(path);
    if (links > kMaxLinks || components > kMaxComponents || name.empty() || name == "." || name == "..") {
        return Error(ErrorKind::Corrupt, "create mount point '" + path + "': too many links or no name");
    }
    TRY_ASSIGN(const sys::UniqueFd folder,
               openOrCreate(kernel, rootFd, parent, TargetKind::Directory, links, components + 1));
    if (const auto target = kernel.readLink(folder.get(), name)) {
        // A link to nothing: create what it names, looked up from the container's root like everything else.
        const std::string next = target->starts_with('/') ? *target : parent + "/" + *target;
        return openOrCreate(kernel, rootFd, next, kind, links + 1, components + 1);
    }
    auto made = kind == TargetKind::Directory ? kernel.makeDirectory(folder.get(), name, 0755)
                                              : kernel.makeFile(folder.get(), name, 0644);
    if (!made && made.error().kind() != ErrorKind::AlreadyExists) {
        return std::move(made).error().context("create mount point '" + path + "'");
    }
    return kernel.openChild(folder.get(), name, O_PATH);
}

}  // namespace

std::pair<std::string, std::string> splitPath(const std::string& path) {
    std::string tidy = path;
    while (tidy.size() > 1 && tidy.back() == '/') {
        tidy.pop_back();
    }
    const auto slash = tidy.rfind('/');
    if (slash == std::string::npos) {
        return {"/", tidy};
    }
    return {slash == 0 ? "/" : tidy.substr(0, slash), tidy.substr(slash + 1)};
}

/// A folder on a file, or the other way round, is refused here, where it can be said in words; the kernel
/// would only answer ENOTDIR.
Result<sys::UniqueFd> openMountpoint(sys::Kernel& kernel, int rootFd, const std::string& path,
                                     TargetKind kind) {
    TRY_ASSIGN(sys::UniqueFd place, openOrCreate(kernel, rootFd, path, kind, 0, 0));
    TRY_ASSIGN(const struct stat status, kernel.status(place.get()));
    if (S_ISDIR(status.st_mode) != (kind == TargetKind::Directory)) {
        return Error(ErrorKind::Corrupt,
                     kind == TargetKind::Directory
                         ? "mount a folder on '" + path + "': there is a file in the image"
                         : "mount a file on '" + path + "': there is a folder in the image");
    }
    return place;
}

/// For folders that the runtime fills itself, such as /dev. A link there would be followed inside the root
/// only, but what the runtime places would stand at a place of the image's choice.
Result<sys::UniqueFd> openRuntimeFolder(sys::Kernel& kernel, int rootFd, const std::string& path) {
    auto found = kernel.openInRoot(rootFd, path, O_PATH | O_NOFOLLOW);
    if (!found && found.error().kind() == ErrorKind::NotFound) {
        return openMountpoint(kernel, rootFd, path, TargetKind::Directory);
    }
    if (!found) {
        return found;
    }
    TRY_ASSIGN(const struct stat status, kernel.status(found->get()));
    if (!S_ISDIR(status.st_mode)) {
        return Error(ErrorKind::PermissionDenied, "'" + path + "' of the image is " +
                                                      (S_ISLNK(status.st_mode) ? "a link" : "not a folder"))
            .withHint("such an image tries to lead the runtime to another place; do not use it");
    }
    return found;
}

}  // namespace coracle::mounts
