// SPDX-License-Identifier: Apache-2.0
// Files of containers, images and volumes.
#include "core/engine/trash.h"
#include "core/engine/volume_contents.h"
#include "gui/engine_service.h"
#include "gui/engine_service_calls.h"
#include "gui/models/file_order.h"
#include "gui/models/image_content.h"

#include <utility>

namespace coracle::gui {
namespace {

/// Bytes so far, no more often than a person can read them.
std::function<void(std::uint64_t)> paced(std::function<void(const std::uint64_t&)> forward) {
    return [forward = std::move(forward),
            last = std::chrono::steady_clock::time_point()](std::uint64_t bytes) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last >= kProgressInterval) {
            last = now;
            forward(bytes);
        }
    };
}

}  // namespace

Request EngineService::listFolder(QObject* context, const std::string& id, const std::string& path,
                                  Done<std::vector<types::ImageFile>> done) {
    return submit<std::vector<types::ImageFile>>(
        context, Lane::Long, kActionDeadline, "list the folder",
        [id, path](engine::Engine& e, const std::stop_token& stop) -> Result<std::vector<types::ImageFile>> {
            TRY_ASSIGN(auto files, e.archives().listFolder(id, path, stop));
            sortForTree(files);
            return files;
        },
        std::move(done));
}

Request EngineService::measureContainer(QObject* context, const std::string& id,
                                        Done<types::ContainerSize> done) {
    return submit<types::ContainerSize>(
        context, Lane::Long, kNoDeadline, "measure the container",
        [id](engine::Engine& e, const std::stop_token& stop) { return e.containers().measure(id, stop); },
        std::move(done));
}

Request EngineService::findFiles(QObject* context, const std::string& id, const std::string& words,
                                 Done<types::FoundFiles> done) {
    return submit<types::FoundFiles>(
        context, Lane::Long, kNoDeadline, "find files",
        [id, words](engine::Engine& e, const std::stop_token& stop) {
            return e.archives().findFiles(id, words, stop);
        },
        std::move(done));
}

Request EngineService::readContainerFile(QObject* context, const std::string& id, const std::string& path,
                                         types::FileVersion version, Done<std::string> done) {
    return submit<std::string>(
        context, Lane::Long, kActionDeadline, "read the file",
        [id, path, version](engine::Engine& e, const std::stop_token& stop) {
            return e.archives().readFileStart(id, path, version, stop);
        },
        std::move(done));
}

Request EngineService::copyFiles(QObject* context, const types::CopyPlace& from, const types::CopyPlace& to,
                                 std::function<void(const std::uint64_t&)> moved,
                                 Done<types::CopyReport> done) {
    const Request request = prepare(context);
    send<types::CopyReport>(
        request, Lane::Long, kNoDeadline, "copy",
        [from, to, report = paced(forwarded(request, std::move(moved)))](engine::Engine& e,
                                                                         const std::stop_token& stop) {
            return e.archives().copy(from, to, {}, report, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::restorePaths(QObject* context, const std::string& id,
                                    const std::vector<std::string>& paths, Done<void> done) {
    return submit<void>(
        context, Lane::Long, kNoDeadline, "restore",
        [id, paths](engine::Engine& e, const std::stop_token& stop) {
            return e.archives().restorePaths(id, paths, stop);
        },
        std::move(done));
}

Request EngineService::commitContainer(QObject* context, const std::string& id,
                                       const types::CommitOptions& options, Done<types::MadeImage> done) {
    return submit<types::MadeImage>(
        context, Lane::Long, kNoDeadline, "make the image",
        [id, options](engine::Engine& e, const std::stop_token& stop) {
            return e.archives().commit(id, options, stop);
        },
        std::move(done));
}

Request EngineService::imageContent(QObject* context, const std::string& reference,
                                    Done<ImageContentPtr> done) {
    return submit<ImageContentPtr>(
        context, Lane::Long, kNoDeadline, "read the image's files",
        [reference](engine::Engine& e, const std::stop_token& stop) -> Result<ImageContentPtr> {
            ImageContent content;
            TRY_ASSIGN(content.layers, e.archives().imageFiles(reference, stop));
            content.view = types::viewImage(content.layers);
            return std::make_shared<const ImageContent>(std::move(content));  // with the window's thread
        },
        std::move(done));
}

Request EngineService::compareImages(QObject* context, const std::string& from, ImageContentPtr to,
                                     Done<ImageComparisonPtr> done) {
    return submit<ImageComparisonPtr>(
        context, Lane::Long, kNoDeadline, "compare the images",
        [from, to = std::move(to)](engine::Engine& e,
                                   const std::stop_token& stop) -> Result<ImageComparisonPtr> {
            ImageContent other;
            TRY_ASSIGN(other.layers, e.archives().imageFiles(from, stop));
            ImageComparison comparison;
            comparison.differences = types::compareImages(other.layers, to->layers);
            comparison.from = std::make_shared<const ImageContent>(std::move(other));  // as above
            comparison.to = to;
            return std::make_shared<const ImageComparison>(std::move(comparison));  // as above
        },
        std::move(done));
}

Request EngineService::importImage(QObject* context, const std::string& path,
                                   const types::ImportOptions& options, Done<types::MadeImage> done) {
    return submit<types::MadeImage>(
        context, Lane::Long, kNoDeadline, "import the image",
        [path, options](engine::Engine& e, const std::stop_token& stop) {
            return e.archives().importFiles({.path = path, .fd = -1}, options, stop);
        },
        std::move(done));
}

Request EngineService::listTrash(QObject* context, Done<std::vector<types::Removal>> done) {
    return submit<std::vector<types::Removal>>(
        context, Lane::Long, kNoDeadline, "list the trash",
        [](engine::Engine& e, const std::stop_token& stop) { return e.trash().list(stop); }, std::move(done));
}

Request EngineService::exportVolume(QObject* context, const std::string& name, const std::string& path,
                                    std::function<void(const std::uint64_t&)> moved, Done<void> done) {
    const Request request = prepare(context);
    send<void>(
        request, Lane::Long, kNoDeadline, "export the volume",
        [name, path, report = paced(forwarded(request, std::move(moved)))](engine::Engine& e,
                                                                           const std::stop_token& stop) {
            return e.volumeContents().exportTo(name, {.path = path, .fd = -1}, report, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::importVolume(QObject* context, const std::string& name, const std::string& path,
                                    std::function<void(const std::uint64_t&)> moved,
                                    Done<types::VolumeSummary> done) {
    const Request request = prepare(context);
    send<types::VolumeSummary>(
        request, Lane::Long, kNoDeadline, "import the volume",
        [name, path, report = paced(forwarded(request, std::move(moved)))](engine::Engine& e,
                                                                           const std::stop_token& stop) {
            return e.volumeContents().importAs(name, {.path = path, .fd = -1}, report, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::cloneVolume(QObject* context, const std::string& source, const std::string& name,
                                   std::function<void(const std::uint64_t&)> moved,
                                   Done<types::VolumeSummary> done) {
    const Request request = prepare(context);
    send<types::VolumeSummary>(
        request, Lane::Long, kNoDeadline, "clone the volume",
        [source, name, report = paced(forwarded(request, std::move(moved)))](engine::Engine& e,
                                                                             const std::stop_token& stop) {
            return e.volumeContents().clone(source, name, report, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::listVolumeFolder(QObject* context, const std::string& name, const std::string& path,
                                        Done<std::vector<types::ImageFile>> done) {
    return submit<std::vector<types::ImageFile>>(
        context, Lane::Long, kActionDeadline, "list the folder",
        [name, path](engine::Engine& e,
                     const std::stop_token& stop) -> Result<std::vector<types::ImageFile>> {
            TRY_ASSIGN(auto files, e.volumeContents().listFolder(name, path, stop));
            sortForTree(files);
            return files;
        },
        std::move(done));
}

Request EngineService::copyOutOfVolume(QObject* context, const std::string& name, const std::string& path,
                                       const std::string& target,
                                       std::function<void(const std::uint64_t&)> moved,
                                       Done<types::CopyReport> done) {
    const Request request = prepare(context);
    send<types::CopyReport>(
        request, Lane::Long, kNoDeadline, "copy",
        [name, path, target, report = paced(forwarded(request, std::move(moved)))](
            engine::Engine& e, const std::stop_token& stop) {
            return e.volumeContents().copyOut(name, path, target, report, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::copyIntoVolume(QObject* context, const std::string& name, const std::string& source,
                                      const std::string& folder,
                                      std::function<void(const std::uint64_t&)> moved,
                                      Done<types::CopyReport> done) {
    const Request request = prepare(context);
    send<types::CopyReport>(
        request, Lane::Long, kNoDeadline, "copy",
        [name, source, folder, report = paced(forwarded(request, std::move(moved)))](
            engine::Engine& e, const std::stop_token& stop) {
            return e.volumeContents().copyIn(name, source, folder, report, stop);
        },
        std::move(done));
    return request;
}

Request EngineService::makeVolumeFolder(QObject* context, const std::string& name, const std::string& path,
                                        Done<void> done) {
    return submit<void>(
        context, Lane::Long, kActionDeadline, "make the folder",
        [name, path](engine::Engine& e, const std::stop_token& stop) {
            return e.volumeContents().makeFolder(name, path, stop);
        },
        std::move(done));
}

Request EngineService::eraseVolumeFile(QObject* context, const std::string& name, const std::string& path,
                                       Done<void> done) {
    return submit<void>(
        context, Lane::Long, kNoDeadline, "delete the file",
        [name, path](engine::Engine& e, const std::stop_token& stop) {
            return e.volumeContents().erase(name, path, stop);
        },
        std::move(done));
}

Request EngineService::emptyVolume(QObject* context, const std::string& name, const std::string& batch,
                                   Done<types::EmptiedVolume> done) {
    return submit<types::EmptiedVolume>(
        context, Lane::Long, kNoDeadline, "empty the volume",
        [name, batch](engine::Engine& e, const std::stop_token& stop) {
            return e.volumeContents().empty(name, batch, stop);
        },
        std::move(done));
}

}  // namespace coracle::gui
