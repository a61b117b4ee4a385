// SPDX-License-Identifier: Apache-2.0
// What goes out of the fake engine and comes in: pushes and archives.
#include "gui/testing/fake_state.h"

namespace coracle::gui {

namespace {

class FakeRegistries : public engine::Registries {
public:
    explicit FakeRegistries(FakeState& state) : m_state(state) {}

    Result<types::PushedImage> push(const std::string& reference, const engine::PushOptions& options,
                                    const types::PushProgress& progress, std::stop_token stop) override {
        const std::string destination = options.destination.value_or(reference);
        TRY(m_state.enter("registries.push", reference + " " + destination, stop));
        std::vector<types::PushEvent> script;
        std::chrono::milliseconds pause{0};
        {
            const std::lock_guard lock(m_state.mutex);
            if (m_state.findImage(reference) == nullptr) {
                return Error(ErrorKind::NotFound, "no image '" + reference + "'");
            }
            script = m_state.pushScript;
            pause = m_state.pushPause;
        }
        for (const types::PushEvent& event : script) {
            progress(event);
            if (pause.count() > 0) {
                std::unique_lock lock(m_state.mutex);
                (void)m_state.changed.wait_for(lock, stop, pause,
                                               [this] { return m_state.awake; });  // a pause
            }
            if (stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "push '" + reference + "': cancelled");
            }
        }
        return types::PushedImage{
            .reference = destination, .digest = "sha256:" + std::string(64, 'b'), .manifestBytes = 1500};
    }

private:
    FakeState& m_state;
};

class FakeArchives : public engine::Archives {
public:
    explicit FakeArchives(FakeState& state) : m_state(state) {}

    Result<> save(const std::vector<std::string>& names, types::ArchiveFormat,
                  const types::OutputPlace& place, std::stop_token stop) override {
        std::string all;
        for (const std::string& name : names) {
            all += name + " ";
        }
        return m_state.enter("archives.save", all + place.path, stop);
    }

    Result<> load(const types::InputPlace& place, const types::PullProgress&,
                  const std::function<void(const types::LoadedImage&)>& loaded,
                  std::stop_token stop) override {
        TRY(m_state.enter("archives.load", place.path, stop));
        std::vector<types::LoadedImage> images;
        {
            const std::lock_guard lock(m_state.mutex);
            images = m_state.archive;
        }
        for (const types::LoadedImage& image : images) {
            loaded(image);
        }
        return {};
    }

    Result<std::vector<types::Change>> containerChanges(const std::string& id,
                                                        std::stop_token stop) override {
        TRY(m_state.enter("archives.containerChanges", id, stop));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        return m_state.changes[row->name];
    }

private:
    FakeState& m_state;
};

}  // namespace

std::unique_ptr<engine::Registries> makeFakeRegistries(FakeState& state) {
    return std::make_unique<FakeRegistries>(state);
}
std::unique_ptr<engine::Archives> makeFakeArchives(FakeState& state) {
    return std::make_unique<FakeArchives>(state);
}

}  // namespace coracle::gui
