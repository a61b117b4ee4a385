// SPDX-License-Identifier: Apache-2.0
#include "core/engine/volume_contents.h"
#include "gui/testing/fake_state.h"

namespace coracle::gui {
namespace {

/// A volume of the fake has no files, only a size; its content is as many kilobytes.
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

private:
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
