// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"
#include "rootless/oci/config.h"
#include "rootless/oci/defaults.h"
#include "tests/support/verify.h"

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
        row("hook", document("", "", R"(,"hooks":{"poststart":[{"path":"/x"}]})"), ErrorKind::Unsupported);
        row("memory limit", document("", R"(,"resources":{"memory":{"limit":5}})"), ErrorKind::Unsupported);
        row("label", document(R"(,"selinuxLabel":"x")"), ErrorKind::Unsupported);
        row("profile of AppArmor", document(R"(,"apparmorProfile":"x")"), ErrorKind::Unsupported);
        row("idmapped mount", document("", "", R"(,"mounts":[{"destination":"/x","uidMappings":[]}])"),
            ErrorKind::Unsupported);
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
        row("unknown capability", document(R"(,"capabilities":{"bounding":["CAP_X"]})"),
            ErrorKind::InvalidArgument);
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

    void acceptsLimitsThatHoldNothing() {
        VERIFY_OK(parseConfig(
            document("", R"(,"resources":{"devices":[{"allow":false}],"memory":{},"pids":{"limit":0}})")));
    }

    void readsTheExtension() {
        const auto extension = parseExtension(
            R"({"overlay":{"driver":"fuse-overlayfs","lower":["/a","/b"],"upper":"/u","work":"/w","volatile":true},
                "userNamespace":{"mode":"keep-id","keeperDir":"/k"},"copyUp":["/data"],
                "seccompProfile":"unconfined"})");
        VERIFY_OK(extension);
        QVERIFY(extension->overlay->driver == OverlayDriver::Fuse && extension->overlay->isVolatile);
        QCOMPARE(extension->overlay->lower.size(), std::size_t{2});
        QVERIFY(extension->userNamespace == userns::Mode::KeepId);
        QVERIFY(extension->seccomp == SeccompChoice::Unconfined);
    }

    void refusesABadExtension() {
        VERIFY_ERROR(parseExtension("{}"), ErrorKind::Corrupt);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"k"}})"), ErrorKind::InvalidArgument);
        VERIFY_ERROR(parseExtension(R"({"userNamespace":{"keeperDir":"/k"},"seccompProfile":"x"})"),
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
