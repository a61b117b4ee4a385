// SPDX-License-Identifier: Apache-2.0
#include "core/registry/challenge.h"
#include "core/registry/retry.h"
#include "core/registry/url.h"
#include "core/text/base64.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using namespace coracle::registry;

class TestUrl : public QObject {
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void resolves_data();
    void resolves();
    void knowsLocalAddresses();
    void keepsQueriesOutOfMessages();
    void readsChallenges_data();
    void readsChallenges();
    void prefersBearer();
    void readsRetryAfter();
    void base64GoesBothWays();
};

void TestUrl::parses_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    const auto row = [](const char* text, const char* printed) { QTest::newRow(text) << text << printed; };
    row("https://Host.Example", "https://host.example/");
    row("https://host:443/v2/?a=b#c", "https://host/v2/?a=b");
    row("http://host:443/", "http://host:443/");
    row("http://[::1]:5000/x", "http://[::1]:5000/x");
    row("https://user:pw@host/x", "https://host/x");
    row("https://host?x", "https://host/?x");
}

void TestUrl::parses() {
    QFETCH(QString, text);
    const auto url = Url::parse(text.toStdString());
    VERIFY_OK(url);
    QTEST(QString::fromStdString(url->text()), "printed");
}

void TestUrl::refuses_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char* text :
         {"", "host", "file:///etc/passwd", "ftp://host/", "https://", "https://:5/", "https://host:0/",
          "https://host:65536/", "https://host:5x/", "https://ho st/", "https://host/\r\nX: y",
          "https://[::1", "https://a\\b/", "https://ho%00st/", "https://[::1]x/"}) {
        QTest::newRow(text) << QByteArray(text);
    }
    QTest::newRow("too long") << "https://host/" + QByteArray(20000, 'a');
}

void TestUrl::refuses() {
    QFETCH(QByteArray, text);
    VERIFY_ERROR(Url::parse(text.toStdString()), ErrorKind::InvalidArgument);
}

void TestUrl::resolves_data() {
    QTest::addColumn<QString>("location");
    QTest::addColumn<QString>("target");
    const auto row = [](const char* location, const char* target) {
        QTest::newRow(location) << location << target;
    };
    row("/x?y", "https://host:5000/x?y");
    row("x", "https://host:5000/a/x");
    row("../x", "https://host:5000/x");
    row("../../../x/./y", "https://host:5000/x/y");
    row("?q", "https://host:5000/a/b?q");
    row("//other/x", "https://other/x");
    row("http://other/x", "http://other/x");
}

void TestUrl::resolves() {
    QFETCH(QString, location);
    const auto target = Url::parse("https://host:5000/a/b?old")->resolve(location.toStdString());
    VERIFY_OK(target);
    QTEST(QString::fromStdString(target->text()), "target");
}

void TestUrl::knowsLocalAddresses() {
    for (const char* host : {"127.0.0.1", "127.9.9.9", "localhost", "::1", "x.localhost"}) {
        QVERIFY2(isLoopbackHost(host), host);
    }
    for (const char* host : {"128.0.0.1", "localhost.example", "127.0.0.1.example", "0.0.0.0", ""}) {
        QVERIFY2(!isLoopbackHost(host), host);
    }
    for (const char* host : {"169.254.169.254", "0xa9fea9fe", "2852039166", "169.254.43518", "fe80::1",
                             "::ffff:169.254.169.254", "metadata.google.internal", "fd00:ec2::254",
                             "fd20:ce::254", "100.100.100.200", "::ffff:100.100.100.200", "168.63.129.16"}) {
        QVERIFY2(isLinkLocalHost(host), host);
    }
    for (const char* host :
         {"169.253.1.1", "10.0.0.1", "fec0::1", "host", "fd00:ec2::253", "100.100.100.201"}) {
        QVERIFY2(!isLinkLocalHost(host), host);
    }
}

void TestUrl::keepsQueriesOutOfMessages() {
    const auto url = Url::parse("ftp://host/x?signature=canary");
    VERIFY_ERROR(url, ErrorKind::InvalidArgument);
    QVERIFY(url.error().message().find("canary") == std::string::npos);
}

void TestUrl::readsChallenges_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("bearer") << R"(Bearer realm="https://auth/token",service="reg",scope="repository:a:pull")"
                            << QStringList{"bearer", "https://auth/token", "reg", "repository:a:pull"};
    QTest::newRow("spaces and case") << R"(  bEaReR   Realm = "r" , SERVICE=s)"
                                     << QStringList{"bearer", "r", "s", ""};
    QTest::newRow("basic") << R"(Basic realm="a \"quoted\" realm")"
                           << QStringList{"basic", "a \"quoted\" realm", "", ""};
    QTest::newRow("unknown first") << R"(Negotiate YWJj==, Basic realm="x")"
                                   << QStringList{"basic", "x", "", ""};
    QTest::newRow("unknown alone") << "Digest realm=\"x\"" << QStringList{};
    QTest::newRow("bearer without realm") << "Bearer service=\"x\"" << QStringList{};
    QTest::newRow("unterminated") << R"(Bearer realm="x)" << QStringList{"bearer", "x", "", ""};
    QTest::newRow("nothing") << "" << QStringList{};
    QTest::newRow("garbage") << "\x01\x02=,,=\"" << QStringList{};
}

void TestUrl::readsChallenges() {
    QFETCH(QString, header);
    QFETCH(QStringList, parts);
    const std::string text = header.toStdString();
    const auto challenge = findChallenge({text});
    QCOMPARE(challenge.has_value(), !parts.isEmpty());
    if (challenge) {
        QCOMPARE(challenge->scheme == Challenge::Scheme::Bearer, parts[0] == "bearer");
        QCOMPARE(QString::fromStdString(challenge->realm), parts[1]);
        QCOMPARE(QString::fromStdString(challenge->service), parts[2]);
        QCOMPARE(QString::fromStdString(challenge->scope), parts[3]);
    }
}

void TestUrl::prefersBearer() {
    const auto challenge = findChallenge({R"(Basic realm="a")", R"(Bearer realm="b")"});
    QVERIFY(challenge && challenge->realm == "b");
}

void TestUrl::readsRetryAfter() {
    const auto of = [](const std::string& value) { return retryAfter({429, {{"retry-after", value}}}); };
    QCOMPARE(of("7")->count(), 7);
    QCOMPARE(of("Wed, 21 Oct 2015 07:28:00 GMT")->count(), 0);
    QVERIFY(!of("-7"));
    QVERIFY(!of("soon"));
    QVERIFY(!retryAfter({429, {}}));
    const RetryPolicy policy;
    for (int attempt = 1; attempt <= 3; ++attempt) {
        QVERIFY(policy.delay(attempt) <= policy.firstDelay * (1 << (attempt - 1)));
        QVERIFY(policy.delay(attempt) >= policy.firstDelay * (1 << (attempt - 1)) / 2);
    }
}

void TestUrl::base64GoesBothWays() {
    for (const std::string text : {"", "a", "ab", "abc", "user:p\xc3\xa4ss\x01"}) {
        QCOMPARE(*text::decodeBase64(text::encodeBase64(text)), text);
    }
    QCOMPARE(text::encodeBase64("ab"), std::string("YWI="));
    QVERIFY(!text::decodeBase64("a"));
    QVERIFY(!text::decodeBase64("YW I="));
    QCOMPARE(text::encodeUrlPart("a b/c:~"), std::string("a%20b%2Fc%3A~"));
}

QTEST_GUILESS_MAIN(TestUrl)
#include "test_url.moc"
