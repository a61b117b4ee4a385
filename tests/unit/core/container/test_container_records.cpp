// SPDX-License-Identifier: Apache-2.0
#include "core/container/env_file.h"
#include "core/container/name_generator.h"
#include "core/container/record_details.h"
#include "core/container/run_spec_json.h"
#include "core/container/status.h"
#include "core/types/run_command.h"
#include "tests/support/verify.h"

#include <QTest>

#include <set>

using namespace coracle;
using container::ContainerEvidence;
using oci::monitor::Liveness;
using types::ContainerStatus;

namespace {

std::optional<std::string> noEnvironment(const std::string& name) {
    return name == "HERE" ? std::optional<std::string>("yes") : std::nullopt;
}

ContainerEvidence evidence(Liveness liveness, bool exit, bool monitorFile, bool operation = false) {
    ContainerEvidence result;
    result.run.liveness = liveness;
    result.run.process.pid = liveness == Liveness::Running || liveness == Liveness::Orphaned ? 42 : 0;
    if (exit) {
        result.exit.emplace();
        result.exit->exitCode = 137;
        result.exit->signal = 9;
        result.exit->startedAt = 1;
        result.exit->finishedAt = 2;
    }
    if (liveness == Liveness::BackingOff || liveness == Liveness::Abandoned) {
        result.run.backoff.exitCode = 1;
    }
    result.monitorFile = monitorFile;
    result.operation = operation;
    return result;
}

}  // namespace

class TestContainerRecords : public QObject {
    Q_OBJECT
private slots:
    void runSpecSurvives() {
        const auto parsed = types::parseRunCommand({"-d",
                                                    "-it",
                                                    "--no-hosts",
                                                    "--unsetenv",
                                                    "LANG",
                                                    "--unsetenv-all",
                                                    "--image-volume",
                                                    "ignore",
                                                    "--hooks-dir",
                                                    "/h",
                                                    "--umask",
                                                    "027",
                                                    "--restart",
                                                    "on-failure:3",
                                                    "--log-driver",
                                                    "local",
                                                    "--log-opt",
                                                    "max-size=1m",
                                                    "--name",
                                                    "web",
                                                    "-e",
                                                    "A=b=c",
                                                    "-l",
                                                    "x=y",
                                                    "-p",
                                                    "127.0.0.1:8080:80/udp",
                                                    "-v",
                                                    "data:/data:ro",
                                                    "-v",
                                                    "/h:/b",
                                                    "--tmpfs",
                                                    "/t:size=1m",
                                                    "-w",
                                                    "/w",
                                                    "-u",
                                                    "1:2",
                                                    "--entrypoint",
                                                    "/e",
                                                    "-h",
                                                    "host",
                                                    "--network",
                                                    "none",
                                                    "--read-only",
                                                    "--cap-add",
                                                    "NET_RAW",
                                                    "--cap-drop",
                                                    "ALL",
                                                    "--security-opt",
                                                    "no-new-privileges",
                                                    "--stop-signal",
                                                    "INT",
                                                    "--stop-timeout",
                                                    "3",
                                                    "--platform",
                                                    "linux/arm64",
                                                    "-P",
                                                    "--expose",
                                                    "53/udp",
                                                    "--pid",
                                                    "container:x",
                                                    "--ipc",
                                                    "none",
                                                    "--uts",
                                                    "private",
                                                    "--secret",
                                                    "token,mode=0400",
                                                    "--pull",
                                                    "always",
                                                    "image",
                                                    "cmd",
                                                    "-x"});
        VERIFY_OK(parsed);
        auto spec = parsed->spec;
        spec.userns = "keep-id";
        spec.attach = {"stdout"};
        const auto again = container::parseRunSpec(container::toJsonText(spec));
        VERIFY_OK(again);
        QVERIFY(*again == spec);
    }
    void unknownMembersArePassedOver() {
        VERIFY_OK(container::parseRunSpec(R"({"image":"a","ofALaterVersion":{"x":[1]}})"));
    }
    void damagedRecordIsAnError_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("no image") << "{}";
        QTest::newRow("not JSON") << "{";
        QTest::newRow("a list") << "[]";
        QTest::newRow("port out of range")
            << R"({"image":"a","ports":[{"hostIp":"","hostPort":70000,"containerPort":1,"protocol":"tcp"}]})";
        QTest::newRow("env of numbers") << R"({"image":"a","env":[[1,2]]})";
    }
    void damagedRecordIsAnError() {
        QFETCH(QString, text);
        VERIFY_ERROR(container::parseRunSpec(text.toStdString()), ErrorKind::Corrupt);
    }
    void detailsSurvive() {
        container::RecordDetails details;
        details.command = {"a", "b c"};
        details.exposed = {"53/udp"};
        details.labels = {{"k", "v"}};
        details.exposedPorts = {80, 443};
        details.volumes = {{"data", "/data"}};
        details.stopTimeoutSeconds = -1;
        const auto again = container::parseRecordDetails(container::toJsonText(details));
        VERIFY_OK(again);
        QVERIFY(*again == details);
    }
    void recordsOfOlderVersionsAreRead() {
        const auto details = container::parseRecordDetails(
            R"({"capabilities":["CAP_CHOWN","CAP_KILL"],"command":[],"env":[],"exposed":[],"exposedPorts":[],)"
            R"("hostname":"h","labels":{},"overlayDriver":"overlay","sliceFirst":0,"sliceSize":0,)"
            R"("stopSignal":"SIGTERM","stopTimeoutSeconds":10,"user":"","volumes":[],"workingDirectory":"/"})");
        VERIFY_OK(details);
        container::RecordDetails expected;
        expected.capabilities = {"CAP_CHOWN", "CAP_KILL"};
        expected.hostname = "h";
        expected.overlayDriver = "overlay";
        expected.workingDirectory = "/";
        QVERIFY(*details == expected);
    }
    /// `ps` reads the records of all containers, so what nobody asked for takes no room in them.
    void whatIsEmptyIsNotWritten() {
        types::RunSpec spec;
        spec.image = "a";
        QCOMPARE(container::toJsonText(spec),
                 std::string(R"({"image":"a","network":"slirp4netns","pull":"missing"})"));
        container::RecordDetails details;
        details.capabilities = {"CAP_CHOWN", "CAP_KILL"};
        QCOMPARE(container::toJsonText(details),
                 std::string(R"({"capabilities":"CAP_CHOWN CAP_KILL","stopSignal":"SIGTERM",)"
                             R"("stopTimeoutSeconds":10})"));
        const auto again = container::parseRecordDetails(container::toJsonText(details));
        VERIFY_OK(again);
        QVERIFY(*again == details);
    }
    void statusIsJudgedFromFacts_data() {
        QTest::addColumn<int>("liveness");
        QTest::addColumn<bool>("exit");
        QTest::addColumn<bool>("monitorFile");
        QTest::addColumn<bool>("operation");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("codeKnown");
        const auto row = [](const char* name, Liveness l, bool e, bool m, bool o, ContainerStatus s, bool k) {
            QTest::newRow(name) << static_cast<int>(l) << e << m << o << static_cast<int>(s) << k;
        };
        row("pause before a restart", Liveness::BackingOff, true, true, false, ContainerStatus::Restarting,
            true);
        row("being started again", Liveness::BackingOff, false, true, false, ContainerStatus::Restarting,
            true);
        row("monitor killed in a pause", Liveness::Abandoned, false, true, false, ContainerStatus::Exited,
            true);
        row("never started", Liveness::Stopped, false, false, false, ContainerStatus::Created, false);
        row("runs", Liveness::Running, false, true, false, ContainerStatus::Running, false);
        row("the end is recorded, the monitor goes on", Liveness::Running, true, true, false,
            ContainerStatus::Exited, true);
        row("monitor killed", Liveness::Orphaned, false, true, false, ContainerStatus::Running, false);
        row("monitor and process killed", Liveness::Lost, false, true, false, ContainerStatus::Exited, false);
        row("ended", Liveness::Stopped, true, true, false, ContainerStatus::Exited, true);
        row("being cleaned up", Liveness::Starting, true, true, false, ContainerStatus::Exited, true);
        row("monitor killed while it made the container", Liveness::Unfinished, false, true, false,
            ContainerStatus::Exited, false);
        row("monitor killed while it deleted the container", Liveness::Unfinished, true, true, false,
            ContainerStatus::Exited, true);
        row("killed after the record", Liveness::Lost, true, true, false, ContainerStatus::Exited, true);
        row("computer restarted", Liveness::Stopped, false, true, false, ContainerStatus::Exited, false);
        row("start begins", Liveness::Stopped, false, true, true, ContainerStatus::Starting, false);
        row("monitor prepares", Liveness::Starting, false, true, true, ContainerStatus::Starting, false);
    }
    void statusIsJudgedFromFacts() {
        QFETCH(int, liveness);
        QFETCH(bool, exit);
        QFETCH(bool, monitorFile);
        QFETCH(bool, operation);
        QFETCH(int, status);
        QFETCH(bool, codeKnown);
        const auto facts =
            container::judge(evidence(static_cast<Liveness>(liveness), exit, monitorFile, operation));
        QCOMPARE(static_cast<int>(facts.status), status);
        QCOMPARE(facts.exitCode.has_value(), codeKnown);
    }
    void aFirstStartThatFailedIsNoRun() {
        auto found = evidence(Liveness::Stopped, true, false);
        found.exit->startedAt = 0;
        found.exit->error = "no such program";
        auto facts = container::judge(found);
        QCOMPARE(static_cast<int>(facts.status), static_cast<int>(ContainerStatus::Created));
        QVERIFY(!facts.everStarted);
        QVERIFY(!facts.startedAt);
        QCOMPARE(facts.error, std::string("no such program"));
        found.exit->startedAt = 1;  // it ran before
        facts = container::judge(found);
        QCOMPARE(static_cast<int>(facts.status), static_cast<int>(ContainerStatus::Exited));
        QVERIFY(facts.everStarted);
    }
    void killedMonitorNeedsASuccessor() {
        for (const auto liveness :
             {Liveness::Orphaned, Liveness::Lost, Liveness::Abandoned, Liveness::Unfinished}) {
            QVERIFY(container::judge(evidence(liveness, false, true)).needsMonitor);
        }
        for (const auto liveness : {Liveness::Stopped, Liveness::Starting, Liveness::Running}) {
            QVERIFY(!container::judge(evidence(liveness, false, true)).needsMonitor);
        }
    }
    void timeOfRunningIgnoresTheClockOfTheWall() {
        using namespace std::chrono_literals;
        auto running = evidence(Liveness::Running, false, true);
        running.run.startedAt = std::int64_t{1} << 62;  // far in the future
        running.run.startedSinceBoot = std::chrono::nanoseconds(100s).count();
        running.sinceBoot = 160s;
        QCOMPARE(container::judge(running).upFor.value_or(0s).count(), 60);
        running.run.startedSinceBoot = 0;  // an older version wrote the record
        QVERIFY(!container::judge(running).upFor);
    }
    void envFile() {
        const auto list = container::parseEnvFile(
            "\xEF\xBB\xBF# comment\nA=1\n\n  B=x y=\"z\"\r\nHERE\nGONE\n", noEnvironment);
        VERIFY_OK(list);
        const container::EnvList expected{{"A", "1"}, {"B", "x y=\"z\""}, {"HERE", "yes"}};
        QVERIFY(*list == expected);
    }
    void envFileNamesTheBadLine() {
        const auto list = container::parseEnvFile("A=1\n=2\n", noEnvironment);
        VERIFY_ERROR(list, ErrorKind::InvalidArgument);
        QVERIFY(list.error().message().find("line 2") != std::string::npos);
        VERIFY_ERROR(container::parseEnvFile("A B=1\n", noEnvironment), ErrorKind::InvalidArgument);
    }
    void namesAreObjectNames() {
        std::set<std::string> seen;
        for (std::uint64_t i = 0; i < 5000; ++i) {
            const auto name = container::generateName(i * 7919, 0);
            QVERIFY(types::isObjectName(name));
            seen.insert(name);
        }
        QVERIFY(seen.size() > 2000);
        QCOMPARE(container::generateName(1, 2), container::generateName(1, 0) + "2");
    }
};

QTEST_GUILESS_MAIN(TestContainerRecords)
#include "test_container_records.moc"
