// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "rootless/sys/process_end.h"
#include "rootless/sys/process_identity.h"
#include "rootless/sys/standby.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/user_name.h"
#include "tests/support/verify.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace coracle;
using namespace std::chrono_literals;
using coracle::test::TemporaryDirectory;

namespace {

/// Of a child, waited for; negative: the signal that killed it.
int exitCode(pid_t pid) {
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid) {
        return -1000;
    }
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

class TestProcess : public QObject {
    Q_OBJECT
private slots:
    void tellsExitCodeFromSignal() {
        auto child = sys::Subprocess::spawn({.argv = {"sh", "-c", "exit 3"}});
        VERIFY_OK(child);
        auto status = child->wait();
        VERIFY_OK(status);
        QCOMPARE(status->code, 3);
        QCOMPARE(status->signal, 0);
        child = sys::Subprocess::spawn({.argv = {"sh", "-c", "kill -9 $$"}});
        VERIFY_OK(child);
        status = child->wait();
        VERIFY_OK(status);
        QCOMPARE(status->shellCode(), 128 + SIGKILL);
    }
    void namesOfUsersComeFromRowsOfTheRightForm() {
        const std::string text =
            "root:x:0:0:root:/root:/bin/sh\n:x:7:7::/:\nshort:x\n# a:b:9:\n"
            "ten:x:10:10::/:/bin/sh\nother:10:1:1::/:\nlast:x:100:";
        QVERIFY(sys::nameInDatabase(text, 0) == "root");
        QVERIFY(sys::nameInDatabase(text, 10) == "ten");
        QVERIFY(sys::nameInDatabase(text, 1) == "other");
        QVERIFY(sys::nameInDatabase(text, 100) == "last");
        QVERIFY(!sys::nameInDatabase(text, 7));
        QVERIFY(!sys::nameInDatabase(text, 2));
        QVERIFY(!sys::nameInDatabase("", 0));
        QVERIFY(sys::userName(0) == "root");
        QVERIFY(sys::groupName(0) == "root");
        QVERIFY(!sys::userName(3999999999U));
    }
    /// Taken for ended, a container would be deleted around its process.
    void countsAsAliveWhenTheKernelDoesNotTell() {
        const auto self = sys::identifyProcess(::getpid());
        VERIFY_OK(self);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit none{0, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        const bool alive = sys::isAlive(*self);
        const auto opened = sys::openProcess(*self);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(alive);
        VERIFY_ERROR(opened, ErrorKind::Io);
    }
    void missingProgramIsNotFound() {
        VERIFY_ERROR(sys::Subprocess::spawn({.argv = {"/nonexistent/program"}}), ErrorKind::NotFound);
    }
    void stopRequestEndsAChildThatIgnoresSigterm() {
        std::stop_source source;
        auto child = sys::Subprocess::spawn({.argv = {"sh", "-c", "trap '' TERM; echo; exec sleep 100"}});
        VERIFY_OK(child);
        std::jthread canceller([&] { source.request_stop(); });
        VERIFY_ERROR(child->wait(source.get_token()), ErrorKind::Cancelled);
    }
    void capturesBothStreamsUpToTheLimit() {
        const auto output = sys::runAndCapture({.argv = {"sh", "-c", "echo out; echo error >&2; exit 7"}});
        VERIFY_OK(output);
        QCOMPARE(output->standardOutput, std::string("out\n"));
        QCOMPARE(output->standardError, std::string("error\n"));
        QCOMPARE(output->status.code, 7);
        const auto flood = sys::runAndCapture({.argv = {"sh", "-c", "head -c 1000000 /dev/zero"}}, {}, 1000);
        VERIFY_OK(flood);
        QCOMPARE(flood->standardOutput.size(), std::size_t{1000});
    }
    void captureIsCancelled() {
        std::stop_source source;
        std::jthread canceller([&] { source.request_stop(); });
        VERIFY_ERROR(sys::runAndCapture({.argv = {"sleep", "100"}}, source.get_token()),
                     ErrorKind::Cancelled);
    }
    void passesDescriptorsWhoseNumbersCollide() {
        auto first = sys::makePipe();
        auto second = sys::makePipe();
        VERIFY_OK(first);
        VERIFY_OK(second);
        // The child's numbers are each other's sources here.
        auto child = sys::Subprocess::spawn(
            {.argv = {"sh", "-c", "echo a >&$A; echo b >&$B"},
             .env =
                 std::vector<std::string>{"PATH=/usr/bin:/bin", "A=" + std::to_string(second->writeEnd.get()),
                                          "B=" + std::to_string(first->writeEnd.get())},
             .fds = {{first->writeEnd.get(), second->writeEnd.get()},
                     {second->writeEnd.get(), first->writeEnd.get()}}});
        VERIFY_OK(child);
        VERIFY_OK(child->wait());
        first->writeEnd.reset();
        second->writeEnd.reset();
        QCOMPARE(*sys::readAll(first->readEnd.get()), std::string("a\n"));
        QCOMPARE(*sys::readAll(second->readEnd.get()), std::string("b\n"));
    }
    /// The numbers are those that the descriptors have on their way there.
    void standbyGetsWordsAndDescriptors() {
        auto output = sys::makePipe();
        auto input = sys::makePipe();
        VERIFY_OK(output);
        VERIFY_OK(input);
        auto standby = sys::Standby::make("waits", [](const std::vector<std::string>& words) {
            std::array<char, 8> heard{};
            const auto got = ::read(3, heard.data(), heard.size());
            std::string text(heard.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
            for (const std::string& word : words) {
                text += "<" + word + ">";
            }
            text += ::fcntl(5, F_GETFD) < 0 ? "" : " too many";
            return sys::writeAll(4, text) ? 7 : 8;
        });
        VERIFY_OK(standby);
        VERIFY_OK(sys::writeAll(input->writeEnd.get(), "in"));
        const auto pid =
            standby->begin({"run", "", "a b\nc"}, {{output->writeEnd.get(), 4}, {input->readEnd.get(), 3}});
        VERIFY_OK(pid);
        output->writeEnd.reset();
        QCOMPARE(*sys::readAll(output->readEnd.get()), std::string("in<run><><a b\nc>"));
        QCOMPARE(exitCode(*pid), 7);
    }
    void standbyEndsWhenItIsToldNothing() {
        auto lifeline = sys::makePipe();
        VERIFY_OK(lifeline);
        pid_t pid = 0;
        {
            // What it is not given it does not keep open, this pipe for one.
            auto standby = sys::Standby::make("waits", [](const auto&) { return 1; });
            VERIFY_OK(standby);
            pid = standby->pid();
            lifeline->writeEnd.reset();
            QCOMPARE(*sys::readAll(lifeline->readEnd.get()), std::string());
        }
        QCOMPARE(exitCode(pid), 0);
    }
    void standbyRefusesWhatItCannotBeTold() {
        auto standby =
            sys::Standby::make("waits", [](const auto& words) { return static_cast<int>(words.size()); });
        VERIFY_OK(standby);
        VERIFY_ERROR(standby->begin({std::string(70000, 'x')}, {{0, 0}}), ErrorKind::InvalidArgument);
        VERIFY_ERROR(standby->begin({}, std::vector<std::pair<int, int>>(40, {0, 3})),
                     ErrorKind::InvalidArgument);
        const auto pid = standby->begin({"a", "b", "c"}, {{0, 0}});
        VERIFY_OK(pid);
        QCOMPARE(exitCode(*pid), 3);
    }
    void standbyThatWasKilledIsTold() {
        auto standby = sys::Standby::make("waits", [](const auto&) { return 0; });
        VERIFY_OK(standby);
        QCOMPARE(::kill(standby->pid(), SIGKILL), 0);
        QCOMPARE(exitCode(standby->pid()), -SIGKILL);
        VERIFY_ERROR(standby->begin({"run"}, {{0, 0}}), ErrorKind::Unavailable);
    }
    void lockWaitsForAQueueThatMoves() {
        const TemporaryDirectory directory;
        const auto path = directory / "lock";
        const auto limit = 400ms;
        // Once more when the queue was stopped for so long that it did not move.
        bool moved = false;
        for (int tries = 0; tries < 20 && !moved; ++tries) {
            auto held = sys::FileLock::acquire(path, sys::LockMode::Exclusive, 0ms, "first");
            VERIFY_OK(held);
            auto longest = std::chrono::steady_clock::duration::zero();
            auto last = std::chrono::steady_clock::now();
            std::jthread queue([&] {
                for (int i = 0; i < 18; ++i) {
                    std::this_thread::sleep_for(50ms);  // UNAVOIDABLE: the time of one holder
                    std::ofstream(path, std::ios::trunc) << "holder " << i;
                    const auto now = std::chrono::steady_clock::now();
                    longest = std::max(longest, now - std::exchange(last, now));
                }
                held = Error(ErrorKind::Cancelled, "released");
            });
            const auto got = sys::FileLock::acquire(path, sys::LockMode::Exclusive, limit, "last");
            queue.join();
            moved = longest < limit / 2;
            if (moved) {
                VERIFY_OK(got);
            }
        }
        QVERIFY2(moved, "this machine does not let a thread run every 200 ms");
    }
    void lockNamesItsHolder() {
        const TemporaryDirectory directory;
        const auto path = directory / "lock";
        QVERIFY(!sys::FileLock::mayBeHeld(path));
        {
            const auto lock = sys::FileLock::acquire(path, sys::LockMode::Exclusive, 0ms, "pull alpine");
            VERIFY_OK(lock);
            QVERIFY(sys::FileLock::mayBeHeld(path));
            const auto second = sys::FileLock::acquire(path, sys::LockMode::Exclusive, 5ms, "rmi");
            VERIFY_ERROR(second, ErrorKind::Unavailable);
            QVERIFY(second.error().message().find("pull alpine") != std::string::npos);
        }
        QVERIFY(!sys::FileLock::mayBeHeld(path));
        VERIFY_OK(sys::FileLock::acquire(path, sys::LockMode::Exclusive, 0ms, "rmi"));
    }
    void lockNamesItsHolderAndNothingOfTheLast() {
        const TemporaryDirectory directory;
        const auto path = directory / "lock";
        VERIFY_OK(sys::FileLock::acquire(path, sys::LockMode::Exclusive, 0ms, "a long operation"));
        const auto lock = sys::FileLock::acquire(path, sys::LockMode::Exclusive, 0ms, "rm");
        VERIFY_OK(lock);
        const auto second = sys::FileLock::acquire(path, sys::LockMode::Exclusive, 5ms, "rmi");
        VERIFY_ERROR(second, ErrorKind::Unavailable);
        QVERIFY(second.error().message().ends_with("(rm)"));
    }
    void lockThatCannotBeAskedIsNotFree() {
        const TemporaryDirectory directory;
        const auto path = directory / "lock";
        VERIFY_OK(sys::FileLock::look(path));
        QVERIFY(*sys::FileLock::look(path) == sys::LockState::Missing);
        QCOMPARE(::symlink("elsewhere", path.c_str()), 0);  // the lock itself is opened without following
        VERIFY_ERROR(sys::FileLock::look(path), ErrorKind::Io);
        QVERIFY(sys::FileLock::mayBeHeld(path));
    }
    void sharedLocksDoNotExcludeEachOther() {
        const TemporaryDirectory directory;
        const auto path = directory / "lock";
        const auto first = sys::FileLock::acquire(path, sys::LockMode::Shared, 0ms, "list");
        VERIFY_OK(first);
        VERIFY_OK(sys::FileLock::acquire(path, sys::LockMode::Shared, 0ms, "list"));
        VERIFY_ERROR(sys::FileLock::acquire(path, sys::LockMode::Exclusive, 1ms, "rmi"),
                     ErrorKind::Unavailable);
    }
    void identityEndsWithItsProcess() {
        auto child = sys::Subprocess::spawn({.argv = {"sleep", "100"}});
        VERIFY_OK(child);
        const auto identity = sys::identifyProcess(child->pid());
        VERIFY_OK(identity);
        QVERIFY(sys::isAlive(*identity));
        auto older = *identity;
        older.startTicks -= 1;
        QVERIFY(!sys::isAlive(older));
        VERIFY_ERROR(sys::openProcess(older), ErrorKind::NotFound);
        const auto handle = sys::openProcess(*identity);
        VERIFY_OK(handle);
        VERIFY_OK(sys::signalProcess(handle->get(), SIGKILL));
        VERIFY_OK(child->wait());
        QVERIFY(!sys::isAlive(*identity));
    }
    /// The kernel shows such a process as a zombie, for it shows the state of its first thread.
    void itLivesAsLongAsOneOfItsThreads() {
        const pid_t child = ::fork();
        if (child == 0) {
            (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);  // of a test that fails
            std::thread([] { ::pause(); }).detach();
            ::syscall(SYS_exit, 0);  // of this thread only
        }
        const auto identity = sys::identifyProcess(child);
        VERIFY_OK(identity);
        const std::string stat = "/proc/" + std::to_string(child) + "/stat";
        const auto isShownAsZombie = [&stat] {
            const auto text = sys::readFile(stat, 4096);
            return text && text->find(") Z ") != std::string::npos;
        };
        QTRY_VERIFY(isShownAsZombie());
        QVERIFY(sys::isAlive(*identity));
        QVERIFY(!sys::isEnding(*identity));
        QVERIFY(!sys::exitStatusOfZombie(*identity));
        VERIFY_OK(sys::openProcess(*identity));
        QCOMPARE(::kill(child, SIGKILL), 0);
        siginfo_t info{};
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
        QVERIFY(!sys::isAlive(*identity));
        QVERIFY(sys::isEnding(*identity));
        const auto status = sys::exitStatusOfZombie(*identity);
        QVERIFY(status && status->signal == SIGKILL);
        QCOMPARE(::waitpid(child, nullptr, 0), child);
    }
};
QTEST_GUILESS_MAIN(TestProcess)
#include "test_process.moc"
