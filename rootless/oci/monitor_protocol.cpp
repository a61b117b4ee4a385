// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/monitor_protocol.h"

#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace coracle::oci::monitor {
namespace {

bool isKnown(std::uint8_t frame) {
    return (frame >= static_cast<std::uint8_t>(Frame::Created) &&
            frame <= static_cast<std::uint8_t>(Frame::Dropped)) ||
           (frame >= static_cast<std::uint8_t>(Frame::Start) &&
            frame <= static_cast<std::uint8_t>(Frame::Begin));
}

/// What an old state.json may look like when the machine went down while it was written is: absent. It lives
/// on tmpfs and is replaced by rename.
Result<RunState> readStateFile(const std::string& runDir) {
    TRY_ASSIGN(const std::string text, sys::readFile(runDir + "/state.json"));
    TRY_ASSIGN(const auto document, json::parse(text));
    RunState state;
    TRY_ASSIGN(const std::int64_t pid, json::loadInteger(document, "pid"));
    TRY_ASSIGN(const std::int64_t ticks, json::loadInteger(document, "startTicks"));
    TRY_ASSIGN(state.process.bootId, json::loadString(document, "bootId"));
    TRY_ASSIGN(state.startedAt, json::loadInteger(document, "startedAt"));
    if (pid < 1 || pid > INT32_MAX || ticks < 0) {
        return Error(ErrorKind::Corrupt, "number is out of range");
    }
    state.process.pid = static_cast<pid_t>(pid);
    state.process.startTicks = static_cast<std::uint64_t>(ticks);
    return state;
}

}  // namespace

Result<Message> decode(std::string_view bytes) {
    if (bytes.empty() || !isKnown(static_cast<std::uint8_t>(bytes.front()))) {
        return Error(ErrorKind::Corrupt, "unknown message of the monitor protocol");
    }
    return Message{static_cast<Frame>(bytes.front()), bytes.substr(1)};
}

std::string encodeFailure(const Error& error) {
    std::string payload(1, static_cast<char>(error.kind()));
    payload += error.message();
    payload += '\0';
    payload += error.hint();
    if (payload.size() >= kMaxFrameBytes) {
        payload.resize(kMaxFrameBytes - 1);
    }
    return payload;
}

Error decodeFailure(std::string_view payload) {
    const auto kind = payload.empty() ? ErrorKind::Internal : static_cast<ErrorKind>(payload.front());
    if (payload.empty() || kind > ErrorKind::Internal) {
        return {ErrorKind::Internal, "the monitor sent a failure that cannot be read"};
    }
    payload.remove_prefix(1);
    const auto end = payload.find('\0');
    const std::string_view hint =
        end == std::string_view::npos ? std::string_view() : payload.substr(end + 1);
    return Error(kind, std::string(payload.substr(0, end))).withHint(std::string(hint));
}

std::string encodeResize(sys::WindowSize size) {
    return std::to_string(size.columns) + " " + std::to_string(size.rows);
}

Result<int> decodeNumber(std::string_view payload, int low, int high) {
    int number = 0;
    const char* end = payload.data() + payload.size();
    const auto [stop, fault] = std::from_chars(payload.data(), end, number);
    if (fault != std::errc{} || stop != end || number < low || number > high) {
        return Error(ErrorKind::Corrupt, "number in a message of the monitor protocol is not one of " +
                                             std::to_string(low) + " to " + std::to_string(high));
    }
    return number;
}

Result<sys::WindowSize> decodeResize(std::string_view payload) {
    const auto blank = payload.find(' ');
    if (blank == std::string_view::npos) {
        return Error(ErrorKind::Corrupt, "terminal size in a message of the monitor protocol is malformed");
    }
    TRY_ASSIGN(const int columns, decodeNumber(payload.substr(0, blank), 0, UINT16_MAX));
    TRY_ASSIGN(const int rows, decodeNumber(payload.substr(blank + 1), 0, UINT16_MAX));
    return sys::WindowSize{static_cast<std::uint16_t>(columns), static_cast<std::uint16_t>(rows)};
}

int failureExitCode(ErrorKind kind) {
    constexpr int kNotExecutable = 126;
    constexpr int kNoSuchProgram = 127;
    constexpr int kEngineFailed = 125;
    if (kind == ErrorKind::NotFound) {
        return kNoSuchProgram;
    }
    return kind == ErrorKind::PermissionDenied ? kNotExecutable : kEngineFailed;
}

Result<sys::Transfer> sendFrame(int fd, Frame frame, std::string_view payload, sys::Blocking blocking) {
    const char head = static_cast<char>(frame);
    return sys::sendPacket(fd, std::string_view(&head, 1), payload, blocking);
}

Result<Connection> Connection::attach(const std::string& runDir) {
    TRY_ASSIGN(sys::UniqueFd fd, sys::connectUnix(runDir + "/attach.sock", sys::SocketType::SeqPacket));
    return Connection(std::move(fd));
}

Result<std::optional<Message>> Connection::receive() {
    m_buffer.resize(kMaxFrameBytes);
    TRY_ASSIGN(const auto packet, sys::receivePacket(m_fd.get(), m_buffer, sys::Blocking::Yes));
    if (packet.transfer != sys::Transfer::Done) {
        return std::optional<Message>();
    }
    TRY_ASSIGN(const Message message, decode(std::string_view(m_buffer).substr(0, packet.size)));
    return std::optional<Message>(message);
}

Result<> Connection::send(Frame frame, std::string_view payload) {
    TRY_ASSIGN(const auto transfer, sendFrame(m_fd.get(), frame, payload, sys::Blocking::Yes));
    if (transfer == sys::Transfer::PeerGone) {
        return Error(ErrorKind::Unavailable, "send to the container's monitor: it is gone");
    }
    return {};
}

Result<RunState> readRunState(const std::string& runDir) {
    const std::string stateFile = runDir + "/state.json";
    // The lock is asked before the file is read: a monitor that ends in between removed the file first.
    const bool monitored = sys::FileLock::isHeld(runDir + "/lock");
    RunState state;
    if (!sys::pathExists(stateFile)) {
        state.liveness = monitored ? Liveness::Starting : Liveness::Stopped;
        return state;
    }
    auto read = readStateFile(runDir);
    if (!read) {
        if (read.error().kind() == ErrorKind::NotFound) {
            state.liveness = sys::FileLock::isHeld(runDir + "/lock") ? Liveness::Starting : Liveness::Stopped;
            return state;
        }
        if (monitored) {
            return std::move(read).error().context("read '" + stateFile + "'");
        }
        state.liveness = Liveness::Lost;
        return state;
    }
    state = *std::move(read);
    if (monitored) {
        state.liveness = Liveness::Running;
    } else {
        state.liveness = sys::isAlive(state.process) ? Liveness::Orphaned : Liveness::Lost;
    }
    return state;
}

Result<std::optional<ExitRecord>> readExitRecord(const std::string& bundle) {
    const std::string path = bundle + "/exit.json";
    const auto text = sys::readFile(path);
    if (!text) {
        if (text.error().kind() == ErrorKind::NotFound) {
            return std::optional<ExitRecord>();
        }
        return Error(text.error());
    }
    const auto parse = [&]() -> Result<ExitRecord> {
        constexpr std::int64_t kLargestCode = 255;
        TRY_ASSIGN(const auto document, json::parse(*text));
        TRY_ASSIGN(const std::int64_t code, json::loadInteger(document, "exitCode"));
        TRY_ASSIGN(const std::int64_t signal, json::loadInteger(document, "signal"));
        ExitRecord record;
        TRY_ASSIGN(record.startedAt, json::loadInteger(document, "startedAt"));
        TRY_ASSIGN(record.finishedAt, json::loadInteger(document, "finishedAt"));
        TRY_ASSIGN(const auto killed, json::findBool(document, "oomKilled"));
        if (code < 0 || code > kLargestCode || signal < 0 || signal > kLargestCode) {
            return Error(ErrorKind::Corrupt, "number is out of range");
        }
        record.exitCode = static_cast<int>(code);
        record.signal = static_cast<int>(signal);
        record.oomKilled = killed.value_or(false);
        return record;
    };
    auto record = parse();
    if (!record) {
        return std::move(record).error().context("read '" + path + "'");
    }
    return std::optional<ExitRecord>(*record);
}

}  // namespace coracle::oci::monitor
