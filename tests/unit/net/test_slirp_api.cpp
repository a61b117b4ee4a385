// SPDX-License-Identifier: Apache-2.0
#include "net/slirp_api.h"
#include "tests/support/verify.h"

using coracle::ErrorKind;
using namespace coracle::net;

class TestSlirpApi : public QObject {
    Q_OBJECT

private slots:
    void asks();
    void understandsAnswers();
    void rejectsOtherAnswers_data();
    void rejectsOtherAnswers();
    void survivesNestingWithoutEnd();
};

void TestSlirpApi::asks() {
    QCOMPARE(
        slirp::addRequest({"", 8080, 80, Protocol::Tcp}),
        std::string(R"({"arguments":{"guest_port":80,"host_addr":"0.0.0.0","host_port":8080,"proto":"tcp"},)"
                    R"("execute":"add_hostfwd"})"));
    QCOMPARE(slirp::removeRequest(7), std::string(R"({"arguments":{"id":7},"execute":"remove_hostfwd"})"));
}

void TestSlirpApi::understandsAnswers() {
    const auto added = slirp::parseAdded(R"({"return":{"id":42}})");
    VERIFY_OK(added);
    QCOMPARE(*added, std::int64_t{42});
    for (
        const char* text :
        {R"({"return":{"entries":[{"id":1,"proto":"udp","host_addr":"0.0.0.0","host_port":1,"guest_port":2}]}})",
         R"({"entries":[{"id":1,"proto":"udp","host_addr":"0.0.0.0","host_port":1,"guest_port":2}]})"}) {
        const auto list = slirp::parseList(text);
        VERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{1});
        QVERIFY((list->front().port == PortMapping{"", 1, 2, Protocol::Udp}));
    }
    VERIFY_OK(slirp::parseRemoved(R"({"return":{}})"));
    const auto refused = slirp::parseAdded(R"({"error":{"desc":"bad request: no"}})");
    VERIFY_ERROR(refused, ErrorKind::Unavailable);
    QCOMPARE(refused.error().message(), std::string("slirp4netns: bad request: no"));
}

void TestSlirpApi::rejectsOtherAnswers_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("not JSON") << "{";
    QTest::newRow("array") << "[]";
    QTest::newRow("no return") << "{}";
    QTest::newRow("return is text") << R"({"return":"x"})";
    QTest::newRow("id is text") << R"({"return":{"id":"1","entries":[{"id":"1"}]}})";
    QTest::newRow("id is negative") << R"({"return":{"id":-1,"entries":[{"id":-1}]}})";
    QTest::newRow("port out of range")
        << R"({"return":{"entries":[{"id":1,"proto":"tcp","host_addr":"","host_port":65536,"guest_port":1}]}})";
}

void TestSlirpApi::rejectsOtherAnswers() {
    QFETCH(QString, text);
    VERIFY_ERROR(slirp::parseAdded(text.toStdString()), ErrorKind::Corrupt);
    VERIFY_ERROR(slirp::parseList(text.toStdString()), ErrorKind::Corrupt);
}

/// A slirp4netns that was taken over must not end the program that asks it.
void TestSlirpApi::survivesNestingWithoutEnd() {
    constexpr std::size_t kDepth = 1'000'000;
    const std::string nested = std::string(kDepth, '[') + std::string(kDepth, ']');
    const auto added = slirp::parseAdded(R"({"return":{"id":42,"more":)" + nested + "}}");
    VERIFY_OK(added);
    QCOMPARE(*added, std::int64_t{42});
    VERIFY_ERROR(slirp::parseList(R"({"entries":)" + nested + "}"), ErrorKind::Corrupt);
}

QTEST_GUILESS_MAIN(TestSlirpApi)
#include "test_slirp_api.moc"
