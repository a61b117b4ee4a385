// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/file.h"
#include "rootless/sys/inet_probe.h"
#include "rootless/sys/udp_socket.h"
#include "rootless/sys/unix_socket.h"
#include "tests/support/verify.h"

#include <array>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace coracle;
using namespace coracle::sys;

namespace {

/// A kernel that is busy delivers later than it takes.
bool isReadable(int fd) {
    pollfd waiting{fd, POLLIN, 0};
    return ::poll(&waiting, 1, kTestPatience) == 1;
}

}  // namespace

class TestSocket : public QObject {
    Q_OBJECT

private slots:
    void carriesMessages();
    void refusesTooLongMessages();
    void tellsWhenNothingFits();
    void lastWordsSurviveAClose();
    void connectsThroughAnyPath_data();
    void connectsThroughAnyPath();
    void tellsWhoIsMissing();
    void handsDescriptorsOver();
    void refusesOtherThanOneDescriptor();
    void relaysDatagrams();
};

void TestSocket::carriesMessages() {
    const auto pair = makeSocketPair(SocketType::SeqPacket);
    VERIFY_OK(pair);
    std::array<char, 16> buffer{};
    QVERIFY(receivePacket(pair->second.get(), buffer, Blocking::No)->transfer == Transfer::WouldBlock);
    QVERIFY(*sendPacket(pair->first.get(), "ab", "cd", Blocking::Yes) == Transfer::Done);
    QVERIFY(*sendPacket(pair->first.get(), "e", "", Blocking::Yes) == Transfer::Done);
    QCOMPARE(receivePacket(pair->second.get(), buffer, Blocking::Yes)->size, std::size_t{4});
    QCOMPARE(std::string(buffer.data(), 4), std::string("abcd"));
    QCOMPARE(receivePacket(pair->second.get(), buffer, Blocking::Yes)->size, std::size_t{1});
}

void TestSocket::refusesTooLongMessages() {
    const auto pair = makeSocketPair(SocketType::SeqPacket);
    std::array<char, 4> buffer{};
    VERIFY_OK(sendPacket(pair->first.get(), "12345", "", Blocking::Yes));
    VERIFY_ERROR(receivePacket(pair->second.get(), buffer, Blocking::Yes), ErrorKind::Corrupt);
}

void TestSocket::tellsWhenNothingFits() {
    auto pair = makeSocketPair(SocketType::SeqPacket);
    const std::string body(60'000, 'x');
    Result<Transfer> sent = Transfer::Done;
    for (int i = 0; i < 1000 && *sent == Transfer::Done; ++i) {
        sent = sendPacket(pair->first.get(), "h", body, Blocking::No);
        VERIFY_OK(sent);
    }
    QVERIFY(*sent == Transfer::WouldBlock);
    pair->second.reset();
    QVERIFY(*sendPacket(pair->first.get(), "h", body, Blocking::No) == Transfer::PeerGone);
}

void TestSocket::lastWordsSurviveAClose() {
    auto pair = makeSocketPair(SocketType::SeqPacket);
    std::array<char, 16> buffer{};
    VERIFY_OK(sendPacket(pair->second.get(), "unread", "", Blocking::Yes));
    VERIFY_OK(sendPacket(pair->first.get(), "bye", "", Blocking::Yes));
    pair->first.reset();  // with unread data: the peer's next read would fail with ECONNRESET
    QCOMPARE(receivePacket(pair->second.get(), buffer, Blocking::Yes)->size, std::size_t{3});
    QVERIFY(receivePacket(pair->second.get(), buffer, Blocking::Yes)->transfer == Transfer::PeerGone);
}

void TestSocket::connectsThroughAnyPath_data() {
    QTest::addColumn<int>("length");
    QTest::newRow("short") << 1;
    QTest::newRow("longer than an address") << 150;
}

void TestSocket::connectsThroughAnyPath() {
    QFETCH(int, length);
    const test::TemporaryDirectory folder;
    const std::string inner = folder / std::string(static_cast<std::size_t>(length), 'd');
    VERIFY_OK(makeDirectories(inner));
    const std::string path = inner + "/socket";
    const auto listener = listenUnix(path, SocketType::SeqPacket);
    VERIFY_OK(listener);
    QVERIFY(!acceptUnix(listener->get())->has_value());
    const auto client = connectUnix(path, SocketType::SeqPacket);
    VERIFY_OK(client);
    const auto server = acceptUnix(listener->get());
    VERIFY_OK(server);
    QVERIFY(server->has_value());
    QCOMPARE(*peerUser((*server)->get()), ::geteuid());
    struct stat status {};
    QCOMPARE(::stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0600U);
    VERIFY_OK(listenUnix(path, SocketType::SeqPacket));  // takes the place of the old one
}

void TestSocket::tellsWhoIsMissing() {
    const test::TemporaryDirectory folder;
    VERIFY_ERROR(connectUnix(folder / "none", SocketType::Stream), ErrorKind::NotFound);
    VERIFY_ERROR(listenUnix(folder / "none/socket", SocketType::Stream), ErrorKind::NotFound);
    VERIFY_OK(listenUnix(folder / "left", SocketType::Stream));
    VERIFY_ERROR(connectUnix(folder / "left", SocketType::Stream), ErrorKind::Unavailable);
}

void TestSocket::handsDescriptorsOver() {
    const auto pair = makeSocketPair(SocketType::Stream);
    const auto pipe = makePipe();
    VERIFY_OK(sendDescriptor(pair->first.get(), pipe->writeEnd.get()));
    const auto got = receiveDescriptor(pair->second.get());
    VERIFY_OK(got);
    QVERIFY((::fcntl(got->get(), F_GETFD) & FD_CLOEXEC) != 0);
    VERIFY_OK(writeAll(got->get(), "x"));
    char byte = 0;
    QCOMPARE(::read(pipe->readEnd.get(), &byte, 1), ssize_t{1});
}

void TestSocket::refusesOtherThanOneDescriptor() {
    auto pair = makeSocketPair(SocketType::Stream);
    VERIFY_OK(sendAll(pair->first.get(), "x"));
    VERIFY_ERROR(receiveDescriptor(pair->second.get()), ErrorKind::Corrupt);
    pair->first.reset();
    VERIFY_ERROR(receiveDescriptor(pair->second.get()), ErrorKind::Unavailable);
}

void TestSocket::relaysDatagrams() {
    // Another program may take the port that was free.
    Result<std::uint16_t> port = std::uint16_t{0};
    Result<UniqueFd> server = UniqueFd();
    for (int tries = 0; tries < 20 && !(server && *server); ++tries) {
        port = probeBind("127.0.0.1", 0, InetProtocol::Udp);
        VERIFY_OK(port);
        server = bindUdp("", *port);
    }
    VERIFY_OK(server);
    QCOMPARE(bindUdp("127.0.0.1", *port).error().sysErrno(), EADDRINUSE);
    const auto client = connectUdp("127.0.0.2", *port);
    VERIFY_OK(client);
    sendDatagram(client->get(), "question");
    QVERIFY(isReadable(server->get()));
    std::array<char, 16> buffer{};
    const auto got = receiveDatagram(server->get(), buffer);
    QVERIFY(got.has_value());
    QCOMPARE(std::string(buffer.data(), got->size), std::string("question"));
    sendDatagram(server->get(), got->peer, "answer");  // from 127.0.0.2, else the connected client ignores it
    QVERIFY(isReadable(client->get()));
    const auto answer = receiveDatagram(client->get(), buffer);
    QVERIFY(answer.has_value());
    QCOMPARE(std::string(buffer.data(), answer->size), std::string("answer"));
    QVERIFY(!receiveDatagram(client->get(), buffer).has_value());
}

QTEST_GUILESS_MAIN(TestSocket)
#include "test_socket.moc"
