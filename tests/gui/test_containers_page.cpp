// SPDX-License-Identifier: Apache-2.0
#include "core/engine/upkeep.h"
#include "gui/dialogs/run_dialog.h"
#include "gui/shortcuts.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "tests/gui/window_fixture.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using types::ContainerStatus;

class TestContainersPage : public QObject {
    Q_OBJECT
private slots:
    void showsTenRowsInThreeGroups() {
        WindowFixture f;
        QVERIFY(f.show());
        QTRY_COMPARE(f.shown(), 10);
        QCOMPARE(f.view().model()->rowCount(), 3);
        QCOMPARE(f.status(QStringLiteral("old-test")), QStringLiteral("Exited"));
        QCOMPARE(f.row(QStringLiteral("old-test"), ContainerModel::Status)
                     .data(ContainerModel::DetailRole)
                     .toString(),
                 QStringLiteral("out of memory · 3 d"));
    }
    void filterIsReachedByKeyAndTyped() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* edit = child<QLineEdit>(f.window, "containers.filter");
        QTest::keySequence(&f.window, QKeySequence::Find);
        QTRY_VERIFY(edit->hasFocus());
        QTest::keyClicks(edit, QStringLiteral("postgres"));
        QCOMPARE(f.shown(), 1);
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(f.shown(), 10);
        QTest::keyClick(edit, Qt::Key_Escape);
        QTRY_VERIFY(f.view().hasFocus());
    }
    void segmentsFilterAndCount() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* running = child<SegmentButton>(f.window, "containers.state.running");
        QTRY_COMPARE(running->count(), 6);
        QTest::mouseClick(running, Qt::LeftButton);
        QCOMPARE(f.shown(), 6);
        QTest::mouseClick(child<SegmentButton>(f.window, "containers.state.stopped"), Qt::LeftButton);
        QCOMPARE(f.shown(), 3);
        QTest::mouseClick(child<SegmentButton>(f.window, "containers.group.flat"), Qt::LeftButton);
        QCOMPARE(f.shown(), 3);
        QCOMPARE(f.view().model()->rowCount(), 3);
    }
    void columnsCanBeHidden() {
        WindowFixture f;
        f.window.resize(1600, 800);
        QVERIFY(f.show());
        const auto* head = f.view().header();
        QVERIFY(!head->isSectionHidden(ContainerModel::Created));
        auto* button = child<QToolButton>(f.window, "containers.columns");
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        auto* menu = child<QMenu>(f.window, "containers.columnMenu");
        QCOMPARE(menu->actions().size(), qsizetype{6});
        for (const QAction* action : menu->actions()) {
            QVERIFY2(action->isCheckable() && action->isChecked(), qPrintable(action->text()));
            QVERIFY2(action->text() != QStringLiteral("Name"), "it tells rows apart");
        }
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_VERIFY(head->isSectionHidden(ContainerModel::Image));
        QCOMPARE(f.window.settings().hiddenColumns(), QStringList{QStringLiteral("image")});
        // The others have its room.
        int sum = 0;
        for (int column = 0; column < ContainerModel::ColumnCount; ++column) {
            sum += head->isSectionHidden(column) ? 0 : head->sectionSize(column);
        }
        QCOMPARE(sum, f.view().viewport()->width());
        // What nobody sees orders nothing.
        f.view().sortByColumn(ContainerModel::Cpu, Qt::DescendingOrder);
        f.window.settings().setHiddenColumns({QStringLiteral("cpu")});
        QVERIFY(head->isSectionHidden(ContainerModel::Cpu));
        QVERIFY(!head->isSectionHidden(ContainerModel::Image));
        QCOMPARE(head->sortIndicatorSection(), int(ContainerModel::Name));
    }
    void hiddenColumnsStayHidden() {
        const QTemporaryDir folder;
        QSettings::setPath(QSettings::defaultFormat(), QSettings::UserScope, folder.path());
        {
            AppSettings settings(AppSettings::Keep::Yes);
            settings.setHiddenColumns({QStringLiteral("memory"), QStringLiteral("name")});
        }
        const AppSettings again(AppSettings::Keep::Yes);
        QCOMPARE(again.hiddenColumns(), (QStringList{QStringLiteral("memory"), QStringLiteral("name")}));
        WindowFixture f;
        QVERIFY(f.show());
        f.window.settings().setHiddenColumns(again.hiddenColumns());
        QVERIFY(f.view().header()->isSectionHidden(ContainerModel::Memory));
        QVERIFY2(!f.view().header()->isSectionHidden(ContainerModel::Name), "a name cannot be hidden");
    }
    void noMatchOffersToClear() {
        WindowFixture f;
        QVERIFY(f.show());
        QTest::keyClicks(child<QLineEdit>(f.window, "containers.filter"), QStringLiteral("no-such-thing"));
        QTRY_VERIFY(child<QWidget>(f.window, "containers.noMatch")->isVisible());
        QTest::mouseClick(child<QAbstractButton>(f.window, "containers.clearFilter"), Qt::LeftButton);
        QTRY_VERIFY(f.view().isVisible());
    }
    void emptyOffersToRun() {
        WindowFixture f(std::make_shared<FakeEngine>());
        QVERIFY(f.show());
        QTRY_VERIFY(child<QWidget>(f.window, "containers.empty")->isVisible());
        QTest::mouseClick(child<QAbstractButton>(f.window, "empty.run"), Qt::LeftButton);
        QTRY_VERIFY(f.window.findChild<QDialog*>() != nullptr);
    }
    void errorWithoutRowsFillsThePage() {
        auto engine = std::make_shared<FakeEngine>();
        engine->setFailure(
            "containers.list",
            Error(ErrorKind::Corrupt, "open '/x/state.db': damaged").withHint("restore it from a backup"));
        WindowFixture f(engine);
        QVERIFY(f.show());
        QTRY_VERIFY(child<QWidget>(f.window, "containers.failed")->isVisible());
        engine->setFailure("containers.list", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(f.window, "containers.failedRetry"), Qt::LeftButton);
        QTRY_VERIFY(child<QWidget>(f.window, "containers.empty")->isVisible());
    }
    void errorWithRowsIsABannerOverTheLastGoodList() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure("containers.list", Error(ErrorKind::Io, "disk trouble"));
        QTest::keyClick(&f.window, Qt::Key_F5);
        QTRY_VERIFY(child<QWidget>(f.window, "containers.error")->isVisible());
        QCOMPARE(f.shown(), 10);
        f.engine->setFailure("containers.list", std::nullopt);
        QTest::mouseClick(child<QAbstractButton>(f.window, "containers.retry"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(f.window, "containers.error")->isVisible());
    }
    void stopShowsStoppingThenExited() {
        WindowFixture f;
        f.prompt.reply.accepted = true;
        QVERIFY(f.show());
        f.engine->setDelay("containers.stop", std::chrono::milliseconds(300));
        f.press(QStringLiteral("web"), ContainerModel::Actions, QStringLiteral("stop"));
        QCOMPARE(f.prompt.questions.size(), std::size_t(1));
        QVERIFY(f.prompt.questions[0].title.contains(QStringLiteral("web")));
        QCOMPARE(f.status(QStringLiteral("web")), QStringLiteral("Stopping"));
        QTRY_COMPARE(f.status(QStringLiteral("web")), QStringLiteral("Exited"));
    }
    void stopThatIsDeniedChangesNothing() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("web"), ContainerModel::Actions, QStringLiteral("stop"));
        QCOMPARE(f.engine->calls("containers.stop"), 0);
        QCOMPARE(f.status(QStringLiteral("web")), QStringLiteral("Running"));
    }
    void failedStopGoesBackAndSaysWhy() {
        WindowFixture f;
        f.prompt.reply.accepted = true;
        QVERIFY(f.show());
        f.engine->setFailure("containers.stop", Error(ErrorKind::Unavailable, "the monitor does not answer"));
        f.press(QStringLiteral("web"), ContainerModel::Actions, QStringLiteral("stop"));
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(f.status(QStringLiteral("web")), QStringLiteral("Running"));
    }
    void startByItsButton() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("blog"), ContainerModel::Actions, QStringLiteral("start"));
        QTRY_COMPARE(f.status(QStringLiteral("blog")), QStringLiteral("Running"));
    }
    void deletingAStoppedOneAsksWhereThePersonWantsIt() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.settings().setAskBeforeDelete(true);
        f.window.containerActions().remove({f.id("blog")});
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t{1});
        QVERIFY(!f.prompt.questions[0].losesData);
        QCOMPARE(f.engine->calls("containers.remove"), 0);
        f.prompt.reply.accepted = true;
        f.window.containerActions().remove({f.id("blog")});
        QTRY_COMPARE(f.engine->calls("containers.remove"), 1);
        QTRY_VERIFY(f.window.toasts().canUndo());
    }
    void rowsFollowTheChosenHeight() {
        WindowFixture f;
        QVERIFY(f.show());
        const int before = f.view().visualRect(f.row(QStringLiteral("scratch"))).height();
        f.window.settings().setCompactRows(true);
        QTRY_COMPARE(f.view().visualRect(f.row(QStringLiteral("scratch"))).height(),
                     before - scaled(metrics::kRow) + scaled(metrics::kRowCompact));
        f.window.settings().setCompactRows(false);
        QTRY_COMPARE(f.view().visualRect(f.row(QStringLiteral("scratch"))).height(), before);
    }
    void deletingAStoppedOneCanBeUndone() {
        WindowFixture f;
        QVERIFY(f.show());
        const std::string id = f.id("blog");
        f.view().setCurrentIndex(f.row(QStringLiteral("blog")));
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTRY_COMPARE(f.shown(), 9);
        QVERIFY(f.prompt.questions.empty());
        QTRY_VERIFY(!f.engine->container("blog"));
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QVERIFY(child<TextLabel>(f.window, "toast.0.text")->text().contains(QStringLiteral("7 days")));
        QTest::mouseClick(child<QAbstractButton>(f.window, "toast.0.action"), Qt::LeftButton);
        QTRY_COMPARE(f.shown(), 10);
        QCOMPARE(f.id("blog"), id);
    }
    void anEmptyTrashSaysSo() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.findChild<QAction*>(QStringLiteral("action.undo"))->trigger();
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(child<TextLabel>(f.window, "toast.0.text")->text(), QStringLiteral("The trash is empty."));
    }
    void whatWasDeletedLastComesBackAfterItsToast() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* undo = f.window.findChild<QAction*>(QStringLiteral("action.undo"));
        f.choose({"blog", "old-test"});
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTRY_VERIFY(f.window.toasts().canUndo());
        f.window.toasts().flush();
        QVERIFY(!f.window.toasts().canUndo());
        const auto asked = f.prompt.questions.size();
        f.prompt.reply.accepted = true;
        undo->trigger();
        QTRY_COMPARE(f.prompt.questions.size(), asked + 1);
        QCOMPARE(f.prompt.questions.back().notes.size(), qsizetype(2));
        QTRY_COMPARE(f.shown(), 10);
    }
    void severalComeBackTogether() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* undo = f.window.findChild<QAction*>(QStringLiteral("action.undo"));
        QVERIFY(!f.window.toasts().canUndo());
        f.choose({"blog", "old-test"});
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_Delete);
        QTRY_VERIFY(f.window.toasts().canUndo());
        QCOMPARE(f.engine->calls("containers.remove"), 2);
        QCOMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        // Another program removes something meanwhile: it is not what was done here.
        QVERIFY(f.engine->volumes().remove("old_cache", {}).has_value());
        QCOMPARE(undo->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Z));
        undo->trigger();
        QTRY_COMPARE(f.engine->calls("trash.undo"), 1);
        QTRY_COMPARE(f.shown(), 10);
        QVERIFY(f.engine->container("blog") && f.engine->container("old-test"));
        QVERIFY(!f.engine->volumes().inspect("old_cache"));
        QVERIFY(!f.window.toasts().canUndo());
    }
    void undoThatFailsSaysWhy() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("old-test"), ContainerModel::Actions, QStringLiteral("delete"));
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        types::ContainerSummary other;
        other.id = std::string(64, '9');
        other.name = "old-test";
        f.engine->addContainer(other);
        f.window.toasts().undo();
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QTRY_VERIFY(f.window.toasts().toasts()[0]->title().contains(QStringLiteral("still in the trash")));
    }
    void withoutATrashItHappensWhenTheToastGoes() {
        WindowFixture f;
        types::StoreSettings settings;
        settings.trashDays = 0;
        QVERIFY(f.engine->upkeep().setSettings(settings).has_value());
        QVERIFY(f.show());
        f.press(QStringLiteral("old-test"), ContainerModel::Actions, QStringLiteral("delete"));
        QTRY_COMPARE(f.shown(), 9);
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(f.engine->calls("containers.remove"), 0);
        QTest::mouseClick(child<QAbstractButton>(f.window, "toast.0.action"), Qt::LeftButton);
        QTRY_COMPARE(f.shown(), 10);
        QCOMPARE(f.engine->calls("containers.remove"), 0);
        f.press(QStringLiteral("old-test"), ContainerModel::Actions, QStringLiteral("delete"));
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QTest::mouseClick(child<QAbstractButton>(f.window, "toast.1.close"), Qt::LeftButton);
        QTRY_COMPARE(f.engine->calls("containers.remove"), 1);
        QTRY_VERIFY(!f.engine->container("old-test"));
        QCOMPARE(f.shown(), 9);
    }
    void deletingHappensWhenTheWindowCloses() {
        auto engine = FakeEngine::withSampleData();
        {
            WindowFixture f(engine);
            QVERIFY(f.show());
            f.press(QStringLiteral("old-test"), ContainerModel::Actions, QStringLiteral("delete"));
            QCOMPARE(f.shown(), 9);
            f.window.close();
        }
        QVERIFY(!engine->container("old-test"));
    }
    void keysOfTheSheetWorkInTheList() {
        WindowFixture f;
        QVERIFY(f.show());
        f.prompt.reply.accepted = true;
        f.view().setCurrentIndex(f.row(QStringLiteral("web")));
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(f.prompt.copied.startsWith(QStringLiteral("coracle run")));
        QTest::keyClick(&f.view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.prompt.copied.toStdString(), f.id("web"));
        QTest::keyClick(&f.view(), Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(f.engine->calls("containers.start"), 1);
        QTRY_COMPARE(f.status(QStringLiteral("web")), QStringLiteral("Running"));
        QTest::keyClick(&f.view(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(f.status(QStringLiteral("web")), QStringLiteral("Exited"));
    }
    void shiftF10OpensTheMenuOfTheRow() {
        WindowFixture f;
        QVERIFY(f.show());
        f.view().setCurrentIndex(f.row(QStringLiteral("web")));
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_F10, Qt::ShiftModifier);
        auto* menu = child<QMenu>(f.window, "containers.contextMenu");
        QTRY_VERIFY(menu->isVisible());
        menu->close();
    }
    void menuShowsTheKeysOfTheTable() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("web"), ContainerModel::Actions, QStringLiteral("more"));
        auto* menu = child<QMenu>(f.window, "containers.contextMenu");
        for (const KeyId id :
             {KeyId::Stop, KeyId::Restart, KeyId::Rename, KeyId::CopyId, KeyId::CopyCommand, KeyId::Delete}) {
            const auto actions = menu->actions();
            QVERIFY2(std::any_of(actions.begin(), actions.end(),
                                 [id](const QAction* action) {
                                     return action->text() == keyWords(id) && action->shortcut() == keyOf(id);
                                 }),
                     qPrintable(keyWords(id)));
        }
        menu->close();
    }
    void theMenuRunsACopy() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("web"), ContainerModel::Actions, QStringLiteral("more"));
        const auto actions = child<QMenu>(f.window, "containers.contextMenu")->actions();
        const auto copy = std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
            return action->text() == keyWords(KeyId::RunCopy);
        });
        QVERIFY(copy != actions.end());
        (*copy)->trigger();
        QTRY_VERIFY(f.window.findChild<RunDialog*>() != nullptr);
        const auto* dialog = f.window.findChild<RunDialog*>();
        QVERIFY(!dialog->spec().image.empty());
        QVERIFY(dialog->spec().name.empty());
    }
    void failedDeleteBringsTheRowBack() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure("containers.remove", Error(ErrorKind::Io, "cannot move the folder"));
        f.press(QStringLiteral("old-test"), ContainerModel::Actions, QStringLiteral("delete"));
        QCOMPARE(f.shown(), 9);
        QTRY_COMPARE(f.shown(), 10);
        QCOMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QVERIFY(!f.window.toasts().canUndo());
    }
    void whatRunsHasItsTerminalInTheRow() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("api"), ContainerModel::Actions, QStringLiteral("terminal"));
        QCOMPARE(f.window.place().page, QStringLiteral("container"));
        QCOMPARE(f.window.place().tab, QStringLiteral("terminal"));
    }
    void deletingARunningOneAsksFirst() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.containerActions().remove({f.id("web")});
        QTRY_COMPARE(f.prompt.questions.size(), std::size_t(1));
        QVERIFY(f.prompt.questions[0].losesData);
        QVERIFY(f.prompt.questions[0].text.contains(QStringLiteral("Undo")));
        QCOMPARE(f.shown(), 10);
        f.prompt.reply.accepted = true;
        f.window.containerActions().remove({f.id("web")});
        QTRY_VERIFY(!f.engine->container("web"));
        QTRY_COMPARE(f.shown(), 9);
        QTRY_VERIFY(f.window.toasts().canUndo());
        f.window.toasts().undo();
        QTRY_COMPARE(f.status(QStringLiteral("web")), QStringLiteral("Exited"));
    }
    void chipOpensThePort() {
        WindowFixture f;
        QVERIFY(f.show());
        f.press(QStringLiteral("web"), ContainerModel::Ports, QStringLiteral("port:1"));
        QCOMPARE(f.prompt.urls.size(), std::size_t(1));
        QCOMPARE(f.prompt.urls[0], QUrl(QStringLiteral("https://127.0.0.1:8443/")));
    }
    void whatOthersDoShowsAtOnce() {
        WindowFixture f;
        QVERIFY(f.show());
        const int before = f.engine->calls("containers.list");
        f.engine->changeContainer("web", ContainerStatus::Exited, 3);
        QTRY_COMPARE(f.status(QStringLiteral("web")), QStringLiteral("Exited"));
        f.engine->eraseContainer("web");
        QTRY_COMPARE(f.shown(), 9);
        QVERIFY(f.engine->calls("containers.list") > before);
    }
    void burstsOfEventsCostFewLists() {
        WindowFixture f;
        QVERIFY(f.show());
        const int before = f.engine->calls("containers.list");
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 1000; ++i) {
            f.engine->send({.time = {}, .type = "container", .action = "start", .id = "x", .attributes = {}});
        }
        QTRY_COMPARE(f.window.state().events().size(), EngineState::kMaxEvents);
        QTRY_VERIFY(!f.window.state().containers().reading);
        // One in 20 ms by a timer that is not exact, however long the events take to come.
        const int lists = f.engine->calls("containers.list") - before;
        QVERIFY2(lists <= clock.elapsed() / 15 + 3, qPrintable(QString::number(lists)));
    }
    void selectionSurvivesUpdates() {
        WindowFixture f;
        QVERIFY(f.show());
        f.view().setCurrentIndex(f.row(QStringLiteral("db")));
        for (int i = 0; i < 100; ++i) {
            f.engine->changeContainer("web", i % 2 == 0 ? ContainerStatus::Paused : ContainerStatus::Running);
            f.engine->changeContainer("blog", i % 2 == 0 ? ContainerStatus::Running : ContainerStatus::Exited,
                                      0);
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(f.status(QStringLiteral("blog")), QStringLiteral("Exited"));
        QCOMPARE(f.view().currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("db"));
    }
    void foldedProjectsStayFolded() {
        WindowFixture f;
        QVERIFY(f.show());
        const QModelIndex group = f.view().model()->index(0, 0);
        f.view().setCurrentIndex(group);
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_Left);
        QVERIFY(!f.view().isExpanded(group));
        f.engine->changeContainer("jupyter", ContainerStatus::Paused);
        QTRY_COMPARE(f.status(QStringLiteral("jupyter")), QStringLiteral("Paused"));
        QVERIFY(!f.view().isExpanded(f.view().model()->index(0, 0)));
    }
    void keyboardAloneOpensAndComesBack() {
        WindowFixture f;
        QVERIFY(f.show());
        f.view().setFocus();
        f.view().setCurrentIndex(f.row(QStringLiteral("api")));
        QTest::keyClick(&f.view(), Qt::Key_Return);
        QTRY_COMPARE(f.window.place().page, QStringLiteral("container"));
        QCOMPARE(f.window.windowTitle(), QStringLiteral("api - Coracle"));
        QTest::keyClick(&f.window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(f.window.place().page, QStringLiteral("containers"));
        QTRY_VERIFY(f.view().hasFocus());
    }
    void choosingSeveralShowsWhatCanBeDoneToAll() {
        WindowFixture f;
        f.prompt.reply.accepted = true;
        QVERIFY(f.show());
        auto* bar = child<QWidget>(f.window, "containers.bulkBar");
        f.choose({"blog"});
        QVERIFY(!bar->isVisible());
        f.choose({"blog", "blog-db"});
        QVERIFY(bar->isVisible());
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.count")->text(), QStringLiteral("2 selected"));
        QVERIFY(!child<QAbstractButton>(f.window, "containers.bulk.stop")->isEnabled());
        QVERIFY(!child<QAbstractButton>(f.window, "containers.bulk.restart")->isEnabled());
        f.choose({"blog", "blog-db", "web"});
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.states")->text(),
                 QStringLiteral("1 running, 2 stopped"));
        QVERIFY(child<QAbstractButton>(f.window, "containers.bulk.stop")->isEnabled());
        QTest::mouseClick(child<QAbstractButton>(f.window, "containers.bulk.start"), Qt::LeftButton);
        QTRY_COMPARE(f.status(QStringLiteral("blog-db")), QStringLiteral("Running"));
        QTRY_COMPARE(f.status(QStringLiteral("blog")), QStringLiteral("Running"));
        QCOMPARE(f.engine->calls("containers.start"), 2);  // web runs already
        QVERIFY(!child<QAbstractButton>(f.window, "containers.bulk.start")->isEnabled());
    }
    void boxesTickAndEscapeClears() {
        WindowFixture f;
        QVERIFY(f.show());
        f.choose({"blog", "web"});
        f.press(QStringLiteral("db"), ContainerModel::Name, QStringLiteral("check"));
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.count")->text(), QStringLiteral("3 selected"));
        f.press(QStringLiteral("blog"), ContainerModel::Name, QStringLiteral("check"));
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.count")->text(), QStringLiteral("2 selected"));
        auto* remove = child<QWidget>(f.window, "containers.bulk.delete");
        remove->setFocus();
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_Escape);
        QVERIFY(!child<QWidget>(f.window, "containers.bulkBar")->isVisible());
        QVERIFY(f.view().hasFocus());
    }
    /// A click that comes with the pointer must not do what was not there when it was aimed.
    void noButtonComesUnderThePointer() {
        WindowFixture f;
        QVERIFY(f.show());
        const QModelIndex index = f.row(QStringLiteral("blog"), ContainerModel::Actions);
        const auto* delegate = static_cast<const ContainerDelegate*>(f.view().itemDelegate());
        const QRect cell = f.view().visualRect(index);
        f.view().clearSelection();
        for (const char* what : {"start", "more"}) {
            const QRect place = delegate->place(QLatin1String(what), cell, index, false);
            QVERIFY(!place.isEmpty());
            QCOMPARE(place, delegate->place(QLatin1String(what), cell, index));
            QCOMPARE(delegate->hit(place.center(), cell, index), QLatin1String(what));
        }
    }
    void aGroupStandsForItsRowsWhenItIsAlone() {
        WindowFixture f;
        QVERIFY(f.show());
        const QModelIndex group = f.row(QStringLiteral("blog")).parent();
        f.view().setFocus();
        f.view().setCurrentIndex(group);
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.count")->text(), QStringLiteral("2 selected"));
        QCOMPARE(f.view().groupState(group), Qt::Checked);
        // A range that begins at it: what is chosen are the rows that are marked.
        QTest::keyClick(&f.view(), Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(!child<QWidget>(f.window, "containers.bulkBar")->isVisible());
        QCOMPARE(f.view().groupState(group), Qt::PartiallyChecked);
        // The box of a row takes it out of a group that was chosen as a whole.
        f.view().setCurrentIndex(group);
        f.press(QStringLiteral("blog"), ContainerModel::Name, QStringLiteral("check"));
        QCOMPARE(f.view().groupState(group), Qt::PartiallyChecked);
    }
    void theBoxOfAGroupChoosesAllOfIt() {
        WindowFixture f;
        QVERIFY(f.show());
        f.choose({"web", "db"});
        const QModelIndex group = f.row(QStringLiteral("blog")).parent();
        QVERIFY(group.isValid());
        auto& view = f.view();
        QCOMPARE(view.groupState(group), Qt::Unchecked);
        f.press(group, QStringLiteral("check"));
        QCOMPARE(view.groupState(group), Qt::Checked);
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.count")->text(), QStringLiteral("4 selected"));
        QVERIFY2(view.isExpanded(group), "a box does not fold");
        f.press(QStringLiteral("blog"), ContainerModel::Name, QStringLiteral("check"));
        QCOMPARE(view.groupState(group), Qt::PartiallyChecked);
        f.press(group, QStringLiteral("check"));
        QCOMPARE(view.groupState(group), Qt::Checked);
        f.press(group, QStringLiteral("check"));
        QCOMPARE(view.groupState(group), Qt::Unchecked);
        QCOMPARE(child<QLabel>(f.window, "containers.bulk.count")->text(), QStringLiteral("2 selected"));
    }
    void theBarTakesNoFocusAway() {
        WindowFixture f;
        f.prompt.reply.accepted = true;
        QVERIFY(f.show());
        f.choose({"blog", "blog-db"});
        child<QWidget>(f.window, "containers.bulk.delete")->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_COMPARE(f.shown(), 8);
        QTRY_VERIFY(!child<QWidget>(f.window, "containers.bulkBar")->isVisible());
        QVERIFY(f.view().hasFocus());
    }
    void renameChecksTheName() {
        WindowFixture f;
        QVERIFY(f.show());
        f.prompt.text = QStringLiteral("web2");
        f.view().setCurrentIndex(f.row(QStringLiteral("web")));
        f.view().setFocus();
        QTest::keyClick(&f.view(), Qt::Key_F2);
        QCOMPARE(f.prompt.textQuestions.size(), std::size_t(1));
        const auto& problem = f.prompt.textQuestions[0].problem;
        QVERIFY(!problem(QStringLiteral("api")).isEmpty());
        QVERIFY(!problem(QStringLiteral("a b")).isEmpty());
        QVERIFY(problem(QStringLiteral("new.name-1")).isEmpty());
        QTRY_VERIFY(f.row(QStringLiteral("web2")).isValid());
    }
};

QTEST_MAIN(TestContainersPage)
#include "test_containers_page.moc"
