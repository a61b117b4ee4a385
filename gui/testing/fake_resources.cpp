// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_state.h"

namespace coracle::gui {

namespace {

using types::ContainerStatus;

constexpr std::uint64_t kSecondNs = 1'000'000'000;

double valueAt(const std::vector<double>& values, std::size_t at) {
    return values.empty() ? 0 : values[at % values.size()];
}

class FakeResources : public engine::Resources {
public:
    explicit FakeResources(FakeState& state) : m_state(state) {}

    Result<types::ContainerStats> stats(const std::string& id) override {
        TRY(m_state.enter("resources.stats", id));
        return count(id);
    }
    Result<types::ContainerStats> statsOf(const types::ContainerSummary& summary) override {
        TRY(m_state.enter("resources.statsOf", summary.id));
        return count(summary.id);
    }

    Result<std::vector<types::ProcessInfo>> processes(const std::string& id) override {
        TRY(m_state.enter("resources.processes", id));
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        if (row->pid == 0) {
            return Error(ErrorKind::Conflict, "container '" + row->name + "' is not running");
        }
        auto& list = m_state.processes[row->id];
        for (types::ProcessInfo& process : list) {
            process.elapsed += std::chrono::seconds(1);
            process.processorTime += std::chrono::milliseconds(process.state == 'R' ? 210 : 0);
        }
        return list;
    }

    Result<std::vector<std::string>> update(const std::string& id,
                                            const types::ResourceSpec& change) override {
        TRY(m_state.enter("resources.update", id));
        const std::lock_guard lock(m_state.mutex);
        m_state.edit.limits = change;
        return std::vector<std::string>{};
    }
    Result<> setRestart(const std::string& id, const types::RestartSpec& restart) override {
        TRY(m_state.enter("resources.setRestart", id));
        const std::lock_guard lock(m_state.mutex);
        m_state.edit.restart = restart;
        return {};
    }

    Result<> pause(const std::string& id) override {
        return setStatus("pause", id, ContainerStatus::Running, ContainerStatus::Paused);
    }
    Result<> unpause(const std::string& id) override {
        return setStatus("unpause", id, ContainerStatus::Paused, ContainerStatus::Running);
    }

private:
    Result<types::ContainerStats> count(const std::string& id) {
        const std::lock_guard lock(m_state.mutex);
        const types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        types::ContainerStats& stats = m_state.stats[row->id];
        stats.id = row->id;
        stats.name = row->name;
        if (row->pid == 0) {
            stats = {.id = row->id, .name = row->name};
            return stats;
        }
        FakeUsage& usage = m_state.usage[row->id];
        const bool paused = row->status == ContainerStatus::Paused;
        stats.readAtNs += kSecondNs;
        stats.cpuUsageNs +=
            paused ? 0 : std::uint64_t(valueAt(usage.cpuPercent, usage.next) / 100 * kSecondNs);
        stats.cpus = m_state.host.cpus > 0 ? m_state.host.cpus : 1;
        stats.memoryUsage = std::uint64_t(valueAt(usage.memoryMegabytes, usage.next) * 1e6);
        stats.memoryLimit = usage.memoryLimit > 0 ? usage.memoryLimit : m_state.host.memoryBytes;
        // The four do not move together.
        const auto rate = [&usage](std::uint64_t perSecond, std::size_t shift) {
            return usage.rates.empty()
                       ? perSecond
                       : std::uint64_t(double(perSecond) * valueAt(usage.rates, usage.next + shift));
        };
        stats.networkReceived += rate(usage.receivedPerSecond, 0);
        stats.networkSent += rate(usage.sentPerSecond, 3);
        stats.blockRead += rate(usage.readPerSecond, 1);
        stats.blockWritten += rate(usage.writtenPerSecond, 2);
        stats.processes = usage.processes;
        stats.processLimit = usage.processLimit;
        stats.fromGroup = !usage.withoutGroup;
        ++usage.next;
        return stats;
    }

    Result<> setStatus(const std::string& verb, const std::string& id, ContainerStatus from,
                       ContainerStatus to) {
        TRY(m_state.enter("resources." + verb, id));
        const std::lock_guard lock(m_state.mutex);
        types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        if (row->status != from) {
            return Error(ErrorKind::Conflict, "container '" + row->name + "' cannot " + verb + " now");
        }
        row->status = to;
        m_state.emitEvent("container", verb, row->id, {{"name", row->name}});
        return {};
    }

    FakeState& m_state;
};

/// Ports and mounts change in the list; variables are noted.
class FakeSharing : public engine::Sharing {
public:
    explicit FakeSharing(FakeState& state) : m_state(state) {}

    Result<std::vector<std::string>> changeSharing(const std::string& id,
                                                   const types::SharingChange& change) override {
        TRY(m_state.enter("sharing.change", id));
        const std::lock_guard lock(m_state.mutex);
        types::ContainerSummary* row = m_state.find(id);
        if (row == nullptr) {
            return Error(ErrorKind::NotFound, "no container '" + id + "'");
        }
        m_state.edit.sharing = change;
        for (const auto& port : change.removePorts) {
            std::erase(row->ports, port);
        }
        row->ports.insert(row->ports.end(), change.addPorts.begin(), change.addPorts.end());
        m_state.emitEvent("container", "update", row->id, {{"name", row->name}});
        return std::vector<std::string>{};
    }
    Result<std::vector<std::string>> changeEnvironment(const std::string& id,
                                                       const types::EnvironmentChange& change) override {
        TRY(m_state.enter("sharing.environment", id));
        const std::lock_guard lock(m_state.mutex);
        m_state.edit.environment = change;
        return std::vector<std::string>{};
    }

private:
    FakeState& m_state;
};

}  // namespace

std::unique_ptr<engine::Resources> makeFakeResources(FakeState& state) {
    return std::make_unique<FakeResources>(state);
}

std::unique_ptr<engine::Sharing> makeFakeSharing(FakeState& state) {
    return std::make_unique<FakeSharing>(state);
}

}  // namespace coracle::gui
