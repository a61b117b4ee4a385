// SPDX-License-Identifier: Apache-2.0
#include "rootless/cgroup/write_plan.h"
#include "rootless/oci/json.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;
using namespace coracle::cgroup;

namespace {

oci::Resources resourcesOf(const char* text) {
    const auto document = json::parse(text);
    const auto resources =
        document ? oci::parseResources(*document) : Result<oci::Resources>(document.error());
    return resources ? *resources : oci::Resources{};
}

Result<WritePlan> planOf(const char* text, SwapDefault swap = SwapDefault::Unlimited) {
    return planWrites(resourcesOf(text), swap);
}

/// "memory.max=5 pids.max=max(default)"
QString shown(const WritePlan& plan) {
    QStringList list;
    for (const auto& write : plan) {
        list << QString::fromStdString(write.file + "=" + write.value + (write.isDefault ? "(default)" : "") +
                                       (write.optional ? "(optional)" : ""));
    }
    return list.join(' ');
}

}  // namespace

class TestWritePlan : public QObject {
    Q_OBJECT
private slots:
    void plans_data() {
        QTest::addColumn<QByteArray>("resources");
        QTest::addColumn<QString>("writes");
        const auto row = [](const char* name, const char* resources, const char* writes) {
            QTest::newRow(name) << QByteArray(resources) << QString(writes);
        };
        row("nothing", "{}", "");
        row("what engines write for nothing",
            R"({"devices":[{"allow":false,"access":"rwm"}],"memory":{"limit":0,"swappiness":60},
                "cpu":{"shares":0,"quota":0,"period":0,"realtimeRuntime":0,"cpus":""},"pids":{"limit":0},
                "blockIO":{"weight":0},"network":{"classID":0,"priorities":[]},"hugepageLimits":[]})",
            "");
        row("no limit of processes", R"({"pids":{"limit":-1}})", "pids.max=max(default)");
        row("memory", R"({"memory":{"limit":64,"reservation":32}})", "memory.max=64 memory.low=32");
        row("memory and swap are counted apart", R"({"memory":{"limit":64,"swap":100}})",
            "memory.max=64 memory.swap.max=36");
        row("no swap at all", R"({"memory":{"limit":64,"swap":64}})",
            "memory.max=64 memory.swap.max=0(optional)");
        row("any swap", R"({"memory":{"limit":64,"swap":-1}})",
            "memory.max=64 memory.swap.max=max(default)(optional)");
        row("shares", R"({"cpu":{"shares":1024}})", "cpu.weight=100");
        row("quota and period", R"({"cpu":{"quota":50000,"period":100000}})", "cpu.max=50000 100000");
        row("quota alone keeps the period", R"({"cpu":{"quota":50000}})", "cpu.max=50000");
        row("no quota", R"({"cpu":{"quota":-1,"period":100000}})", "cpu.max=max 100000(default)");
        row("sets", R"({"cpu":{"cpus":"0-2,7","mems":"0"}})", "cpuset.cpus=0-2,7 cpuset.mems=0");
        row("disks of one device are one line",
            R"({"blockIO":{"throttleReadBpsDevice":[{"major":8,"minor":0,"rate":100}],
                "throttleWriteIOPSDevice":[{"major":8,"minor":0,"rate":7},{"major":8,"minor":16,"rate":9}]}})",
            "io.max=8:0 rbps=100 wiops=7 io.max=8:16 wiops=9");
        row("huge pages", R"({"hugepageLimits":[{"pageSize":"2MB","limit":4194304}]})",
            "hugetlb.2MB.max=4194304");
        row("rdma", R"({"rdma":{"mlx5_1":{"hcaHandles":3}}})", "rdma.max=mlx5_1 hca_handle=3 hca_object=max");
        row("unified", R"({"unified":{"memory.high":"5"}})", "memory.high=5");
    }
    void plans() {
        QFETCH(QByteArray, resources);
        QFETCH(QString, writes);
        const auto plan = planOf(resources.constData());
        VERIFY_OK(plan);
        QCOMPARE(shown(*plan), writes);
    }
    void dockersSwapIsAsMuchAsMemory() {
        const auto plan = planOf(R"({"memory":{"limit":64}})", SwapDefault::AsMuchMemory);
        VERIFY_OK(plan);
        QCOMPARE(shown(*plan), QString("memory.max=64 memory.swap.max=64(optional)"));
    }
    void diskWeightHasTwoForms() {
        const auto plan =
            planOf(R"({"blockIO":{"weight":500,"weightDevice":[{"major":8,"minor":1,"weight":10}]}})");
        VERIFY_OK(plan);
        QCOMPARE(plan->at(0).otherFile + "=" + plan->at(0).otherValue, std::string("io.weight=default 4950"));
        QCOMPARE(plan->at(1).value, std::string("8:1 10"));
        QCOMPARE(plan->at(1).otherValue, std::string("8:1 1"));
    }
    void refuses_data() {
        QTest::addColumn<QByteArray>("resources");
        const auto row = [](const char* name, const char* resources) {
            QTest::newRow(name) << QByteArray(resources);
        };
        row("shares above the highest", R"({"cpu":{"shares":262145}})");
        row("period below the least", R"({"cpu":{"period":999}})");
        row("quota below the least", R"({"cpu":{"quota":999}})");
        row("swap below memory", R"({"memory":{"limit":64,"swap":63}})");
        row("swap without memory", R"({"memory":{"swap":63}})");
        row("reservation above memory", R"({"memory":{"limit":64,"reservation":65}})");
        row("disk weight", R"({"blockIO":{"weight":1001}})");
        row("cpus backwards", R"({"cpu":{"cpus":"3-1"}})");
        row("cpus with a file's name", R"({"cpu":{"cpus":"0/../x"}})");
        row("huge page size with a path", R"({"hugepageLimits":[{"pageSize":"../2MB","limit":1}]})");
        row("file of the runtime", R"({"unified":{"cgroup.procs":"1"}})");
        row("file that leads out", R"({"unified":{"../memory.max":"1"}})");
        row("file with a slash", R"({"unified":{"a/memory.max":"1"}})");
        row("file of no controller", R"({"unified":{"memory":"1"}})");
    }
    void refuses() {
        QFETCH(QByteArray, resources);
        VERIFY_ERROR(planOf(resources.constData()), ErrorKind::InvalidArgument);
    }
    void weightsKeepLeastDefaultAndGreatest() {
        QCOMPARE(toCpuWeight(2), std::uint64_t{1});
        QCOMPARE(toCpuWeight(1024), std::uint64_t{100});
        QCOMPARE(toCpuWeight(262144), std::uint64_t{10000});
        for (std::uint64_t shares = 3; shares < 5000; ++shares) {
            QVERIFY(toCpuWeight(shares) >= toCpuWeight(shares - 1));
        }
        QCOMPARE(toIoWeight(10), std::uint64_t{1});
        QCOMPARE(toIoWeight(1000), std::uint64_t{10000});
    }
    void needsOnlyWhatIsLimited() {
        const auto plan =
            planOf(R"({"memory":{"limit":5},"pids":{"limit":-1},"cpu":{"shares":9,"quota":5000}})");
        VERIFY_OK(plan);
        QCOMPARE(neededControllers(*plan), (std::vector<std::string>{"memory", "cpu"}));
    }
    void setsAreCheckedAgainstTheHost() {
        VERIFY_OK(checkSet("cpus", "0-2,5", "0-7"));
        VERIFY_ERROR(checkSet("cpus", "0-8", "0-7"), ErrorKind::InvalidArgument);
        VERIFY_ERROR(checkSet("cpus", "", "0-7"), ErrorKind::InvalidArgument);
        VERIFY_ERROR(checkSet("cpus", "0,,1", ""), ErrorKind::InvalidArgument);
        VERIFY_ERROR(checkSet("cpus", "0-99999999999", ""), ErrorKind::InvalidArgument);
    }
    void pathsStayBelow() {
        QCOMPARE(*cleanGroupPath("/a//b/./c/"), std::string("a/b/c"));
        for (const char* path :
             {"", "/", "..", "a/../b", "../../x", "a/cgroup.procs", "memory.max", "a\nb"}) {
            QVERIFY2(!cleanGroupPath(path), path);
        }
        QVERIFY(!cleanGroupPath(std::string(300, 'x')));
        QVERIFY(!cleanGroupPath(std::string_view("a\0b", 3)));
    }
    void scopesOfSystemd() {
        QCOMPARE(*parseScopeName("user.slice:libpod:abc"), (ScopeName{"user.slice", "libpod-abc.scope"}));
        QCOMPARE(*parseScopeName("::abc"), (ScopeName{"", "abc.scope"}));
        for (const char* name : {"a", "a:b", "user.slice:libpod:", "user:libpod:a", "a/b.slice:c:d",
                                 "x.slice:a:b/c", "x.slice:a:b:c"}) {
            QVERIFY2(!parseScopeName(name), name);
        }
    }
};

QTEST_GUILESS_MAIN(TestWritePlan)
#include "test_write_plan.moc"
