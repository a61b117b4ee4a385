// SPDX-License-Identifier: Apache-2.0
#include "core/types/container_edit.h"
#include "core/types/resource_text.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using types::RunSpec;

namespace {

net::PortMapping port(std::string_view text) {
    return net::parsePortMappings(text)->front();
}

}  // namespace

class TestContainerEdit : public QObject {
    Q_OBJECT
private slots:
    void nothingComesOfTheSame() {
        RunSpec spec;
        spec.name = "web";
        spec.ports = {port("8080:80")};
        spec.env = {{"A", "1"}};
        spec.resources.memoryBytes = 1 << 30;
        QVERIFY(types::editBetween(spec, spec).isEmpty());
    }
    void portsAndMountsMove() {
        RunSpec before;
        before.ports = {port("8080:80"), port("53:53/udp")};
        before.mounts.resize(1);
        before.mounts[0].source = "data";
        before.mounts[0].target = "/data";
        RunSpec after = before;
        after.ports[0] = port("8081:80");
        auto edit = types::editBetween(before, after);
        QVERIFY(edit.sharing.removePorts == std::vector{port("8080:80")});
        QVERIFY(edit.sharing.addPorts == std::vector{port("8081:80")});
        QVERIFY2(!types::needsStart(edit), "ports of TCP change at once");
        after.ports.pop_back();
        QVERIFY(types::needsStart(types::editBetween(before, after)));
        after = before;
        after.mounts[0].readOnly = true;
        edit = types::editBetween(before, after);
        QVERIFY(edit.sharing.removeTargets == std::vector<std::string>{"/data"});
        QVERIFY(edit.sharing.addMounts == after.mounts);
        QVERIFY(types::needsStart(edit));
    }
    void variablesComeAndGo() {
        RunSpec before;
        before.env = {{"A", "1"}, {"B", "2"}, {"C", "3"}};
        RunSpec after;
        after.env = {{"A", "1"}, {"B", "4"}, {"D", "5"}};
        const auto change = types::editBetween(before, after).environment;
        const std::vector<std::pair<std::string, std::string>> set{{"B", "4"}, {"D", "5"}};
        QVERIFY(change.set == set);
        QVERIFY(change.unset == std::vector<std::string>{"C"});
    }
    void aLimitThatGoesIsLifted() {
        RunSpec before;
        before.resources.memoryBytes = 1 << 30;
        before.resources.nanoCpus = 1'500'000'000;
        before.resources.pidsLimit = 100;
        const auto limits = types::editBetween(before, RunSpec()).limits;
        QVERIFY(limits.has_value());
        QVERIFY(limits->memoryBytes == -1);
        QVERIFY(limits->pidsLimit == -1);
        QVERIFY2(limits->cpuQuotaUs == -1 && !limits->nanoCpus, "what lifts processor time");
        QVERIFY(!limits->memorySwapBytes);
        const auto merged = types::mergeResources(before.resources, *limits);
        VERIFY_OK(types::checkResources(merged));
        const auto kept = types::withoutLifted(merged);
        QVERIFY2(kept.memoryBytes == -1 && kept.pidsLimit == -1, "a choice against the default bound");
        QVERIFY(!kept.nanoCpus && !kept.cpuQuotaUs);
    }
    void swapWithoutALimitIsSaidBesideALimitOfMemory() {
        types::ResourceSpec resources;
        resources.memoryBytes = 1 << 30;
        resources.memorySwapBytes = -1;
        QVERIFY(types::withoutLifted(resources) == resources);
        resources.memoryBytes.reset();
        QVERIFY(!types::withoutLifted(resources).memorySwapBytes);
        resources.memoryBytes = -1;
        QVERIFY(!types::withoutLifted(resources).memorySwapBytes);
    }
};

QTEST_GUILESS_MAIN(TestContainerEdit)
#include "test_container_edit.moc"
