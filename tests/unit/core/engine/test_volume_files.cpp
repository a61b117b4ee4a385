// SPDX-License-Identifier: Apache-2.0
#include "core/engine/local_engine.h"
#include "core/engine/trash.h"
#include "core/engine/volume_contents.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

using namespace coracle;

/// Deleting in a volume, through the engine and its real helper.
class TestVolumeFiles : public QObject {
    Q_OBJECT

private slots:
    void init();
    void deletesWhatIsNamed();
    void keepsWhatIsProtected();
    void refusesNamesThatMeanTheVolumeOrMore_data();
    void refusesNamesThatMeanTheVolumeOrMore();
    void takesLinksAndNotWhatTheyLeadTo();
    void looksAtNothingBehindLinksThatLeadOut();

private:
    engine::VolumeContents& contents() { return m_engine->volumeContents(); }

    std::unique_ptr<test::TemporaryDirectory> m_directory;
    std::unique_ptr<engine::Engine> m_engine;
    std::string m_data;
};

void TestVolumeFiles::init() {
    m_engine.reset();
    m_directory = std::make_unique<test::TemporaryDirectory>();
    engine::LocalEngineOptions options;
    options.root = m_directory->path() + "/root";
    options.runRoot = m_directory->path() + "/run";
    auto opened = engine::openLocalEngine(options);
    VERIFY_OK(opened);
    m_engine = *std::move(opened);
    engine::VolumeOptions volume;
    volume.name = "data";
    VERIFY_OK(m_engine->volumes().create(volume));
    m_data = options.root + "/volumes/data/data";
    VERIFY_OK(sys::makeDirectories(m_data + "/a/b"));
    VERIFY_OK(sys::replaceFile(m_data + "/a/f", "five!", 0640, sys::Durability::Process));
    VERIFY_OK(sys::replaceFile(m_directory->path() + "/secret", "mine", 0600, sys::Durability::Process));
}

void TestVolumeFiles::deletesWhatIsNamed() {
    VERIFY_OK(contents().erase("data", "/a/f", {}));
    QVERIFY(!sys::pathExists(m_data + "/a/f"));
    VERIFY_OK(contents().erase("data", "/a", {}));
    QVERIFY(!sys::pathExists(m_data + "/a"));
    VERIFY_OK(contents().erase("data", "/a", {}));  // it is gone, as asked
    VERIFY_ERROR(contents().erase("nothing", "/a", {}), ErrorKind::NotFound);
}

void TestVolumeFiles::keepsWhatIsProtected() {
    VERIFY_OK(m_engine->trash().setProtected("data", true));
    const auto refused = contents().erase("data", "/a", {});
    VERIFY_ERROR(refused, ErrorKind::Conflict);
    QVERIFY(QString::fromStdString(refused.error().message()).contains(QStringLiteral("is protected")));
    QVERIFY(!refused.error().hint().empty());
    QVERIFY(sys::pathExists(m_data + "/a/f"));
    VERIFY_OK(m_engine->trash().setProtected("data", false));
    VERIFY_OK(contents().erase("data", "/a", {}));
    QVERIFY(!sys::pathExists(m_data + "/a"));
}

void TestVolumeFiles::refusesNamesThatMeanTheVolumeOrMore_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("the volume") << QByteArray("/");
    QTest::newRow("the volume again") << QByteArray("//");
    QTest::newRow("dot") << QByteArray("/.");
    QTest::newRow("dot dot") << QByteArray("/..");
    QTest::newRow("back to the volume") << QByteArray("/a/..");
    QTest::newRow("out and in") << QByteArray("/a/../..");
    QTest::newRow("dot in a folder") << QByteArray("/a/.");
    QTest::newRow("a zero byte") << QByteArray("/a\0/../..", 9);
}

void TestVolumeFiles::refusesNamesThatMeanTheVolumeOrMore() {
    QFETCH(QByteArray, path);
    VERIFY_ERROR(contents().erase("data", path.toStdString(), {}), ErrorKind::InvalidArgument);
    QVERIFY(sys::pathExists(m_data + "/a/f"));
    QVERIFY(sys::pathExists(m_data + "/a/b"));
}

void TestVolumeFiles::takesLinksAndNotWhatTheyLeadTo() {
    QCOMPARE(::symlink((m_directory->path() + "/secret").c_str(), (m_data + "/file").c_str()), 0);
    QCOMPARE(::symlink(m_directory->path().c_str(), (m_data + "/out").c_str()), 0);
    QCOMPARE(::symlink("../../../..", (m_data + "/up").c_str()), 0);
    QCOMPARE(::symlink("a", (m_data + "/inside").c_str()), 0);
    // Through a link the root is the volume's: nothing outside has such a name.
    VERIFY_ERROR(contents().erase("data", "/out/secret", {}), ErrorKind::NotFound);
    VERIFY_OK(contents().erase("data", "/up/secret", {}));  // of the volume, where there is none
    for (const char* link : {"/file", "/out", "/up"}) {
        VERIFY_OK(contents().erase("data", link, {}));
        QVERIFY(::access((m_data + link).c_str(), F_OK) != 0);
    }
    QCOMPARE(*sys::readFile(m_directory->path() + "/secret"), std::string("mine"));
    VERIFY_OK(contents().erase("data", "/inside/f", {}));
    QVERIFY(!sys::pathExists(m_data + "/a/f"));
    QVERIFY(sys::pathExists(m_data + "/a/b"));
}

void TestVolumeFiles::looksAtNothingBehindLinksThatLeadOut() {
    QCOMPARE(::symlink(m_directory->path().c_str(), (m_data + "/out").c_str()), 0);
    QCOMPARE(::symlink("../../../../..", (m_data + "/up").c_str()), 0);
    VERIFY_ERROR(contents().listFolder("data", "/out", {}), ErrorKind::NotFound);
    VERIFY_ERROR(contents().listFolder("data", "/up/etc", {}), ErrorKind::NotFound);
    const auto root = contents().listFolder("data", "/up", {});
    VERIFY_OK(root);
    std::vector<std::string> names;
    for (const auto& file : *root) {
        names.push_back(file.path);
    }
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (std::vector<std::string>{"a", "out", "up"}));
}

QTEST_GUILESS_MAIN(TestVolumeFiles)
#include "test_volume_files.moc"
