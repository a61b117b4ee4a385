// SPDX-License-Identifier: Apache-2.0
#include "core/types/isolation.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using namespace coracle::types;

class TestIsolation : public QObject {
    Q_OBJECT
private slots:
    void readsUserNamespaces() {
        using Mode = UserNamespace::Mode;
        QCOMPARE(*parseUserNamespace(""), UserNamespace());
        QCOMPARE(*parseUserNamespace("private"), UserNamespace());
        QCOMPARE(*parseUserNamespace("keep-id"), (UserNamespace{Mode::KeepId, {}, {}, 0}));
        QCOMPARE(*parseUserNamespace("keep-id:gid=6,uid=5,size=70000"),
                 (UserNamespace{Mode::KeepId, 5, 6, 70000}));
        QCOMPARE(*parseUserNamespace("auto:size=2000"), (UserNamespace{Mode::Auto, {}, {}, 2000}));
        QCOMPARE(*parseUserNamespace("nomap"), (UserNamespace{Mode::NoMap, {}, {}, 0}));
        for (const char* text : {"keep-id:", "keep-id:uid", "keep-id:uid=-1", "keep-id:uid=4294967295",
                                 "auto:uid=1", "host:size=1", "Keep-id"}) {
            VERIFY_ERROR(parseUserNamespace(text), ErrorKind::InvalidArgument);
        }
        VERIFY_ERROR(parseUserNamespace("ns:/proc/1/ns/user"), ErrorKind::Unsupported);
    }
    void readsIdMappings() {
        QCOMPARE(*parseIdMapping("0:1:65536"), (IdMapping{0, 1, 65536, false, false, false, false}));
        QCOMPARE(*parseIdMapping("5:0"), (IdMapping{5, 0, 1, false, false, false, false}));
        QCOMPARE(*parseIdMapping("+ug5:@1000:2"), (IdMapping{5, 1000, 2, true, true, true, true}));
        for (const char* text :
             {"", "0", ":", "0:", "0:1:0", "0:1:2:3", "@0:1:1", "x0:1:1", "0:-1", "0:1:4294967295"}) {
            VERIFY_ERROR(parseIdMapping(text), ErrorKind::InvalidArgument);
        }
    }
    void combinesIdMappings_data() {
        QTest::addColumn<QStringList>("uidMap");
        QTest::addColumn<QStringList>("gidMap");
        QTest::addColumn<QString>("expected");  // first ids inside: users / groups
        QTest::newRow("one option is for both") << QStringList{"1:1"} << QStringList() << "1/1";
        QTest::newRow("the other, too") << QStringList() << QStringList{"1:1"} << "1/1";
        QTest::newRow("each its own") << QStringList{"1:1"} << QStringList{"2:1"} << "1/2";
        QTest::newRow("flag u") << QStringList{"u1:1", "2:2"} << QStringList() << "12/2";
        QTest::newRow("flag g") << QStringList{"g1:1", "2:2"} << QStringList{"3:3"} << "2/13";
        QTest::newRow("both flags") << QStringList{"ug1:1"} << QStringList{"2:2"} << "1/12";
    }
    void combinesIdMappings() {
        QFETCH(QStringList, uidMap);
        QFETCH(QStringList, gidMap);
        QFETCH(QString, expected);
        const auto texts = [](const QStringList& list) {
            std::vector<std::string> out;
            for (const auto& text : list) {
                out.push_back(text.toStdString());
            }
            return out;
        };
        const auto all = combineIdMappings(texts(uidMap), texts(gidMap));
        VERIFY_OK(all);
        QString got;
        for (const auto& mapping : all->users) {
            got += QString::number(mapping.inside);
        }
        got += "/";
        for (const auto& mapping : all->groups) {
            got += QString::number(mapping.inside);
        }
        QCOMPARE(got, expected);
    }
    void readsDevices() {
        QCOMPARE(*parseDevice("/dev/fuse"), (DeviceSpec{"/dev/fuse", "/dev/fuse", "rwm"}));
        QCOMPARE(*parseDevice("/dev/a:/dev/b"), (DeviceSpec{"/dev/a", "/dev/b", "rwm"}));
        QCOMPARE(*parseDevice("/dev/a:rw"), (DeviceSpec{"/dev/a", "/dev/a", "rw"}));
        QCOMPARE(*parseDevice("/dev/a:/dev/b:r"), (DeviceSpec{"/dev/a", "/dev/b", "r"}));
        for (const char* text :
             {"", "fuse", "/dev/a:", "/dev/a:b", "/dev/a:/b:", "/dev/a:/b:rwx", "/a:/b:r:w"}) {
            VERIFY_ERROR(parseDevice(text), ErrorKind::InvalidArgument);
        }
    }
    void splitsSecurityOptionsLikeDocker() {
        QCOMPARE(splitSecurityOption("label:disable").value, std::string("disable"));
        QCOMPARE(splitSecurityOption("seccomp=/a:b").value, std::string("/a:b"));
        QCOMPARE(splitSecurityOption("no-new-privileges").name, std::string("no-new-privileges"));
    }
    void everyProfileIsExplained() {
        for (const auto& profile : securityProfiles()) {
            VERIFY_OK(checkSecurityOption("profile=" + std::string(profile.name)));
            QVERIFY(!profile.help.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestIsolation)
#include "test_isolation.moc"
