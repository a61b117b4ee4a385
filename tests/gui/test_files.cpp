// SPDX-License-Identifier: Apache-2.0
// The files of a container: the tab, and the way in and out.
#include "gui/dialogs/confirm_dialog.h"
#include "gui/views/code_view.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/files_fixture.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

class TestFiles : public QObject {
    Q_OBJECT
private slots:
    void theTabShowsFilesAndWhatChanged() {
        Files files;
        QTRY_VERIFY(files.loaded());
        QCOMPARE(child<Segments>(files.tab(), "files.scope")->button(1)->count(), 7);
        QCOMPARE(child<QLabel>(files.tab(), "files.count.D")->text(), QStringLiteral("1 deleted"));
        files.goTo("app/routes/cart.js");
        auto* code = child<CodeView>(files.tab(), "files.text");
        QTRY_VERIFY(code->isVisible());
        QVERIFY(code->toPlainText().contains(QStringLiteral("throw err;")));
        QVERIFY(!code->diff().empty());
        QCOMPARE(child<QLineEdit>(files.tab(), "files.path")->text(), QStringLiteral("/app/routes/cart.js"));
        child<Segments>(files.tab(), "files.diff")->setCurrent(1);
        QTRY_VERIFY(!code->toPlainText().contains(QStringLiteral("throw err;")));
        files.goTo("/tmp");
        QTRY_COMPARE(files.model().rowCount(files.view().currentIndex()), 1);
        const QModelIndex owner =
            files.model().index(0, FileTreeModel::OwnerColumn, files.view().currentIndex());
        QTRY_COMPARE(owner.data().toString(), QStringLiteral("node"));
        files.goTo("/app/nothing");
        auto* banner = child<Banner>(files.tab(), "files.error");
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(banner->text(), QStringLiteral("There is no /app/nothing"));
        QCOMPARE(namelessInputs(files.tab()), QStringList());
    }
    /// An answer that comes late is not shown under another name.
    void theTextOfTheFileBeforeIsNotShown() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.f.engine->setDelay("archives.readFile", std::chrono::milliseconds(100));
        files.goTo("/app/routes/cart.js");
        QTRY_VERIFY(files.asked("archives.readFile " + files.f.id("api") + " /app/routes/cart.js"));
        files.view().setCurrentIndex(files.model().indexOf("/app/routes"));
        auto* words = child<EmptyState>(files.tab(), "files.words");
        QVERIFY(words->isVisible());
        const auto shown = [words] {
            QStringList texts;
            for (const auto* label : words->findChildren<QLabel*>()) {
                texts << label->text();
            }
            return texts.contains(QStringLiteral("A folder"));
        };
        QVERIFY(shown());
        files.f.engine->setDelay("archives.readFile", std::chrono::milliseconds(0));
        const int before = files.f.engine->calls("archives.findFiles");
        child<QLineEdit>(files.tab(), "files.find")->setText(QStringLiteral("routes"));
        QTRY_VERIFY(files.f.engine->calls("archives.findFiles") > before);
        QTRY_VERIFY(files.model().showsFound());
        QVERIFY(shown());
    }
    void aFileThatIsNoTextSaysSo() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.goTo("/app/server");
        auto* words = child<EmptyState>(files.tab(), "files.words");
        QTRY_VERIFY(words->isVisible() &&
                    files.asked("archives.readFile " + files.f.id("api") + " /app/server"));
        QVERIFY(!child<CodeView>(files.tab(), "files.text")->isVisible());
        QVERIFY(!files.button("files.restore").isVisible());
    }
    void aNarrowTreeShowsNamesFirst() {
        Files files;
        QTRY_VERIFY(files.loaded());
        QVERIFY2(files.view().isColumnHidden(2), "the mode is said by the preview");
        for (const int width : {1280, 1100, 1000, 900}) {
            files.f.window.resize(width, 760);
            QCoreApplication::processEvents();
            const int name = files.view().columnWidth(0);
            QVERIFY2(name >= 150, qPrintable(QStringLiteral("%1 of %2").arg(name).arg(width)));
        }
        files.f.window.resize(1280, 800);
        QCoreApplication::processEvents();
        QVERIFY(!files.view().isColumnHidden(1));
        QVERIFY(!files.view().isColumnHidden(4));
    }
    void onlyChangesAreListedAndLookedInto() {
        Files files;
        QTRY_VERIFY(files.loaded());
        child<Segments>(files.tab(), "files.scope")->setCurrent(1);
        QCOMPARE(files.model().rowCount(), 7);
        // Size and owner are there before any folder was opened.
        const int part = files.model().indexOf("/tmp/upload-8841.part").row();
        QCOMPARE(files.model().index(part, FileTreeModel::SizeColumn).data().toString(),
                 QStringLiteral("2.9 MB"));
        // The names of owners are another question.
        QTRY_COMPARE(files.model().index(part, FileTreeModel::OwnerColumn).data().toString(),
                     QStringLiteral("node"));
        QVERIFY(!files.model().isListed("/tmp"));
        files.view().setCurrentIndex(files.model().indexOf("/etc/hosts"));
        QTRY_COMPARE(files.model()
                         .index(files.view().currentIndex().row(), FileTreeModel::SizeColumn)
                         .data()
                         .toString(),
                     QStringLiteral("214 B"));
        QVERIFY(files.button("files.restore").isVisible());
    }
    void findingAFileByItsName() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.goTo("/etc");
        QTRY_VERIFY(files.model().isListed("/etc"));
        QTest::keyClick(&files.view(), Qt::Key_F, Qt::ControlModifier);
        auto* find = child<QLineEdit>(files.tab(), "files.find");
        QTRY_VERIFY(find->hasFocus());
        auto* sum = child<QLabel>(files.tab(), "files.sum");
        QTest::keyClicks(find, QStringLiteral("deb"));
        QTRY_VERIFY(files.model().showsFound());
        QCOMPARE(rows(files.model()), (QStringList{"app/routes/debug.js A"}));
        QCOMPARE(sum->text(), QStringLiteral("1 files found"));
        QCOMPARE(files.f.engine->calls("archives.findFiles"), 1);  // not one for each letter
        // What the container deleted is found, too.
        find->setText(QStringLiteral("doc"));
        QTest::keyClick(find, Qt::Key_Return);
        QTRY_COMPARE(rows(files.model()), (QStringList{"usr/share/doc D"}));
        // Enter goes to the list, and then to the place in the tree, in which is open what was.
        find->setText(QStringLiteral("debug"));
        QTRY_COMPARE(rows(files.model()), (QStringList{"app/routes/debug.js A"}));
        QTest::keyClick(find, Qt::Key_Return);
        QTRY_VERIFY(files.view().hasFocus());
        files.view().setCurrentIndex(files.model().index(0, 0));
        QTest::keyClick(&files.view(), Qt::Key_Return);
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/app/routes/debug.js"));
        QVERIFY(!files.model().showsFound());
        QVERIFY(find->text().isEmpty());
        QVERIFY(files.view().isExpanded(files.model().indexOf("/etc")));
        QCOMPARE(child<QLineEdit>(files.tab(), "files.path")->text(), QStringLiteral("/app/routes/debug.js"));
        find->setText(QStringLiteral("nothing"));
        QTRY_COMPARE(files.model().rowCount(), 0);
        find->setFocus();
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(!files.model().showsFound());
        QVERIFY(files.model().rowCount() > 0);
    }
    void aSlowSearchEndsAndFreezesNothing() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.f.engine->setDelay("archives.findFiles", std::chrono::seconds(30));
        auto* find = child<QLineEdit>(files.tab(), "files.find");
        auto* sum = child<QLabel>(files.tab(), "files.sum");
        find->setText(QStringLiteral("cart"));
        QTRY_COMPARE(sum->text(), QStringLiteral("Looking for “cart”…"));
        QVERIFY(!files.model().showsFound());  // the tree can still be used
        find->clear();
        QTRY_VERIFY(sum->text().contains(QStringLiteral("7 paths")));
        files.f.engine->setDelay("archives.findFiles", std::chrono::milliseconds(0));
        find->setText(QStringLiteral("cart"));
        QTRY_COMPARE(rows(files.model()), (QStringList{"app/routes/cart.js M"}));
        files.f.engine->setFailure("archives.findFiles", Error(ErrorKind::Io, "it broke"));
        find->setText(QStringLiteral("cart.js"));
        auto* banner = child<Banner>(files.tab(), "files.error");
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(banner->text(), QStringLiteral("It broke"));
    }
    void changedPathsAreFilteredByTheSameField() {
        Files files;
        QTRY_VERIFY(files.loaded());
        child<Segments>(files.tab(), "files.scope")->setCurrent(1);
        child<QLineEdit>(files.tab(), "files.find")->setText(QStringLiteral("ETC"));
        QCOMPARE(rows(files.model()), (QStringList{"etc/hosts M", "etc/resolv.conf M"}));
        QCOMPARE(files.f.engine->calls("archives.findFiles"), 0);
        files.goTo("/app/server");
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/app/server"));
        QCOMPARE(child<Segments>(files.tab(), "files.scope")->current(), 0);
    }
    void restoringAsksFirst() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.goTo("/etc/hosts");
        QTRY_VERIFY(files.button("files.restore").isVisible());
        files.f.prompt.reply = {.accepted = false};
        files.button("files.restore").click();
        QCOMPARE(files.f.prompt.questions.size(), std::size_t(1));
        QVERIFY(!files.asked("archives.restorePaths"));
        files.f.prompt.reply = {.accepted = true};
        files.button("files.restore").setFocus();
        files.button("files.restore").click();
        QTRY_VERIFY(files.asked("archives.restorePaths " + files.f.id("api") + " /etc/hosts"));
        QTRY_COMPARE(files.model().counts().sum(), 6);
        QTRY_VERIFY(files.view().hasFocus());  // the button has gone
    }
    void whatIsRestoredGivesItsPlaceToTheNext() {
        Files files;
        QTRY_VERIFY(files.loaded());
        child<Segments>(files.tab(), "files.scope")->setCurrent(1);
        files.view().setCurrentIndex(files.model().index(1, 0));
        const std::string next = FileTreeModel::pathOf(files.model().index(2, 0));
        QTRY_VERIFY(files.button("files.restore").isVisible());
        files.button("files.restore").setFocus();
        files.f.prompt.reply = {.accepted = true};
        files.button("files.restore").click();
        QTRY_COMPARE(files.model().counts().sum(), 6);
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), next);
        QTRY_VERIFY(files.button("files.restore").isVisible());
    }
    void tabShowsWhereItLeads() {
        Files files;
        QTRY_VERIFY(files.loaded());
        child<QLineEdit>(files.tab(), "files.path")->setFocus();
        files.view().clearSelection();
        files.view().setFocus(Qt::TabFocusReason);
        QVERIFY(files.view().currentIndex().isValid());
        QVERIFY(files.view().selectionModel()->isRowSelected(files.view().currentIndex().row(),
                                                             files.view().currentIndex().parent()));
    }
    void lookingAgainWalksAgain() {
        Files files;
        QTRY_VERIFY(files.loaded());
        const auto walks = [&files] { return files.f.engine->calls("archives.containerChanges"); };
        int before = walks();
        QTest::keyClick(&files.f.window, Qt::Key_F5);
        QTRY_VERIFY(walks() > before);
        before = walks();
        child<Segments>(files.tab(), "files.scope")->setCurrent(1);
        QTRY_VERIFY(walks() > before);
    }
    void whatCouldNotBeDeletedIsTold() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.goTo("/app/routes/debug.js");
        QTRY_VERIFY(files.button("files.restore").isVisible());
        files.f.engine->setFailure("archives.restorePaths", Error(ErrorKind::Io, "the disk is full"));
        files.f.prompt.reply = {.accepted = true};
        files.button("files.restore").click();
        QTRY_COMPARE(files.f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(files.f.window.toasts().toasts()[0]->title(), QStringLiteral("Could not delete debug.js"));
    }
    void aToastLeavesTheFootOfThePageInReach() {
        Files files;
        QTRY_VERIFY(files.loaded());
        QTRY_VERIFY(files.button("files.discard").isVisible());
        files.f.window.toasts().showError(QStringLiteral("The disk is full"),
                                          QStringLiteral("Delete something"));
        const auto place = [&](const QWidget& widget) {
            return QRect(widget.mapTo(&files.f.window, QPoint(0, 0)), widget.size());
        };
        QVERIFY(files.f.window.toasts().isVisible());
        QVERIFY(!place(files.f.window.toasts()).intersects(place(files.button("files.discard"))));
    }
    void discardingWantsTheNameTyped() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.f.prompt.reply = {.accepted = true};
        files.button("files.discard").setFocus();
        files.button("files.discard").click();
        QCOMPARE(files.f.prompt.questions.back().typed, std::optional(QStringLiteral("api")));
        QVERIFY(files.f.prompt.questions.back().losesData);
        QTRY_COMPARE(files.model().counts().sum(), 0);  // folders that differ in their time are not counted
        QVERIFY(!files.button("files.discard").isVisible());
        QVERIFY(files.view().hasFocus());
    }
    /// Enter behind the name answers when the name is right, and never goes away as if it were Cancel.
    void whatIsDiscardedCountsNoMoreAtOnce() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.f.engine->setDelay("archives.containerChanges", std::chrono::minutes(1));
        files.f.prompt.reply = {.accepted = true};
        files.button("files.discard").click();
        QTRY_COMPARE(files.model().counts().sum(), 0);  // and nobody has compared yet
        QVERIFY(!files.button("files.discard").isVisible());
        files.f.engine->wakeAll();
    }
    void enterBehindATypedNameAnswers() {
        Question question;
        question.title = QStringLiteral("Discard?");
        question.confirm = QStringLiteral("Discard");
        question.typed = QStringLiteral("api");
        ConfirmDialog dialog(question);
        QVERIFY(dialog.testAttribute(Qt::WA_KeyboardFocusChange));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        auto* edit = child<QLineEdit>(dialog, "confirm.edit");
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("ap"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(dialog.isVisible() && edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("i"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
    void filesGoInAndOut() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.goTo("/app/routes/cart.js");
        QTRY_VERIFY(files.button("files.download").isEnabled());
        files.f.prompt.file = QStringLiteral("/tmp/saved.js");
        files.button("files.download").click();
        QTRY_VERIFY(
            files.asked("archives.copy " + files.f.id("api") + ":/app/routes/cart.js :/tmp/saved.js"));
        files.f.prompt.files = {QStringLiteral("/home/me/new.js"), QStringLiteral("/home/me/other.js")};
        QVERIFY(files.button("files.upload").menu() != nullptr);
        auto* several = files.tab().findChild<QAction*>(QStringLiteral("files.upload.files"));
        several->trigger();
        QTRY_VERIFY(files.asked("archives.copy :/home/me/new.js " + files.f.id("api") + ":/app/routes/"));
        QTRY_VERIFY(files.asked("archives.copy :/home/me/other.js " + files.f.id("api") + ":/app/routes/"));
        files.f.prompt.file = QStringLiteral("/home/me/folder");
        files.tab().findChild<QAction*>(QStringLiteral("files.upload.folder"))->trigger();
        QVERIFY(files.f.prompt.fileQuestions.back().kind == FileQuestion::Kind::Folder);
        QTRY_VERIFY(files.asked("archives.copy :/home/me/folder " + files.f.id("api") + ":/app/routes/"));
        // What has that name there is asked about.
        files.f.prompt.files = {QStringLiteral("/home/me/debug.js")};
        files.f.prompt.reply = {.accepted = false};
        several->trigger();
        QTRY_COMPARE(files.f.prompt.questions.size(), std::size_t(1));
        QVERIFY(!files.asked("/home/me/debug.js"));
    }
    void theWritableLayerHasASize() {
        Files files;
        QTRY_VERIFY(files.loaded());
        const auto* sum = child<QLabel>(files.tab(), "files.sum");
        QTRY_COMPARE(sum->text(), QStringLiteral("Writable layer: 3.0 MB in 7 paths"));
        files.f.engine->setFailure("containers.measure", Error(ErrorKind::Io, "cannot"));
        files.f.engine->setWritten("api", 1);
        const int before = files.f.engine->calls("containers.measure");
        files.tab().refresh();
        QTRY_COMPARE(files.f.engine->calls("containers.measure"), before + 1);
        QCOMPARE(sum->text(), QStringLiteral("Writable layer: 3.0 MB in 7 paths"));
        files.f.engine->setFailure("containers.measure", std::nullopt);
        files.tab().refresh();
        QTRY_COMPARE(sum->text(), QStringLiteral("Writable layer: 1 B in 7 paths"));
    }
    void droppedFilesGoIntoTheFolderBelow() {
        Files files;
        QTRY_VERIFY(files.loaded());
        emit files.view().filesDropped({QStringLiteral("/home/me/a"), QStringLiteral("/home/me/b")},
                                       files.model().indexOf("/tmp"));
        QTRY_VERIFY(files.asked("archives.copy :/home/me/b " + files.f.id("api") + ":/tmp/"));
        QTRY_VERIFY(files.asked("archives.copy :/home/me/a " + files.f.id("api") + ":/tmp/"));
    }
    void whatIsNotComparedIsNotCalledUnchanged() {
        Files files("db", false);
        files.f.engine->setDelay("archives.containerChanges", std::chrono::seconds(30));
        files.f.engine->setFiles("db",
                                 {.folders = {{"/", {entry("only")}}}, .contents = {}, .originals = {}});
        files.show("db");
        const auto* sum = child<QLabel>(files.tab(), "files.sum");
        QTRY_VERIFY(files.model().isListed("/"));
        QCOMPARE(sum->text(), QStringLiteral("Comparing with the image…"));
        QCOMPARE(child<Segments>(files.tab(), "files.scope")->button(1)->count(), -1);
        files.f.engine->setDelay("archives.containerChanges", std::chrono::milliseconds(0));
        files.tab().refresh();
        QTRY_COMPARE(sum->text(), QStringLiteral("Nothing differs from the image"));
        files.f.engine->setFailure("archives.containerChanges", Error(ErrorKind::Io, "it broke"));
        files.show("web");
        QTRY_COMPARE(sum->text(), QStringLiteral("Not compared with the image"));
    }
    /// A drag of another program begins when its file is complete, and never before.
    void aFileIsDraggedOutComplete() {
        Files files;
        QTRY_VERIFY(files.loaded());
        const Dragged dragged(files);
        files.f.engine->setDelay("archives.copy", std::chrono::milliseconds(100));
        files.goTo("/etc/hosts");
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/etc/hosts"));
        files.drag("/etc/hosts");
        QTRY_VERIFY(dragged.out->isCopying());
        QVERIFY(dragged.urls->isEmpty());
        QTRY_COMPARE(dragged.urls->size(), 1);
        QVERIFY(!dragged.out->isCopying());
        const QString path = dragged.urls->first().toLocalFile();
        QVERIFY(path.startsWith(dragged.folder.path()));
        QCOMPARE(QFileInfo(path).fileName(), QStringLiteral("hosts"));
        QVERIFY(files.asked("archives.copy " + files.f.id("api") + ":/etc/hosts :" + path.toStdString()));
        QCOMPARE(QGuiApplication::overrideCursor(), nullptr);
        QCOMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/etc/hosts"));
        // Nobody looks into it but its owner.
        QCOMPARE(QFileInfo(dragged.folder.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
    }
    void whoLetsGoTooEarlyDragsAgain() {
        Files files;
        QTRY_VERIFY(files.loaded());
        Dragged dragged(files);
        *dragged.held = false;
        files.goTo("/etc/hosts");
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/etc/hosts"));
        files.drag("/etc/hosts");
        QTRY_COMPARE(files.f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(files.f.window.toasts().toasts()[0]->title(), QStringLiteral("hosts is ready"));
        QVERIFY(dragged.urls->isEmpty());
        QCOMPARE(files.view().selectionModel()->selectedRows(), {files.view().currentIndex()});
        *dragged.held = true;
        const int copies = files.f.engine->calls("archives.copy");
        files.drag("/etc/hosts");
        QCOMPARE(dragged.urls->size(), 1);  // at once
        QCOMPARE(files.f.engine->calls("archives.copy"), copies);
        files.drag("/etc/hosts");  // what was given away is copied anew
        QTRY_COMPARE(dragged.urls->size(), 2);
        QCOMPARE(files.f.engine->calls("archives.copy"), copies + 1);
    }
    void escapeEndsADragAndLeavesNothing() {
        Files files;
        QTRY_VERIFY(files.loaded());
        const Dragged dragged(files);
        files.f.engine->setDelay("archives.copy", std::chrono::seconds(30));
        files.goTo("/etc/hosts");
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/etc/hosts"));
        files.drag("/etc/hosts", false);
        QVERIFY(QGuiApplication::overrideCursor() != nullptr);
        QTRY_VERIFY(files.asked("archives.copy " + files.f.id("api") + ":/etc/hosts"));
        QTest::keyClick(&files.view(), Qt::Key_Escape);
        QVERIFY(!dragged.out->isCopying());
        QCOMPARE(QGuiApplication::overrideCursor(), nullptr);
        QTRY_VERIFY(QDir(dragged.folder.path()).isEmpty());
        QVERIFY(dragged.urls->isEmpty());
        QCOMPARE(files.f.window.state().containers().loaded, true);
        // What failed is told, and leaves nothing either.
        files.f.engine->setDelay("archives.copy", std::chrono::milliseconds(0));
        files.f.engine->setFailure("archives.copy", Error(ErrorKind::Io, "the disk is full"));
        files.drag("/etc/hosts");
        QTRY_COMPARE(files.f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(files.f.window.toasts().toasts()[0]->title(), QStringLiteral("Could not copy hosts"));
        QTRY_VERIFY(QDir(dragged.folder.path()).isEmpty());
    }
    void whatIsGoneIsNotDragged() {
        Files files;
        QTRY_VERIFY(files.loaded());
        const FileTreeModel& model = files.model();
        files.goTo("/usr/share/doc");
        QTRY_COMPARE(FileTreeModel::pathOf(files.view().currentIndex()), std::string("/usr/share/doc"));
        QVERIFY(!model.flags(files.view().currentIndex()).testFlag(Qt::ItemIsDragEnabled));
        QVERIFY(model.flags(model.indexOf("/etc")).testFlag(Qt::ItemIsDragEnabled));
    }
    void savedAsAnImage() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.f.prompt.text = QStringLiteral("team/api:2");
        files.button("files.commit").click();
        QTRY_VERIFY(files.asked("archives.commit " + files.f.id("api") + " team/api:2"));
    }
    void whatCannotBeListedSaysWhy() {
        Files files("api", false);
        files.f.engine->setFailure("archives.listFolder",
                                   Error(ErrorKind::Conflict, "container 'api' is restarting"));
        files.show("api");
        auto* failed = child<EmptyState>(files.tab(), "files.failed");
        QTRY_VERIFY(failed->isVisible());
        files.f.engine->setFailure("archives.listFolder", std::nullopt);
        child<QAbstractButton>(*failed, "files.retry")->click();
        QTRY_VERIFY(files.view().isVisible() && files.loaded());
        files.f.engine->setFailure("archives.listFolder", Error(ErrorKind::PermissionDenied, "not allowed"));
        files.view().expand(files.model().indexOf("/etc"));
        const QModelIndex etc = files.model().indexOf("/etc");
        QTRY_COMPARE(files.model().rowCount(etc), 1);
        QCOMPARE(files.model().index(0, 0, etc).data().toString(), QStringLiteral("Not allowed"));
    }
    void anotherContainerBeginsAnew() {
        Files files;
        QTRY_VERIFY(files.loaded());
        files.f.engine->setFiles("db",
                                 {.folders = {{"/", {entry("only")}}}, .contents = {}, .originals = {}});
        files.goTo("/app");
        QTRY_COMPARE(child<QLineEdit>(files.tab(), "files.path")->text(), QStringLiteral("/app"));
        files.show("db");
        QCOMPARE(child<QLineEdit>(files.tab(), "files.path")->text(), QStringLiteral("/"));
        QVERIFY(!child<QAbstractButton>(files.tab(), "files.download")->isEnabled());
        QTRY_COMPARE(files.model().rowCount(), 1);
        QCOMPARE(files.model().counts().sum(), 0);
        QTRY_COMPARE(child<QLabel>(files.tab(), "files.sum")->text(),
                     QStringLiteral("Nothing differs from the image"));
    }
};

QTEST_MAIN(TestFiles)
#include "test_files.moc"
