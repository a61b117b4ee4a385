// SPDX-License-Identifier: Apache-2.0
#include "gui/models/usage_monitor.h"
#include "gui/widgets/card.h"
#include "gui/widgets/usage_card.h"
#include "tests/gui/window_fixture.h"

#include <QHeaderView>
#include <QLayout>
#include <QSignalSpy>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;
using types::ContainerStatus;
using Pace = UsageMonitor::Pace;

namespace {

types::ContainerSummary running(const char* name) {
    types::ContainerSummary row;
    row.id = name + std::string(64 - std::string(name).size(), '0');
    row.name = name;
    row.image = "alpine:3.20";
    row.createdAt = std::chrono::system_clock::now();
    row.status = ContainerStatus::Running;
    row.startedAt = row.createdAt;
    row.pid = 4711;
    return row;
}

types::HostInfo fourCores() {
    types::HostInfo host;
    host.cpus = 4;
    host.memoryBytes = 16'000'000'000;
    return host;
}

/// A computer with 16 GB and four cores on which "busy" and "idle" run.
std::shared_ptr<FakeEngine> twoContainers() {
    auto engine = std::make_shared<FakeEngine>();
    engine->setHost(fourCores());
    engine->addContainer(running("busy"));
    engine->addContainer(running("idle"));
    engine->setUsage("busy", {.cpuPercent = {250},
                              .memoryMegabytes = {490},
                              .memoryLimit = 512'000'000,
                              .receivedPerSecond = 2000,
                              .sentPerSecond = 500,
                              .processes = 7,
                              .processLimit = 100});
    engine->setUsage("idle", {.cpuPercent = {1.5}, .memoryMegabytes = {20}});
    return engine;
}

QString cell(WindowFixture& f, const char* name, int column) {
    return f.row(QString::fromLatin1(name), column).data().toString();
}

void hurry(WindowFixture& f) {
    f.window.usage().setInterval(Pace::Fast, 5ms);
}

}  // namespace

class TestUsage : public QObject {
    Q_OBJECT
private slots:
    void ratesComeFromTwoSamples() {
        Fixture f(twoContainers());
        QTRY_VERIFY(f.state.containers().loaded && f.state.host());
        f.usage.setInterval(Pace::Fast, 1h);
        QSignalSpy sampled(&f.usage, &UsageMonitor::sampled);
        f.usage.setPace(Pace::Fast);
        QTRY_COMPARE(sampled.count(), 1);
        const std::string id = f.engine->container("busy")->id;
        QVERIFY(f.usage.usage(id) != nullptr);
        QVERIFY(!f.usage.usage(id)->cpuPercent.has_value());  // one sample tells no rate
        QCOMPARE(f.usage.usage(id)->memoryBytes, std::uint64_t(490'000'000));
        f.usage.setInterval(Pace::Fast, 0ms);
        QTRY_VERIFY(sampled.count() >= 2);
        QCOMPARE(*f.usage.usage(id)->cpuPercent, 250.0);
        QCOMPARE(*f.usage.usage(id)->receivedPerSecond, 2000.0);
        QCOMPARE(*f.usage.usage(id)->sentPerSecond, 500.0);
        QCOMPARE(f.usage.usage(id)->memoryLimit, std::uint64_t(512'000'000));
        const std::string idle = f.engine->container("idle")->id;
        QCOMPARE(f.usage.usage(idle)->memoryLimit, std::uint64_t(0));  // what the computer has is no limit
        QCOMPARE(f.engine->calls("resources.stats"), 0);  // nothing that was just listed is looked up
        const TotalUsage total = f.usage.total();
        QVERIFY(total.known);
        QCOMPARE(total.cpus, 4);
        QCOMPARE(total.cpuPercent, 251.5);
        QCOMPARE(total.memoryBytes, std::uint64_t(510'000'000));
    }

    void keepsOneMinute() {
        Fixture f(twoContainers());
        QTRY_VERIFY(f.state.containers().loaded);
        f.usage.setInterval(Pace::Fast, 0ms);
        f.usage.setPace(Pace::Fast);
        const std::string id = f.engine->container("busy")->id;
        QTRY_VERIFY(f.engine->calls("resources.statsOf") > 200);
        QCOMPARE(f.usage.memoryHistory(id).size(), UsageMonitor::kHistory);
        QCOMPARE(f.usage.cpuHistory(id).size(), UsageMonitor::kHistory);
    }

    void asksNobodyWhileStoppedOrNothingRuns() {
        auto engine = std::make_shared<FakeEngine>();
        Fixture f(engine);
        QTRY_VERIFY(f.state.containers().loaded);
        f.usage.setInterval(Pace::Fast, 0ms);
        f.usage.setPace(Pace::Fast);
        QTRY_VERIFY(f.usage.total().known);  // nothing runs: nothing is taken, without asking
        QCOMPARE(f.usage.total().memoryBytes, std::uint64_t(0));
        QCOMPARE(engine->calls("resources.statsOf"), 0);
        engine->addContainer(running("late"));
        QTRY_VERIFY(engine->calls("resources.statsOf") > 2);  // an event starts it
        f.usage.setPace(Pace::Stopped);
        const int before = engine->calls("resources.statsOf");
        engine->addContainer(running("later"));
        QTRY_COMPARE(f.state.containers().rows.size(), std::size_t(2));
        QVERIFY(engine->calls("resources.statsOf") <= before + 1);  // one may have been under way
        QVERIFY(f.usage.usage(engine->container("later")->id) == nullptr);
    }

    void aSlowEngineIsAskedOnceAtATime() {
        auto engine = twoContainers();
        engine->setDelay("resources.statsOf", 1h);
        Fixture f(engine);
        QTRY_VERIFY(f.state.containers().loaded);
        f.usage.setInterval(Pace::Fast, 0ms);
        f.usage.setPace(Pace::Fast);
        QTRY_COMPARE(engine->calls("resources.statsOf"), 1);
        engine->addContainer(running("third"));
        QTRY_COMPARE(f.state.containers().rows.size(), std::size_t(3));
        f.usage.setPace(Pace::Stopped);
        f.usage.setPace(Pace::Fast);
        QCOMPARE(engine->calls("resources.statsOf"), 1);
        engine->wakeAll();
        QTRY_VERIFY(f.usage.usage(engine->container("third")->id) != nullptr);
    }

    void aNewRunStartsFromNothing() {
        auto engine = twoContainers();
        Fixture f(engine);
        QTRY_VERIFY(f.state.containers().loaded);
        f.usage.setInterval(Pace::Fast, 0ms);
        f.usage.setPace(Pace::Fast);
        const std::string id = engine->container("busy")->id;
        QTRY_VERIFY(f.usage.cpuHistory(id).size() > 3);
        engine->changeContainer(id, ContainerStatus::Exited, 0);
        QTRY_VERIFY(f.usage.usage(id) == nullptr);
        QVERIFY(f.usage.cpuHistory(id).empty());
    }

    void theListShowsThem() {
        WindowFixture f(twoContainers());
        QVERIFY(f.show());
        hurry(f);
        QTRY_COMPARE(cell(f, "idle", ContainerModel::Cpu), QStringLiteral("1.5%"));
        QCOMPARE(cell(f, "busy", ContainerModel::Cpu), QStringLiteral("250%"));
        QCOMPARE(cell(f, "idle", ContainerModel::Memory), QStringLiteral("20 MB"));
        const QModelIndex cpu = f.row(QStringLiteral("busy"), ContainerModel::Cpu);
        const QModelIndex memory = f.row(QStringLiteral("busy"), ContainerModel::Memory);
        QVERIFY(cpu.data(ContainerModel::HotRole).toBool());     // 250 % of 400 %
        QVERIFY(memory.data(ContainerModel::HotRole).toBool());  // 490 MB of 512 MB
        QVERIFY(
            !f.row(QStringLiteral("idle"), ContainerModel::Memory).data(ContainerModel::HotRole).toBool());
        QCOMPARE(memory.data(Qt::ToolTipRole).toString(), QStringLiteral("490 MB of at most 512 MB"));
        QCOMPARE(cpu.data(Qt::AccessibleTextRole).toString(), QStringLiteral("CPU 250%"));
        QCOMPARE(child<QLabel>(f.window, "containers.summary")->text(),
                 QStringLiteral("2 running · 63% of 4 cores · 510 MB"));
        QCOMPARE(child<QLabel>(f.window, "status.cpu")->text(), QStringLiteral("63%"));
        QCOMPARE(child<QLabel>(f.window, "status.memory")->text(), QStringLiteral("510 MB"));
    }

    void whatDoesNotRunHasNoNumber() {
        WindowFixture f;
        QVERIFY(f.show());
        hurry(f);
        QTRY_VERIFY(cell(f, "api", ContainerModel::Cpu).endsWith(QLatin1Char('%')));
        const QModelIndex stopped = f.row(QStringLiteral("blog"), ContainerModel::Cpu);
        QCOMPARE(stopped.data().toString(), QStringLiteral("–"));
        QCOMPARE(stopped.data(Qt::ToolTipRole).toString(), QStringLiteral("It does not run"));
        const QModelIndex paused = f.row(QStringLiteral("scratch"), ContainerModel::Cpu);
        QCOMPARE(paused.data().toString(), QStringLiteral("–"));
        QCOMPARE(paused.data(Qt::ToolTipRole).toString(), QStringLiteral("It is paused"));
        QVERIFY(cell(f, "scratch", ContainerModel::Memory).endsWith(QStringLiteral(" MB")));
    }

    void theFirstClickOnUsageShowsTheLargestFirst() {
        WindowFixture f(twoContainers());
        QVERIFY(f.show());
        hurry(f);
        QTRY_COMPARE(cell(f, "idle", ContainerModel::Cpu), QStringLiteral("1.5%"));
        QHeaderView* header = f.view().header();
        const auto click = [&] {
            const int x = header->sectionViewportPosition(ContainerModel::Cpu) + 20;
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
        };
        click();
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(f.row(QStringLiteral("busy")).row(), 0);
        click();
        QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
        QCOMPARE(f.row(QStringLiteral("idle")).row(), 0);
    }

    void aHiddenWindowSamplesNothing() {
        WindowFixture f(twoContainers());
        QVERIFY(f.show());
        QTRY_COMPARE(f.window.usage().pace(), Pace::Fast);
        f.window.open({.page = QStringLiteral("images"), .id = {}, .tab = {}});
        QCOMPARE(f.window.usage().pace(), Pace::Slow);  // only the status strip shows them
        f.window.hide();
        QCOMPARE(f.window.usage().pace(), Pace::Stopped);
        f.window.show();
        QTRY_COMPARE(f.window.usage().pace(), Pace::Slow);
        f.window.showMinimized();
        QTRY_COMPARE(f.window.usage().pace(), Pace::Stopped);
    }

    void theOverviewShowsUsageAndLimits() {
        WindowFixture f;
        QVERIFY(f.show());
        hurry(f);
        f.window.open(
            {.page = QStringLiteral("container"), .id = QString::fromStdString(f.id("api")), .tab = {}});
        auto* memory = child<UsageCard>(f.window, "overview.memory");
        QTRY_VERIFY(memory->words().endsWith(QStringLiteral("of 512 MB")));
        QVERIFY(child<UsageCard>(f.window, "overview.cpu")->isVisible());
        QTRY_COMPARE(child<UsageCard>(f.window, "overview.network")->words(),
                     QStringLiteral("1.2 MB/s in · 340 kB/s out"));
        QTRY_COMPARE(child<Meter>(f.window, "overview.limits.processes")->words(),
                     QStringLiteral("11 of 512"));
        f.window.open(
            {.page = QStringLiteral("container"), .id = QString::fromStdString(f.id("blog")), .tab = {}});
        QTRY_COMPARE(child<Meter>(f.window, "overview.limits.memory")->words(), QStringLiteral("no limit"));
        QVERIFY(!child<UsageCard>(f.window, "overview.cpu")->isVisible());
    }

    void pausesAndResumesOnItsPage() {
        WindowFixture f;
        QVERIFY(f.show());
        f.window.open(
            {.page = QStringLiteral("container"), .id = QString::fromStdString(f.id("api")), .tab = {}});
        auto* button = child<QAbstractButton>(f.window, "container.pause");
        QCOMPARE(button->accessibleName(), QStringLiteral("Pause"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.engine->container("api")->status, ContainerStatus::Paused);
        QTRY_COMPARE(button->accessibleName(), QStringLiteral("Resume"));
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.engine->container("api")->status, ContainerStatus::Running);
    }

    void severalPauseTogether() {
        WindowFixture f;
        QVERIFY(f.show());
        f.choose({"api", "db"});
        auto* button = child<QAbstractButton>(f.window, "containers.bulk.pause");
        QTRY_VERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.status(QStringLiteral("api")), QStringLiteral("Paused"));
        QTRY_COMPARE(f.status(QStringLiteral("db")), QStringLiteral("Paused"));
        QTRY_COMPARE(button->text(), QStringLiteral("Resume"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(f.status(QStringLiteral("api")), QStringLiteral("Healthy"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "containers.bulk.clear"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(f.window, "containers.bulkBar")->isVisible());
    }

    void sayWhyItCannotPause() {
        WindowFixture f;
        QVERIFY(f.show());
        f.engine->setFailure(
            "resources.pause",
            Error(ErrorKind::Unsupported, "no control group").withHint("see 'coracle doctor'"));
        f.window.containerActions().pause({f.id("api")});
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QCOMPARE(f.window.toasts().toasts().front()->accessibleDescription(),
                 QStringLiteral("No control group. See 'coracle doctor'"));
        QCOMPARE(f.status(QStringLiteral("api")), QStringLiteral("Healthy"));
    }

    void noBackslashStandsAlone() {
        CodeBox box;
        const QString command =
            QStringLiteral("coracle run \\\n  -v /home/somebody/source/conf:/etc:ro \\\n  x");
        box.setText(command);
        auto* words = box.label();
        const int longest = words->fontMetrics().horizontalAdvance(command.section(QLatin1Char('\n'), 1, 1));
        // One pixel less than the long line needs: the backslash alone would go to a line of its own.
        const QMargins around = box.layout()->contentsMargins();
        box.resize(longest - 1 + around.left() + around.right(), 200);
        box.show();
        QVERIFY(QTest::qWaitForWindowExposed(&box));
        QCOMPARE(words->text().section(QLatin1Char('\n'), 1, 1),
                 QStringLiteral("  -v /home/somebody/source/conf:/etc:ro\\"));
        QCOMPARE(words->text().section(QLatin1Char('\n'), 0, 0), QStringLiteral("coracle run \\"));
        QCOMPARE(box.text(), command);
        box.resize(longest + 40 + around.left() + around.right(), 200);
        QCOMPARE(words->text(), command);
    }
};

QTEST_MAIN(TestUsage)
#include "test_usage.moc"
