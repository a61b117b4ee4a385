// SPDX-License-Identifier: Apache-2.0
#include "rootless/monitor/records.h"
#include "rootless/monitor/runtime_command.h"
#include "rootless/monitor/settings.h"
#include "tests/support/verify.h"

using namespace coracle;
using namespace coracle::monitor;

namespace {

constexpr const char* kMinimal =
    R"({"id":"c1","bundle":"/b","runDir":"/r","runtime":"/bin/runtime","runtimeArgs":["--root","/x"]})";

Settings minimal() {
    return *parseSettings(kMinimal, Mode::Container);
}

}  // namespace

class TestSettings : public QObject {
    Q_OBJECT

private slots:
    void hasDefaults();
    void rejects_data();
    void rejects();
    void buildsCommands();
    void understandsFailures_data();
    void understandsFailures();
    void keepsMessageAndHint();
    void neverMistakesOwnFailures();
    void printsEvents();
};

void TestSettings::hasDefaults() {
    const auto settings = parseSettings(kMinimal, Mode::Container);
    VERIFY_OK(settings);
    QCOMPARE(settings->logMaxBytes, std::uint64_t{10U << 20U});
    QCOMPARE(settings->logMaxFiles, 3U);
    QCOMPARE(settings->stopSignal, 15);
    QVERIFY(!settings->autoStart);
    QVERIFY(settings->exitCommand.empty());
    QCOMPARE(static_cast<int>(settings->restart.policy), static_cast<int>(RestartPolicy::No));
    QVERIFY(settings->networkCommand.empty());
}

void TestSettings::rejects_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("not JSON") << "{"
                              << "not valid JSON";
    QTest::newRow("id missing") << R"({"bundle":"/b","runDir":"/r","runtime":"/x"})"
                                << "'id' is missing";
    QTest::newRow("id like an option") << R"({"id":"-f","bundle":"/b","runDir":"/r","runtime":"/x"})"
                                       << "'id' is not a container id";
    QTest::newRow("relative path") << R"({"id":"c","bundle":"b","runDir":"/r","runtime":"/x"})"
                                   << "'bundle' is not an absolute path";
    QTest::newRow("relative trash") << R"({"id":"c","bundle":"/b","runDir":"/r","runtime":"/x","trash":"t"})"
                                    << "'trash' is not an absolute path";
    QTest::newRow("wrong type") << R"({"id":"c","bundle":"/b","runDir":"/r","runtime":"/x","tty":1})"
                                << "'tty' is not true or false";
    QTest::newRow("unknown policy")
        << R"({"id":"c","bundle":"/b","runDir":"/r","runtime":"/x","restart":"sometimes"})"
        << "'restart' is not a restart policy";
    QTest::newRow("out of range")
        << R"({"id":"c","bundle":"/b","runDir":"/r","runtime":"/x","stopSignal":65})"
        << "'stopSignal' is out of range";
    QTest::newRow("no parts") << R"({"id":"c","bundle":"/b","runDir":"/r","runtime":"/x","logMaxFiles":0})"
                              << "'logMaxFiles' is out of range";
}

void TestSettings::rejects() {
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto settings = parseSettings(text.toStdString(), Mode::Container);
    VERIFY_ERROR(settings, ErrorKind::Corrupt);
    QVERIFY2(QString::fromStdString(settings.error().message()).contains(part),
             settings.error().message().c_str());
}

void TestSettings::buildsCommands() {
    Settings settings = minimal();
    using Words = std::vector<std::string>;
    QCOMPARE(creationCommand(settings, ""), (Words{"/bin/runtime", "--root", "/x", "create", "--bundle", "/b",
                                                   "--pid-file", "/r/pid", "c1"}));
    settings.autoStart = true;
    QCOMPARE(creationCommand(settings, "/r/c"),
             (Words{"/bin/runtime", "--root", "/x", "run", "--bundle", "/b", "--detach", "--pid-file",
                    "/r/pid", "--console-socket", "/r/c", "c1"}));
    QCOMPARE(creationCommand(settings, "", {}, 3),
             (Words{"/bin/runtime", "--root", "/x", "run", "--bundle", "/b", "--detach", "--pid-file",
                    "/r/pid", "--spare-namespaces", "3", "c1"}));
    QCOMPARE(deleteCommand(settings), (Words{"/bin/runtime", "--root", "/x", "delete", "--force", "c1"}));
    const auto exec = parseSettings(
        R"({"id":"c1","runDir":"/r","runtime":"/bin/runtime","process":"/p.json"})", Mode::Exec);
    VERIFY_OK(exec);
    QCOMPARE(creationCommand(*exec, ""), (Words{"/bin/runtime", "exec", "--process", "/p.json", "--detach",
                                                "--pid-file", "/r/pid", "c1"}));
    // Every runtime knows the count; the list is for our own.
    QCOMPARE(creationCommand(*exec, "", {3, 4}),
             (Words{"/bin/runtime", "exec", "--process", "/p.json", "--detach", "--pid-file", "/r/pid",
                    "--preserve-fds", "2", "c1"}));
    QCOMPARE(creationCommand(*exec, "", {3, 7}),
             (Words{"/bin/runtime", "exec", "--process", "/p.json", "--detach", "--pid-file", "/r/pid",
                    "--preserve-fd", "3", "--preserve-fd", "7", "c1"}));
}

void TestSettings::understandsFailures_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("output");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, int code, const char* output, ErrorKind kind) {
        QTest::newRow(name) << code << output << static_cast<int>(kind);
    };
    row("127", 127, "coracle-runtime: exec 'x': no such file or directory\n", ErrorKind::NotFound);
    row("126", 126, "coracle-runtime: exec 'x': permission denied\n", ErrorKind::PermissionDenied);
    row("crun, no program", 1, "executable file `x` not found in $PATH: No such file or directory",
        ErrorKind::NotFound);
    row("crun, not executable", 1, "open executable: Operation not permitted", ErrorKind::PermissionDenied);
    row("runc, no program", 1,
        "runc create failed: unable to start container process: exec: \"x\": executable file not found in "
        "$PATH",
        ErrorKind::NotFound);
    row("runc, not executable", 1,
        "runc create failed: unable to start container process: exec: \"/x\": permission denied",
        ErrorKind::PermissionDenied);
    row("mount source", 1, "coracle-runtime: mount '/data': no such file or directory",
        ErrorKind::Unavailable);
    row("cgroup", 1, "coracle-runtime: write '/sys/fs/cgroup/x': permission denied", ErrorKind::Unavailable);
    row("says nothing", 1, "", ErrorKind::Unavailable);
}

void TestSettings::understandsFailures() {
    QFETCH(int, code);
    QFETCH(QString, output);
    QFETCH(int, kind);
    const auto error = runtimeFailure(minimal(), {code, 0}, output.toStdString());
    QCOMPARE(static_cast<int>(error.kind()), kind);
    QVERIFY(!error.message().empty());
}

void TestSettings::keepsMessageAndHint() {
    const auto error = runtimeFailure(
        minimal(), {1, 0},
        "warning: odd\r\n2026-01-02T03:04:05.678901Z: runtime: mount '/x': no space\r\nhint: buy a disk\n");
    QCOMPARE(error.message(), std::string("mount '/x': no space"));
    QCOMPARE(error.hint(), std::string("buy a disk"));
    QCOMPARE(runtimeFailure(minimal(), {0, 9}, "x").message(), std::string("runtime was killed by signal 9"));
    QCOMPARE(runtimeFailure(minimal(), {3, 0}, "\n").message(),
             std::string("runtime failed with exit code 3"));
}

void TestSettings::neverMistakesOwnFailures() {
    QVERIFY(ownFailure(Error(ErrorKind::NotFound, "x")).kind() == ErrorKind::Unavailable);
    QVERIFY(ownFailure(Error(ErrorKind::PermissionDenied, "x")).kind() == ErrorKind::Unavailable);
    QVERIFY(ownFailure(Error(ErrorKind::Conflict, "x")).kind() == ErrorKind::Conflict);
}

void TestSettings::printsEvents() {
    Settings settings = minimal();
    settings.eventAttributes = {{"name", "a\nb"}, {"image", "alpine"}};
    QCOMPARE(eventLine(settings, "die", {{"exitCode", "3"}}, 5),
             std::string(R"({"action":"die","attributes":{"exitCode":"3","image":"alpine","name":"a\nb"},)"
                         R"("id":"c1","time":5,"type":"container"})"
                         "\n"));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "test_monitor_settings.moc"
