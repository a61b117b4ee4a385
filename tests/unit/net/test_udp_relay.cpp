// SPDX-License-Identifier: Apache-2.0
#include "net/udp_relay.h"
#include "rootless/sys/event_loop.h"
#include "rootless/sys/udp_socket.h"
#include "tests/support/verify.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace coracle;
using namespace coracle::net;

namespace {

std::uint16_t portOf(int fd) {
    sockaddr_in address{};
    socklen_t length = sizeof(address);
    // NOLINTNEXTLINE(*-reinterpret-cast): the sockets interface is made of such casts
    (void)::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.sin_port);
}

/// A kernel that is busy delivers later than it takes.
bool isReadable(int fd) {
    pollfd waiting{fd, POLLIN, 0};
    return ::poll(&waiting, 1, kTestPatience) == 1;
}

/// Restores the number of files that this process may open.
class FileLimit {
public:
    FileLimit() { (void)::getrlimit(RLIMIT_NOFILE, &m_before); }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;
    ~FileLimit() { (void)::setrlimit(RLIMIT_NOFILE, &m_before); }
    void set(int files) const {
        rlimit limit = m_before;
        limit.rlim_cur = static_cast<rlim_t>(files);
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
    }

private:
    rlimit m_before{};
};

}  // namespace

class TestUdpRelay : public QObject {
    Q_OBJECT

private slots:
    void carriesBothWays();
    void servesNewClientsWithoutFreeDescriptors();
};

void TestUdpRelay::carriesBothWays() {
    auto loop = sys::EventLoop::create();
    auto host = sys::bindUdp("127.0.0.1", 0);
    const auto server = sys::bindUdp("127.0.0.1", 0);
    VERIFY_OK(loop);
    VERIFY_OK(host);
    VERIFY_OK(server);
    const std::uint16_t hostPort = portOf(host->get());
    UdpRelay relay(*loop, std::move(*host), "127.0.0.1", portOf(server->get()));
    VERIFY_OK(relay.start());
    const auto client = sys::connectUdp("127.0.0.1", hostPort);
    VERIFY_OK(client);

    sys::sendDatagram(client->get(), "question");
    VERIFY_OK(loop->runOnce(std::chrono::milliseconds(kTestPatience)));
    QVERIFY(isReadable(server->get()));
    std::array<char, 64> buffer{};
    const auto asked = sys::receiveDatagram(server->get(), buffer);
    QVERIFY(asked.has_value());
    QCOMPARE(std::string(buffer.data(), asked->size), std::string("question"));

    sys::sendDatagram(server->get(), asked->peer, "answer");
    VERIFY_OK(loop->runOnce(std::chrono::milliseconds(kTestPatience)));
    QVERIFY(isReadable(client->get()));
    const auto answered = sys::receiveDatagram(client->get(), buffer);
    QVERIFY(answered.has_value());
    QCOMPARE(std::string(buffer.data(), answered->size), std::string("answer"));
}

/// Anybody can send from many addresses; those must not shut out who comes after them.
void TestUdpRelay::servesNewClientsWithoutFreeDescriptors() {
    constexpr std::size_t kClients = 6;
    auto loop = sys::EventLoop::create();
    auto host = sys::bindUdp("127.0.0.1", 0);
    const auto server = sys::bindUdp("127.0.0.1", 0);
    VERIFY_OK(loop);
    VERIFY_OK(host);
    VERIFY_OK(server);
    const std::uint16_t hostPort = portOf(host->get());
    UdpRelay relay(*loop, std::move(*host), "127.0.0.1", portOf(server->get()));
    VERIFY_OK(relay.start());
    std::vector<sys::UniqueFd> clients;
    for (std::size_t i = 0; i < kClients; ++i) {
        auto client = sys::connectUdp("127.0.0.1", hostPort);
        VERIFY_OK(client);
        clients.push_back(std::move(*client));
    }

    const FileLimit limit;
    limit.set(clients.back().get() + 3);  // room for two sockets of the relay
    for (std::size_t i = 0; i < kClients; ++i) {
        sys::sendDatagram(clients[i].get(), std::to_string(i));
        VERIFY_OK(loop->runOnce(std::chrono::milliseconds(kTestPatience)));
        QVERIFY2(isReadable(server->get()), qPrintable(QString("client %1 was not served").arg(i)));
        std::array<char, 64> buffer{};
        const auto got = sys::receiveDatagram(server->get(), buffer);
        QVERIFY2(got.has_value(), qPrintable(QString("client %1 was not served").arg(i)));
        QCOMPARE(std::string(buffer.data(), got->size), std::to_string(i));
    }
}

QTEST_GUILESS_MAIN(TestUdpRelay)
#include "test_udp_relay.moc"
