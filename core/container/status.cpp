// SPDX-License-Identifier: Apache-2.0
#include "core/container/status.h"

#include "core/container/resource_reader.h"
#include "core/text/moment.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

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

void takeExit(ContainerFacts& facts, const oci::monitor::ExitRecord& exit) {
    facts.everStarted = true;
    facts.status = ContainerStatus::Exited;
    facts.startedAt = moment(exit.startedAt);
    facts.finishedAt = moment(exit.finishedAt);
    facts.exitCode = exit.exitCode;
    facts.oomKilled = exit.oomKilled;
}

}  // namespace

ContainerFacts judge(const ContainerEvidence& evidence) {
    ContainerFacts facts;
    const Liveness liveness = evidence.run.liveness;
    facts.everStarted = evidence.monitorFile || liveness == Liveness::Lost;
    facts.monitored = liveness == Liveness::Running || liveness == Liveness::Starting;
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
        break;
    case Liveness::Starting:
        facts.status = ContainerStatus::Starting;
        break;
    case Liveness::Lost:
        facts.status = ContainerStatus::Exited;
        facts.startedAt = moment(evidence.run.startedAt);
        break;
    case Liveness::Stopped:
        if (evidence.monitorFile) {
            facts.status = evidence.operation ? ContainerStatus::Starting : ContainerStatus::Exited;
        }
        break;
    }
    return facts;
}

ContainerFacts readFacts(const ContainerPaths& paths) {
    ContainerEvidence evidence;
    auto run = oci::monitor::readRunState(paths.runDir);
    auto exit = oci::monitor::readExitRecord(paths.bundle);
    if (!run || !exit) {
        ContainerFacts facts;
        facts.status = ContainerStatus::Unknown;
        return facts;
    }
    evidence.run = *std::move(run);
    evidence.exit = *std::move(exit);
    if (!evidence.exit && evidence.run.liveness == Liveness::Stopped) {
        evidence.monitorFile = sys::pathExists(paths.monitor());
        evidence.operation = evidence.monitorFile && sys::FileLock::isHeld(paths.operationLock());
    }
    if (evidence.run.liveness == Liveness::Running || evidence.run.liveness == Liveness::Orphaned) {
        evidence.paused = isPaused(paths);
    }
    return judge(evidence);
}

}  // namespace coracle::container
