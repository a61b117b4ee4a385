// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace coracle;
using coracle::test::TemporaryDirectory;

class TestFile : public QObject {
    Q_OBJECT
private slots:
    void replacesWholeContent() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::replaceFile(directory / "a", "one", 0600, sys::Durability::Disk));
        VERIFY_OK(sys::replaceFile(directory / "a", "two, longer", 0600, sys::Durability::Process));
        QCOMPARE(*sys::readFile(directory / "a"), std::string("two, longer"));
        QCOMPARE(sys::listDirectory(directory.path())->size(), std::size_t{1});
    }
    void leavesNoTemporaryFileWhenRenameFails() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "a/full"));
        VERIFY_ERROR(sys::replaceFile(directory / "a", "x", 0600, sys::Durability::Process), ErrorKind::Io);
        QCOMPARE(sys::listDirectory(directory.path())->size(), std::size_t{1});
    }
    void readsNoFifo() {
        const TemporaryDirectory directory;
        QCOMPARE(::mkfifo((directory / "fifo").c_str(), 0600), 0);
        VERIFY_ERROR(sys::readFile(directory / "fifo"), ErrorKind::Corrupt);
    }
    void readsPipeThatThePersonNamed() {
        auto pipe = sys::makePipe();
        VERIFY_OK(pipe);
        VERIFY_OK(sys::writeAll(pipe->writeEnd.get(), "A=1"));
        pipe->writeEnd.reset();
        const std::string path = "/proc/self/fd/" + std::to_string(pipe->readEnd.get());
        QCOMPARE(*sys::readNamedInput(path), std::string("A=1"));
        VERIFY_ERROR(sys::readNamedInput("/dev/zero", 4096), ErrorKind::Corrupt);
    }
    void refusesFileLongerThanLimit() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::replaceFile(directory / "a", "12345", 0600, sys::Durability::Process));
        VERIFY_OK(sys::readFile(directory / "a", 5));
        VERIFY_ERROR(sys::readFile(directory / "a", 4), ErrorKind::Corrupt);
    }
    void resolvesAbsoluteLinksInsideTheRoot() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "etc"));
        VERIFY_OK(sys::replaceFile(directory / "etc/passwd", "inside", 0600, sys::Durability::Process));
        QCOMPARE(::symlink("/etc/passwd", (directory / "link").c_str()), 0);
        const auto root = sys::openDirectory(directory.path());
        VERIFY_OK(root);
        const auto fd = sys::openInRoot(root->get(), "link", O_RDONLY);
        VERIFY_OK(fd);
        QCOMPARE(*sys::readAll(fd->get()), std::string("inside"));
        VERIFY_ERROR(sys::openBeneath(root->get(), "link", O_RDONLY), ErrorKind::Io);
    }
    void dotsDoNotLeaveTheRoot() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "root"));
        VERIFY_OK(sys::replaceFile(directory / "secret", "outside", 0600, sys::Durability::Process));
        const auto root = sys::openDirectory(directory / "root");
        VERIFY_OK(root);
        VERIFY_ERROR(sys::openInRoot(root->get(), "../secret", O_RDONLY), ErrorKind::NotFound);
        QVERIFY(!sys::openBeneath(root->get(), "../secret", O_RDONLY));
    }
    void removesTreeWithClosedDirectoriesAndLinksOutside() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "keep"));
        VERIFY_OK(sys::makeDirectories(directory / "tree/work/work"));
        QCOMPARE(::symlink((directory / "keep").c_str(), (directory / "tree/link").c_str()), 0);
        QCOMPARE(::chmod((directory / "tree/work/work").c_str(), 0), 0);
        VERIFY_OK(sys::removeTree(directory / "tree"));
        QVERIFY(!sys::pathExists(directory / "tree"));
        QVERIFY(sys::pathExists(directory / "keep"));
        VERIFY_OK(sys::removeTree(directory / "tree"));
    }
    void makesDirectoriesBelowExistingOnes() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "a/b/c"));
        VERIFY_OK(sys::makeDirectories(directory / "a/b/c"));
        VERIFY_OK(sys::replaceFile(directory / "file", "", 0600, sys::Durability::Process));
        QVERIFY(!sys::makeDirectories(directory / "file/below"));
        QVERIFY(!sys::makeDirectories(directory / "file"));
    }
    void realPathFollowsAllLinks() {
        const TemporaryDirectory directory;
        VERIFY_OK(sys::makeDirectories(directory / "disk/store"));
        QCOMPARE(::symlink("disk", (directory / "link").c_str()), 0);
        const auto real = sys::realPath(directory / "link/../link/./store");
        VERIFY_OK(real);
        const auto expected = sys::realPath(directory / "disk");
        VERIFY_OK(expected);
        QVERIFY(*real == *expected + "/store");
        VERIFY_ERROR(sys::realPath(directory / "link/missing"), ErrorKind::NotFound);
        // As if it were gone: its name cannot be told from what the kernel says of those.
        VERIFY_OK(sys::makeDirectories(directory / "x (deleted)"));
        VERIFY_ERROR(sys::realPath(directory / "x (deleted)"), ErrorKind::NotFound);
    }
    void randomNamesDiffer() {
        QCOMPARE(sys::randomHex(64).size(), std::size_t{64});
        QVERIFY(sys::randomHex(64) != sys::randomHex(64));
    }
};
QTEST_GUILESS_MAIN(TestFile)
#include "test_file.moc"
