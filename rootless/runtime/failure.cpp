// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/failure.h"

#include <algorithm>
#include <cstdint>

namespace coracle::runtime {
namespace {

constexpr char kMark = '!';
constexpr std::size_t kHeadBytes = 3;  // mark, kind, exit code
constexpr std::size_t kMaxTextBytes = 1500;

}  // namespace

/// Texts are cut so that the packet fits into the reader's 4 KiB buffer.
std::string encodeFailure(const Failure& failure) {
    std::string packet{kMark, static_cast<char>(failure.error.kind()), static_cast<char>(failure.exitCode)};
    packet += failure.error.message().substr(0, kMaxTextBytes);
    packet += '\n';
    packet += failure.error.hint().substr(0, kMaxTextBytes);
    return packet;
}

/// The sender may be a process that runs inside the container already; every byte is checked or bounded:
/// the kind to the known ones, the code to a byte, the texts to the packet. What they say is only ever
/// shown.
std::optional<Failure> decodeFailure(std::string_view packet) {
    if (packet.size() < kHeadBytes || packet.front() != kMark) {
        return std::nullopt;
    }
    const auto kind =
        std::min(static_cast<std::uint8_t>(packet[1]), static_cast<std::uint8_t>(ErrorKind::Internal));
    const int exitCode = static_cast<unsigned char>(packet[2]);
    packet.remove_prefix(kHeadBytes);
    const auto end = std::min(packet.find('\n'), packet.size());
    Error error(static_cast<ErrorKind>(kind), std::string(packet.substr(0, end)));
    std::string hint(packet.substr(std::min(end + 1, packet.size())));
    return Failure{hint.empty() ? std::move(error) : std::move(error).withHint(std::move(hint)), exitCode};
}

Failure commandFailure(Error error) {
    const int exitCode = error.kind() == ErrorKind::NotFound ? kExitNotFound : kExitNotExecutable;
    return {std::move(error), exitCode};
}

}  // namespace coracle::runtime
