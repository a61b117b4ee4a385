// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_state.h"

#include <algorithm>

namespace coracle::gui {

namespace {

using std::chrono::system_clock;
using types::ContainerStatus;

Error unknown(const std::string& id) {
    return Error(ErrorKind::NotFound, "no container '" + id + "'").withHint("list them with 'coracle ps -a'");
}

/// The command line of a sample container, from its ports and mounts.
std::vector<std::string> commandOf(const types::ContainerSummary& row) {
    std::vector<std::string> words = {"coracle", "run", "-d", "--name", row.name};
    for (const auto& port : row.ports) {
        words.insert(words.end(), {"-p", net::toText(port)});
    }
    for (const auto& mount : row.mounts) {
        words.insert(words.end(), {"-v", mount.source + ":" + mount.target + (mount.readOnly ? ":ro" : "")});
    }
    if (row.name == "api") {
        words.insert(words.end(), {"--memory", "512m"});
    }
    words.push_back(row.image);
    return words;
}

/// Five checks; the second failed, and in an unhealthy container all but the first.
void addHealth(types::ContainerDetails& details, std::chrono::seconds interval) {
    const bool good = details.summary.health == "healthy";
    details.healthPlan.test = {"CMD-SHELL", "curl -f localhost:9000/healthz"};
    details.healthPlan.interval = interval;
    for (int i = 0; i < 5; ++i) {
        const bool passed = good ? i != 1 : i == 0;
        types::HealthProbe probe;
        probe.startedAt =
            system_clock::now() - interval * (4 - i) - std::min(interval, std::chrono::seconds(8));
        probe.finishedAt = probe.startedAt + std::chrono::milliseconds(40);
        probe.exitCode = passed ? 0 : 7;
        probe.output = passed ? "ok" : "curl: (7) Failed to connect to localhost port 9000";
        details.healthProbes.push_back(probe);
    }
}

class FakeContainers : public engine::Containers {
public:
    explicit FakeContainers(FakeState& state) : m_state(state) {}

    Result<types::ContainerSize> measure(const std::string& id, std::stop_token stop) override {
        TRY(m_state.enter("containers.measure", id, stop));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        return types::ContainerSize{m_state.written[row->name], 0};
    }

    Result<engine::CreatedContainer> create(const types::RunSpec& spec, const types::PullProgress&,
                                            std::stop_token stop) override {
        TRY(m_state.enter("containers.create", spec.image, stop));
        const std::lock_guard lock(m_state.mutex);
        if (!spec.name.empty() && m_state.find(spec.name) != nullptr) {
            return Error(ErrorKind::AlreadyExists, "the name '" + spec.name + "' is taken");
        }
        types::ContainerSummary row;
        const std::string digits = std::to_string(m_state.nextId++);
        row.id = std::string(64 - digits.size(), 'e') + digits;
        row.name = spec.name.empty() ? "quiet_otter" + digits : spec.name;
        row.image = spec.image;
        row.command = spec.command;
        row.createdAt = system_clock::now();
        row.ports = spec.ports;
        row.mounts = spec.mounts;
        row.network = spec.network;
        m_state.containers.push_back(row);
        m_state.createdSpecs.push_back(spec);
        m_state.emitEvent("container", "create", row.id, {{"name", row.name}});
        return engine::CreatedContainer{.id = row.id, .name = row.name, .warnings = {}};
    }

    Result<std::unique_ptr<engine::Session>> start(const std::string& id,
                                                   const std::optional<engine::AttachOptions>&) override {
        TRY(m_state.enter("containers.start", id));
        const std::lock_guard lock(m_state.mutex);
        types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return unknown(id);
        }
        row->status = ContainerStatus::Running;
        row->startedAt = system_clock::now();
        row->finishedAt.reset();
        row->exitCode.reset();
        row->error.clear();
        row->oomKilled = false;
        row->pid = 41000;
        m_state.emitEvent("container", "start", row->id, {{"name", row->name}});
        return std::unique_ptr<engine::Session>();
    }

    Result<std::unique_ptr<engine::Session>> attach(const std::string&,
                                                    const engine::AttachOptions&) override {
        return Error(ErrorKind::Unsupported, "the sample data has no terminals");
    }
    Result<std::unique_ptr<engine::Session>> exec(const std::string& id,
                                                  const engine::ExecSpec& spec) override {
        std::string words;
        for (const std::string& word : spec.command) {
            words += " " + word;
        }
        TRY(m_state.enter("containers.exec", id + words));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return unknown(id);
        }
        if (row->pid == 0) {
            return Error(ErrorKind::Conflict, "container '" + row->name + "' is not running");
        }
        m_state.execSpecs.push_back(spec);
        return openFakeTerminal(m_state.program, m_state.terminalLog);
    }

    Result<> stop(const std::string& id, const engine::StopOptions&, std::stop_token stop) override {
        TRY(m_state.enter("containers.stop", id, stop));
        TRY(end(id, 0));
        const std::lock_guard lock(m_state.mutex);
        if (const types::ContainerSummary* row = m_state.find(id)) {
            m_state.emitEvent("container", "stop", row->id, {{"name", row->name}});  // after "die"
        }
        return {};
    }
    Result<> kill(const std::string& id, const std::string& signal) override {
        TRY(m_state.enter("containers.kill", id + " " + signal));
        return end(id, 137);
    }

    Result<> remove(const std::string& id, const engine::RemoveContainerOptions& options) override {
        TRY(m_state.enter("containers.remove", id));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return unknown(id);
        }
        if (row->status == ContainerStatus::Running && options.force == engine::Force::No) {
            return Error(ErrorKind::Conflict, "container '" + row->name + "' is running")
                .withHint("stop it first");
        }
        const std::string fullId = row->id;
        const std::string name = row->name;
        FakeRemoval removal;
        removal.removal.kind = types::ObjectKind::Container;
        removal.removal.name = name;
        removal.removal.id = fullId;
        removal.container = *row;
        removal.container->status = ContainerStatus::Exited;
        m_state.keep(std::move(removal), options.batch);
        std::erase_if(m_state.containers, [&](const auto& other) { return other.id == fullId; });
        m_state.emitEvent("container", "destroy", fullId, {{"name", name}});
        return {};
    }

    Result<int> wait(const std::string& id, std::stop_token stop) override {
        std::unique_lock lock(m_state.mutex);
        std::optional<int> code;
        (void)m_state.changed.wait(lock, stop, [&] {  // the outcome is in `code`
            const types::ContainerSummary* row = m_state.find(id);
            if (row == nullptr || row->status == ContainerStatus::Exited) {
                code = row == nullptr ? -1 : row->exitCode.value_or(-1);
            }
            return code.has_value();
        });
        if (!code) {
            return Error(ErrorKind::Cancelled, "cancelled");
        }
        return *code;
    }

    Result<std::vector<types::ContainerSummary>> list() override {
        TRY(m_state.enter("containers.list", {}));
        const std::lock_guard lock(m_state.mutex);
        return m_state.containers;
    }

    Result<types::ContainerDetails> inspect(const std::string& id) override {
        TRY(m_state.enter("containers.inspect", id));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return unknown(id);
        }
        types::ContainerDetails details;
        details.summary = *row;
        details.spec.image = row->image;
        details.spec.name = row->name;
        details.spec.ports = row->ports;
        details.spec.mounts = row->mounts;
        if (row->name == "api") {
            details.spec.resources.memoryBytes = 512'000'000;
            details.spec.resources.nanoCpus = 1'000'000'000;
            details.spec.resources.pidsLimit = 512;
        }
        details.env = {"PATH=/usr/local/bin:/usr/bin:/bin", "NODE_ENV=production"};
        details.workingDirectory = "/app";
        details.user = "root";
        details.hostname = row->id.substr(0, 12);
        details.overlayDriver = "overlay";
        details.uidMap = {{.containerId = 0, .hostId = 1000, .count = 1},
                          {.containerId = 1, .hostId = 100000, .count = 65535}};
        details.capabilities = {"CAP_CHOWN", "CAP_NET_BIND_SERVICE", "CAP_SETGID", "CAP_SETUID"};
        if (row->name == "api") {
            details.exposedPorts = {9000, 9229};
        }
        if (!row->health.empty()) {
            addHealth(details, m_state.checkInterval);
        }
        details.runCommand = commandOf(*row);
        details.inspectJson = sampleContainerDocument(*row);
        return details;
    }

    Result<> logs(const std::string& id, const types::LogOptions& options,
                  const std::function<bool(const types::LogLine&)>& sink, std::stop_token stop) override {
        TRY(m_state.enter("containers.logs", id, stop));
        std::string fullId;
        std::size_t next = 0;
        {
            const std::lock_guard lock(m_state.mutex);
            const types::ContainerSummary* row = m_state.find(id);
            if (row == nullptr) {
                return unknown(id);
            }
            fullId = row->id;
            const std::size_t size = m_state.logs[fullId].size();
            next = options.tail && *options.tail < size ? size - *options.tail : 0;
        }
        while (!stop.stop_requested()) {
            std::vector<types::LogLine> fresh;
            {
                std::unique_lock lock(m_state.mutex);
                const auto& log = m_state.logs[fullId];
                const auto ended = [&] {
                    const types::ContainerSummary* row = m_state.find(fullId);
                    return row == nullptr || row->status == ContainerStatus::Exited ||
                           row->status == ContainerStatus::Created;
                };
                if (next == log.size()) {
                    if (!options.follow || ended()) {
                        return {};
                    }
                    (void)m_state.changed.wait(lock, stop,  // looked at again above
                                               [&] { return next < log.size() || ended(); });
                    continue;
                }
                const std::size_t upTo = std::min(log.size(), next + 4096);
                fresh.assign(log.begin() + std::ptrdiff_t(next), log.begin() + std::ptrdiff_t(upTo));
                next = upTo;
            }
            for (const types::LogLine& line : fresh) {
                if (!sink(line)) {
                    return {};
                }
            }
        }
        return Error(ErrorKind::Cancelled, "cancelled");
    }

    Result<> rename(const std::string& id, const std::string& newName) override {
        TRY(m_state.enter("containers.rename", id + " " + newName));
        const std::lock_guard lock(m_state.mutex);
        types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return unknown(id);
        }
        if (m_state.find(newName) != nullptr) {
            return Error(ErrorKind::AlreadyExists, "the name '" + newName + "' is taken");
        }
        row->name = newName;
        m_state.emitEvent("container", "rename", row->id, {{"name", newName}});
        return {};
    }

private:
    Result<> end(const std::string& id, int exitCode) {
        const std::lock_guard lock(m_state.mutex);
        types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return unknown(id);
        }
        row->status = ContainerStatus::Exited;
        row->exitCode = exitCode;
        row->finishedAt = system_clock::now();
        row->pid = 0;
        m_state.emitEvent("container", "die", row->id, {{"name", row->name}});
        return {};
    }

    FakeState& m_state;
};

}  // namespace

std::unique_ptr<engine::Containers> makeFakeContainers(FakeState& state) {
    return std::make_unique<FakeContainers>(state);
}

}  // namespace coracle::gui
