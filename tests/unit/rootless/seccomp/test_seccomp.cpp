// SPDX-License-Identifier: Apache-2.0
#include "rootless/seccomp/compiler.h"
#include "rootless/seccomp/filter.h"
#include "rootless/sys/file.h"
#include "rootless/sys/self.h"
#include "tests/support/verify.h"

#include <QTest>

#include <csignal>
#include <functional>

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
    return outcome({seccomp::denyFilter(), seccomp::defaultFilter()}, call);
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
        // The kernel reads 32 bits of the request, so high bits must not get past the filter.
        const auto inject = [&](unsigned long request) { return ::syscall(SYS_ioctl, 0, request, &letter); };
        for (const unsigned long high : {0UL, 1UL << 32U, 0xdeadbeefUL << 32U}) {
            QCOMPARE(outcome({seccomp::denyFilter()}, [&] { return inject(TIOCSTI | high); }), EPERM);
            QCOMPARE(outcome({seccomp::denyFilter()}, [&] { return inject(TIOCLINUX | high); }), EPERM);
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
        QCOMPARE(outcome({seccomp::denyFilter()}, int80), 1000 + SIGSYS);
        QCOMPARE(underDefault(int80), 1000 + SIGSYS);
        QCOMPARE(outcome({seccomp::denyFilter()}, [] { return ::syscall(0x40000000 | SYS_getpid); }), ENOSYS);
    }
#endif
    void defaultProgramIsWhatTheProfileSays() {
        const auto text = sys::readFile(std::string(CORACLE_SOURCE_DIR) + "/resources/seccomp/default.json");
        VERIFY_OK(text);
        const auto compiled = seccomp::loadProfile(*text, {}, {});
        VERIFY_OK(compiled);
        const auto built = seccomp::defaultFilter();
        QCOMPARE(compiled->size(), built.size());
        QVERIFY(std::equal(built.begin(), built.end(), compiled->begin(),
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
        QCOMPARE(outcome({*again}, [] { return ::syscall(SYS_getppid); }), 7);
        VERIFY_OK(sys::replaceFile(directory / names->front(), "damaged", 0600, sys::Durability::Process));
        const auto repaired = seccomp::loadProfile(profile, {}, directory.path());
        VERIFY_OK(repaired);
        QCOMPARE(outcome({*repaired}, [] { return ::syscall(SYS_getppid); }), 7);
    }
    void conditionalRulesFollowTheCapabilities() {
        const std::string profile =
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":["
            "{\"names\":[\"getppid\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":7,"
            "\"includes\":{\"caps\":[\"CAP_SYS_ADMIN\"]}},"
            "{\"names\":[\"getpgrp\"],\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":8,"
            "\"excludes\":{\"caps\":[\"CAP_SYS_ADMIN\"]}}]}";
        const auto without = seccomp::loadProfile(profile, {}, {});
        const auto with = seccomp::loadProfile(profile, {"CAP_SYS_ADMIN"}, {});
        VERIFY_OK(without);
        VERIFY_OK(with);
        QCOMPARE(outcome({*without}, [] { return ::syscall(SYS_getppid); }), 0);
        QCOMPARE(outcome({*without}, [] { return ::syscall(SYS_getpgrp); }), 8);
        QCOMPARE(outcome({*with}, [] { return ::syscall(SYS_getppid); }), 7);
        QCOMPARE(outcome({*with}, [] { return ::syscall(SYS_getpgrp); }), 0);
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
