// SPDX-License-Identifier: Apache-2.0
// What goes out of the fake engine and comes in: pushes and archives.
#include "gui/testing/fake_state.h"

#include <algorithm>

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

    Result<> login(const std::string& registry, const engine::Credentials& credentials, types::KeepLogin keep,
                   std::stop_token stop) override {
        const std::string place = keep == types::KeepLogin::Keyring ? types::kKeyringPlace : "auth.json";
        TRY(m_state.enter("registries.login", registry + " " + place, stop));
        const std::lock_guard lock(m_state.mutex);
        std::erase_if(m_state.logins, [&](const auto& login) { return login.registry == registry; });
        m_state.logins.push_back({registry, credentials.userName, place, true});
        return {};
    }

    Result<types::LoginPlaces> loginPlaces(const std::string& registry, std::stop_token stop) override {
        TRY(m_state.enter("registries.loginPlaces", registry, stop));
        const std::lock_guard lock(m_state.mutex);
        return m_state.loginPlaces;
    }

    Result<std::vector<types::RegistryLogin>> logins(std::stop_token stop) override {
        TRY(m_state.enter("registries.logins", {}, stop));
        const std::lock_guard lock(m_state.mutex);
        return m_state.logins;
    }

    Result<std::vector<types::RegistrySettings>> settings() override {
        TRY(m_state.enter("registries.settings", {}));
        const std::lock_guard lock(m_state.mutex);
        return m_state.registries;
    }

    Result<> setSettings(const types::RegistrySettings& settings, const std::string& replaced) override {
        TRY(m_state.enter("registries.setSettings", settings.name));
        const std::lock_guard lock(m_state.mutex);
        const std::string& old = replaced.empty() ? settings.name : replaced;
        std::erase_if(m_state.registries, [&](const auto& row) { return row.name == old; });
        m_state.registries.push_back(settings);
        return {};
    }

    Result<> forgetSettings(const std::string& name) override {
        TRY(m_state.enter("registries.forgetSettings", name));
        const std::lock_guard lock(m_state.mutex);
        std::erase_if(m_state.registries, [&](const auto& row) { return row.name == name; });
        return {};
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
        std::vector<types::Change> changes = m_state.changes[row->name];
        const auto files = filesOf(id);
        for (types::Change& change : changes) {
            if (files && change.kind != 'D' && !change.now) {
                change.now = fileAt(**files, change.path);
            }
        }
        return changes;
    }

    static std::optional<types::ImageFile> fileAt(const FakeFiles& files, const std::string& path) {
        const std::size_t slash = path.rfind('/');
        const auto folder = files.folders.find(slash == 0 ? "/" : path.substr(0, slash));
        if (folder != files.folders.end()) {
            for (const types::ImageFile& file : folder->second) {
                if (file.path == path.substr(slash + 1)) {
                    return file;
                }
            }
        }
        return std::nullopt;
    }

    Result<types::MadeImage> commit(const std::string& id, const types::CommitOptions& options,
                                    std::stop_token stop) override {
        TRY(m_state.enter("archives.commit", id + " " + options.name, stop));
        return types::MadeImage{"sha256:" + std::string(64, 'e'), {}};
    }

    Result<types::MadeImage> importFiles(const types::InputPlace& place, const types::ImportOptions& options,
                                         std::stop_token stop) override {
        std::string words = place.path + " " + options.name;
        for (const std::string& change : options.changes) {
            words += "|" + change;
        }
        TRY(m_state.enter("archives.import", words, stop));
        return types::MadeImage{"sha256:" + std::string(64, 'd'), {}};
    }

    Result<types::CopyReport> copy(const types::CopyPlace& from, const types::CopyPlace& to,
                                   const types::CopyOptions&, const std::function<void(std::uint64_t)>& moved,
                                   std::stop_token stop) override {
        TRY(m_state.enter("archives.copy",
                          from.container + ":" + from.path + " " + to.container + ":" + to.path, stop));
        moved(1);
        return types::CopyReport{.entries = 1};
    }

    Result<std::vector<types::ImageFile>> listFolder(const std::string& id, const std::string& path,
                                                     std::stop_token stop) override {
        TRY(m_state.enter("archives.listFolder", id + " " + path, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(const FakeFiles* files, filesOf(id));
        const auto found = files->folders.find(path);
        if (found == files->folders.end()) {
            return Error(ErrorKind::NotFound, "there is no '" + path + "'");
        }
        return found->second;
    }

    /// By names alone.
    Result<types::FoundFiles> findFiles(const std::string& id, const std::string& words,
                                        std::stop_token stop) override {
        TRY(m_state.enter("archives.findFiles", id + " " + words, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(const FakeFiles* files, filesOf(id));
        types::FoundFiles found;
        for (const auto& [folder, entries] : files->folders) {
            for (types::ImageFile file : entries) {
                if (file.path.find(words) != std::string::npos) {
                    file.path = (folder == "/" ? "" : folder.substr(1) + "/") + file.path;
                    found.files.push_back(std::move(file));
                }
            }
        }
        found.more = found.files.size() > m_state.mostFound;
        found.files.resize(std::min(found.files.size(), m_state.mostFound));
        return found;
    }

    Result<std::string> readFileStart(const std::string& id, const std::string& path,
                                      types::FileVersion version, std::stop_token stop) override {
        const bool now = version == types::FileVersion::Now;
        TRY(m_state.enter(now ? "archives.readFile" : "archives.readImageFile", id + " " + path, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(const FakeFiles* files, filesOf(id));
        const auto& contents = now ? files->contents : files->originals;
        const auto found = contents.find(path);
        if (found == contents.end()) {
            return Error(ErrorKind::NotFound, "there is no '" + path + "'");
        }
        return found->second;
    }

    Result<> restorePaths(const std::string& id, const std::vector<std::string>& paths,
                          std::stop_token stop) override {
        std::string all;
        for (const std::string& path : paths) {
            all += " " + path;
        }
        TRY(m_state.enter("archives.restorePaths", id + all, stop));
        const std::lock_guard lock(m_state.mutex);
        TRY_ASSIGN(const FakeFiles* files, filesOf(id));
        (void)files;
        auto& changes = m_state.changes[m_state.find(id)->name];
        std::erase_if(changes, [&](const types::Change& change) {
            return std::find(paths.begin(), paths.end(), change.path) != paths.end();
        });
        return {};
    }

    Result<std::vector<types::LayerFiles>> imageFiles(const std::string& reference,
                                                      std::stop_token stop) override {
        TRY(m_state.enter("archives.imageFiles", reference, stop));
        const std::lock_guard lock(m_state.mutex);
        const types::ImageDetails* image = m_state.findImage(reference);
        if (image == nullptr) {
            return Error(ErrorKind::NotFound, "no image '" + reference + "'");
        }
        const auto found = m_state.imageFiles.find(image->summary.id);
        return found == m_state.imageFiles.end() ? std::vector<types::LayerFiles>() : found->second;
    }

private:
    /// Caller holds the lock.
    Result<const FakeFiles*> filesOf(const std::string& id) {
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        return &m_state.files[row->name];
    }

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
