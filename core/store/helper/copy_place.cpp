// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/copy_place.h"

#include "core/store/helper/entry_policy.h"
#include "core/store/helper/limits.h"

namespace coracle::store::helper {

Result<CopyPath> splitCopyPath(std::string_view path) {
    if (!path.starts_with('/') || path.size() > kMaxPathBytes || path.find('\0') != std::string_view::npos) {
        return Error(ErrorKind::InvalidArgument, "'" + shown(path) + "' is no absolute path of at most " +
                                                     std::to_string(kMaxPathBytes) + " bytes");
    }
    CopyPath parts;
    parts.mustBeFolder = path.ends_with('/');
    while (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    parts.whole = std::string(path);
    const std::size_t slash = path.rfind('/');
    const std::string_view leaf = path.substr(slash + 1);
    if (leaf.empty() || leaf == "." || leaf == "..") {
        parts.folder = parts.whole;
        parts.mustBeFolder = true;
        return parts;
    }
    parts.folder = std::string(path.substr(0, slash == 0 ? 1 : slash));
    parts.leaf = std::string(leaf);
    return parts;
}

Result<CopyPlacement> placeCopy(const CopySource& source, const CopyDestination& destination) {
    const std::string name = "'" + shown(destination.path) + "'";
    if (!destination.exists) {
        if (!source.isFolder && destination.mustBeFolder) {
            return Error(ErrorKind::NotFound, "folder " + name + " does not exist")
                .withHint("make it first, or leave the slash at its end out to give the file that name");
        }
        return CopyPlacement::As;
    }
    if (destination.isFolder) {
        return source.contentOnly ? CopyPlacement::Content : CopyPlacement::Inside;
    }
    if (source.isFolder) {
        return Error(ErrorKind::Conflict, "a folder cannot be copied onto the file " + name);
    }
    if (destination.mustBeFolder) {
        return Error(ErrorKind::Conflict, name + " is a file and no folder");
    }
    return CopyPlacement::As;
}

}  // namespace coracle::store::helper
