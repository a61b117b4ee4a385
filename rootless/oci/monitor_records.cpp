// SPDX-License-Identifier: Apache-2.0
// The files of the monitor protocol: what they say and what that means.
#include "rootless/oci/json.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_end.h"

#include <nlohmann/json.hpp>

namespace coracle::oci::monitor {
namespace {

/// Of an exit code, 128 + signal included.
constexpr std::int64_t kLargestCode = 255;

Error outOfRange() {
    return {ErrorKind::Corrupt, "number is out of range"};
}

/// The numbers are judged because signals are sent to what they name.
Result<sys::ProcessIdentity> parseIdentity(const nlohmann::json& document) {
    TRY_ASSIGN(const std::int64_t pid, json::loadInteger(document, "pid"));
    TRY_ASSIGN(const std::int64_t ticks, json::loadInteger(document, "startTicks"));
    sys::ProcessIdentity identity;
    TRY_ASSIGN(identity.bootId, json::loadString(document, "bootId"));
    if (pid < 1 || pid > INT32_MAX || ticks < 0) {
        return outOfRange();
    }
    identity.pid = static_cast<pid_t>(pid);
    identity.startTicks = static_cast<std::uint64_t>(ticks);
    return identity;
}

/// Absent in what an older version wrote.
Result<std::int64_t> findNumber(const nlohmann::json& document, const char* key, std::int64_t high) {
    TRY_ASSIGN(const auto number, json::findInteger(document, key));
    if (number && (*number < 0 || *number > high)) {
        return outOfRange();
    }
    return number.value_or(0);
}

Result<unsigned> findRestarts(const nlohmann::json& document) {
    TRY_ASSIGN(const std::int64_t restarts, findNumber(document, "restarts", UINT32_MAX));
    return static_cast<unsigned>(restarts);
}

/// Missing is not 0: a monitor that was killed did not see the end.
Result<std::optional<int>> findExitCode(const nlohmann::json& document) {
    TRY_ASSIGN(const auto code, json::findInteger(document, "exitCode"));
    if (!code) {
        return std::optional<int>();
    }
    if (*code < 0 || *code > kLargestCode) {
        return outOfRange();
    }
    return std::optional<int>(static_cast<int>(*code));
}

/// What an old state.json may look like when the machine went down while it was written is: absent. It lives
/// on tmpfs and is replaced by rename.
Result<RunState> readStateFile(const std::string& runDir) {
    TRY_ASSIGN(const std::string text, sys::readFile(runDir + "/state.json"));
    TRY_ASSIGN(const auto document, json::parse(text));
    RunState state;
    TRY_ASSIGN(state.process, parseIdentity(document));
    TRY_ASSIGN(state.startedAt, json::loadInteger(document, "startedAt"));
    TRY_ASSIGN(state.startedSinceBoot, findNumber(document, "startedSinceBoot", INT64_MAX));
    TRY_ASSIGN(state.restarts, findRestarts(document));
    return state;
}

/// Members that were added later have defaults, so records of an older version can be read.
Result<ExitRecord> parseExitRecord(std::string_view text) {
    TRY_ASSIGN(const auto document, json::parse(text));
    ExitRecord record;
    TRY_ASSIGN(record.exitCode, findExitCode(document));
    TRY_ASSIGN(const std::int64_t signal, findNumber(document, "signal", kLargestCode));
    record.signal = static_cast<int>(signal);
    TRY_ASSIGN(record.startedAt, json::loadInteger(document, "startedAt"));
    TRY_ASSIGN(record.finishedAt, json::loadInteger(document, "finishedAt"));
    TRY_ASSIGN(const auto killed, json::findBool(document, "oomKilled"));
    record.oomKilled = killed.value_or(false);
    TRY_ASSIGN(record.restarts, findRestarts(document));
    TRY_ASSIGN(const std::int64_t lost, findNumber(document, "lostLogBytes", INT64_MAX));
    record.lostLogBytes = static_cast<std::uint64_t>(lost);
    TRY_ASSIGN(const auto error, json::findString(document, "error"));
    record.error = error.value_or("");
    return record;
}

/// A pause of this boot whose monitor is gone; none otherwise.
std::optional<BackoffRecord> findAbandoned(const std::string& runDir) {
    const auto record = readBackoff(runDir);
    const auto boot = sys::bootId();
    return record && boot && record->monitor.bootId == *boot ? std::optional(*record) : std::nullopt;
}

/// Without a state.json.
RunState judgeWithoutProcess(const std::string& runDir, bool monitored) {
    RunState state;
    if (monitored) {
        state.liveness = Liveness::Starting;
    } else if (auto abandoned = findAbandoned(runDir)) {
        state.liveness = Liveness::Abandoned;
        state.restarts = abandoned->restarts;
        state.backoff = *std::move(abandoned);
    } else if (sys::pathExists(runDir + "/created") && !sys::FileLock::mayBeHeld(runDir + "/lock") &&
               sys::pathExists(runDir + "/created")) {
        // Looked for twice: a monitor that ends removes it before it lets its lock go.
        state.liveness = Liveness::Unfinished;
    }
    return state;
}

}  // namespace

std::string toJsonText(const BackoffRecord& record) {
    nlohmann::json document{{"pid", record.monitor.pid},       {"startTicks", record.monitor.startTicks},
                            {"bootId", record.monitor.bootId}, {"restarts", record.restarts},
                            {"delayMs", record.delayMs},       {"startedAt", record.startedAt},
                            {"finishedAt", record.finishedAt}};
    if (record.exitCode) {
        document["exitCode"] = *record.exitCode;
    }
    return json::toText(document);
}

/// The identity in it says whether the monitor that waits still lives; the pause of one that does not is gone
/// on with by an adoption (monitor_protocol.h).
Result<BackoffRecord> readBackoff(const std::string& runDir) {
    const std::string path = runDir + "/backoff.json";
    TRY_ASSIGN(const std::string text, sys::readFile(path));
    const auto parse = [&]() -> Result<BackoffRecord> {
        TRY_ASSIGN(const auto document, json::parse(text));
        BackoffRecord record;
        TRY_ASSIGN(record.monitor, parseIdentity(document));
        TRY_ASSIGN(record.restarts, findRestarts(document));
        TRY_ASSIGN(record.delayMs, findNumber(document, "delayMs", INT32_MAX));
        TRY_ASSIGN(record.exitCode, findExitCode(document));
        TRY_ASSIGN(record.startedAt, json::loadInteger(document, "startedAt"));
        TRY_ASSIGN(record.finishedAt, json::loadInteger(document, "finishedAt"));
        return record;
    };
    auto record = parse();
    return record ? record : Result<BackoffRecord>(std::move(record).error().context("read '" + path + "'"));
}

std::string toJsonText(const ExitRecord& record) {
    nlohmann::json document{{"signal", record.signal},
                            {"startedAt", record.startedAt},
                            {"finishedAt", record.finishedAt},
                            {"oomKilled", record.oomKilled},
                            {"restarts", record.restarts},
                            {"lostLogBytes", record.lostLogBytes},
                            {"error", record.error}};
    if (record.exitCode) {
        document["exitCode"] = *record.exitCode;
    }
    return json::toText(document);
}

/// Judged in the order in which the monitor makes the files come and go (supervisor.h, invariants). The
/// lock is asked a second time before "starting" is answered without a state.json: a monitor that ended in
/// between has removed the file and released the lock.
Result<RunState> readRunState(const std::string& runDir) {
    const std::string stateFile = runDir + "/state.json";
    // The lock is asked before the files are read: a monitor that ends in between removed them first.
    TRY_ASSIGN(const sys::LockState lock, sys::FileLock::look(runDir + "/lock"));
    // A monitor makes it before everything else and nobody removes it, so without it there is nothing to
    // read: half of the time of a list of containers that were never started since the boot.
    if (lock == sys::LockState::Missing) {
        return RunState();
    }
    const bool monitored = lock == sys::LockState::Held;
    if (monitored) {
        if (auto backoff = readBackoff(runDir)) {
            RunState state;
            state.liveness = Liveness::BackingOff;
            state.restarts = backoff->restarts;
            state.backoff = *std::move(backoff);
            return state;
        }
    }
    auto read = readStateFile(runDir);
    if (!read) {
        if (read.error().kind() == ErrorKind::NotFound) {
            return judgeWithoutProcess(runDir, monitored && sys::FileLock::mayBeHeld(runDir + "/lock"));
        }
        if (monitored) {
            return std::move(read).error().context("read '" + stateFile + "'");
        }
        RunState state;
        state.liveness = Liveness::Lost;
        return state;
    }
    RunState state = *std::move(read);
    if (monitored) {
        state.liveness = Liveness::Running;
    } else {
        state.liveness = sys::isAlive(state.process) ? Liveness::Orphaned : Liveness::Lost;
    }
    return state;
}

Result<> writeExitRecord(const std::string& bundle, const std::string& runDir, const ExitRecord& record,
                         sys::Durability durability) {
    constexpr mode_t kPrivateFile = 0600;
    const std::string text = toJsonText(record);
    auto written = sys::replaceFile(bundle + "/exit.json", text, kPrivateFile, durability);
    if (!written) {
        // The run folder is on another file system; when it is full as well, who is connected is told still.
        (void)sys::replaceFile(runDir + "/exit.json", text, kPrivateFile, sys::Durability::Process);
    }
    return written;
}

/// The bundle's record first: the run folder has one only when the disk did not take it, and both are
/// removed before each start.
Result<std::optional<ExitRecord>> readExitRecord(const std::string& bundle, const std::string& runDir) {
    for (const std::string& folder : {bundle, runDir}) {
        const std::string path = folder + "/exit.json";
        const auto text = sys::readFile(path);
        if (!text && text.error().kind() == ErrorKind::NotFound) {
            continue;
        }
        auto record = text ? parseExitRecord(*text) : Result<ExitRecord>(text.error());
        if (!record) {
            return std::move(record).error().context("read '" + path + "'");
        }
        return std::optional<ExitRecord>(*std::move(record));
    }
    return std::optional<ExitRecord>();
}

}  // namespace coracle::oci::monitor
