// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/limits.h"
#include "core/store/helper/lower_layers.h"
#include "core/store/helper/tree_walk.h"
#include "core/store/helper/unpacker.h"
#include "rootless/sys/file.h"
#include "tests/support/tar_builder.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace coracle;
using namespace coracle::store;
using namespace coracle::store::helper;
using test::TarBuilder;
using test::TarHeader;

/// Works on the real file system, in the process of the test, with one id as without subordinate ids.
class TestUnpacker : public QObject {
    Q_OBJECT

private slots:
    void writesWhatTheArchiveSays();
    void lastEntryOfANameWins();
    void turnsWhiteoutsIntoDevices();
    void whiteoutOfAnOwnNameHidesTheLowerOne();
    void makesParentsThatAreMissing();
    void neverWalksThroughLinks_data();
    void neverWalksThroughLinks();
    void recordsDevicesWithoutMakingThem();
    void leavesHolesInSparseFiles();
    void refusesOwnersBeyondTheMap();
    void refusesMoreThanTheLimit();
    void takesLinksToLowerLayers();
    void removesTreesOfAnyDepthAndMode();
    void leavesAloneWhatIsMounted();

private:
    Result<UnpackReport> unpack(const std::string& archive, const std::string& folder) {
        (void)sys::makeDirectories(folder, 0755);
        TRY_ASSIGN(m_root, sys::openAt(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY));
        Unpacker unpacker(m_root.get(), {IdRanges::parse(m_map), IdRanges::parse(m_map)});
        tar::Parser parser(unpacker);
        TRY(parser.feed(std::as_bytes(std::span(archive.data(), archive.size()))));
        TRY(parser.finish());
        return unpacker.finish();
    }
    static struct stat statusOf(const std::string& path) {
        struct stat status {};
        (void)::lstat(path.c_str(), &status);
        return status;
    }
    static std::string opaqueMark(const std::string& path) {
        char value[8] = {};
        const ssize_t length = ::lgetxattr(path.c_str(), "user.overlay.opaque", value, sizeof value);
        return length < 0 ? std::string() : std::string(value, static_cast<std::size_t>(length));
    }

    sys::UniqueFd m_root;
    std::string m_map = "0 0 1\n";
};

void TestUnpacker::writesWhatTheArchiveSays() {
    const test::TemporaryDirectory directory;
    TarHeader program;
    program.name = "bin/su";
    program.mode = 04755;
    program.mtime = 1'000'000'000;
    TarHeader folder;
    folder.name = "bin";
    folder.type = '5';
    folder.mode = 02750;
    folder.mtime = 900'000'000;
    VERIFY_OK(unpack(TarBuilder()
                         .entry(folder, "")
                         .entry(program, "elf")
                         .link('2', "bin/sh", "../../../etc/passwd")
                         .link('1', "bin/sudo", "bin/su")
                         .finish(),
                     directory / "l"));
    QCOMPARE(*sys::readFile(directory / "l/bin/su"), std::string("elf"));
    QCOMPARE(statusOf(directory / "l/bin/su").st_mode & 07777, 04755U);
    QCOMPARE(statusOf(directory / "l/bin/su").st_mtim.tv_sec, 1'000'000'000L);
    QCOMPARE(statusOf(directory / "l/bin/su").st_nlink, nlink_t{2});
    QCOMPARE(statusOf(directory / "l/bin").st_mode & 07777, 02750U);
    QCOMPARE(statusOf(directory / "l/bin").st_mtim.tv_sec, 900'000'000L);
    QVERIFY(S_ISLNK(statusOf(directory / "l/bin/sh").st_mode));
}

void TestUnpacker::lastEntryOfANameWins() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(unpack(TarBuilder()
                         .file("f", "old")
                         .file("f", "new")
                         .folder("d")
                         .file("d/x/y", "deep")
                         .file("d", "now a file")
                         .file("g", "a file")
                         .folder("g")
                         .file("g/inside", "kept")
                         .folder("g", 0711)
                         .finish(),
                     directory / "l"));
    QCOMPARE(*sys::readFile(directory / "l/f"), std::string("new"));
    QCOMPARE(*sys::readFile(directory / "l/d"), std::string("now a file"));
    QCOMPARE(*sys::readFile(directory / "l/g/inside"), std::string("kept"));
    QCOMPARE(statusOf(directory / "l/g").st_mode & 07777, 0711U);
}

void TestUnpacker::turnsWhiteoutsIntoDevices() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(unpack(TarBuilder().file("a/.wh.gone", "").folder("o").file("o/.wh..wh..opq", "").finish(),
                     directory / "l"));
    const auto gone = statusOf(directory / "l/a/gone");
    QVERIFY(S_ISCHR(gone.st_mode));
    QCOMPARE(gone.st_rdev, dev_t{0});
    QCOMPARE(opaqueMark(directory / "l/o"), std::string("y"));
}

void TestUnpacker::whiteoutOfAnOwnNameHidesTheLowerOne() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(unpack(TarBuilder()
                         .folder("first")
                         .file("first/own", "1")
                         .file(".wh.first", "")
                         .file(".wh.second", "")
                         .folder("second")
                         .file("file", "2")
                         .file(".wh.file", "")
                         .finish(),
                     directory / "l"));
    QCOMPARE(opaqueMark(directory / "l/first"), std::string("y"));
    QVERIFY(sys::pathExists(directory / "l/first/own"));
    QCOMPARE(opaqueMark(directory / "l/second"), std::string("y"));
    QCOMPARE(*sys::readFile(directory / "l/file"), std::string("2"));
}

void TestUnpacker::makesParentsThatAreMissing() {
    const test::TemporaryDirectory directory;
    const auto report =
        unpack(TarBuilder().file("a/b/c", "x").folder("a", 0700).file("z/y", "").finish(), directory / "l");
    VERIFY_OK(report);
    QCOMPARE(statusOf(directory / "l/a").st_mode & 07777, 0700U);
    QCOMPARE(statusOf(directory / "l/a/b").st_mode & 07777, 0755U);
    QCOMPARE(report->plainParents, (std::vector<std::string>{"a/b", "z"}));
}

void TestUnpacker::neverWalksThroughLinks_data() {
    QTest::addColumn<QByteArray>("archive");
    const auto row = [](const char* name, const TarBuilder& builder) {
        QTest::newRow(name) << QByteArray::fromStdString(builder.finish());
    };
    row("write through an absolute link", TarBuilder().link('2', "d", "/VICTIM").file("d/x", "bad"));
    row("write through a relative link", TarBuilder().link('2', "d", "../victim").file("d/x", "bad"));
    row("write into the link's target", TarBuilder().link('2', "f", "../victim/file").file("f/x", "bad"));
    row("hard link through a link", TarBuilder().link('2', "d", "../victim").link('1', "f", "d/file"));
    row("hard link upwards", TarBuilder().link('1', "f", "../victim/file"));
    row("entry upwards", TarBuilder().file("../victim/file", "bad"));
    row("whiteout upwards", TarBuilder().file("../victim/.wh.file", ""));
    row("whiteout through a link", TarBuilder().link('2', "d", "../victim").file("d/.wh.file", ""));
    row("folder over a link, then write", TarBuilder().link('2', "d", "../victim").folder("d/sub"));
    row("root is no file", TarBuilder().file("./", "x").link('2', ".", "../victim"));
}

void TestUnpacker::neverWalksThroughLinks() {
    QFETCH(QByteArray, archive);
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "victim"));
    VERIFY_OK(sys::replaceFile(directory / "victim/file", "good", 0600, sys::Durability::Process));
    QVERIFY(!unpack(archive.toStdString(), directory / "l"));
    QCOMPARE(*sys::readFile(directory / "victim/file"), std::string("good"));
    QCOMPARE(sys::listDirectory(directory / "victim")->size(), std::size_t{1});
    QCOMPARE(statusOf(directory / "victim/file").st_nlink, nlink_t{1});
}

void TestUnpacker::recordsDevicesWithoutMakingThem() {
    const test::TemporaryDirectory directory;
    TarHeader device;
    device.name = "dev/sda";
    device.type = '4';
    device.major = 8;
    const auto report = unpack(TarBuilder().entry(device, "").finish(), directory / "l");
    VERIFY_OK(report);
    QCOMPARE(report->devices, (std::vector<std::string>{"b 8:0 dev/sda"}));
    QVERIFY(!sys::pathExists(directory / "l/dev/sda"));
}

void TestUnpacker::leavesHolesInSparseFiles() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(unpack(TarBuilder()
                         .pax({{"GNU.sparse.size", "10485760"}, {"GNU.sparse.map", "5242880,3"}})
                         .file("f", "abc")
                         .finish(),
                     directory / "l"));
    QCOMPARE(statusOf(directory / "l/f").st_size, off_t{10485760});
    QVERIFY(statusOf(directory / "l/f").st_blocks < 1000);
}

void TestUnpacker::refusesOwnersBeyondTheMap() {
    const test::TemporaryDirectory directory;
    m_map = "0 1000 1\n1 100000 65536\n";
    const auto report =
        unpack(TarBuilder().pax({{"uid", "4294967296"}}).file("f", "").finish(), directory / "l");
    m_map = "0 0 1\n";
    VERIFY_ERROR(report, ErrorKind::Unsupported);
    QVERIFY(report.error().hint().find("/etc/subuid") != std::string::npos);
}

void TestUnpacker::refusesMoreThanTheLimit() {
    const test::TemporaryDirectory directory;
    VERIFY_ERROR(
        unpack(TarBuilder()
                   .pax({{"GNU.sparse.size", std::to_string(kMaxUnpackedBytes + 1)}, {"GNU.sparse.map", ""}})
                   .file("f", "")
                   .finish(),
               directory / "l"),
        ErrorKind::Corrupt);
}

void TestUnpacker::takesLinksToLowerLayers() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(unpack(
        TarBuilder().folder("usr", 0711).file("usr/tool", "tool").folder("gone").file("gone/f", "x").finish(),
        directory / "base"));
    VERIFY_OK(unpack(TarBuilder().file(".wh.gone", "").finish(), directory / "middle"));
    const auto report = unpack(TarBuilder().link('1', "bin/alias", "usr/tool").finish(), directory / "top");
    VERIFY_OK(report);
    QCOMPARE(report->lowerLinks.size(), std::size_t{1});
    const auto top = sys::openAt(AT_FDCWD, directory / "top", O_RDONLY | O_DIRECTORY);
    const auto middle = sys::openAt(AT_FDCWD, directory / "middle", O_RDONLY | O_DIRECTORY);
    const auto base = sys::openAt(AT_FDCWD, directory / "base", O_RDONLY | O_DIRECTORY);
    const std::vector<int> lowers{middle->get(), base->get()};
    VERIFY_OK(completeLayer(top->get(), lowers, {report->lowerLinks, report->plainParents}));
    QCOMPARE(*sys::readFile(directory / "top/bin/alias"), std::string("tool"));
    QCOMPARE(statusOf(directory / "top/usr/tool").st_ino, statusOf(directory / "top/bin/alias").st_ino);
    QCOMPARE(statusOf(directory / "top/usr").st_mode & 07777, 0711U);
    VERIFY_ERROR(completeLayer(top->get(), lowers, {{{"x", "gone/f"}}, {}}), ErrorKind::Corrupt);
}

void TestUnpacker::removesTreesOfAnyDepthAndMode() {
    const test::TemporaryDirectory directory;
    const auto top = sys::openAt(AT_FDCWD, directory.path(), O_RDONLY | O_DIRECTORY);
    VERIFY_OK(top);
    // Deeper than PATH_MAX allows to name, and more folders than descriptors are kept.
    sys::UniqueFd at = *sys::duplicateFd(top->get());
    const std::string name(20, 'd');
    for (int depth = 0; depth < 1900; ++depth) {
        QCOMPARE(::mkdirat(at.get(), name.c_str(), 0700), 0);
        auto next = sys::openAt(at.get(), name, O_RDONLY | O_DIRECTORY);
        VERIFY_OK(next);
        if (depth % 100 == 50) {
            QCOMPARE(::fchmod(at.get(), 0000), 0);
        }
        at = std::move(*next);
    }
    at.reset();
    VERIFY_OK(removeTreeAt(top->get(), name));
    QVERIFY(!sys::pathExists(directory / name));
    VERIFY_OK(removeTreeAt(top->get(), "never there"));
}

namespace {

/// In a child with mounts of its own: which of the claims does not hold; 0: all do.
int removeBesideMounts(const std::string& directory) {
    constexpr int kNoNamespaces = 77;
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
        ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        return kNoNamespaces;
    }
    // The same file system: only the mount tells them apart, as for two volumes of which one is in the other.
    if (::mount((directory + "/other").c_str(), (directory + "/volume/m").c_str(), nullptr, MS_BIND,
                nullptr) != 0) {
        return kNoNamespaces;
    }
    const auto top = sys::openAt(AT_FDCWD, directory, O_RDONLY | O_DIRECTORY);
    const auto volume = sys::openAt(AT_FDCWD, directory + "/volume", O_RDONLY | O_DIRECTORY);
    if (!top || !volume) {
        return 1;
    }
    const auto itself = removeTreeAt(volume->get(), "m");
    if (itself || itself.error().kind() != ErrorKind::Conflict) {
        return 2;
    }
    const auto inside = removeTreeAt(top->get(), "volume");
    if (inside || inside.error().kind() != ErrorKind::Conflict) {
        return 3;
    }
    return sys::pathExists(directory + "/other/precious") ? 0 : 4;
}

}  // namespace

void TestUnpacker::leavesAloneWhatIsMounted() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "volume/m"));
    VERIFY_OK(sys::makeDirectories(directory / "other"));
    VERIFY_OK(sys::replaceFile(directory / "other/precious", "mine", 0600, sys::Durability::Process));
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(removeBesideMounts(directory.path()));
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) {
        QVERIFY2(!qgetenv("CORACLE_REQUIRE").split(' ').contains("userns"), "user namespaces are wanted");
        QSKIP("this user may not make a user namespace");
    }
    QCOMPARE(WEXITSTATUS(status), 0);
    QVERIFY(sys::pathExists(directory / "other/precious"));
}

QTEST_GUILESS_MAIN(TestUnpacker)
#include "test_unpacker.moc"
