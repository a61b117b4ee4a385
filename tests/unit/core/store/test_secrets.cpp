// SPDX-License-Identifier: Apache-2.0
#include "core/store/secrets.h"
#include "core/types/volume_text.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTest>

#include <sys/stat.h>

using namespace coracle;
using coracle::test::TemporaryDirectory;
using store::Secrets;
using types::VolumeDriver;

class TestSecrets : public QObject {
    Q_OBJECT
private slots:
    void aSecretIsFoundByNameAndId() {
        const TemporaryDirectory folder;
        const Secrets secrets(store::Layout({folder.path(), folder.path()}));
        QVERIFY(secrets.list()->empty());
        const auto made = secrets.create({"token", {{"a", "b"}}, false}, "s3cret");
        VERIFY_OK(made);
        QCOMPARE(made->id.size(), std::size_t{25});
        QCOMPARE(*secrets.read("token"), std::string("s3cret"));
        QCOMPARE(*secrets.read(made->id.substr(0, 6)), std::string("s3cret"));
        QCOMPARE(secrets.load("token")->labels.at("a"), std::string("b"));
        VERIFY_ERROR(secrets.create({"token", {}, false}, "x"), ErrorKind::AlreadyExists);
        const auto replaced = secrets.create({"token", {}, true}, "new");
        VERIFY_OK(replaced);
        QCOMPARE(*secrets.read("token"), std::string("new"));
        QCOMPARE(secrets.list()->size(), std::size_t{1});
        QCOMPARE(*secrets.remove("token"), replaced->id);
        VERIFY_ERROR(secrets.read("token"), ErrorKind::NotFound);
        QCOMPARE(sys::listDirectory(folder / "secrets")->size(), std::size_t{1});  // the lock
    }

    void whatAKilledCommandLeftIsDeletedByTheNextChange() {
        const TemporaryDirectory folder;
        const Secrets secrets(store::Layout({folder.path(), folder.path()}));
        VERIFY_OK(secrets.sweep());  // without a folder
        QVERIFY(!sys::pathExists(folder / "secrets"));
        const auto kept = secrets.create({"kept", {}, false}, "s3cret");
        VERIFY_OK(kept);
        const auto leave = [&](const std::string& name) {
            return sys::replaceFile(folder / ("secrets/" + name), "left", 0600, sys::Durability::Process);
        };
        const auto change = [&](int which) -> Result<> {
            if (which == 0) {
                return secrets.sweep();
            }
            if (which == 1) {
                TRY(secrets.create({"other", {}, false}, "x"));
                return {};
            }
            TRY(secrets.remove("other"));
            return {};
        };
        for (const int which : {0, 1, 2}) {
            VERIFY_OK(leave("0123456789abcdef012345678.data"));  // no record yet, or no more
            VERIFY_OK(leave("..data.012345678901"));             // being written
            VERIFY_OK(leave("unreadable.data"));
            VERIFY_OK(leave("unreadable.json"));
            QVERIFY(secrets.list()->size() <= 2);
            VERIFY_OK(change(which));
            QVERIFY(!sys::pathExists(folder / "secrets/0123456789abcdef012345678.data"));
            QVERIFY(!sys::pathExists(folder / "secrets/..data.012345678901"));
            QVERIFY(sys::pathExists(folder / "secrets/unreadable.data"));  // may be somebody's only copy
            QCOMPARE(*secrets.read("kept"), std::string("s3cret"));
        }
    }

    void aReplacementThatWasKilledLeavesTheNewContentOnly() {
        const TemporaryDirectory folder;
        const Secrets secrets(store::Layout({folder.path(), folder.path()}));
        const auto old = secrets.create({"token", {}, false}, "old");
        VERIFY_OK(old);
        const auto record = sys::readFile(folder / ("secrets/" + old->id + ".json"), 4096);
        VERIFY_OK(record);
        const auto made = secrets.create({"token", {}, true}, "new");
        VERIFY_OK(made);
        const std::string oldPath = folder / ("secrets/" + old->id);
        VERIFY_OK(sys::replaceFile(oldPath + ".json", *record, 0600, sys::Durability::Process));
        VERIFY_OK(sys::replaceFile(oldPath + ".data", "old", 0600, sys::Durability::Process));
        QCOMPARE(secrets.list()->size(), std::size_t{1});
        QCOMPARE(*secrets.read("token"), std::string("new"));
        VERIFY_OK(secrets.sweep());
        QVERIFY(!sys::pathExists(oldPath + ".json") && !sys::pathExists(oldPath + ".data"));
        QCOMPARE(*secrets.remove("token"), made->id);
        VERIFY_ERROR(secrets.read("token"), ErrorKind::NotFound);
    }

    void onlyTheUserMayReadIt() {
        const TemporaryDirectory folder;
        const Secrets secrets(store::Layout({folder.path(), folder.path()}));
        const auto made = secrets.create({"token", {}, false}, "s3cret");
        VERIFY_OK(made);
        for (const std::string end : {".data", ".json"}) {
            struct stat status {};
            QCOMPARE(::stat((folder / ("secrets/" + made->id + end)).c_str(), &status), 0);
            QCOMPARE(status.st_mode & 07777U, 0600U);
        }
    }

    void refusesWhatIsTooLargeOrBadlyNamed() {
        const TemporaryDirectory folder;
        const Secrets secrets(store::Layout({folder.path(), folder.path()}));
        VERIFY_OK(secrets.create({"full", {}, false}, std::string(store::kMaxSecretBytes, 'x')));
        VERIFY_ERROR(secrets.create({"big", {}, false}, std::string(store::kMaxSecretBytes + 1, 'x')),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(secrets.create({"empty", {}, false}, ""), ErrorKind::InvalidArgument);
        VERIFY_ERROR(secrets.create({"../x", {}, false}, "x"), ErrorKind::InvalidArgument);
    }

    void optionsOfVolumes() {
        using Options = std::map<std::string, std::string>;
        QVERIFY(types::parseVolumeOptions({})->kind == VolumeDriver::Kind::Folder);
        const auto bind = types::parseVolumeOptions({{"type", "none"}, {"o", "bind,ro"}, {"device", "/srv"}});
        VERIFY_OK(bind);
        QVERIFY(bind->kind == VolumeDriver::Kind::Bind && bind->readOnly && bind->device == "/srv");
        const auto memory =
            types::parseVolumeOptions({{"type", "tmpfs"}, {"device", "tmpfs"}, {"o", "size=9m"}});
        VERIFY_OK(memory);
        QVERIFY(memory->kind == VolumeDriver::Kind::Tmpfs);
        QCOMPARE(memory->options, std::vector<std::string>{"size=9m"});
        for (const Options& bad :
             {Options{{"size", "9m"}}, Options{{"type", "bind"}}, Options{{"device", "/srv"}},
              Options{{"type", "bind"}, {"device", "srv"}}}) {
            VERIFY_ERROR(types::parseVolumeOptions(bad), ErrorKind::InvalidArgument);
        }
        VERIFY_ERROR(types::parseVolumeOptions({{"type", "nfs"}, {"device", ":/x"}}), ErrorKind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "test_secrets.moc"
