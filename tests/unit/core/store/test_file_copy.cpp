// SPDX-License-Identifier: Apache-2.0
#include "core/store/helper/copy_place.h"
#include "core/store/helper/copy_tree.h"
#include "core/store/helper/file_finder.h"
#include "core/store/helper/file_receiver.h"
#include "core/store/helper/file_sender.h"
#include "core/store/helper/folder_lister.h"
#include "core/store/helper/lower_layers.h"
#include "core/store/helper/tree_packer.h"
#include "core/store/helper_protocol.h"
#include "rootless/sys/file.h"
#include "tests/support/tar_builder.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <map>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace coracle;
using namespace coracle::store::helper;
using store::tar::Parser;
using test::TarBuilder;
using test::TarHeader;

/// docker's rules for paths, and what an archive of a hostile container can do to the files of this computer.
class TestFileCopy : public QObject {
    Q_OBJECT

private slots:
    void takesPathsApart_data();
    void takesPathsApart();
    void placesAsDockerDoes_data();
    void placesAsDockerDoes();
    void refusesWhatDockerRefuses();
    void copiesATree();
    void keepsHoles();
    void dropsWhatLendsRightsOnThisComputer();
    void leavesNothingOutsideOfItsTarget_data();
    void leavesNothingOutsideOfItsTarget();
    void replacesAFileAndNotWhatItsOtherNamesShow();
    void leavesNoHalfFile();
    void keepsFoldersThatAreThere();
    void followsALinkAtTheEndOfTheTarget();
    void listsAFolder();
    void findsFilesByName();
    void comparesWhatIsWrittenAgain();

private:
    static Result<ReceivedFiles> receive(const std::string& archive, const std::string& target, bool stream) {
        TRY_ASSIGN(FileTarget place, openTarget(target));
        ReceiveRules rules;
        rules.stream = stream;
        rules.onHost = true;
        FileReceiver receiver(std::move(place), rules);
        Parser parser(receiver);
        TRY(parser.feed(std::as_bytes(std::span(archive.data(), archive.size()))));
        TRY(parser.finish());
        return receiver.finish();
    }
    static std::string contentOf(const std::string& path) {
        const auto content = sys::readFile(path);
        return content ? *content : "(none)";
    }
    static struct stat statusOf(const std::string& path) {
        struct stat status {};
        (void)::lstat(path.c_str(), &status);
        return status;
    }
    static void write(const std::string& path, const std::string& text) {
        QVERIFY(sys::replaceFile(path, text, 0644, sys::Durability::Process).has_value());
    }
};

void TestFileCopy::takesPathsApart_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("leaf");
    QTest::addColumn<bool>("mustBeFolder");
    QTest::newRow("a file") << "/a/b"
                            << "/a"
                            << "b" << false;
    QTest::newRow("below the root") << "/a"
                                    << "/"
                                    << "a" << false;
    QTest::newRow("a slash at the end") << "/a/b//"
                                        << "/a"
                                        << "b" << true;
    QTest::newRow("the content") << "/a/b/."
                                 << "/a/b/."
                                 << "" << true;
    QTest::newRow("the folder above") << "/a/.."
                                      << "/a/.."
                                      << "" << true;
    QTest::newRow("the root") << "//"
                              << "/"
                              << "" << true;
}

void TestFileCopy::takesPathsApart() {
    QFETCH(const QString, path);
    QFETCH(const QString, folder);
    QFETCH(const QString, leaf);
    QFETCH(const bool, mustBeFolder);
    const auto parts = splitCopyPath(path.toStdString());
    VERIFY_OK(parts);
    QCOMPARE(QString::fromStdString(parts->folder), folder);
    QCOMPARE(QString::fromStdString(parts->leaf), leaf);
    QCOMPARE(parts->mustBeFolder, mustBeFolder);
}

void TestFileCopy::placesAsDockerDoes_data() {
    QTest::addColumn<bool>("folder");
    QTest::addColumn<bool>("content");
    QTest::addColumn<bool>("exists");
    QTest::addColumn<bool>("ontoFolder");
    QTest::addColumn<int>("placement");
    const auto row = [](const char* name, bool folder, bool content, bool exists, bool onto,
                        CopyPlacement placement) {
        QTest::newRow(name) << folder << content << exists << onto << static_cast<int>(placement);
    };
    row("a file to a new name", false, false, false, false, CopyPlacement::As);
    row("a file onto a file", false, false, true, false, CopyPlacement::As);
    row("a file into a folder", false, false, true, true, CopyPlacement::Inside);
    row("a folder to a new name", true, false, false, false, CopyPlacement::As);
    row("content to a new name", true, true, false, false, CopyPlacement::As);
    row("a folder into a folder", true, false, true, true, CopyPlacement::Inside);
    row("content into a folder", true, true, true, true, CopyPlacement::Content);
}

void TestFileCopy::placesAsDockerDoes() {
    QFETCH(const bool, folder);
    QFETCH(const bool, content);
    QFETCH(const bool, exists);
    QFETCH(const bool, ontoFolder);
    QFETCH(const int, placement);
    const auto placed = placeCopy({folder, content, "n"}, {exists, ontoFolder, false, "/d"});
    VERIFY_OK(placed);
    QCOMPARE(static_cast<int>(*placed), placement);
}

void TestFileCopy::refusesWhatDockerRefuses() {
    QCOMPARE(placeCopy({true, false, "n"}, {true, false, false, "/d"}).error().kind(), ErrorKind::Conflict);
    QCOMPARE(placeCopy({false, false, "n"}, {false, false, true, "/d/"}).error().kind(), ErrorKind::NotFound);
    QCOMPARE(placeCopy({false, false, "n"}, {true, false, true, "/d/"}).error().kind(), ErrorKind::Conflict);
    QCOMPARE(splitCopyPath("a").error().kind(), ErrorKind::InvalidArgument);
    QCOMPARE(splitCopyPath("/" + std::string(5000, 'a')).error().kind(), ErrorKind::InvalidArgument);
}

/// Through both ends, as `cp` does.
void TestFileCopy::copiesATree() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "from/sub", 0750));
    write(directory / "from/sub/file", "content");
    QCOMPARE(::symlink("sub/file", (directory / "from/link").c_str()), 0);
    QCOMPARE(::link((directory / "from/sub/file").c_str(), (directory / "from/hard").c_str()), 0);
    const auto source = openSource(directory / "from", false);
    VERIFY_OK(source);
    auto memory = sys::memoryFile("");
    VERIFY_OK(memory);
    VERIFY_OK(sendSource(*source, memory->get(), Holes::Zeros));
    const std::string archive = sys::contentOf(memory->get(), 1U << 20U);
    VERIFY_OK(receive(archive, directory / "to", false));
    QCOMPARE(contentOf(directory / "to/sub/file"), std::string("content"));
    QCOMPARE(statusOf(directory / "to/sub").st_mode & 07777, 0750U);
    QVERIFY(S_ISLNK(statusOf(directory / "to/link").st_mode));
    QCOMPARE(statusOf(directory / "to/hard").st_ino, statusOf(directory / "to/sub/file").st_ino);
    VERIFY_OK(receive(archive, directory / "to", false));
    QCOMPARE(contentOf(directory / "to/from/sub/file"), std::string("content"));
}

/// By the archive between the two ends, and by the copy of a tree. Of a file with nothing but a hole, one
/// that begins with a hole and one that ends with it.
void TestFileCopy::keepsHoles() {
    constexpr off_t kSize = 1 << 30;
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "from", 0755));
    for (const char* name : {"empty", "front", "end", "middle"}) {
        const auto file =
            sys::openAt(AT_FDCWD, directory / ("from/" + std::string(name)), O_WRONLY | O_CREAT, 0644);
        VERIFY_OK(file);
        const bool front = *name == 'f' || *name == 'm';
        const off_t at = *name == 'e' && name[1] == 'm' ? -1 : front ? kSize - 6 : 0;
        QVERIFY(at < 0 || ::pwrite(file->get(), "sparse", 6, at) == 6);
        QVERIFY(*name != 'm' || ::pwrite(file->get(), "sparse", 6, kSize / 2) == 6);
        QCOMPARE(::ftruncate(file->get(), kSize), 0);
    }
    if (statusOf(directory / "from/empty").st_blocks != 0 ||
        statusOf(directory / "from/end").st_blocks > 64) {
        QSKIP("the file system has no holes");
    }
    const auto source = openSource(directory / "from", false);
    VERIFY_OK(source);
    auto memory = sys::memoryFile("");
    VERIFY_OK(memory);
    VERIFY_OK(sendSource(*source, memory->get(), Holes::Keep));
    const std::string archive = sys::contentOf(memory->get(), 1U << 20U);
    QVERIFY(archive.size() < 64U << 10U);
    VERIFY_OK(receive(archive, directory / "to", false));
    VERIFY_OK(sys::makeDirectories(directory / "copy", 0755));
    const auto root = sys::openAt(AT_FDCWD, directory / ".", O_RDONLY | O_DIRECTORY);
    VERIFY_OK(root);
    std::uint64_t told = 0;
    VERIFY_OK(
        copyTreeAt(root->get(), "from", root->get(), "copy", [&](std::uint64_t bytes) { told = bytes; }));
    QVERIFY(told < 64U << 10U);
    for (const char* place : {"to/", "copy/"}) {
        for (const char* name : {"empty", "front", "end", "middle"}) {
            const std::string path = directory / (std::string(place) + name);
            QCOMPARE(statusOf(path).st_size, kSize);
            QVERIFY2(statusOf(path).st_blocks * 512 < 64 << 10, path.c_str());
            const auto file = sys::openAt(AT_FDCWD, path, O_RDONLY);
            VERIFY_OK(file);
            const auto wordAt = [&](off_t at) {
                std::string word(6, 'x');
                return ::pread(file->get(), word.data(), word.size(), at) == 6 ? word : std::string();
            };
            const std::string zeros(6, '\0');
            QCOMPARE(wordAt(0), *name == 'e' && name[1] == 'n' ? "sparse" : zeros);
            QCOMPARE(wordAt(kSize / 2), *name == 'm' ? "sparse" : zeros);
            QCOMPARE(wordAt(kSize - 6), *name == 'f' || *name == 'm' ? "sparse" : zeros);
        }
    }
}

void TestFileCopy::dropsWhatLendsRightsOnThisComputer() {
    const test::TemporaryDirectory directory;
    TarHeader program;
    program.name = "su";
    program.mode = 06755;
    VERIFY_OK(receive(TarBuilder().entry(program, "x").finish(), directory / "su", false));
    QCOMPARE(statusOf(directory / "su").st_mode & 07777, 0755U);
}

void TestFileCopy::leavesNothingOutsideOfItsTarget_data() {
    QTest::addColumn<QByteArray>("archive");
    const auto row = [](const char* name, const std::string& archive) {
        QTest::newRow(name) << QByteArray(archive.data(), static_cast<int>(archive.size()));
    };
    row("a name that climbs", TarBuilder().folder("r").file("r/../../victim", "bad").finish());
    row("a link that is walked through",
        TarBuilder().folder("r").link('2', "r/go", "../../..").file("r/go/victim", "bad").finish());
    row("an absolute link",
        TarBuilder().folder("r").link('2', "r/go", "/").file("r/go/tmp/x", "bad").finish());
    row("a file through a link to a file",
        TarBuilder().folder("r").link('2', "r/f", "../../victim").file("r/f", "fine").finish());
    row("a hard link to a file outside",
        TarBuilder().folder("r").link('1', "r/h", "../victim").file("r/h", "bad").finish());
    row("a hard link through a link",
        TarBuilder().folder("r").link('2', "r/go", "../..").link('1', "r/h", "r/go/victim").finish());
    row("another root", TarBuilder().folder("r").file("other", "bad").finish());
    row("a folder where a link was put",
        TarBuilder().folder("r").link('2', "r/d", "../..").folder("r/d").file("r/d/victim", "bad").finish());
}

void TestFileCopy::leavesNothingOutsideOfItsTarget() {
    QFETCH(const QByteArray, archive);
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "target"));
    write(directory / "victim", "precious");
    (void)receive(archive.toStdString(), directory / "target", false);  // refused, or harmless
    QCOMPARE(contentOf(directory / "victim"), std::string("precious"));
    QCOMPARE(statusOf(directory / "victim").st_nlink, nlink_t{1});
    const auto names = sys::listDirectory(directory / ".");
    VERIFY_OK(names);
    QCOMPARE(names->size(), std::size_t{2});
}

void TestFileCopy::replacesAFileAndNotWhatItsOtherNamesShow() {
    const test::TemporaryDirectory directory;
    write(directory / "old", "old");
    QCOMPARE(::link((directory / "old").c_str(), (directory / "name").c_str()), 0);
    VERIFY_OK(receive(TarBuilder().file("x", "new").finish(), directory / "name", false));
    QCOMPARE(contentOf(directory / "name"), std::string("new"));
    QCOMPARE(contentOf(directory / "old"), std::string("old"));
}

void TestFileCopy::leavesNoHalfFile() {
    const test::TemporaryDirectory directory;
    write(directory / "file", "old");
    std::string archive = TarBuilder().file("x", std::string(3000, 'n')).finish();
    archive.resize(1500);
    QVERIFY(!receive(archive, directory / "file", false).has_value());
    QCOMPARE(contentOf(directory / "file"), std::string("old"));
    QCOMPARE(sys::listDirectory(directory / ".")->size(), std::size_t{1});
}

void TestFileCopy::keepsFoldersThatAreThere() {
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "t/sub", 0700));
    VERIFY_OK(receive(TarBuilder().folder("sub", 0777).file("sub/f", "x").finish(), directory / "t", true));
    QCOMPARE(statusOf(directory / "t/sub").st_mode & 07777, 0700U);
    QCOMPARE(contentOf(directory / "t/sub/f"), std::string("x"));
    QCOMPARE(receive(TarBuilder().file("sub", "x").finish(), directory / "t", true).error().kind(),
             ErrorKind::Conflict);
}

void TestFileCopy::followsALinkAtTheEndOfTheTarget() {
    const test::TemporaryDirectory directory;
    QCOMPARE(::symlink("later", (directory / "link").c_str()), 0);
    VERIFY_OK(receive(TarBuilder().file("x", "new").finish(), directory / "link", false));
    QVERIFY(S_ISLNK(statusOf(directory / "link").st_mode));
    QCOMPARE(contentOf(directory / "later"), std::string("new"));
    QCOMPARE(::symlink("loop", (directory / "loop").c_str()), 0);
    QVERIFY(!receive(TarBuilder().file("x", "new").finish(), directory / "loop", false).has_value());
}

void TestFileCopy::listsAFolder() {
    const QTemporaryDir dir;
    const std::string root = dir.path().toStdString();
    write(root + "/plain", "12345");
    QVERIFY(sys::makeDirectories(root + "/sub/below").has_value());
    QCOMPARE(::symlink("plain", (root + "/link").c_str()), 0);
    QCOMPARE(::mkfifo((root + "/pipe").c_str(), 0600), 0);
    const std::string strange = std::string("\xff\xfe", 2);
    write(root + "/" + strange, "");
    const auto folder = openListedFolder(root);
    QVERIFY(folder.has_value());
    const auto list = sys::memoryFile("");
    QVERIFY(list.has_value());
    store::LayerIndexWriter writer(list->get());
    QVERIFY(listFolder(folder->get(), writer).has_value());
    QVERIFY(writer.finish().has_value());
    const auto files = store::parseLayerIndex(sys::contentOf(list->get(), 1U << 20U));
    QVERIFY(files.has_value());
    std::map<std::string, types::ImageFile> byName;
    for (const auto& file : *files) {
        byName[file.path] = file;
    }
    QCOMPARE(byName.size(), std::size_t(5));
    QVERIFY(byName.at("plain").kind == types::ImageFileKind::File);
    QCOMPARE(byName.at("plain").size, std::uint64_t(5));
    QCOMPARE(byName.at("plain").mode, 0644U);
    QVERIFY(byName.at("sub").kind == types::ImageFileKind::Folder);
    QCOMPARE(byName.at("link").link, std::string("plain"));
    QVERIFY(byName.at("pipe").kind == types::ImageFileKind::Fifo);
    QVERIFY(byName.contains(strange));
    QCOMPARE(::unlink((root + "/" + strange).c_str()), 0);  // Qt cannot name it
    const auto file = openListedFolder(root + "/plain");
    QVERIFY(!file.has_value() && file.error().kind() == ErrorKind::Conflict);
    const auto none = openListedFolder(root + "/none");
    QVERIFY(!none.has_value() && none.error().kind() == ErrorKind::NotFound);
    QVERIFY(!openErasedPlace("/").has_value());
}

void TestFileCopy::findsFilesByName() {
    QVERIFY(isMeantBy("CART", "app/routes/cart.js"));
    QVERIFY(!isMeantBy("routes", "app/routes/cart.js"));
    QVERIFY(isMeantBy("routes/", "app/routes/cart.js"));
    QVERIFY(isMeantBy("/app", "app/routes/cart.js"));
    QVERIFY(isMeantBy("*.JS", "app/routes/cart.js"));
    QVERIFY(!isMeantBy("*.j", "app/routes/cart.js"));
    QVERIFY(isMeantBy("c?rt*", "cart.js"));
    const test::TemporaryDirectory directory;
    VERIFY_OK(sys::makeDirectories(directory / "app/routes/deep"));
    write(directory / "app/routes/cart.js", "12345");
    write(directory / "app/routes/deep/CART", "");
    write(directory / "other", "");
    QCOMPARE(::symlink("../app", (directory / "app/cart-link").c_str()), 0);  // is found, not followed
    VERIFY_OK(sys::makeDirectories(directory / "closed"));
    QCOMPARE(::chmod((directory / "closed").c_str(), 0), 0);
    const auto found = [&](std::string_view words) {
        const auto folder = openListedFolder(directory / "");
        const auto list = sys::memoryFile("");
        store::LayerIndexWriter writer(list->get());
        if (!folder || !findFiles(folder->get(), words, writer) || !writer.finish()) {
            return std::vector<types::ImageFile>();
        }
        return *store::parseLayerIndex(sys::contentOf(list->get(), 1U << 24U));
    };
    std::set<std::string> paths;
    for (const auto& file : found("cart")) {
        paths.insert(file.path);
    }
    QCOMPARE(paths, (std::set<std::string>{"app/cart-link", "app/routes/cart.js", "app/routes/deep/CART"}));
    const auto one = found("cart.js");
    QCOMPARE(one.size(), std::size_t{1});
    QCOMPARE(one[0].size, std::uint64_t{5});
    QVERIFY(found("none").empty());
    QCOMPARE(::chmod((directory / "closed").c_str(), 0700), 0);
    // More than anybody reads: one more than that is told, and the walk ends.
    for (std::size_t i = 0; i < store::kMaxFoundFiles + 100; ++i) {
        write(directory / ("many" + std::to_string(i)), "");
    }
    QCOMPARE(found("many").size(), store::kMaxFoundFiles + 1);
}

/// A file that was made again as it was is no change; neither its size nor its time is believed.
void TestFileCopy::comparesWhatIsWrittenAgain() {
    const QTemporaryDir dir;
    const std::string below = dir.path().toStdString() + "/below";
    const std::string upper = dir.path().toStdString() + "/upper";
    QVERIFY(sys::makeDirectories(below).has_value() && sys::makeDirectories(upper).has_value());
    const auto folder = sys::openDirectory(below);
    QVERIFY(folder.has_value());
    const timespec times[2] = {{1000, 5}, {1000, 5}};
    const auto same = [&](const std::string& content, mode_t mode, const timespec* when) {
        write(below + "/f", "content");
        write(upper + "/f", content);
        (void)::chmod((upper + "/f").c_str(), mode);
        (void)::utimensat(AT_FDCWD, (below + "/f").c_str(), times, 0);
        (void)::utimensat(AT_FDCWD, (upper + "/f").c_str(), when, 0);
        const auto fd = sys::openAt(AT_FDCWD, upper + "/f", O_RDONLY);
        const struct stat status = statusOf(upper + "/f");
        store::tar::Entry entry = entryOf("f", status);
        entry.size = static_cast<std::uint64_t>(status.st_size);
        const auto answer = repeatsFileBelow({folder->get()}, entry, fd->get());
        return answer.has_value() && *answer;
    };
    QVERIFY(same("content", 0644, times));
    QVERIFY(!same("c0ntent", 0644, times));
    QVERIFY(!same("content", 0600, times));
    QVERIFY(!same("content!", 0644, times));
    const timespec later[2] = {{1000, 6}, {1000, 6}};
    QVERIFY(!same("content", 0644, later));
}

QTEST_GUILESS_MAIN(TestFileCopy)
#include "test_file_copy.moc"
