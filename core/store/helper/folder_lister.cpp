// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/folder_lister.h"

#include "core/store/helper/copy_place.h"
#include "core/store/helper/entry_policy.h"
#include "core/store/helper/file_writer.h"
#include "core/store/helper/limits.h"
#include "rootless/sys/file.h"

#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace coracle::store::helper {
namespace {

/// Nobody reads a longer list, and one entry takes some hundred bytes of memory in every program it passes.
constexpr std::size_t kMaxListedNames = 50'000;

Error missing(const std::string& path, const Error& error) {
    if (error.kind() == ErrorKind::NotFound) {
        return {ErrorKind::NotFound, "there is no '" + shown(path) + "'"};
    }
    if (error.sysErrno() == ENOTDIR) {
        return {ErrorKind::Conflict, "'" + shown(path) + "' is no folder"};
    }
    return fileFailure("open", path, error.sysErrno());
}

types::ImageFileKind kindOf(mode_t mode) {
    switch (mode & S_IFMT) {
    case S_IFREG:
        return types::ImageFileKind::File;
    case S_IFDIR:
        return types::ImageFileKind::Folder;
    case S_IFLNK:
        return types::ImageFileKind::Symlink;
    case S_IFIFO:
        return types::ImageFileKind::Fifo;
    default:
        return types::ImageFileKind::Device;
    }
}

}  // namespace

Result<bool> describeFile(int folder, const std::string& name, types::ImageFile& file) {
    struct stat status {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? Result<bool>(false) : Result<bool>(fileFailure("stat", name));
    }
    file.kind = kindOf(status.st_mode);
    file.mode = status.st_mode & 07777U;
    file.uid = status.st_uid;
    file.gid = status.st_gid;
    file.size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
    file.mtimeNs = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
    file.path = name;
    if (S_ISLNK(status.st_mode)) {
        std::string target(kMaxLinkBytes + 1, '\0');
        const ssize_t length = ::readlinkat(folder, name.c_str(), target.data(), target.size());
        if (length < 0) {
            return errno == ENOENT ? Result<bool>(false) : Result<bool>(fileFailure("read link", name));
        }
        target.resize(static_cast<std::size_t>(length));
        file.link = std::move(target);
    }
    return true;
}

Result<sys::UniqueFd> openListedFolder(const std::string& path) {
    TRY_ASSIGN(const CopyPath parts, splitCopyPath(path));
    TRY_ASSIGN(const sys::UniqueFd root, sys::openAt(AT_FDCWD, "/", O_PATH | O_DIRECTORY));
    auto folder = sys::openInRoot(root.get(), parts.whole, O_RDONLY | O_DIRECTORY);
    if (!folder) {
        return missing(path, folder.error());
    }
    return folder;
}

Result<> listFolder(int folderFd, LayerIndexWriter& index) {
    TRY_ASSIGN(sys::UniqueFd own, sys::openAt(folderFd, ".", O_RDONLY | O_DIRECTORY));
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), ::closedir);
    if (stream == nullptr) {
        return fileFailure("read folder", ".");
    }
    (void)own.release();  // the stream closes it
    std::size_t count = 0;
    while (true) {
        errno = 0;
        const dirent* entry = ::readdir(stream.get());
        if (entry == nullptr) {
            return errno == 0 ? Result<>() : Result<>(fileFailure("read folder", "."));
        }
        const std::string name = entry->d_name;
        if (name == "." || name == "..") {
            continue;
        }
        if (++count > kMaxListedNames) {
            return Error(ErrorKind::Unsupported,
                         "the folder has more than " + std::to_string(kMaxListedNames) + " names")
                .withHint("look at it in a terminal of the container");
        }
        types::ImageFile file;
        TRY_ASSIGN(const bool there, describeFile(folderFd, name, file));
        if (there) {
            TRY(index.add(file));
        }
    }
}

Result<ErasedPlace> openErasedPlace(const std::string& path) {
    TRY_ASSIGN(const CopyPath parts, splitCopyPath(path));
    if (parts.leaf.empty()) {
        return Error(ErrorKind::InvalidArgument, "'" + shown(path) + "' names no file");
    }
    TRY_ASSIGN(const sys::UniqueFd root, sys::openAt(AT_FDCWD, "/", O_PATH | O_DIRECTORY));
    auto folder = sys::openInRoot(root.get(), parts.folder, O_RDONLY | O_DIRECTORY);
    if (!folder) {
        return missing(parts.folder, folder.error());
    }
    return ErasedPlace{*std::move(folder), parts.leaf};
}

}  // namespace coracle::store::helper
