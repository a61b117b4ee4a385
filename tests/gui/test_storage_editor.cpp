// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/storage_editor.h"
#include "tests/gui/run_fixture.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

const QString kHome = QStringLiteral("/home/anna");

FolderReader pretend() {
    return [](const QString& path, const std::function<void(const FolderFacts&)>& done) {
        FolderFacts facts;
        facts.exists = !path.contains(QLatin1String("missing"));
        facts.isFolder = true;
        facts.canEnter = !path.contains(QLatin1String("closed"));
        facts.owners = {1000, {{100000, 65536}}};
        facts.files = {{QStringLiteral("a"), 1000, 1000, 0600, false},
                       {QStringLiteral("key"), 0, 0, 0600, false}};
        facts.fileCount = 2;
        done(facts);
    };
}

FolderChooser choose(const QString& path) {
    return [path](const QString& /*start*/, const std::function<void(const QString&)>& done) { done(path); };
}

MountDraft folder(const char* source, const char* target) {
    return {MountType::Folder, QString::fromLatin1(source), {}, QString::fromLatin1(target), false};
}

}  // namespace

class TestStorageEditor : public QObject {
    Q_OBJECT
private slots:
    void judgesRows_data();
    void judgesRows();

    void aMissingFolderBlocksWithItsName() {
        StorageEditor editor(pretend(), choose({}), kHome);
        editor.show();
        editor.addRow(folder("/missing/conf", "/etc/shop"));
        QTRY_VERIFY(!editor.isChecking());
        QCOMPARE(editor.problems(), 1);
        QCOMPARE(editor.summary(), QStringLiteral("One folder does not exist"));
        child<QLineEdit>(editor, "mount.0.folder")->setText(QStringLiteral("~/src"));
        QTRY_VERIFY(!editor.isChecking());
        QCOMPARE(editor.problems(), 0);
        QCOMPARE(toMount(editor.drafts()[0], kHome).source, std::string("/home/anna/src"));
    }
    void homeAndHiddenFoldersWarnButDoNotBlock() {
        StorageEditor editor(pretend(), choose({}), kHome);
        editor.addRow(folder("~", "/a"));
        editor.addRow(folder("~/.ssh", "/b"));
        QTRY_VERIFY(!editor.isChecking());
        QCOMPARE(editor.verdicts()[0], MountVerdict::WholeHome);
        QCOMPARE(editor.verdicts()[1], MountVerdict::HiddenFolder);
        QCOMPARE(editor.problems(), 0);
    }
    void theFolderButtonUsesTheChooser() {
        StorageEditor editor(pretend(), choose(QStringLiteral("/srv/data")), kHome);
        QTest::mouseClick(child<QPushButton>(editor, "storage.addFolder"), Qt::LeftButton);
        QCOMPARE(editor.drafts()[0].source, QStringLiteral("/srv/data"));
        QVERIFY(editor.summary().contains(QStringLiteral("not complete")));
        QTest::keyClicks(child<QLineEdit>(editor, "mount.0.target"), QStringLiteral("/data"));
        QTRY_COMPARE(editor.summary(), QString());
    }
    void whoClosesTheChooserHasAddedNothing() {
        StorageEditor editor(pretend(), choose({}), kHome);
        editor.show();
        QTest::mouseClick(child<QPushButton>(editor, "storage.addFolder"), Qt::LeftButton);
        QVERIFY(editor.drafts().empty());
        QCOMPARE(editor.summary(), QString());
    }
    void whoChoseAFolderSaysWhereItGoes() {
        StorageEditor editor(pretend(), choose(QStringLiteral("/srv/data")), kHome);
        editor.show();
        editor.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&editor));
        QTest::mouseClick(child<QPushButton>(editor, "storage.addFolder"), Qt::LeftButton);
        QCOMPARE(editor.drafts()[0].source, QStringLiteral("/srv/data"));
        QVERIFY(child<QLineEdit>(editor, "mount.0.target")->hasFocus());
    }
    void ownersOfTheFolderAreExplained() {
        StorageEditor editor(pretend(), choose({}), kHome);
        editor.show();
        editor.addRow(folder("/srv", "/srv"));
        auto* owners = child<QWidget>(editor, "storage.owners");
        QTRY_VERIFY(owners->isVisible());
        QStringList words;
        for (const auto* label : owners->findChildren<QLabel*>()) {
            words.append(label->text());
        }
        QVERIFY(words.contains(QStringLiteral("you (1000), rw-------")));
        QVERIFY(words.contains(QStringLiteral("nobody (65534)")));
        QStringList chips;
        for (const auto* chip : owners->findChildren<QAbstractButton*>()) {
            chips.append(chip->text());
        }
        QCOMPARE(chips, QStringList({QStringLiteral("read and write"), QStringLiteral("not open it")}));
        child<QComboBox>(editor, "mount.0.access")->setCurrentIndex(1);
        QCOMPARE(owners->findChildren<QAbstractButton*>().first()->text(), QStringLiteral("read"));
    }
    void accessFollowsTheIdMap_data();
    void accessFollowsTheIdMap();

    void realFoldersAreRead() {
        QTemporaryDir home;
        QFile file(home.filePath(QStringLiteral("note")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const auto facts = readFolderFacts(home.path());
        QVERIFY(facts.exists && facts.isFolder && facts.canEnter);
        QCOMPARE(facts.files.size(), std::size_t{1});
        QCOMPARE(facts.files[0].uid, facts.owners.ownId);
        QVERIFY(!readFolderFacts(home.filePath(QStringLiteral("missing"))).exists);
        // From a worker thread, and dropped when the editor is gone.
        auto editor = std::make_unique<StorageEditor>(threadedFolderReader(), choose({}), kHome);
        editor->addRow({MountType::Folder, home.path(), {}, QStringLiteral("/x"), false});
        QTRY_COMPARE(editor->verdicts()[0], MountVerdict::Fine);
        editor->recheck();
        editor.reset();
        QCoreApplication::processEvents();
    }
    void subordinateIdsAreParsed() {
        const auto ranges =
            parseSubordinateIds(QStringLiteral("bob:1:1\nanna:100000:65536\n1000:300000:10\nanna:bad:1\n"),
                                QStringLiteral("anna"), 1000);
        QCOMPARE(ranges.size(), std::size_t{2});
        const OwnerMap owners{1000, ranges};
        QCOMPARE(owners.inside(1000), 0U);
        QCOMPARE(owners.inside(100998), 999U);
        QCOMPARE(owners.inside(300001), 65538U);
        QCOMPARE(owners.inside(0), OwnerMap::kNobody);
    }
    void keepsWhatItDoesNotShow() {
        using Kind = types::MountSpec::Kind;
        const std::vector<types::MountSpec> mounts{
            {Kind::Image, "tools:1", "/opt/tools", true, {"subpath=usr/bin"}},
            {Kind::Bind, "/srv", "/srv", false, {"U", "rshared"}},
            {Kind::Volume, "data", "/data", false, {"nocopy"}},
            {Kind::Tmpfs, "", "/tmp", false, {"size=64m", "mode=1777"}},
            {Kind::Tmpfs, "", "/run", false, {"size=10%"}}};
        for (const auto& mount : mounts) {
            QVERIFY2(toMount(toDraft(mount), kHome) == mount, mount.target.c_str());
        }
    }
    void anImageIsReadOnlyAtFirst() {
        StorageEditor editor(pretend(), choose({}), kHome);
        editor.addRow(
            {MountType::Volume, QStringLiteral("data"), {}, QStringLiteral("/srv"), false, {"nocopy"}});
        child<QComboBox>(editor, "mount.0.type")->setCurrentIndex(int(MountType::Image));
        child<QLineEdit>(editor, "mount.0.image")->setText(QStringLiteral("tools:1"));
        const types::MountSpec wanted{types::MountSpec::Kind::Image, "tools:1", "/srv", true, {}};
        QVERIFY(toMount(editor.drafts()[0], kHome) == wanted);
        QCOMPARE(editor.problems(), 0);
    }
    void everyInputHasAName() {
        StorageEditor editor(pretend(), choose({}), kHome);
        editor.addRow(folder("/srv", "/srv"));
        editor.addRow({MountType::Temporary, {}, QStringLiteral("64"), QStringLiteral("/tmp"), false});
        editor.addRow({MountType::Image, QStringLiteral("tools"), {}, QStringLiteral("/opt"), true});
        QTRY_VERIFY(!editor.isChecking());
        QStringList nameless;
        for (const auto& one : namelessInputs(editor)) {
            if (!one.startsWith(QLatin1String("coracle::gui::Chip"))) {
                nameless.append(one);
            }
        }
        QCOMPARE(nameless, QStringList());
    }
};

void TestStorageEditor::judgesRows_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("verdict");
    const auto row = [](const char* name, MountType type, const char* source, const char* target,
                        MountVerdict verdict) {
        QTest::newRow(name) << int(type) << QString::fromLatin1(source) << QString::fromLatin1(target)
                            << int(verdict);
    };
    row("fine", MountType::Folder, "/srv", "/srv", MountVerdict::Fine);
    row("no source", MountType::Folder, "", "/srv", MountVerdict::NoSource);
    row("relative source", MountType::Folder, "srv", "/srv", MountVerdict::RelativeSource);
    row("missing", MountType::Folder, "/missing", "/srv", MountVerdict::MissingSource);
    row("closed", MountType::Folder, "/closed", "/srv", MountVerdict::ClosedSource);
    row("lent by a portal", MountType::Folder, "/run/user/1000/doc/5f/x", "/srv", MountVerdict::PortalPath);
    row("no target", MountType::Folder, "/srv", "", MountVerdict::NoTarget);
    row("relative target", MountType::Folder, "/srv", "srv", MountVerdict::RelativeTarget);
    row("root as target", MountType::Folder, "/srv", "/x/..", MountVerdict::RootTarget);
    row("target twice", MountType::Folder, "/srv", "/taken/", MountVerdict::DuplicateTarget);
    row("known volume", MountType::Volume, "data", "/srv", MountVerdict::Fine);
    row("new volume", MountType::Volume, "fresh", "/srv", MountVerdict::NewVolume);
    row("unnamed volume", MountType::Volume, "", "/srv", MountVerdict::EmptyVolume);
    row("bad volume name", MountType::Volume, "a b", "/srv", MountVerdict::BadVolumeName);
    row("size", MountType::Temporary, "64", "/srv", MountVerdict::Fine);
    row("no size", MountType::Temporary, "", "/srv", MountVerdict::Fine);
    row("bad size", MountType::Temporary, "lots", "/srv", MountVerdict::BadSize);
    row("image", MountType::Image, "tools:1", "/srv", MountVerdict::Fine);
    row("no image", MountType::Image, " ", "/srv", MountVerdict::NoImage);
}

void TestStorageEditor::judgesRows() {
    QFETCH(int, type);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(int, verdict);
    MountDraft draft{static_cast<MountType>(type), source, {}, target, false};
    if (draft.type == MountType::Temporary) {
        draft.sizeMb = source;
    }
    const std::vector<MountDraft> drafts = {
        draft, {MountType::Volume, QStringLiteral("data"), {}, QStringLiteral("/taken"), false}};
    std::optional<FolderFacts> facts;
    pretend()(source, [&](const FolderFacts& found) { facts = found; });
    QCOMPARE(int(judge(drafts, 0, {kHome, {QStringLiteral("data")}}, facts)), verdict);
}

void TestStorageEditor::accessFollowsTheIdMap_data() {
    QTest::addColumn<uint>("uid");
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<int>("access");
    const auto row = [](const char* name, uint uid, uint mode, bool readOnly, FileAccess access) {
        QTest::newRow(name) << uid << mode << readOnly << int(access);
    };
    row("own file", 1000, 0400, false, FileAccess::ReadWrite);
    row("own file, read-only mount", 1000, 0600, true, FileAccess::Read);
    row("file of a subordinate id", 100998, 0600, false, FileAccess::ReadWrite);
    row("file of root", 0, 0600, false, FileAccess::None);
    row("file of root that all may read", 0, 0644, false, FileAccess::Read);
    row("file of root that all may write", 0, 0666, false, FileAccess::ReadWrite);
}

void TestStorageEditor::accessFollowsTheIdMap() {
    QFETCH(uint, uid);
    QFETCH(uint, mode);
    QFETCH(bool, readOnly);
    QFETCH(int, access);
    const OwnerMap owners{1000, {{100000, 65536}}};
    QCOMPARE(int(accessInside({QStringLiteral("f"), uid, uid, mode, false}, owners, readOnly)), access);
}

QTEST_MAIN(TestStorageEditor)
#include "test_storage_editor.moc"
