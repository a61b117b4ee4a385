// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/journal_log.h"

#include "rootless/sys/datagram.h"

#include <poll.h>

namespace coracle::monitor {

/// Two forms: NAME=value for a value without a newline, else NAME, a newline, the length as eight bytes,
/// and the value. The second is what makes it safe to log what a container writes: no output can look like
/// a field of ours (CONTAINER_ID, PRIORITY).
std::string journalField(std::string_view name, std::string_view value) {
    constexpr unsigned kLengthBytes = 8;
    std::string field(name);
    if (value.find('\n') == std::string_view::npos) {
        field += '=';
    } else {
        field += '\n';
        for (unsigned i = 0; i < kLengthBytes; ++i) {  // little endian
            field += static_cast<char>((static_cast<std::uint64_t>(value.size()) >> (8U * i)) & 0xFFU);
        }
    }
    field += value;
    return field + '\n';
}

/// Fields that are the same for every entry are encoded once.
JournalLog::JournalLog(std::string socketPath, const std::map<std::string, std::string>& fields)
    : m_socketPath(std::move(socketPath)) {
    for (const auto& [name, value] : fields) {
        m_fields += journalField(name, value);
    }
}

Result<> JournalLog::open() {
    if (!m_fd) {
        TRY_ASSIGN(m_fd, sys::connectUnixDatagram(m_socketPath));
    }
    return {};
}

void JournalLog::append(Stream stream, std::string_view bytes, std::int64_t /*now*/) {
    m_splitter.append(stream, bytes, [this](Stream from, std::string_view text) { send(from, text); });
}

void JournalLog::flushPartial(std::int64_t /*now*/) {
    m_splitter.flush([this](Stream from, std::string_view text) { send(from, text); });
}

/// A report of what was lost goes before the first message that the journal takes again, so the gap is
/// seen where it is.
void JournalLog::send(Stream stream, std::string_view text) {
    if (m_lostBytes > 0 &&
        deliver(
            journalField("MESSAGE", "coracle: " + std::to_string(m_lostBytes) +
                                        " bytes of output are missing here: the journal did not take them") +
            journalField("PRIORITY", "4") + m_fields)) {
        m_lostBytes = 0;
    }
    const bool whole = text.ends_with('\n');
    std::string message = journalField("MESSAGE", whole ? text.substr(0, text.size() - 1) : text);
    message += journalField("PRIORITY", stream == Stream::Stderr ? "3" : "6");
    if (!whole) {
        message += journalField("CONTAINER_PARTIAL_MESSAGE", "true");
    }
    if (m_lostBytes > 0 || !deliver(message + m_fields)) {
        m_lostBytes += text.size();
    }
}

/// A journal that is started again has a new socket under the same name, so a second attempt connects
/// anew. Once it has let us wait for kPatience in vain, no further message waits until one is taken: a
/// journal that hangs must not slow the container down to one line a second.
bool JournalLog::deliver(std::string_view message) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (!open()) {
            return false;
        }
        auto sent = sys::sendUnixDatagram(m_fd.get(), message);
        if (sent && *sent == sys::Transfer::WouldBlock && !m_stalled) {
            pollfd waiting{m_fd.get(), POLLOUT, 0};
            (void)::poll(&waiting, 1, kPatienceMs);  // the next attempt decides
            sent = sys::sendUnixDatagram(m_fd.get(), message);
        }
        if (sent && *sent != sys::Transfer::PeerGone) {
            m_stalled = *sent == sys::Transfer::WouldBlock;
            return !m_stalled;
        }
        m_fd.reset();
    }
    return false;
}

}  // namespace coracle::monitor
