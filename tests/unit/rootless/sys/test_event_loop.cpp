// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/event_loop.h"
#include "rootless/sys/file.h"
#include "rootless/sys/reaper.h"
#include "rootless/sys/subprocess.h"
#include "rootless/sys/terminal.h"
#include "tests/support/verify.h"

#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>

using namespace coracle;
using namespace coracle::sys;
using std::chrono::milliseconds;

class TestEventLoop : public QObject {
    Q_OBJECT

private slots:
    void dispatchesReadyDescriptors();
    void handlerMayEndItsOwnWatch();
    void handlerMayEndAnothersWatch();
    void firesTimersInTime();
    void forgetsCancelledTimers();
    void stops();
    void refusesRegularFiles();
    void collectsOrphans();
    void reapsDetachedChildren();
    void knowsEndOfInput();
};

void TestEventLoop::dispatchesReadyDescriptors() {
    auto loop = EventLoop::create();
    VERIFY_OK(loop);
    const auto pipe = makePipe();
    VERIFY_OK(pipe);
    int calls = 0;
    VERIFY_OK(loop->watch(pipe->readEnd.get(), EPOLLIN, [&](std::uint32_t) { ++calls; }));
    VERIFY_OK(loop->runOnce(milliseconds(0)));
    QCOMPARE(calls, 0);
    VERIFY_OK(writeAll(pipe->writeEnd.get(), "x"));
    VERIFY_OK(loop->runOnce(milliseconds(0)));
    QCOMPARE(calls, 1);
    VERIFY_OK(loop->modify(pipe->readEnd.get(), 0));
    VERIFY_OK(loop->runOnce(milliseconds(0)));
    QCOMPARE(calls, 1);
    QVERIFY(loop->isWatched(pipe->readEnd.get()));
    loop->unwatch(pipe->readEnd.get());
    loop->unwatch(pipe->readEnd.get());
    VERIFY_ERROR(loop->modify(pipe->readEnd.get(), EPOLLIN), ErrorKind::NotFound);
}

void TestEventLoop::handlerMayEndItsOwnWatch() {
    auto loop = EventLoop::create();
    auto pipe = makePipe();
    VERIFY_OK(writeAll(pipe->writeEnd.get(), "x"));
    const std::string captured(1000, 'c');  // lives in the handler, which must outlive its own removal
    std::string seen;
    VERIFY_OK(loop->watch(pipe->readEnd.get(), EPOLLIN, [&, captured](std::uint32_t) {
        loop->unwatch(pipe->readEnd.get());
        pipe->readEnd.reset();
        seen = captured;
    }));
    VERIFY_OK(loop->runOnce(milliseconds(0)));
    QCOMPARE(seen, captured);
}

void TestEventLoop::handlerMayEndAnothersWatch() {
    auto loop = EventLoop::create();
    auto one = makePipe();
    auto two = makePipe();
    VERIFY_OK(writeAll(one->writeEnd.get(), "x"));
    VERIFY_OK(writeAll(two->writeEnd.get(), "x"));
    int calls = 0;
    const auto handler = [&](std::uint32_t) {
        ++calls;
        loop->unwatch(one->readEnd.get());
        loop->unwatch(two->readEnd.get());
    };
    VERIFY_OK(loop->watch(one->readEnd.get(), EPOLLIN, handler));
    VERIFY_OK(loop->watch(two->readEnd.get(), EPOLLIN, handler));
    VERIFY_OK(loop->runOnce(milliseconds(0)));
    QCOMPARE(calls, 1);
}

void TestEventLoop::firesTimersInTime() {
    auto loop = EventLoop::create();
    std::vector<int> order;
    EventLoop::Clock::time_point begin;
    EventLoop::TimerId last = 0;
    EventLoop::TimerId first = 0;
    // Once more when we were stopped between the two for so long that the first one is the second one.
    do {
        loop->cancel(last);
        loop->cancel(first);
        begin = EventLoop::Clock::now();
        last = loop->callAfter(milliseconds(30), [&] {
            order.push_back(2);
            loop->stop();
        });
        first = loop->callAfter(milliseconds(5), [&] { order.push_back(1); });
    } while (EventLoop::Clock::now() - begin >= milliseconds(25));
    VERIFY_OK(loop->run());
    QVERIFY(EventLoop::Clock::now() - begin >= milliseconds(30));
    QCOMPARE(order, (std::vector<int>{1, 2}));
}

void TestEventLoop::forgetsCancelledTimers() {
    auto loop = EventLoop::create();
    int calls = 0;
    EventLoop::TimerId second = 0;
    (void)loop->callAfter(milliseconds(0), [&] {
        ++calls;
        loop->cancel(second);
    });
    second = loop->callAfter(milliseconds(0), [&] { ++calls; });
    VERIFY_OK(loop->runOnce(milliseconds(5)));
    VERIFY_OK(loop->runOnce(milliseconds(5)));
    QCOMPARE(calls, 1);
}

void TestEventLoop::stops() {
    auto loop = EventLoop::create();
    (void)loop->callAfter(milliseconds(0), [&] { loop->stop(); });
    VERIFY_OK(loop->run());
}

void TestEventLoop::refusesRegularFiles() {
    auto loop = EventLoop::create();
    const test::TemporaryDirectory folder;
    const auto file = openAt(AT_FDCWD, folder / "file", O_RDWR | O_CREAT, 0600);
    VERIFY_OK(file);
    VERIFY_ERROR(loop->watch(file->get(), EPOLLIN, [](std::uint32_t) {}), ErrorKind::PermissionDenied);
}

void TestEventLoop::collectsOrphans() {
    VERIFY_OK(becomeSubreaper());
    const test::TemporaryDirectory folder;
    SpawnOptions options;
    options.argv = {
        "sh", "-c",
        "(exec sh -c 'read x < " + (folder / "fifo") + "; exit 7') & echo $! > " + (folder / "pid")};
    QCOMPARE(::mkfifo((folder / "fifo").c_str(), 0600), 0);
    auto child = Subprocess::spawn(options);
    VERIFY_OK(child);
    const pid_t parent = child->release();
    const auto next = [&] {
        std::optional<ReapedChild> reaped;
        (void)QTest::qWaitFor([&] { return (reaped = reapChild()).has_value(); }, kTestPatience);
        return reaped.value_or(ReapedChild{});
    };
    QCOMPARE(next().pid, parent);
    const auto gate = openAt(AT_FDCWD, folder / "fifo", O_WRONLY);
    VERIFY_OK(gate);
    VERIFY_OK(writeAll(gate->get(), "\n"));
    const ReapedChild orphan = next();
    QCOMPARE(orphan.status.code, 7);
    QCOMPARE(std::to_string(orphan.pid) + "\n", *readFile(folder / "pid"));
}

void TestEventLoop::reapsDetachedChildren() {
    SpawnOptions options;
    options.argv = {"true"};
    auto child = Subprocess::spawn(options);
    VERIFY_OK(child);
    const pid_t pid = child->pid();
    child->detach();
    const auto isZombie = [&] {
        const auto stat = readFile("/proc/" + std::to_string(pid) + "/stat");
        return stat && stat->find(") Z ") != std::string::npos;
    };
    QTRY_VERIFY(isZombie());
    auto another = Subprocess::spawn(options);
    VERIFY_OK(another);
    QVERIFY(!isZombie());
    VERIFY_OK(another->wait());
}

void TestEventLoop::knowsEndOfInput() {
    const UniqueFd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    QVERIFY(static_cast<bool>(master));
    QVERIFY(isPtyMaster(master.get()));
    QCOMPARE(endOfInputCharacter(master.get()), '\x04');
    VERIFY_OK(setWindowSize(master.get(), {80, 25}));
    const auto pipe = makePipe();
    VERIFY_OK(pipe);
    QVERIFY(!isPtyMaster(pipe->readEnd.get()));
    QCOMPARE(endOfInputCharacter(pipe->readEnd.get()), '\0');
    QVERIFY(!setWindowSize(pipe->readEnd.get(), {80, 25}).has_value());
}

QTEST_GUILESS_MAIN(TestEventLoop)
#include "test_event_loop.moc"
