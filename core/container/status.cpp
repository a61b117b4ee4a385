// SPDX-License-Identifier: Apache-2.0
#include "core/container/status.h"

#include "core/container/resource_reader.h"
#include "core/text/moment.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_end.h"

namespace coracle::container {
namespace {

using oci::monitor::Liveness;
using types::ContainerStatus;

std::optional<types::Time> moment(std::int64_t nanoseconds) {
    if (nanoseconds == 0) {
        return std::nullopt;
    }
    return text::fromNanoseconds(nanoseconds);
}

/// The record of a first start that failed knows no time at which it ran.
void takeExit(ContainerFacts& facts, const oci::monitor::ExitRecord& exit) {
    facts.everStarted = exit.startedAt != 0 || exit.error.empty();
    facts.status = facts.everStarted ? ContainerStatus::Exited : ContainerStatus::Created;
    facts.startedAt = moment(exit.startedAt);
    facts.finishedAt = moment(exit.finishedAt);
    facts.exitCode = exit.exitCode;
    facts.oomKilled = exit.oomKilled;
    facts.restarts = exit.restarts;
    facts.lostLogBytes = exit.lostLogBytes;
    facts.error = exit.error;
}

void takePause(ContainerFacts& facts, const oci::monitor::BackoffRecord& pause) {
    facts.everStarted = true;
    facts.startedAt = moment(pause.startedAt);
    facts.finishedAt = moment(pause.finishedAt);
    facts.exitCode = pause.exitCode;
    facts.restarts = pause.restarts;
    facts.monitor = pause.monitor;
}

/// The clock of the wall may have been set since the start; this one was not.
std::optional<std::chrono::seconds> upFor(const ContainerEvidence& evidence) {
    const std::chrono::nanoseconds began(evidence.run.startedSinceBoot);
    if (began.count() == 0 || evidence.sinceBoot < began) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<std::chrono::seconds>(evidence.sinceBoot - began);
}

}  // namespace

ContainerFacts judge(const ContainerEvidence& evidence) {
    ContainerFacts facts;
    const Liveness liveness = evidence.run.liveness;
    facts.everStarted = evidence.monitorFile || liveness == Liveness::Lost;
    facts.monitored =
        liveness == Liveness::Running || liveness == Liveness::Starting || liveness == Liveness::BackingOff;
    facts.needsMonitor = liveness == Liveness::Orphaned || liveness == Liveness::Lost ||
                         liveness == Liveness::Abandoned || liveness == Liveness::Unfinished;
    if (liveness == Liveness::BackingOff) {
        takePause(facts, evidence.run.backoff);
        facts.status = ContainerStatus::Restarting;
        return facts;
    }
    if (evidence.exit) {
        // It is removed before each start, so it is about the last run, even while the monitor cleans up.
        takeExit(facts, *evidence.exit);
        return facts;
    }
    switch (liveness) {
    case Liveness::Running:
    case Liveness::Orphaned:
        facts.everStarted = true;
        facts.status = evidence.paused ? ContainerStatus::Paused : ContainerStatus::Running;
        facts.process = evidence.run.process;
        facts.startedAt = moment(evidence.run.startedAt);
        facts.upFor = upFor(evidence);
        facts.restarts = evidence.run.restarts;
        break;
    case Liveness::Abandoned:  // between two runs, as long as nobody goes on
        takePause(facts, evidence.run.backoff);
        facts.status = ContainerStatus::Exited;
        break;
    case Liveness::BackingOff:
        break;
    case Liveness::Starting:
        facts.status = ContainerStatus::Starting;
        break;
    case Liveness::Lost:
        facts.status = ContainerStatus::Exited;
        facts.startedAt = moment(evidence.run.startedAt);
        break;
    case Liveness::Unfinished:
    case Liveness::Stopped:
        if (evidence.monitorFile) {
            facts.status = evidence.operation ? ContainerStatus::Starting : ContainerStatus::Exited;
        }
        break;
    }
    return facts;
}

/// The run folder before the exit record: a monitor writes the record before it removes its state, so what
/// is read in this order is never "neither".
ContainerFacts readFacts(const ContainerPaths& paths) {
    ContainerEvidence evidence;
    auto run = oci::monitor::readRunState(paths.runDir);
    auto exit = oci::monitor::readExitRecord(paths.bundle, paths.runDir);
    if (!run || !exit) {
        ContainerFacts facts;
        facts.status = ContainerStatus::Unknown;
        return facts;
    }
    evidence.run = *std::move(run);
    evidence.exit = *std::move(exit);
    evidence.sinceBoot = sys::timeSinceBoot();
    const bool resting =
        evidence.run.liveness == Liveness::Stopped || evidence.run.liveness == Liveness::Unfinished;
    if (!evidence.exit && resting) {
        evidence.monitorFile = sys::pathExists(paths.monitor());
        evidence.operation = evidence.monitorFile && sys::FileLock::mayBeHeld(paths.operationLock());
    }
    if (evidence.run.liveness == Liveness::Running || evidence.run.liveness == Liveness::Orphaned) {
        evidence.paused = isPaused(paths);
    }
    return judge(evidence);
}

}  // namespace coracle::container
