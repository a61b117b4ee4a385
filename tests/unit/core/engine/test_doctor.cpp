// SPDX-License-Identifier: Apache-2.0
#include "core/engine/doctor_facts.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace coracle;
using engine::DoctorFacts;
using types::CheckState;

namespace {

DoctorFacts luckyHost() {
    DoctorFacts facts;
    facts.userName = "ann";
    facts.subuid = {100000, 65536, false, 165536};
    facts.subgid = facts.subuid;
    facts.newuidmap = "/usr/bin/newuidmap";
    facts.newgidmap = "/usr/bin/newgidmap";
    for (auto* answer : {&facts.mapping, &facts.userNamespace, &facts.namespaceAdmin, &facts.kernelOverlay,
                         &facts.fuseOverlay, &facts.network, &facts.seccomp}) {
        answer->works = true;
    }
    facts.cgroups.setup = cgroup::Setup::Unified;
    facts.cgroups.kernel = {"cpu", "cpuset", "io", "memory", "pids"};
    facts.cgroups.handed = facts.cgroups.kernel;
    facts.fuseDevice = true;
    facts.fuseOverlayfs = "/usr/bin/fuse-overlayfs";
    facts.slirp = "/usr/bin/slirp4netns";
    facts.tunDevice = true;
    facts.firstPort = 80;
    facts.lingers = true;
    facts.freeBytes = 100'000'000'000;
    facts.fileSystem = "ext4";
    facts.inotifyInstances = 512;
    facts.secondsSince1970 = 1'800'000'000;
    return facts;
}

types::HealthCheck find(const DoctorFacts& facts, const std::string& id) {
    for (const auto& check : engine::judge(facts)) {
        if (check.id == id) {
            return check;
        }
    }
    return {};
}

}  // namespace

class TestDoctor : public QObject {
    Q_OBJECT
private slots:
    void aRuntimeFolderThatOthersWriteToIsClosed() {
        DoctorFacts facts = luckyHost();
        facts.runRoot = "/run/user/1000/my cor";
        facts.runRootProblem = "'/run/user/1000/my cor' can be written by other users";
        facts.runRootIsShared = true;
        const auto shared = find(facts, "rundir");
        QVERIFY(shared.state == CheckState::Fail);
        QCOMPARE(shared.fixes.size(), std::size_t(1));
        QVERIFY(shared.fixes[0].kind == types::CheckFix::Kind::Run);
        QCOMPARE(shared.fixes[0].command, std::string("chmod go-w '/run/user/1000/my cor'"));
        facts.runRootProblem = "'/run/user/1000/my cor' belongs to another user";
        facts.runRootIsShared = false;
        const auto foreign = find(facts, "rundir");
        QVERIFY(foreign.fixes.empty());
        QVERIFY(foreign.text.find("CORACLE_RUNROOT") != std::string::npos);
    }
    void luckyHostHasNoComplaint() {
        for (const auto& check : engine::judge(luckyHost())) {
            QVERIFY2(check.state == CheckState::Ok, check.id.c_str());
            QVERIFY(!check.text.empty());
            QVERIFY(check.fixes.empty());
        }
    }
    void everyComplaintHasItsReasonOrRepair() {
        const auto checks = engine::judge({});
        for (const auto& check : checks) {
            QVERIFY2(!check.text.empty(), check.id.c_str());
        }
        QVERIFY(std::any_of(checks.begin(), checks.end(),
                            [](const auto& check) { return check.state == CheckState::Fail; }));
    }
    void namesEachControllerThatIsNotDelegated() {
        auto facts = luckyHost();
        facts.cgroups.userManager = true;
        facts.cgroups.handed = {"memory", "pids"};
        const auto check = find(facts, "delegation");
        QCOMPARE(static_cast<int>(check.state), static_cast<int>(CheckState::Hint));
        QCOMPARE(check.text, std::string("can be held: memory, pids; cannot: cpu, cpuset, io"));
        QVERIFY(check.detail.find("io is not delegated to this user by systemd") != std::string::npos);
        QCOMPARE(check.fixes.size(), std::size_t{1});
        QVERIFY(check.fixes.at(0).command.find("Delegate=cpu") != std::string::npos);
    }
    void hybridSaysThatLimitsCannotBeHeld() {
        auto facts = luckyHost();
        facts.cgroups.setup = cgroup::Setup::Hybrid;
        facts.cgroups.handed.reset();
        QCOMPARE(find(facts, "delegation").text, std::string("cannot be held"));
        const std::string why = find(facts, "delegation").detail;
        QVERIFY(why.find("version 1") != std::string::npos);
        QCOMPARE(why.find("version 1"), why.rfind("version 1"));  // once for all of them
        QVERIFY(find(facts, "cgroup").text.find("without limits") != std::string::npos);
    }
    void suggestsTheFirstFreeRange() {
        auto facts = luckyHost();
        facts.subuid = {0, 0, false, 231072};
        facts.subgid = {0, 0, false, 165536};
        const auto check = find(facts, "subids");
        QCOMPARE(static_cast<int>(check.state), static_cast<int>(CheckState::Warn));
        QCOMPARE(check.fixes.at(0).command,
                 std::string("sudo usermod --add-subuids 231072-296607 --add-subgids 231072-296607 ann"));
    }
    void kernelOverlayRefusedIsOnlyAHint() {
        auto facts = luckyHost();
        facts.kernelOverlay = {false, "mount overlay: operation not permitted", ""};
        QCOMPARE(static_cast<int>(find(facts, "overlay").state), static_cast<int>(CheckState::Hint));
        facts.fuseOverlay.works = false;
        QCOMPARE(static_cast<int>(find(facts, "overlay").state), static_cast<int>(CheckState::Fail));
    }
    void namesWhatIsMissingForTheNetwork() {
        auto facts = luckyHost();
        facts.network = {false, "open /dev/net/tun: no such file", ""};
        facts.tunDevice = false;
        QVERIFY(find(facts, "network").text.find("/dev/net/tun") != std::string::npos);
        facts.slirp.reset();
        QCOMPARE(find(facts, "network").fixes.at(0).command, std::string("sudo apt install slirp4netns"));
    }
    void subordinateFile() {
        const std::string text = "ann:100000:65536\nbob:165536:65536\n1002:231072:65536\nbroken\n";
        const auto ann = engine::findSubordinateRange(text, "ann", 1000);
        QCOMPARE(ann.first, std::uint64_t{100000});
        QVERIFY(!ann.overlaps);
        QCOMPARE(ann.firstFree, std::uint64_t{296608});
        QCOMPARE(engine::findSubordinateRange(text, "cy", 1002).first, std::uint64_t{231072});
        QCOMPARE(engine::findSubordinateRange(text, "dan", 9).count, std::uint64_t{0});
        QVERIFY(engine::findSubordinateRange(text + "eve:100100:10\n", "ann", 1000).overlaps);
    }
};

QTEST_GUILESS_MAIN(TestDoctor)
#include "test_doctor.moc"
