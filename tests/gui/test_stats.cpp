// SPDX-License-Identifier: Apache-2.0
#include "gui/models/process_model.h"
#include "gui/models/usage_history.h"
#include "gui/views/stats_tab.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/list_table.h"
#include "gui/widgets/segments.h"
#include "gui/widgets/text_label.h"
#include "gui/widgets/time_chart.h"
#include "tests/gui/window_fixture.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>

using namespace coracle;
using namespace coracle::gui;
using namespace coracle::gui::test;
using namespace std::chrono_literals;

namespace {

const auto kStart = std::chrono::system_clock::time_point(1'700'000'000s);

void openStats(WindowFixture& f, const char* name) {
    f.window.open({.page = QStringLiteral("container"),
                   .id = QString::fromStdString(f.id(name)),
                   .tab = QStringLiteral("stats")});
}

UsagePoint point(std::chrono::seconds at, double cpu) {
    UsagePoint p;
    p.time = kStart + at;
    p.cpuPercent = cpu;
    p.memoryBytes = 1000;
    return p;
}

}  // namespace

class TestStats : public QObject {
    Q_OBJECT
private slots:
    void historyKeepsAnHourInLittleRoom() {
        UsageHistory history;
        for (int i = 0; i < 3 * 3600; ++i) {
            history.add(point(std::chrono::seconds(i), i));
        }
        QVERIFY(history.points().size() < 900);
        QCOMPARE(history.points().back().cpuPercent, std::optional<double>(3 * 3600 - 1));
        const auto span = history.points().back().time - history.points().front().time;
        QVERIFY(span >= 58min && span <= 62min);
        // Nothing of the last minutes is lost.
        QCOMPARE(history.last(60s).size(), std::size_t(61));
        QCOMPARE(history.last(240s).size(), std::size_t(241));
    }
    void aClockThatGoesBackBeginsAnew() {
        UsageHistory history;
        history.add(point(100s, 1));
        history.add(point(50s, 2));
        QCOMPARE(history.points().size(), std::size_t(1));
    }
    void csvHasUtcTimesAndEmptyFields() {
        UsagePoint p = point(0s, 12.34);
        p.receivedPerSecond = 5;
        QCOMPARE(usageCsv({p}),
                 QByteArray("time,cpu_percent,memory_bytes,received_per_second,sent_per_second,"
                            "read_per_second,written_per_second\n"
                            "2023-11-14T22:13:20.000Z,12.3,1000,5.0,,,\n"));
    }
    void roundNumbersLieAbove_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("above");
        QTest::newRow("nothing") << 0.0 << 1.0;
        QTest::newRow("exact") << 100.0 << 100.0;
        QTest::newRow("between") << 112.0 << 200.0;
        QTest::newRow("large") << 6.1e8 << 1e9;
        QTest::newRow("small") << 0.03 << 0.05;
    }
    void roundNumbersLieAbove() {
        QFETCH(double, value);
        QFETCH(double, above);
        QCOMPARE(roundAbove(value), above);
    }
    void chartReadsOutWhatWasMeasuredAndNoMore() {
        TimeChart chart;
        chart.resize(400, 200);
        chart.setFormat([](double value) { return QString::number(value); });
        chart.set({{.name = QStringLiteral("CPU"),
                    .token = Token::C1,
                    .filled = true,
                    .samples = {{kStart, 7}, {kStart + 60s, 9}}}},
                  kStart + 60s, 60s);
        QVERIFY(chart.readOut(398).endsWith(QStringLiteral("CPU 9")));
        QCOMPARE(chart.readOut(220), QString());  // half a minute without a sample
        QCOMPARE(chart.readOut(0), QString());
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("CPU 9"));
        QCOMPARE(chart.ceiling(), 10.0);
        chart.setLimit(512);
        QCOMPARE(chart.ceiling(), 512.0);
        QVERIFY(!chart.grab().isNull());
    }
    void showsWhatTheMonitorSampled() {
        WindowFixture f;
        f.window.usage().setInterval(UsageMonitor::Pace::Fast, 1ms);
        QVERIFY(f.show());
        openStats(f, "api");
        QCOMPARE(f.window.usage().pace(), UsageMonitor::Pace::Fast);
        auto* cpu = child<TextLabel>(f.window, "stats.cpu.words");
        QTRY_VERIFY(cpu->text().contains(QStringLiteral("peak")));
        QVERIFY(
            child<TextLabel>(f.window, "stats.memory.words")->text().endsWith(QStringLiteral("of 512 MB")));
        QVERIFY(
            child<TextLabel>(f.window, "stats.network.words")->text().contains(QStringLiteral("1.2 MB/s")));
        QVERIFY(child<TextLabel>(f.window, "stats.disk.words")->text().contains(QStringLiteral("96 kB/s")));
        QCOMPARE(child<TimeChart>(f.window, "stats.memory.chart")->ceiling(), 512e6);
        const QStringList nameless = namelessInputs(*child<QWidget>(f.window, "stats"));
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
    }
    void pauseHoldsThePicture() {
        WindowFixture f;
        f.window.usage().setInterval(UsageMonitor::Pace::Fast, 1ms);
        QVERIFY(f.show());
        openStats(f, "api");
        QTRY_VERIFY(f.window.usage().history(f.id("api")).points().size() > 3);
        auto* pause = child<QAbstractButton>(f.window, "stats.pause");
        QTest::mouseClick(pause, Qt::LeftButton);
        const QString held = child<TextLabel>(f.window, "stats.cpu.words")->text();
        const QString shown = child<TimeChart>(f.window, "stats.cpu.chart")->accessibleDescription();
        const std::size_t before = f.window.usage().history(f.id("api")).points().size();
        QTRY_VERIFY(f.window.usage().history(f.id("api")).points().size() > before + 3);
        QCOMPARE(child<TextLabel>(f.window, "stats.cpu.words")->text(), held);
        QCOMPARE(child<TimeChart>(f.window, "stats.cpu.chart")->accessibleDescription(), shown);
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_VERIFY(child<TextLabel>(f.window, "stats.cpu.words")->text() != held);
    }
    void rangeIsChosenByKeys() {
        WindowFixture f;
        QVERIFY(f.show());
        openStats(f, "api");
        auto* range = child<Segments>(f.window, "stats.range");
        range->button(0)->setFocus();
        QTest::keyClick(range->button(0), Qt::Key_Right);
        QCOMPARE(range->currentKey(), QStringLiteral("5m"));
    }
    void savesTheNumbers() {
        WindowFixture f;
        f.window.usage().setInterval(UsageMonitor::Pace::Fast, 1ms);
        QVERIFY(f.show());
        openStats(f, "api");
        QTRY_VERIFY(f.window.usage().history(f.id("api")).points().size() > 2);
        QTemporaryDir folder;
        f.prompt.file = folder.filePath(QStringLiteral("a.csv"));
        QTest::mouseClick(child<QAbstractButton>(f.window, "stats.save"), Qt::LeftButton);
        QCOMPARE(f.prompt.fileQuestions.back().suggestedName, QStringLiteral("api-stats.csv"));
        QFile file(*f.prompt.file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count('\n') > 2);
        f.prompt.file = QStringLiteral("/proc/no/such.csv");
        QTest::mouseClick(child<QAbstractButton>(f.window, "stats.save"), Qt::LeftButton);
        QTRY_VERIFY(f.window.toasts().findChild<QWidget*>() != nullptr);
    }
    void processesAreListedAndLookedAtAgain() {
        WindowFixture f;
        f.window.usage().setInterval(UsageMonitor::Pace::Fast, 1ms);
        QVERIFY(f.show());
        openStats(f, "api");
        auto* table = child<ListTable>(f.window, "stats.processes");
        const auto* model = table->model();
        QAbstractItemModelTester tester(const_cast<QAbstractItemModel*>(model));
        QTRY_COMPARE(model->rowCount(), 4);
        const auto cell = [model](int row, int column) {
            return model->index(row, column).data().toString();
        };
        QCOMPARE(cell(1, ProcessModel::Inside), QStringLiteral("7"));
        QCOMPARE(cell(1, ProcessModel::Command), QStringLiteral("node /app/server --port 9000"));
        table->selectRow(2);
        QTRY_VERIFY(f.engine->calls("resources.processes") > 3);
        QTRY_VERIFY(cell(1, ProcessModel::Cpu).endsWith(QLatin1Char('%')));
        QCOMPARE(table->selectedIndex().row(), 2);
        f.window.open({.page = QStringLiteral("containers"), .id = {}, .tab = {}});
        const int before = f.engine->calls("resources.processes");
        const std::size_t samples = f.window.usage().history(f.id("api")).points().size();
        QTRY_VERIFY(f.window.usage().history(f.id("api")).points().size() > samples + 5);
        QVERIFY(f.engine->calls("resources.processes") <= before + 1);
    }
    void aProcessIsEndedAfterAQuestion() {
        WindowFixture f;
        QVERIFY(f.show());
        openStats(f, "api");
        auto* table = child<ListTable>(f.window, "stats.processes");
        QTRY_COMPARE(table->model()->rowCount(), 4);
        QVERIFY(!child<QAbstractButton>(f.window, "stats.killProcess")->isEnabled());
        table->setFocus();
        table->selectRow(3);
        QTest::keyClick(table, Qt::Key_Delete);  // denied
        QCOMPARE(f.prompt.questions.size(), std::size_t(1));
        QVERIFY(f.prompt.questions[0].points.contains(QStringLiteral("node /app/lib/watch.js")));
        QCOMPARE(f.engine->calls("inspection.signalProcess"), 0);
        f.prompt.reply.accepted = true;
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(table->model()->rowCount(), 3);
        table->selectRow(0);
        QTest::mouseClick(child<QAbstractButton>(f.window, "stats.killProcess"), Qt::LeftButton);
        QVERIFY(f.prompt.questions.back().losesData);
        QVERIFY(f.prompt.questions.back().points.size() == 2);  // the container ends with it
        QTRY_COMPARE(f.engine->calls("inspection.signalProcess"), 2);
        QCOMPARE(f.engine->callsOf("inspection.signalProcess " + f.id("api") + " 41207 SIGKILL"), 1);
    }
    void aSignalThatDidNotArriveIsTold() {
        WindowFixture f;
        f.prompt.reply.accepted = true;
        QVERIFY(f.show());
        openStats(f, "api");
        auto* table = child<ListTable>(f.window, "stats.processes");
        QTRY_COMPARE(table->model()->rowCount(), 4);
        table->selectRow(1);
        // Its number belongs to another one by now.
        auto others = *f.engine->resources().processes(f.id("api"));
        others[1].startedAt += 5s;
        f.engine->setProcesses("api", others);
        QTest::mouseClick(child<QAbstractButton>(f.window, "stats.endProcess"), Qt::LeftButton);
        QTRY_COMPARE(f.window.toasts().toasts().size(), std::size_t(1));
        QTRY_COMPARE(table->model()->rowCount(), 4);
    }
    void withoutAGroupItSaysWhatIsMissing() {
        auto engine = FakeEngine::withSampleData();
        FakeUsage usage;
        usage.cpuPercent = {5};
        usage.memoryMegabytes = {10};
        usage.withoutGroup = true;
        engine->setUsage("web", usage);
        WindowFixture f(engine);
        QVERIFY(f.show());
        openStats(f, "web");
        QTRY_VERIFY(child<Banner>(f.window, "stats.note")->isVisible());
    }
    void whatDoesNotRunHasNoChart() {
        WindowFixture f;
        QVERIFY(f.show());
        openStats(f, "blog");
        QTRY_VERIFY(child<QWidget>(f.window, "stats.empty")->isVisible());
        QTest::mouseClick(child<QAbstractButton>(f.window, "container.startStop"), Qt::LeftButton);
        QTRY_VERIFY(!child<QWidget>(f.window, "stats.empty")->isVisible());
    }
};

QTEST_MAIN(TestStats)
#include "test_stats.moc"
