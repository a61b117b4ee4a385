// SPDX-License-Identifier: Apache-2.0
#include "core/container/status.h"

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
    facts.everStarted = evidence.monitorFile;
    switch (evidence.run.liveness) {
    case Liveness::Running:
    case Liveness::Orphaned:
        facts.everStarted = true;
        facts.status = ContainerStatus::Running;
        facts.process = evidence.run.process;
        facts.monitored = evidence.run.liveness == Liveness::Running;
        facts.startedAt = moment(evidence.run.startedAt);
        return facts;
    case Liveness::Starting:
        facts.monitored = true;
        if (evidence.exit) {  // the monitor is only cleaning up
            takeExit(facts, *evidence.exit);
        } else {
            facts.status = ContainerStatus::Starting;
        }
        return facts;
    case Liveness::Lost:
    case Liveness::Stopped:
        break;
    }
    if (evidence.exit) {
        takeExit(facts, *evidence.exit);
    } else if (evidence.run.liveness == Liveness::Lost) {
        facts.everStarted = true;
        facts.status = ContainerStatus::Exited;
        facts.startedAt = moment(evidence.run.startedAt);
    } else if (evidence.monitorFile) {
        facts.status = evidence.operation ? ContainerStatus::Starting : ContainerStatus::Exited;
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
    return judge(evidence);
}

}  // namespace coracle::container
