// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/monitor/line_splitter.h"
#include "rootless/monitor/log.h"
#include "rootless/sys/unique_fd.h"

#include <map>
#include <string>

namespace coracle::monitor {

/// A container's log in the journal of systemd, one message a line. Standard error has priority 3, standard
/// output 6, as with docker. A journal that does not take a message for kPatience is not waited for any more
/// until it takes one. Source: systemd.io, "Native Journal Protocol".
class JournalLog final : public Log {
public:
    static constexpr int kPatienceMs = 1000;

    /// fields: of each message; names of capital letters, digits and '_'.
    JournalLog(std::string socketPath, const std::map<std::string, std::string>& fields);

    Result<> open() override;
    void append(Stream stream, std::string_view bytes, std::int64_t now) override;
    void flushPartial(std::int64_t now) override;
    bool hasPartial() const noexcept override { return m_splitter.hasPartial(); }
    std::uint64_t lostBytes() const noexcept override { return m_lostBytes; }

private:
    void send(Stream stream, std::string_view text);
    bool deliver(std::string_view message);

    std::string m_socketPath;
    std::string m_fields;  ///< as they are sent
    sys::UniqueFd m_fd;
    LineSplitter m_splitter;
    bool m_stalled = false;
    std::uint64_t m_lostBytes = 0;
};

/// One field of a message, whatever bytes its value has. Pure.
std::string journalField(std::string_view name, std::string_view value);

}  // namespace coracle::monitor
