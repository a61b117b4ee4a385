// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/compiler.h"
#include "rootless/seccomp/filter.h"
#include "rootless/sys/file.h"
#include "rootless/sys/self.h"
#include "tests/support/verify.h"

#include <QTest>

#include <csignal>
#include <functional>
#include <set>

#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace coracle;
using coracle::test::TemporaryDirectory;

namespace {

/// What became of `call` in a child under the filters: its errno (0: success), or 1000 + the signal that
/// ended the child.
int outcome(const std::vector<std::span<const sock_filter>>& filters, const std::function<long()>& call) {
    const pid_t child = ::fork();
    if (child == 0) {
        (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        for (const auto& filter : filters) {
            if (!sys::installFilter(filter)) {
                ::_exit(255);
            }
        }
        errno = 0;
        const long result = call();
        ::_exit(result < 0 ? errno : 0);
    }
    int status = 0;
    (void)::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

int underDefault(const std::function<long()>& call) {
    const auto deny = seccomp::denyFilter();
    return outcome({deny, seccomp::defaultFilter()}, call);
}

/// Under both filters of a built-in profile.
int under(std::string_view word, const std::function<long()>& call,
          const std::set<std::string>& capabilities = seccomp::dockerCapabilities()) {
    const auto program = seccomp::builtInProfile(word, capabilities, {});
    if (!program) {
        return 255;
    }
    const auto deny =
        seccomp::denyFilter({program->allows32Bit, word.find("nested") != std::string_view::npos});
    return outcome({deny, program->rows}, call);
}

/// Under a foreign profile alone.
int underProfile(const std::string& text, const std::function<long()>& call,
                 const std::set<std::string>& capabilities = {}) {
    const auto program = seccomp::loadProfile(text, {capabilities, {}}, {});
    return program ? outcome({program->rows}, call) : 255;
}

std::string profileOf(const std::string& rules) {
    return "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[" + rules + "]}";
}

long cloneWith(unsigned long flags) {
    const long pid = ::syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (pid == 0) {
        ::_exit(0);
    }
    return pid;
}

}  // namespace

class TestSeccomp : public QObject {
    Q_OBJECT
private slots:
    void terminalInjectionIsDeniedInEverySpelling() {
        char letter = 'x';
        const auto deny = seccomp::denyFilter();
        // The kernel reads 32 bits of the request, so high bits must not get past the filter.
        const auto inject = [&](unsigned long request) { return ::syscall(SYS_ioctl, 0, request, &letter); };
        for (const unsigned long high : {0UL, 1UL << 32U, 0xdeadbeefUL << 32U}) {
            QCOMPARE(outcome({deny}, [&] { return inject(TIOCSTI | high); }), EPERM);
            QCOMPARE(outcome({deny}, [&] { return inject(TIOCLINUX | high); }), EPERM);
            QCOMPARE(underDefault([&] { return inject(TIOCSTI | high); }), EPERM);
        }
    }
    void otherTerminalRequestsPass() {
        QVERIFY(underDefault([] {
                    winsize size{};
                    return ::syscall(SYS_ioctl, -1, TIOCGWINSZ, &size);
                }) == EBADF);
    }
    void keyringsAreDenied() {
        QCOMPARE(underDefault([] {
                     return ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0);
                 }),
                 EPERM);
        QCOMPARE(underDefault(
                     [] { return ::syscall(SYS_add_key, "user", "x", "y", 1, KEY_SPEC_PROCESS_KEYRING); }),
                 EPERM);
        QCOMPARE(underDefault([] { return ::syscall(SYS_request_key, "user", "x", nullptr, 0); }), EPERM);
    }
    void noNewNamespaces() {
        for (const int flag : {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWIPC,
                               CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_NEWUSER | CLONE_NEWNS | CLONE_FS}) {
            QCOMPARE(
                underDefault([flag] { return ::syscall(SYS_unshare, static_cast<unsigned long>(flag)); }),
                EPERM);
            QCOMPARE(underDefault([flag] { return cloneWith(static_cast<unsigned long>(flag)); }), EPERM);
        }
        QCOMPARE(underDefault([] { return ::syscall(SYS_unshare, 0x80UL); }), EPERM);  // CLONE_NEWTIME
        QCOMPARE(underDefault([] { return ::syscall(SYS_clone3, nullptr, 0); }), ENOSYS);
        QCOMPARE(underDefault([] { return ::syscall(SYS_setns, -1, 0); }), EPERM);
    }
    void processesAndThreadsPass() {
        QCOMPARE(underDefault([] { return cloneWith(0); }), 0);
        QCOMPARE(underDefault([] { return ::syscall(SYS_unshare, static_cast<unsigned long>(CLONE_FS)); }),
                 0);
    }
    void socketFamilies_data() {
        QTest::addColumn<int>("family");
        QTest::addColumn<int>("expected");
        QTest::newRow("unix") << AF_UNIX << 0;
        QTest::newRow("inet") << AF_INET << 0;
        QTest::newRow("inet6") << AF_INET6 << 0;
        QTest::newRow("netlink") << AF_NETLINK << 0;
        QTest::newRow("packet") << AF_PACKET << EAFNOSUPPORT;
        QTest::newRow("alg") << AF_ALG << EAFNOSUPPORT;
        QTest::newRow("vsock") << AF_VSOCK << EAFNOSUPPORT;
        QTest::newRow("ax25") << AF_AX25 << EAFNOSUPPORT;
        QTest::newRow("x25") << AF_X25 << EAFNOSUPPORT;
    }
    void socketFamilies() {
        QFETCH(int, family);
        QFETCH(int, expected);
        QCOMPARE(underDefault([family] { return ::syscall(SYS_socket, family, SOCK_DGRAM, 0); }), expected);
        if (expected != 0) {
            const long high = (1L << 32U) | family;
            QCOMPARE(underDefault([high] { return ::syscall(SYS_socket, high, SOCK_DGRAM, 0); }),
                     EAFNOSUPPORT);
        }
    }
    void auditSocketIsRefusedWithHighBitsToo() {
        for (const long protocol : {long{NETLINK_AUDIT}, (1L << 32U) | NETLINK_AUDIT}) {
            QCOMPARE(
                underDefault([protocol] { return ::syscall(SYS_socket, AF_NETLINK, SOCK_RAW, protocol); }),
                EINVAL);
        }
    }
    void dangerousCallsAnswerAsProgramsExpect() {
        QCOMPARE(underDefault([] { return ::syscall(SYS_io_uring_setup, 1, nullptr); }), ENOSYS);
        QCOMPARE(underDefault([] { return ::syscall(SYS_userfaultfd, 1); }), EPERM);
        QCOMPARE(underDefault([] { return ::syscall(SYS_bpf, 0, nullptr, 0); }), EPERM);
        QCOMPARE(underDefault([] { return ::syscall(SYS_mount, nullptr, nullptr, nullptr, 0, nullptr); }),
                 EPERM);
        QCOMPARE(underDefault([] { return ::syscall(SYS_perf_event_open, nullptr, 0, 0, 0, 0); }), EPERM);
        QCOMPARE(underDefault([] { return ::syscall(999); }), ENOSYS);
    }
#if defined(__x86_64__)
    void callsOfOtherAbisDoNotReachTheKernel() {
        const auto int80 = []() -> long {
            long result = 20;  // getpid of the 32-bit ABI
            asm volatile("int $0x80" : "+a"(result) : : "memory");
            return result;
        };
        const auto deny = seccomp::denyFilter();
        QCOMPARE(outcome({deny}, int80), 1000 + SIGSYS);
        QCOMPARE(underDefault(int80), 1000 + SIGSYS);
        QCOMPARE(outcome({deny}, [] { return ::syscall(0x40000000 | SYS_getpid); }), ENOSYS);
    }
    void thirtyTwoBitOpensTheOtherAbiAndKeepsItsWalls() {
        const auto call = [](long number, long first, long second) {
            return [=]() -> long {
                long result = number;
                asm volatile("int $0x80" : "+a"(result) : "b"(first), "c"(second) : "memory");
                errno = result < 0 ? static_cast<int>(-result) : 0;
                return result < 0 ? -1 : result;
            };
        };
        QCOMPARE(under("default+32bit", call(20, 0, 0)), 0);  // getpid
        QCOMPARE(under("docker", call(20, 0, 0)), 0);
        QCOMPARE(under("default+32bit", call(54, 0, TIOCSTI)), EPERM);                     // ioctl
        QCOMPARE(under("default+32bit", call(288, 0, 0)), EPERM);                          // keyctl
        QCOMPARE(under("default+32bit", call(310, 0x10000000, 0)), EPERM);                 // unshare
        QCOMPARE(under("default+32bit", call(359, AF_VSOCK, SOCK_STREAM)), EAFNOSUPPORT);  // socket
        QCOMPARE(under("default+32bit", [] { return ::syscall(0x40000000 | SYS_getpid); }),
                 1000 + SIGSYS);  // x32
    }
    void archMapOfAForeignProfileOpensTheOtherAbi() {
        const std::string text =
            R"({"defaultAction":"SCMP_ACT_ALLOW","archMap":[{"architecture":)"
            R"("SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86","SCMP_ARCH_X32"]}]})";
        const TemporaryDirectory directory;
        for (int i = 0; i < 2; ++i) {  // compiled, then from the cache
            const auto program = seccomp::loadProfile(text, {}, directory.path());
            VERIFY_OK(program);
            QVERIFY(program->allows32Bit);
        }
    }
#endif
    void defaultProgramIsWhatTheProfileSays() {
        const auto text = sys::readFile(std::string(CORACLE_SOURCE_DIR) + "/resources/seccomp/default.json");
        VERIFY_OK(text);
        const auto program = seccomp::loadProfile(*text, {}, {});
        VERIFY_OK(program);
        const auto& compiled = program->rows;
        const auto built = seccomp::defaultFilter();
        QCOMPARE(compiled.size(), built.size());
        QVERIFY(std::equal(built.begin(), built.end(), compiled.begin(),
                           [](const sock_filter& a, const sock_filter& b) {
                               return a.code == b.code && a.jt == b.jt && a.jf == b.jf && a.k == b.k;
                           }));
    }
    void cacheIsUsedAndNotTrusted() {
        const TemporaryDirectory directory;
        const std::string profile =
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"getppid\"],"
            "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":7}]}";
        VERIFY_OK(seccomp::loadProfile(profile, {}, directory.path()));
        const auto names = sys::listDirectory(directory.path());
        QCOMPARE(names->size(), std::size_t{1});
        const auto again = seccomp::loadProfile(profile, {}, directory.path());
        VERIFY_OK(again);
        QCOMPARE(outcome({again->rows}, [] { return ::syscall(SYS_getppid); }), 7);
        VERIFY_OK(sys::replaceFile(directory / names->front(), "damaged", 0600, sys::Durability::Process));
        const auto repaired = seccomp::loadProfile(profile, {}, directory.path());
        VERIFY_OK(repaired);
        QCOMPARE(outcome({repaired->rows}, [] { return ::syscall(SYS_getppid); }), 7);
    }
    void conditionalRulesFollowTheCapabilities() {
        const std::string profile =
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":["
            "{\"names\":[\"getppid\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":7,"
            "\"includes\":{\"caps\":[\"CAP_SYS_ADMIN\"]}},"
            "{\"names\":[\"getpgrp\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":8,"
            "\"excludes\":{\"caps\":[\"CAP_SYS_ADMIN\"]}}]}";
        const std::set<std::string> admin{"CAP_SYS_ADMIN"};
        QCOMPARE(underProfile(profile, [] { return ::syscall(SYS_getppid); }), 0);
        QCOMPARE(underProfile(profile, [] { return ::syscall(SYS_getpgrp); }), 8);
        QCOMPARE(underProfile(
                     profile, [] { return ::syscall(SYS_getppid); }, admin),
                 7);
        QCOMPARE(underProfile(
                     profile, [] { return ::syscall(SYS_getpgrp); }, admin),
                 0);
    }
    void foreignProfilesMeanWhatDockerReads_data() {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<int>("expected");
        const auto row = [](const char* name, const char* rule, int expected) {
            QTest::newRow(name) << QByteArray(rule) << expected;
        };
        row("error by name", R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errno":"EBADMSG"})", EBADMSG);
        row("number wins over name",
            R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"errno":"EBADMSG"})", 5);
        row("kernel that exists",
            R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"includes":{"minKernel":"4.8"}})",
            5);
        row("kernel that does not",
            R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"includes":{"minKernel":"99.0"}})",
            0);
        row("other processor",
            R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"includes":{"arches":["s390x"]}})",
            0);
        row("not on another processor",
            R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"excludes":{"arches":["s390x"]}})",
            5);
        row("one name", R"({"name":"getppid","action":"SCMP_ACT_ERRNO","errnoRet":5})", 5);
        row("unknown names are passed over",
            R"({"names":["no_such_call","getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5})", 5);
        row("features are not for strangers",
            R"({"names":["getppid"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"includes":{"features":["nested"]}})",
            0);
    }
    void foreignProfilesMeanWhatDockerReads() {
        QFETCH(QByteArray, rule);
        QFETCH(int, expected);
        QCOMPARE(underProfile(profileOf(rule.toStdString()), [] { return ::syscall(SYS_getppid); }),
                 expected);
    }
    void testsOfOneArgumentAreAlternatives() {
        const std::string profile = profileOf(
            R"({"names":["getpriority"],"action":"SCMP_ACT_ERRNO","errnoRet":5,"args":[)"
            R"({"index":0,"value":77,"op":"SCMP_CMP_EQ"},{"index":0,"value":78,"op":"SCMP_CMP_EQ"}]})");
        for (const long which : {77L, 78L}) {
            QCOMPARE(underProfile(profile, [which] { return ::syscall(SYS_getpriority, which, 0); }), 5);
        }
        QCOMPARE(underProfile(profile, [] { return ::syscall(SYS_getpriority, 79, 0); }), EINVAL);
    }
    void nestedOpensNamespacesAndMounts() {
        const auto unshare = [] { return ::syscall(SYS_unshare, static_cast<unsigned long>(CLONE_NEWUSER)); };
        QCOMPARE(under("default", unshare), EPERM);
        QCOMPARE(under("default+nested", unshare), 0);
        QCOMPARE(under("default+nested",
                       [] { return ::syscall(SYS_mount, nullptr, nullptr, nullptr, 0, nullptr); }),
                 EFAULT);
        QCOMPARE(under("default+nested", [] { return ::syscall(SYS_setns, -1, 0); }), EBADF);
        QCOMPARE(under("default+nested", [] { return ::syscall(SYS_clone3, nullptr, 0); }), EINVAL);
        // Engines inside take the absence of keyrings for an old kernel.
        QCOMPARE(under("default+nested", [] { return ::syscall(SYS_keyctl, 0, -3, 0); }), ENOSYS);
        QCOMPARE(under("default+nested", [] { return ::syscall(SYS_bpf, 0, nullptr, 0); }), EPERM);
        QCOMPARE(under("default+nested", [] { return ::syscall(SYS_socket, AF_VSOCK, SOCK_STREAM, 0); }),
                 EAFNOSUPPORT);
    }
    void debugOpensLookingAtOthers() {
        const auto perf = [] { return ::syscall(SYS_perf_event_open, nullptr, 0, 0, 0, 0); };
        const auto personality = [] { return ::syscall(SYS_personality, 0x0040000UL); };  // ADDR_NO_RANDOMIZE
        QCOMPARE(under("default", perf), EPERM);
        QCOMPARE(under("default", personality), ENOSYS);
        QVERIFY(under("default+debug", perf) != EPERM);
        QCOMPARE(under("default+debug", personality), 0);
        QCOMPARE(under("default+debug", [] { return ::syscall(SYS_pidfd_getfd, -1, 0, 0); }), EBADF);
        QCOMPARE(under("default+debug", [] { return ::syscall(SYS_unshare, 0x10000000UL); }), EPERM);
    }
    void dockerDoesAsDocker() {
        const auto socket = [](int family) {
            return [family] { return ::syscall(SYS_socket, family, SOCK_DGRAM, 0); };
        };
        QVERIFY(under("docker", socket(AF_PACKET)) != EAFNOSUPPORT);
        QCOMPARE(under("docker", socket(AF_ALG)), EAFNOSUPPORT);
        QCOMPARE(under("docker", socket(AF_VSOCK)), EAFNOSUPPORT);
        const auto mount = [] { return ::syscall(SYS_mount, nullptr, nullptr, nullptr, 0, nullptr); };
        QCOMPARE(under("docker", mount), EPERM);
        auto capabilities = seccomp::dockerCapabilities();
        capabilities.insert("CAP_SYS_ADMIN");
        QCOMPARE(under("docker", mount, capabilities), EFAULT);
        // In the default profile a capability reopens nothing: inside a user namespace it is cheap.
        QCOMPARE(under("default", mount, capabilities), EPERM);
    }
    void refusesUnknownBuiltIns() {
        VERIFY_ERROR(seccomp::builtInProfile("strict", {}, {}), ErrorKind::InvalidArgument);
        VERIFY_ERROR(seccomp::builtInProfile("default+debug+nested", {}, {}), ErrorKind::InvalidArgument);
    }
    void refusesWhatItDoesNotUnderstand_data() {
        QTest::addColumn<QByteArray>("profile");
        QTest::newRow("unknown action") << QByteArray("{\"defaultAction\":\"SCMP_ACT_MAYBE\"}");
        QTest::newRow("no default") << QByteArray("{\"syscalls\":[]}");
        QTest::newRow("rule without names") << QByteArray(
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"action\":\"SCMP_ACT_ALLOW\"}]}");
        QTest::newRow("argument seven") << QByteArray(
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"read\"],\"action\":\"SCMP_ACT_"
            "ERRNO\","
            "\"args\":[{\"index\":7,\"value\":1,\"op\":\"SCMP_CMP_EQ\"}]}]}");
        QTest::newRow("unknown comparison") << QByteArray(
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"read\"],\"action\":\"SCMP_ACT_"
            "ERRNO\","
            "\"args\":[{\"index\":1,\"value\":1,\"op\":\"SCMP_CMP_SOME\"}]}]}");
        QTest::newRow("unknown architecture")
            << QByteArray("{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"architectures\":[\"SCMP_ARCH_VAX\"]}");
        QTest::newRow("error number too large")
            << QByteArray("{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"defaultErrnoRet\":5000}");
    }
    void refusesWhatItDoesNotUnderstand() {
        QFETCH(QByteArray, profile);
        QVERIFY(!seccomp::loadProfile(profile.toStdString(), {}, {}));
    }
};
QTEST_GUILESS_MAIN(TestSeccomp)
#include "test_seccomp.moc"
