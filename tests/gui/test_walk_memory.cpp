// SPDX-License-Identifier: Apache-2.0
#include "gui/models/walk_memory.h"

#include <QtTest>

using namespace coracle;
using namespace coracle::gui;
using namespace std::chrono_literals;

class TestWalkMemory : public QObject {
    Q_OBJECT
private slots:
    void aWalkTakesAtMostAHundredthOfTheTime() {
        WalkMemory::Clock::time_point now{};
        WalkMemory walks([&now] { return now; });
        types::ContainerSummary row;
        row.id = "one";
        QVERIFY(walks.due(row));
        QVERIFY(!walks.value("one"));
        walks.begin(row);
        QVERIFY(walks.due(row));  // it may have been cancelled
        now += 300ms;
        walks.end("one", 42);
        QCOMPARE(*walks.value("one"), std::uint64_t{42});
        QVERIFY(!walks.due(row));
        now += 29s;
        QVERIFY(!walks.due(row));
        now += 1s;
        QVERIFY(walks.due(row));
        // A short one is still no reason for two in one look.
        walks.begin(row);
        walks.end("one", 43);
        now += 1s;
        QVERIFY(!walks.due(row));
        now += 1s;
        QVERIFY(walks.due(row));
    }
    void whatStartsOrStopsIsWalkedAgain() {
        WalkMemory::Clock::time_point now{};
        WalkMemory walks([&now] { return now; });
        types::ContainerSummary row;
        row.id = "one";
        row.status = types::ContainerStatus::Running;
        walks.begin(row);
        types::ContainerSummary ended = row;
        ended.status = types::ContainerStatus::Exited;
        walks.end("one", 1);
        QVERIFY(!walks.due(row));
        QVERIFY(walks.due(ended));  // it ended while the walk was under way
        walks.forget("one");
        QVERIFY(walks.due(row));
    }
};

QTEST_GUILESS_MAIN(TestWalkMemory)
#include "test_walk_memory.moc"
