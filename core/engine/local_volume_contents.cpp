// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_volume_contents.h"

#include "core/container/lifecycle.h"
#include "core/engine/archive_input.h"
#include "core/engine/archive_output.h"
#include "core/engine/removal_order.h"
#include "core/store/helper_protocol.h"
#include "core/store/protections.h"
#include "rootless/sys/file.h"

namespace coracle::engine {
namespace {

Error none() {
    return {ErrorKind::Unsupported, "this engine moves no files of volumes"};
}

}  // namespace

Result<> VolumeContents::exportTo(const std::string& /*name*/, const types::OutputPlace& /*place*/,
                                  const Moved& /*moved*/, std::stop_token /*stop*/) {
    return none();
}

Result<> VolumeContents::importFrom(const std::string& /*name*/, const types::InputPlace& /*place*/,
                                    const Moved& /*moved*/, std::stop_token /*stop*/) {
    return none();
}

Result<types::VolumeSummary> VolumeContents::importAs(const std::string& /*name*/,
                                                      const types::InputPlace& /*place*/,
                                                      const Moved& /*moved*/, std::stop_token /*stop*/) {
    return none();
}

Result<types::VolumeSummary> VolumeContents::clone(const std::string& /*source*/, const std::string& /*name*/,
                                                   const Moved& /*moved*/, std::stop_token /*stop*/) {
    return none();
}

Result<types::VolumeContent> VolumeContents::count(const std::string& /*name*/, std::stop_token /*stop*/) {
    return none();
}

Result<types::EmptiedVolume> VolumeContents::empty(const std::string& /*name*/, const std::string& /*batch*/,
                                                   std::stop_token /*stop*/) {
    return none();
}

Result<std::vector<types::ImageFile>> VolumeContents::listFolder(const std::string& /*name*/,
                                                                 const std::string& /*path*/,
                                                                 std::stop_token /*stop*/) {
    return none();
}

Result<types::CopyReport> VolumeContents::copyOut(const std::string& /*name*/, const std::string& /*path*/,
                                                  const std::string& /*target*/, const Moved& /*moved*/,
                                                  std::stop_token /*stop*/) {
    return none();
}

Result<types::CopyReport> VolumeContents::copyIn(const std::string& /*name*/, const std::string& /*source*/,
                                                 const std::string& /*folder*/, const Moved& /*moved*/,
                                                 std::stop_token /*stop*/) {
    return none();
}

Result<> VolumeContents::makeFolder(const std::string& /*name*/, const std::string& /*path*/,
                                    std::stop_token /*stop*/) {
    return none();
}

Result<> VolumeContents::erase(const std::string& /*name*/, const std::string& /*path*/,
                               std::stop_token /*stop*/) {
    return none();
}

VolumeContents& Engine::volumeContents() {
    static VolumeContents kNone;
    return kNone;
}

Result<> requireOwnFiles(const store::VolumeRecord& volume) {
    if (volume.options.empty()) {
        return {};
    }
    const auto device = volume.options.find("device");
    const bool memory = volume.options.contains("type") && volume.options.at("type") == "tmpfs";
    return memory ? Error(ErrorKind::Unsupported, "volume '" + volume.name +
                                                      "' is in memory, for each container "
                                                      "its own")
                        .withHint("copy its files out of a running container with 'coracle cp'")
                  : Error(ErrorKind::Unsupported, "volume '" + volume.name + "' is the folder '" +
                                                      (device == volume.options.end() ? "" : device->second) +
                                                      "' of this computer")
                        .withHint("use your own tools on that folder");
}

Result<> LocalVolumeContents::exportTo(const std::string& name, const types::OutputPlace& place,
                                       const Moved& moved, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto volume, store->volumes().load(name));
    TRY(requireOwnFiles(volume));
    const auto work = [&]() -> Result<> {
        TRY_ASSIGN(OutputFile file, OutputFile::open(place));
        TRY(store->volumes().exportTo(volume, file.fd(), moved, stop));
        return file.commit();
    };
    auto done = work();
    return done ? std::move(done) : Result<>(std::move(done).error().context("export volume '" + name + "'"));
}

Result<> LocalVolumeContents::importFrom(const std::string& name, const types::InputPlace& place,
                                         const Moved& moved, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto volume, store->volumes().load(name));
    TRY(requireOwnFiles(volume));
    TRY_ASSIGN(const auto locks, lockUsersOf(m_context, volume, "volume import"));
    const auto work = [&]() -> Result<> {
        // Its files may be replaced by those of the archive, unseen.
        if (auto allowed = store->protections().require(store::RemovedKind::Volume, name, name); !allowed) {
            return std::move(allowed).error().withHint(
                "'coracle unprotect " + name + "' lets its files be replaced; or import into a new volume");
        }
        sys::UniqueFd file;
        if (!place.path.empty()) {
            TRY_ASSIGN(file, openArchiveFile(place.path, stop));
        }
        return store->volumes().importFrom(volume, file ? file.get() : place.fd, moved, stop);
    };
    auto done = work();
    (void)store->trash().purgeInBackground();  // what was replaced, or what was not finished
    if (done) {
        store->events().append("volume", "import", name, {});
    }
    return done ? std::move(done)
                : Result<>(std::move(done).error().context("import into volume '" + name + "'"));
}

/// A volume that stays empty would look like success; the trash is for what was somebody's.
Result<types::VolumeSummary> LocalVolumeContents::importAs(const std::string& name,
                                                           const types::InputPlace& place, const Moved& moved,
                                                           std::stop_token stop) {
    TRY_ASSIGN(types::VolumeSummary made, m_volumes.create({name, {}, {}}));
    auto filled = importFrom(made.name, place, moved, std::move(stop));
    if (filled) {
        return made;
    }
    TRY_ASSIGN(const auto* store, m_context.store());
    if (store->volumes().remove(made.name)) {  // else a container has got hold of it meanwhile
        store->events().append("volume", "destroy", made.name, {});
        (void)store->trash().purgeInBackground();
    }
    return std::move(filled).error();
}

Result<types::VolumeSummary> LocalVolumeContents::clone(const std::string& source, const std::string& name,
                                                        const Moved& moved, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto volume, store->volumes().load(source));
    TRY(requireOwnFiles(volume));
    auto made = store->volumes().clone(volume, name, moved, stop);
    if (!made) {
        (void)store->trash().purgeInBackground();
        return std::move(made).error().context("clone volume '" + source + "'");
    }
    store->events().append("volume", "create", made->name, {});
    return m_volumes.inspect(made->name);
}

Result<types::VolumeContent> LocalVolumeContents::count(const std::string& name, std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto volume, store->volumes().load(name));
    TRY(requireOwnFiles(volume));
    TRY_ASSIGN(const store::MeasuredTree tree, store->volumes().count(name, std::move(stop)));
    return types::VolumeContent{tree.bytes, tree.files};
}

Result<types::EmptiedVolume> LocalVolumeContents::empty(const std::string& name, const std::string& batch,
                                                        std::stop_token stop) {
    TRY_ASSIGN(const auto* store, m_context.store());
    TRY_ASSIGN(const auto volume, store->volumes().load(name));
    TRY(requireOwnFiles(volume));
    TRY_ASSIGN(const auto order, orderFor(m_context, batch));
    TRY_ASSIGN(const auto locks, lockUsersOf(m_context, volume, "volume empty"));
    auto done = store->volumes().empty(volume, order, stop);
    if (!done) {
        (void)store->trash().purgeInBackground();  // of what was not finished
        return std::move(done).error().context("empty volume '" + name + "'");
    }
    store->events().append("volume", "empty", name, {});
    lookAfterTrash(m_context, order);
    return types::EmptiedVolume{order.fate == store::Fate::Kept};
}

Result<std::vector<sys::FileLock>> lockUsersOf(EngineContext& context, const store::VolumeRecord& volume,
                                               const std::string& operation) {
    std::vector<sys::FileLock> locks;
    for (const std::string& user : volume.usedBy) {
        TRY_ASSIGN(const KnownContainer known, loadContainer(context, user));
        TRY_ASSIGN(auto lock, container::lockOperation(known.paths, operation));
        locks.push_back(std::move(lock));
        const auto facts = container::readFacts(known.paths);
        if (facts.isAlive() || facts.status == types::ContainerStatus::Restarting) {
            return Error(ErrorKind::Conflict,
                         "volume '" + volume.name + "' is used by the running container '" + user + "'")
                .withHint("stop it first, or change single files with 'coracle cp' or 'coracle exec'");
        }
    }
    return locks;
}

}  // namespace coracle::engine
