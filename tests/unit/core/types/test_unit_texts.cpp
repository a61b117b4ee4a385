// SPDX-License-Identifier: Apache-2.0
#include "core/types/compose_text.h"
#include "core/types/quadlet_text.h"
#include "core/types/run_command.h"

#include <QTest>

using namespace coracle;
using namespace coracle::types;

namespace {

RunSpec specOf(const char* line) {
    const auto words = splitShellText(line);
    auto parsed = words ? parseRunCommand(*words) : Result<ParsedRunCommand>(words.error());
    if (!parsed) {
        qFatal("%s", parsed.error().message().c_str());
    }
    return parsed->spec;
}

/// Lines of `text` that are not in `expected` and the other way round; empty when all agree.
QString difference(const std::string& text, const QStringList& expected) {
    QStringList lines = QString::fromStdString(text).split(QLatin1Char('\n'));
    lines.removeAll(QString());
    QStringList wrong;
    for (const auto& line : expected) {
        if (!lines.contains(line)) {
            wrong << QStringLiteral("missing: ") + line;
        }
    }
    return wrong.isEmpty()
               ? QString()
               : wrong.join(QLatin1Char('\n')) + QStringLiteral("\n- in -\n") + QString::fromStdString(text);
}

/// Every option with a value that can be found again, and the value.
const std::pair<const char*, const char*> kOptions[] = {
    {"--restart on-failure:7", "on-failure:7"},
    {"--log-driver journald", "journald"},
    {"--log-opt max-size=3m", "3m"},
    {"--name web-1", "web-1"},
    {"-p 127.0.0.1:8080:80", "127.0.0.1:8080:80"},
    {"-p 127.0.0.1::9229", "9229"},
    {"-v data:/data:ro,nocopy", "data"},
    {"-v /srv/x:/x:Z", "/srv/x"},
    {"-v /srv/y:/y:rshared", "rshared"},
    {"--tmpfs /scratch:size=64m,noexec", "noexec"},
    {"-e A=b", "A=b"},
    {"--env-file /etc/app.env", "/etc/app.env"},
    {"-w /work", "/work"},
    {"-u 1000:100", "1000"},
    {"--entrypoint /bin/true", "/bin/true"},
    {"-h box", "box"},
    {"-l a.b=c", "a.b=c"},
    {"--network none", "none"},
    {"--pid container:x", "container:x"},
    {"--ipc shareable", "shareable"},
    {"--uts host", "host"},
    {"--expose 53/udp", "53/udp"},
    {"-P", "--publish-all"},
    {"--secret token,type=env", "token,type=env"},
    {"--cap-add NET_RAW", "NET_RAW"},
    {"--cap-drop ALL", "ALL"},
    {"--security-opt profile=hardened", "profile=hardened"},
    {"--security-opt seccomp=/etc/f.json", "/etc/f.json"},
    {"--security-opt mask=/proc/acpi", "/proc/acpi"},
    {"--security-opt writable-cgroups", "writable-cgroups"},
    {"--device /dev/fuse", "/dev/fuse"},
    {"--group-add keep-groups", "keep-groups"},
    {"--userns auto:size=9", "auto:size=9"},
    {"--uidmap 0:1:100", "0:1:100"},
    {"--gidmap 0:1:101", "0:1:101"},
    {"--memory 512m", "512m"},
    {"--memory-reservation 100m", "100m"},
    {"--memory 1g --memory-swap 3g", "3g"},
    {"--cpus 1.5", "1.5"},
    {"--cpu-shares 333", "333"},
    {"--cpu-quota 4444", "4444"},
    {"--cpuset-cpus 0-1", "0-1"},
    {"--cpuset-mems 0,1", "0,1"},
    {"--pids-limit 77", "77"},
    {"--blkio-weight 321", "321"},
    {"--device-write-bps /dev/sda:2048", "/dev/sda"},
    {"--oom-score-adj 55", "55"},
    {"--ulimit nofile=66:88", "88"},
    {"--shm-size 1234567", "1234567"},
    {"--sysctl net.core.somaxconn=99", "99"},
    {"--cgroupns host", "host"},
    {"--cgroup-parent my.slice", "my.slice"},
    {"--stop-signal SIGQUIT", "SIGQUIT"},
    {"--stop-timeout 17", "17"},
    {"--platform linux/arm64", "linux/arm64"},
    {"--pull never", "never"},
    {"--health-cmd 'curl -f localhost'", "curl -f localhost"},
    {"--health-interval 31s", "31s"},
    {"--health-timeout 32s", "32s"},
    {"--health-start-period 33s", "33s"},
    {"--health-start-interval 34s", "34s"},
    {"--health-retries 35", "35"},
    {"--label-file /etc/labels", "/etc/labels"},
    {"--annotation note=kept", "note=kept"},
    {"--add-host db:10.0.0.7", "10.0.0.7"},
    {"--link db:store", "db:store"},
    {"--dns 10.0.0.8", "10.0.0.8"},
    {"--dns-search lan.example", "lan.example"},
    {"--dns-option ndots:2", "ndots:2"},
    {"--domainname dom.example", "dom.example"},
    {"--tz Europe/Vienna", "Europe/Vienna"},
    {"--volumes-from other:ro", "other:ro"},
};

}  // namespace

class TestUnitTexts : public QObject {
    Q_OBJECT
private slots:
    void composeOfAWholeContainer() {
        const auto spec = specOf(
            "-d --name api -p 127.0.0.1:9001:9000 -p 53:53/udp -p 127.0.0.1::9229 -v /srv/conf:/etc/shop:ro "
            "-v uploads:/data --tmpfs /tmp:size=64m -e 'MOTD=it''s $5' --memory 512m --cpus 1 --pids-limit "
            "512 "
            "--read-only --restart on-failure:5 --stop-timeout 20 --network none shop/api:2.3 serve --port "
            "9000");
        QCOMPARE(QString::fromStdString(toComposeText(spec)), QStringLiteral(R"(services:
  api:
    image: shop/api:2.3
    container_name: api
    command: [serve, "--port", "9000"]
    ports:
      - "127.0.0.1:9001:9000"
      - "53:53/udp"
      - target: 9229
        host_ip: "127.0.0.1"
        protocol: tcp
    volumes:
      - type: bind
        source: /srv/conf
        target: /etc/shop
        read_only: true
      - type: volume
        source: uploads
        target: /data
      - type: tmpfs
        target: /tmp
        tmpfs:
          size: "64m"
    environment:
      - "MOTD=its $$5"
    network_mode: none
    read_only: true
    mem_limit: "512m"
    cpus: 1
    pids_limit: 512
    restart: on-failure:5
    stop_grace_period: 20s
volumes:
  uploads:
    name: uploads
)"));
    }
    void quadletOfAWholeContainer() {
        const auto spec = specOf(
            "-d --name api -p 127.0.0.1:9001:9000 -v /srv/conf:/etc/shop:ro -e 'MOTD=50% of $5' -e A=b "
            "--memory 512m --pids-limit 512 --security-opt no-new-privileges --restart always "
            "-u 1000:100 shop/api:2.3 serve 'two words' ''");
        QCOMPARE(QString::fromStdString(toQuadletText(spec)), QStringLiteral(R"([Container]
Image=shop/api:2.3
ContainerName=api
Exec=serve "two words" ""
PublishPort=127.0.0.1:9001:9000
Volume=/srv/conf:/etc/shop:ro
Environment="MOTD=50%% of $$5"
Environment=A=b
User=1000
Group=100
NoNewPrivileges=true
PodmanArgs=--memory 512m
PidsLimit=512
# A quadlet's container is removed each time it stops: keep what it writes in volumes.

[Service]
Restart=always

[Install]
WantedBy=default.target
)"));
    }
    void noOptionIsLost_data() {
        QTest::addColumn<QString>("value");
        for (const auto& [option, value] : kOptions) {
            QTest::newRow(option) << QString::fromLatin1(value);
        }
    }
    /// As a key or as a comment: the value is there, in both.
    void noOptionIsLost() {
        QFETCH(QString, value);
        const auto spec = specOf((std::string(QTest::currentDataTag()) + " alpine").c_str());
        for (const auto& text : {toComposeText(spec), toQuadletText(spec)}) {
            const auto shown = QString::fromStdString(text);
            QVERIFY2(shown.contains(value), qPrintable(shown));
        }
    }
    void switchesAreThere() {
        const auto spec = specOf("-it --init --read-only --privileged --rm alpine");
        QCOMPARE(difference(toComposeText(spec),
                            {QStringLiteral("    stdin_open: true"), QStringLiteral("    tty: true"),
                             QStringLiteral("    init: true"), QStringLiteral("    read_only: true"),
                             QStringLiteral("    privileged: true"),
                             QStringLiteral("    # --rm: 'compose down' removes it")}),
                 QString());
        QCOMPARE(difference(toQuadletText(spec),
                            {QStringLiteral("PodmanArgs=--interactive --tty"), QStringLiteral("RunInit=true"),
                             QStringLiteral("ReadOnly=true"), QStringLiteral("PodmanArgs=--privileged")}),
                 QString());
    }
    void wordsThatYamlWouldReadAsSomethingElse() {
        RunSpec spec = specOf("alpine");
        spec.command = {"yes", "1", "a: b", "- x", "", "\xC3\xA9", "tab\there", "\x01", "\"q\"", "~"};
        QCOMPARE(difference(toComposeText(spec),
                            {QStringLiteral("    command: [\"yes\", \"1\", \"a: b\", \"- x\", \"\", \"é\", "
                                            "\"tab\\there\", \"\\x01\", \"\\\"q\\\"\", \"~\"]")}),
                 QString());
    }
    void aLineBreakInAValueMakesNoSecondKey() {
        RunSpec spec = specOf("alpine");
        spec.hostname = "box\nPodmanArgs=--privileged";
        spec.env = {{"A", "1\nPodmanArgs=--privileged"}};
        spec.command = {"sh", "-c", "a\nPodmanArgs=--privileged"};
        const auto lines = QString::fromStdString(toQuadletText(spec)).split(QLatin1Char('\n'));
        for (const auto& line : lines) {
            QVERIFY2(!line.startsWith(QStringLiteral("PodmanArgs")),
                     qPrintable(lines.join(QLatin1Char('\n'))));
        }
        const auto compose = QString::fromStdString(toComposeText(spec)).split(QLatin1Char('\n'));
        for (const auto& line : compose) {
            QVERIFY2(!line.startsWith(QStringLiteral("PodmanArgs")), qPrintable(line));
        }
    }
};

QTEST_APPLESS_MAIN(TestUnitTexts)
#include "test_unit_texts.moc"
