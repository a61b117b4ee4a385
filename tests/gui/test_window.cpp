// SPDX-License-Identifier: Apache-2.0
#include "gui/models/task_list.h"
#include "gui/widgets/sidebar.h"
#include "tests/gui/own_clock.h"
#include "tests/gui/stall_meter.h"
#include "tests/gui/window_fixture.h"

#include <QListView>
#include <QSignalSpy>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;

class TestWindow : public QObject {
    Q_OBJECT
private slots:
    void everyInputHasNameAndWords_data() { pages(); }
    void everyInputHasNameAndWords() {
        QFETCH(QString, page);
        WindowFixture f;
        QVERIFY(f.show());
        f.window.open(
            {.page = page,
             .id = page == QLatin1String("container") ? QString::fromStdString(f.id("api")) : QString(),
             .tab = {}});
        QCOMPARE(f.window.place().page, page);
        QTRY_COMPARE(namelessInputs(f.window).join(QLatin1Char('\n')), QString());
    }
    void lightAndDarkDiffer_data() { pages(); }
    void lightAndDarkDiffer() {
        QFETCH(QString, page);
        WindowFixture f;
        QVERIFY(f.show());
        f.window.open(
            {.page = page,
             .id = page == QLatin1String("container") ? QString::fromStdString(f.id("api")) : QString(),
             .tab = {}});
        const QImage light = f.window.grab().toImage();
        f.theme.setChoice(SchemeChoice::Dark);
        const QImage dark = f.window.grab().toImage();
        qint64 same = 0;
        for (int y = 0; y < light.height(); y += 4) {
            for (int x = 0; x < light.width(); x += 4) {
                same += light.pixel(x, y) == dark.pixel(x, y) ? 1 : 0;
            }
        }
        QVERIFY2(same < qint64(light.width()) * light.height() / 16 / 50, qPrintable(QString::number(same)));
    }
    void altNumbersOpenSections() {
        WindowFixture f;
        QVERIFY(f.show());
        QTest::keyClick(&f.window, Qt::Key_2, Qt::AltModifier);
        QCOMPARE(f.window.place().page, QStringLiteral("images"));
        QTest::keyClick(&f.window, Qt::Key_1, Qt::AltModifier);
        QCOMPARE(f.window.place().page, QStringLiteral("containers"));
        QTest::keyClick(&f.window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(f.window.place().page, QStringLiteral("images"));
        QTest::keyClick(&f.window, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(f.window.place().page, QStringLiteral("containers"));
        // So do the side buttons of a mouse, wherever it points.
        QTest::mouseClick(f.window.windowHandle(), Qt::BackButton, {}, f.window.rect().center());
        QCOMPARE(f.window.place().page, QStringLiteral("images"));
        QTest::mouseClick(f.window.windowHandle(), Qt::ForwardButton, {}, f.window.rect().center());
        QCOMPARE(f.window.place().page, QStringLiteral("containers"));
    }
    void theTaskListIsWalkedByKeys() {
        WindowFixture f;
        QVERIFY(f.show());
        f.view().setFocus();
        QStringList cancelled;
        Task* first = f.window.tasks().add({QStringLiteral("Pulling a"), {}}, QStringLiteral("pull"),
                                           [&] { cancelled += QStringLiteral("a"); });
        Task* second = f.window.tasks().add({QStringLiteral("Pulling b"), {}}, QStringLiteral("pull"),
                                            [&] { cancelled += QStringLiteral("b"); });
        child<QAction>(f.window, "action.tasks")->trigger();
        auto* popup = child<QWidget>(f.window, "taskPopup");
        QVERIFY(popup->isVisible());
        QTest::keyClick(f.window.focusWidget(), Qt::Key_Space);
        QCOMPARE(cancelled, QStringList{QStringLiteral("b")});  // the newest is on top
        QTest::keyClick(f.window.focusWidget(), Qt::Key_Tab);
        QTest::keyClick(f.window.focusWidget(), Qt::Key_Space);
        QCOMPARE(cancelled.last(), QStringLiteral("a"));
        // What ends while it is looked at leaves a list that can be read.
        first->finish({});
        second->finish({});
        QVERIFY(popup->height() > 50);
        QTest::keyClick(f.window.focusWidget(), Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QVERIFY(f.view().hasFocus());
    }
    void aClickElsewhereHidesTheTaskList() {
        WindowFixture f;
        QVERIFY(f.show());
        Task* task = f.window.tasks().add({QStringLiteral("Pulling a"), {}}, QStringLiteral("pull"), [] {});
        auto* popup = child<QWidget>(f.window, "taskPopup");
        child<QAction>(f.window, "action.tasks")->trigger();
        QVERIFY(popup->isVisible());
        task->finish({});  // the button of the strip goes with the work
        QTest::mouseClick(popup, Qt::LeftButton, {}, QPoint(20, 20));
        QVERIFY(popup->isVisible());
        auto* list = child<QListView>(f.window, "sidebar");
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(1, 0)).center());
        QVERIFY(!popup->isVisible());
        QCOMPARE(f.window.place().page, QStringLiteral("images"));  // and the click did what it does there
    }
    void sidebarCountsAndOpens() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* list = child<QListView>(f.window, "sidebar");
        QTRY_COMPARE(list->model()->index(0, 0).data(NavModel::CountRole).toInt(), 10);
        QCOMPARE(list->model()->index(1, 0).data(NavModel::CountRole).toInt(), 14);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(1, 0)).center());
        QCOMPARE(f.window.place().page, QStringLiteral("images"));
        QCOMPARE(f.window.windowTitle(), QStringLiteral("Images - Coracle"));
        const QModelIndex marked = list->currentIndex();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(20, list->viewport()->height() - 4));
        QVERIFY2(list->selectionModel()->isSelected(marked),
                 "a click beside the entries takes the mark away");
    }
    void anImageWithTwoNamesCountsAsTwoLikeInTheList() {
        WindowFixture f;
        QVERIFY(f.show());
        QVERIFY(f.engine->images().tag("docker.io/library/nginx:1.27", "localhost/mine:1"));
        f.window.state().refreshImages();
        auto* list = child<QListView>(f.window, "sidebar");
        QTRY_COMPARE(list->model()->index(1, 0).data(NavModel::CountRole).toInt(), 15);
        f.window.open({.page = QStringLiteral("images"), .id = {}, .tab = {}});
        QTRY_COMPARE(child<QAbstractItemView>(f.window, "images.view")->model()->rowCount(), 15);
    }
    void arrowsWalkTheSidebarAndKeepTheKeys() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* top = child<QListView>(f.window, "sidebar");
        auto* bottom = child<QListView>(f.window, "sidebarBottom");
        top->setFocus();
        QTest::keyClick(top, Qt::Key_Down);
        QCOMPARE(f.window.place().page, QStringLiteral("images"));
        QVERIFY2(top->hasFocus(), "the page took the keys");
        QTest::keyClick(top, Qt::Key_End);
        QTest::keyClick(top, Qt::Key_Down);
        QCOMPARE(f.window.place().page, QStringLiteral("system"));
        QVERIFY(bottom->hasFocus());
        QVERIFY((top->focusPolicy() & Qt::TabFocus) == 0);  // one stop for both
        QTest::keyClick(bottom, Qt::Key_Up);
        QVERIFY(top->hasFocus());
        QTest::keyClick(top, Qt::Key_Return);
        QVERIFY2(!top->hasFocus(), "Enter goes to the page");
    }
    void theMenuComesLastInTheHead() {
        WindowFixture f;
        QVERIFY(f.show());
        auto* filter = child<QWidget>(f.window, "containers.filter");
        auto* menu = child<QWidget>(f.window, "containers.menu");
        QWidget* next = filter;
        QStringList stops;
        do {
            next = next->nextInFocusChain();
            if ((next->focusPolicy() & Qt::TabFocus) != 0 && next->isVisibleTo(&f.window)) {
                stops << next->objectName();
            }
        } while (next != filter && next != menu);
        QCOMPARE(stops, (QStringList{QStringLiteral("header.command"), QStringLiteral("header.run"),
                                     QStringLiteral("containers.menu")}));
    }
    void theSidebarTellsHowManySuggestionsThereAre() {
        WindowFixture f;
        QVERIFY(f.show());
        const QModelIndex system = child<QListView>(f.window, "sidebarBottom")->model()->index(0, 0);
        QCOMPARE(system.data(NavModel::CountRole).toInt(), -1);  // nothing was checked yet
        f.window.open({.page = QStringLiteral("system"), .id = {}, .tab = {}});
        QTRY_COMPARE(system.data(NavModel::CountRole).toInt(), 2);
        QVERIFY(system.data(NavModel::AttentionRole).toBool());
    }
    void narrowWindowsShowIconsOnly() {
        WindowFixture f;
        f.window.resize(870, 700);
        QVERIFY(f.show());
        QVERIFY(f.window.sidebar().collapsed());
        f.window.resize(1280, 800);
        QTRY_VERIFY(!f.window.sidebar().collapsed());
    }
    void slowEngineNeverStallsTheWindow() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay(std::chrono::seconds(20));
        WindowFixture f(engine);
        f.window.show();
        QVERIFY(QTest::qWaitForWindowActive(&f.window));
        f.window.grab();
        StallMeter meter;
        f.window.start();
        QTest::qWait(120);  // UNAVOIDABLE: the loop is to run while the engine sleeps
        for (const char* page : {"images", "volumes", "containers"}) {
            f.window.open({.page = QString::fromLatin1(page), .id = {}, .tab = {}});
            QTest::qWait(60);  // UNAVOIDABLE: as above
        }
        QTest::keyClicks(child<QLineEdit>(f.window, "containers.filter"), QStringLiteral("api"));
        QTest::qWait(60);  // UNAVOIDABLE: as above
        QVERIFY(!f.window.state().containers().loaded);
        engine->wakeAll();
        QTRY_VERIFY(f.window.state().containers().loaded);
        QTest::qWait(60);  // UNAVOIDABLE: as above
        QVERIFY2(meter.usual() < 100 * StallMeter::factor(), qPrintable(meter.describe()));
        QVERIFY2(meter.longest() < 10'000, qPrintable(meter.describe()));  // half of what the engine takes
    }
    void slowListShowsThatItLoads() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay(QStringLiteral("containers.list").toStdString(), std::chrono::seconds(60));
        WindowFixture f(engine);
        f.window.show();
        f.window.start();
        QTRY_VERIFY(child<QWidget>(f.window, "containers.loading")->isVisible());
        engine->wakeAll();
        QTRY_VERIFY(f.view().isVisible());
    }
    void closingDoesNotWaitForAnEngineThatHangs() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay(std::chrono::seconds(30));
        OwnClock clock;
        {
            WindowFixture f(engine);
            f.window.show();
            f.window.start();
            QVERIFY(QTest::qWaitForWindowExposed(&f.window));
            clock.restart();
            f.window.close();
            f.engine->setDelay(std::chrono::milliseconds(0));
        }
        QVERIFY2(clock.elapsed() < 8000, qPrintable(QString::number(clock.elapsed())));
    }
    void taskShowsAfterAMomentAndCanBeCancelled() {
        WindowFixture f;
        QVERIFY(f.show());
        int cancelled = 0;
        Task* task = f.window.tasks().add({QStringLiteral("Pulling postgres:17"), {}}, QStringLiteral("pull"),
                                          [&] { ++cancelled; });
        auto* strip = child<QAbstractButton>(f.window, "status.task");
        QVERIFY(!strip->isVisible());
        task->setProgress(62, 100);
        QTRY_VERIFY(strip->isVisible());
        QCOMPARE(strip->text(), QStringLiteral("Pulling postgres:17"));
        QTest::mouseClick(strip, Qt::LeftButton);
        QTest::mouseClick(child<QAbstractButton>(f.window, "task.0.cancel"), Qt::LeftButton);
        QCOMPARE(cancelled, 1);
        task->finishCancelled();
        QVERIFY(!strip->isVisible());
        QCOMPARE(f.window.toasts().toasts().size(), std::size_t(0));
    }
    void failedTaskIsToldInAToast() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.tasks()
            .add({QStringLiteral("Pulling nothing:1"), QStringLiteral("Could not pull nothing:1")},
                 QStringLiteral("pull"))
            ->fail(QStringLiteral("No such image"), QStringLiteral("Check the name"));
        QCOMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(f.window.toasts().toasts()[0]->title(), QStringLiteral("Could not pull nothing:1"));
    }
    void onlyFourToastsStand() {
        WindowFixture f;
        QVERIFY(f.show());
        int expired = 0;
        for (int i = 0; i < 6; ++i) {
            f.window.toasts().show({.iconName = QStringLiteral("info"),
                                    .iconToken = Token::Info,
                                    .title = QString::number(i),
                                    .text = {},
                                    .actions = {},
                                    .timeoutMs = 0,
                                    .expired = [&] { ++expired; }});
        }
        QCOMPARE(f.window.toasts().toasts().size(), std::size_t(4));
        QCOMPARE(expired, 2);
        QCOMPARE(f.window.toasts().toasts()[0]->title(), QStringLiteral("2"));
        f.window.toasts().flush();
        QCOMPARE(expired, 6);
    }
    void brokenWatchIsSaid() {
        auto engine = FakeEngine::withSampleData();
        engine->setFailure("system.watch", Error(ErrorKind::Io, "watch '/run': no space for watches"));
        WindowFixture f(engine);
        f.window.show();
        f.window.start();
        QTRY_VERIFY(child<QWidget>(f.window, "engineBanner")->isVisible());
        engine->setFailure("system.watch", std::nullopt);
        QTRY_VERIFY(!child<QWidget>(f.window, "engineBanner")->isVisible());
    }

private:
    static void pages() {
        QTest::addColumn<QString>("page");
        for (const PageEntry& entry : defaultPages().pages) {
            QTest::newRow(qPrintable(entry.name)) << entry.name;
        }
    }
};

QTEST_MAIN(TestWindow)
#include "test_window.moc"
