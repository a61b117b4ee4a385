// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "core/engine/inspection.h"
#include "core/engine/registries.h"
#include "core/types/container_edit.h"
#include "gui/testing/fake_terminal.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// An engine that lives in memory and does what it is told: fixed data, failures and slowness on demand. The
/// tests of the desktop app, `--self-test` and `--screenshots` run on it; it touches no file and no process.
/// Every method may be called from any thread.
namespace coracle::gui {

struct FakeState;

/// What a container takes, for stats() and statsOf(). Each call of one goes on by one second, without waiting
/// for it, and by one value of `cpuPercent`, from the beginning again after the last.
struct FakeUsage {
    std::vector<double> cpuPercent;  ///< 100: one processor
    std::vector<double> memoryMegabytes;
    std::uint64_t memoryLimit = 0;  ///< 0: that of the computer
    std::uint64_t receivedPerSecond = 0;
    std::uint64_t sentPerSecond = 0;
    std::uint64_t readPerSecond = 0;
    std::uint64_t writtenPerSecond = 0;
    /// Factors of the four rates above, one a call as `cpuPercent`; empty: always as they are.
    std::vector<double> rates;
    bool withoutGroup = false;  ///< counted over its processes
    std::uint64_t processes = 1;
    std::uint64_t processLimit = 0;
    std::size_t next = 0;
};

/// The files of a container or a volume: folders by path, contents of files, and what the image has of them.
struct FakeFiles {
    std::map<std::string, std::vector<types::ImageFile>> folders;
    std::map<std::string, std::string> contents;
    std::map<std::string, std::string> originals;
};

class FakeEngine : public engine::Engine {
public:
    /// Nothing in it.
    FakeEngine();
    ~FakeEngine() override;
    /// Ten containers, fourteen images, six volumes, a computer with two remarks.
    static std::shared_ptr<FakeEngine> withSampleData();
    /// The same computer on the first day: no container, image or volume.
    static std::shared_ptr<FakeEngine> withoutObjects();

    engine::Containers& containers() override;
    engine::Images& images() override;
    engine::Volumes& volumes() override;
    engine::System& system() override;
    engine::Resources& resources() override;
    engine::Sharing& sharing() override;
    engine::Trash& trash() override;
    engine::Upkeep& upkeep() override;
    engine::Inspection& inspection() override;
    engine::Registries& registries() override;
    engine::Archives& archives() override;
    engine::VolumeContents& volumeContents() override;

    /// Each call sleeps that long first; a stop request or wakeAll() ends it early.
    void setDelay(std::chrono::milliseconds delay);
    /// The same for one method: "containers.list".
    void setDelay(const std::string& method, std::chrono::milliseconds delay);
    /// End all present and future sleeps.
    void wakeAll();
    /// Let calls of the method fail until the error is taken back with nullopt. "containers.stop",
    /// "images.pull", "volumes.remove", "system.doctor", ...
    void setFailure(const std::string& method, std::optional<Error> error);
    /// How often a method was called.
    int calls(const std::string& method) const;
    /// How often this was asked for, word for word, method and object: "containers.stop api".
    int callsOf(const std::string& call) const;
    /// All calls in order, as callsOf() takes them. The app reads its lists in the background: none of those
    /// in between, not even the last, is a certain one.
    std::vector<std::string> callLog() const;

    void addContainer(const types::ContainerSummary& container);
    void addImage(const types::ImageDetails& image);
    void addVolume(const types::VolumeSummary& volume);
    void setHealth(std::vector<types::HealthCheck> checks);
    /// Between the checks of containers that have one; half a minute when it was not set.
    void setCheckInterval(std::chrono::seconds interval);
    void setHost(const types::HostInfo& host);
    void setPortCheck(std::uint16_t hostPort, const engine::PortCheck& check);
    /// What stats() says of a container; none was set: zeros.
    void setUsage(const std::string& idOrName, const FakeUsage& usage);
    /// What runs in a container; each look at them goes on by one second.
    void setProcesses(const std::string& idOrName, std::vector<types::ProcessInfo> processes);
    /// What confinement() says of a container; without it that of the defaults.
    void setConfinement(const std::string& name, const types::Confinement& confinement);
    /// What explainAccess() says of a path of a container; without it, of each folder that is mounted, that
    /// something in it is in the way.
    void setAccess(const std::string& name, const std::string& path, const types::AccessReport& report);
    void appendLog(const std::string& id, types::LogLine line);
    void appendLog(const std::string& id, std::vector<types::LogLine> lines);
    /// Lines before those that are there; nobody reads the log yet.
    void prependLog(const std::string& id, const std::vector<types::LogLine>& lines);
    /// Change a container as another program would, and tell the watchers.
    void changeContainer(const std::string& id, types::ContainerStatus status,
                         std::optional<int> exitCode = std::nullopt);
    void eraseContainer(const std::string& id);
    /// Tell the watchers without changing anything.
    void send(const types::Event& event);
    /// What pull() delivers, with a pause between events.
    void setPullScript(std::vector<types::PullEvent> events, std::chrono::milliseconds pause);
    /// The same for push().
    void setPushScript(std::vector<types::PushEvent> events, std::chrono::milliseconds pause);
    /// What is set for registries, and the logins that are kept.
    void setRegistries(std::vector<types::RegistrySettings> settings,
                       std::vector<types::RegistryLogin> logins);
    /// Where logins can be kept; at first there is no keyring.
    void setLoginPlaces(types::LoginPlaces places);
    /// What load() finds in any file.
    void setArchive(std::vector<types::LoadedImage> images);
    /// What a container did to its image, by name.
    void setChanges(const std::string& name, std::vector<types::Change> changes);
    /// What a container has, by name.
    void setFiles(const std::string& name, FakeFiles files);
    /// What a volume has, by name; nothing is said: an empty folder.
    void setVolumeFiles(const std::string& name, FakeFiles files);
    /// What a container wrote, in bytes, by name; nothing is said: nothing.
    void setWritten(const std::string& name, std::uint64_t bytes);
    /// What an image's layers say.
    void setImageFiles(const std::string& reference, std::vector<types::LayerFiles> layers);
    std::optional<types::ContainerSummary> container(const std::string& idOrName) const;
    std::vector<types::RunSpec> createdSpecs() const;
    /// What calls changed last, of any container.
    types::ContainerEdit lastEdit() const;
    /// What each terminal that is opened from now on runs.
    void setProgram(const FakeProgram& program);
    std::vector<engine::ExecSpec> execSpecs() const;
    FakeTerminalLog& terminalLog();

private:
    std::unique_ptr<FakeState> m_state;
    std::unique_ptr<engine::Containers> m_containers;
    std::unique_ptr<engine::Images> m_images;
    std::unique_ptr<engine::Volumes> m_volumes;
    std::unique_ptr<engine::System> m_system;
    std::unique_ptr<engine::Resources> m_resources;
    std::unique_ptr<engine::Sharing> m_sharing;
    std::unique_ptr<engine::Trash> m_trash;
    std::unique_ptr<engine::Upkeep> m_upkeep;
    std::unique_ptr<engine::Inspection> m_inspection;
    std::unique_ptr<engine::Registries> m_registries;
    std::unique_ptr<engine::Archives> m_archives;
    std::unique_ptr<engine::VolumeContents> m_volumeContents;
};

}  // namespace coracle::gui
