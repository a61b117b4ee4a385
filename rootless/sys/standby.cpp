// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/standby.h"

#include "rootless/sys/read_buffer.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/unix_socket.h"

#include <string_view>

#include <unistd.h>

namespace coracle::sys {
namespace {

constexpr int kSocket = STDERR_FILENO + 1;  // in the child, which has nothing else
constexpr std::size_t kMaxBytes = 64U << 10U;
constexpr int kFailed = 125;

/// What it is told: the numbers that the descriptors get, one byte each, their count before them; then the
/// words, each with a zero behind it.
std::string encode(const std::vector<std::string>& words, const std::vector<std::pair<int, int>>& fds) {
    std::string text(1, static_cast<char>(fds.size()));
    for (const auto& pair : fds) {
        text += static_cast<char>(pair.second);
    }
    for (const std::string& word : words) {
        text += word;
        text += '\0';
    }
    return text;
}

std::vector<std::string> decodeWords(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = text.find('\0');
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return words;
}

/// The child: the words come from its own parent, in the form that encode() gives them.
int waitAndRun(const Standby::Body& body) {
    ReadBuffer buffer(kMaxBytes);
    auto told = receivePacketWithDescriptors(kSocket, buffer.space());
    if (!told || told->packet.transfer != Transfer::Done) {
        return told ? 0 : kFailed;
    }
    const std::string_view text(buffer.space().data(), told->packet.size);
    const auto count = static_cast<unsigned char>(text.front());
    if (count != told->descriptors.size() || text.size() < count + 1U) {
        return kFailed;
    }
    std::vector<std::pair<int, int>> fds;
    for (std::size_t i = 0; i < count; ++i) {
        fds.emplace_back(told->descriptors[i].release(), static_cast<unsigned char>(text[i + 1]));
    }
    if (!placeDescriptors(fds)) {
        return kFailed;
    }
    return body(decodeWords(text.substr(count + 1U)));
}

}  // namespace

Result<Standby> Standby::make(const std::string& processName, const Body& body) {
    TRY_ASSIGN(auto sockets, makeSocketPair(SocketType::SeqPacket));
    TRY_ASSIGN(const pid_t pid, forkInto({{sockets.second.get(), kSocket}}, processName,
                                         [&body] { return waitAndRun(body); }));
    return Standby(std::move(sockets.first), pid);
}

Result<pid_t> Standby::begin(const std::vector<std::string>& words,
                             const std::vector<std::pair<int, int>>& fds) {
    const std::string text = encode(words, fds);
    std::vector<int> descriptors;
    for (const auto& [here, there] : fds) {
        if (there > UINT8_MAX) {
            return Error(ErrorKind::InvalidArgument, "a descriptor with the number " + std::to_string(there));
        }
        descriptors.push_back(here);
    }
    if (text.size() > kMaxBytes || fds.size() > kMaxDescriptors) {
        return Error(ErrorKind::InvalidArgument, "too much for a process that waits");
    }
    TRY(sendPacketWithDescriptors(m_socket.get(), text, descriptors));
    m_socket.reset();
    return m_pid;
}

}  // namespace coracle::sys
