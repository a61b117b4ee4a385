// SPDX-License-Identifier: Apache-2.0
// How a container's life ends: the failure of its start, and the exit of its first process.
#include "rootless/monitor/records.h"
#include "rootless/monitor/runtime_command.h"
#include "rootless/monitor/supervisor.h"
#include "rootless/sys/file.h"
#include "rootless/sys/subprocess.h"

#include <chrono>

#include <signal.h>

namespace coracle::monitor {

using oci::monitor::Frame;
using sys::ExitStatus;

namespace {

/// A runtime that cannot delete for so long never will; the lock must not wait for it.
constexpr std::chrono::seconds kDeleteLimit{10};
/// A starter that has been told the end moves the bundle away in some milliseconds; one that was stopped with
/// SIGSTOP must not keep the rest of the container.
constexpr std::chrono::seconds kStarterLimit{10};

}  // namespace

/// Nothing may be left when the starter hears of it, so the runtime cleans up first. Called before Running
/// only.
void Supervisor::fail(Error error) {
    if (m_phase >= Phase::Deleting) {
        return;
    }
    m_exitCode = 1;
    m_failure = std::move(error);
    // With a starter that is there the cleaning up around us is its business.
    m_exitCommandWanted = m_failure->kind() == ErrorKind::Cancelled;
    if (m_runtimePid > 0) {
        (void)::kill(m_runtimePid, SIGKILL);  // our unreaped child: the number cannot be a stranger's
        m_runtimePid = 0;
    }
    if (!isContainer()) {
        if (!m_process) {
            (void)adoptProcess();  // it may have been made just before; else there is nothing to kill
        }
        signalProcess(SIGKILL);
    }
    const bool mayExist = isContainer() && m_lock && sys::pathExists(m_settings.runDir + "/created");
    m_phase = Phase::Failing;
    if (!mayExist) {
        return onFailureCleaned();
    }
    spawnHelper(deleteCommand(m_settings));
}

void Supervisor::onFailureCleaned() {
    m_io.close();
    if (m_lock) {
        note(sys::removeFile(m_settings.runDir + "/attach.sock"));
        note(sys::removeFile(m_settings.runDir + "/state.json"));
        note(sys::removeFile(pidFile(m_settings)));
    }
    m_clients.sendToStarter(Frame::Failed, oci::monitor::encodeFailure(*m_failure));
    m_clients.closeAll();
    becomeOver();
}

void Supervisor::finish(ExitStatus status) {
    m_phase = Phase::Deleting;
    m_pidFd.reset();
    m_io.drain();
    m_loop.cancel(m_partialTimer);
    m_log.flushPartial(currentTime());
    m_exitCode = 0;
    if (isContainer()) {
        recordEnd(status);
    }
    m_clients.broadcast(Frame::Exited, std::to_string(status.shellCode()));
    m_clients.closeAll(starterRemoves() ? Clients::StarterMay::Stay : Clients::StarterMay::Go);
    if (!isContainer()) {
        return becomeOver();
    }
    // Its first process is reaped and took all others along. Without a cgroup of its own the folder is all
    // that `delete` would find.
    if (m_sharesOurCgroup && !m_settings.runtimeState.empty() && sys::removeTree(m_settings.runtimeState)) {
        return onDeleted({});
    }
    spawnHelper(deleteCommand(m_settings));
    (void)m_loop.callAfter(kDeleteLimit, [this] {
        if (m_phase == Phase::Deleting && m_runtimePid > 0) {
            (void)::kill(m_runtimePid, SIGKILL);  // our unreaped child
        }
    });
}

/// The order is what makes a kill -9 between any two steps harmless: a record is always that of the last run,
/// for it is removed before each start, and a state.json that is left names a process that is gone.
void Supervisor::recordEnd(ExitStatus status) {
    oci::monitor::ExitRecord record;
    record.exitCode = status.shellCode();
    record.signal = status.signal;
    record.startedAt = m_startedAt;
    record.finishedAt = currentTime();
    onMemoryEvents();  // the kernel may not have told yet
    if (m_oomWatch) {
        m_loop.unwatch(m_oomWatch->fd());
    }
    record.oomKilled = m_oomKilled;
    note(writeExitRecord(m_settings, record));
    note(appendEvent(m_settings, "die", {{"exitCode", std::to_string(record.exitCode)}}));
    m_loop.unwatch(m_attachListener.get());
    m_attachListener.reset();
    note(sys::removeFile(m_settings.runDir + "/attach.sock"));
    note(sys::removeFile(m_settings.runDir + "/state.json"));
}

void Supervisor::onDeleted(ExitStatus status) {
    if (status.success()) {
        note(sys::removeFile(m_settings.runDir + "/created"));
        note(sys::removeFile(pidFile(m_settings)));
    } else {  // the next start tries again
        note(runtimeFailure(m_settings, status, helperMessages()).context("delete the container"));
    }
    if (!starterRemoves()) {
        return becomeOver();
    }
    m_phase = Phase::Removing;
    if (!m_clients.hasStarter()) {
        return removeRest();
    }
    (void)m_loop.callAfter(kStarterLimit, [this] {
        if (m_phase == Phase::Removing) {
            removeRest();
        }
    });
}

bool Supervisor::starterRemoves() const {
    return isContainer() && !m_settings.trash.empty();
}

/// The starter has taken the row and the bundle's name away, unless it was killed. What is in the bundle
/// belongs to this user mostly and can be deleted here; files of subordinate ids, like everything the starter
/// did not do, are for the exit command.
void Supervisor::removeRest() {
    if (!sys::pathExists(m_settings.bundle) && sys::removeTree(m_settings.trash) &&
        sys::removeTree(m_settings.runDir)) {
        m_exitCommandWanted = false;
    }
    becomeOver();
}

void Supervisor::becomeOver() {
    m_phase = Phase::Over;
    m_lock.reset();
    if (isContainer() && m_exitCommandWanted && !m_settings.exitCommand.empty()) {
        sys::SpawnOptions options;
        options.argv = m_settings.exitCommand;
        options.newSession = true;
        auto command = sys::Subprocess::spawn(options);
        if (command) {
            (void)command->release();  // reaped with all others, or by init
        } else {
            note(Result<>(std::move(command).error()));
        }
    }
    stopWhenDone();
}

/// A client that has not read everything yet keeps the program alive, but nothing else: the lock is free.
void Supervisor::stopWhenDone() {
    if (m_clients.empty()) {
        m_loop.stop();
    }
}

}  // namespace coracle::monitor
