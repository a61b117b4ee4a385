// SPDX-License-Identifier: Apache-2.0
// How a container's life ends: the failure of its start, and the exit of its first process.
#include "rootless/monitor/records.h"
#include "rootless/monitor/runtime_command.h"
#include "rootless/monitor/supervisor.h"
#include "rootless/sys/file.h"
#include "rootless/sys/namespace_members.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/subprocess.h"

#include <chrono>

#include <signal.h>
#include <unistd.h>

namespace coracle::monitor {

using oci::monitor::Frame;
using sys::ExitStatus;

namespace {

/// A runtime that cannot delete for so long never will; the lock must not wait for it.
constexpr std::chrono::seconds kDeleteLimit{10};
/// A starter that has been told the end moves the bundle away in some milliseconds; one that was stopped with
/// SIGSTOP must not keep the rest of the container.
constexpr std::chrono::seconds kStarterLimit{10};
/// Behind what a person waits for, and still a tenth of a processor where all are busy.
constexpr int kRemovalNiceness = 10;

/// The runtime records the hooks that are its to run after the end; a word that only looks like them costs
/// time and nothing else.
bool mayHaveLateHooks(const Settings& settings) {
    const auto state = sys::readFile(settings.runtimeState + "/state.json");
    return !state || state->find("\"hooks\"") != std::string::npos;
}

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
    m_loop.cancel(m_pauseTimer);
    const bool mayExist = isContainer() && m_lock && sys::pathExists(m_settings.runDir + "/created");
    m_phase = Phase::Failing;
    if (!mayExist) {
        return onFailureCleaned();
    }
    spawnHelper(deleteCommand(m_settings));
}

/// The files go before the client is told: it may start the container again at once.
void Supervisor::onFailureCleaned() {
    m_io->close();
    m_kept.reset();
    m_mountNamespace.reset();
    if (m_lock) {
        if (m_restarts > 0) {
            recordFailedRestart();
        }
        note(sys::removeFile(m_settings.runDir + "/attach.sock"));
        note(sys::removeFile(m_settings.runDir + "/state.json"));
        note(sys::removeFile(m_settings.runDir + "/backoff.json"));
        note(sys::removeFile(pidFile(m_settings)));
    }
    m_clients.sendToStarter(Frame::Failed, oci::monitor::encodeFailure(*m_failure));
    m_clients.closeAll();
    becomeOver();
}

/// The first process has ended; the kernel has killed the rest of its pid namespace. Of one that shares
/// another's we do that, if there is no control group by which `delete` does. Output first, while the pipes
/// are there; then the record, so that whoever is told Exited finds it; then the clients; then the deletion,
/// which nobody waits for.
void Supervisor::finish(std::optional<ExitStatus> status) {
    m_phase = Phase::Deleting;
    m_health.reset();
    m_loop.unwatch(m_pidFd.get());
    m_pidFd.reset();
    if (m_settings.sharesPids && m_sharesOurCgroup && m_mountNamespace) {
        note(sys::killMembers(m_mountNamespace.get(), "mnt"));
    }
    m_io->drain();
    m_loop.cancel(m_partialTimer);
    m_partialTimer = 0;
    m_log->flushPartial(currentTime());
    m_exitCode = 0;
    if (isContainer()) {
        planRestart(status);
        recordEnd(status);
    }
    m_clients.broadcast(Frame::Exited, status ? std::to_string(status->shellCode()) : std::string());
    m_clients.closeAll(starterRemoves() ? Clients::StarterMay::Stay : Clients::StarterMay::Go);
    m_kept.reset();
    m_mountNamespace.reset();  // its mounts end here, before anything below them is deleted or mounted again
    if (!isContainer()) {
        return becomeOver();
    }
    if (m_runtimePid > 0) {  // the network of an adopted container, which has nothing left to do
        (void)::kill(m_runtimePid, SIGKILL);  // our unreaped child
        m_runtimePid = 0;
    }
    // Its first process is reaped and took all others along. Without a cgroup of its own the folder is all
    // that `delete` would find.
    if (m_sharesOurCgroup && !m_settings.runtimeState.empty() && !mayHaveLateHooks(m_settings) &&
        sys::removeTree(m_settings.runtimeState)) {
        return onDeleted({});
    }
    spawnHelper(deleteCommand(m_settings));
    (void)m_loop.callAfter(kDeleteLimit, [this, helper = m_runtimePid] {
        if (m_phase == Phase::Deleting && helper > 0 && m_runtimePid == helper) {
            (void)::kill(helper, SIGKILL);  // our unreaped child
        }
    });
}

/// The order is what makes a kill -9 between any two steps harmless: a record is always that of the last run,
/// for it is removed before each start, and a state.json that is left names a process that is gone.
void Supervisor::recordEnd(std::optional<ExitStatus> status) {
    m_record = {};
    if (status) {
        m_record.exitCode = status->shellCode();
        m_record.signal = status->signal;
    }
    onMemoryEvents();  // the kernel may not have told yet
    if (m_oomWatch) {
        m_loop.unwatch(m_oomWatch->fd());
        m_oomWatch.reset();
    }
    m_record.oomKilled = m_oomKilled;
    m_record.startedAt = m_startedAt;
    m_record.finishedAt = currentTime();
    m_record.restarts = m_restarts;
    m_record.lostLogBytes = m_log->lostBytes();
    if (m_pause) {
        oci::monitor::BackoffRecord pause;
        const auto self = sys::identifyProcess(::getpid());
        note(self ? Result<>() : Result<>(self.error()));
        pause.monitor = self ? *self : sys::ProcessIdentity();
        pause.restarts = m_restarts;
        pause.delayMs = m_pause->count();
        pause.exitCode = m_record.exitCode;
        pause.startedAt = m_record.startedAt;
        pause.finishedAt = m_record.finishedAt;
        note(writeBackoff(m_settings, pause));
    }
    const bool passing = m_settings.autoRemove || m_pause.has_value();
    note(oci::monitor::writeExitRecord(m_settings.bundle, m_settings.runDir, m_record,
                                       passing ? sys::Durability::Process : sys::Durability::Disk));
    std::map<std::string, std::string> attributes;
    if (m_record.exitCode) {
        attributes["exitCode"] = std::to_string(*m_record.exitCode);
    }
    note(appendEvent(m_settings, "die", attributes));
    closeAttachSocket();
    note(sys::removeFile(m_settings.runDir + "/state.json"));
}

/// Who has connected already is to hear of the end.
void Supervisor::closeAttachSocket() {
    if (m_attachListener) {
        onConnection();
        m_loop.unwatch(m_attachListener.get());
        m_attachListener.reset();
    }
    note(sys::removeFile(m_settings.runDir + "/attach.sock"));
}

/// A failed delete keeps "created", which makes the next start delete again. With a starter that removes
/// the container itself there is a time limit: one that was stopped would keep the rest for ever.
void Supervisor::onDeleted(ExitStatus status) {
    if (status.success()) {
        note(sys::removeFile(m_settings.runDir + "/created"));
        note(sys::removeFile(pidFile(m_settings)));
    } else {  // the next start tries again
        note(runtimeFailure(m_settings, status, helperMessages()).context("delete the container"));
        if (m_pause) {  // nothing can be made in its place
            m_pause.reset();
            settleRecord();
        }
    }
    if (m_pause) {
        return enterBackOff(*m_pause);
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

/// Of a container with --rm, the bundle belongs to the starter's removal.
bool Supervisor::starterRemoves() const {
    return isContainer() && !m_settings.trash.empty();
}

/// The starter has taken the row and the name of the data away, unless it was killed. What is in the data
/// belongs to this user mostly and can be deleted here; files of subordinate ids, like everything the starter
/// did not do, are for the exit command.
void Supervisor::removeRest() {
    (void)::nice(kRemovalNiceness);  // nobody waits for it, and the next command should not have to
    if (!sys::pathExists(m_settings.data) && sys::removeTree(m_settings.trash) &&
        sys::removeTree(m_settings.runDir)) {
        m_exitCommandWanted = false;
    }
    becomeOver();
}

/// The lock goes before the exit command runs: the command asks whether the container still runs, and must
/// get the right answer. It is not waited for.
void Supervisor::becomeOver() {
    m_phase = Phase::Over;
    if (m_lock && m_restarts > 0) {
        note(sys::removeFile(m_settings.runDir + "/backoff.json"));
    }
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
