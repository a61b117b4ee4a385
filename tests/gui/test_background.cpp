// SPDX-License-Identifier: Apache-2.0
#include "gui/background.h"
#include "tests/gui/window_fixture.h"

#include <QAction>
#include <QFile>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;
using types::ContainerStatus;

namespace {

class RecordingNotifier : public Notifier {
public:
    void show(const Notice& notice) override { notices.push_back(notice); }
    std::vector<Notice> notices;
};

/// A window on a desktop with everything, told of each end at once.
struct Background_ {
    Background_() : f(FakeEngine::withSampleData(), Scheme::Light, {[this] { return tray; }, notifier}) {
        f.window.settings().setNotifyWhen(NotifyWhen::Always);
    }
    bool show() {
        const bool shown = f.show();
        f.window.background()->notices()->setPatience(200ms);
        f.window.background()->notices()->setLongWork(0ms);
        return shown;
    }
    std::size_t told() const { return notifier->notices.size(); }
    void event(const char* name, const char* action, std::map<std::string, std::string> attributes = {}) {
        types::Event event;
        event.time = std::chrono::system_clock::now();
        event.type = "container";
        event.action = action;
        event.id = f.id(name);
        event.attributes = std::move(attributes);
        f.engine->send(event);
    }
    /// Until the window has seen all events up to now.
    bool settle() {
        const std::string word = std::to_string(++settled);
        event("api", "exec_start", {{"word", word}});
        const auto isSeen = [&] {
            const auto& all = f.window.state().events();
            return std::any_of(all.begin(), all.end(), [&](const types::Event& one) {
                const auto found = one.attributes.find("word");
                return found != one.attributes.end() && found->second == word;
            });
        };
        return QTest::qWaitFor(isSeen, kTestPatience);
    }

    bool tray = true;
    int settled = 0;
    std::shared_ptr<RecordingNotifier> notifier = std::make_shared<RecordingNotifier>();
    WindowFixture f;
};

QAction* find(QMenu& menu, const char* name) {
    return menu.findChild<QAction*>(QLatin1String(name));
}

}  // namespace

class TestBackground : public QObject {
    Q_OBJECT
private slots:
    void anEndWithAnErrorIsTold() {
        Background_ b;
        QVERIFY(b.show());
        b.f.engine->changeContainer(b.f.id("web"), ContainerStatus::Exited, 3);
        QTRY_COMPARE(b.told(), std::size_t(1));
        const Notice notice = b.notifier->notices.front();
        QCOMPARE(notice.title, QStringLiteral("web ended with code 3"));
        QCOMPARE(notice.text, QStringLiteral("It stays stopped."));
        notice.chosen(QStringLiteral("logs"));
        QCOMPARE(b.f.window.place().page, QStringLiteral("container"));
        QCOMPARE(b.f.window.place().tab, QStringLiteral("logs"));
        // Again and again is told once.
        b.f.engine->changeContainer(b.f.id("web"), ContainerStatus::Running);
        b.f.engine->changeContainer(b.f.id("web"), ContainerStatus::Exited, 3);
        QVERIFY(b.settle());
        QTRY_COMPARE(b.f.window.state().container(b.f.id("web"))->status, ContainerStatus::Exited);
        QCOMPARE(b.told(), std::size_t(1));
    }
    /// The person who reads "It is started again." looks for no reason.
    void whatItSaysIsNotOfBeforeTheEnd() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.background()->notices()->setPatience(0ms);
        b.f.engine->setDelay("containers.list", 500ms);
        b.f.engine->changeContainer(b.f.id("web"), ContainerStatus::Exited, 3);
        QTRY_COMPARE(b.told(), std::size_t(1));
        QCOMPARE(b.notifier->notices.front().text, QStringLiteral("It stays stopped."));
    }
    void whatSomebodyWantedIsNotTold() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.background()->notices()->setPatience(2s);  // for the second of two events
        b.f.engine->changeContainer(b.f.id("web"), ContainerStatus::Exited, 143);
        b.event("web", "stop");  // by another program, told after the end
        b.f.engine->changeContainer(b.f.id("api"), ContainerStatus::Exited, 0);
        b.f.prompt.reply.accepted = true;
        b.f.window.containerActions().stop({b.f.id("db")});
        QTRY_COMPARE(b.f.status(QStringLiteral("db")), QStringLiteral("Exited"));
        // The end of another one, later, is the first to be told.
        b.f.engine->changeContainer(b.f.id("worker"), ContainerStatus::Exited, 1);
        QTRY_COMPARE(b.told(), std::size_t(1));
        QVERIFY(b.notifier->notices[0].title.startsWith(QStringLiteral("worker")));
    }
    void memoryAndHealthHaveTheirWords() {
        Background_ b;
        QVERIFY(b.show());
        b.event("web", "health_status: unhealthy");
        QTRY_COMPARE(b.told(), std::size_t(1));
        QCOMPARE(b.notifier->notices[0].title, QStringLiteral("web is unhealthy"));
        b.event("worker", "oom");
        b.f.engine->changeContainer(b.f.id("worker"), ContainerStatus::Exited, 137);
        QTRY_COMPARE(b.told(), std::size_t(2));
        QCOMPARE(b.notifier->notices[1].title, QStringLiteral("worker ran out of memory"));
        QVERIFY(b.notifier->notices[1].urgent);
    }
    void settingsDecide() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.settings().setNotifyWhen(NotifyWhen::Never);
        b.event("web", "health_status: unhealthy");
        QVERIFY(b.settle());
        b.f.window.settings().setNotifyWhen(NotifyWhen::InBackground);
        b.event("web", "health_status: unhealthy");  // the window is in front
        QVERIFY(b.settle());
        QCOMPARE(b.told(), std::size_t(0));
        b.f.window.hide();
        b.event("web", "health_status: unhealthy");
        QTRY_COMPARE(b.told(), std::size_t(1));
    }
    void longWorkIsToldWhileNobodyLooks() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.tasks()
            .add({QStringLiteral("Pulling a"), QStringLiteral("Could not pull a")}, QStringLiteral("pull"))
            ->finish();
        QCOMPARE(b.told(), std::size_t(0));
        b.f.window.hide();
        b.f.window.tasks()
            .add({QStringLiteral("Pulling b"), QStringLiteral("Could not pull b")}, QStringLiteral("pull"))
            ->finish();
        QCOMPARE(b.told(), std::size_t(1));
        b.f.window.tasks()
            .add({QStringLiteral("Pulling c"), QStringLiteral("Could not pull c")}, QStringLiteral("pull"))
            ->fail(QStringLiteral("no"));
        QCOMPARE(b.notifier->notices.back().title, QStringLiteral("Could not pull c"));
        b.notifier->notices.back().chosen(QStringLiteral("default"));
        QVERIFY(b.f.window.isVisible());
    }
    void closingHidesInTheTrayAndQuitQuits() {
        Background_ b;
        QVERIFY(b.show());
        QSignalSpy quits(&b.f.window, &MainWindow::quitWanted);
        b.f.window.settings().setTray(true);
        QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(!b.f.window.close());
        QVERIFY(!b.f.window.isVisible());
        QCOMPARE(b.f.window.usage().pace(), UsageMonitor::Pace::Stopped);
        b.f.window.present();
        QVERIFY(b.f.window.isVisible());
        find(b.f.window.background()->tray().menu(), "tray.quit")->trigger();
        QVERIFY(!b.f.window.isVisible());
        QCOMPARE(quits.size(), 1);
    }
    void hiddenInTheTrayThePageAsksForNothing() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.settings().setTray(true);
        b.f.window.open({.page = QStringLiteral("container"),
                         .id = QString::fromStdString(b.f.id("api")),
                         .tab = QStringLiteral("logs")});
        QTRY_COMPARE(b.f.engine->calls("containers.logs"), 1);
        b.f.window.close();
        types::LogLine more;
        more.text = "unseen";
        b.f.engine->appendLog(b.f.id("api"), more);
        QVERIFY(b.settle());
        QCOMPARE(b.f.engine->calls("containers.logs"), 1);
        b.f.window.present();
        QTRY_COMPARE(b.f.engine->calls("containers.logs"), 2);  // reads on from where it was
    }
    void withoutATrayClosingCloses() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.settings().setTray(true);
        b.tray = false;
        QSignalSpy quits(&b.f.window, &MainWindow::quitWanted);
        QVERIFY(b.f.window.close());
        QCOMPARE(quits.size(), 1);  // nothing stays behind unseen
    }
    void aTrayThatGoesGivesTheWindowBack() {
        Background_ b;
        QVERIFY(b.show());
        b.f.window.settings().setTray(true);
        b.f.window.close();
        b.tray = false;
        emit b.f.window.background()->trayLost();
        QVERIFY(b.f.window.isVisible());
    }
    void theMenuListsWhatRuns() {
        Background_ b;
        QVERIFY(b.show());
        QMenu& menu = b.f.window.background()->tray().menu();
        emit menu.aboutToShow();
        QVERIFY(menu.findChild<QMenu*>(QStringLiteral("tray.web")) != nullptr);
        QVERIFY(menu.findChild<QMenu*>(QStringLiteral("tray.blog")) == nullptr);
        b.f.prompt.reply.accepted = true;
        b.f.window.hide();
        find(menu, "tray.stop.web")->trigger();
        QCOMPARE(b.f.prompt.questions.size(), std::size_t(1));
        QVERIFY(b.f.window.isVisible());  // the question needs it
        QTRY_COMPARE(b.f.engine->container("web")->status, ContainerStatus::Exited);
        QTRY_COMPARE(b.f.status(QStringLiteral("web")), QStringLiteral("Exited"));
        emit menu.aboutToShow();
        QVERIFY(menu.findChild<QMenu*>(QStringLiteral("tray.web")) == nullptr);
        b.f.window.hide();
        find(menu, "tray.open")->trigger();
        QVERIFY(b.f.window.isVisible());
    }
    void withoutADesktopNothingBreaks() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.settings().setTray(true);
        QVERIFY(f.window.background()->notices() == nullptr);
        QVERIFY(f.window.close());
    }
    void startsWithTheSessionWhenToldTo() {
        QTemporaryDir folder;
        qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
        QVERIFY(!startsWithSession());
        QCOMPARE(setStartsWithSession(true), QString());
        QVERIFY(startsWithSession());
        QFile file(folder.filePath(QStringLiteral("autostart/org.coracle.Coracle.desktop")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("\nExec="));
        QVERIFY(text.endsWith(" --tray\n"));
        QCOMPARE(setStartsWithSession(false), QString());
        QVERIFY(!startsWithSession());
    }
};

QTEST_MAIN(TestBackground)
#include "test_background.moc"
