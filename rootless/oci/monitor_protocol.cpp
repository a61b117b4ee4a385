// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/monitor_protocol.h"

#include <algorithm>
#include <charconv>

namespace coracle::oci::monitor {
namespace {

/// A peer of another version may say what this one does not know. That ends the connection and not the
/// container.
bool isKnown(std::uint8_t frame) {
    return (frame >= static_cast<std::uint8_t>(Frame::Created) &&
            frame <= static_cast<std::uint8_t>(Frame::Checked)) ||
           (frame >= static_cast<std::uint8_t>(Frame::Start) &&
            frame <= static_cast<std::uint8_t>(Frame::Check));
}

}  // namespace

/// One packet is one frame (SOCK_SEQPACKET), so there is no length to be lied about. The view is into
/// `bytes`.
Result<Message> decode(std::string_view bytes) {
    if (bytes.empty() || !isKnown(static_cast<std::uint8_t>(bytes.front()))) {
        return Error(ErrorKind::Corrupt, "unknown message of the monitor protocol");
    }
    return Message{static_cast<Frame>(bytes.front()), bytes.substr(1)};
}

/// The hint comes last and is what a text that is too long loses first.
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

/// Read as if a stranger had sent it: the monitor's socket is in a folder of the user, but a bug there
/// must not become one here.
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

/// The whole payload has to be the number: what follows it would be a meaning that is not understood.
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

int recordedExitCode(ErrorKind kind) {
    constexpr int kUnknown = 128;
    const bool ofTheProgram = kind == ErrorKind::NotFound || kind == ErrorKind::PermissionDenied;
    return ofTheProgram ? failureExitCode(kind) : kUnknown;
}

Result<sys::Transfer> sendFrame(int fd, Frame frame, std::string_view payload, sys::Blocking blocking) {
    const char head = static_cast<char>(frame);
    return sys::sendPacket(fd, std::string_view(&head, 1), payload, blocking);
}

Result<Connection> Connection::attach(const std::string& runDir) {
    TRY_ASSIGN(sys::UniqueFd fd, sys::connectUnix(runDir + "/attach.sock", sys::SocketType::SeqPacket));
    return Connection(std::move(fd));
}

/// The message is a view into this connection's buffer until the next call. none: the monitor has closed.
Result<std::optional<Message>> Connection::receive() {
    const auto space = m_buffer.space();
    TRY_ASSIGN(const auto packet, sys::receivePacket(m_fd.get(), space, sys::Blocking::Yes));
    if (packet.transfer != sys::Transfer::Done) {
        return std::optional<Message>();
    }
    TRY_ASSIGN(const Message message, decode(std::string_view(space.data(), packet.size)));
    return std::optional<Message>(message);
}

Result<> Connection::send(Frame frame, std::string_view payload) {
    TRY_ASSIGN(const auto transfer, sendFrame(m_fd.get(), frame, payload, sys::Blocking::Yes));
    if (transfer == sys::Transfer::PeerGone) {
        return Error(ErrorKind::Unavailable, "send to the container's monitor: it is gone");
    }
    return {};
}

void passPreserved(sys::SpawnOptions& options, const std::vector<int>& preservedFds) {
    if (preservedFds.empty()) {
        return;
    }
    std::string list;
    int at = kPreservedFd;
    for (const int fd : preservedFds) {
        list += (list.empty() ? "" : ",") + std::to_string(fd);
        options.fds.emplace_back(fd, at++);
    }
    options.argv.insert(options.argv.end(), {"--preserve", list});
}

std::optional<std::vector<int>> parsePreserved(std::string_view list) {
    constexpr int kFirst = 3;
    std::vector<int> fds;
    while (true) {
        const auto comma = std::min(list.find(','), list.size());
        int fd = 0;
        const auto [end, fault] = std::from_chars(list.data(), list.data() + comma, fd);
        if (fault != std::errc() || end != list.data() + comma || fd < kFirst) {
            return std::nullopt;
        }
        fds.push_back(fd);
        if (comma == list.size()) {
            return fds;
        }
        list.remove_prefix(comma + 1);
    }
}

}  // namespace coracle::oci::monitor
