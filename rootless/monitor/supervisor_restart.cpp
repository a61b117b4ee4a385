// SPDX-License-Identifier: Apache-2.0
// What comes after the end of a container with a restart policy: the pause, and the next run.
#include "rootless/monitor/records.h"
#include "rootless/monitor/runtime_command.h"
#include "rootless/monitor/supervisor.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/subprocess.h"

#include <fcntl.h>

namespace coracle::monitor {

using sys::ExitStatus;

namespace {

/// Where the network command finds the pipe that ends with the run.
constexpr int kExitFd = 3;

}  // namespace

/// The file is written before the signal is sent, so whoever sees the process end sees it.
bool Supervisor::wasStopped() const {
    return m_stopWanted || sys::pathExists(m_settings.runDir + "/stop");
}

/// `update` may have changed it since the start. What is removed at its end has none, and is not kept
/// waiting.
RestartRule Supervisor::restartRule() const {
    if (m_settings.autoRemove) {
        return m_settings.restart;
    }
    const auto now = loadSettings(m_settings.bundle + "/monitor.json", Mode::Container);
    return now ? now->restart : m_settings.restart;
}

/// Decided before the exit record is written, because the record of a run that another one follows need
/// not reach the disk. Durations are measured since boot: the clock of the wall may have been set during
/// the run.
void Supervisor::planRestart(std::optional<ExitStatus> status) {
    m_pause.reset();
    const auto pause = m_backoff.next(sys::timeSinceBoot() - m_startedSinceBoot);
    const auto code = status ? std::optional(status->shellCode()) : std::nullopt;
    if (shouldRestart(restartRule(), code, m_restarts) && !wasStopped()) {
        ++m_restarts;
        m_pause = pause;
    }
}

void Supervisor::enterBackOff(std::chrono::milliseconds delay) {
    m_phase = Phase::BackingOff;
    m_pauseTimer = m_loop.callAfter(delay, [this] { restartNow(); });
}

/// The same container, made anew by the runtime from the same bundle; its upper layer is what the last run
/// left.
void Supervisor::restartNow() {
    if (wasStopped() || restartRule().policy == RestartPolicy::No) {
        return giveRestartUp();
    }
    m_pause.reset();
    m_process.reset();
    m_oomKilled = false;
    m_startWanted = m_settings.networkCommand.empty();
    renewStreams();
    if (auto created = create(); !created) {
        fail(ownFailure(std::move(created).error()));
    }
}

/// Somebody asked for the container's end during a pause: its last exit is what counts.
void Supervisor::giveRestartUp() {
    m_loop.cancel(m_pauseTimer);
    m_pause.reset();
    settleRecord();
    becomeOver();
}

/// The record becomes the container's last, which is to survive a power cut, and whoever watches its folder
/// wakes up.
void Supervisor::settleRecord() {
    note(
        oci::monitor::writeExitRecord(m_settings.bundle, m_settings.runDir, m_record, sys::Durability::Disk));
    note(sys::removeFile(m_settings.runDir + "/backoff.json"));
}

/// The container stays what it was after its last run, but for the reason why there was no other.
void Supervisor::recordFailedRestart() {
    if (m_failure->kind() != ErrorKind::Cancelled) {
        m_record.exitCode = oci::monitor::recordedExitCode(m_failure->kind());
        m_record.signal = 0;
        m_record.error = m_failure->message();
        m_record.finishedAt = currentTime();
        note(Result<>(Error(*m_failure).context("start the container again")));
    }
    note(
        oci::monitor::writeExitRecord(m_settings.bundle, m_settings.runDir, m_record, sys::Durability::Disk));
    note(appendEvent(m_settings, "die", {{"exitCode", std::to_string(m_record.exitCode.value_or(0))}}));
}

/// Its helpers end with m_kept: at the end of the run, or with us.
Result<> Supervisor::spawnNetwork() {
    TRY_ASSIGN(auto pipe, sys::makePipe());
    TRY_ASSIGN(auto output, sys::makePipe());
    TRY(sys::setNonBlocking(output.readEnd.get()));
    TRY_ASSIGN(const auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    m_kept = std::move(pipe.writeEnd);
    m_helperOutput = std::move(output.readEnd);
    std::vector<std::string> argv = m_settings.networkCommand;
    argv.push_back(std::to_string(m_process->pid));
    return spawnProgram(
        argv, {{null.get(), 0}, {null.get(), 1}, {output.writeEnd.get(), 2}, {pipe.readEnd.get(), kExitFd}});
}

/// Before a start a missing network is a failed start; after an adoption the container runs already and
/// goes on without it, with a line in the monitor's log.
void Supervisor::onNetworkEnded(ExitStatus status) {
    const bool starting = m_phase == Phase::Networking;
    if (!status.success()) {
        Error failure = ownFailure(runtimeFailure(m_settings, status, helperMessages()))
                            .context("make the network again");
        if (starting) {
            return fail(std::move(failure));
        }
        return note(Result<>(std::move(failure)));
    }
    if (starting) {
        m_phase = Phase::Waiting;
        m_startWanted = true;
        maybeStart();
    }
}

}  // namespace coracle::monitor
