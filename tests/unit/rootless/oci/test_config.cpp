// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/oci/config.h"
#include "rootless/oci/defaults.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <sched.h>

using namespace coracle;
using namespace coracle::oci;

namespace {

/// A small configuration with other members put into process, linux and the document.
std::string document(const std::string& process, const std::string& linux_ = "",
                     const std::string& more = "") {
    return R"({"ociVersion":"1.0.2","process":{"args":["sh"],"cwd":"/")" + process +
           R"(},"root":{"path":"rootfs"},"linux":{"namespaces":[{"type":"mount"}])" + linux_ + "}" + more +
           "}";
}

}  // namespace

class TestConfig : public QObject {
    Q_OBJECT

private slots:
    void readsAProcess() {
        const auto config = parseConfig(document(
            R"(,"user":{"uid":5,"gid":6,"additionalGids":[7],"umask":18},"env":["A=b"],"noNewPrivileges":true,
               "capabilities":{"bounding":["CAP_CHOWN","CAP_KILL"]},
               "rlimits":[{"type":"RLIMIT_CORE","soft":0,"hard":18446744073709551615}],"oomScoreAdj":-5)"));
        VERIFY_OK(config);
        const Process& process = config->process;
        QCOMPARE(process.user.uid, 5U);
        QCOMPARE(process.user.additionalGids, std::vector<std::uint32_t>{7});
        QCOMPARE(*process.user.umask, 18U);
        QCOMPARE(process.capabilities->bounding, std::uint64_t{1U | (1U << 5U)});
        QCOMPARE(process.capabilities->permitted, std::uint64_t{0});
        QCOMPARE(process.limits.front().hard, ~std::uint64_t{0});
        QCOMPARE(*process.oomScoreAdj, std::int64_t{-5});
        QVERIFY(process.noNewPrivileges);
        QVERIFY(findNamespace(*config, CLONE_NEWNS) != nullptr &&
                findNamespace(*config, CLONE_NEWPID) == nullptr);
    }

    void refusesWhatCannotBeApplied_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, const std::string& text, ErrorKind kind) {
            QTest::newRow(name) << QString::fromStdString(text) << static_cast<int>(kind);
        };
        row("hook by relative path", document("", "", R"(,"hooks":{"poststart":[{"path":"x"}]})"),
            ErrorKind::Corrupt);
        row("hook without time", document("", "", R"(,"hooks":{"poststop":[{"path":"/x","timeout":0}]})"),
            ErrorKind::Corrupt);
        row("hooks of a wrong type", document("", "", R"(,"hooks":[])"), ErrorKind::Corrupt);
        row("network class", document("", R"(,"resources":{"network":{"classID":5}})"),
            ErrorKind::Unsupported);
        row("limits of another type", document("", R"(,"resources":"much")"), ErrorKind::Corrupt);
        row("memory of another type", document("", R"(,"resources":{"memory":5})"), ErrorKind::Corrupt);
        row("huge pages of another type", document("", R"(,"resources":{"hugepageLimits":{}})"),
            ErrorKind::Corrupt);
        row("limit of another type", document("", R"(,"resources":{"memory":{"limit":"5"}})"),
            ErrorKind::Corrupt);
        row("half an id mapping", document("", "", R"(,"mounts":[{"destination":"/x","uidMappings":[
            {"containerID":0,"hostID":0,"size":1}]}])"),
            ErrorKind::Corrupt);
        row("personality flag", document("", R"(,"personality":{"domain":"LINUX","flags":["x"]})"),
            ErrorKind::Unsupported);
        row("clock without a namespace", document("", R"(,"timeOffsets":{"boottime":{"secs":1}})"),
            ErrorKind::Corrupt);
        row("relative masked path", document("", R"(,"maskedPaths":["proc/kcore"])"), ErrorKind::Corrupt);
        row("device without a number", document("", R"(,"devices":[{"path":"/dev/x","type":"c"}])"),
            ErrorKind::Corrupt);
        row("unknown scheduler", document(R"(,"scheduler":{"policy":"SCHED_X"})"), ErrorKind::Corrupt);
        row("I/O priority out of range",
            document(R"(,"ioPriority":{"class":"IOPRIO_CLASS_BE","priority":8})"), ErrorKind::Corrupt);
        row("relative namespace",
            R"({"ociVersion":"1.0.2","process":{"args":["a"],"cwd":"/"},"root":{"path":"r"},
            "linux":{"namespaces":[{"type":"pid","path":"proc/1/ns/pid"}]}})",
            ErrorKind::Corrupt);
        row("other version", R"({"ociVersion":"2.0.0"})", ErrorKind::Unsupported);
        row("namespace twice",
            R"({"ociVersion":"1.0.2","process":{"args":["a"],"cwd":"/"},"root":{"path":"r"},
            "linux":{"namespaces":[{"type":"pid"},{"type":"pid"}]}})",
            ErrorKind::Corrupt);
        row("limit twice", document(R"(,"rlimits":[{"type":"RLIMIT_CORE","soft":0,"hard":0},
            {"type":"RLIMIT_CORE","soft":1,"hard":1}])"),
            ErrorKind::Corrupt);
        row("unknown limit", document(R"(,"rlimits":[{"type":"RLIMIT_X","soft":0,"hard":0}])"),
            ErrorKind::Corrupt);
        row("id out of range", document(R"(,"user":{"uid":4294967295})"), ErrorKind::Corrupt);
        row("negative id", document(R"(,"user":{"uid":-1})"), ErrorKind::Corrupt);
        row("relative folder",
            R"({"ociVersion":"1.0.2","process":{"args":["a"],"cwd":"x"},"root":{"path":"r"}})",
            ErrorKind::InvalidArgument);
        row("no command", R"({"ociVersion":"1.0.2","process":{"args":[],"cwd":"/"},"root":{"path":"r"}})",
            ErrorKind::InvalidArgument);
        row("no root", R"({"ociVersion":"1.0.2","process":{"args":["a"],"cwd":"/"}})", ErrorKind::Corrupt);
    }

    void refusesWhatCannotBeApplied() {
        QFETCH(QString, text);
        QFETCH(int, kind);
        VERIFY_ERROR(parseConfig(text.toStdString()), static_cast<ErrorKind>(kind));
    }

    void leavesUnknownCapabilitiesOutWithAWarning() {
        const auto config = parseConfig(document(
            R"(,"capabilities":{"bounding":["CAP_X","CAP_CHOWN"],"ambient":["CAP_CHOWN","cap_kill"]})"));
        VERIFY_OK(config);
        QCOMPARE(config->process.capabilities->bounding, std::uint64_t{1});
        QCOMPARE(config->process.capabilities->ambient, std::uint64_t{0});
        QCOMPARE(config->process.warnings,
                 (std::vector<std::string>{
                     "bounding capability 'CAP_X' is unknown and is left out",
                     "ambient capabilities that are not inheritable are left out: CAP_CHOWN, CAP_KILL"}));
    }

    void keepsTheHooksThatRunAfterCreate() {
        const auto config = parseConfig(document("", "", R"(,"hooks":{"prestart":[{"path":"/a"}],
            "poststart":[{"path":"/b","args":["b","c"],"env":["X=y"],"timeout":3}],"poststop":[{"path":"/d"}]})"));
        VERIFY_OK(config);
        QCOMPARE(config->hooks.prestart.front().args, std::vector<std::string>{"/a"});
        const auto again = parseHooks(lateHooksToJson(config->hooks));
        VERIFY_OK(again);
        QVERIFY(again->prestart.empty());
        QCOMPARE(again->poststart.front().args, (std::vector<std::string>{"b", "c"}));
        QCOMPARE(again->poststart.front().env, std::vector<std::string>{"X=y"});
        QCOMPARE(again->poststart.front().timeoutSeconds, 3);
        QCOMPARE(again->poststop.front().path, std::string("/d"));
    }

    void keepsAProcessThroughItsDocument() {
        const auto config = parseConfig(document(
            R"(,"scheduler":{"policy":"SCHED_BATCH","nice":3,"flags":["SCHED_FLAG_RESET_ON_FORK"]},
               "ioPriority":{"class":"IOPRIO_CLASS_IDLE"},"apparmorProfile":"p","selinuxLabel":"l",
               "execCPUAffinity":{"initial":"0","final":"0-2,5"})"));
        VERIFY_OK(config);
        const auto again = parseProcess(toJson(config->process));
        VERIFY_OK(again);
        QCOMPARE(again->scheduler->policy, 3U);
        QCOMPARE(again->scheduler->nice, 3);
        QCOMPARE(again->scheduler->flags, std::uint64_t{1});
        QCOMPARE(again->ioPriority->level, 3);
        QCOMPARE(again->apparmorProfile + again->selinuxLabel, std::string("pl"));
        QCOMPARE(again->execAffinity, (std::vector<unsigned>{0, 1, 2, 5}));
    }

    void warnsOfAmbientCapabilitiesThatCannotBe() {
        const auto config = parseConfig(document(
            R"(,"capabilities":{"permitted":["CAP_KILL","CAP_CHOWN"],"inheritable":["CAP_KILL"],
                "ambient":["CAP_KILL","CAP_CHOWN"]})"));
        VERIFY_OK(config);
        QCOMPARE(config->process.capabilities->ambient, std::uint64_t{1U << 5U});
        QCOMPARE(config->process.warnings.size(), std::size_t{1});
    }

    void knowsWhatAProfileAsksForBesidesRules() {
        const auto use = parseSeccompUse(R"({"defaultAction":"SCMP_ACT_ALLOW","listenerPath":"/s",
            "listenerMetadata":"m","flags":["SECCOMP_FILTER_FLAG_LOG","SECCOMP_FILTER_FLAG_TSYNC"],
            "syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}]})");
        VERIFY_OK(use);
        QVERIFY(use->notifies);
        QCOMPARE(use->flags, 2U);
        QCOMPARE(use->listenerPath + use->listenerMetadata, std::string("/sm"));
    }

    void refusesAProfileWhoseAgentCannotBe_data() {
        QTest::addColumn<QString>("members");
        QTest::newRow("nobody listens") << R"("syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}])";
        QTest::newRow("metadata alone") << R"("listenerMetadata":"m")";
        QTest::newRow("relative path") << R"("listenerPath":"s")";
        QTest::newRow("unknown flag") << R"("flags":["X"])";
        QTest::newRow("the call that hands over")
            << R"("listenerPath":"/s","syscalls":[{"names":["sendmsg"],"action":"SCMP_ACT_NOTIFY"}])";
    }

    void refusesAProfileWhoseAgentCannotBe() {
        QFETCH(QString, members);
        QVERIFY(!parseSeccompUse("{\"defaultAction\":\"SCMP_ACT_ALLOW\"," + members.toStdString() + "}"));
        QVERIFY(!parseSeccompUse(R"({"defaultAction":"SCMP_ACT_NOTIFY","listenerPath":"/s"})"));
    }

    void acceptsLimitsThatHoldNothing() {
        VERIFY_OK(parseConfig(
            document("", R"(,"resources":{"devices":[{"allow":false}],"memory":{},"pids":{"limit":0}})")));
    }

    void readsTheExtension() {
        const auto extension = parseExtension(
            R"({"overlay":{"driver":"fuse-overlayfs","lower":["/a","/b"],"upper":"/u","work":"/w","volatile":true},
                "userNamespace":{"mode":"custom","keeperDir":"/k","uid":7,"first":3,"size":9,
                    "gids":{"rules":[{"inside":1,"outside":1000,"count":2,"ofHost":true}],"extend":true}},
                "sharedNamespaces":{"container":"other","namespaces":["pid","network"]},
                "alsoShared":[{"container":"third","namespaces":["ipc"]}],
                "copyUp":["/data"],"ownedMounts":["/data","/srv"],
                "overlayMounts":[{"destination":"/srv","lower":["/home/me"],"folder":"/c/mounts/1"},
                    {"destination":"/i","lower":["/t","/b"],"folder":"/c/mounts/2","ofImage":true,"subpath":"usr"}],
                "seccompProfile":"unconfined"})");
        VERIFY_OK(extension);
        QVERIFY(extension->overlay->driver == OverlayDriver::Fuse && extension->overlay->isVolatile);
        QCOMPARE(extension->overlay->lower.size(), std::size_t{2});
        userns::MapRequest wanted{userns::Mode::Custom,        7, std::nullopt, 3, 9, {},
                                  {{{1, 1000, 2, true}}, true}};
        QVERIFY(extension->userNamespace == wanted);
        QCOMPARE(extension->seccomp, std::string("unconfined"));
        QCOMPARE(extension->owned, (std::vector<std::string>{"/data", "/srv"}));
        QCOMPARE(extension->mountOverlays.size(), std::size_t{2});
        QVERIFY(!extension->mountOverlays.front().ofImage &&
                extension->mountOverlays.front().subpath.empty());
        QVERIFY(extension->mountOverlays.back().ofImage);
        QCOMPARE(extension->mountOverlays.back().subpath, std::string("usr"));
        QCOMPARE(extension->mountOverlays.front().destination, std::string("/srv"));
        QCOMPARE(extension->mountOverlays.front().lower, (std::vector<std::string>{"/home/me"}));
        QCOMPARE(extension->mountOverlays.front().folder, std::string("/c/mounts/1"));
        QCOMPARE(extension->shared->container, std::string("other"));
        QCOMPARE(extension->shared->namespaces, std::uint64_t{CLONE_NEWPID | CLONE_NEWNET});
        QCOMPARE(extension->alsoShared.size(), std::size_t{1});
        QCOMPARE(extension->alsoShared.front().container, std::string("third"));
        QCOMPARE(extension->alsoShared.front().namespaces, std::uint64_t{CLONE_NEWIPC});
    }

    void refusesABadExtension() {
        VERIFY_ERROR(parseExtension("{}"), ErrorKind::Corrupt);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k"},
            "sharedNamespaces":{"container":"x","namespaces":["mount"]}})"),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k"},
            "alsoShared":[{"container":"x","namespaces":["ipc"]}]})"),
                     ErrorKind::Corrupt);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k"},
            "overlayMounts":[{"destination":"/x","lower":["/a"],"folder":"/f"}]})"),
                     ErrorKind::Corrupt);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k"},
            "overlay":{"driver":"overlay","lower":["/a"],"upper":"/u","work":"/w"},
            "overlayMounts":[{"destination":"/x","lower":["a"],"folder":"/f"}]})"),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"k"}})"), ErrorKind::InvalidArgument);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k","uid":-1}})"), ErrorKind::Corrupt);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k","mode":"auto"}})"),
                     ErrorKind::InvalidArgument);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k"},
            "overlay":{"driver":"overlay","lower":["a"],"upper":"/u","work":"/w"}})"),
                     ErrorKind::InvalidArgument);
    }

    void namesOfDefaultsAgree() {
        std::vector<std::string> names(kCapabilities.begin(), kCapabilities.end());
        const auto mask = caps::maskOf(names);
        VERIFY_OK(mask);
        QCOMPARE(*mask, caps::defaultMask());
        QCOMPARE(caps::namesOf(*mask).size(), names.size());
        QCOMPARE(*caps::parse("net_bind_service"), *caps::parse("CAP_NET_BIND_SERVICE"));
    }
};

QTEST_GUILESS_MAIN(TestConfig)
#include "test_config.moc"
