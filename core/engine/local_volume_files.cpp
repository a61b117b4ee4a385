// SPDX-License-Identifier: Apache-2.0
// Single files of volumes: looked at, and on their way in and out.
#include "core/engine/local_volume_contents.h"
#include "core/store/file_copy.h"
#include "core/store/protections.h"
#include "core/store/tar_writer.h"
#include "core/store/volumes.h"
#include "rootless/sys/file.h"

#include <chrono>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>

namespace coracle::engine {
namespace {

constexpr std::uint32_t kFolderMode = 0755;

/// A volume whose files are going to be reached one by one.
struct OpenVolume {
    const store::Store* store = nullptr;
    store::VolumeRecord record;

    /// Programs are given words that end at a zero byte: what is behind it would be left off.
    Result<store::FileCopyEnd> at(const std::string& path) const {
        if (path.find('\0') != std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "a path of a volume holds a zero byte");
        }
        return store->volumes().placeOf(record, path);
    }
};

Result<OpenVolume> open(EngineContext& context, const std::string& name) {
    OpenVolume volume;
    TRY_ASSIGN(volume.store, context.store());
    TRY_ASSIGN(volume.record, volume.store->volumes().load(name));
    TRY(requireOwnFiles(volume.record));
    return volume;
}

std::string describe(const OpenVolume& volume, const std::string& path) {
    return "'" + path + "' of volume '" + volume.record.name + "'";
}

/// An import or emptying puts another folder in the place of the volume's. While this one is held open its
/// number cannot be given to another.
class SameFolder {
public:
    static Result<SameFolder> of(const OpenVolume& volume) {
        SameFolder same;
        same.m_path = volume.record.dataPath;
        same.m_name = volume.record.name;
        TRY_ASSIGN(same.m_folder, sys::openAt(AT_FDCWD, same.m_path, O_PATH | O_DIRECTORY));
        return same;
    }

    Result<> require() const {
        struct stat then {};
        struct stat now {};
        if (::fstat(m_folder.get(), &then) == 0 && ::stat(m_path.c_str(), &now) == 0 &&
            then.st_dev == now.st_dev && then.st_ino == now.st_ino) {
            return {};
        }
        return Error(ErrorKind::Conflict, "volume '" + m_name + "' got other files meanwhile")
            .withHint("try again");
    }

private:
    std::string m_path;
    std::string m_name;
    sys::UniqueFd m_folder;
};

/// An archive of one empty folder.
Result<sys::UniqueFd> folderArchive(const std::string& leaf) {
    store::tar::Entry entry;
    entry.type = store::tar::EntryType::Directory;
    entry.path = leaf;
    entry.mode = kFolderMode;
    entry.mtimeSeconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    TRY_ASSIGN(const std::string header, store::tar::headerOf(entry));
    return sys::memoryFile(header + store::tar::endMark());
}

}  // namespace

Result<std::vector<types::ImageFile>> LocalVolumeContents::listFolder(const std::string& name,
                                                                      const std::string& path,
                                                                      std::stop_token stop) {
    TRY_ASSIGN(const OpenVolume volume, open(m_context, name));
    TRY_ASSIGN(const auto place, volume.at(path));
    return store::listFolder(place, stop);
}

Result<types::CopyReport> LocalVolumeContents::copyOut(const std::string& name, const std::string& path,
                                                       const std::string& target, const Moved& moved,
                                                       std::stop_token stop) {
    TRY_ASSIGN(const OpenVolume volume, open(m_context, name));
    store::FileCopy copy;
    TRY_ASSIGN(copy.from, volume.at(path));
    copy.to.path = target;
    copy.moved = moved;
    auto copied = store::copyFiles(copy, stop);
    return copied ? std::move(copied)
                  : Result<types::CopyReport>(std::move(copied).error().context(
                        "copy " + describe(volume, path) + " to '" + target + "'"));
}

Result<types::CopyReport> LocalVolumeContents::copyIn(const std::string& name, const std::string& source,
                                                      const std::string& folder, const Moved& moved,
                                                      std::stop_token stop) {
    TRY_ASSIGN(const OpenVolume volume, open(m_context, name));
    TRY_ASSIGN(const SameFolder same, SameFolder::of(volume));
    store::FileCopy copy;
    copy.from.path = source;
    TRY_ASSIGN(copy.to, volume.at(folder.ends_with('/') ? folder : folder + "/"));
    copy.moved = moved;
    auto copied = store::copyFiles(copy, stop);
    if (!copied) {
        return std::move(copied).error().context("copy '" + source + "' to " + describe(volume, folder));
    }
    TRY(same.require());
    return copied;
}

/// As an archive with one entry, which is laid out as any other.
Result<> LocalVolumeContents::makeFolder(const std::string& name, const std::string& path,
                                         std::stop_token stop) {
    const std::size_t slash = path.rfind('/');
    const std::string leaf = slash == std::string::npos ? std::string() : path.substr(slash + 1);
    if (!path.starts_with('/') || leaf.empty() || leaf == "." || leaf == "..") {
        return Error(ErrorKind::InvalidArgument, "'" + path + "' names no folder of a volume");
    }
    const std::string parent = slash == 0 ? "/" : path.substr(0, slash);
    TRY_ASSIGN(const OpenVolume volume, open(m_context, name));
    TRY_ASSIGN(const SameFolder same, SameFolder::of(volume));
    store::FileCopy copy;
    TRY_ASSIGN(copy.to, volume.at(parent));
    TRY_ASSIGN(const auto there, store::listFolder(copy.to, stop));
    for (const types::ImageFile& file : there) {
        if (file.path == leaf) {
            return Error(ErrorKind::AlreadyExists, describe(volume, path) + " exists");
        }
    }
    TRY_ASSIGN(const sys::UniqueFd archive, folderArchive(leaf));
    copy.from.streamFd = archive.get();
    TRY(store::copyFiles(copy, stop));
    return same.require();
}

/// The helper looks the path up with the volume as its root, and takes a path without a last name for an
/// error: the volume itself never goes this way.
Result<> LocalVolumeContents::erase(const std::string& name, const std::string& path, std::stop_token stop) {
    TRY_ASSIGN(const OpenVolume volume, open(m_context, name));
    TRY_ASSIGN(const SameFolder same, SameFolder::of(volume));
    TRY_ASSIGN(const auto place, volume.at(path));
    auto erased = volume.store->protections().require(store::RemovedKind::Volume, name, name);
    if (erased) {
        erased = store::eraseFile(place, stop);
    }
    if (!erased) {
        return std::move(erased).error().context("delete " + describe(volume, path));
    }
    return same.require();
}

}  // namespace coracle::engine
