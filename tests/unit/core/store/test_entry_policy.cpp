// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/entry_policy.h"
#include "core/store/helper/limits.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace coracle;
using namespace coracle::store::helper;

class TestEntryPolicy : public QObject {
    Q_OBJECT

private slots:
    void takesPathsApart_data();
    void takesPathsApart();
    void refusesPaths_data();
    void refusesPaths();
    void knowsWhiteouts_data();
    void knowsWhiteouts();
    void filtersAttributes_data();
    void filtersAttributes();
    void takesTheRootIdOutOfCapabilities();
    void knowsItsIds();
};

void TestEntryPolicy::takesPathsApart_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << "a/b"
                           << "a/b";
    QTest::newRow("leading slash") << "/a/b"
                                   << "a/b";
    QTest::newRow("leading dot") << "./a//./b/"
                                 << "a/b";
    QTest::newRow("root") << "./"
                          << ".";
    QTest::newRow("three dots are a name") << "a/..."
                                           << "a/...";
}

void TestEntryPolicy::takesPathsApart() {
    QFETCH(QString, name);
    QFETCH(QString, text);
    const auto path = parsePath(name.toStdString());
    VERIFY_OK(path);
    QCOMPARE(QString::fromStdString(textOf(*path)), text);
}

void TestEntryPolicy::refusesPaths_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("up") << "../x";
    QTest::newRow("up inside") << "a/../b";
    QTest::newRow("up at the end") << "a/..";
    QTest::newRow("long name") << QString(static_cast<int>(kMaxNameBytes) + 1, 'n');
    QTest::newRow("long path") << QString("d/").repeated(static_cast<int>(kMaxPathBytes) / 2 + 1);
    QTest::newRow("deep") << QString("d/").repeated(static_cast<int>(kMaxDepth) + 1);
    QTest::newRow("NUL") << QString("a") + QChar(0) + "b";
}

void TestEntryPolicy::refusesPaths() {
    QFETCH(QString, name);
    VERIFY_ERROR(parsePath(name.toStdString()), ErrorKind::Corrupt);
}

void TestEntryPolicy::knowsWhiteouts_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<int>("kind");
    using Kind = Whiteout::Kind;
    const auto row = [](const char* name, bool valid, Kind kind) {
        QTest::newRow(name) << name << valid << static_cast<int>(kind);
    };
    row("a/b", true, Kind::None);
    row("a/.wh.b", true, Kind::Name);
    row(".wh..wh..opq", true, Kind::Opaque);
    row("a/.wh..wh.plnk", true, Kind::Ignored);
    row("a/.wh.", false, Kind::None);
    row("a/.wh..", false, Kind::None);
    row("a/.wh...", false, Kind::None);
    row(".wh.a/b", false, Kind::None);
}

void TestEntryPolicy::knowsWhiteouts() {
    QFETCH(QString, name);
    QFETCH(bool, valid);
    QFETCH(int, kind);
    const auto path = parsePath(name.toStdString());
    VERIFY_OK(path);
    const auto found = classify(*path);
    QCOMPARE(found.has_value(), valid);
    if (valid) {
        QCOMPARE(static_cast<int>(found->kind), kind);
    }
}

void TestEntryPolicy::filtersAttributes_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("of the user") << "user.color" << true;
    for (const char* name : {"user.overlay.opaque", "user.overlay.redirect", "user.overlay.overlay.whiteout",
                             "user.overlay", "user.fuseoverlayfs.opaque", "user.containers.override_stat",
                             "user.rootlesscontainers", "trusted.overlay.opaque", "security.selinux",
                             "security.ima", "system.posix_acl_access", "user.", "x"}) {
        QTest::newRow(name) << name << false;
    }
    QTest::newRow("short capability") << "security.capability" << false;
}

void TestEntryPolicy::filtersAttributes() {
    QFETCH(QString, name);
    QFETCH(bool, allowed);
    QCOMPARE(allowedXattr(name.toStdString(), "value").has_value(), allowed);
}

void TestEntryPolicy::takesTheRootIdOutOfCapabilities() {
    const std::string masks(16, '\x01');
    const std::string version2 = std::string("\x01\0\0\x02", 4) + masks;
    const std::string version3 = std::string("\x01\0\0\x03", 4) + masks + std::string("\xe8\x03\0\0", 4);
    QCOMPARE(allowedXattr("security.capability", version2).value_or(""), version2);
    QCOMPARE(allowedXattr("security.capability", version3).value_or(""), version2);
    QVERIFY(!allowedXattr("security.capability", std::string("\x02\0\0\x02", 4) + masks));
    QVERIFY(!allowedXattr("security.capability", std::string("\x01\0\0\x03", 4) + masks));
}

void TestEntryPolicy::knowsItsIds() {
    const auto ranges =
        IdRanges::parse("         0       1000          1\n         1     100000      65536\n");
    QVERIFY(ranges.contains(0));
    QVERIFY(ranges.contains(65536));
    QVERIFY(!ranges.contains(65537));
    QVERIFY(!ranges.contains(1ULL << 32U));
    QVERIFY(!ranges.single());
    QVERIFY(IdRanges::parse("0 1000 1\n").single());
}

QTEST_GUILESS_MAIN(TestEntryPolicy)
#include "test_entry_policy.moc"
