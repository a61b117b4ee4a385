// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/pack_stream.h"
#include "core/store/helper/tree_packer.h"
#include "core/store/helper/unpacker.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/xattr.h>

using namespace coracle;
using namespace coracle::store;
using namespace coracle::store::helper;

namespace {

/// One line an entry, so that a test says in one comparison what a walk found.
class Lines : public PackSink {
public:
    Result<> entry(const tar::Entry& entry, int /*contentFd*/) override {
        std::string line = entry.path;
        if (entry.type == tar::EntryType::Directory) {
            line += "/";
        } else if (!entry.linkTarget.empty()) {
            line += (entry.type == tar::EntryType::Hardlink ? " = " : " -> ") + entry.linkTarget;
        }
        for (const auto& [name, value] : entry.xattrs) {
            line += " " + name + ":" + value;
        }
        return add(line);
    }
    Result<> whiteout(const std::string& path) override { return add("- " + path); }
    Result<> opaque(const std::string& path) override { return add("! " + path); }

    std::string text;

private:
    Result<> add(const std::string& line) {
        text += line + "\n";
        return {};
    }
};

}  // namespace

/// On the real file system, in the process of the test.
class TestTreePacker : public QObject {
    Q_OBJECT

private slots:
    void tellsNamesInTheirOrder();
    void linksFurtherNamesOfAFile();
    void translatesWhiteouts();
    void leavesOutWhatALayerCannotHold();
    void leavesOutTheWordsOfOverlays();
    void mountPointsLeaveNoTrace();
    void flattensAStack();
    void sameTreeGivesTheSameArchive();
    void packedLayerUnpacksToTheSame();
    void refusesTreesTooDeep();

private:
    Result<std::string> lines(const std::vector<std::string>& folders, PackOptions options = {}) {
        std::vector<sys::UniqueFd> owned;
        std::vector<int> fds;
        for (const std::string& folder : folders) {
            TRY_ASSIGN(sys::UniqueFd fd, sys::openAt(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY));
            fds.push_back(fd.get());
            owned.push_back(std::move(fd));
        }
        Lines sink;
        TRY_ASSIGN(m_report, packTree(fds, options, sink));
        // The root of a test belongs to whoever runs it.
        return sink.text.starts_with("./\n") ? sink.text.substr(3) : sink.text;
    }
    Result<PackedStream> pack(const std::string& folder, const std::string& archive,
                              const char* compression) {
        TRY_ASSIGN(const auto root, sys::openAt(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY));
        TRY_ASSIGN(const auto file, sys::openAt(AT_FDCWD, archive, O_WRONLY | O_CREAT | O_TRUNC, 0600));
        return packStream({root.get()}, {}, compression, file.get());
    }
    static void folder(const std::string& path, mode_t mode = 0755) {
        QVERIFY(sys::makeDirectories(path, mode).has_value());
    }
    static void file(const std::string& path, const std::string& content = "x") {
        QVERIFY(sys::replaceFile(path, content, 0644, sys::Durability::Process).has_value());
    }
    static void mark(const std::string& path, const char* name, const std::string& value) {
        QCOMPARE(::lsetxattr(path.c_str(), name, value.data(), value.size(), 0), 0);
    }

    PackReport m_report;
};

void TestTreePacker::tellsNamesInTheirOrder() {
    const test::TemporaryDirectory directory;
    folder(directory / "u/b/inner");
    file(directory / "u/b/z");
    file(directory / "u/b.txt");
    file(directory / "u/a");
    QCOMPARE(::symlink("../../etc/passwd", (directory / "u/link").c_str()), 0);
    const auto text = lines({directory / "u"});
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("a\nb/\nb/inner/\nb/z\nb.txt\nlink -> ../../etc/passwd\n"));
}

void TestTreePacker::linksFurtherNamesOfAFile() {
    const test::TemporaryDirectory directory;
    folder(directory / "u/m");
    file(directory / "u/m/first");
    QCOMPARE(::link((directory / "u/m/first").c_str(), (directory / "u/second").c_str()), 0);
    const auto text = lines({directory / "u"});
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("m/\nm/first\nsecond = m/first\n"));
}

void TestTreePacker::translatesWhiteouts() {
    const test::TemporaryDirectory directory;
    folder(directory / "u/kernel");
    folder(directory / "u/fuse");
    file(directory / "u/fuse/.wh..wh..opq");
    file(directory / "u/fuse/.wh.old");
    mark(directory / "u/kernel", "user.overlay.opaque", "y");
    if (::mknod((directory / "u/gone").c_str(), S_IFCHR, 0) != 0) {
        QSKIP("this kernel lets nobody make whiteouts");
    }
    PackOptions options;
    options.namedWhiteouts = true;
    const auto text = lines({directory / "u"}, options);
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("fuse/\n! fuse\n- fuse/old\n- gone\nkernel/\n! kernel\n"));
    // A mark that hides nothing is not told.
    folder(directory / "l/kernel");
    const auto lower = sys::openAt(AT_FDCWD, directory / "l", O_RDONLY | O_DIRECTORY);
    VERIFY_OK(lower);
    options.below = {lower->get()};
    const auto known = lines({directory / "u"}, options);
    VERIFY_OK(known);
    QCOMPARE(*known, std::string("fuse/\n- fuse/old\n- gone\nkernel/\n! kernel\n"));
}

void TestTreePacker::leavesOutWhatALayerCannotHold() {
    const test::TemporaryDirectory directory;
    folder(directory / "u");
    file(directory / "u/.wh.mine");
    file(directory / "u/kept");
    const sys::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = directory / "u/socket";
    QVERIFY(path.size() < sizeof address.sun_path);
    std::copy(path.begin(), path.end(), std::begin(address.sun_path));
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    QCOMPARE(::bind(socket.get(), generic, sizeof address), 0);
    const auto text = lines({directory / "u"});
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("kept\n"));
    QCOMPARE(m_report.sockets, std::uint64_t{1});
    QCOMPARE(m_report.reservedNames, std::uint64_t{1});
}

void TestTreePacker::leavesOutTheWordsOfOverlays() {
    const test::TemporaryDirectory directory;
    folder(directory / "u");
    file(directory / "u/f");
    mark(directory / "u/f", "user.note", "kept");
    mark(directory / "u/f", "user.overlay.origin", "secret");
    mark(directory / "u/f", "user.fuseoverlayfs.origin", "secret");
    const auto text = lines({directory / "u"});
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("f user.note:kept\n"));
}

void TestTreePacker::mountPointsLeaveNoTrace() {
    const test::TemporaryDirectory directory;
    folder(directory / "u/etc");
    folder(directory / "u/proc");
    folder(directory / "u/srv/data");
    file(directory / "u/srv/own");
    file(directory / "u/etc/hosts", "");
    folder(directory / "l/etc");
    (void)::chmod((directory / "l/etc").c_str(), 0755);
    (void)::chmod((directory / "u/etc").c_str(), 0755);
    const auto lower = sys::openAt(AT_FDCWD, directory / "l", O_RDONLY | O_DIRECTORY);
    VERIFY_OK(lower);
    PackOptions options;
    options.mountPoints = {"etc/hosts", "proc", "srv/data"};
    options.below = {lower->get()};
    const auto text = lines({directory / "u"}, options);
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("srv/\nsrv/own\n"));
    // A folder that was changed in earnest stays.
    (void)::chmod((directory / "u/etc").c_str(), 0700);
    const auto changed = lines({directory / "u"}, options);
    VERIFY_OK(changed);
    QCOMPARE(*changed, std::string("etc/\nsrv/\nsrv/own\n"));
}

void TestTreePacker::flattensAStack() {
    const test::TemporaryDirectory directory;
    folder(directory / "low/m/deep");
    folder(directory / "low/hidden");
    file(directory / "low/m/old");
    file(directory / "low/hidden/x");
    file(directory / "low/gone");
    file(directory / "low/base");
    folder(directory / "up/m");
    folder(directory / "up/hidden");
    file(directory / "up/m/new");
    file(directory / "up/hidden/y");
    mark(directory / "up/hidden", "user.overlay.opaque", "y");
    if (::mknod((directory / "up/gone").c_str(), S_IFCHR, 0) != 0) {
        QSKIP("this kernel lets nobody make whiteouts");
    }
    PackOptions options;
    options.mode = PackMode::Flatten;
    const auto text = lines({directory / "up", directory / "low"}, options);
    VERIFY_OK(text);
    QCOMPARE(*text, std::string("base\nhidden/\nhidden/y\nm/\nm/deep/\nm/new\nm/old\n"));
}

void TestTreePacker::sameTreeGivesTheSameArchive() {
    const test::TemporaryDirectory directory;
    for (const char* name : {"one", "two"}) {
        const std::string root = directory / name;
        const bool first = *name == 'o';
        folder(root);
        file(root + (first ? "/a" : "/z"));
        file(root + (first ? "/z" : "/a"));
        const timespec when{1'600'000'000, 5};
        for (const char* each : {"/a", "/z"}) {
            const timespec times[2] = {when, when};
            QCOMPARE(::utimensat(AT_FDCWD, (root + each).c_str(), times, 0), 0);
        }
        (void)::chmod(root.c_str(), 0755);
    }
    const auto one = pack(directory / "one", directory / "1.tar", "gzip");
    const auto two = pack(directory / "two", directory / "2.tar", "gzip");
    VERIFY_OK(one);
    VERIFY_OK(two);
    // The root is told of when it is not root's, with its own time.
    if (::geteuid() == 0) {
        QCOMPARE(one->diffId.text(), two->diffId.text());
        QCOMPARE(*sys::readFile(directory / "1.tar"), *sys::readFile(directory / "2.tar"));
    } else {
        QCOMPARE(one->tarBytes, two->tarBytes);
    }
}

void TestTreePacker::packedLayerUnpacksToTheSame() {
    const test::TemporaryDirectory directory;
    folder(directory / "u/d");
    file(directory / "u/d/f", std::string(100'000, 'q'));
    file(directory / "u/d/hole", "start");
    QCOMPARE(::truncate((directory / "u/d/hole").c_str(), 5 + (4 << 20)), 0);
    QCOMPARE(::link((directory / "u/d/f").c_str(), (directory / "u/d/g").c_str()), 0);
    VERIFY_OK(pack(directory / "u", directory / "t.tar", "none"));
    const auto archive = sys::readFile(directory / "t.tar", 64U << 20U);
    VERIFY_OK(archive);
    folder(directory / "out");
    const auto root = sys::openAt(AT_FDCWD, directory / "out", O_RDONLY | O_DIRECTORY);
    VERIFY_OK(root);
    Unpacker unpacker(root->get(), {IdRanges::parse("0 0 1\n"), IdRanges::parse("0 0 1\n")});
    tar::Parser parser(unpacker);
    VERIFY_OK(parser.feed(std::as_bytes(std::span(archive->data(), archive->size()))));
    VERIFY_OK(parser.finish());
    VERIFY_OK(unpacker.finish());
    QCOMPARE(*sys::readFile(directory / "out/d/f"), std::string(100'000, 'q'));
    QCOMPARE(*sys::readFile(directory / "out/d/hole", 8U << 20U), "start" + std::string(4U << 20U, '\0'));
    struct stat status {};
    QCOMPARE(::lstat((directory / "out/d/hole").c_str(), &status), 0);
    QVERIFY(status.st_blocks * 512 < 1 << 20);
    QCOMPARE(::lstat((directory / "out/d/g").c_str(), &status), 0);
    QCOMPARE(status.st_nlink, nlink_t{2});
}

void TestTreePacker::refusesTreesTooDeep() {
    const test::TemporaryDirectory directory;
    std::string path = directory / "u";
    for (int i = 0; i < 300; ++i) {
        path += "/d";
    }
    folder(path);
    VERIFY_ERROR(lines({directory / "u"}), ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(TestTreePacker)
#include "test_tree_packer.moc"
