// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/restart_policy.h"

#include <QTest>

using namespace coracle::monitor;
using namespace std::chrono_literals;

class TestRestartPolicy : public QObject {
    Q_OBJECT
private slots:
    void decides_data() {
        QTest::addColumn<int>("policy");
        QTest::addColumn<unsigned>("retries");
        QTest::addColumn<int>("code");
        QTest::addColumn<unsigned>("restarts");
        QTest::addColumn<bool>("wanted");
        const auto row = [](const char* name, RestartPolicy policy, unsigned retries, int code,
                            unsigned restarts, bool wanted) {
            QTest::newRow(name) << static_cast<int>(policy) << retries << code << restarts << wanted;
        };
        row("no", RestartPolicy::No, 0, 1, 0, false);
        row("always after a success", RestartPolicy::Always, 0, 0, 999, true);
        row("always after nobody knows what", RestartPolicy::Always, 0, -1, 0, true);
        row("unless-stopped", RestartPolicy::UnlessStopped, 0, 0, 5, true);
        row("on-failure after a success", RestartPolicy::OnFailure, 0, 0, 0, false);
        row("on-failure after a failure", RestartPolicy::OnFailure, 0, 2, 1000, true);
        row("on-failure after nobody knows what", RestartPolicy::OnFailure, 0, -1, 0, false);
        row("below the limit", RestartPolicy::OnFailure, 3, 2, 2, true);
        row("at the limit", RestartPolicy::OnFailure, 3, 2, 3, false);
    }
    void decides() {
        QFETCH(int, policy);
        QFETCH(unsigned, retries);
        QFETCH(int, code);
        QFETCH(unsigned, restarts);
        QFETCH(bool, wanted);
        const auto exitCode = code < 0 ? std::nullopt : std::optional(code);
        QCOMPARE(shouldRestart({static_cast<RestartPolicy>(policy), retries}, exitCode, restarts), wanted);
    }
    void pauseDoublesUpToAMinute() {
        Backoff backoff;
        std::chrono::milliseconds wanted = 100ms;
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(backoff.next(1s).count(), wanted.count());
            wanted *= 2;
        }
        QCOMPARE(backoff.next(9s).count(), 60'000);
        QCOMPARE(backoff.next(0s).count(), 60'000);
    }
    void healthyRunResetsThePause() {
        Backoff backoff;
        (void)backoff.next(0s);
        (void)backoff.next(0s);
        QCOMPARE(backoff.next(10s).count(), 100);
        QCOMPARE(backoff.next(9999ms).count(), 200);
    }
    void goesOnWithAnothersPause() {
        Backoff backoff;
        backoff.resume(3200ms);
        QCOMPARE(backoff.next(0s).count(), 6400);
    }
};

QTEST_GUILESS_MAIN(TestRestartPolicy)
#include "test_restart_policy.moc"
