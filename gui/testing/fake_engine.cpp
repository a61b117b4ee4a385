// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_engine.h"

#include "gui/testing/fake_state.h"

#include <algorithm>

namespace coracle::gui {

Result<> FakeState::enter(const std::string& method, const std::string& object, const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    ++callCounts[method];
    callLog.push_back(object.empty() ? method : method + " " + object);
    const auto own = delays.find(method);
    const auto pause = own == delays.end() ? delay : own->second;
    if (pause.count() > 0) {
        // Ends early by a stop request or wakeAll(); that is why the result does not matter.
        (void)changed.wait_for(lock, stop, pause, [this] { return awake; });
    }
    if (stop.stop_requested()) {
        return Error(ErrorKind::Cancelled, "cancelled");
    }
    if (const auto failure = failures.find(method); failure != failures.end()) {
        return failure->second;
    }
    return {};
}

types::ContainerSummary* FakeState::find(const std::string& id) {
    const auto exact = std::find_if(containers.begin(), containers.end(),
                                    [&](const auto& row) { return row.id == id || row.name == id; });
    if (exact != containers.end()) {
        return &*exact;
    }
    const auto prefix = std::find_if(containers.begin(), containers.end(), [&](const auto& row) {
        return id.size() >= 3 && row.id.compare(0, id.size(), id) == 0;
    });
    return prefix == containers.end() ? nullptr : &*prefix;
}

types::ImageDetails* FakeState::findImage(const std::string& reference) {
    const auto found = std::find_if(images.begin(), images.end(), [&](const types::ImageDetails& image) {
        const auto& names = image.summary.references;
        return image.summary.id == reference ||
               std::any_of(names.begin(), names.end(), [&](const auto& name) {
                   return name == reference || name == reference + ":latest" ||
                          name == "docker.io/library/" + reference || name == "docker.io/" + reference;
               });
    });
    return found == images.end() ? nullptr : &*found;
}

types::VolumeSummary* FakeState::findVolume(const std::string& name) {
    const auto found = std::find_if(volumes.begin(), volumes.end(),
                                    [&](const types::VolumeSummary& row) { return row.name == name; });
    return found == volumes.end() ? nullptr : &*found;
}

void FakeState::emitEvent(const std::string& type, const std::string& action, const std::string& id,
                          std::map<std::string, std::string> attributes) {
    events.push_back({.time = std::chrono::system_clock::now(),
                      .type = type,
                      .action = action,
                      .id = id,
                      .attributes = std::move(attributes)});
    changed.notify_all();
}

FakeEngine::FakeEngine()
    : m_state(std::make_unique<FakeState>())
    , m_containers(makeFakeContainers(*m_state))
    , m_images(makeFakeImages(*m_state))
    , m_volumes(makeFakeVolumes(*m_state))
    , m_system(makeFakeSystem(*m_state))
    , m_resources(makeFakeResources(*m_state))
    , m_sharing(makeFakeSharing(*m_state))
    , m_trash(makeFakeTrash(*m_state))
    , m_upkeep(makeFakeUpkeep(*m_state))
    , m_inspection(makeFakeInspection(*m_state))
    , m_registries(makeFakeRegistries(*m_state))
    , m_archives(makeFakeArchives(*m_state))
    , m_volumeContents(makeFakeVolumeContents(*m_state)) {}

FakeEngine::~FakeEngine() = default;

engine::Containers& FakeEngine::containers() {
    return *m_containers;
}
engine::Images& FakeEngine::images() {
    return *m_images;
}
engine::Volumes& FakeEngine::volumes() {
    return *m_volumes;
}
engine::System& FakeEngine::system() {
    return *m_system;
}

engine::Inspection& FakeEngine::inspection() {
    return *m_inspection;
}
engine::Registries& FakeEngine::registries() {
    return *m_registries;
}
engine::Archives& FakeEngine::archives() {
    return *m_archives;
}
engine::VolumeContents& FakeEngine::volumeContents() {
    return *m_volumeContents;
}
engine::Resources& FakeEngine::resources() {
    return *m_resources;
}
engine::Sharing& FakeEngine::sharing() {
    return *m_sharing;
}
types::ContainerEdit FakeEngine::lastEdit() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->edit;
}
engine::Trash& FakeEngine::trash() {
    return *m_trash;
}

engine::Upkeep& FakeEngine::upkeep() {
    return *m_upkeep;
}

void FakeEngine::setPushScript(std::vector<types::PushEvent> events, std::chrono::milliseconds pause) {
    const std::lock_guard lock(m_state->mutex);
    m_state->pushScript = std::move(events);
    m_state->pushPause = pause;
}

void FakeEngine::setRegistries(std::vector<types::RegistrySettings> settings,
                               std::vector<types::RegistryLogin> logins) {
    const std::lock_guard lock(m_state->mutex);
    m_state->registries = std::move(settings);
    m_state->logins = std::move(logins);
}

void FakeEngine::setLoginPlaces(types::LoginPlaces places) {
    const std::lock_guard lock(m_state->mutex);
    m_state->loginPlaces = std::move(places);
}

void FakeEngine::setArchive(std::vector<types::LoadedImage> images) {
    const std::lock_guard lock(m_state->mutex);
    m_state->archive = std::move(images);
}

void FakeEngine::setChanges(const std::string& name, std::vector<types::Change> changes) {
    const std::lock_guard lock(m_state->mutex);
    m_state->changes[name] = std::move(changes);
}

void FakeEngine::setFiles(const std::string& name, FakeFiles files) {
    const std::lock_guard lock(m_state->mutex);
    m_state->files[name] = std::move(files);
}

void FakeEngine::setWritten(const std::string& name, std::uint64_t bytes) {
    const std::lock_guard lock(m_state->mutex);
    m_state->written[name] = bytes;
}

void FakeEngine::setVolumeFiles(const std::string& name, FakeFiles files) {
    const std::lock_guard lock(m_state->mutex);
    m_state->volumeFiles[name] = std::move(files);
}

void FakeEngine::setImageFiles(const std::string& reference, std::vector<types::LayerFiles> layers) {
    const std::lock_guard lock(m_state->mutex);
    if (const types::ImageDetails* image = m_state->findImage(reference)) {
        m_state->imageFiles[image->summary.id] = std::move(layers);
    }
}

void FakeEngine::setProgram(const FakeProgram& program) {
    const std::lock_guard lock(m_state->mutex);
    m_state->program = program;
}

std::vector<engine::ExecSpec> FakeEngine::execSpecs() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->execSpecs;
}

FakeTerminalLog& FakeEngine::terminalLog() {
    return *m_state->terminalLog;
}

void FakeEngine::setConfinement(const std::string& name, const types::Confinement& confinement) {
    const std::lock_guard lock(m_state->mutex);
    m_state->confinements[name] = confinement;
}

void FakeEngine::setAccess(const std::string& name, const std::string& path,
                           const types::AccessReport& report) {
    const std::lock_guard lock(m_state->mutex);
    m_state->access[{name, path}] = report;
}

void FakeEngine::setUsage(const std::string& idOrName, const FakeUsage& usage) {
    const std::lock_guard lock(m_state->mutex);
    if (const types::ContainerSummary* row = m_state->find(idOrName)) {
        m_state->usage[row->id] = usage;
    }
}

void FakeEngine::setProcesses(const std::string& idOrName, std::vector<types::ProcessInfo> processes) {
    const std::lock_guard lock(m_state->mutex);
    if (const types::ContainerSummary* row = m_state->find(idOrName)) {
        m_state->processes[row->id] = std::move(processes);
    }
}

void FakeEngine::setDelay(std::chrono::milliseconds delay) {
    const std::lock_guard lock(m_state->mutex);
    m_state->delay = delay;
}

void FakeEngine::setDelay(const std::string& method, std::chrono::milliseconds delay) {
    const std::lock_guard lock(m_state->mutex);
    m_state->delays[method] = delay;
}

void FakeEngine::wakeAll() {
    const std::lock_guard lock(m_state->mutex);
    m_state->awake = true;
    m_state->changed.notify_all();
}

void FakeEngine::setFailure(const std::string& method, std::optional<Error> error) {
    const std::lock_guard lock(m_state->mutex);
    m_state->failures.erase(method);
    if (error) {
        m_state->failures.emplace(method, *std::move(error));
    }
}

int FakeEngine::calls(const std::string& method) const {
    const std::lock_guard lock(m_state->mutex);
    const auto found = m_state->callCounts.find(method);
    return found == m_state->callCounts.end() ? 0 : found->second;
}

int FakeEngine::callsOf(const std::string& call) const {
    const std::lock_guard lock(m_state->mutex);
    return int(std::count(m_state->callLog.begin(), m_state->callLog.end(), call));
}

std::vector<std::string> FakeEngine::callLog() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->callLog;
}

void FakeEngine::addContainer(const types::ContainerSummary& container) {
    const std::lock_guard lock(m_state->mutex);
    m_state->containers.push_back(container);
    m_state->emitEvent("container", "create", container.id, {{"name", container.name}});
}

void FakeEngine::addImage(const types::ImageDetails& image) {
    const std::lock_guard lock(m_state->mutex);
    m_state->images.push_back(image);
    m_state->emitEvent("image", "pull", image.summary.id);
}

void FakeEngine::addVolume(const types::VolumeSummary& volume) {
    const std::lock_guard lock(m_state->mutex);
    m_state->volumes.push_back(volume);
    m_state->emitEvent("volume", "create", volume.name);
}

void FakeEngine::setHealth(std::vector<types::HealthCheck> checks) {
    const std::lock_guard lock(m_state->mutex);
    m_state->health = std::move(checks);
}

void FakeEngine::setCheckInterval(std::chrono::seconds interval) {
    const std::lock_guard lock(m_state->mutex);
    m_state->checkInterval = interval;
}

void FakeEngine::setHost(const types::HostInfo& host) {
    const std::lock_guard lock(m_state->mutex);
    m_state->host = host;
}

void FakeEngine::setPortCheck(std::uint16_t hostPort, const engine::PortCheck& check) {
    const std::lock_guard lock(m_state->mutex);
    m_state->ports[hostPort] = check;
}

void FakeEngine::appendLog(const std::string& id, types::LogLine line) {
    appendLog(id, std::vector<types::LogLine>{std::move(line)});
}

void FakeEngine::prependLog(const std::string& id, const std::vector<types::LogLine>& lines) {
    const std::lock_guard lock(m_state->mutex);
    auto& log = m_state->logs[id];
    log.insert(log.begin(), lines.begin(), lines.end());
}

void FakeEngine::appendLog(const std::string& id, std::vector<types::LogLine> lines) {
    const std::lock_guard lock(m_state->mutex);
    auto& log = m_state->logs[id];
    log.insert(log.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    m_state->changed.notify_all();
}

void FakeEngine::changeContainer(const std::string& id, types::ContainerStatus status,
                                 std::optional<int> exitCode) {
    const std::lock_guard lock(m_state->mutex);
    types::ContainerSummary* row = m_state->find(id);
    if (row == nullptr) {
        return;
    }
    row->status = status;
    row->exitCode = exitCode;
    const bool ended = status == types::ContainerStatus::Exited;
    if (ended) {
        row->finishedAt = std::chrono::system_clock::now();
        row->pid = 0;
    }
    std::map<std::string, std::string> attributes{{"name", row->name}};
    if (exitCode) {
        attributes["exitCode"] = std::to_string(*exitCode);
    }
    m_state->emitEvent("container", ended ? "die" : "start", row->id, std::move(attributes));
}

void FakeEngine::eraseContainer(const std::string& id) {
    const std::lock_guard lock(m_state->mutex);
    if (const types::ContainerSummary* row = m_state->find(id)) {
        const std::string fullId = row->id;
        const std::string name = row->name;
        std::erase_if(m_state->containers, [&](const auto& other) { return other.id == fullId; });
        m_state->emitEvent("container", "destroy", fullId, {{"name", name}});
    }
}

void FakeEngine::send(const types::Event& event) {
    const std::lock_guard lock(m_state->mutex);
    m_state->events.push_back(event);
    m_state->changed.notify_all();
}

void FakeEngine::setPullScript(std::vector<types::PullEvent> events, std::chrono::milliseconds pause) {
    const std::lock_guard lock(m_state->mutex);
    m_state->pullScript = std::move(events);
    m_state->pullPause = pause;
}

std::optional<types::ContainerSummary> FakeEngine::container(const std::string& idOrName) const {
    const std::lock_guard lock(m_state->mutex);
    const types::ContainerSummary* row = m_state->find(idOrName);
    return row == nullptr ? std::nullopt : std::optional(*row);
}

std::vector<types::RunSpec> FakeEngine::createdSpecs() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->createdSpecs;
}

}  // namespace coracle::gui
