// SPDX-License-Identifier: Apache-2.0
#include "net/port_mapping.h"
#include "tests/support/verify.h"

using coracle::ErrorKind;
using namespace coracle::net;

class TestPortMapping : public QObject {
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void rejects_data();
    void rejects();
    void expandsRanges();
    void printsWhatParsesToTheSame();
};

void TestPortMapping::parses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("ip");
    QTest::addColumn<int>("host");
    QTest::addColumn<int>("container");
    QTest::addColumn<bool>("udp");
    QTest::newRow("container only") << "80"
                                    << "" << 0 << 80 << false;
    QTest::newRow("host and container") << "8080:80"
                                        << "" << 8080 << 80 << false;
    QTest::newRow("protocol") << "53:53/udp"
                              << "" << 53 << 53 << true;
    QTest::newRow("protocol in capitals") << "53:53/UDP"
                                          << "" << 53 << 53 << true;
    QTest::newRow("address") << "127.0.0.1:8080:80"
                             << "127.0.0.1" << 8080 << 80 << false;
    QTest::newRow("address, automatic port") << "127.0.0.1::80"
                                             << "127.0.0.1" << 0 << 80 << false;
    QTest::newRow("IPv6") << "[::1]:8080:80"
                          << "::1" << 8080 << 80 << false;
    QTest::newRow("IPv6, automatic port") << "[fe80::1]::80"
                                          << "fe80::1" << 0 << 80 << false;
    QTest::newRow("automatic port as 0") << "0:80"
                                         << "" << 0 << 80 << false;
    QTest::newRow("empty host port") << ":80"
                                     << "" << 0 << 80 << false;
    QTest::newRow("highest") << "65535:65535"
                             << "" << 65535 << 65535 << false;
}

void TestPortMapping::parses() {
    QFETCH(QString, text);
    QFETCH(QString, ip);
    QFETCH(int, host);
    QFETCH(int, container);
    QFETCH(bool, udp);
    const auto mappings = parsePortMappings(text.toStdString());
    VERIFY_OK(mappings);
    QCOMPARE(mappings->size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(mappings->front().hostIp), ip);
    QCOMPARE(int{mappings->front().hostPort}, host);
    QCOMPARE(int{mappings->front().containerPort}, container);
    QCOMPARE(mappings->front().protocol == Protocol::Udp, udp);
}

void TestPortMapping::rejects_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("empty") << ""
                           << "no port";
    QTest::newRow("container missing") << "8080:"
                                       << "container port is missing";
    QTest::newRow("word") << "8080:http"
                          << "container port 'http'";
    QTest::newRow("host word") << "web:80"
                               << "host port 'web'";
    QTest::newRow("above 65535") << "65536:80"
                                 << "host port '65536'";
    QTest::newRow("far above") << "80:99999999999999999999"
                               << "container port '99999999999999999999'";
    QTest::newRow("container 0") << "8080:0"
                                 << "container port 0";
    QTest::newRow("negative") << "-1:80"
                              << "host port '-1'";
    QTest::newRow("sign") << "+80"
                          << "container port '+80'";
    QTest::newRow("blank") << "80 :80"
                           << "host port '80 '";
    QTest::newRow("protocol") << "80:80/sctp"
                              << "protocol 'sctp'";
    QTest::newRow("empty protocol") << "80/"
                                    << "protocol ''";
    QTest::newRow("bad address") << "300.0.0.1:80:80"
                                 << "'300.0.0.1' is not an IP address";
    QTest::newRow("name as address") << "localhost:80:80"
                                     << "'localhost' is not an IP address";
    QTest::newRow("IPv6 without brackets") << "::1:80:80"
                                           << "needs brackets";
    QTest::newRow("open bracket") << "[::1:80:80"
                                  << "in brackets";
    QTest::newRow("no host part after bracket") << "[::1]:80"
                                                << "in brackets";
    QTest::newRow("bad IPv6") << "[::g]:80:80"
                              << "'::g' is not an IPv6 address";
    QTest::newRow("range backwards") << "90-80:90-80"
                                     << "ends before it begins";
    QTest::newRow("ranges of two lengths") << "8000-8010:80-81"
                                           << "the host range has 11 ports, the container range 2";
    QTest::newRow("host range for one port") << "8000-8010:80"
                                             << "the host range has 11 ports";
    QTest::newRow("half range") << "80-:80-"
                                << "container port '80-'";
    QTest::newRow("range too long") << "1-5000:1-5000"
                                    << "longer than 4096";
    QTest::newRow("range from 0") << "0-10:80-90"
                                  << "starts at 0";
}

void TestPortMapping::rejects() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto mappings = parsePortMappings(text.toStdString());
    VERIFY_ERROR(mappings, ErrorKind::InvalidArgument);
    const QString message = QString::fromStdString(mappings.error().message());
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(message.startsWith("port '" + text + "': "));
    QVERIFY(!mappings.error().hint().empty());
}

void TestPortMapping::expandsRanges() {
    const auto mappings = parsePortMappings("127.0.0.1:8000-8002:80-82/udp");
    VERIFY_OK(mappings);
    QCOMPARE(mappings->size(), std::size_t{3});
    QCOMPARE(toText(mappings->back()), std::string("127.0.0.1:8002:82/udp"));
    const auto automatic = parsePortMappings("80-82");
    VERIFY_OK(automatic);
    QCOMPARE(automatic->size(), std::size_t{3});
    QCOMPARE(toText(automatic->front()), std::string("80"));
}

void TestPortMapping::printsWhatParsesToTheSame() {
    for (const char* text :
         {"80", "8080:80", "127.0.0.1:53:53/udp", "127.0.0.1::9229", "[::1]:1:2", "[::]::2/udp"}) {
        const auto mappings = parsePortMappings(text);
        VERIFY_OK(mappings);
        QCOMPARE(toText(mappings->front()), std::string(text));
    }
}

QTEST_GUILESS_MAIN(TestPortMapping)
#include "test_port_mapping.moc"
