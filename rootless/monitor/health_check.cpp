// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/health_check.h"

#include "rootless/monitor/health_policy.h"
#include "rootless/monitor/records.h"
#include "rootless/sys/file.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/reaper.h"

#include <charconv>

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>

namespace coracle::monitor {
namespace {

constexpr int kNotRun = -1;
constexpr mode_t kPrivateFile = 0600;

}  // namespace

HealthCheck::HealthCheck(sys::EventLoop& loop, const Settings& settings, Callbacks callbacks)
    : m_loop(loop), m_settings(settings), m_callbacks(std::move(callbacks)) {}

/// The check's process is in the container and ends with it.
HealthCheck::~HealthCheck() {
    m_loop.cancel(m_nextTimer);
    m_loop.cancel(m_timeoutTimer);
    if (m_output) {
        m_loop.unwatch(m_output.get());
    }
    if (m_runtimePid > 0) {
        (void)::kill(m_runtimePid, SIGKILL);  // our unreaped child
    }
    (void)sys::removeFile(pidFile());
    for (const auto& done : m_waiting) {
        done(kNotRun);
    }
}

void HealthCheck::begin(std::chrono::nanoseconds since, Resume resume) {
    m_since = since;
    auto known = resume == Resume::Yes ? oci::monitor::readHealth(m_settings.runDir)
                                       : Result<oci::monitor::HealthRecord>(oci::monitor::HealthRecord());
    if (known) {
        m_record = *std::move(known);
    }
    write();
    schedule();
}

std::chrono::milliseconds HealthCheck::ranFor() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(sys::timeSinceBoot() - m_since);
}

void HealthCheck::schedule() {
    m_nextTimer = m_loop.callAfter(nextProbe(m_record, m_settings.health, ranFor()), [this] {
        m_nextTimer = 0;
        m_callbacks.isPaused() ? schedule() : check();
    });
}

void HealthCheck::checkNow(std::function<void(int)> done) {
    m_waiting.push_back(std::move(done));
    if (!isUnderWay()) {
        m_loop.cancel(m_nextTimer);
        m_nextTimer = 0;
        check();
    }
}

void HealthCheck::check() {
    m_probe = {currentTime(), 0, kNotRun, {}};
    m_probeRanFor = ranFor();
    m_timedOut = false;
    m_timeoutTimer = m_loop.callAfter(m_settings.health.timeout, [this] {
        m_timeoutTimer = 0;
        onTimeout();
    });
    if (auto spawned = spawn(); !spawned) {
        m_probe.output = spawned.error().message();
        finish(kNotRun);
    }
}

Result<> HealthCheck::spawn() {
    TRY_ASSIGN(sys::Pipe pipe, sys::makePipe());
    TRY(sys::setNonBlocking(pipe.readEnd.get()));
    TRY_ASSIGN(const auto null, sys::openAt(AT_FDCWD, "/dev/null", O_RDWR));
    TRY(sys::removeFile(pidFile()));
    std::vector<std::string> argv{m_settings.runtime};
    argv.insert(argv.end(), m_settings.runtimeArgs.begin(), m_settings.runtimeArgs.end());
    argv.insert(argv.end(), {"exec", "--process", m_settings.health.process, "--detach", "--pid-file",
                             pidFile(), m_settings.id});
    TRY_ASSIGN(
        m_runtimePid,
        m_callbacks.launch(argv, {{null.get(), 0}, {pipe.writeEnd.get(), 1}, {pipe.writeEnd.get(), 2}}));
    m_output = std::move(pipe.readEnd);
    return m_loop.watch(m_output.get(), EPOLLIN, [this](std::uint32_t) { onOutput(); });
}

/// What is beyond the limit is read all the same, so that the check does not wait for a reader.
void HealthCheck::onOutput() {
    const std::string text = sys::readAvailable(m_output.get());
    if (text.empty()) {
        m_loop.unwatch(m_output.get());
        m_output.reset();
        return;
    }
    if (m_probe.output.size() <= oci::monitor::kMaxProbeOutput) {
        m_probe.output += text;
    }
}

/// The runtime is judged first: when it ended well its process is our child by now, or was reaped in the same
/// round.
void HealthCheck::onChildren(std::map<pid_t, sys::ExitStatus>& ended) {
    if (const auto runtime = ended.find(m_runtimePid); m_runtimePid > 0 && runtime != ended.end()) {
        const sys::ExitStatus status = runtime->second;
        ended.erase(runtime);
        m_runtimePid = 0;
        onCreated(status);
    }
    if (const auto process = ended.find(m_processPid); m_processPid > 0 && process != ended.end()) {
        const int code = process->second.shellCode();
        ended.erase(process);
        finish(m_timedOut ? kNotRun : code);
    }
}

void HealthCheck::onCreated(sys::ExitStatus status) {
    if (!status.success()) {
        return finish(m_timedOut ? kNotRun : status.shellCode());
    }
    const auto text = sys::readFile(pidFile());
    pid_t pid = 0;
    if (text) {
        (void)std::from_chars(text->data(), text->data() + text->size(), pid);  // judged by the value
    }
    if (pid <= 1) {
        m_probe.output = "the runtime has told no process";
        return finish(kNotRun);
    }
    m_processPid = pid;
    if (m_timedOut) {
        onTimeout();
    }
}

/// The process leads a session of its own, so what it has started goes with it. It is not reaped yet: the
/// number is its own.
void HealthCheck::onTimeout() {
    m_timedOut = true;
    if (m_processPid > 0) {
        (void)::kill(-m_processPid, SIGKILL);
    } else if (m_runtimePid > 0) {
        (void)::kill(m_runtimePid, SIGKILL);
    }
}

/// The words about the time are docker's.
void HealthCheck::finish(int exitCode) {
    m_loop.cancel(m_timeoutTimer);
    m_timeoutTimer = 0;
    if (m_output) {
        onOutput();
    }
    if (m_output) {
        m_loop.unwatch(m_output.get());
        m_output.reset();
    }
    m_runtimePid = 0;
    m_processPid = 0;
    if (m_timedOut) {
        m_probe.output =
            "Health check exceeded timeout (" + std::to_string(m_settings.health.timeout.count()) + "ms)";
    }
    m_probe.finishedAt = currentTime();
    m_probe.exitCode = exitCode;
    m_probe.output = keptOutput(std::move(m_probe.output));
    const bool changed = takeProbe(m_record, std::move(m_probe), m_settings.health, m_probeRanFor);
    write();
    if (changed) {
        m_callbacks.changed(m_record.status);
    }
    std::vector<std::function<void(int)>> waiting;
    waiting.swap(m_waiting);
    for (const auto& done : waiting) {
        done(exitCode);
    }
    schedule();
}

void HealthCheck::write() {
    m_callbacks.note(sys::replaceFile(m_settings.runDir + "/health.json", oci::monitor::toJsonText(m_record),
                                      kPrivateFile, sys::Durability::Process));
}

}  // namespace coracle::monitor
