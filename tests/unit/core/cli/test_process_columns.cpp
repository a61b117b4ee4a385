// SPDX-License-Identifier: Apache-2.0
#include "core/cli/process_columns.h"
#include "core/container/process_table.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace coracle;

/// What `top` shows: the kernel's texts in, ps's columns out.
class TestProcessColumns : public QObject {
    Q_OBJECT

private slots:
    void understandsTheKernel();
    void takesNamesWithParentheses();
    void translatesNumbers();
    void takesOptionsOfPs_data();
    void takesOptionsOfPs();
    void refusesUnknownColumns();
    void writesTimesAsPsDoes();

private:
    static container::ProcessClock clock() {
        container::ProcessClock clock;
        clock.sinceBoot = std::chrono::milliseconds(100'000);
        clock.memoryBytes = 4096 * 1000;
        return clock;
    }
    static Result<types::ProcessInfo> parse(const std::string& name) {
        return container::parseProcess(
            "4242 (" + name + ") S 41 40 39 34816 40 0 0 0 0 0 250 50 0 0 20 5 3 0 9000 1048576 100 0\n",
            "Name:\tx\nUid:\t100000\t100033\t0\t0\nGid:\t5\t6\t7\t8\nNSpid:\t4242\t7\n",
            std::string("sleep\0"
                        "1000\0",
                        11),
            clock());
    }
};

void TestProcessColumns::understandsTheKernel() {
    const auto info = parse("sleep");
    VERIFY_OK(info);
    QCOMPARE(info->pid, 4242);
    QCOMPARE(info->insidePid, 7);
    QCOMPARE(info->parent, 41);
    QCOMPARE(info->uid, std::int64_t{100033});
    QCOMPARE(info->terminal, std::string("pts/0"));
    QVERIFY(info->foreground);
    QCOMPARE(info->threads, 3U);
    QCOMPARE(info->nice, 5);
    QCOMPARE(info->processorTime.count(), std::int64_t{3000});
    QCOMPARE(info->elapsed.count(), std::int64_t{10});
    QCOMPARE(info->residentBytes, std::uint64_t{409600});
    QCOMPARE(info->memoryPercent, 10.0);
    QCOMPARE(info->arguments, std::string("sleep 1000"));
    VERIFY_ERROR(container::parseProcess("nonsense", "", "", clock()), ErrorKind::Corrupt);
}

void TestProcessColumns::takesNamesWithParentheses() {
    const auto info = parse("a) R 1 (b");
    VERIFY_OK(info);
    QCOMPARE(info->command, std::string("a) R 1 (b"));
    QCOMPARE(info->state, 'S');
}

void TestProcessColumns::translatesNumbers() {
    const container::IdTranslation map(
        "         0       1003          1\n         1     100000      65536\n");
    QCOMPARE(map.inside(1003), std::int64_t{0});
    QCOMPARE(map.inside(100032), std::int64_t{33});
    QCOMPARE(map.inside(5), std::int64_t{-1});
}

void TestProcessColumns::takesOptionsOfPs_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("headings");
    QTest::newRow("none") << QStringList{} << "UID PID PPID C STIME TTY TIME CMD";
    QTest::newRow("-ef") << QStringList{"-ef"} << "UID PID PPID C STIME TTY TIME CMD";
    QTest::newRow("aux") << QStringList{"aux"} << "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND";
    QTest::newRow("-o") << QStringList{"-o", "pid,comm"} << "PID COMMAND";
    QTest::newRow("-opid") << QStringList{"-opid"} << "PID";
    QTest::newRow("-eo with a name") << QStringList{"-eo", "pid,comm=Name of it"} << "PID Name of it";
    QTest::newRow("--format") << QStringList{"--format=user"} << "USER";
    QTest::newRow("-e") << QStringList{"-e"} << "PID TTY TIME CMD";
    QTest::newRow("podman's") << QStringList{"pid", "huser,args"} << "PID HUSER COMMAND";
}

void TestProcessColumns::takesOptionsOfPs() {
    QFETCH(const QStringList, words);
    QFETCH(const QString, headings);
    std::vector<std::string> list;
    for (const QString& word : words) {
        list.push_back(word.toStdString());
    }
    const auto columns = cli::parseTopColumns(list);
    VERIFY_OK(columns);
    QStringList found;
    for (const auto& column : *columns) {
        found << QString::fromStdString(column.heading);
    }
    QCOMPARE(found.join(' '), headings);
}

void TestProcessColumns::refusesUnknownColumns() {
    VERIFY_ERROR(cli::parseTopColumns({"-o", "pid,comn"}), ErrorKind::InvalidArgument);
    QCOMPARE(QString::fromStdString(cli::parseTopColumns({"-o", "comn"}).error().hint()),
             QString("did you mean 'comm'?"));
    VERIFY_ERROR(cli::parseTopColumns({"-o"}), ErrorKind::InvalidArgument);
    VERIFY_ERROR(cli::parseTopColumns({"-q"}), ErrorKind::InvalidArgument);
    VERIFY_ERROR(cli::parseTopColumns({"--forest"}), ErrorKind::InvalidArgument);
}

void TestProcessColumns::writesTimesAsPsDoes() {
    QCOMPARE(cli::elapsedText(std::chrono::seconds(61)), std::string("01:01"));
    QCOMPARE(cli::elapsedText(std::chrono::seconds(3661)), std::string("01:01:01"));
    QCOMPARE(cli::elapsedText(std::chrono::seconds(90061)), std::string("1-01:01:01"));
}

QTEST_GUILESS_MAIN(TestProcessColumns)
#include "test_process_columns.moc"
