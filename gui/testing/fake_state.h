// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/sharing.h"
#include "core/engine/trash.h"
#include "core/engine/upkeep.h"
#include "core/engine/volume_contents.h"
#include "gui/testing/fake_engine.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

namespace coracle::gui {

/// Something that was removed, as it was.
struct FakeRemoval {
    types::Removal removal;
    std::optional<types::ContainerSummary> container;
    std::optional<types::ImageDetails> image;
    std::optional<types::VolumeSummary> volume;
};

/// What the interfaces of FakeEngine share. `mutex` guards all of it.
struct FakeState {
    mutable std::mutex mutex;
    std::condition_variable_any changed;  ///< events, log lines, states, wakeAll()
    bool awake = false;

    std::chrono::milliseconds delay{0};
    std::map<std::string, std::chrono::milliseconds> delays;
    std::map<std::string, Error> failures;
    std::map<std::string, int> callCounts;
    std::vector<std::string> callLog;

    std::vector<types::ContainerSummary> containers;
    std::vector<types::RunSpec> createdSpecs;
    types::ContainerEdit edit;  ///< what calls changed last, of any container
    std::vector<engine::ExecSpec> execSpecs;
    FakeProgram program;
    std::shared_ptr<FakeTerminalLog> terminalLog = std::make_shared<FakeTerminalLog>();  // with programs
    std::vector<types::ImageDetails> images;
    std::vector<types::VolumeSummary> volumes;
    std::vector<types::HealthCheck> health;
    std::chrono::seconds checkInterval{30};
    types::HostInfo host;
    std::map<std::uint16_t, engine::PortCheck> ports;
    std::map<std::string, std::vector<types::LogLine>> logs;
    std::map<std::string, types::Confinement> confinements;                     ///< by name
    std::map<std::pair<std::string, std::string>, types::AccessReport> access;  ///< by name and path
    std::map<std::string, FakeUsage> usage;
    std::map<std::string, std::vector<types::ProcessInfo>> processes;  ///< by id of the container
    std::map<std::string, types::ContainerStats> stats;                ///< counted up to now
    std::vector<types::Event> events;  ///< all since the beginning; watchers remember their position
    std::vector<types::PullEvent> pullScript;
    std::chrono::milliseconds pullPause{0};
    std::vector<types::PushEvent> pushScript;
    std::chrono::milliseconds pushPause{0};
    std::vector<types::LoadedImage> archive;
    std::map<std::string, std::vector<types::Change>> changes;  ///< by name
    std::map<std::string, FakeFiles> files;                     ///< by name of the container
    std::map<std::string, std::uint64_t> written;               ///< bytes, by name of the container
    std::map<std::string, FakeFiles> volumeFiles;               ///< by name of the volume
    std::size_t mostFound = 1000;
    std::map<std::string, std::vector<types::LayerFiles>> imageFiles;  ///< by id
    int nextId = 1;
    std::vector<FakeRemoval> removals;  ///< oldest first
    std::int64_t nextRemoval = 1;
    types::StoreSettings storeSettings;
    std::vector<types::RegistrySettings> registries;
    std::vector<types::RegistryLogin> logins;
    types::LoginPlaces loginPlaces{.usual = "/home/me/.config/coracle/auth.json",
                                   .file = "/home/me/.config/coracle/auth.json",
                                   .whyNoKeyring = "the desktop's keyring: there is no session bus"};
    std::set<std::pair<types::ObjectKind, std::string>> protectedObjects;

    /// Caller holds the lock. Note a removal; an empty batch is one of its own.
    void keep(FakeRemoval removal, const std::string& batch);

    /// Note the call, sleep, and fail when told so. To be called without the lock.
    Result<> enter(const std::string& method, const std::string& object, const std::stop_token& stop = {});
    /// Caller holds the lock. Full id, unique prefix or name; null when there is none.
    types::ContainerSummary* find(const std::string& id);
    types::ImageDetails* findImage(const std::string& reference);
    types::VolumeSummary* findVolume(const std::string& name);
    /// Caller holds the lock.
    void emitEvent(const std::string& type, const std::string& action, const std::string& id,
                   std::map<std::string, std::string> attributes = {});
};

std::unique_ptr<engine::Containers> makeFakeContainers(FakeState& state);
std::unique_ptr<engine::Images> makeFakeImages(FakeState& state);
std::unique_ptr<engine::Volumes> makeFakeVolumes(FakeState& state);
std::unique_ptr<engine::VolumeContents> makeFakeVolumeContents(FakeState& state);
std::unique_ptr<engine::Resources> makeFakeResources(FakeState& state);
std::unique_ptr<engine::Sharing> makeFakeSharing(FakeState& state);
std::unique_ptr<engine::Trash> makeFakeTrash(FakeState& state);
std::unique_ptr<engine::Upkeep> makeFakeUpkeep(FakeState& state);
std::unique_ptr<engine::System> makeFakeSystem(FakeState& state);
std::unique_ptr<engine::Inspection> makeFakeInspection(FakeState& state);
std::unique_ptr<engine::Registries> makeFakeRegistries(FakeState& state);
std::unique_ptr<engine::Archives> makeFakeArchives(FakeState& state);

/// The documents of a sample container and image, as the engine would print them. Pure.
std::string sampleContainerDocument(const types::ContainerSummary& row);
std::string sampleRuntimeConfig(const types::ContainerSummary& row);
std::string sampleImageDocument(const types::ImageDetails& image);
/// Give the sample container api and its image files. Its changes are those of a person who tried something.
void addSampleFiles(FakeEngine& fake);
types::Confinement sampleConfinement(const types::ContainerSummary& row);
/// The way to something in a mount: a volume is open, in a folder the second step is closed.
types::AccessReport sampleAccess(const types::MountSpec& mount, const std::string& path);

}  // namespace coracle::gui
