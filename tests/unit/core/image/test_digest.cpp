// SPDX-License-Identifier: Apache-2.0
#include "core/image/digest.h"

#include <QtTest>

using coracle::image::Digest;
using coracle::image::Hasher;

class TestDigest : public QObject {
    Q_OBJECT

private slots:
    void hashesKnownText();
    void hashesAStreamLikeOneBuffer();
    void acceptsItsOwnText();
    void refusesWhatIsNoDigest_data();
    void refusesWhatIsNoDigest();
};

void TestDigest::hashesKnownText() {
    QCOMPARE(Digest::of("").text(),
             std::string("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(Digest::of("abc").text(),
             std::string("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void TestDigest::hashesAStreamLikeOneBuffer() {
    const std::string text(100000, 'x');
    Hasher hasher;
    for (std::size_t at = 0; at < text.size(); at += 777) {
        hasher.update(std::string_view(text).substr(at, 777));
    }
    QCOMPARE(hasher.finish().text(), Digest::of(text).text());
}

void TestDigest::acceptsItsOwnText() {
    const Digest digest = Digest::of("abc");
    const auto parsed = Digest::parse(digest.text());
    QVERIFY(parsed.has_value());
    QVERIFY(*parsed == digest);
    QCOMPARE(parsed->hex().size(), std::size_t{64});
}

void TestDigest::refusesWhatIsNoDigest_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("prefix alone") << QByteArray("sha256:");
    QTest::newRow("two digits") << QByteArray("sha256:00");
    QTest::newRow("a path") << QByteArray("sha256:../../x");
    QTest::newRow("path of the right length") << "sha256:../" + QByteArray(61, 'a');
    QTest::newRow("upper case") << "sha256:" + QByteArray(64, 'A');
    QTest::newRow("65 digits") << "sha256:" + QByteArray(65, 'a');
    QTest::newRow("NUL inside") << "sha256:" + QByteArray(63, 'a') + QByteArray(1, '\0');
    QTest::newRow("another algorithm") << "sha512:" + QByteArray(64, 'a');
    QTest::newRow("no algorithm") << QByteArray(64, 'a');
}

void TestDigest::refusesWhatIsNoDigest() {
    QFETCH(QByteArray, text);
    const auto parsed =
        Digest::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind(), coracle::ErrorKind::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestDigest)
#include "test_digest.moc"
