// SPDX-License-Identifier: Apache-2.0
#include "core/engine/boot_start.h"

#include <QTest>

using namespace coracle;
using engine::BootCandidate;

namespace {

BootCandidate candidate(const char* id, const char* policy, const char* wish,
                        std::optional<int> exitCode = {}) {
    BootCandidate made;
    made.id = id;
    made.restart.policy = policy;
    made.desiredState = wish;
    made.exitCode = exitCode;
    return made;
}

}  // namespace

class TestBootStart : public QObject {
    Q_OBJECT
private slots:
    void whoStarts_data() {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("wish");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<bool>("starts");
        QTest::newRow("no policy") << "no"
                                   << "running" << 137 << false;
        QTest::newRow("always, was running") << "always"
                                             << "running" << 0 << true;
        QTest::newRow("always, was stopped") << "always"
                                             << "stopped" << 0 << true;
        QTest::newRow("always, never started") << "always"
                                               << "created" << -1 << false;
        QTest::newRow("unless-stopped, was running") << "unless-stopped"
                                                     << "running" << 0 << true;
        QTest::newRow("unless-stopped, was stopped") << "unless-stopped"
                                                     << "stopped" << 0 << false;
        QTest::newRow("on-failure, killed") << "on-failure"
                                            << "running" << 137 << true;
        QTest::newRow("on-failure, nobody saw") << "on-failure"
                                                << "running" << -1 << true;
        QTest::newRow("on-failure, ended well") << "on-failure"
                                                << "running" << 0 << false;
    }
    void whoStarts() {
        QFETCH(QString, policy);
        QFETCH(QString, wish);
        QFETCH(int, exitCode);
        const auto code = exitCode < 0 ? std::nullopt : std::optional(exitCode);
        QTEST(engine::startsAtBoot(candidate("a", qPrintable(policy), qPrintable(wish), code)), "starts");
    }

    void sharersComeLater() {
        auto second = candidate("b", "always", "running");
        second.dependsOn = {"c", "gone"};
        auto circle = candidate("d", "always", "running");
        circle.dependsOn = {"d"};
        const auto order = engine::bootOrder(
            {second, candidate("x", "no", "running"), circle, candidate("c", "always", "running")});
        QCOMPARE(order, (std::vector<std::string>{"d", "c", "b"}));
    }
};

QTEST_GUILESS_MAIN(TestBootStart)
#include "test_boot_start.moc"
