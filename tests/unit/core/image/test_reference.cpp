// SPDX-License-Identifier: Apache-2.0
#include "core/image/reference.h"
#include "tests/support/verify.h"

#include <QtTest>

using coracle::ErrorKind;
using coracle::image::Reference;

class TestReference : public QObject {
    Q_OBJECT

private slots:
    void completesWhatPeopleType_data();
    void completesWhatPeopleType();
    void refusesBadNames_data();
    void refusesBadNames();
    void keepsTagBesideDigest();
    void newNamesAreNoIds();
};

void TestReference::completesWhatPeopleType_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("full");
    QTest::addColumn<QString>("familiar");
    const auto row = [](const char* typed, const char* full, const char* familiar) {
        QTest::newRow(typed) << typed << full << familiar;
    };
    row("alpine", "docker.io/library/alpine:latest", "alpine:latest");
    row("alpine:3.20", "docker.io/library/alpine:3.20", "alpine:3.20");
    row("team/app", "docker.io/team/app:latest", "team/app:latest");
    row("docker.io/alpine", "docker.io/library/alpine:latest", "alpine:latest");
    row("index.docker.io/library/alpine", "docker.io/library/alpine:latest", "alpine:latest");
    row("docker.io/library/a/b", "docker.io/library/a/b:latest", "library/a/b:latest");
    row("localhost/app", "localhost/app:latest", "localhost/app:latest");
    row("LOCALHOST:5000/app", "localhost:5000/app:latest", "localhost:5000/app:latest");
    row("127.0.0.1:5000/team/app:1", "127.0.0.1:5000/team/app:1", "127.0.0.1:5000/team/app:1");
    row("[::1]:5000/app", "[::1]:5000/app:latest", "[::1]:5000/app:latest");
    row("quay.io/a/b/c-d__e.f:V1.0-rc_1", "quay.io/a/b/c-d__e.f:V1.0-rc_1", "quay.io/a/b/c-d__e.f:V1.0-rc_1");
    row("a---b", "docker.io/library/a---b:latest", "a---b:latest");
}

void TestReference::completesWhatPeopleType() {
    QFETCH(QString, typed);
    const auto reference = Reference::parse(typed.toStdString());
    QVERIFY2(reference.has_value(), reference ? "" : reference.error().message().c_str());
    QTEST(QString::fromStdString(reference->text()), "full");
    QTEST(QString::fromStdString(reference->familiarText()), "familiar");
    QVERIFY(*Reference::parse(reference->text()) == *reference);
    QVERIFY(*Reference::parse(reference->familiarText()) == *reference);
}

void TestReference::refusesBadNames_data() {
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const QByteArray& typed, const char* part) {
        QTest::newRow(name) << typed << part;
    };
    row("empty", "", "it is empty");
    row("upper case", "Alpine", "'Alpine' has to be in lower case");
    row("upper case namespace", "Team/app", "'Team' has to be in lower case");
    row("address", "https://quay.io/a", "has no 'https://'");
    row("empty tag", "alpine:", "the tag ''");
    row("tag with slash", "alpine:a/b", "is no HOST[:PORT]");
    row("long tag", "alpine:" + QByteArray(129, 'a'), "the tag '");
    row("tag starting with dot", "alpine:.x", "the tag '.x'");
    row("short digest", "alpine@sha256:00", "64 lower-case");
    row("digest as path", "alpine@sha256:../../x", "64 lower-case");
    row("dot dot", "quay.io/../x", "'..' has to be made of");
    row("empty component", "quay.io//x", "'' has to be made of");
    row("trailing slash", "quay.io/", "the repository is missing");
    row("triple underscore", "a___b", "'a___b'");
    row("archive of podman's", "docker-archive:/a", "is no HOST[:PORT]");
    row("port zero", "quay.io:0/a", "is no HOST[:PORT]");
    row("port too large", "quay.io:65536/a", "is no HOST[:PORT]");
    row("user in host", "me:pw@quay.io/a", "digest");
    row("image id", QByteArray(64, 'a'), "are an image id");
    row("too long", QByteArray(250, 'a') + "/b", "longer than 255");
    row("escape sequence", "a\x1b[31m", "a\\x1b[31m");
    row("NUL", QByteArray("a\0b", 3), "a\\x00b");
}

void TestReference::refusesBadNames() {
    QFETCH(QByteArray, typed);
    QFETCH(QString, part);
    const auto reference = Reference::parse(typed.toStdString());
    QVERIFY(!reference.has_value());
    QCOMPARE(reference.error().kind(), coracle::ErrorKind::InvalidArgument);
    const QString message = QString::fromStdString(reference.error().message());
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(message.startsWith("image name"));
}

void TestReference::keepsTagBesideDigest() {
    const std::string digest = "sha256:" + std::string(64, 'a');
    const auto both = Reference::parse("alpine:3@" + digest);
    QVERIFY(both.has_value());
    QCOMPARE(both->text(), "docker.io/library/alpine:3@" + digest);
    const auto bare = Reference::parse("alpine@" + digest);
    QVERIFY(bare.has_value() && !bare->tag());
    QCOMPARE(bare->familiarText(), "alpine@" + digest);
}

void TestReference::newNamesAreNoIds() {
    const auto name = Reference::parseNewName("team/app");
    VERIFY_OK(name);
    QCOMPARE(name->familiarText(), std::string("team/app:latest"));
    VERIFY_OK(Reference::parseNewName("localhost/sha256:1"));
    VERIFY_ERROR(Reference::parseNewName("sha256:1"), ErrorKind::InvalidArgument);
    VERIFY_ERROR(Reference::parseNewName("alpine@sha256:" + std::string(64, 'a')),
                 ErrorKind::InvalidArgument);
    VERIFY_ERROR(Reference::parseNewName(""), ErrorKind::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestReference)
#include "test_reference.moc"
