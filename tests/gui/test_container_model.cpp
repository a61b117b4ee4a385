// SPDX-License-Identifier: Apache-2.0
#include "gui/models/container_model.h"
#include "tests/gui/own_clock.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace coracle;
using namespace coracle::gui;
using types::ContainerStatus;
using types::ContainerSummary;

namespace {

ContainerSummary row(const std::string& name, const std::string& project = {},
                     ContainerStatus status = ContainerStatus::Running) {
    ContainerSummary c;
    c.id = name + std::string(64 - name.size(), '0');
    c.name = name;
    c.image = "docker.io/library/nginx:1.27";
    c.status = status;
    c.createdAt = std::chrono::system_clock::now();
    if (!project.empty()) {
        c.labels["com.docker.compose.project"] = project;
    }
    return c;
}

struct Pair {
    ContainerModel model;
    ContainerFilter filter{model};
    QAbstractItemModelTester modelTester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester filterTester{&filter, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

QStringList tops(const QAbstractItemModel& model) {
    QStringList names;
    for (int i = 0; i < model.rowCount(); ++i) {
        names << model.index(i, 0).data().toString();
    }
    return names;
}

}  // namespace

class TestContainerModel : public QObject {
    Q_OBJECT
private slots:
    void groupsByProjectRunningFirstSinglesLast() {
        Pair p;
        p.filter.sort(0);
        p.model.update({row("alone"), row("z", "zoo"), row("b", "bar", ContainerStatus::Exited)});
        QCOMPARE(tops(p.filter), QStringList({QStringLiteral("zoo"), QStringLiteral("bar"),
                                              QStringLiteral("Single containers")}));
        p.filter.sort(0, Qt::DescendingOrder);
        QCOMPARE(tops(p.filter).last(), QStringLiteral("Single containers"));
    }
    void keepsIndexesWhenOthersComeAndGo() {
        Pair p;
        p.model.update({row("a", "one"), row("b", "two"), row("c", "two")});
        const QPersistentModelIndex kept(p.model.find(row("c").id));
        QSignalSpy reset(&p.model, &QAbstractItemModel::modelReset);
        p.model.update({row("b", "two"), row("c", "two"), row("d")});
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data().toString(), QStringLiteral("c"));
        p.model.update({row("c", "two")});
        QVERIFY(kept.isValid());
        QCOMPARE(kept.parent().data().toString(), QStringLiteral("two"));
        p.model.update({});
        QVERIFY(!kept.isValid());
        QCOMPARE(p.model.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }
    void saysOnlyWhatChanged() {
        Pair p;
        std::vector<ContainerSummary> rows = {row("a"), row("b")};
        p.model.update(rows);
        QSignalSpy changed(&p.model, &QAbstractItemModel::dataChanged);
        p.model.update(rows);
        QCOMPARE(changed.count(), 0);
        rows[1].status = ContainerStatus::Exited;
        rows[1].exitCode = 3;
        p.model.update(rows);
        QCOMPARE(changed.count(), 2);  // the row and its group
        QCOMPARE(changed[0][0].toModelIndex().data().toString(), QStringLiteral("b"));
    }
    void movesToAnotherProject() {
        Pair p;
        p.model.update({row("a", "one"), row("b", "one")});
        p.model.update({row("a", "one"), row("b", "two")});
        QCOMPARE(p.model.rowCount(), 2);
        QCOMPARE(p.model.find(row("b").id).parent().data().toString(), QStringLiteral("two"));
    }
    void flatHasNoGroups() {
        Pair p;
        p.model.update({row("a", "one"), row("b")});
        p.model.setGrouping(ContainerModel::Grouping::Flat);
        QCOMPARE(p.model.rowCount(), 2);
        p.model.update({row("a", "one"), row("b"), row("c")});
        QCOMPARE(p.model.rowCount(), 3);
        QVERIFY(!p.model.index(0, 0).data(ContainerModel::IsGroupRole).toBool());
        p.model.setGrouping(ContainerModel::Grouping::Project);
        QCOMPARE(p.model.rowCount(), 2);
    }
    void filtersByNameImagePortAndProject_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("expected");
        QTest::newRow("name") << "alone" << 1;
        QTest::newRow("part of the image") << "NGINX" << 3;
        QTest::newRow("project") << "zoo" << 1;
        QTest::newRow("port") << "8080" << 1;
        QTest::newRow("status") << "exited" << 1;
        QTest::newRow("nothing") << "no-such" << 0;
        QTest::newRow("space around") << "  alone " << 1;
    }
    void filtersByNameImagePortAndProject() {
        QFETCH(QString, words);
        QFETCH(int, expected);
        Pair p;
        ContainerSummary withPort = row("alone");
        withPort.ports = {
            {.hostIp = {}, .hostPort = 8080, .containerPort = 80, .protocol = net::Protocol::Tcp}};
        p.model.update({withPort, row("z", "zoo"), row("b", "bar", ContainerStatus::Exited)});
        p.filter.setText(words);
        QCOMPARE(p.filter.shownContainers(), expected);
    }
    void segmentsCount() {
        Pair p;
        p.model.update({row("a"), row("b", {}, ContainerStatus::Exited),
                        row("c", {}, ContainerStatus::Paused), row("d", {}, ContainerStatus::Created)});
        QCOMPARE(p.filter.count(ContainerFilter::Show::All), 4);
        QCOMPARE(p.filter.count(ContainerFilter::Show::Running), 1);
        QCOMPARE(p.filter.count(ContainerFilter::Show::Stopped), 2);
        p.filter.setShow(ContainerFilter::Show::Stopped);
        QCOMPARE(p.filter.shownContainers(), 2);
    }
    void groupAppearsWhenItsFirstRowMatches() {
        Pair p;
        p.filter.setShow(ContainerFilter::Show::Running);
        p.model.update({row("a", "one", ContainerStatus::Exited)});
        QCOMPARE(p.filter.rowCount(), 0);
        p.model.update({row("a", "one", ContainerStatus::Running)});
        QCOMPARE(p.filter.shownContainers(), 1);
        p.model.update({row("a", "one", ContainerStatus::Exited)});
        QCOMPARE(p.filter.rowCount(), 0);
    }
    void paintedCellsHaveWords() {
        Pair p;
        ContainerSummary c = row("a");
        c.ports = {{.hostIp = {}, .hostPort = 8080, .containerPort = 80, .protocol = net::Protocol::Tcp}};
        c.startedAt = std::chrono::system_clock::now() - std::chrono::hours(6);
        p.model.update({c});
        const QModelIndex index = p.model.find(c.id);
        for (int column = 0; column < ContainerModel::ColumnCount; ++column) {
            QVERIFY(!index.siblingAtColumn(column).data(Qt::AccessibleTextRole).toString().isEmpty());
        }
        QCOMPARE(index.siblingAtColumn(ContainerModel::Status).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Running, 6 h"));
    }
    void tenThousandRowsFilterFast() {
        ContainerModel model;
        ContainerFilter filter(model);
        std::vector<ContainerSummary> rows;
        for (int i = 0; i < 10000; ++i) {
            rows.push_back(row("c" + std::to_string(i), "p" + std::to_string(i % 50)));
        }
        model.update(rows);
        filter.sort(0);
        test::OwnClock clock;
        filter.setText(QStringLiteral("c77"));
        const qint64 took = clock.computed();
        QVERIFY(filter.shownContainers() > 10);
        QVERIFY2(took < 1000,
                 qPrintable(QString::number(took)));  // 100 ms on a quiet machine, built for release
    }
};

QTEST_GUILESS_MAIN(TestContainerModel)
#include "test_container_model.moc"
