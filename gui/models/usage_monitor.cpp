// SPDX-License-Identifier: Apache-2.0
#include "gui/models/usage_monitor.h"

#include "gui/models/engine_state.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace coracle::gui {

namespace {

const std::vector<double>& none() {
    static const std::vector<double> empty;
    return empty;
}

bool runs(const types::ContainerSummary& row) {
    return row.pid > 0;
}

void push(std::vector<double>& history, double value) {
    if (history.size() == UsageMonitor::kHistory) {
        history.erase(history.begin());
    }
    history.push_back(value);
}

/// Counts only grow within one run; a smaller one is that of a new run.
bool sameRun(const types::ContainerStats& before, const types::ContainerStats& now) {
    return before.readAtNs > 0 && now.readAtNs > before.readAtNs && now.cpuUsageNs >= before.cpuUsageNs &&
           now.networkReceived >= before.networkReceived && now.networkSent >= before.networkSent &&
           now.blockRead >= before.blockRead && now.blockWritten >= before.blockWritten;
}

}  // namespace

UsageMonitor::UsageMonitor(EngineService& service, const EngineState& state, QObject* parent)
    : QObject(parent), m_service(service), m_state(state) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &UsageMonitor::ask);
    connect(&m_state, &EngineState::containersChanged, this, &UsageMonitor::onList);
}

void UsageMonitor::setPace(Pace pace) {
    const Pace before = std::exchange(m_pace, pace);
    if (before == pace) {
        return;
    }
    m_timer.stop();
    if (pace == Pace::Stopped || m_asking) {
        return;
    }
    before == Pace::Stopped ? ask() : schedule();
}

void UsageMonitor::setInterval(Pace pace, std::chrono::milliseconds interval) {
    (pace == Pace::Fast ? m_fast : m_slow) = interval;
    if (m_timer.isActive()) {
        schedule();
    }
}

std::vector<types::ContainerSummary> UsageMonitor::running() const {
    std::vector<types::ContainerSummary> rows;
    std::copy_if(m_state.containers().rows.begin(), m_state.containers().rows.end(), std::back_inserter(rows),
                 runs);
    return rows;
}

void UsageMonitor::onList() {
    const auto& list = m_state.containers();
    std::set<std::string> ids;
    for (const types::ContainerSummary& row : list.rows) {
        if (runs(row)) {
            ids.insert(row.id);
        }
    }
    const std::size_t before = m_series.size();
    std::erase_if(m_series, [&ids](const auto& entry) { return !ids.contains(entry.first); });
    const bool idle = ids.empty() && list.loaded && !list.error && !m_known;
    m_known = m_known || idle;  // nothing runs: nothing is taken
    if (m_series.size() != before || idle) {
        emit sampled();
    }
    const bool fresh =
        std::any_of(ids.begin(), ids.end(), [this](const std::string& id) { return !m_series.contains(id); });
    if (fresh && m_pace != Pace::Stopped && !m_asking) {
        ask();
    }
}

void UsageMonitor::schedule() {
    if (m_pace != Pace::Stopped && !m_asking &&
        std::any_of(m_state.containers().rows.begin(), m_state.containers().rows.end(), runs)) {
        m_timer.start(m_pace == Pace::Fast ? m_fast : m_slow);
    }
}

void UsageMonitor::ask() {
    std::vector<types::ContainerSummary> rows = running();
    m_timer.stop();
    if (rows.empty() || m_asking || m_pace == Pace::Stopped) {
        return;
    }
    m_asking = true;
    m_service.readStats(this, std::move(rows),
                        [this](const Result<std::vector<types::ContainerStats>>& result) {
                            m_asking = false;
                            if (result) {
                                take(*result);
                            }
                            schedule();
                        });
}

void UsageMonitor::take(const std::vector<types::ContainerStats>& all) {
    for (const types::ContainerStats& now : all) {
        const types::ContainerSummary* row = m_state.container(now.id);
        if (row != nullptr && row->pid > 0 && now.readAtNs > 0) {
            Series& series = m_series[now.id];
            advance(series, now);
            const auto& host = m_state.host();
            const bool limited = now.memoryLimit > 0 && host && now.memoryLimit < host->memoryBytes;
            series.usage.memoryLimit = limited ? now.memoryLimit : 0;
        }
    }
    m_known = true;
    emit sampled();
}

void UsageMonitor::advance(Series& series, const types::ContainerStats& now) {
    Usage usage;
    usage.memoryBytes = now.memoryUsage;
    usage.processes = now.processes;
    usage.processLimit = now.processLimit;
    usage.cpus = std::max(1, now.cpus);
    usage.fromGroup = now.fromGroup;
    push(series.memory, double(now.memoryUsage));
    if (sameRun(series.last, now)) {
        const double ns = double(now.readAtNs - series.last.readAtNs);
        const double seconds = ns / 1e9;
        usage.cpuPercent = double(now.cpuUsageNs - series.last.cpuUsageNs) / ns * 100.0;
        usage.receivedPerSecond = double(now.networkReceived - series.last.networkReceived) / seconds;
        usage.sentPerSecond = double(now.networkSent - series.last.networkSent) / seconds;
        usage.readPerSecond = double(now.blockRead - series.last.blockRead) / seconds;
        usage.writtenPerSecond = double(now.blockWritten - series.last.blockWritten) / seconds;
        push(series.cpu, *usage.cpuPercent);
        push(series.network, *usage.receivedPerSecond + *usage.sentPerSecond);
    }
    series.history.add({.time = m_clock(),
                        .memoryBytes = double(now.memoryUsage),
                        .cpuPercent = usage.cpuPercent,
                        .receivedPerSecond = usage.receivedPerSecond,
                        .sentPerSecond = usage.sentPerSecond,
                        .readPerSecond = usage.readPerSecond,
                        .writtenPerSecond = usage.writtenPerSecond});
    series.usage = usage;
    series.last = now;
}

const Usage* UsageMonitor::usage(const std::string& id) const {
    const auto found = m_series.find(id);
    return found == m_series.end() ? nullptr : &found->second.usage;
}

const std::vector<double>& UsageMonitor::cpuHistory(const std::string& id) const {
    const auto found = m_series.find(id);
    return found == m_series.end() ? none() : found->second.cpu;
}

const std::vector<double>& UsageMonitor::memoryHistory(const std::string& id) const {
    const auto found = m_series.find(id);
    return found == m_series.end() ? none() : found->second.memory;
}

const std::vector<double>& UsageMonitor::networkHistory(const std::string& id) const {
    const auto found = m_series.find(id);
    return found == m_series.end() ? none() : found->second.network;
}

const UsageHistory& UsageMonitor::history(const std::string& id) const {
    static const UsageHistory empty;
    const auto found = m_series.find(id);
    return found == m_series.end() ? empty : found->second.history;
}

TotalUsage UsageMonitor::total() const {
    TotalUsage sum{.known = m_known};
    for (const auto& [id, series] : m_series) {
        sum.cpus = series.usage.cpus;
        sum.cpuPercent += series.usage.cpuPercent.value_or(0);
        sum.memoryBytes += series.usage.memoryBytes;
    }
    return sum;
}

}  // namespace coracle::gui
