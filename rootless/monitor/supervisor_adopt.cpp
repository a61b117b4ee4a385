// SPDX-License-Identifier: Apache-2.0
// Taking over from a monitor that was killed.
#include "rootless/monitor/records.h"
#include "rootless/monitor/runtime_command.h"
#include "rootless/monitor/supervisor.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/self.h"
#include "rootless/sys/unix_socket.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace coracle::monitor {

using oci::monitor::Frame;
using oci::monitor::Liveness;
using oci::monitor::RunState;

namespace {

/// The new parent of an orphan reaps it in a moment, or it never will.
constexpr std::chrono::milliseconds kReapLimit{1000};

}  // namespace

/// The answer is asked before the lock is taken, for with it the container would look as if its monitor
/// lived; between the two another one may have been faster, and the lock then refuses. A client of the
/// caller's, not a starter: it must not take the container along when it goes.
Result<> Supervisor::beginAdoption(sys::UniqueFd control) {
    TRY(m_clients.add(std::move(control), Clients::Role::Attached));
    TRY(listenToChildren());
    // Asked before the lock is ours: the answer is about the one before us.
    TRY_ASSIGN(const RunState state, oci::monitor::readRunState(m_settings.runDir));
    TRY(lockRunFolder());
    m_restarts = state.restarts;
    switch (state.liveness) {
    case Liveness::Orphaned:
        return adoptRunning(state);
    case Liveness::Lost:
        adoptEnded(state);
        return {};
    case Liveness::Abandoned:
        adoptPause(state);
        return {};
    case Liveness::Unfinished:
        adoptPieces();
        return {};
    case Liveness::Stopped:
    case Liveness::Starting:
    case Liveness::Running:
    case Liveness::BackingOff:
        break;
    }
    return Error(ErrorKind::NotFound, "container '" + m_settings.id + "' has nothing to take over");
}

/// Unlike a start that failed, an adoption that failed must not touch the container.
void Supervisor::leaveAlone(Error reason) {
    if (m_lock) {
        note(Result<>(std::move(reason)));
    }
    m_exitCode = 1;
    m_lock.reset();
    m_clients.closeAll();
    m_exitCommandWanted = false;
    becomeOver();
}

/// What fails once the process is pinned by its pidfd is noted, and the adoption goes on: a container
/// without a log or an attach socket is still better off with somebody who writes down its end. Its
/// network helpers ended with the monitor that held their pipe, so they are started again.
Result<> Supervisor::adoptRunning(const RunState& state) {
    m_process = state.process;
    m_startedAt = state.startedAt;
    m_startedSinceBoot = std::chrono::nanoseconds(state.startedSinceBoot);
    auto opened = sys::openProcess(state.process);
    if (!opened && opened.error().kind() != ErrorKind::NotFound) {
        return std::move(opened).error();
    }
    if (!opened) {
        adoptEnded(state);
        return {};
    }
    m_pidFd = *std::move(opened);
    watchMemory();
    note(m_log->open());
    note(m_io->adopt());
    TRY(m_loop.watch(m_pidFd.get(), EPOLLIN, [this](std::uint32_t events) { onPidFd(events); }));
    note(listenForClients());
    note(sys::removeFile(m_settings.runDir + "/backoff.json"));
    m_phase = Phase::Running;
    watchHealth(HealthCheck::Resume::Yes);
    (void)m_loop.callAfter(kSettled, sys::releaseMemory);
    if (!m_settings.networkCommand.empty()) {
        note(spawnNetwork());
    }
    m_clients.broadcast(Frame::Started, {});
    m_io->startReading();
    return {};
}

Result<> Supervisor::listenForClients() {
    TRY_ASSIGN(m_attachListener,
               sys::listenUnix(m_settings.runDir + "/attach.sock", sys::SocketType::SeqPacket));
    return m_loop.watch(m_attachListener.get(), EPOLLIN, [this](std::uint32_t) { onConnection(); });
}

/// Nobody saw it end. What it wrote last may still be in its pipes.
void Supervisor::adoptEnded(const RunState& state) {
    m_startedAt = state.startedAt;
    note(m_log->open());
    note(m_io->adopt());
    m_stopWanted = true;  // a person decides what becomes of it
    finish(std::nullopt);
}

/// The one before us was killed between two runs. The pause starts anew, with the same length, after what
/// it may have begun of the next run is deleted.
void Supervisor::adoptPause(const RunState& state) {
    const auto& pause = state.backoff;
    m_record.exitCode = pause.exitCode;
    m_record.startedAt = pause.startedAt;
    m_record.finishedAt = pause.finishedAt;
    m_record.restarts = pause.restarts;
    m_backoff.resume(std::chrono::milliseconds(pause.delayMs));
    m_pause = std::chrono::milliseconds(pause.delayMs);
    note(writeBackoff(m_settings, [&] {
        auto ours = pause;
        if (const auto self = sys::identifyProcess(::getpid())) {
            ours.monitor = *self;
        }
        return ours;
    }()));
    m_clients.broadcast(Frame::Started, {});
    m_phase = Phase::Deleting;
    spawnHelper(deleteCommand(m_settings));  // the killed one may have been anywhere in its next start
}

/// A record of the last run, if there is one, stays as it is; nobody knows more. Whoever started us hears of
/// the end by the lock.
void Supervisor::adoptPieces() {
    m_stopWanted = true;
    m_clients.broadcast(Frame::Exited, {});
    m_clients.closeAll();
    m_phase = Phase::Deleting;
    spawnHelper(deleteCommand(m_settings));
}

/// A pidfd becomes readable when the process ends and hangs up when its parent has reaped it. The kernel
/// tells how it ended in two places, one before and one after. Source: pidfd_open(2); fs/pidfs.c,
/// pidfs_exit().
void Supervisor::onPidFd(std::uint32_t events) {
    if (const auto status = sys::exitStatusOfZombie(*m_process)) {
        return finish(status);
    }
    const auto status = sys::exitStatusOf(m_pidFd.get());
    if (!status || *status || (events & EPOLLHUP) != 0) {
        return finish(status ? *status : std::nullopt);
    }
    (void)m_loop.modify(m_pidFd.get(), 0);  // the hang-up is always reported
    (void)m_loop.callAfter(kReapLimit, [this] {
        if (m_phase == Phase::Running) {
            const auto late = sys::exitStatusOf(m_pidFd.get());
            finish(late ? *late : std::nullopt);
        }
    });
}

}  // namespace coracle::monitor
