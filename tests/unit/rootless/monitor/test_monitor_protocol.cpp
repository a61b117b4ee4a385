// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/clients.h"
#include "rootless/oci/monitor_protocol.h"
#include "rootless/sys/file.h"
#include "rootless/sys/lock.h"
#include "tests/support/verify.h"

#include <vector>

#include <unistd.h>

using namespace coracle;
using namespace coracle::oci::monitor;
using coracle::monitor::Clients;

class TestProtocol : public QObject {
    Q_OBJECT

private slots:
    void decodesFrames();
    void carriesFailures();
    void readsNumbers_data();
    void readsNumbers();
    void knowsWhatRuns();
    void knowsAMonitorKilledWhileItMadeTheContainer();
    void readsExitRecords();
    void exitRecordsSurvive();
    void knowsAPauseFromItsMonitor();
    void silencedClientGetsTheEndOnly();
    void queuesForASlowClient();
    void tellsWhenAClientIsGone();
};

void TestProtocol::decodesFrames() {
    const std::string bytes("\x04hello", 6);  // the decoded payload is a view of it
    const auto message = decode(bytes);
    VERIFY_OK(message);
    QVERIFY(message->frame == Frame::Stdout);
    QCOMPARE(message->payload, std::string_view("hello"));
    for (const char bad : {'\0', '\x09', '\x0f', '\x40', '\xff'}) {
        VERIFY_ERROR(decode(std::string(1, bad)), ErrorKind::Corrupt);
    }
    VERIFY_ERROR(decode(""), ErrorKind::Corrupt);
    const auto size = decodeResize(encodeResize({120, 40}));
    VERIFY_OK(size);
    QCOMPARE(int{size->columns}, 120);
    VERIFY_ERROR(decodeResize("120x40"), ErrorKind::Corrupt);
    VERIFY_ERROR(decodeResize("120 65536"), ErrorKind::Corrupt);
}

void TestProtocol::carriesFailures() {
    const Error sent = Error(ErrorKind::NotFound, "exec 'x': no such file").withHint("look");
    const Error got = decodeFailure(encodeFailure(sent));
    QVERIFY(got.kind() == sent.kind());
    QCOMPARE(got.message(), sent.message());
    QCOMPARE(got.hint(), sent.hint());
    QVERIFY(decodeFailure("").kind() == ErrorKind::Internal);
    QVERIFY(decodeFailure("\x7fxx").kind() == ErrorKind::Internal);
    QVERIFY(encodeFailure(Error(ErrorKind::Io, std::string(100'000, 'x'))).size() < kMaxFrameBytes);
    QCOMPARE(failureExitCode(ErrorKind::NotFound), 127);
    QCOMPARE(failureExitCode(ErrorKind::PermissionDenied), 126);
    QCOMPARE(failureExitCode(ErrorKind::Conflict), 125);
    QCOMPARE(recordedExitCode(ErrorKind::NotFound), 127);
    QCOMPARE(recordedExitCode(ErrorKind::PermissionDenied), 126);
    QCOMPARE(recordedExitCode(ErrorKind::Conflict), 128);
}

void TestProtocol::readsNumbers_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("wanted");
    QTest::newRow("number") << "15" << 15;
    QTest::newRow("empty") << "" << -1;
    QTest::newRow("word") << "TERM" << -1;
    QTest::newRow("trailing") << "15 " << -1;
    QTest::newRow("too low") << "0" << -1;
    QTest::newRow("too high") << "65" << -1;
    QTest::newRow("overflow") << "99999999999" << -1;
}

void TestProtocol::readsNumbers() {
    QFETCH(QString, text);
    QFETCH(int, wanted);
    const auto number = decodeNumber(text.toStdString(), 1, 64);
    QCOMPARE(number ? *number : -1, wanted);
}

void TestProtocol::knowsWhatRuns() {
    const test::TemporaryDirectory folder;
    const auto liveness = [&] { return readRunState(folder.path())->liveness; };
    QVERIFY(readRunState(folder / "missing")->liveness == Liveness::Stopped);
    QVERIFY(liveness() == Liveness::Stopped);
    QCOMPARE(::symlink("elsewhere", (folder / "lock").c_str()), 0);
    QVERIFY2(!readRunState(folder.path()), "a lock that cannot be asked is not one that is free");
    QCOMPARE(::unlink((folder / "lock").c_str()), 0);
    auto lock = sys::FileLock::tryAcquire(folder / "lock", sys::LockMode::Exclusive, "test");
    VERIFY_OK(lock);
    QVERIFY(lock->has_value());
    QVERIFY(liveness() == Liveness::Starting);
    const auto self = sys::identifyProcess(::getpid());
    VERIFY_OK(self);
    const auto stateOf = [&](std::uint64_t startTicks) {
        return "{\"pid\":" + std::to_string(self->pid) + ",\"startTicks\":" + std::to_string(startTicks) +
               ",\"bootId\":\"" + self->bootId + "\",\"startedAt\":7}";
    };
    VERIFY_OK(
        sys::replaceFile(folder / "state.json", stateOf(self->startTicks), 0600, sys::Durability::Process));
    QVERIFY(liveness() == Liveness::Running);
    QCOMPARE(readRunState(folder.path())->startedAt, std::int64_t{7});
    lock->reset();
    QVERIFY(liveness() == Liveness::Orphaned);
    // The same number, another process.
    VERIFY_OK(sys::replaceFile(folder / "state.json", stateOf(self->startTicks + 1), 0600,
                               sys::Durability::Process));
    QVERIFY(liveness() == Liveness::Lost);
    VERIFY_OK(sys::replaceFile(folder / "state.json", "{", 0600, sys::Durability::Process));
    QVERIFY(liveness() == Liveness::Lost);
}

/// A monitor that is killed between the first step of the runtime and its own record would leave a container
/// that nobody knows of.
void TestProtocol::knowsAMonitorKilledWhileItMadeTheContainer() {
    const test::TemporaryDirectory folder;
    const auto liveness = [&] { return readRunState(folder.path())->liveness; };
    auto lock = sys::FileLock::tryAcquire(folder / "lock", sys::LockMode::Exclusive, "test");
    VERIFY_OK(lock);
    VERIFY_OK(sys::replaceFile(folder / "created", "", 0600, sys::Durability::Process));
    QVERIFY(liveness() == Liveness::Starting);
    lock->reset();
    QVERIFY(liveness() == Liveness::Unfinished);
    VERIFY_OK(sys::removeFile(folder / "created"));
    QVERIFY(liveness() == Liveness::Stopped);
}

void TestProtocol::readsExitRecords() {
    const test::TemporaryDirectory folder;
    const auto none = readExitRecord(folder.path(), folder.path() + "/run");
    VERIFY_OK(none);
    QVERIFY(!none->has_value());
    VERIFY_OK(sys::replaceFile(folder / "exit.json",
                               R"({"exitCode":137,"signal":9,"startedAt":1,"finishedAt":2,"oomKilled":true})",
                               0600, sys::Durability::Process));
    const auto record = readExitRecord(folder.path(), folder.path() + "/run");
    VERIFY_OK(record);
    QCOMPARE((*record)->exitCode.value_or(-1), 137);
    QVERIFY((*record)->oomKilled);
    VERIFY_OK(sys::replaceFile(folder / "exit.json",
                               R"({"exitCode":256,"signal":0,"startedAt":1,"finishedAt":2})", 0600,
                               sys::Durability::Process));
    VERIFY_ERROR(readExitRecord(folder.path(), folder.path() + "/run"), ErrorKind::Corrupt);
}

void TestProtocol::exitRecordsSurvive() {
    const test::TemporaryDirectory folder;
    ExitRecord record;
    record.exitCode = 125;
    record.startedAt = 1;
    record.finishedAt = 2;
    record.restarts = 7;
    record.lostLogBytes = 12;
    record.error = "no \"layer\"";
    // When the disk is full it is in the run folder.
    VERIFY_OK(sys::makeDirectories(folder / "run"));
    VERIFY_OK(sys::replaceFile(folder / "run/exit.json", toJsonText(record), 0600, sys::Durability::Process));
    auto read = readExitRecord(folder.path(), folder / "run");
    VERIFY_OK(read);
    QCOMPARE((*read)->exitCode.value_or(-1), 125);
    QCOMPARE((*read)->restarts, 7U);
    QCOMPARE((*read)->lostLogBytes, std::uint64_t{12});
    QCOMPARE((*read)->error, record.error);
    record.exitCode.reset();  // nobody saw it
    VERIFY_OK(sys::replaceFile(folder / "exit.json", toJsonText(record), 0600, sys::Durability::Process));
    read = readExitRecord(folder.path(), folder / "run");
    VERIFY_OK(read);
    QVERIFY(!(*read)->exitCode);
}

void TestProtocol::knowsAPauseFromItsMonitor() {
    const test::TemporaryDirectory folder;
    VERIFY_OK(sys::replaceFile(folder / "lock", "", 0600, sys::Durability::Process));  // the monitor's
    BackoffRecord pause;
    pause.monitor = *sys::identifyProcess(::getpid());
    pause.restarts = 3;
    pause.delayMs = 400;
    pause.exitCode = 1;
    VERIFY_OK(sys::replaceFile(folder / "backoff.json", toJsonText(pause), 0600, sys::Durability::Process));
    QVERIFY(readRunState(folder.path())->liveness == Liveness::Abandoned);
    auto lock = sys::FileLock::tryAcquire(folder / "lock", sys::LockMode::Exclusive, "test");
    VERIFY_OK(lock);
    const auto state = readRunState(folder.path());
    VERIFY_OK(state);
    QVERIFY(state->liveness == Liveness::BackingOff);
    QCOMPARE(state->restarts, 3U);
    QCOMPARE(state->backoff.exitCode.value_or(-1), 1);
    QVERIFY(state->backoff.monitor == pause.monitor);
    lock->reset();
    pause.monitor.bootId = "another boot";
    VERIFY_OK(sys::replaceFile(folder / "backoff.json", toJsonText(pause), 0600, sys::Durability::Process));
    QVERIFY(readRunState(folder.path())->liveness == Liveness::Stopped);
}

void TestProtocol::silencedClientGetsTheEndOnly() {
    auto loop = sys::EventLoop::create();
    VERIFY_OK(loop);
    Clients clients(*loop, {[](Clients::Id, const Message&) {}, [] {}, [](Clients::Role) {}});
    auto pair = sys::makeSocketPair(sys::SocketType::SeqPacket);
    VERIFY_OK(pair);
    const int id = pair->first.get();
    VERIFY_OK(clients.add(std::move(pair->first), Clients::Role::Attached));
    clients.silence(id);
    clients.broadcast(Frame::Stdout, "output");
    clients.broadcast(Frame::Exited, "0");
    Connection connection(std::move(pair->second));
    const auto message = connection.receive();
    VERIFY_OK(message);
    QVERIFY(message->has_value() && (*message)->frame == Frame::Exited);
}

void TestProtocol::queuesForASlowClient() {
    auto loop = sys::EventLoop::create();
    VERIFY_OK(loop);
    int unblocked = 0;
    Clients clients(*loop, {[](Clients::Id, const Message&) {}, [&] { ++unblocked; }, [](Clients::Role) {}});
    auto pair = sys::makeSocketPair(sys::SocketType::SeqPacket);
    VERIFY_OK(pair);
    VERIFY_OK(clients.add(std::move(pair->first), Clients::Role::Starter));
    const std::string payload(30'000, 'x');
    std::size_t sent = 0;
    while (!clients.blocked()) {
        clients.broadcast(Frame::Stdout, payload);
        ++sent;
        QVERIFY(sent < 1000);
    }
    Connection reader(std::move(pair->second));
    for (std::size_t i = 0; i < sent; ++i) {
        const auto message = reader.receive();
        VERIFY_OK(message);
        QVERIFY(message->has_value());
        QCOMPARE((*message)->payload.size(), payload.size());
        VERIFY_OK(loop->runOnce(std::chrono::milliseconds(0)));
    }
    QVERIFY(!clients.blocked());
    QCOMPARE(unblocked, 1);
    clients.closeAll();
    QVERIFY(clients.empty());
}

void TestProtocol::tellsWhenAClientIsGone() {
    auto loop = sys::EventLoop::create();
    VERIFY_OK(loop);
    std::vector<Clients::Role> gone;
    std::vector<std::string> received;
    Clients clients(*loop, {[&](Clients::Id, const Message& m) { received.emplace_back(m.payload); }, [] {},
                            [&](Clients::Role role) { gone.push_back(role); }});
    auto pair = sys::makeSocketPair(sys::SocketType::SeqPacket);
    VERIFY_OK(pair);
    VERIFY_OK(clients.add(std::move(pair->first), Clients::Role::Attached));
    {
        Connection client(std::move(pair->second));
        VERIFY_OK(client.send(Frame::Stdin, "one"));
        VERIFY_OK(client.send(Frame::Stdin, "two"));
    }
    for (int i = 0; i < 3; ++i) {
        VERIFY_OK(loop->runOnce(std::chrono::milliseconds(0)));
    }
    QCOMPARE(received, (std::vector<std::string>{"one", "two"}));  // what came before the end is not lost
    QCOMPARE(gone.size(), std::size_t{1});
    QVERIFY(clients.empty());
}

QTEST_GUILESS_MAIN(TestProtocol)
#include "test_monitor_protocol.moc"
