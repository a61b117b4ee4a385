// SPDX-License-Identifier: Apache-2.0
#include "core/engine/monitor_session.h"

namespace coracle::engine {
namespace {

using oci::monitor::Frame;

constexpr int kHighestExitCode = 255;

}  // namespace

/// Blocks for one packet. Frames that this version does not know are passed over: the monitor may be
/// newer.
Result<std::optional<Session::Chunk>> MonitorSession::receive() {
    if (!m_first.empty()) {
        Chunk chunk = std::move(m_first.front());
        m_first.pop_front();
        return std::optional<Chunk>(std::move(chunk));
    }
    while (true) {
        TRY_ASSIGN(const auto message, m_connection.receive());
        if (!message) {
            return Error(ErrorKind::Unavailable,
                         "the connection to the container's monitor is lost; the program may still run");
        }
        switch (message->frame) {
        case Frame::Stdout:
            return std::optional<Chunk>(Chunk{types::LogStream::Stdout, std::string(message->payload)});
        case Frame::Stderr:
            return std::optional<Chunk>(Chunk{types::LogStream::Stderr, std::string(message->payload)});
        case Frame::Exited: {
            if (message->payload.empty()) {
                return Error(ErrorKind::NotFound,
                             "the container has ended, but nobody saw its exit code: its monitor was killed");
            }
            TRY_ASSIGN(m_exitCode, oci::monitor::decodeNumber(message->payload, 0, kHighestExitCode));
            return std::optional<Chunk>();
        }
        case Frame::Failed:
            return oci::monitor::decodeFailure(message->payload);
        case Frame::Dropped:
            return Error(ErrorKind::Unavailable, "the output was not read fast enough, the connection is cut")
                .withHint("the container goes on; attach again, or read its log");
        default:
            break;
        }
    }
}

/// In pieces of a frame's size.
Result<> MonitorSession::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, oci::monitor::kMaxFrameBytes - 1);
        TRY(m_connection.send(Frame::Stdin, part));
        bytes.remove_prefix(part.size());
    }
    return {};
}

Result<> MonitorSession::closeInput() {
    return m_connection.send(Frame::StdinEnd);
}

Result<> MonitorSession::resize(std::uint16_t columns, std::uint16_t rows) {
    return m_connection.send(Frame::Resize, oci::monitor::encodeResize({columns, rows}));
}

Result<> MonitorSession::signal(int number) {
    return m_connection.send(Frame::Signal, std::to_string(number));
}

}  // namespace coracle::engine
