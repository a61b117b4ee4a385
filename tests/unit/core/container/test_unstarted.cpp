// SPDX-License-Identifier: Apache-2.0
#include "core/container/status.h"
#include "core/container/unstarted.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <QTest>

using namespace coracle;
using container::UnstartedContainers;

/// The short way to a container's state has to say what the long one says, or nothing.
class TestUnstarted : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        VERIFY_OK(sys::makeDirectories(documents() + "/a"));
        VERIFY_OK(sys::makeDirectories(runFolders()));
    }
    void isCertainOfWhatHasNoFiles() {
        QVERIFY(look().has("a"));
        // Its maker leaves a lock of its own in the run folder.
        VERIFY_OK(sys::makeDirectories(runFolders() + "/a"));
        VERIFY_OK(sys::replaceFile(runFolders() + "/a/operation.lock", "", 0600, sys::Durability::Process));
        QVERIFY(look().has("a"));
        QCOMPARE(facts().status, types::ContainerStatus::Created);
        QVERIFY(!facts().everStarted);
    }
    void leavesTheRestToTheLongWay_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("it was started") << "documents/a/monitor.json";
        QTest::newRow("it has ended") << "documents/a/exit.json";
        QTest::newRow("somebody starts it or it runs") << "run/a/lock";
    }
    void leavesTheRestToTheLongWay() {
        QFETCH(QString, file);
        const std::string path = m_folder->filePath(file).toStdString();
        VERIFY_OK(sys::makeDirectories(path.substr(0, path.rfind('/'))));
        VERIFY_OK(sys::replaceFile(path, "{}", 0600, sys::Durability::Process));
        QVERIFY(!look().has("a"));
    }
    void isCertainOfNothingThatItCannotSee() {
        QVERIFY(!UnstartedContainers(m_folder->filePath("nowhere").toStdString(), runFolders()).has("a"));
        VERIFY_OK(
            sys::replaceFile(m_folder->filePath("file").toStdString(), "", 0600, sys::Durability::Process));
        QVERIFY(!UnstartedContainers(documents(), m_folder->filePath("file").toStdString()).has("a"));
    }

private:
    std::string documents() const { return m_folder->filePath("documents").toStdString(); }
    std::string runFolders() const { return m_folder->filePath("run").toStdString(); }
    UnstartedContainers look() const { return {documents(), runFolders()}; }
    container::ContainerFacts facts() const {
        container::ContainerPaths paths;
        paths.data = paths.bundle = documents() + "/a";
        paths.runDir = runFolders() + "/a";
        return container::readFacts(paths);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestUnstarted)
#include "test_unstarted.moc"
