// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/engine.h"
#include "rootless/oci/monitor_protocol.h"

#include <deque>
#include <optional>
#include <string>

namespace coracle::engine {

/// A Session over a connection to a monitor.
class MonitorSession final : public Session {
public:
    explicit MonitorSession(oci::monitor::Connection connection) : m_connection(std::move(connection)) {}

    /// Deliver these before what comes from the connection.
    void prepend(std::deque<Chunk> chunks) { m_first = std::move(chunks); }

    int fd() const override { return m_connection.fd(); }
    Result<std::optional<Chunk>> receive() override;
    Result<> send(std::string_view bytes) override;
    Result<> closeInput() override;
    Result<> resize(std::uint16_t columns, std::uint16_t rows) override;
    Result<> signal(int number) override;
    std::optional<int> exitCode() const override { return m_exitCode; }

private:
    oci::monitor::Connection m_connection;
    std::deque<Chunk> m_first;
    std::optional<int> m_exitCode;
};

}  // namespace coracle::engine
