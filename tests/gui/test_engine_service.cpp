// SPDX-License-Identifier: Apache-2.0
#include "gui/engine_service.h"
#include "gui/testing/fake_engine.h"
#include "tests/gui/own_clock.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace coracle;
using namespace coracle::gui;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TestEngineService : public QObject {
    Q_OBJECT
private slots:
    void answersOnTheCallersThread() {
        auto engine = FakeEngine::withSampleData();
        EngineService service(engine);
        QThread* thread = nullptr;
        std::size_t rows = 0;
        service.listContainers(this, [&](const Result<std::vector<types::ContainerSummary>>& result) {
            thread = QThread::currentThread();
            rows = result ? result->size() : 0;
        });
        QTRY_COMPARE(rows, std::size_t(10));
        QCOMPARE(thread, QThread::currentThread());
    }
    void errorsKeepKindAndHint() {
        auto engine = FakeEngine::withSampleData();
        EngineService service(engine);
        std::optional<Error> seen;
        service.inspectContainer(
            this, "no-such", [&](const Result<types::ContainerDetails>& result) { seen = result.error(); });
        QTRY_VERIFY(seen.has_value());
        QCOMPARE(seen->kind(), ErrorKind::NotFound);
        QVERIFY(!seen->hint().empty());
    }
    void lateAnswerForADeadContextIsDropped() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay("containers.list", milliseconds(100));
        EngineService service(engine);
        auto context = std::make_unique<QObject>();
        bool called = false;
        service.listContainers(context.get(), [&](const auto&) { called = true; });
        context.reset();
        bool other = false;
        service.listContainers(this, [&](const auto&) { other = true; });
        QTRY_VERIFY(other);
        QVERIFY(!called);
    }
    void cancelAnswersWithinASecondEvenIfTheEngineHangs() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay("containers.remove", seconds(20));  // this call knows no stop request
        EngineService service(engine);
        QVERIFY(test::takesLessThan(2000, [&](const test::OwnClock&) {
            std::optional<Error> seen;
            Request request = service.removeContainer(this, "blog", {},
                                                      [&](const Result<>& result) { seen = result.error(); });
            request.cancel();
            QTRY_VERIFY(seen.has_value());
            QCOMPARE(seen->kind(), ErrorKind::Cancelled);
            QVERIFY(request.finished());
        }));
        engine->wakeAll();
    }
    /// Who asks again would take it for the new answer. The engine does not look whether a list is still
    /// wanted.
    void aCancelledRequestDeliversNoValue() {
        auto engine = FakeEngine::withSampleData();
        EngineService service(engine);
        std::optional<Result<std::vector<types::ContainerSummary>>> seen;
        Request request = service.listContainers(this, [&](auto result) { seen.emplace(std::move(result)); });
        request.cancel();
        QVERIFY(!seen.has_value());
        QTRY_VERIFY(seen.has_value());
        QVERIFY(!*seen);
        QCOMPARE(seen->error().kind(), ErrorKind::Cancelled);
        QVERIFY(request.finished());
    }
    void aCancelledRequestReportsNothingMore() {
        auto engine = FakeEngine::withSampleData();
        engine->setPullScript(std::vector<types::PullEvent>(1000), milliseconds(1));
        EngineService service(engine);
        int events = 0;
        bool ended = false;
        Request request = service.pullImage(
            this, "postgres:17", {}, [&](const types::PullEvent&) { ++events; },
            [&](const Result<std::string>&) { ended = true; });
        QTRY_VERIFY(events > 2);
        request.cancel();
        const int before = events;
        QTRY_VERIFY(ended);
        QCOMPARE(events, before);
    }
    void cancelStopsAPull() {
        auto engine = FakeEngine::withSampleData();
        std::vector<types::PullEvent> script(1000);
        engine->setPullScript(script, milliseconds(20));
        EngineService service(engine);
        int events = 0;
        std::optional<ErrorKind> kind;
        Request request = service.pullImage(
            this, "postgres:17", {}, [&](const types::PullEvent&) { ++events; },
            [&](const Result<std::string>& result) {
                kind = result ? ErrorKind::Internal : result.error().kind();
            });
        QTRY_VERIFY(events > 2);
        request.cancel();
        QTRY_VERIFY(kind.has_value());
        QCOMPARE(*kind, ErrorKind::Cancelled);
    }
    void listIsNotHeldUpByLongWork() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay("images.pull", std::chrono::hours(1));
        EngineService service(engine);
        for (int i = 0; i < 10; ++i) {
            service.pullImage(this, "x:" + std::to_string(i), {}, {}, {});
        }
        bool listed = false;
        service.listContainers(this, [&](const auto&) { listed = true; });
        QTRY_VERIFY(listed);
    }
    void logArrivesInOrderAndFollows() {
        auto engine = FakeEngine::withSampleData();
        const std::string id = engine->container("web")->id;
        std::vector<types::LogLine> lines(50000);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            lines[i].text = std::to_string(i);
        }
        engine->appendLog(id, lines);
        EngineService service(engine);
        std::size_t next = 0;
        bool ordered = true;
        bool ended = false;
        types::LogOptions options;
        options.follow = true;
        Request request = service.readLog(
            this, id, options,
            [&](const LogBatch& batch) {
                for (const types::LogLine& l : *batch) {
                    ordered = ordered && l.text == std::to_string(next);
                    ++next;
                }
            },
            [&](const Result<>&) { ended = true; });
        QTRY_COMPARE(next, std::size_t(50000));
        QVERIFY(ordered);
        QVERIFY(!ended);
        types::LogLine more;
        more.text = "50000";
        engine->appendLog(id, more);
        QTRY_COMPARE(next, std::size_t(50001));
        engine->changeContainer("web", types::ContainerStatus::Exited, 0);
        QTRY_VERIFY(ended);
    }
    void eventsArriveWithoutAsking() {
        auto engine = FakeEngine::withSampleData();
        EngineService service(engine);
        std::vector<std::string> actions;
        connect(&service, &EngineService::eventArrived, this,
                [&](const types::Event& event) { actions.push_back(event.action); });
        service.startWatching();
        QTRY_COMPARE(engine->calls("system.watch"), 1);
        engine->changeContainer("web", types::ContainerStatus::Exited, 0);
        QTRY_COMPARE(actions, std::vector<std::string>{"die"});
    }
    void whatHappensBeforeTheWatchStandsIsTold() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay("system.watch", milliseconds(200));
        EngineService service(engine);
        std::vector<std::string> actions;
        connect(&service, &EngineService::eventArrived, this,
                [&](const types::Event& event) { actions.push_back(event.action); });
        engine->changeContainer("web", types::ContainerStatus::Paused);
        service.startWatching();
        engine->changeContainer("web", types::ContainerStatus::Exited, 0);
        QTRY_COMPARE(actions, std::vector<std::string>{"die"});
    }
    void shutdownLeavesWhatHangs() {
        auto engine = FakeEngine::withSampleData();
        engine->setDelay("containers.list", seconds(20));
        QVERIFY(test::takesLessThan(5000, [&](test::OwnClock& clock) {
            EngineService service(engine);
            service.startWatching();
            const int before = engine->calls("containers.list");
            service.listContainers(this, [](const auto&) {});
            QTRY_COMPARE(engine->calls("containers.list"), before + 1);
            clock.restart();
        }));
        engine->wakeAll();
    }
};

QTEST_GUILESS_MAIN(TestEngineService)
#include "test_engine_service.moc"
