// SPDX-License-Identifier: Apache-2.0
#include "core/container/lifecycle.h"
#include "core/engine/container_files.h"
#include "core/engine/local_archives.h"
#include "core/store/file_copy.h"

#include <memory>
#include <optional>
#include <utility>

namespace coracle::engine {
namespace {

/// The files of each container that takes part, once.
using OpenContainers = std::vector<std::shared_ptr<ContainerFiles>>;  // shared with nobody else

struct End {
    store::FileCopyEnd end;
    std::string id;    ///< of the container; empty: this computer
    std::string name;  ///< as typed
};

Result<End> findEnd(EngineContext& context, const types::CopyPlace& place, OpenContainers& open) {
    End end;
    end.end.path = place.path;
    end.end.streamFd = place.fd;
    if (place.container.empty()) {
        return end;
    }
    TRY_ASSIGN(const KnownContainer known, loadContainer(context, place.container));
    end.id = known.record.id;
    end.name = known.record.name;
    for (const auto& files : open) {
        if (files->id() == end.id) {
            end.end.processFd = files->processFd();
            return end;
        }
    }
    TRY_ASSIGN(auto files, ContainerFiles::open(context, known));
    end.end.processFd = files->processFd();
    open.push_back(std::move(files));
    return end;
}

std::string describe(const types::CopyPlace& place) {
    if (place.path.empty()) {
        return "an archive";
    }
    return "'" + (place.container.empty() ? "" : place.container + ":") + place.path + "'";
}

}  // namespace

Result<types::CopyReport> LocalArchives::copy(const types::CopyPlace& from, const types::CopyPlace& to,
                                              const types::CopyOptions& options,
                                              const std::function<void(std::uint64_t)>& moved,
                                              std::stop_token stop) {
    OpenContainers open;
    TRY_ASSIGN(const End source, findEnd(m_context, from, open));
    TRY_ASSIGN(const End target, findEnd(m_context, to, open));
    TRY_ASSIGN(const auto* store, m_context.store());
    auto copied =
        store::copyFiles({source.end, target.end, options, store->layout().stagingDir(), moved}, stop);
    if (!copied) {
        return std::move(copied).error().context("copy " + describe(from) + " to " + describe(to));
    }
    if (!source.id.empty()) {
        store->events().append("container", "archive-path", source.id, {{"name", source.name}});
    }
    if (!target.id.empty()) {
        store->events().append("container", "extract-to-dir", target.id, {{"name", target.name}});
    }
    return copied;
}

Result<std::vector<types::ImageFile>> LocalArchives::listFolder(const std::string& container,
                                                                const std::string& path,
                                                                std::stop_token stop) {
    OpenContainers open;
    TRY_ASSIGN(const End place, findEnd(m_context, {.container = container, .path = path, .fd = -1}, open));
    return store::listFolder(place.end, stop);
}

Result<types::FoundFiles> LocalArchives::findFiles(const std::string& container, const std::string& words,
                                                   std::stop_token stop) {
    OpenContainers open;
    TRY_ASSIGN(const End place, findEnd(m_context, {.container = container, .path = "/", .fd = -1}, open));
    return store::findFiles(place.end, words, stop);
}

namespace {

/// A container beside its image. The lock is held while it runs, too: two at once would share a folder.
struct BothFiles {
    std::unique_ptr<ContainerFiles> now;
    std::optional<sys::FileLock> lock;
    std::unique_ptr<ContainerFiles> image;
};

Result<BothFiles> openBoth(EngineContext& context, const KnownContainer& known) {
    BothFiles both;
    TRY_ASSIGN(both.now, ContainerFiles::open(context, known));
    if (both.now->isRunning()) {
        TRY_ASSIGN(both.lock, container::lockOperation(known.paths, "restore"));
    }
    TRY_ASSIGN(both.image, ContainerFiles::openImage(known));
    return both;
}

/// What is in the image comes over what is there now, which goes at the end of the copy and not before; only
/// where a folder stands in the way of a file, or the other way round, it has to go first. All of it goes
/// through the container's own view, so that it may run.
Result<> restoreOne(const BothFiles& both, const std::string& path, const std::stop_token& stop) {
    const std::size_t slash = path.rfind('/');
    if (!path.starts_with('/') || slash + 1 == path.size()) {
        return Error(ErrorKind::InvalidArgument, "'" + path + "' names no file of a container");
    }
    const std::string folder = slash == 0 ? "/" : path.substr(0, slash);
    auto there = store::listFolder({both.now->processFd(), folder, -1}, stop);
    if (!there) {
        return std::move(there).error().withHint("restore the folder that it is in first");
    }
    const store::FileCopyEnd here{both.now->processFd(), path, -1};
    const store::FileCopyEnd original{both.image->processFd(), path, -1};
    if (store::listFolder(here, stop) && store::listFolder(original, stop)) {
        return {};
    }
    store::FileCopy copy;
    copy.from = original;
    copy.to = {both.now->processFd(), folder, -1};
    copy.options.keepOwners = true;
    auto copied = store::copyFiles(copy, stop);
    if (!copied && copied.error().kind() == ErrorKind::Conflict) {
        TRY(store::eraseFile(here, stop));
        copied = store::copyFiles(copy, stop);
    }
    if (!copied && copied.error().kind() == ErrorKind::NotFound) {
        return store::eraseFile(here, stop);  // the container made it
    }
    TRY(copied);
    return {};
}

}  // namespace

Result<std::string> LocalArchives::readFileStart(const std::string& container, const std::string& path,
                                                 types::FileVersion version, std::stop_token stop) {
    if (version == types::FileVersion::OfImage) {
        TRY_ASSIGN(const KnownContainer known, loadContainer(m_context, container));
        TRY_ASSIGN(const BothFiles both, openBoth(m_context, known));
        return store::readFileStart({both.image->processFd(), path, -1}, stop);
    }
    OpenContainers open;
    TRY_ASSIGN(const End place, findEnd(m_context, {.container = container, .path = path, .fd = -1}, open));
    return store::readFileStart(place.end, stop);
}

Result<> LocalArchives::restorePaths(const std::string& container, const std::vector<std::string>& paths,
                                     std::stop_token stop) {
    TRY_ASSIGN(const KnownContainer known, loadContainer(m_context, container));
    TRY_ASSIGN(const BothFiles both, openBoth(m_context, known));
    for (const std::string& path : paths) {
        auto restored = restoreOne(both, path, stop);
        if (!restored) {
            return std::move(restored).error().context("restore '" + path + "'");
        }
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    store->events().append("container", "extract-to-dir", known.record.id, {{"name", known.record.name}});
    return {};
}

}  // namespace coracle::engine
