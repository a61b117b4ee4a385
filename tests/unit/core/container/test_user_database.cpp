// SPDX-License-Identifier: Apache-2.0
#include "core/container/user_database.h"
#include "core/container/user_files.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QElapsedTimer>
#include <QTest>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

using namespace coracle;
using container::ResolvedUser;
using coracle::test::TemporaryDirectory;

namespace {

const container::UserDatabase kDatabase{
    "root:x:0:0:root:/root:/bin/sh\n"
    "#comment\n"
    "broken line\n"
    "bad:x:notanumber:1:::\n"
    "www:x:33:33:www:/var/www:/bin/false\n"
    "1000:x:5:5:a user called 1000:/odd:/bin/sh\n",
    "root:x:0:\nwheel:x:10:root,www\nwww:x:33:www\nmedia:x:44:www\n",
};

void write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << text;
}

}  // namespace

class TestUserDatabase : public QObject {
    Q_OBJECT
private slots:
    void resolves_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<uint>("uid");
        QTest::addColumn<uint>("gid");
        QTest::addColumn<int>("additional");
        QTest::addColumn<QString>("home");
        QTest::newRow("nothing said") << "" << 0U << 0U << 1 << "/root";
        QTest::newRow("name") << "www" << 33U << 33U << 2 << "/var/www";
        QTest::newRow("number of a known user") << "33" << 33U << 33U << 2 << "/var/www";
        QTest::newRow("unknown number") << "4711" << 4711U << 0U << 0 << "/";
        QTest::newRow("name and group") << "www:wheel" << 33U << 10U << 0 << "/var/www";
        QTest::newRow("numbers") << "7:8" << 7U << 8U << 0 << "/";
        QTest::newRow("a name made of digits wins") << "1000" << 5U << 5U << 0 << "/odd";
    }
    void resolves() {
        QFETCH(QString, spec);
        QFETCH(uint, uid);
        QFETCH(uint, gid);
        QFETCH(int, additional);
        QFETCH(QString, home);
        const auto user = container::resolveUser(spec.toStdString(), kDatabase);
        VERIFY_OK(user);
        QCOMPARE(user->uid, uid);
        QCOMPARE(user->gid, gid);
        QCOMPARE(static_cast<int>(user->additionalGids.size()), additional);
        QCOMPARE(QString::fromStdString(user->home), home);
    }
    void refuses_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<int>("kind");
        QTest::newRow("unknown user") << "nobody" << static_cast<int>(ErrorKind::NotFound);
        QTest::newRow("unknown group") << "www:nogroup" << static_cast<int>(ErrorKind::NotFound);
        QTest::newRow("minus one as a number")
            << "4294967295" << static_cast<int>(ErrorKind::InvalidArgument);
        QTest::newRow("too large") << "99999999999" << static_cast<int>(ErrorKind::InvalidArgument);
        QTest::newRow("negative") << "-1" << static_cast<int>(ErrorKind::NotFound);
        QTest::newRow("two colons") << "a:b:c" << static_cast<int>(ErrorKind::InvalidArgument);
        QTest::newRow("only a colon") << ":" << static_cast<int>(ErrorKind::InvalidArgument);
    }
    void refuses() {
        QFETCH(QString, spec);
        QFETCH(int, kind);
        VERIFY_ERROR(container::resolveUser(spec.toStdString(), kDatabase), static_cast<ErrorKind>(kind));
    }
    void upperLayerHidesLower() {
        const TemporaryDirectory directory;
        write(directory / "top/etc/passwd", "new");
        write(directory / "base/etc/passwd", "old");
        write(directory / "base/etc/group", "group");
        const auto database = container::readUserDatabase({directory / "top", directory / "base"});
        VERIFY_OK(database);
        QCOMPARE(database->passwd, std::string("new"));
        QCOMPARE(database->group, std::string("group"));
    }
    void missingFilesAreEmpty() {
        const TemporaryDirectory directory;
        const auto database = container::readUserDatabase({directory.path()});
        VERIFY_OK(database);
        QVERIFY(database->passwd.empty());
    }
    void linkStaysInsideTheImage() {
        const TemporaryDirectory directory;
        write(directory / "secret", "host");
        write(directory / "image/real", "inside");
        std::filesystem::create_directories(directory / "image/etc");
        std::filesystem::create_symlink("/real", directory / "image/etc/passwd");
        std::filesystem::create_symlink("../../../secret", directory / "image/etc/group");
        const auto database = container::readUserDatabase({directory / "image"});
        VERIFY_OK(database);
        QCOMPARE(database->passwd, std::string("inside"));
        QVERIFY(database->group.empty());
    }
    void loopOfLinksEnds() {
        const TemporaryDirectory directory;
        std::filesystem::create_directories(directory / "etc");
        std::filesystem::create_symlink("passwd", directory / "etc/passwd");
        VERIFY_ERROR(container::readUserDatabase({directory.path()}), ErrorKind::Corrupt);
    }
    /// security.md A7: an image whose /etc/passwd is a FIFO must not make anybody wait.
    void fifoIsRefusedAtOnce() {
        const TemporaryDirectory directory;
        std::filesystem::create_directories(directory / "etc");
        QCOMPARE(::mkfifo((directory / "etc/passwd").c_str(), 0666), 0);
        QElapsedTimer timer;
        timer.start();
        VERIFY_ERROR(container::readUserDatabase({directory.path()}), ErrorKind::Corrupt);
        QVERIFY(timer.elapsed() < 20'000);  // for ever, else
    }
    void rowsAreAddedForAUserThatIsNotThere() {
        const container::UserDatabase image{"root:x:0:0::/root:/bin/sh\nann:x:5:5::/:/bin/sh",
                                            "root:x:0:\nusers:x:100:\n"};
        auto files = container::withUser(image, {"bob", 1000, 1000, "/work"});
        QCOMPARE(files.passwd, image.passwd + "\nbob:*:1000:1000::/work:/bin/sh\n");
        QCOMPARE(files.group, image.group + "bob:x:1000:\n");
        files = container::withUser(image, {"ann", 1000, 100, "/"});
        QCOMPARE(files.passwd, image.passwd + "\nuser1000:*:1000:100::/:/bin/sh\n");
        QCOMPARE(files.group, std::string());
        QCOMPARE(container::withUser(image, {"x", 5, 0, "/"}).passwd, std::string());
        QVERIFY(container::withUser(image, {"a:0:0", 7, 7, "/"}).passwd.find("a:0:0") == std::string::npos);
    }
    void groupsAreAddedByNameOrNumber() {
        const container::UserDatabase image{"", "video:x:44:\n"};
        container::ResolvedUser user;
        user.gid = 7;
        VERIFY_OK(container::addGroups(user, {"video", "12", "7", "44"}, image));
        QCOMPARE(user.additionalGids, (std::vector<std::uint32_t>{12, 44}));
        QCOMPARE(container::allGroups(user), (std::vector<std::uint32_t>{7, 12, 44}));
        VERIFY_ERROR(container::addGroups(user, {"audio"}, image), ErrorKind::NotFound);
        QCOMPARE(container::idsNamed({"a:x:70:3::/:\nn:x:65534:65534::/:\n", "g:x:1500:\n"}), 1501U);
    }
    void hugeFileIsRefused() {
        const TemporaryDirectory directory;
        write(directory / "etc/passwd", "");
        QCOMPARE(::truncate((directory / "etc/passwd").c_str(), 1LL << 40), 0);
        VERIFY_ERROR(container::readUserDatabase({directory.path()}), ErrorKind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TestUserDatabase)
#include "test_user_database.moc"
