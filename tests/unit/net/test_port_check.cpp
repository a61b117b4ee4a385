// SPDX-License-Identifier: Apache-2.0
#include "net/port_check.h"
#include "rootless/sys/udp_socket.h"
#include "tests/support/verify.h"

#include <unistd.h>

using coracle::ErrorKind;
using namespace coracle::net;

class TestPortCheck : public QObject {
    Q_OBJECT

private slots:
    void readsSocketTables();
    void ignoresOtherLines_data();
    void ignoresOtherLines();
    void knowsWhatCollides_data();
    void knowsWhatCollides();
    void findsFreePort();
    void namesHolderOfTakenPort();
    void suggestsForPrivilegedPort();
    void tellsForeignAddress();
    void rejectsMalformedAddress();
};

void TestPortCheck::readsSocketTables() {
    const auto v4 = parseSocketRow(
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 1 "
        "0000000000000000 100 0 0 10 0");
    QVERIFY(v4.has_value());
    QCOMPARE(v4->address, std::string("127.0.0.1"));
    QCOMPARE(int{v4->port}, 8080);
    QVERIFY(v4->listening);
    QCOMPARE(v4->uid, uid_t{1000});
    QCOMPARE(v4->inode, std::uint64_t{12345});
    const auto v6 = parseSocketRow(
        "  12: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 "
        "00000000:00000000 "
        "00:00000000 00000000     0        0 9 2 0000000000000000 0");
    QVERIFY(v6.has_value());
    QCOMPARE(v6->address, std::string("::1"));
    QVERIFY(!v6->listening);
    const auto mapped = parseSocketRow(
        "  1: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 7 "
        "1");
    QVERIFY(mapped.has_value());
    QCOMPARE(mapped->address, std::string("127.0.0.1"));
}

void TestPortCheck::ignoresOtherLines_data() {
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << "";
    QTest::newRow("heading")
        << "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  "
           "timeout inode";
    QTest::newRow("cut off") << "   0: 0100007F:1F90 00000000:0000 0A";
    QTest::newRow("odd address") << "   0: 0100007:1F90 0:0 0A 0:0 0:0 0 0 0 1 1";
    QTest::newRow("no port") << "   0: 0100007F 0:0 0A 0:0 0:0 0 0 0 1 1";
    QTest::newRow("port too large") << "   0: 0100007F:1FFFF 0:0 0A 0:0 0:0 0 0 0 1 1";
}

void TestPortCheck::ignoresOtherLines() {
    QFETCH(QString, line);
    QVERIFY(!parseSocketRow(line.toStdString()).has_value());
}

void TestPortCheck::knowsWhatCollides_data() {
    QTest::addColumn<QString>("bound");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<bool>("collides");
    QTest::newRow("same address") << "127.0.0.1"
                                  << "127.0.0.1" << true;
    QTest::newRow("all wanted") << "127.0.0.1"
                                << "" << true;
    QTest::newRow("all bound") << "0.0.0.0"
                               << "127.0.0.1" << true;
    QTest::newRow("all bound by IPv6") << "::"
                                       << "127.0.0.1" << true;
    QTest::newRow("another address") << "127.0.0.2"
                                     << "127.0.0.1" << false;
    QTest::newRow("another family") << "::1"
                                    << "127.0.0.1" << false;
    QTest::newRow("all of another family") << "0.0.0.0"
                                           << "::1" << false;
    QTest::newRow("all IPv6 wanted") << "::1"
                                     << "::" << true;
}

void TestPortCheck::knowsWhatCollides() {
    QFETCH(QString, bound);
    QFETCH(QString, wanted);
    QFETCH(bool, collides);
    SocketRow row{bound.toStdString(), 80, true, 0, 1};
    const PortMapping mapping{wanted.toStdString(), 80, 80, Protocol::Tcp};
    QCOMPARE(coracle::net::collides(row, mapping), collides);
    row.port = 81;
    QVERIFY(!coracle::net::collides(row, mapping));
}

void TestPortCheck::findsFreePort() {
    PortState state = PortState::Taken;
    for (int tries = 0; tries < 20 && state != PortState::Free; ++tries) {  // another program may take it
        PortMapping mapping{"127.0.0.1", 0, 80, Protocol::Tcp};
        const auto port = chooseFreePort(mapping);
        VERIFY_OK(port);
        mapping.hostPort = *port;
        const auto check = checkPort(mapping);
        VERIFY_OK(check);
        state = check->state;
    }
    QVERIFY(state == PortState::Free);
}

void TestPortCheck::namesHolderOfTakenPort() {
    PortMapping mapping{"127.0.0.1", 0, 53, Protocol::Udp};
    coracle::Result<std::uint16_t> port = std::uint16_t{0};
    coracle::Result<coracle::sys::UniqueFd> socket = coracle::sys::UniqueFd();
    for (int tries = 0; tries < 20 && !(socket && *socket); ++tries) {  // another program may take it
        port = chooseFreePort(mapping);
        VERIFY_OK(port);
        socket = coracle::sys::bindUdp("127.0.0.1", *port);
    }
    VERIFY_OK(socket);
    mapping.hostPort = *port;
    const auto check = checkPort(mapping);
    VERIFY_OK(check);
    QVERIFY(check->state == PortState::Taken);
    QVERIFY(check->holder.has_value());
    QCOMPARE(check->holder->pid, ::getpid());
    QCOMPARE(check->holder->program, std::string("test_port_check"));
    QVERIFY(check->suggestion > *port);
    const auto error = toError(mapping, *check);
    QVERIFY(error.kind() == ErrorKind::Conflict);
    QVERIFY(error.message().find("'test_port_check' (process ") != std::string::npos);
    QCOMPARE(error.hint(), "port " + std::to_string(check->suggestion) + " is free");
}

void TestPortCheck::suggestsForPrivilegedPort() {
    if (::geteuid() == 0 || firstUnprivilegedPort() <= 81) {
        QSKIP("every port may be bound here");
    }
    const PortMapping mapping{"127.0.0.1", 81, 80, Protocol::Tcp};
    const auto check = checkPort(mapping);
    VERIFY_OK(check);
    QVERIFY(check->state == PortState::Privileged);
    QVERIFY(check->suggestion >= 8081);
    QVERIFY(toError(mapping, *check).kind() == ErrorKind::PermissionDenied);
}

void TestPortCheck::tellsForeignAddress() {
    const PortMapping mapping{"203.0.113.7", 8080, 80, Protocol::Tcp};
    const auto check = checkPort(mapping);
    VERIFY_OK(check);
    QVERIFY(check->state == PortState::NotOurs);
    QVERIFY(toError(mapping, *check).message().find("'203.0.113.7' is not an address of this machine") !=
            std::string::npos);
}

void TestPortCheck::rejectsMalformedAddress() {
    VERIFY_ERROR(checkPort(PortMapping{"nowhere", 8080, 80, Protocol::Tcp}), ErrorKind::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestPortCheck)
#include "test_port_check.moc"
