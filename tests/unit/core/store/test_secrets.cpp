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
