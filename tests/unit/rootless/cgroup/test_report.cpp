// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/report.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>

using namespace coracle;
using namespace coracle::cgroup;

namespace {

ControllerState stateOf(const HostFacts& facts, const std::string& name) {
    for (const auto& state : judgeControllers(facts)) {
        if (state.name == name) {
            return state;
        }
    }
    return {};
}

HostFacts delegatedHost() {
    HostFacts facts;
    facts.setup = Setup::Unified;
    facts.kernel = {"cpu", "cpuset", "io", "memory", "pids"};
    facts.handed = {"memory", "pids"};
    facts.userManager = true;
    facts.ownGroup = "/user.slice/x";
    return facts;
}

}  // namespace

class TestReport : public QObject {
    Q_OBJECT
private slots:
    void whatIsHandedOnIsUsable() {
        QVERIFY(stateOf(delegatedHost(), "memory").usable);
        QVERIFY(stateOf(delegatedHost(), "memory").reason.empty());
    }
    void systemdIsToldHowToDelegate() {
        const auto state = stateOf(delegatedHost(), "cpu");
        QVERIFY(!state.usable);
        QVERIFY(state.reason.find("systemd") != std::string::npos);
        QVERIFY(state.command.find("Delegate=") != std::string::npos);
    }
    void withoutAGroupTheOwnerIsNamed() {
        HostFacts facts = delegatedHost();
        facts.userManager = false;
        facts.handed.reset();
        QVERIFY(stateOf(facts, "cpu").reason.find("'/user.slice/x' belongs to somebody else") !=
                std::string::npos);
    }
    void aKernelWithoutTheControllerIsNamed() {
        QVERIFY(stateOf(delegatedHost(), "hugetlb").reason.find("kernel") != std::string::npos);
    }
    void hybridHoldsNothing() {
        HostFacts facts = delegatedHost();
        facts.setup = Setup::Hybrid;
        const auto states = judgeControllers(facts);
        QVERIFY(std::none_of(states.begin(), states.end(), [](const auto& state) { return state.usable; }));
        QVERIFY(states.front().hint.find("unified_cgroup_hierarchy") != std::string::npos);
    }
    void theErrorSaysWhatWhyAndHow() {
        const Error error = missingController(delegatedHost(), "cpu", "cpu.max");
        QCOMPARE(error.kind(), ErrorKind::Unsupported);
        QCOMPARE(error.message(),
                 std::string("limit 'cpu.max' cannot be held: controller 'cpu' is not delegated to "
                             "this user by systemd"));
        QVERIFY(!error.hint().empty());
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "test_report.moc"
