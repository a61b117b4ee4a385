// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/health_policy.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace coracle;
using namespace coracle::monitor;
using oci::monitor::HealthProbe;
using oci::monitor::HealthRecord;

/// docker's rules, without time passing.
class TestHealthPolicy : public QObject {
    Q_OBJECT

private slots:
    void oneSuccessIsHealthy();
    void failuresInARowAreUnhealthy();
    void failuresOfTheStartPeriodDoNotCount();
    void theStartPeriodEndsWithTheFirstSuccess();
    void keepsTheLastFive();
    void asksMoreOftenWhileItStarts();
    void cutsOutput();
    void survivesTheFile();

private:
    static HealthProbe probe(int exitCode) { return {1, 2, exitCode, "text"}; }
    static constexpr std::chrono::milliseconds kLate{60'000};
};

void TestHealthPolicy::oneSuccessIsHealthy() {
    HealthRecord record;
    QCOMPARE(record.status, std::string("starting"));
    QVERIFY(takeProbe(record, probe(0), {}, kLate));
    QCOMPARE(record.status, std::string("healthy"));
    QVERIFY(!takeProbe(record, probe(0), {}, kLate));
}

void TestHealthPolicy::failuresInARowAreUnhealthy() {
    HealthRecord record;
    HealthRule rule;
    rule.retries = 2;
    QVERIFY(!takeProbe(record, probe(1), rule, kLate));
    QVERIFY(takeProbe(record, probe(0), rule, kLate));
    QVERIFY(!takeProbe(record, probe(1), rule, kLate));
    QCOMPARE(record.status, std::string("healthy"));
    QVERIFY(takeProbe(record, probe(-1), rule, kLate));
    QCOMPARE(record.status, std::string("unhealthy"));
    QCOMPARE(record.failingStreak, std::int64_t{2});
    QVERIFY(takeProbe(record, probe(0), rule, kLate));
    QCOMPARE(record.failingStreak, std::int64_t{0});
}

void TestHealthPolicy::failuresOfTheStartPeriodDoNotCount() {
    HealthRecord record;
    HealthRule rule;
    rule.retries = 1;
    rule.startPeriod = std::chrono::seconds(10);
    QVERIFY(!takeProbe(record, probe(1), rule, std::chrono::seconds(9)));
    QCOMPARE(record.failingStreak, std::int64_t{0});
    QVERIFY(takeProbe(record, probe(1), rule, std::chrono::seconds(10)));
    QCOMPARE(record.status, std::string("unhealthy"));
}

void TestHealthPolicy::theStartPeriodEndsWithTheFirstSuccess() {
    HealthRecord record;
    HealthRule rule;
    rule.retries = 1;
    rule.startPeriod = std::chrono::seconds(10);
    QVERIFY(takeProbe(record, probe(0), rule, std::chrono::seconds(1)));
    QVERIFY(takeProbe(record, probe(1), rule, std::chrono::seconds(2)));
    QCOMPARE(record.status, std::string("unhealthy"));
}

void TestHealthPolicy::keepsTheLastFive() {
    HealthRecord record;
    for (int code = 0; code < 7; ++code) {
        (void)takeProbe(record, probe(code), {}, kLate);
    }
    QCOMPARE(record.log.size(), std::size_t{5});
    QCOMPARE(record.log.front().exitCode, 2);
    QCOMPARE(record.log.back().exitCode, 6);
}

void TestHealthPolicy::asksMoreOftenWhileItStarts() {
    HealthRecord record;
    HealthRule rule;
    rule.startPeriod = std::chrono::seconds(10);
    QCOMPARE(nextProbe(record, rule, std::chrono::seconds(1)), rule.startInterval);
    QCOMPARE(nextProbe(record, rule, std::chrono::seconds(11)), rule.interval);
    record.status = "healthy";
    QCOMPARE(nextProbe(record, rule, std::chrono::seconds(1)), rule.interval);
}

void TestHealthPolicy::cutsOutput() {
    QCOMPARE(keptOutput("short"), std::string("short"));
    QCOMPARE(keptOutput(std::string(5000, 'x')).size(), oci::monitor::kMaxProbeOutput + 3);
}

void TestHealthPolicy::survivesTheFile() {
    HealthRecord record;
    (void)takeProbe(record, {5, 6, 1, "caf\xff\n"}, {}, kLate);
    const auto back = oci::monitor::parseHealth(toJsonText(record));
    VERIFY_OK(back);
    QCOMPARE(back->failingStreak, std::int64_t{1});
    QCOMPARE(back->log.front().finishedAt, std::int64_t{6});
    VERIFY_ERROR(oci::monitor::parseHealth("{}"), ErrorKind::Corrupt);
}

QTEST_GUILESS_MAIN(TestHealthPolicy)
#include "test_health_policy.moc"
