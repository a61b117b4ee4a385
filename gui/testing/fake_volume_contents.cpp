// SPDX-License-Identifier: Apache-2.0
#include "core/engine/volume_contents.h"
#include "gui/testing/fake_state.h"

namespace coracle::gui {
namespace {

/// A volume of the fake has a size, and content of as many kilobytes; of its files only those that were set.
class FakeVolumeContents : public engine::VolumeContents {
public:
    explicit FakeVolumeContents(FakeState& state) : m_state(state) {}

    Result<> exportTo(const std::string& name, const types::OutputPlace& place, const Moved& moved,
                      std::stop_token stop) override {
        return move("volumes.export", name, " " + place.path, moved, stop);
    }

    Result<> importFrom(const std::string& name, const types::InputPlace& place, const Moved& moved,
                        std::stop_token stop) override {
        return move("volumes.import", name, " " + place.path, moved, stop);
    }

    Result<types::VolumeSummary> importAs(const std::string& name, const types::InputPlace& place,
                                          const Moved& moved, std::stop_token stop) override {
        types::VolumeSummary made;
        made.name = name;
        made.createdAt = std::chrono::system_clock::now();
        {
            const std::lock_guard lock(m_state.mutex);
            if (m_state.findVolume(name) != nullptr) {
                return Error(ErrorKind::AlreadyExists, "volume '" + name + "' exists");
            }
            m_state.volumes.push_back(made);
        }
        if (auto filled = importFrom(name, place, moved, stop); !filled) {
            const std::lock_guard lock(m_state.mutex);
            std::erase_if(m_state.volumes, [&name](const auto& one) { return one.name == name; });
            return std::move(filled).error();
        }
        const std::lock_guard lock(m_state.mutex);
        m_state.emitEvent("volume", "create", name);
        return made;
    }

    Result<types::VolumeSummary> clone(const std::string& source, const std::string& name, const Moved& moved,
                                       std::stop_token stop) override {
        TRY(move("volumes.clone", source, " " + name, moved, stop));
        const std::lock_guard lock(m_state.mutex);
        if (m_state.findVolume(name) != nullptr) {
            return Error(ErrorKind::AlreadyExists, "volume '" + name + "' exists");
        }
        types::VolumeSummary made = *m_state.findVolume(source);
        made.name = name;
        made.usedBy.clear();
        made.anonymous = false;
        m_state.volumes.push_back(made);
        m_state.emitEvent("volume", "create", name);
        return made;
    }

    Result<types::VolumeContent> count(const std::string& name, std::stop_token stop) override {
        TRY(m_state.enter("volumes.count", name, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(const auto* volume, find(name));
        const std::uint64_t bytes = volume->sizeBytes.value_or(0);
        return types::VolumeContent{bytes, bytes / 1000};
    }

    Result<types::EmptiedVolume> empty(const std::string& name, const std::string& batch,
                                       std::stop_token stop) override {
        TRY(m_state.enter("volumes.empty", name, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(auto* volume, find(name));
        for (const std::string& user : volume->usedBy) {
            const auto* container = m_state.find(user);
            if (container != nullptr && container->status == types::ContainerStatus::Running) {
                return Error(ErrorKind::Conflict,
                             "volume '" + name + "' is used by the running container '" + user + "'")
                    .withHint("stop it first");
            }
        }
        FakeRemoval removal;
        removal.removal.kind = types::ObjectKind::Volume;
        removal.removal.contentOnly = true;
        removal.removal.name = name;
        removal.removal.id = name;
        removal.removal.bytes = volume->sizeBytes.value_or(0);
        removal.volume = *volume;
        m_state.keep(std::move(removal), batch);
        volume->sizeBytes = 0;
        m_state.emitEvent("volume", "empty", name);
        return types::EmptiedVolume{true};
    }

    Result<std::vector<types::ImageFile>> listFolder(const std::string& name, const std::string& path,
                                                     std::stop_token stop) override {
        TRY(m_state.enter("volumes.listFolder", name + " " + path, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(const auto* files, folder(name, path));
        return *files;
    }

    Result<types::CopyReport> copyOut(const std::string& name, const std::string& path,
                                      const std::string& target, const Moved& moved,
                                      std::stop_token stop) override {
        TRY(move("volumes.copyOut", name, ":" + path + " " + target, moved, stop));
        return types::CopyReport{.entries = 1};
    }

    Result<types::CopyReport> copyIn(const std::string& name, const std::string& source,
                                     const std::string& path, const Moved& moved,
                                     std::stop_token stop) override {
        TRY(move("volumes.copyIn", name, ":" + path + " " + source, moved, stop));
        types::ImageFile file;
        file.path = source.substr(source.rfind('/') + 1);
        file.mode = 0644;
        TRY(put(name, path, file));
        return types::CopyReport{.entries = 1};
    }

    Result<> makeFolder(const std::string& name, const std::string& path, std::stop_token stop) override {
        TRY(m_state.enter("volumes.makeFolder", name + ":" + path, stop));
        const std::size_t slash = path.rfind('/');
        types::ImageFile made;
        made.kind = types::ImageFileKind::Folder;
        made.mode = 0755;
        made.path = path.substr(slash + 1);
        TRY(put(name, slash == 0 ? "/" : path.substr(0, slash), made));
        const std::lock_guard lock(m_state.mutex);
        m_state.volumeFiles[name].folders[path];
        return {};
    }

    Result<> erase(const std::string& name, const std::string& path, std::stop_token stop) override {
        TRY(m_state.enter("volumes.erase", name + ":" + path, stop));
        const std::lock_guard lock(m_state.mutex);
        const std::size_t slash = path.rfind('/');
        TRY_ASSIGN(auto* files, folder(name, slash == 0 ? "/" : path.substr(0, slash)));
        std::erase_if(*files,
                      [&](const types::ImageFile& one) { return one.path == path.substr(slash + 1); });
        return {};
    }

private:
    /// Caller holds the lock.
    Result<std::vector<types::ImageFile>*> folder(const std::string& name, const std::string& path) {
        TRY(find(name));
        auto& folders = m_state.volumeFiles[name].folders;
        folders["/"];
        const auto found = folders.find(path);
        return found != folders.end() ? Result<std::vector<types::ImageFile>*>(&found->second)
                                      : Error(ErrorKind::NotFound, "there is no '" + path + "'");
    }

    Result<> put(const std::string& name, const std::string& path, const types::ImageFile& file) {
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(auto* files, folder(name, path));
        std::erase_if(*files, [&file](const types::ImageFile& one) { return one.path == file.path; });
        files->push_back(file);
        return {};
    }

    /// Caller holds the lock.
    Result<types::VolumeSummary*> find(const std::string& name) {
        auto* volume = m_state.findVolume(name);
        return volume != nullptr ? Result<types::VolumeSummary*>(volume)
                                 : Error(ErrorKind::NotFound, "no volume '" + name + "'");
    }

    /// where: for the log of calls.
    Result<> move(const std::string& call, const std::string& name, const std::string& where,
                  const Moved& moved, const std::stop_token& stop) {
        TRY(m_state.enter(call, name + where, stop));
        std::uint64_t bytes = 0;
        {
            const std::lock_guard lock(m_state.mutex);
            TRY_ASSIGN(const auto* volume, find(name));
            bytes = volume->sizeBytes.value_or(0);
        }
        if (moved) {
            moved(bytes);
        }
        return {};
    }

    FakeState& m_state;
};

}  // namespace

std::unique_ptr<engine::VolumeContents> makeFakeVolumeContents(FakeState& state) {
    return std::make_unique<FakeVolumeContents>(state);
}

}  // namespace coracle::gui
