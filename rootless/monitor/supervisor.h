// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/cgroup/oom_watch.h"
#include "rootless/monitor/clients.h"
#include "rootless/monitor/container_io.h"
#include "rootless/monitor/health_check.h"
#include "rootless/monitor/log.h"
#include "rootless/monitor/restart_policy.h"
#include "rootless/monitor/settings.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/result.h"
#include "rootless/sys/standby.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coracle::monitor {

/// A descriptor of the starter's that the program has under a number.
struct Preserved {
    sys::UniqueFd fd;
    int number = -1;
};

/// The life of one container, or of one exec session, from the first runtime call to the last client.
///
/// Theory of operation. One thread, one epoll loop. Everything is an event: a child that ended (SIGCHLD
/// through a signal descriptor), a frame of a client, output of the container, a timer. Each phase waits for
/// one thing:
///
///   Cleaning    `runtime delete` of what a killed monitor left     -> Creating
///   Creating    `runtime create`, `run` or `exec`                  -> Waiting, Running, Failing
///   Waiting     the Start frame                                    -> Starting
///   Networking  the network command, instead of it after a restart -> Starting, Failing
///   Starting    `runtime start`                                    -> Running, Failing
///   Running     the end of the container's first process           -> Deleting
///   Deleting    `runtime delete` after the end                     -> BackingOff, Removing, Over
///   BackingOff  the pause before the container is made again       -> Creating, Over
///   Removing    the starter, which moves the data to the trash     -> Over
///   Failing     `runtime delete` after a failure, then Failed      -> Over
///   Over        the clients that have not read everything
///
/// Invariants, each true after a kill -9 at any instruction:
///   - <run>/created exists before the runtime hears of the container and until `delete` has succeeded, so
///   the
///     next start knows that there may be something to delete;
///   - state.json exists only while exec has happened and exit.json of this run has not been written;
///   exit.json
///     never belongs to an earlier run than state.json;
///   - the lock is held while the runtime may still be asked to do something to the container;
///   - backoff.json exists from before the exit record of a run that will be followed by another one until
///     after the state.json of that one, so nobody takes the container for ended in between.
///
/// A monitor that adopts begins in Running, BackingOff or (the process has ended unseen) Deleting. Its
/// process is nobody's child here: its end comes through the pidfd.
///
/// The container's first process is a child of the runtime and, when that ends, of ours (subreaper). It may
/// be reaped in the same round as the runtime, so ends are collected first and judged afterwards.
class Supervisor {
public:
    /// Does what the runtime does with these words after its name; gives the exit code.
    using Runtime = std::function<int(const std::vector<std::string>& words)>;

    /// What was made for the first run before anybody knew its container.
    struct Ahead {
        sys::UniqueFd namespaces;             ///< runtime/spare_namespaces.h
        std::optional<sys::Standby> runtime;  ///< a fork that will do what `runtime` does
    };

    /// control: the starter's connection. The settings outlive the supervisor. runtime: run in a fork of this
    /// process; none: the program that the settings name is started, and nothing of `ahead` is used.
    /// preserved, ahead: for the first run alone.
    Supervisor(sys::EventLoop& loop, const Settings& settings, Runtime runtime,
               std::vector<Preserved> preserved, Ahead ahead);

    /// Whether a container that runs without a monitor is taken over instead of one being started.
    enum class Adopt : std::uint8_t { No, Yes };

    /// Work until all is over; the exit code of the program: 0, or 1 when the start or the adoption
    /// failed. `kept` is only kept open until the run ends. Blocks; called once. Errors: only those of
    /// the loop itself, for every other failure is told to the starter.
    Result<int> run(sys::UniqueFd control, sys::UniqueFd kept, Adopt adopt);

private:
    /// What has run for so long will run for longer.
    static constexpr std::chrono::milliseconds kSettled{1000};

    /// Where the run is; each helper that ends moves it on (onRuntimeEnded). Cleaning, Creating, Waiting
    /// for the starter's word, Networking before a later run, Starting, Running, Deleting, then Over, or
    /// BackingOff and from Creating again. Failing takes away what a failed start made; Removing waits
    /// for a starter that removes the container itself.
    enum class Phase : std::uint8_t {
        Cleaning,
        Creating,
        Waiting,
        Networking,
        Starting,
        Running,
        Deleting,
        BackingOff,
        Failing,
        Removing,
        Over
    };

    bool isContainer() const noexcept { return m_settings.mode == Mode::Container; }
    /// Nobody waits for this start.
    bool isLaterRun() const noexcept { return m_adopted || m_restarts > 0; }

    // start
    Result<> begin(sys::UniqueFd control);
    Result<> listenToChildren();
    Result<> lockRunFolder();
    Result<> takeRunFolder();
    void renewStreams();
    Result<> create();
    void onCreated(sys::ExitStatus status);
    Result<> adoptProcess();
    void watchMemory();
    void watchHealth(HealthCheck::Resume resume);
    bool isFrozen() const;
    void onMemoryEvents();
    void maybeStart();
    void onStarted(sys::ExitStatus status);
    void enterRunning();
    Result<> announceRunning();

    // adoption
    Result<> beginAdoption(sys::UniqueFd control);
    Result<> adoptRunning(const oci::monitor::RunState& state);
    Result<> listenForClients();
    void adoptEnded(const oci::monitor::RunState& state);
    void adoptPause(const oci::monitor::RunState& state);
    void adoptPieces();
    void onPidFd(std::uint32_t events);
    void leaveAlone(Error reason);

    // restart
    bool wasStopped() const;
    RestartRule restartRule() const;
    void planRestart(std::optional<sys::ExitStatus> status);
    void enterBackOff(std::chrono::milliseconds delay);
    void restartNow();
    void giveRestartUp();
    void settleRecord();
    Result<> spawnNetwork();
    void onNetworkEnded(sys::ExitStatus status);

    // running
    void onSignals();
    void onChildren();
    void onRuntimeEnded(sys::ExitStatus status);
    void onFrame(Clients::Id client, const oci::monitor::Message& message);
    void onClientGone(Clients::Role role);
    void onOutput(Stream stream, std::string_view bytes);
    void onConnection();
    void signalProcess(int signal);
    void stopPolitely();

    // end
    void fail(Error error);
    void onFailureCleaned();
    void finish(std::optional<sys::ExitStatus> status);
    void recordEnd(std::optional<sys::ExitStatus> status);
    void recordFailedRestart();
    void closeAttachSocket();
    void onDeleted(sys::ExitStatus status);
    bool starterRemoves() const;
    void removeRest();
    void becomeOver();
    void stopWhenDone();

    /// One program at a time: m_runtimePid is its, and its end is what the phase waits for.
    Result<pid_t> launch(const std::vector<std::string>& argv, std::vector<std::pair<int, int>> fds);
    Result<> spawnRuntime(const std::vector<std::string>& argv, std::vector<std::pair<int, int>> fds);
    Result<pid_t> launchFirst(const std::vector<std::string>& argv, std::vector<std::pair<int, int>> fds);
    Result<> spawnProgram(const std::vector<std::string>& argv, std::vector<std::pair<int, int>> fds);
    void spawnHelper(const std::vector<std::string>& argv);
    std::string helperMessages();
    /// For what went wrong and is gone on without: a line in monitor.log, of which there is a limited
    /// number.
    void note(const Result<>& result);

    sys::EventLoop& m_loop;
    const Settings& m_settings;
    std::vector<Preserved> m_preserved;
    Ahead m_ahead;
    Runtime m_runtime;
    Clients m_clients;
    std::optional<ContainerIo> m_io;  ///< of this run
    std::unique_ptr<Log> m_log;
    Phase m_phase = Phase::Creating;

    sys::UniqueFd m_signals;
    sys::UniqueFd m_attachListener;
    /// Read when the helper has ended: what a pipe holds is enough for a sentence.
    sys::UniqueFd m_helperOutput;  ///< standard error of start and delete
    std::optional<sys::FileLock> m_lock;

    pid_t m_runtimePid = 0;                    ///< 0: none runs
    std::map<pid_t, sys::ExitStatus> m_ended;  ///< reaped, not yet judged
    /// The container's first process; m_pidFd is the same one as a descriptor, for signals.
    std::optional<sys::ProcessIdentity> m_process;
    sys::UniqueFd m_pidFd;
    /// Of the container. The kernel takes a mount namespace apart in its last process's exit(2), before
    /// anybody is told of the end, and waits for readers on all processors to do so; with a reference held
    /// here it is done when the clients know. Source: exit_task_namespaces() comes before exit_notify(), seen
    /// on Linux 6.18.
    sys::UniqueFd m_mountNamespace;
    bool m_sharesOurCgroup = false;              ///< the runtime made none
    std::optional<HealthCheck> m_health;         ///< while a container with a check runs
    std::optional<cgroup::OomWatch> m_oomWatch;  ///< none: its memory is not counted
    bool m_oomKilled = false;
    std::int64_t m_startedAt = 0;
    std::chrono::nanoseconds m_startedSinceBoot{0};
    /// The starter has said Start, or nobody needs to.
    bool m_startWanted = false;
    bool m_adopted = false;
    /// Somebody asked for the end: no restart follows.
    bool m_stopWanted = false;
    unsigned m_restarts = 0;  ///< by the policy, since the start
    Backoff m_backoff;
    std::optional<std::chrono::milliseconds> m_pause;  ///< a restart follows after it
    sys::EventLoop::TimerId m_pauseTimer = 0;
    oci::monitor::ExitRecord m_record;  ///< of the last run
    sys::UniqueFd m_kept;               ///< closed at the end of a run, by which helpers of its network end
    bool m_exitCommandWanted = true;
    int m_exitCode = 0;
    std::optional<Error> m_failure;
    sys::EventLoop::TimerId m_partialTimer = 0;
    unsigned m_notes = 0;
};

}  // namespace coracle::monitor
