// SPDX-License-Identifier: Apache-2.0
// What a container takes and may take: the part of the overview that goes on by itself.
#include "gui/format.h"
#include "gui/models/engine_state.h"
#include "gui/models/usage_monitor.h"
#include "gui/views/overview_tab.h"
#include "gui/widgets/buttons.h"
#include "gui/widgets/usage_card.h"

#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace coracle::gui {

namespace {

/// Processors that it may use; none: all there are.
std::optional<double> cpuLimit(const types::ResourceSpec& asked) {
    constexpr double kNano = 1e9;
    constexpr std::int64_t kDefaultPeriodUs = 100'000;
    if (asked.nanoCpus && *asked.nanoCpus > 0) {
        return double(*asked.nanoCpus) / kNano;
    }
    if (asked.cpuQuotaUs && *asked.cpuQuotaUs > 0) {
        return double(*asked.cpuQuotaUs) / double(asked.cpuPeriodUs.value_or(kDefaultPeriodUs));
    }
    return std::nullopt;
}

double peakOf(const std::vector<double>& values, double least) {
    return values.empty() ? least : std::max(least, *std::max_element(values.begin(), values.end()) * 1.25);
}

QString cores(double count) {
    if (count == 1) {
        return OverviewTab::tr("1 core");
    }
    const bool whole = count == double(int(count));
    return OverviewTab::tr("%1 cores").arg(QLocale().toString(count, 'f', whole ? 0 : 2));
}

QString ofCores(double percent, double count) {
    //: "24.8% of 4 cores"
    return OverviewTab::tr("%1 of %2").arg(format::percent(percent), cores(count));
}

}  // namespace

QWidget* OverviewTab::buildLimits() {
    m_limits = new Card(tr("Limits"));
    m_limits->setObjectName(QStringLiteral("overview.limits"));
    m_memoryMeter = new Meter(tr("Memory"));
    m_memoryMeter->setObjectName(QStringLiteral("overview.limits.memory"));
    m_cpuMeter = new Meter(tr("CPU"));
    m_cpuMeter->setObjectName(QStringLiteral("overview.limits.cpu"));
    m_processMeter = new Meter(tr("Processes"));
    m_processMeter->setObjectName(QStringLiteral("overview.limits.processes"));
    m_writtenMeter = new Meter(tr("Written files"));
    m_writtenMeter->setObjectName(QStringLiteral("overview.limits.written"));
    m_writtenMeter->hide();
    for (Meter* meter : {m_memoryMeter, m_cpuMeter, m_processMeter, m_writtenMeter}) {
        m_limits->body()->addWidget(meter);
    }
    m_limits->addToHead(
        editButton(QStringLiteral("overview.editLimits"), tr("Change the limits"), "edit", "resources"));
    m_limits->body()->addStretch(1);
    m_limits->hide();
    return m_limits;
}

QWidget* OverviewTab::editButton(const QString& name, const QString& words, const char* icon,
                                 const char* section) {
    auto* button = makeIconButton(name, words, QLatin1String(icon));
    connect(button, &QToolButton::clicked, this,
            [this, section] { m_context.navigator.openEditDialog(m_containerId, QLatin1String(section)); });
    return button;
}

/// Its upper folder is walked for it: no oftener than WalkMemory says, and never by the clock.
void OverviewTab::askForSize() {
    if (!m_active || m_containerId.empty()) {
        return;
    }
    const types::ContainerSummary* row = m_context.state.container(m_containerId);
    if (const auto known = m_sizes.value(m_containerId)) {
        m_written = *known;
        showLimits();
    }
    if (row == nullptr || !m_sizeRequest.finished() || !m_sizes.due(*row)) {
        return;
    }
    m_sizes.begin(*row);
    m_sizeRequest = m_context.engine.measureContainer(
        this, m_containerId, [this, id = m_containerId](const Result<types::ContainerSize>& size) {
            if (size) {  // without it the row is not there
                m_sizes.end(id, size->changedBytes);
            }
            if (size && id == m_containerId) {
                m_written = size->changedBytes;
                showLimits();
            }
        });
}

/// The size is asked for when the details come, which the page asks for, too.
void OverviewTab::refresh() {
    m_sizes.forget(m_containerId);
}

void OverviewTab::showUsage() {
    const UsageMonitor& monitor = m_context.usage;
    const Usage* usage = monitor.usage(m_containerId);
    const types::ContainerSummary* row = m_context.state.container(m_containerId);
    const bool runs = row != nullptr && row->pid > 0;
    for (UsageCard* card : {m_cpu, m_memory, m_network}) {
        card->setVisible(runs);
    }
    if (runs) {
        const auto limit = m_resources ? cpuLimit(*m_resources) : std::nullopt;
        const auto& cpu = monitor.cpuHistory(m_containerId);
        const bool paused = row->status == types::ContainerStatus::Paused;
        const double of = limit.value_or(usage == nullptr ? 1 : usage->cpus);
        constexpr double kLeastPercent = 10;
        m_cpu->setUsage(paused                                   ? tr("paused")
                        : usage == nullptr || !usage->cpuPercent ? QStringLiteral("–")
                                                                 : ofCores(*usage->cpuPercent / of, of),
                        cpu, peakOf(cpu, kLeastPercent), UsageMonitor::kHistory);
        const auto& memory = monitor.memoryHistory(m_containerId);
        const double ceiling =
            usage != nullptr && usage->memoryLimit > 0 ? double(usage->memoryLimit) : peakOf(memory, 1) * 1.4;
        m_memory->setUsage(
            usage == nullptr ? QStringLiteral("–")
            : usage->memoryLimit > 0
                ? tr("%1 of %2").arg(format::bytes(usage->memoryBytes), format::bytes(usage->memoryLimit))
                : format::bytes(usage->memoryBytes),
            memory, ceiling, UsageMonitor::kHistory);
        const auto& network = monitor.networkHistory(m_containerId);
        constexpr double kLeastBytes = 1000;
        m_network->setUsage(usage == nullptr || !usage->receivedPerSecond
                                ? QStringLiteral("–")
                                //: "1.2 MB/s in · 340 kB/s out"
                                : tr("%1/s in · %2/s out")
                                      .arg(format::bytes(std::uint64_t(*usage->receivedPerSecond)),
                                           format::bytes(std::uint64_t(*usage->sentPerSecond))),
                            network, peakOf(network, kLeastBytes), UsageMonitor::kHistory);
    }
    showLimits();
}

void OverviewTab::showLimits() {
    m_limits->setVisible(m_resources.has_value());
    if (!m_resources) {
        return;
    }
    const Usage* usage = m_context.usage.usage(m_containerId);
    const auto words = [&](const QString& taken, const QString& limit) {
        return limit.isEmpty() ? (usage == nullptr ? tr("no limit") : tr("%1, no limit").arg(taken))
                               : (usage == nullptr ? tr("at most %1").arg(limit)
                                                   //: "212 MB of 512 MB"
                                                   : tr("%1 of %2").arg(taken, limit));
    };
    const auto share = [&](double taken, double limit) {
        return usage != nullptr && limit > 0 ? std::optional(taken / limit) : std::nullopt;
    };
    const auto memory = double(m_resources->memoryBytes.value_or(0));
    const double takenMemory = usage == nullptr ? 0 : double(usage->memoryBytes);
    m_memoryMeter->set(words(format::bytes(std::uint64_t(takenMemory)),
                             memory > 0 ? format::bytes(std::uint64_t(memory)) : QString()),
                       share(takenMemory, memory));
    const double cpu = cpuLimit(*m_resources).value_or(0);
    const double takenCpu = usage == nullptr ? 0 : usage->cpuPercent.value_or(0) / 100;
    m_cpuMeter->set(words(QLocale().toString(takenCpu, 'f', 2), cpu > 0 ? cores(cpu) : QString()),
                    share(takenCpu, cpu));
    const auto processes = double(m_resources->pidsLimit.value_or(0));
    const double taken = usage == nullptr ? 0 : double(usage->processes);
    m_processMeter->set(
        words(QLocale().toString(int(taken)), processes > 0 ? QLocale().toString(int(processes)) : QString()),
        share(taken, processes));
    m_writtenMeter->setVisible(m_written.has_value());
    m_writtenMeter->set(tr("%1, no limit").arg(format::bytes(m_written.value_or(0))), std::nullopt);
}

}  // namespace coracle::gui
