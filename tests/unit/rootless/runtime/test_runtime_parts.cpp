// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/arguments.h"
#include "rootless/runtime/failure.h"
#include "rootless/runtime/namespace_plan.h"
#include "rootless/runtime/state.h"
#include "rootless/runtime/sysctl.h"
#include "rootless/sys/file.h"
#include "tests/support/verify.h"

#include <QTest>

#include <array>

#include <sched.h>

using namespace coracle;
using namespace coracle::runtime;
using coracle::test::TemporaryDirectory;

class TestRuntimeParts : public QObject {
    Q_OBJECT

private slots:
    void optionsEndAtTheFirstWord() {
        constexpr std::array kOptions =
            std::to_array<OptionSpec>({{"--bundle", 'b', true}, {"--detach", 'd', false}});
        const std::vector<std::string> words{"-b", "dir", "--detach", "box", "-x", "--bundle"};
        const auto parsed = parseArguments(words, kOptions);
        VERIFY_OK(parsed);
        QCOMPARE(parsed->value("--bundle"), std::string("dir"));
        QVERIFY(parsed->has("--detach"));
        QCOMPARE(parsed->words, (std::vector<std::string>{"box", "-x", "--bundle"}));
        const std::vector<std::string> bad{"--nonsense"};
        VERIFY_ERROR(parseArguments(bad, kOptions), ErrorKind::InvalidArgument);
        const std::vector<std::string> lacking{"--bundle"};
        VERIFY_ERROR(parseArguments(lacking, kOptions), ErrorKind::InvalidArgument);
    }

    void switchesAreTrueOrFalse() {
        constexpr std::array kOptions = std::to_array<OptionSpec>({{"--force", 'f', false}});
        const auto has = [&](const std::vector<std::string>& words) {
            const auto parsed = parseArguments(words, kOptions);
            return parsed && parsed->has("--force");
        };
        QVERIFY(has({"-f"}) && has({"--force=true"}) && has({"--force=false", "--force=1"}));
        QVERIFY(!has({"--force=false"}) && !has({"--force", "--force=0"}));
        const std::vector<std::string> odd{"--force=maybe"};
        VERIFY_ERROR(parseArguments(odd, kOptions), ErrorKind::InvalidArgument);
    }

    void failuresSurviveTheSocket() {
        const Failure failure = commandFailure(Error(ErrorKind::NotFound, "run 'x': gone").withHint("look"));
        const auto decoded = decodeFailure(encodeFailure(failure));
        QVERIFY(decoded.has_value());
        QCOMPARE(decoded->exitCode, 127);
        QCOMPARE(decoded->error.message(), std::string("run 'x': gone"));
        QCOMPARE(decoded->error.hint(), std::string("look"));
        QVERIFY(!decodeFailure("ready") && !decodeFailure("") && !decodeFailure("!"));
        QCOMPARE(commandFailure(Error(ErrorKind::PermissionDenied, "x")).exitCode, 126);
    }

    void sysctlsBelongToTheContainer_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("network") << "net.ipv4.ip_unprivileged_port_start" << true;
        QTest::newRow("queues") << "fs.mqueue.msg_max" << true;
        QTest::newRow("shared memory") << "kernel.shmmax" << true;
        QTest::newRow("of the host") << "kernel.core_pattern" << false;
        QTest::newRow("looks like shared memory") << "kernel.shmmax.x" << false;
        QTest::newRow("plus sign in front") << "+kernel.shmmax" << false;
        QTest::newRow("climbs") << "net.../kernel" << false;
        QTest::newRow("line break") << "net.x\nkernel.y" << false;
        QTest::newRow("virtual memory") << "vm.swappiness" << false;
    }

    void everyGroupThatThereIsMayPing() {
        const auto range = [](const userns::IdMap& gids) {
            std::map<std::string, std::string> sysctls;
            allowPing(gids, sysctls);
            return sysctls["net.ipv4.ping_group_range"];
        };
        QCOMPARE(range({{0, 0, 1}, {1, 1, 65536}}), std::string("0 65534"));
        QCOMPARE(range({{0, 1, 1000}, {1000, 0, 1}, {1001, 1001, 9}}), std::string("0 1009"));
        QCOMPARE(range({{0, 0, 1}}), std::string("0 0"));
        QCOMPARE(range({{0, 5, 10}, {4'000'000'000U, 15, 1}}), std::string("0 9"));
        QCOMPARE(range({{5, 0, 1}}), std::string());  // the kernel wants both ends mapped
        std::map<std::string, std::string> wanted{{"net.ipv4.ping_group_range", "1 0"}};
        allowPing({{0, 0, 1}}, wanted);
        QCOMPARE(wanted["net.ipv4.ping_group_range"], std::string("1 0"));
    }

    void sysctlsBelongToTheContainer() {
        QFETCH(QString, name);
        QFETCH(bool, allowed);
        constexpr std::uint64_t kOwned = std::uint64_t{CLONE_NEWNET} | CLONE_NEWIPC;
        QCOMPARE(checkSysctls({{name.toStdString(), "1"}}, kOwned).has_value(), allowed);
        QVERIFY(!checkSysctls({{name.toStdString(), "1"}}, 0));
        QVERIFY(!checkSysctls({{name.toStdString(), "1\n2"}}, kOwned));
    }

    void engineBundlesUseTheKeeper() {
        oci::Bundle bundle;
        bundle.config.namespaces = {{CLONE_NEWNS, ""}, {CLONE_NEWPID, ""}, {CLONE_NEWNET, "/some/net"}};
        bundle.extension.emplace();
        const auto plan = planNamespaces(bundle, 1000);
        VERIFY_OK(plan);
        QVERIFY(plan->useKeeper && !plan->helperMaps);
        QCOMPARE(plan->create, std::uint64_t{CLONE_NEWNS} | CLONE_NEWPID | CLONE_NEWUSER);
        QCOMPARE(plan->join.size(), std::size_t{1});
        bundle.extension->userNamespace.mode = userns::Mode::Host;
        QCOMPARE(planNamespaces(bundle, 1000)->create, std::uint64_t{CLONE_NEWNS} | CLONE_NEWPID);
    }

    void namespacesOfAnotherAreNotMade() {
        oci::Bundle bundle;
        bundle.config.namespaces = {{CLONE_NEWNS, ""}, {CLONE_NEWPID, ""}, {CLONE_NEWUTS, ""}};
        bundle.extension.emplace();
        bundle.extension->shared = oci::SharedNamespaces{"other", CLONE_NEWPID};
        const auto plan = planNamespaces(bundle, 1000);
        VERIFY_OK(plan);
        QCOMPARE(plan->create, std::uint64_t{CLONE_NEWNS} | CLONE_NEWUTS);
        QCOMPARE(plan->shared, std::uint64_t{CLONE_NEWPID});
        bundle.extension->alsoShared = {{"third", CLONE_NEWUTS}};
        QCOMPARE(planNamespaces(bundle, 1000)->create, std::uint64_t{CLONE_NEWNS});
        QCOMPARE(planNamespaces(bundle, 1000)->shared, std::uint64_t{CLONE_NEWPID} | CLONE_NEWUTS);
        bundle.config.hostname = "mine";
        VERIFY_ERROR(planNamespaces(bundle, 1000), ErrorKind::InvalidArgument);
    }

    void plainBundlesNeedAUserNamespace() {
        oci::Bundle bundle;
        bundle.config.namespaces = {{CLONE_NEWNS, ""}};
        VERIFY_ERROR(planNamespaces(bundle, 1000), ErrorKind::Unsupported);
        VERIFY_OK(planNamespaces(bundle, 0));
        bundle.config.namespaces.push_back({CLONE_NEWUSER, ""});
        QVERIFY(planNamespaces(bundle, 1000)->helperMaps);
        bundle.config.namespaces.erase(bundle.config.namespaces.begin());
        VERIFY_ERROR(planNamespaces(bundle, 1000), ErrorKind::Unsupported);
    }

    void idsAreFileNames() {
        for (const char* good : {"a", "0", "Box_1+2-3.4", "f00"}) {
            VERIFY_OK(checkId(good));
        }
        for (const char* bad : {"", ".", "..", "a/b", "-a", ".hidden", "a b", "a\n"}) {
            VERIFY_ERROR(checkId(bad), ErrorKind::InvalidArgument);
        }
        VERIFY_ERROR(checkId(std::string(201, 'a')), ErrorKind::InvalidArgument);
    }

    void aReservationIsTakenOverOnlyWhenItsOwnerIsGone() {
        const TemporaryDirectory directory;
        const StateStore store(directory.path());
        {
            const auto first = store.reserve("box");
            VERIFY_OK(first);
            VERIFY_ERROR(store.reserve("box"), ErrorKind::AlreadyExists);
        }
        QVERIFY(!sys::pathExists(directory / "box"));
        VERIFY_OK(sys::makeDirectories(directory / "box", 0700));
        VERIFY_OK(sys::replaceFile(directory / "box/start.sock", "", 0600, sys::Durability::Process));
        VERIFY_OK(store.reserve("box"));
    }

    void stateSurvivesTheFile() {
        const TemporaryDirectory directory;
        const StateStore store(directory.path());
        ContainerState state;
        state.id = "box";
        state.bundle = "/bundle";
        state.process = {1, 0, "other boot"};
        state.namespaces = CLONE_NEWPID;
        state.shared = CLONE_NEWPID;
        state.keeperDir = "/k";
        state.defaults.args = {"sh"};
        state.defaults.capabilities = oci::Capabilities{5, 5, 5, 0, 0};
        state.defaults.limits = {{7, "RLIMIT_NOFILE", 1, ~std::uint64_t{0}}};
        state.annotations = {{"a", "b"}};
        auto reservation = store.reserve("box");
        VERIFY_OK(reservation);
        {
            VERIFY_OK(reservation->stage(state));
            VERIFY_ERROR(store.load("box"), ErrorKind::NotFound);
        }
        auto staged = reservation->stage(state);
        VERIFY_OK(staged);
        VERIFY_OK(staged->publish());
        const auto loaded = store.load("box");
        VERIFY_OK(loaded);
        QCOMPARE(loaded->defaults.capabilities->bounding, std::uint64_t{5});
        QCOMPARE(loaded->defaults.limits.front().hard, ~std::uint64_t{0});
        QCOMPARE(loaded->annotations, state.annotations);
        QCOMPARE(loaded->keeperDir, state.keeperDir);
        QCOMPARE(loaded->shared, state.shared);
        // The number lives, but it is another process.
        QVERIFY(store.statusOf(*loaded) == Status::Stopped);
        QCOMPARE(store.list()->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestRuntimeParts)
#include "test_runtime_parts.moc"
