// SPDX-License-Identifier: Apache-2.0
#include "core/container/id_slice.h"
#include "core/container/security_plan.h"
#include "tests/support/verify.h"

#include <QTest>

using namespace coracle;
using container::chooseIdSlice;
using container::IdSlice;
using container::planSecurity;
using container::SecurityFacts;
using types::RunSpec;

namespace {

using Words = std::vector<std::string>;

RunSpec withOptions(Words options) {
    RunSpec spec;
    spec.securityOpt = std::move(options);
    return spec;
}

bool has(const Words& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

class TestSecurityPlan : public QObject {
    Q_OBJECT
private slots:
    void profiles_data() {
        QTest::addColumn<QString>("profile");
        QTest::addColumn<int>("capabilities");
        QTest::addColumn<bool>("noNewPrivileges");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("masked");
        QTest::newRow("none") << "" << 11 << false << "default" << true;
        QTest::newRow("default") << "default" << 11 << false << "default" << true;
        QTest::newRow("docker") << "docker" << 14 << false << "docker" << true;
        QTest::newRow("hardened") << "hardened" << 7 << true << "default" << true;
        QTest::newRow("nested") << "nested" << 11 << false << "default+nested" << false;
        QTest::newRow("debug") << "debug" << 13 << false << "default+debug" << true;
        QTest::newRow("32bit") << "32bit" << 11 << false << "default+32bit" << true;
        QTest::newRow("hardened and 32bit") << "hardened,32bit" << 7 << true << "default+32bit" << true;
        QTest::newRow("in any order")
            << "32bit,debug,nested" << 13 << false << "default+nested+debug+32bit" << false;
    }
    void profiles() {
        QFETCH(QString, profile);
        QFETCH(int, capabilities);
        QFETCH(bool, noNewPrivileges);
        QFETCH(QString, filter);
        QFETCH(bool, masked);
        const auto plan = planSecurity(
            profile.isEmpty() ? RunSpec() : withOptions({"profile=" + profile.toStdString()}), {});
        VERIFY_OK(plan);
        QCOMPARE(static_cast<int>(plan->capabilities.size()), capabilities);
        QCOMPARE(plan->noNewPrivileges, noNewPrivileges);
        QCOMPARE(QString::fromStdString(plan->seccomp), filter);
        QCOMPARE(!plan->maskedPaths.empty(), masked);
        QCOMPARE(!plan->readonlyPaths.empty(), masked);
    }
    void hardenedHasNoneOfTheCapabilitiesThatWiden() {
        const auto plan = planSecurity(withOptions({"profile=hardened"}), {});
        for (const char* name : {"CAP_SYS_CHROOT", "CAP_SETPCAP", "CAP_SETFCAP", "CAP_NET_BIND_SERVICE"}) {
            QVERIFY(!has(plan->capabilities, name));
        }
        QVERIFY(has(plan->capabilities, "CAP_KILL"));
    }
    void profilesThatExcludeEachOther_data() {
        QTest::addColumn<QString>("profiles");
        for (const char* both :
             {"docker,hardened", "docker,nested", "docker,debug", "hardened,nested", "hardened,debug"}) {
            QTest::newRow(both) << both;
        }
    }
    void profilesThatExcludeEachOther() {
        QFETCH(QString, profiles);
        VERIFY_ERROR(planSecurity(withOptions({"profile=" + profiles.toStdString()}), {}),
                     ErrorKind::InvalidArgument);
    }
    void privilegedIsAllOfTheNamespace() {
        RunSpec spec;
        spec.privileged = true;
        const auto plan = planSecurity(spec, {});
        VERIFY_OK(plan);
        QCOMPARE(plan->capabilities.size(), std::size_t{41});
        QCOMPARE(plan->seccomp, std::string("default+nested"));
        QVERIFY(plan->maskedPaths.empty() && plan->readonlyPaths.empty() && plan->writableSys);
        spec.securityOpt = {"profile=hardened"};
        VERIFY_ERROR(planSecurity(spec, {}), ErrorKind::InvalidArgument);
    }
    void singleOptionsChangeAProfile() {
        auto spec = withOptions({"profile=hardened", "no-new-privileges:false"});
        spec.capAdd = {"SYS_CHROOT"};
        const auto plan = planSecurity(spec, {});
        QVERIFY(!plan->noNewPrivileges);
        QVERIFY(has(plan->capabilities, "CAP_SYS_CHROOT"));
        spec.capDrop = {"ALL"};
        QCOMPARE(planSecurity(spec, {})->capabilities, Words{"CAP_SYS_CHROOT"});
    }
    void masksAndUnmasks() {
        auto plan = planSecurity(withOptions({"mask=/data/secret:/x", "unmask=/proc/a*"}), {});
        QVERIFY(has(plan->maskedPaths, "/data/secret") && has(plan->maskedPaths, "/x"));
        QVERIFY(!has(plan->maskedPaths, "/proc/acpi") && has(plan->maskedPaths, "/proc/kcore"));
        plan = planSecurity(withOptions({"unmask=/proc/sys"}), {});
        QVERIFY(!has(plan->readonlyPaths, "/proc/sys") && has(plan->readonlyPaths, "/proc/bus"));
        for (const char* all : {"unmask=ALL", "systempaths=unconfined"}) {
            plan = planSecurity(withOptions({all}), {});
            QVERIFY(plan->maskedPaths.empty() && plan->readonlyPaths.empty());
        }
        SecurityFacts facts;
        facts.thermalPaths = {"/sys/devices/system/cpu/cpu0/thermal_throttle"};
        QVERIFY(has(planSecurity({}, facts)->maskedPaths, facts.thermalPaths[0]));
    }
    void labelsOfAbsentModulesAreSaidToDoNothing() {
        const auto spec = withOptions({"apparmor=my-profile", "label=type:spc_t"});
        const auto plan = planSecurity(spec, {});
        VERIFY_OK(plan);
        QCOMPARE(plan->warnings.size(), std::size_t{2});
        const SecurityFacts active{true, true, {}};
        VERIFY_ERROR(planSecurity(spec, active), ErrorKind::Unsupported);
        QCOMPARE(planSecurity(withOptions({"apparmor=my-profile"}), active)->appArmorProfile,
                 std::string("my-profile"));
        const auto off =
            planSecurity(withOptions({"apparmor=unconfined", "label=disable", "label:disable"}), active);
        VERIFY_OK(off);
        QVERIFY(off->warnings.empty() && off->appArmorProfile.empty());
    }
    void seccompFilesAndWords() {
        QCOMPARE(planSecurity(withOptions({"seccomp=/p.json"}), {})->seccompFile, std::string("/p.json"));
        const auto later = planSecurity(withOptions({"seccomp=/p.json", "seccomp=unconfined"}), {});
        QVERIFY(later->seccompFile.empty() && later->seccomp == "unconfined");
        QCOMPARE(planSecurity(withOptions({"seccomp=builtin"}), {})->seccomp, std::string("default"));
    }
    void refusesWhatItDoesNotKnow_data() {
        QTest::addColumn<QString>("option");
        for (const char* option :
             {"profile=strict", "profile=", "no-new-privileges=maybe", "mask=relative", "mask=", "unmask=x",
              "seccomp=", "apparmor=", "label=", "systempaths=all", "unknown"}) {
            QTest::newRow(option) << option;
        }
    }
    void refusesWhatItDoesNotKnow() {
        QFETCH(QString, option);
        VERIFY_ERROR(planSecurity(withOptions({option.toStdString()}), {}), ErrorKind::InvalidArgument);
    }
    void slicesDoNotOverlap() {
        QCOMPARE(*chooseIdSlice(1024, 65537, {}), (IdSlice{1, 1024}));
        QCOMPARE(*chooseIdSlice(1024, 65537, {{1025, 1024}, {1, 1024}}), (IdSlice{2049, 1024}));
        QCOMPARE(*chooseIdSlice(1000, 65537, {{1, 10}, {2000, 5}}), (IdSlice{11, 1000}));
        QCOMPARE(*chooseIdSlice(65536, 65537, {}), (IdSlice{1, 65536}));
        VERIFY_ERROR(chooseIdSlice(65536, 65537, {{1, 1}}), ErrorKind::Unsupported);
        VERIFY_ERROR(chooseIdSlice(1, 1, {}), ErrorKind::Unsupported);
        VERIFY_ERROR(chooseIdSlice(4294967295U, 65537, {{1, 1}}), ErrorKind::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestSecurityPlan)
#include "test_security_plan.moc"
