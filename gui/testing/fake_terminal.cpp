// SPDX-License-Identifier: Apache-2.0
#include "gui/testing/fake_terminal.h"

#include "rootless/sys/unix_socket.h"

#include <array>
#include <thread>

namespace coracle::gui {

namespace {

constexpr std::size_t kPart = std::size_t{32} << 10U;

/// The program's end of the line. A message of one zero byte is the end of the session.
class Program {
public:
    Program(FakeProgram program, sys::UniqueFd end, std::shared_ptr<FakeTerminalLog> log)
        : m_program(std::move(program)), m_end(std::move(end)), m_log(std::move(log)) {}

    void run() {
        std::string first = m_program.greeting;
        for (std::size_t i = 0; i < m_program.flood; ++i) {
            first += m_program.line;
            if (first.size() >= kPart && !take(first)) {
                return;
            }
        }
        first += m_program.prompt;
        if (!take(first)) {
            return;
        }
        std::array<char, kPart> buffer{};
        while (true) {
            const auto got = sys::receivePacket(m_end.get(), buffer, sys::Blocking::Yes);
            if (!got || got->transfer != sys::Transfer::Done) {
                return;
            }
            const std::string_view keys(buffer.data(), got->size);
            {
                const std::lock_guard lock(m_log->mutex);
                m_log->input += keys;
            }
            if (!answer(keys)) {
                return;
            }
        }
    }

private:
    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto part = bytes.substr(0, kPart);
            const auto sent = sys::sendPacket(m_end.get(), part, {}, sys::Blocking::Yes);
            if (!sent || *sent != sys::Transfer::Done) {
                return false;
            }
            bytes.remove_prefix(part.size());
        }
        return true;
    }
    bool take(std::string& bytes) {
        const bool good = write(bytes);
        bytes.clear();
        return good;
    }
    bool answer(std::string_view keys) {
        std::string out;
        for (const char key : keys) {
            if (key != '\r') {
                m_line += key;
                out += key;
                continue;
            }
            out += "\r\n";
            if (m_line == "exit") {
                (void)write(out);  // it ends in any case
                (void)write(std::string_view("\0", 1));
                return false;
            }
            m_line.clear();
            out += m_program.prompt;
        }
        return write(out);
    }

    FakeProgram m_program;
    sys::UniqueFd m_end;
    std::shared_ptr<FakeTerminalLog> m_log;  // shared with the test that reads it
    std::string m_line;
};

class FakeTerminalSession final : public engine::Session {
public:
    FakeTerminalSession(sys::UniqueFd end, std::shared_ptr<FakeTerminalLog> log)
        : m_end(std::move(end)), m_log(std::move(log)) {}

    int fd() const override { return m_end.get(); }

    Result<std::optional<Chunk>> receive() override {
        std::array<char, kPart> buffer{};
        TRY_ASSIGN(const auto got, sys::receivePacket(m_end.get(), buffer, sys::Blocking::Yes));
        if (got.transfer != sys::Transfer::Done) {
            return Error(ErrorKind::Unavailable, "the program was lost");
        }
        if (got.size == 1 && buffer[0] == '\0') {
            m_exitCode = 0;
            return std::optional<Chunk>();
        }
        return std::optional<Chunk>(Chunk{types::LogStream::Stdout, std::string(buffer.data(), got.size)});
    }
    Result<> send(std::string_view bytes) override {
        TRY(sys::sendPacket(m_end.get(), bytes, {}, sys::Blocking::Yes));
        return {};
    }
    Result<> closeInput() override { return {}; }
    Result<> resize(std::uint16_t columns, std::uint16_t rows) override {
        const std::lock_guard lock(m_log->mutex);
        m_log->sizes.emplace_back(columns, rows);
        return {};
    }
    Result<> signal(int number) override {
        const std::lock_guard lock(m_log->mutex);
        m_log->signalNumbers.push_back(number);
        return {};
    }
    std::optional<int> exitCode() const override { return m_exitCode; }

private:
    sys::UniqueFd m_end;
    std::shared_ptr<FakeTerminalLog> m_log;  // shared with the program and the test
    std::optional<int> m_exitCode;
};

}  // namespace

Result<std::unique_ptr<engine::Session>> openFakeTerminal(const FakeProgram& program,
                                                          std::shared_ptr<FakeTerminalLog> log) {
    TRY_ASSIGN(auto ends, sys::makeSocketPair(sys::SocketType::SeqPacket));
    // Ends with the session: its socket is closed then.
    std::thread([own = Program(program, std::move(ends.second), log)]() mutable { own.run(); }).detach();
    return std::unique_ptr<engine::Session>(
        std::make_unique<FakeTerminalSession>(std::move(ends.first), std::move(log)));
}

}  // namespace coracle::gui
