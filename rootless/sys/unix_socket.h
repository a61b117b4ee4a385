// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"
#include "rootless/sys/unique_fd.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace coracle::sys {

/// Stream: bytes in order. SeqPacket: whole messages in order, so a reader never sees half of one.
/// Source: unix(7).
enum class SocketType : std::uint8_t { Stream, SeqPacket };

/// Two ends of one connection.
struct SocketPair {
    UniqueFd first;
    UniqueFd second;
};

/// Two connected, blocking sockets. Errors: by errno.
Result<SocketPair> makeSocketPair(SocketType type);

/// A listening, non-blocking socket at `path`, mode 0600; what was there before is replaced.
/// A path longer than the 107 bytes of sockaddr_un is reached through a descriptor of its folder.
/// Errors: NotFound when the folder is missing, by errno otherwise. Source: unix(7).
Result<UniqueFd> listenUnix(const std::string& path, SocketType type);

/// A blocking connection to the socket at `path`, of any length.
/// Errors: NotFound when there is no socket, Unavailable when nobody listens.
Result<UniqueFd> connectUnix(const std::string& path, SocketType type);

/// Whether the path can be given to a program that puts it into a sockaddr_un as it is: 107 bytes and a
/// zero.
bool fitsSocketAddress(std::string_view path);

/// The next waiting connection; none when there is none, or when it was closed before it was taken. The
/// listener has to be non-blocking; the connection is blocking. Errors: by errno.
Result<std::optional<UniqueFd>> acceptUnix(int listener);

/// User id of the process at the other end, as it was when it connected, in the caller's user namespace
/// (65534 for one that is not mapped). The kernel's word, which a peer cannot forge. Errors: by errno.
/// Source: unix(7), SO_PEERCRED.
Result<uid_t> peerUser(int fd);

/// What became of a message: an outcome, not an error, because each of the three is normal between
/// processes that live and end on their own.
enum class Transfer : std::uint8_t {
    Done,
    WouldBlock,  ///< nothing was moved; poll and try again
    PeerGone,    ///< the other end is closed for ever
};

/// Whether a call waits for the peer, whatever the descriptor's own mode (MSG_DONTWAIT).
enum class Blocking : std::uint8_t { Yes, No };

/// Send `head` and `body` as one message of a SeqPacket socket; never raises SIGPIPE.
/// Errors: by errno, except those that a Transfer names.
Result<Transfer> sendPacket(int fd, std::string_view head, std::string_view body, Blocking blocking);

/// What receivePacket() got.
struct ReceivedPacket {
    Transfer transfer = Transfer::Done;
    std::size_t size = 0;  ///< bytes put into the buffer
};

/// Receive one message. A message of no bytes cannot be told from the end and is reported as PeerGone.
/// Errors: Corrupt when it is longer than the buffer (the rest is lost), by errno.
Result<ReceivedPacket> receivePacket(int fd, std::span<char> buffer, Blocking blocking);

/// Close a connection whose peer may still be sending: what it sent is dropped first, for closing with unread
/// data would tell the peer ECONNRESET before the last messages that wait for it.
void closeGently(UniqueFd fd);

/// Send everything to a stream; never raises SIGPIPE. Blocks until the peer takes it. Errors: Unavailable
/// when the peer is gone, by errno (EAGAIN after setTimeouts).
Result<> sendAll(int fd, std::string_view data);

/// Shut down the sending side of a stream: the peer reads the end. Source: shutdown(2).
Result<> endSending(int fd);

/// Let reads and writes of a blocking socket fail with EAGAIN after `limit`. Source: socket(7), SO_RCVTIMEO.
Result<> setTimeouts(int fd, std::chrono::milliseconds limit);

/// Hand a copy of `descriptor` to the peer with one byte of data, for a stream carries no descriptor
/// without data. Blocks. Errors: by errno. Source: unix(7), SCM_RIGHTS.
Result<> sendDescriptor(int fd, int descriptor);

/// The same with a message of the caller's, sent whole with the descriptor attached to its first byte.
/// The message is not empty. Errors: by errno, Unavailable when the peer goes in the middle.
Result<> sendWithDescriptor(int fd, std::string_view message, int descriptor);

/// One message of a SeqPacket socket that may carry a descriptor.
struct PacketWithDescriptor {
    ReceivedPacket packet;
    UniqueFd descriptor;  ///< empty: it carried none
};
/// Errors: as receivePacket; Corrupt for more than one descriptor.
Result<PacketWithDescriptor> receivePacketWithDescriptor(int fd, std::span<char> buffer);

/// Most descriptors of one message here; the kernel takes 253 (unix(7), SCM_MAX_FD).
inline constexpr std::size_t kMaxDescriptors = 32;
/// Send one message of a SeqPacket socket, not an empty one, with copies of these descriptors,
/// kMaxDescriptors at most. Blocks. Errors: Unavailable when the peer is gone, by errno.
Result<> sendPacketWithDescriptors(int fd, std::string_view message, const std::vector<int>& descriptors);

/// One message of a SeqPacket socket with the descriptors that came with it (CLOEXEC is set on them).
struct PacketWithDescriptors {
    ReceivedPacket packet;
    std::vector<UniqueFd> descriptors;
};
/// Blocks. Errors: as receivePacket; Corrupt for more than kMaxDescriptors.
Result<PacketWithDescriptors> receivePacketWithDescriptors(int fd, std::span<char> buffer);

/// Take the one descriptor a peer sends (CLOEXEC is set on it). Blocks; more than one is refused.
/// Errors: Unavailable when the peer closed without sending one, Corrupt for anything else than one
/// descriptor.
Result<UniqueFd> receiveDescriptor(int fd);

}  // namespace coracle::sys
