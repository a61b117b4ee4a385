// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_state.h"

#include <algorithm>

namespace coracle::gui {

namespace {

class FakeImages : public engine::Images {
public:
    explicit FakeImages(FakeState& state) : m_state(state) {}

    Result<std::string> pull(const std::string& reference, const engine::PullOptions&,
                             const types::PullProgress& progress, std::stop_token stop) override {
        TRY(m_state.enter("images.pull", reference, stop));
        std::vector<types::PullEvent> script;
        std::chrono::milliseconds pause{0};
        {
            const std::lock_guard lock(m_state.mutex);
            script = m_state.pullScript;
            pause = m_state.pullPause;
        }
        for (const types::PullEvent& event : script) {
            progress(event);
            if (pause.count() > 0) {
                std::unique_lock lock(m_state.mutex);
                (void)m_state.changed.wait_for(lock, stop, pause,
                                               [this] { return m_state.awake; });  // a pause
            }
            if (stop.stop_requested()) {
                return Error(ErrorKind::Cancelled, "pull '" + reference + "': cancelled");
            }
        }
        const std::lock_guard lock(m_state.mutex);
        if (const types::ImageDetails* known = m_state.findImage(reference)) {
            return known->summary.id;
        }
        types::ImageDetails image;
        const std::string digits = std::to_string(m_state.nextId++);
        image.summary.id = "sha256:" + std::string(64 - digits.size(), 'a') + digits;
        image.summary.references = {reference};
        image.summary.createdAt = std::chrono::system_clock::now();
        image.summary.sizeBytes = 179'000'000;
        image.summary.platform = "linux/amd64";
        m_state.images.push_back(image);
        m_state.emitEvent("image", "pull", image.summary.id, {{"name", reference}});
        return image.summary.id;
    }

    Result<std::vector<types::ImageSummary>> list() override {
        TRY(m_state.enter("images.list", {}));
        const std::lock_guard lock(m_state.mutex);
        std::vector<types::ImageSummary> rows;
        for (const types::ImageDetails& image : m_state.images) {
            rows.push_back(image.summary);
        }
        return rows;
    }

    Result<types::ImageDetails> inspect(const std::string& reference) override {
        TRY(m_state.enter("images.inspect", reference));
        const std::lock_guard lock(m_state.mutex);
        const types::ImageDetails* image = m_state.findImage(reference);
        if (image == nullptr) {
            return Error(ErrorKind::NotFound, "no image '" + reference + "'").withHint("pull it first");
        }
        return *image;
    }

    Result<> tag(const std::string& source, const std::string& target) override {
        TRY(m_state.enter("images.tag", source + " " + target));
        const std::lock_guard lock(m_state.mutex);
        types::ImageDetails* image = m_state.findImage(source);
        if (image == nullptr) {
            return Error(ErrorKind::NotFound, "no image '" + source + "'");
        }
        image->summary.references.push_back(target);
        m_state.emitEvent("image", "tag", image->summary.id, {{"name", target}});
        return {};
    }

    Result<> untag(const std::string& reference, const std::vector<std::string>& names) override {
        TRY(m_state.enter("images.untag", reference));
        const std::lock_guard lock(m_state.mutex);
        types::ImageDetails* image = m_state.findImage(reference);
        if (image == nullptr) {
            return Error(ErrorKind::NotFound, "no image '" + reference + "'");
        }
        for (const std::string& name : names) {
            std::erase(image->summary.references, name);
        }
        m_state.emitEvent("image", "untag", image->summary.id, {{"name", reference}});
        return {};
    }

    Result<engine::RemovedImage> remove(const std::string& reference,
                                        const engine::RemoveImageOptions& options) override {
        TRY(m_state.enter("images.remove", reference));
        const std::lock_guard lock(m_state.mutex);
        types::ImageDetails* image = m_state.findImage(reference);
        if (image == nullptr) {
            return Error(ErrorKind::NotFound, "no image '" + reference + "'");
        }
        auto& names = image->summary.references;
        engine::RemovedImage removed;
        if (names.size() > 1 && reference != image->summary.id) {
            std::erase(names, reference);
            removed.untagged = {reference};
            FakeRemoval removal;
            removal.removal.kind = types::ObjectKind::ImageName;
            removal.removal.name = reference;
            removal.removal.id = image->summary.id;
            m_state.keep(std::move(removal), options.batch);
            m_state.emitEvent("image", "untag", image->summary.id, {{"name", reference}});
            return removed;
        }
        if (!image->summary.usedBy.empty() && options.force == engine::Force::No) {
            return Error(ErrorKind::Conflict,
                         "image '" + reference + "' is used by container '" + image->summary.usedBy[0] + "'")
                .withHint("delete the container first");
        }
        removed.untagged = names;
        removed.deleted = {image->summary.id};
        removed.freedBytes = image->summary.sizeBytes - image->summary.sharedBytes;
        const std::string id = image->summary.id;
        FakeRemoval removal;
        removal.removal.kind = types::ObjectKind::Image;
        removal.removal.name = names.empty() ? "" : names.front();
        removal.removal.id = id;
        removal.removal.bytes = removed.freedBytes;
        removal.image = *image;
        m_state.keep(std::move(removal), options.batch);
        std::erase_if(m_state.images, [&](const auto& other) { return other.summary.id == id; });
        m_state.emitEvent("image", "delete", id);
        return removed;
    }

    Result<> login(const std::string& registry, const engine::Credentials& credentials,
                   std::stop_token stop) override {
        TRY(m_state.enter("images.login", registry, stop));
        const std::lock_guard lock(m_state.mutex);
        std::erase_if(m_state.logins, [&](const auto& login) { return login.registry == registry; });
        m_state.logins.push_back({registry, credentials.userName, "auth.json", true});
        return {};
    }
    Result<> logout(const std::string& registry) override {
        TRY(m_state.enter("images.logout", registry));
        const std::lock_guard lock(m_state.mutex);
        std::erase_if(m_state.logins, [&](const auto& login) { return login.registry == registry; });
        return {};
    }

private:
    FakeState& m_state;
};

class FakeVolumes : public engine::Volumes {
public:
    explicit FakeVolumes(FakeState& state) : m_state(state) {}

    Result<types::VolumeSummary> create(const engine::VolumeOptions& options) override {
        TRY(m_state.enter("volumes.create", options.name));
        const std::lock_guard lock(m_state.mutex);
        if (m_state.findVolume(options.name) != nullptr) {
            return Error(ErrorKind::AlreadyExists, "volume '" + options.name + "' exists");
        }
        types::VolumeSummary volume;
        volume.name = options.name.empty() ? std::string(64, 'f') : options.name;
        volume.anonymous = options.name.empty();
        volume.mountpoint = "/home/anna/.local/share/coracle/volumes/" + volume.name + "/data";
        volume.createdAt = std::chrono::system_clock::now();
        volume.labels = options.labels;
        volume.sizeBytes = 0;
        m_state.volumes.push_back(volume);
        m_state.emitEvent("volume", "create", volume.name);
        return volume;
    }

    Result<std::vector<types::VolumeSummary>> list() override {
        TRY(m_state.enter("volumes.list", {}));
        const std::lock_guard lock(m_state.mutex);
        std::vector<types::VolumeSummary> rows = m_state.volumes;
        for (types::VolumeSummary& row : rows) {
            row.sizeBytes.reset();  // as the real engine: measuring is another call
        }
        return rows;
    }

    Result<types::VolumeSummary> inspect(const std::string& name) override {
        TRY(m_state.enter("volumes.inspect", name));
        const std::lock_guard lock(m_state.mutex);
        const types::VolumeSummary* volume = m_state.findVolume(name);
        if (volume == nullptr) {
            return Error(ErrorKind::NotFound, "no volume '" + name + "'");
        }
        return *volume;
    }

    Result<> remove(const std::string& name, const engine::RemoveVolumeOptions& options) override {
        TRY(m_state.enter("volumes.remove", name));
        const std::lock_guard lock(m_state.mutex);
        const types::VolumeSummary* volume = m_state.findVolume(name);
        if (volume == nullptr) {
            return Error(ErrorKind::NotFound, "no volume '" + name + "'");
        }
        if (!volume->usedBy.empty()) {
            return Error(ErrorKind::Conflict, "volume '" + name + "' is used by '" + volume->usedBy[0] + "'")
                .withHint("delete the container first");
        }
        FakeRemoval removal;
        removal.removal.kind = types::ObjectKind::Volume;
        removal.removal.name = name;
        removal.removal.id = name;
        removal.removal.bytes = volume->sizeBytes.value_or(0);
        removal.volume = *volume;
        m_state.keep(std::move(removal), options.batch);
        std::erase_if(m_state.volumes, [&](const auto& other) { return other.name == name; });
        m_state.emitEvent("volume", "destroy", name);
        return {};
    }

    Result<std::uint64_t> measure(const std::string& name, std::stop_token stop) override {
        TRY(m_state.enter("volumes.measure", name, stop));
        const std::lock_guard lock(m_state.mutex);
        const types::VolumeSummary* volume = m_state.findVolume(name);
        if (volume == nullptr) {
            return Error(ErrorKind::NotFound, "no volume '" + name + "'");
        }
        return volume->sizeBytes.value_or(0);
    }

private:
    FakeState& m_state;
};

class FakeSystem : public engine::System {
public:
    explicit FakeSystem(FakeState& state) : m_state(state) {}

    Result<types::HostInfo> info() override {
        TRY(m_state.enter("system.info", {}));
        const std::lock_guard lock(m_state.mutex);
        types::HostInfo host = m_state.host;
        host.containers = int(m_state.containers.size());
        host.images = int(m_state.images.size());
        return host;
    }

    Result<std::vector<types::HealthCheck>> doctor(std::stop_token stop) override {
        TRY(m_state.enter("system.doctor", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        return m_state.health;
    }

    engine::PortCheck checkPort(const net::PortMapping& mapping) override {
        if (!m_state.enter("system.checkPort", net::toText(mapping))) {
            return {};  // a check cannot fail in this interface; it says free
        }
        const std::lock_guard lock(m_state.mutex);
        const auto found = m_state.ports.find(mapping.hostPort);
        if (found != m_state.ports.end()) {
            return found->second;
        }
        if (mapping.hostPort > 0 && mapping.hostPort < 1024) {
            return {.state = engine::PortCheck::State::NeedsPrivilege,
                    .holder = {},
                    .suggestion = std::uint16_t(mapping.hostPort + 8000),
                    .lowestPort = 1024};
        }
        return {};
    }

    Result<> watch(const std::function<void(const types::Event&)>& sink, std::stop_token stop) override {
        return events({.since = std::chrono::system_clock::now(), .until = {}}, sink, std::move(stop));
    }

    Result<> events(const types::EventRange& range, const std::function<void(const types::Event&)>& sink,
                    std::stop_token stop) override {
        std::unique_lock lock(m_state.mutex);
        ++m_state.callCounts["system.watch"];
        if (const auto late = m_state.delays.find("system.watch"); late != m_state.delays.end()) {
            (void)m_state.changed.wait_for(lock, stop, late->second, [this] { return m_state.awake; });
        }
        if (const auto failure = m_state.failures.find("system.watch"); failure != m_state.failures.end()) {
            return failure->second;
        }
        std::size_t next = 0;
        while (next < m_state.events.size() && m_state.events[next].time < *range.since) {
            ++next;
        }
        while (m_state.changed.wait(lock, stop, [&] { return next < m_state.events.size(); })) {
            const types::Event event = m_state.events[next++];
            lock.unlock();
            sink(event);
            lock.lock();
        }
        return {};
    }

private:
    FakeState& m_state;
};

}  // namespace

std::unique_ptr<engine::Images> makeFakeImages(FakeState& state) {
    return std::make_unique<FakeImages>(state);
}
std::unique_ptr<engine::Volumes> makeFakeVolumes(FakeState& state) {
    return std::make_unique<FakeVolumes>(state);
}
std::unique_ptr<engine::System> makeFakeSystem(FakeState& state) {
    return std::make_unique<FakeSystem>(state);
}

}  // namespace coracle::gui
