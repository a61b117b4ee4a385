// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/file.h"
#include "rootless/sys/namespace_members.h"
#include "rootless/sys/namespaces.h"
#include "tests/support/verify.h"

#include <QtTest>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace coracle;

/// Real processes in a mount namespace of their own.
class TestNamespaceMembers : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void findsAllAndNoStranger();
    void killsAllAndNoStranger();

private:
    static std::vector<pid_t> pids(const sys::UniqueFd& space);

    pid_t m_first = 0;
    pid_t m_second = 0;  ///< a child of the first
    pid_t m_stranger = 0;
    sys::UniqueFd m_space;
};

/// The first tells the number of the second when both are there.
void TestNamespaceMembers::init() {
    std::array<int, 2> told{};
    QCOMPARE(::pipe2(told.data(), O_CLOEXEC), 0);
    m_first = ::fork();
    if (m_first == 0) {
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
            ::_exit(1);
        }
        const pid_t second = ::fork();
        if (second > 0) {
            (void)!::write(told[1], &second, sizeof second);
        }
        ::pause();
        ::_exit(0);
    }
    ::close(told[1]);  // else the stranger has it, and a first that failed is waited for
    m_stranger = ::fork();
    if (m_stranger == 0) {
        ::pause();
        ::_exit(0);
    }
    const auto size = ::read(told[0], &m_second, sizeof m_second);
    ::close(told[0]);
    if (size == 0) {
        QVERIFY2(!qgetenv("CORACLE_REQUIRE").split(' ').contains("userns"), "user namespaces are wanted");
        QSKIP("this user may not make a user namespace");
    }
    QCOMPARE(size, static_cast<ssize_t>(sizeof m_second));
    auto opened = sys::openAt(AT_FDCWD, "/proc/" + std::to_string(m_first) + "/ns/mnt", O_RDONLY);
    VERIFY_OK(opened);
    m_space = *std::move(opened);
}

void TestNamespaceMembers::cleanup() {
    for (const pid_t pid : {m_second, m_first, m_stranger}) {
        if (pid > 0) {
            ::kill(pid, SIGKILL);
        }
    }
    ::waitpid(m_first, nullptr, 0);
    ::waitpid(m_stranger, nullptr, 0);
    m_space.reset();
}

std::vector<pid_t> TestNamespaceMembers::pids(const sys::UniqueFd& space) {
    const auto members = sys::membersOf(space.get(), "mnt", sys::Below::No);
    std::vector<pid_t> found;
    if (members) {
        for (const auto& member : *members) {
            found.push_back(member.pid);
        }
    }
    return found;
}

void TestNamespaceMembers::findsAllAndNoStranger() {
    std::vector<pid_t> wanted{m_first, m_second};
    std::sort(wanted.begin(), wanted.end());
    QCOMPARE(pids(m_space), wanted);
}

void TestNamespaceMembers::killsAllAndNoStranger() {
    VERIFY_OK(sys::killMembers(m_space.get(), "mnt"));
    int status = 0;
    QCOMPARE(::waitpid(m_first, &status, 0), m_first);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGKILL);
    QTRY_VERIFY(pids(m_space).empty());  // the second is reaped by somebody else
    QCOMPARE(::waitpid(m_stranger, &status, WNOHANG), 0);
}

QTEST_GUILESS_MAIN(TestNamespaceMembers)
#include "test_namespace_members.moc"
