// SPDX-License-Identifier: Apache-2.0
#include "core/engine/trash.h"
#include "core/engine/upkeep.h"
#include "core/engine/volume_contents.h"
#include "gui/dialogs/confirm_dialog.h"
#include "gui/models/file_tree_model.h"
#include "gui/views/file_view.h"
#include "gui/views/volume_files.h"
#include "gui/views/volumes_page.h"
#include "gui/widgets/list_table.h"
#include "tests/gui/run_fixture.h"
#include "tests/support/verify.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

namespace {

void choose(VolumesPage& page, const char* name) {
    auto* table = child<ListTable>(page, "volumes.view");
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data(VolumeModel::NameRole).toString() == QLatin1String(name)) {
            table->selectRow(row);
            return;
        }
    }
    QFAIL("no such volume");
}

}  // namespace

class TestVolumesPage : public QObject {
    Q_OBJECT
private slots:
    void theModelKeepsItsPromises() {
        VolumeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        types::VolumeSummary a;
        a.name = "a";
        types::VolumeSummary b;
        b.name = "b";
        model.setVolumes({a, b});
        model.setSize(QStringLiteral("b"), 1000);
        model.setVolumes({b});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, VolumeModel::SizeColumn).data().toString(), QStringLiteral("1 kB"));
    }
    void sizesAreMeasuredOneByOneWhileTheyAreShown() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        QCOMPARE(f.engine->calls("volumes.measure"), 0);
        page.enter({});
        QTRY_COMPARE(f.engine->calls("volumes.measure"), 6);
    }
    /// The engine in memory behaves as the real one does.
    void theFakeEmptiesAVolumeAndTheTrashFillsItAgain() {
        const auto fake = FakeEngine::withSampleData();
        auto& contents = fake->volumeContents();
        std::string running;
        std::string free;
        const auto volumes = fake->volumes().list();
        VERIFY_OK(volumes);
        for (const auto& volume : *volumes) {
            (volume.usedBy.empty() ? free : running) = volume.name;
        }
        const auto used = fake->volumes().inspect(running);
        VERIFY_OK(used);
        for (const auto& user : used->usedBy) {
            fake->changeContainer(user, types::ContainerStatus::Running);
        }
        VERIFY_ERROR(contents.empty(running, {}, {}), ErrorKind::Conflict);
        VERIFY_ERROR(contents.empty("none", {}, {}), ErrorKind::NotFound);
        const auto before = contents.count(free, {});
        VERIFY_OK(before);
        QVERIFY(before->bytes > 0);
        VERIFY_OK(contents.empty(free, {}, {}));
        QCOMPARE(contents.count(free, {})->bytes, std::uint64_t{0});
        QVERIFY(fake->trash().list({})->front().contentOnly);
        VERIFY_OK(fake->trash().undo({}));
        QCOMPARE(contents.count(free, {})->bytes, before->bytes);
        QVERIFY(fake->trash().list({})->empty());
    }
    void deletingAsksForTheTypedName() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        choose(page, "old_cache");
        auto* remove = child<QPushButton>(page, "volumes.delete");
        QVERIFY(remove->isEnabled());
        remove->click();
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        QVERIFY(f.prompt.questions[0].text.contains(QStringLiteral("7 days")));
        QVERIFY(f.prompt.questions[0].losesData);
        QCOMPARE(f.prompt.questions[0].typed.value_or(QString()), QStringLiteral("old_cache"));
        QCOMPARE(f.engine->calls("volumes.remove"), 0);

        ConfirmDialog dialog(f.prompt.questions[0]);
        auto* ok = child<QPushButton>(dialog, "confirm.ok");
        auto* edit = child<QLineEdit>(dialog, "confirm.edit");
        QVERIFY(!ok->isEnabled());
        dialog.show();
        edit->setText(QStringLiteral("old_cach"));
        QVERIFY(!ok->isEnabled());
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY2(dialog.isVisible(), "Enter threw the typing away");
        edit->setText(QStringLiteral("old_cache"));
        QVERIFY(ok->isEnabled());
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));

        // The way out of the loss.
        f.prompt.reply.instead = true;
        remove->click();
        QTRY_COMPARE(f.prompt.fileQuestions.size(), std::size_t{1});
        f.prompt.reply.instead = false;

        f.prompt.reply.accepted = true;
        QTest::keyClick(child<ListTable>(page, "volumes.view"), Qt::Key_Delete);
        QTRY_COMPARE(f.engine->calls("volumes.remove"), 1);
        QTRY_COMPARE(child<ListTable>(page, "volumes.view")->model()->rowCount(), 5);
        QTRY_VERIFY(f.toasts.canUndo());
        f.toasts.undo();
        QTRY_COMPARE(child<ListTable>(page, "volumes.view")->model()->rowCount(), 6);
    }
    void severalAreDeletedAfterTypingHowMany() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.resize(1100, 700);
        page.show();
        page.enter({});
        auto* table = child<ListTable>(page, "volumes.view");
        const auto box = [&](int row) { return table->checkRect(table->model()->index(row, 0)).center(); };
        auto* bar = child<QWidget>(page, "volumes.bulkBar");
        // In use are all but one; a second one is made.
        f.prompt.text = QStringLiteral("fresh");
        child<QPushButton>(page, "volumes.new")->click();
        QTRY_COMPARE(table->model()->rowCount(), 7);
        QTRY_COMPARE(child<QLabel>(page, "volumes.name")->text(), QStringLiteral("fresh"));
        const auto measured = [table] {
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                if (table->model()->index(row, VolumeModel::SizeColumn).data() == QStringLiteral("…")) {
                    return false;
                }
            }
            return true;
        };
        QTRY_VERIFY(measured());
        choose(page, "shop_uploads");
        QTest::keySequence(table, QKeySequence(QKeySequence::SelectAll));
        QVERIFY(bar->isVisible());
        QVERIFY(child<QWidget>(page, "volumes.several")->isVisible());
        QCOMPARE(child<QLabel>(page, "volumes.bulk.count")->text(), QStringLiteral("7 selected"));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, box(0));
        QCOMPARE(table->chosenRows().size(), 6);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, box(0));
        child<QPushButton>(page, "volumes.bulk.delete")->click();
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        const Question& question = f.prompt.questions[0];
        QCOMPARE(question.title, QStringLiteral("Delete 2 volumes?"));
        QCOMPARE(question.typed.value_or(QString()), QStringLiteral("delete 2 volumes"));
        QVERIFY(question.losesData);
        QCOMPARE(question.points.size(), 2);
        QVERIFY(question.points.join(QLatin1Char('\n')).contains(QStringLiteral("old_cache, 610 MB")));
        QVERIFY(question.notes.contains(QStringLiteral("shop_uploads stays: used by api, worker")));
        QCOMPARE(f.engine->calls("volumes.remove"), 0);
        f.prompt.reply.accepted = true;
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(f.engine->calls("volumes.remove"), 2);
        QTRY_COMPARE(table->model()->rowCount(), 5);
        QTRY_VERIFY(f.toasts.canUndo());
        f.toasts.undo();
        QTRY_COMPARE(table->model()->rowCount(), 7);
        QTest::keyClick(table, Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QVERIFY(!child<QWidget>(page, "volumes.several")->isVisible());
    }
    void volumesAreClonedExportedAndImported() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.enter({});
        auto* table = child<ListTable>(page, "volumes.view");
        choose(page, "old_cache");
        f.prompt.text = QStringLiteral("old_cache-copy");
        child<QPushButton>(page, "volumes.clone")->click();
        QCOMPARE(f.prompt.textQuestions[0].text, QStringLiteral("old_cache-copy"));
        QVERIFY(!f.prompt.textQuestions[0].problem(QStringLiteral("old_cache")).isEmpty());
        QTRY_COMPARE(table->model()->rowCount(), 7);
        QTRY_COMPARE(child<QLabel>(page, "volumes.name")->text(), QStringLiteral("old_cache-copy"));
        f.prompt.file = QStringLiteral("/tmp/backup.tar");
        child<QPushButton>(page, "volumes.export")->click();
        QCOMPARE(f.prompt.fileQuestions.back().suggestedName, QStringLiteral("old_cache-copy.tar"));
        QTRY_COMPARE(f.engine->callsOf("volumes.export old_cache-copy /tmp/backup.tar"), 1);
        f.prompt.file = QStringLiteral("/home/me/my data.tar.gz");
        f.prompt.text = QStringLiteral("mydata");
        child<QPushButton>(page, "volumes.import")->click();
        QCOMPARE(f.prompt.textQuestions.back().text, QStringLiteral("mydata"));
        QTRY_COMPARE(f.engine->callsOf("volumes.import mydata /home/me/my data.tar.gz"), 1);
        QTRY_COMPARE(table->model()->rowCount(), 8);
        // An import that fails leaves no empty volume behind, and its task says why.
        f.engine->setFailure("volumes.import", Error(ErrorKind::Corrupt, "it is no archive"));
        f.prompt.text = QStringLiteral("broken");
        child<QPushButton>(page, "volumes.import")->click();
        QTRY_VERIFY(!f.tasks.tasks().back()->running());
        QCOMPARE(f.tasks.tasks().back()->state(), Task::State::Failed);
        QCOMPARE(f.tasks.tasks().back()->step(), QStringLiteral("It is no archive"));
        QVERIFY(f.engine->trash().list({})->empty());
        QTRY_COMPARE(table->model()->rowCount(), 8);
    }
    void whatIsOfferedAsANameIsFree() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.enter({});
        auto* table = child<ListTable>(page, "volumes.view");
        choose(page, "old_cache");
        f.prompt.text = QStringLiteral("old_cache-copy");
        child<QPushButton>(page, "volumes.clone")->click();
        QTRY_COMPARE(table->model()->rowCount(), 7);
        choose(page, "old_cache");
        child<QPushButton>(page, "volumes.clone")->click();
        QCOMPARE(f.prompt.textQuestions.back().text, QStringLiteral("old_cache-copy-2"));
        f.prompt.file = QStringLiteral("/home/me/old_cache.tar");
        child<QPushButton>(page, "volumes.import")->click();
        QCOMPARE(f.prompt.textQuestions.back().text, QStringLiteral("old_cache-2"));
    }
    void theListIsGoneThroughFromItsFirstRow() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.enter({});
        auto* table = child<ListTable>(page, "volumes.view");
        auto* filter = child<QLineEdit>(page, "volumes.filter");
        QTRY_VERIFY(table->selectedIndex().isValid());
        filter->setFocus();
        filter->setText(QStringLiteral("no such volume"));
        filter->clear();
        table->setFocus();
        QVERIFY2(table->selectedIndex().isValid(), "the row that has the mark is chosen");
        QCOMPARE(table->selectedIndex().row(), table->currentIndex().row());
    }
    void enterGoesToTheFilesAndDownloadsOne() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.enter({});
        auto* table = child<ListTable>(page, "volumes.view");
        choose(page, "shop_uploads");
        auto* tree = child<FileView>(page, "volume.tree");
        QTRY_VERIFY(tree->model()->rowCount() > 0);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(tree->hasFocus());
        QVERIFY(tree->selectionModel()->hasSelection());
        QModelIndex file;
        for (int row = 0; row < tree->model()->rowCount(); ++row) {
            const QModelIndex index = tree->model()->index(row, 0);
            file = index.data(FileTreeModel::FolderRole).toBool() ? file : index;
        }
        QVERIFY(file.isValid());
        tree->setCurrentIndex(file);
        const auto before = f.prompt.fileQuestions.size();
        QTest::keyClick(tree, Qt::Key_Return);
        QCOMPARE(f.prompt.fileQuestions.size(), before + 1);
        QCOMPARE(f.prompt.fileQuestions.back().suggestedName, file.data().toString());
    }
    void whatWasImportedIsMeasuredWhenItIsThere() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.enter({});
        const auto measured = [&] { return f.engine->callsOf("volumes.measure mydata"); };
        f.engine->setDelay("volumes.import", std::chrono::minutes(1));
        f.prompt.file = QStringLiteral("/home/me/my data.tar.gz");
        f.prompt.text = QStringLiteral("mydata");
        child<QPushButton>(page, "volumes.import")->click();
        QTRY_COMPARE(f.engine->calls("volumes.import"), 1);
        f.state.refreshVolumes();  // the event of its making: it is there, with nothing in it
        QTRY_COMPARE(measured(), 1);
        f.engine->wakeAll();
        QTRY_COMPARE(measured(), 2);
    }
    void emptyingAsksForTheNameToo() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.enter({});
        auto* empty = child<QPushButton>(page, "volumes.emptyOut");
        choose(page, "shop_uploads");  // running containers use it
        QVERIFY(!empty->isEnabled());
        QVERIFY(empty->toolTip().contains(QStringLiteral("api")));
        choose(page, "blog_content");  // one that does not run
        QVERIFY(empty->isEnabled());
        choose(page, "old_cache");
        auto* size = child<QAbstractButton>(page, "volumes.size");
        QTRY_COMPARE(size->text(), QStringLiteral("610 MB"));
        f.prompt.reply.accepted = true;
        empty->click();
        QTRY_COMPARE(f.engine->calls("volumes.empty"), 1);
        QCOMPARE(f.prompt.questions[0].typed.value_or(QString()), QStringLiteral("old_cache"));
        QVERIFY(f.prompt.questions[0].losesData);
        QVERIFY(f.prompt.questions[0].points.contains(QStringLiteral("610 MB go to the trash")));
        QTRY_COMPARE(size->text(), QStringLiteral("0 B"));
        QTRY_VERIFY(f.toasts.canUndo());
        f.toasts.undo();
        QTRY_COMPARE(size->text(), QStringLiteral("610 MB"));
    }
    void eachRowHasItsMenu() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.resize(1280, 700);
        page.show();
        page.enter({});
        auto* table = child<ListTable>(page, "volumes.view");
        choose(page, "shop_uploads");
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex cell = table->model()->index(row, VolumeModel::MenuColumn);
            if (cell.siblingAtColumn(0).data().toString() == QStringLiteral("old_cache")) {
                QVERIFY(table->visualRect(cell).width() >= 24);
                QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("More"));
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(cell).center());
            }
        }
        auto* menu = child<QMenu>(page, "volumes.rowMenu");
        QCOMPARE(child<QLabel>(page, "volumes.name")->text(), QStringLiteral("old_cache"));
        f.prompt.text = QStringLiteral("other");
        menu->findChild<QAction*>(QStringLiteral("volumes.row.clone"))->trigger();
        menu->close();
        QTRY_COMPARE(f.engine->calls("volumes.clone"), 1);
    }
    void filesOfAVolumeAreListedFolderByFolder() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.resize(1280, 700);
        page.show();
        choose(page, "shop_uploads");
        QCOMPARE(f.engine->calls("volumes.listFolder"), 0);  // nobody looks at it
        page.enter({});
        auto* tree = child<FileView>(page, "volume.tree");
        auto& files = *child<VolumeFiles>(page, "volume.files");
        QTRY_COMPARE(tree->model()->rowCount(), 3);
        QVERIFY(tree->isVisible());
        QCOMPARE(f.engine->calls("volumes.listFolder"), 1);
        tree->expand(files.model().indexOf("/2026"));
        QTRY_VERIFY(files.model().isListed("/2026"));
        QCOMPARE(f.engine->calls("volumes.listFolder"), 2);

        auto* path = child<QLineEdit>(page, "volume.files.path");
        path->setText(QStringLiteral("/2026/03/8841-front.jpg"));
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_COMPARE(FileTreeModel::pathOf(tree->currentIndex()), std::string("/2026/03/8841-front.jpg"));
        const auto cell = [&](int column) {
            return tree->currentIndex().siblingAtColumn(column).data().toString();
        };
        QCOMPARE(cell(FileTreeModel::SizeColumn), QStringLiteral("2.9 MB"));
        QCOMPARE(cell(FileTreeModel::ModeColumn), QStringLiteral("-rw-r--r--"));
        QTRY_COMPARE(cell(FileTreeModel::OwnerColumn), QStringLiteral("node"));  // of a running container
        QVERIFY(!cell(FileTreeModel::TimeColumn).isEmpty());
        QVERIFY(!tree->isColumnHidden(FileTreeModel::ModeColumn));

        path->setText(QStringLiteral("/2026/04/x"));
        QTest::keyClick(path, Qt::Key_Return);
        QTRY_VERIFY(child<QWidget>(page, "volume.files.error")->isVisible());

        // Another volume, none of whose files are known; the tabs stay.
        choose(page, "old_cache");
        QTRY_COMPARE(f.engine->callsOf("volumes.listFolder old_cache /"), 1);
        QTRY_COMPARE(tree->model()->rowCount(), 0);
        auto* tabs = child<QTabBar>(page, "volumes.tabs");
        QCOMPARE(tabs->currentIndex(), 0);
        tabs->setCurrentIndex(2);
        QVERIFY(!tree->isVisible());
        QVERIFY(child<QWidget>(page, "volumes.facts")->isVisible());
        tabs->setCurrentIndex(1);
        choose(page, "shop_uploads");
        QTRY_VERIFY(child<QAbstractButton>(page, "volumes.user.api")->isVisible());
        QCOMPARE(child<QAbstractButton>(page, "volumes.userCount")->text(), QStringLiteral("2"));
    }
    void linksThatLeadOutAreSaidBeforeAFileManagerFollowsThem() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        choose(page, "shop_uploads");
        page.enter({});
        auto& model = *qobject_cast<FileTreeModel*>(child<FileView>(page, "volume.tree")->model());
        QTRY_VERIFY(model.isListed("/"));
        auto* outside = child<QPushButton>(page, "volume.files.outside");
        const auto link = [](const char* name, const char* target) {
            types::ImageFile file;
            file.kind = types::ImageFileKind::Symlink;
            file.path = name;
            file.link = target;
            return file;
        };
        types::ImageFile folder;
        folder.kind = types::ImageFileKind::Folder;
        folder.path = "a";
        model.setFolder("/", {folder, link("beside", "a/b"), link("self", ".")});
        model.setFolder("/a", {link("up", "../beside"), link("down", "x/../../a")});
        QCOMPARE(model.linksOut(), std::vector<std::string>());
        outside->click();
        QVERIFY(f.prompt.questions.empty());
        QCOMPARE(f.prompt.urls.size(), std::size_t{1});

        model.setFolder("/", {folder, link("key", "/home/me/.ssh/id")});
        model.setFolder("/a", {link("up", "../../.ssh")});
        QCOMPARE(model.linksOut(), (std::vector<std::string>{"/key", "/a/up"}));
        f.prompt.reply.accepted = false;
        outside->click();
        QCOMPARE(f.prompt.questions.size(), std::size_t{1});
        QCOMPARE(f.prompt.questions.back().points.first(), QStringLiteral("/key leads to /home/me/.ssh/id"));
        QCOMPARE(f.prompt.urls.size(), std::size_t{1});
        f.prompt.reply.accepted = true;
        outside->click();
        QCOMPARE(f.prompt.urls.size(), std::size_t{2});
    }
    void filesGoIntoAVolumeAndOutOfIt() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.resize(1280, 700);
        page.show();
        choose(page, "shop_uploads");
        page.enter({});
        auto* tree = child<FileView>(page, "volume.tree");
        auto& files = *child<VolumeFiles>(page, "volume.files");
        QTRY_VERIFY(files.model().isListed("/"));
        auto* download = child<QPushButton>(page, "volume.files.download");
        QVERIFY(!download->isEnabled());
        tree->setCurrentIndex(files.model().indexOf("/.keep"));
        f.prompt.file = QStringLiteral("/home/me/.keep");
        download->click();
        QCOMPARE(f.prompt.fileQuestions.back().suggestedName, QStringLiteral(".keep"));
        QTRY_COMPARE(f.engine->callsOf("volumes.copyOut shop_uploads:/.keep /home/me/.keep"), 1);
        QVERIFY(f.tasks.tasks().back()->announced());  // nothing else tells that it is there

        f.prompt.files = {QStringLiteral("/home/me/new.txt")};
        child<QPushButton>(page, "volume.files.upload")->click();
        QTRY_COMPARE(f.engine->callsOf("volumes.copyIn shop_uploads:/ /home/me/new.txt"), 1);
        QTRY_VERIFY(files.model().file("/new.txt") != nullptr);
        QVERIFY(f.prompt.questions.empty());
        child<QPushButton>(page, "volume.files.upload")->click();  // it is there now
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        QCOMPARE(f.engine->calls("volumes.copyIn"), 1);

        QVERIFY(tree->acceptDrops());
        emit tree->filesDropped({QStringLiteral("/home/me/a.bin")}, files.model().indexOf("/2025"));
        QTRY_COMPARE(f.engine->callsOf("volumes.copyIn shop_uploads:/2025 /home/me/a.bin"), 1);

        tree->setCurrentIndex(QModelIndex());
        f.prompt.text = QStringLiteral("2027");
        child<QPushButton>(page, "volume.files.newFolder")->click();
        QVERIFY(!f.prompt.textQuestions.back().problem(QStringLiteral("2026")).isEmpty());
        QVERIFY(!f.prompt.textQuestions.back().problem(QStringLiteral("a/b")).isEmpty());
        QVERIFY(f.prompt.textQuestions.back().problem(QStringLiteral("2027")).isEmpty());
        QTRY_COMPARE(f.engine->callsOf("volumes.makeFolder shop_uploads:/2027"), 1);
        QTRY_COMPARE(FileTreeModel::pathOf(tree->currentIndex()), std::string("/2027"));
        child<QPushButton>(page, "volume.files.outside")->click();
        QVERIFY(f.prompt.urls.back().isLocalFile());

        auto* remove = child<QPushButton>(page, "volume.files.delete");
        tree->setCurrentIndex(files.model().indexOf("/new.txt"));
        QVERIFY(remove->isEnabled());
        f.prompt.reply.accepted = false;
        remove->click();
        QVERIFY(f.prompt.questions.back().losesData);
        QVERIFY(f.prompt.questions.back().title.contains(QStringLiteral("new.txt")));
        QCOMPARE(f.engine->calls("volumes.erase"), 0);
        f.prompt.reply.accepted = true;
        remove->setFocus();
        QTest::keyClick(tree, Qt::Key_Delete);
        QCOMPARE(page.focusWidget(), tree);
        QTRY_COMPARE(f.engine->callsOf("volumes.erase shop_uploads:/new.txt"), 1);
        QTRY_VERIFY(files.model().file("/new.txt") == nullptr);
        QVERIFY2(f.engine->calls("volumes.remove") == 0, "the volume itself stays");
    }
    void itsSizeFollowsWhatIsDoneInIt() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        choose(page, "shop_uploads");
        page.enter({});
        auto* tree = child<FileView>(page, "volume.tree");
        auto& files = *child<VolumeFiles>(page, "volume.files");
        QTRY_VERIFY(files.model().isListed("/"));
        const auto measured = [&] { return f.engine->callsOf("volumes.measure shop_uploads"); };
        QTRY_COMPARE(f.engine->calls("volumes.measure"), 6);
        QCOMPARE(measured(), 1);
        f.prompt.files = {QStringLiteral("/home/me/new.txt")};
        child<QPushButton>(page, "volume.files.upload")->click();
        QTRY_COMPARE(measured(), 2);
        f.prompt.text = QStringLiteral("2027");
        child<QPushButton>(page, "volume.files.newFolder")->click();
        QTRY_COMPARE(measured(), 3);
        QTRY_VERIFY(files.model().file("/new.txt") != nullptr);
        tree->setCurrentIndex(files.model().indexOf("/new.txt"));
        f.prompt.reply.accepted = true;
        child<QPushButton>(page, "volume.files.delete")->click();
        QTRY_COMPARE(measured(), 4);
        QCOMPARE(f.engine->calls("volumes.measure"), 9);
    }
    /// At 860 pixels of the window.
    void aNameHasRoomBeforeItsUsersHave() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.resize(652, 700);
        page.show();
        auto* table = child<ListTable>(page, "volumes.view");
        QTRY_VERIFY(table->isColumnHidden(VolumeModel::UsedByColumn));
        QVERIFY(table->columnWidth(VolumeModel::NameColumn) >= scaled(170));
        page.resize(1280, 700);
        QTRY_VERIFY(!table->isColumnHidden(VolumeModel::UsedByColumn));
        QVERIFY(table->columnWidth(VolumeModel::NameColumn) >= scaled(130));
    }
    void lookingAgainCountsMoreThanAnAnswerOnItsWay() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.resize(1280, 700);
        page.show();
        choose(page, "shop_uploads");
        page.enter({});
        auto* tree = child<FileView>(page, "volume.tree");
        auto& files = *child<VolumeFiles>(page, "volume.files");
        QTRY_VERIFY(files.model().isListed("/"));
        // Asked for, and not answered yet.
        f.engine->setDelay("volumes.listFolder", std::chrono::seconds(30));
        tree->expand(files.model().indexOf("/2025"));
        QTRY_COMPARE(f.engine->calls("volumes.listFolder"), 2);
        f.engine->setDelay("volumes.listFolder", std::chrono::milliseconds(0));
        child<QAbstractButton>(page, "volume.files.refresh")->click();
        QTRY_VERIFY(files.model().isListed("/2025"));
        QTRY_COMPARE(f.engine->calls("volumes.listFolder"), 4);  // both, in any order
    }
    void filesThatCannotBeListedSayWhy() {
        Fixture f;
        f.engine->setFailure("volumes.listFolder", Error(ErrorKind::Unsupported, "it is in memory"));
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        page.enter({});
        QTRY_VERIFY(child<QWidget>(page, "volume.files.failed")->isVisible());
        f.engine->setFailure("volumes.listFolder", std::nullopt);
        child<QAbstractButton>(page, "volume.files.retry")->click();
        QTRY_VERIFY(child<QWidget>(page, "volume.tree")->isVisible());
    }
    void aLongListOfWhatGoesScrolls() {
        Question question;
        question.title = QStringLiteral("Delete?");
        question.confirm = QStringLiteral("Delete");
        for (int i = 0; i < 40; ++i) {
            question.points.append(QStringLiteral("volume %1").arg(i));
        }
        ConfirmDialog dialog(question);
        dialog.show();
        QVERIFY(child<QWidget>(dialog, "confirm.facts")->isVisible());
        QVERIFY2(dialog.height() < 500, qPrintable(QString::number(dialog.height())));
        QCOMPARE(namelessInputs(dialog), QStringList());
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* ok = child<QPushButton>(dialog, "confirm.ok");
        ok->setFocus();  // the default is Cancel, and Enter presses what has the focus all the same
        QTest::keyClick(ok, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
    void withoutATrashTheQuestionSaysSo() {
        Fixture f;
        types::StoreSettings settings;
        settings.trashPercent = 0;
        QVERIFY(f.engine->upkeep().setSettings(settings).has_value());
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        choose(page, "old_cache");
        f.prompt.reply.accepted = true;
        child<QPushButton>(page, "volumes.delete")->click();
        QTRY_COMPARE(f.engine->calls("volumes.remove"), 1);
        QVERIFY(f.prompt.questions[0].text.contains(QStringLiteral("no undo")));
        QTRY_COMPARE(child<ListTable>(page, "volumes.view")->model()->rowCount(), 5);
    }
    void aVolumeInUseCannotBeDeleted() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        choose(page, "shop_uploads");
        QVERIFY(!child<QPushButton>(page, "volumes.delete")->isEnabled());
        QVERIFY(child<QLabel>(page, "volumes.note")->text().contains(QStringLiteral("api, worker")));
        QTest::keyClick(child<ListTable>(page, "volumes.view"), Qt::Key_Delete);
        QVERIFY(f.prompt.questions.empty());
        child<QAbstractButton>(page, "volumes.user.api")->click();
        QCOMPARE(f.navigator.places.size(), std::size_t{1});
        QCOMPARE(f.navigator.places[0].page, QStringLiteral("container"));
    }
    void aNewVolumeHasAFreeName() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        f.prompt.text = QStringLiteral("fresh");
        child<QPushButton>(page, "volumes.new")->click();
        QCOMPARE(f.prompt.textQuestions.size(), std::size_t{1});
        const auto& problem = f.prompt.textQuestions[0].problem;
        QVERIFY(!problem(QStringLiteral("old_cache")).isEmpty());
        QVERIFY(!problem(QStringLiteral("../x")).isEmpty());
        QVERIFY(problem(QStringLiteral("fresh")).isEmpty());
        QTRY_COMPARE(child<ListTable>(page, "volumes.view")->model()->rowCount(), 7);
    }
    void emptyAndErrorHaveAWayOn() {
        auto engine = std::make_shared<FakeEngine>();
        Fixture f(engine);
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        page.show();
        QVERIFY(child<QAbstractButton>(page, "volumes.empty.new")->isVisible());

        auto broken = std::make_shared<FakeEngine>();
        broken->setFailure("volumes.list", Error(ErrorKind::Io, "read '/x': input/output error"));
        Fixture g(broken);
        VolumesPage failed(g.context);
        failed.show();
        QTRY_VERIFY(child<QAbstractButton>(failed, "volumes.failed.retry")->isVisible());
    }
    void everyInputHasAName() {
        Fixture f;
        QTRY_VERIFY(f.loaded());
        VolumesPage page(f.context);
        QCOMPARE(namelessInputs(page), QStringList());
    }
};

QTEST_MAIN(TestVolumesPage)
#include "test_volumes_page.moc"
