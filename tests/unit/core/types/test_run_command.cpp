// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_command.h"
#include "core/types/run_options.h"

#include <QProcess>
#include <QTest>

#include <random>
#include <set>

using namespace coracle;
using namespace coracle::types;

namespace {

using Words = std::vector<std::string>;

RunCommandContext context() {
    RunCommandContext out;
    out.environment = [](const std::string& name) {
        return name == "HOME" ? std::optional<std::string>("/home/ann") : std::nullopt;
    };
    out.workingDirectory = "/work";
    return out;
}

/// Makes specs as the parser could have made them: every field, with text that shells and separators dislike.
class SpecMaker {
public:
    explicit SpecMaker(unsigned seed) : m_random(seed) {}

    RunSpec make() {
        RunSpec spec;
        spec.image = pick({"alpine", "shop/api:2.3", "127.0.0.1:5000/team/app@sha256:00", "-odd"});
        times(3, [&] { spec.command.push_back(text()); });
        spec.name = maybe() ? "" : "web-1.a_b";
        spec.detach = maybe();
        spec.interactive = maybe();
        spec.tty = maybe();
        spec.removeWhenStopped = maybe();
        times(3, [&] { spec.env.emplace_back(pick({"A", "B_2", "odd name"}), text()); });
        times(2, [&] { spec.envFiles.push_back(text()); });
        times(2, [&] { spec.labels.emplace_back(pick({"l", "com.x/y"}), text()); });
        times(3, [&] { spec.ports.push_back(port()); });
        times(4, [&] { addMount(spec); });
        times(2, [&] { spec.unsetEnv.push_back(pick({"LANG", "odd name"})); });
        spec.unsetAllEnv = maybe();
        spec.noHosts = maybe();
        spec.imageVolumes =
            std::vector{ImageVolumes::Anonymous, ImageVolumes::Tmpfs, ImageVolumes::Ignore}[below(3)];
        times(2, [&] { spec.hooksDirs.push_back(text()); });
        spec.umask = maybe() ? std::optional<std::int64_t>(below(512)) : std::nullopt;
        spec.workingDirectory = some("/" + text());
        spec.user = some("t" + text());
        if (maybe()) {
            spec.entrypoint.emplace();
            times(3, [&] { spec.entrypoint->push_back(pick({text(), "[\"a\"]", "[", ""})); });
        }
        spec.hostname = some("t" + text());
        spec.network = pick({"slirp4netns", "none", "host"});
        spec.publishAll = maybe();
        times(2, [&] { spec.expose.push_back(pick({"80", "53/udp", "7000-7003/tcp"})); });
        if (!spec.detach && maybe()) {
            spec.attach = {pick({"stdin", "stderr"}), "stdout"};
        }
        spec.ipc = pick({"", "private", "shareable", "none", "host"});
        spec.pid = pick({"", "private"});
        times(2, [&] { spec.secrets.push_back(pick({"token", "a.b,type=env", "key,target=/k,mode=0400"})); });
        spec.readOnly = maybe();
        times(2, [&] { spec.capAdd.push_back(pick({"NET_RAW", "CAP_CHOWN", "ALL"})); });
        times(2, [&] { spec.capDrop.push_back(pick({"ALL", "mknod"})); });
        times(2, [&] {
            spec.securityOpt.push_back(
                pick({"no-new-privileges", "seccomp=/a b.json", "profile=hardened,32bit", "mask=/a:/b"}));
        });
        if (!spec.removeWhenStopped && maybe()) {
            spec.restart.policy = pick({"always", "unless-stopped", "on-failure"});
            spec.restart.maxRetries =
                spec.restart.policy == "on-failure" ? static_cast<std::int64_t>(below(5)) : 0;
        }
        spec.logDriver = some(pick({"none", "local", "json-file"}));
        times(2, [&] { spec.logOptions.emplace_back(pick({"max-size", "tag"}), text()); });
        spec.init = maybe();
        spec.stopSignal = some("t" + text());
        spec.stopTimeoutSeconds = maybe() ? std::optional<std::int64_t>(below(5000)) : std::nullopt;
        spec.platform = some("t" + text());
        spec.userns = pick({"", "host", "keep-id", "nomap", "keep-id:uid=5,gid=6", "auto:size=9", "private"});
        if (spec.userns.empty()) {
            times(2, [&] { spec.uidMap.push_back(pick({"0:1:100", "+u5:@1000:1"})); });
            times(2, [&] { spec.gidMap.push_back(pick({"0:1:100", "7:8"})); });
        }
        spec.privileged = maybe();
        times(2, [&] { spec.devices.push_back(pick({"/dev/fuse", "/dev/a:/dev/b:rw"})); });
        times(2, [&] { spec.groupAdd.push_back(pick({"wheel", "100"})); });
        spec.pull = std::vector{PullPolicy::Missing, PullPolicy::Always, PullPolicy::Never}[below(3)];
        return spec;
    }

    std::string text() {
        static const std::string kOdd = "ab Z09'\"\\$`!*?[]{}();&|<>#~=:,./-\n\t\xC3\xA9\xFF";
        std::string out;
        times(7, [&] { out += kOdd[below(kOdd.size())]; });
        return out;
    }

private:
    std::size_t below(std::size_t limit) { return m_random() % limit; }
    bool maybe() { return below(2) == 0; }
    std::string pick(const Words& words) { return words[below(words.size())]; }
    std::optional<std::string> some(const std::string& value) {
        return maybe() ? std::optional(value) : std::nullopt;
    }
    template <typename F>
    void times(std::size_t most, const F& f) {
        for (std::size_t n = below(most + 1); n > 0; --n) {
            f();
        }
    }
    net::PortMapping port() {
        net::PortMapping out;
        out.hostIp = pick({"", "127.0.0.1", "::1", "0.0.0.0"});
        out.hostPort = static_cast<std::uint16_t>(maybe() ? 0 : 1 + below(65535));
        out.containerPort = static_cast<std::uint16_t>(1 + below(65535));
        out.protocol = maybe() ? net::Protocol::Tcp : net::Protocol::Udp;
        return out;
    }
    void addMount(RunSpec& spec) {
        MountSpec mount;
        mount.kind = std::vector{MountSpec::Kind::Bind, MountSpec::Kind::Volume, MountSpec::Kind::Tmpfs,
                                 MountSpec::Kind::Image}[below(4)];
        mount.target = "/m" + std::to_string(spec.mounts.size()) + text();
        mount.readOnly = maybe();
        if (mount.kind == MountSpec::Kind::Bind) {
            mount.source = "/" + text();
            times(2, [&] { mount.options.push_back(pick({"z", "Z", "rshared"})); });
        } else if (mount.kind == MountSpec::Kind::Volume) {
            mount.source = maybe() ? "" : "data_1";
            times(1, [&] { mount.options.push_back(pick({"nocopy", "z"})); });
        } else if (mount.kind == MountSpec::Kind::Image) {
            mount.source = "a" + text();
            times(1, [&] { mount.options.push_back("subpath=s" + text()); });
            times(1, [&] { mount.options.push_back(pick({"noexec", "suid"})); });
        } else {
            times(2, [&] { mount.options.push_back(pick({"size=64m", "mode=1777", "noexec", "uid=5"})); });
        }
        spec.mounts.push_back(mount);
    }

    std::mt19937 m_random;
};

QString shown(const Result<ParsedRunCommand>& parsed) {
    return parsed ? QString() : QString::fromStdString(parsed.error().message());
}

}  // namespace

class TestRunCommand : public QObject {
    Q_OBJECT
private slots:
    void everySpecSurvivesPrintingAndParsing() {
        for (unsigned seed = 0; seed < 3000; ++seed) {
            const RunSpec spec = SpecMaker(seed).make();
            const auto words = toArguments(spec);
            const auto parsed = parseRunCommand(words, context());
            const auto line = toShellText(words);
            QVERIFY2(parsed.has_value(), qPrintable(shown(parsed) + " in " + QString::fromStdString(line)));
            QVERIFY2(parsed->spec == spec, line.c_str());
            QVERIFY(parsed->warnings.empty());
            const auto again = splitShellText(line);
            QVERIFY(again.has_value());
            QVERIFY2(*again == words, line.c_str());
        }
    }
    void shellTextYieldsTheSameWordsInARealShell() {
        SpecMaker maker(7);
        Words words = {"printf", "%s\\0", "A=B", "=x", "~", "~/a", "a~b", "", "-n", "#c", "!!", "{a,b}"};
        for (int i = 0; i < 200; ++i) {
            words.push_back(maker.text());
        }
        // Through standard input: an argument of QProcess cannot carry bytes that are not UTF-8.
        QProcess shell;
        shell.start("/bin/sh", QStringList{"-s"});
        shell.write(QByteArray::fromStdString(toShellText(words)));
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        QByteArray want;
        for (std::size_t i = 2; i < words.size(); ++i) {
            want += QByteArray::fromStdString(words[i]) + '\0';
        }
        QCOMPARE(shell.readAllStandardOutput(), want);
    }
    void readsDockersForms_data();
    void readsDockersForms();
    void refuses_data();
    void refuses();
    void takesTheEnvironmentForNamesWithoutValue() {
        const auto parsed = parseRunCommand({"-e", "HOME", "-eABSENT", "-e", "X=", "a"}, context());
        QVERIFY(parsed.has_value());
        const std::vector<std::pair<std::string, std::string>> want = {{"HOME", "/home/ann"}, {"X", ""}};
        QVERIFY(parsed->spec.env == want);
    }
    void passesProxiesOnWhenAsked() {
        RunCommandContext proxied;
        proxied.environment = [](const std::string& name) {
            return name == "http_proxy" || name == "NO_PROXY" ? std::optional<std::string>("x")
                                                              : std::nullopt;
        };
        const auto parsed = parseRunCommand({"-e", "http_proxy=mine", "--http-proxy", "a"}, proxied);
        QVERIFY(parsed.has_value());
        const std::vector<std::pair<std::string, std::string>> want = {
            {"NO_PROXY", "x"}, {"http_proxy", "x"}, {"http_proxy", "mine"}};
        QVERIFY(parsed->spec.env == want);
        QVERIFY(parseRunCommand({"a"}, proxied)->spec.env.empty());
    }
    void everyOptionThatIsRefusedSaysWhy() {
        for (const auto& option : foreignOptions()) {
            QVERIFY2(!foreignReason(option.name).empty(), option.name.data());
        }
    }
    void warnsAboutOptionsWithoutEffect() {
        const auto parsed = parseRunCommand({"--kernel-memory", "1g", "--disable-content-trust", "a"});
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->warnings.size(), std::size_t{2});
        QCOMPARE(parsed->spec.image, std::string("a"));
    }
    void tellsThatThereIsNoImage() {
        for (const Words& words : {Words{}, Words{"-d"}, Words{"-it", "--"}}) {
            const auto parsed = parseRunCommand(words);
            QVERIFY(parsed && parsed->withoutImage);
        }
        QVERIFY(!parseRunCommand({"a"})->withoutImage);
    }
    void countsAndListsDescriptors() {
        QCOMPARE(parseRunCommand({"--preserve-fds", "2", "a"})->preservedFds, (std::vector<int>{3, 4}));
        QCOMPARE(parseRunCommand({"--preserve-fd=7,3", "--preserve-fd", "5,3", "a"})->preservedFds,
                 (std::vector<int>{3, 5, 7}));
        QVERIFY(parseRunCommand({"--preserve-fds", "0", "a"})->preservedFds.empty());
    }
    void helpEndsParsing() {
        const auto parsed = parseRunCommand({"--help"});
        QVERIFY(parsed && parsed->help);
    }
    void everyOptionHasAUniqueNameAndHelp() {
        std::set<std::string_view> names;
        std::set<char> letters;
        for (const auto& row : runOptionHelp()) {
            QVERIFY(names.insert(row.name).second);
            QVERIFY(row.shortName == 0 || letters.insert(row.shortName).second);
            QVERIFY(!row.help.empty());
        }
    }
    void splitsShellText() {
        const auto words = splitShellText("a 'b c' \"d \\\" e\" f\\ g ''");
        QVERIFY(words.has_value());
        QVERIFY((*words == Words{"a", "b c", "d \" e", "f g", ""}));
        QVERIFY(!splitShellText("a 'b").has_value());
    }
};

void TestRunCommand::readsDockersForms_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("same");
    const auto row = [](const char* name, const char* line, const char* same) {
        QTest::newRow(name) << QString(line) << QString(same);
    };
    row("cluster", "-it a sh", "-it a sh");
    row("all ports", "--publish-all --expose 80-81 a", "-P --expose 80-81 a");
    row("streams in capitals", "-a STDOUT --attach stdout a", "-a stdout a");
    row("namespaces of another", "--network container:x --pid container:x a",
        "--network container:x --pid container:x a");
    row("cluster with value at the end", "-itp 80 a", "-it -p 80 a");
    row("short with joined value", "-eK=V a", "-e K=V a");
    row("short with equals", "-e=K=V -w=/x a", "-e K=V -w /x a");
    row("long with equals", "--name=web --env=K=V a", "--name web -e K=V a");
    row("long with a word", "--name web --env K=V a", "--name web -e K=V a");
    row("options end at the image", "a -d --name x", "a -d --name x");
    row("two dashes end options", "-d -- a", "-d a");
    row("switch with false", "-d=false --rm=true a", "--rm a");
    row("cluster letter with false", "-it=false a", "-i a");
    row("net is network", "--net none a", "--network none a");
    row("default network", "--network default a", "a");
    row("relative folder", "-v ./d/../e:/x a", "-v /work/e:/x a");
    row("folder of the shell", "-v .:/x:ro a", "-v /work:/x:ro a");
    row("ro among other options", "-v d:/x:z,ro a", "-v d:/x:ro,z a");
    row("anonymous volume", "-v /data a", "-v /data a");
    row("mount is a volume", "--mount source=d,target=/x a", "-v d:/x a");
    row("mount bind", "--mount type=bind,src=/s,dst=/x,ro a", "-v /s:/x:ro a");
    row("mount tmpfs", "--mount type=tmpfs,destination=/x,tmpfs-size=64m a", "--tmpfs /x:size=64m a");
    row("owner and overlay", "-v d:/x:U -v /s:/y:O,ro a", "-v d:/x:U -v /s:/y:ro,O a");
    row("owner of podman's mount", "--mount type=bind,src=/s,dst=/x,chown=true,U=false,rw=false a",
        "-v /s:/x:ro,U a");
    row("one folder alone", "--mount type=bind,src=/s,dst=/x,bind-nonrecursive a", "-v /s:/x:bind a");
    row("recursion", "--mount type=bind,src=/s,dst=/x,bind-recursive=disabled,relabel=private a",
        "-v /s:/x:bind,Z a");
    row("recursion as it is", "--mount type=bind,src=/s,dst=/x,bind-recursive=readonly,ro a",
        "-v /s:/x:ro a");
    row("a source that is made", "--mount type=bind,bind-create-src,src=/s,dst=/x a",
        "--mount type=bind,source=/s,target=/x,bind-create-src a");
    row("an image", "--mount type=image,src=busybox:1,dst=/x a",
        "--mount type=image,source=busybox:1,target=/x a");
    row("an image that is written to", "--mount type=image,source=i,readwrite=true,target=/x a",
        "--mount type=image,source=i,target=/x,rw=true a");
    row("a part of a volume", "--mount src=d,dst=/x,volume-subpath=/a/b,readonly a",
        "--mount type=volume,source=d,target=/x,readonly,volume-subpath=a/b a");
    row("a part of a volume by podman's word", "--mount src=d,dst=/x,subpath=a a",
        "--mount type=volume,source=d,target=/x,volume-subpath=a a");
    row("a part of an image", "--mount image-subpath=/usr/share,type=image,source=i,target=/x,readonly a",
        "--mount type=image,source=i,target=/x,subpath=usr/share a");
    row("a folder that is not rw", "--mount type=bind,source=/s,target=/x,rw=false a", "-v /s:/x:ro a");
    row("a volume's options",
        "--mount src=d,dst=/x,volume-driver=local,volume-opt=type=tmpfs,volume-label=a=b,volume-nocopy a",
        "--mount type=volume,source=d,target=/x,volume-opt=type=tmpfs,volume-label=a=b,volume-nocopy a");
    row("a volume's option with commas", "--mount 'dst=/x,\"volume-opt=o=size=1m,mode=7\"' a",
        "--mount 'type=volume,target=/x,\"volume-opt=o=size=1m,mode=7\"' a");
    row("memory as podman has it", "--mount type=tmpfs,dst=/x,tmpfs-mode=700,tmpcopyup a",
        "--tmpfs /x:mode=700,tmpcopyup a");
    row("tmpfs", "--tmpfs /run:rw,size=1m a", "--tmpfs /run:size=1m a");
    row("entrypoint cleared", "--entrypoint= a", "--entrypoint '' a");
    row("entrypoint of one word", "--entrypoint '[\"sh\"]' a", "--entrypoint sh a");
    row("entrypoint of two words", "--entrypoint '[ \"sh\", \"-\\u0063\" ]' a",
        "--entrypoint '[\"sh\",\"-c\"]' a");
    row("capabilities in a list", "--cap-add=A,B a", "--cap-add A --cap-add B a");
    row("a runtime that does the same", "--runtime runc a", "a");
    row("the runtime", "--runtime=/usr/bin/coracle-runtime a", "a");
    row("last one wins", "--name a --name b i", "--name b i");
    row("pull", "--pull=missing a", "a");
    row("limits", "-m1g --cpus=1.50 --pids-limit 0 --memory-swap -1 -c 512 a",
        "--memory 1g --memory-swap -1 --cpus 1.5 --cpu-shares 512 --pids-limit -1 a");
    row("sizes", "--memory=8192K --memory-reservation 1.5MiB --shm-size 1m a",
        "--memory 8m --memory-reservation 1536k --shm-size 1048576 a");
    row("disks", "--device-read-bps /dev/sda:1mb --device-write-iops /dev/sda:10 --blkio-weight 300 a",
        "--blkio-weight 300 --device-read-bps /dev/sda:1m --device-write-iops /dev/sda:10 a");
    row("limits of processes", "--ulimit nofile=1:2 --ulimit=core=0 --ulimit nofile=3 --oom-score-adj=-5 a",
        "--oom-score-adj -5 --ulimit core=0 --ulimit nofile=3 a");
    row("parameters", "--sysctl a.b=c --cgroupns host --cgroup-parent team a",
        "--sysctl a.b=c --cgroupns host --cgroup-parent team a");
    row("health", "--health-cmd='curl -f x' --health-interval 1m30s --health-timeout=5s --health-retries 2 a",
        "--health-cmd 'curl -f x' --health-interval 1m30s --health-timeout 5s --health-retries 2 a");
    row("health by words", "--health-cmd '[\"curl\",\"x\"]' --health-start-period 5s a",
        "--health-cmd '[\"CMD\",\"curl\",\"x\"]' --health-start-period 5s a");
    row("no health check", "--health-cmd none --health-start-interval 1s a",
        "--no-healthcheck --health-start-interval 1s a");
    row("names",
        "--link db --link cache:c --add-host a=1.2.3.4 --add-host b:host-gateway --dns 1.1.1.1 --dns-search "
        "x --domainname d a",
        "--add-host a:1.2.3.4 --add-host b:host-gateway --link db:db --link cache:c --domainname d --dns "
        "1.1.1.1 --dns-search x a");
    row("resolver by IPv6", "--dns fe80::1%eth0 a", "--dns fe80::1%eth0 a");
    row("more of docker's",
        "--dns-option ndots:1 --tz=local --volumes-from c:ro --label-file f --annotation k=v a",
        "--label-file f --annotation k=v --dns-option ndots:1 --tz local --volumes-from c:ro a");
    row("only the command line's", "--cidfile /x -q --replace --preserve-fds 2 a", "a");
    row("empty is not given",
        "--hostname= --workdir= --platform= --stop-signal= --pull= --cgroupns= --domainname= --health-cmd= "
        "--user="
        " --log-driver= --runtime= a",
        "a");
    row("empty takes back", "-h a --workdir /w --pull always --hostname= --workdir= --pull= a", "a");
    row("times and processors",
        "--cpu-period 5000 --cpu-quota 5000 --cpuset-mems 0 --blkio-weight-device /dev/sda:5 a",
        "--cpu-quota 5000 --cpu-period 5000 --cpuset-mems 0 --blkio-weight-device /dev/sda:5 a");
    row("the other limits of disks",
        "--device-read-iops /dev/sda:1 --device-write-bps /dev/sda:1m --platform linux/arm64 a",
        "--device-write-bps /dev/sda:1m --device-read-iops /dev/sda:1 --platform linux/arm64 a");
    row("names and variables of the image", "--no-hosts --unsetenv A --unsetenv-all a",
        "--unsetenv A --unsetenv-all --no-hosts a");
    row("folders of the image", "--image-volume=bind a", "a");
    row("folders of the image in memory", "--image-volume tmpfs a", "--image-volume tmpfs a");
    row("no folders of the image", "--image-volume ignore a", "--image-volume ignore a");
    row("hooks", "--hooks-dir /h --hooks-dir ./i a", "--hooks-dir /h --hooks-dir ./i a");
    row("mask", "--umask 27 a", "--umask 0027 a");
    row("memory in a root that is read-only", "--read-only-tmpfs --tmpfs /tmp/:size=1m --read-only a",
        "--tmpfs /tmp/:size=1m --tmpfs /run --tmpfs /var/tmp --read-only a");
    row("no memory in one that is not", "--read-only-tmpfs a", "a");
    row("no proxy", "--http-proxy=false --health-on-failure none a", "a");
    row("port range", "-p 8000-8001:80-81 a", "-p 8000:80 -p 8001:81 a");
}

void TestRunCommand::readsDockersForms() {
    QFETCH(QString, line);
    QFETCH(QString, same);
    const auto words = splitShellText(line.toStdString());
    QVERIFY(words.has_value());
    const auto parsed = parseRunCommand(*words, context());
    QVERIFY2(parsed.has_value(), qPrintable(shown(parsed)));
    QCOMPARE(QString::fromStdString(toShellText(toArguments(parsed->spec))), same);
}

void TestRunCommand::refuses_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("part");
    const auto bad = [](const char* name, const char* line, const char* part) {
        QTest::newRow(name) << QString(line) << int(ErrorKind::InvalidArgument) << QString(part);
    };
    const auto later = [](const char* name, const char* line, const char* part) {
        QTest::newRow(name) << QString(line) << int(ErrorKind::Unsupported) << QString(part);
    };
    bad("exposed port", "--expose 0 a", "'0'");
    bad("exposed range that ends first", "--expose 9-8 a", "'9-8'");
    bad("exposed protocol", "--expose 9/icmp a", "tcp");
    bad("stream", "-a out a", "stdin");
    bad("attach and detach", "-d -a stdout a", "--attach");
    bad("process namespace", "--pid mine a", "'mine'");
    bad("container without a name", "--ipc container: a", "names no container");
    bad("ports in another's network", "--network container:x -p 80 a", "publishing ports");
    bad("all ports in another's network", "-P --network container:x a", "publishing ports");
    bad("name in another's network", "--network container:x -h y a", "host or domain name");
    bad("resolver in another's network", "--network container:x --dns 10.1.1.1 a", "resolvers");
    bad("hosts in another's network", "--network container:x --add-host b:10.1.1.1 a", "host-to-IP");
    bad("name with another's UTS", "--uts container:x -h y a", "UTS");
    bad("ids beside another's", "--userns keep-id --pid container:x a", "user namespace");
    bad("secret without a name", "--secret ,mode=0400 a", "no name");
    bad("secret's mode", "--secret x,mode=8 a", "octal");
    bad("secret's type", "--secret x,type=file a", "'file'");
    bad("secret out of its folder", "--secret x,target=../../etc a", "not a file");
    bad("mode of a variable", "--secret x,type=env,mode=0400 a", "no mode");
    later("processes of the computer", "--pid host a", "container:NAME");
    later("namespace by path", "--ipc ns:/proc/1/ns/ipc a", "container:NAME");
    bad("unknown option with the nearest", "--pubish 80 a", "--publish");
    bad("unknown letter", "-Q a", "'-Q'");
    bad("missing value", "-d --name", "'--name' needs a value");
    bad("bad boolean", "--rm=perhaps a", "'perhaps'");
    bad("bad name", "--name ../x a", "'../x'");
    bad("bad port", "-p 99999:80 a", "99999");
    bad("relative target", "-v d:x a", "absolute");
    bad("root as target", "-v d:/ a", "'/'");
    bad("target twice", "-v a:/x --tmpfs /x i", "twice");
    bad("target twice, with a slash", "-v a:/x/ --tmpfs /x i", "twice");
    bad("target twice, by a detour", "-v a:/y/../x -v b:/x i", "twice");
    bad("folder without dot", "-v src/x:/x a", "not a volume name");
    bad("empty source", "-v :/x a", "empty");
    bad("unknown mount option", "-v d:/x:fast a", "'fast'");
    bad("bind without source", "--mount type=bind,target=/x a", "source");
    bad("unknown mount key", "--mount targt=/x a", "'targt'");
    bad("open quote in mount", "--mount '\"source=d,target=/x' a", "quote");
    bad("relative workdir", "-w here a", "absolute");
    bad("env without name", "-e =x a", "no name");
    bad("stop timeout", "--stop-timeout 5s a", "'5s'");
    bad("pull policy", "--pull sometimes a", "'sometimes'");
    bad("restart policy", "--restart sometimes a", "'sometimes'");
    bad("restart of what is removed", "--rm --restart always a", "--rm");
    later("namespace of another", "--userns container:x a", "'container:x'");
    later("ids of another name", "--subuidname x a", "--uidmap");
    bad("user namespace mode", "--userns sometimes a", "'sometimes'");
    bad("option of a mode", "--userns keep-id:pid=1 a", "'pid=1'");
    bad("option of a mode without one", "--userns nomap:size=1 a", "has no options");
    bad("no number", "--userns auto:size=0 a", "'size=0'");
    bad("both", "--userns keep-id --uidmap 0:1:1 a", "exclude");
    bad("both the other way round", "--gidmap 0:1:1 --userns keep-id a", "exclude");
    bad("id mapping", "--uidmap 0:x a", "INSIDE:OUTSIDE");
    bad("id mapping of none", "--gidmap 0:1:0 a", "INSIDE:OUTSIDE");
    bad("security option", "--security-opt secomp=unconfined a", "not known");
    bad("security profile", "--security-opt profile=strict a", "'strict'");
    bad("device", "--device fuse a", "'fuse'");
    bad("device permissions", "--device /dev/fuse:/dev/fuse:x a", "[:rwm]");
    bad("group without a name", "--group-add= a", "no name");
    bad("keep-groups and another", "--group-add keep-groups --group-add x a", "keep-groups");
    bad("memory that is no size", "-m much a", "'much'");
    bad("memory below the least", "-m 1m a", "6m");
    bad("swap below memory", "-m 64m --memory-swap 32m a", "below");
    bad("swap without memory", "--memory-swap 64m a", "needs a memory limit");
    bad("cpus beside a quota", "--cpus 1 --cpu-quota 5000 a", "--cpus");
    bad("cpu list", "--cpuset-cpus 0..2 a", "'0..2'");
    bad("unknown ulimit", "--ulimit files=3 a", "no limit 'files'");
    bad("ulimit above the hard one", "--ulimit nofile=9:3 a", "hard");
    bad("device limit without device", "--device-read-bps 1m a", "/dev/NAME");
    bad("cgroup namespace", "--cgroupns mine a", "'mine'");
    bad("host at no address", "--add-host a:nonsense a", "'nonsense' is no address");
    bad("network without a name", "--network= a", "no name is set");
    bad("descriptors twice", "--preserve-fds 1 --preserve-fd 3 a", "conflicting");
    bad("count of descriptors", "--preserve-fds=-1 a", "'-1'");
    bad("standard stream", "--preserve-fd 3,2 a", "'2'");
    bad("half a list of descriptors", "--preserve-fd 3, a", "''");
    bad("health duration", "--health-interval soon a", "'soon'");
    bad("health retries", "--health-retries=-1 a", "'-1'");
    bad("host without address", "--add-host a a", "NAME:ADDRESS");
    bad("host with a line break", "--add-host 'a:1\n2 b' a", "NAME:ADDRESS");
    bad("half an address", "--dns 8.8.8 a", "'8.8.8'");
    bad("memory without a unit", "-m 512 a", "512m");
    bad("a volume without a place", "-v web a", "-v web:/PATH");
    bad("resolver by name", "--dns dns.test a", "'dns.test'");
    bad("two words for the resolver", "--dns-search 'a b' a", "resolv.conf");
    bad("domain name", "--domainname 'a b' a", "'a b'");
    bad("time zone", "--tz ../x a", "'../x'");
    bad("volumes of nobody", "--volumes-from :ro a", "CONTAINER");
    bad("annotation", "--annotation =x a", "no name");
    later("subordinate groups of another", "--subgidname x a", "--gidmap");
    later("network by name", "--network web a", "'web'");
    bad("an image without a name", "--mount type=image,target=/x a", "source=IMAGE");
    bad("an image that is given away", "--mount type=image,source=i,target=/x,U=true a", "rw=true");
    bad("a way out of an image", "--mount type=image,source=i,target=/x,subpath=../../etc a",
        "out of the image");
    bad("a way out on the way", "--mount type=image,source=i,target=/x,subpath=a/../../b/c a",
        "out of the image");
    bad("a part that is all", "--mount type=image,source=i,target=/x,image-subpath=/ a", "leave it out");
    bad("a way out of a volume", "--mount src=d,dst=/x,volume-subpath=../e a", "out of the volume");
    bad("a part of a volume of an image", "--mount type=image,source=i,dst=/x,volume-subpath=y a",
        "type=volume");
    bad("a part of an image of a volume", "--mount src=d,dst=/x,image-subpath=y a", "type=image");
    bad("a part of a folder", "--mount type=bind,source=/s,target=/x,subpath=a a", "type=image");
    bad("rw that is no switch", "--mount type=image,source=i,target=/x,rw=no a", "true or false");
    later("memory that is no tmpfs", "--mount type=ramfs,target=/x a", "type=tmpfs");
    later("translated ids", "-v d:/x:idmap a", "--userns keep-id");
    later("translated ids by numbers", "--mount type=bind,src=/s,dst=/x,idmap=uids=0-1-1 a", "root of this");
    later("a pod", "--pod p a", "--network container:NAME");
    later("a runtime that does more", "--runtime runsc a", "'runsc' is not available");
    later("a runtime for graphics cards", "--runtime=nvidia a", "--gpus all");
    later("an architecture", "--arch arm64 a", "--platform");
    later("another driver", "--mount src=d,dst=/x,volume-driver=nfs a", "'local'");
    later("writable below what is read-only", "--mount type=bind,src=/s,dst=/x,bind-recursive=writable a",
          "an option of its own");
    bad("recursion of another kind", "--mount type=bind,src=/s,dst=/x,bind-recursive=yes a", "'yes'");
    bad("owner of memory", "--tmpfs /x:U a", "uid=");
    bad("a volume's option of a folder", "--mount type=bind,src=/s,dst=/x,volume-opt=a=b a", "type=volume");
    bad("a folder's option of a volume", "--mount src=d,dst=/x,bind-create-src a", "type=bind");
    bad("a volume's option without a name", "--mount src=d,dst=/x,volume-opt= a", "NAME=VALUE");
    bad("links of nobody", "--no-hosts --link db a", "--link");
    bad("link to nothing", "--link :db a", "CONTAINER[:ALIAS]");
    bad("link by a line of its own", "--link 'db:a\nb' a", "CONTAINER[:ALIAS]");
    bad("links in another's network", "--network container:x --link db a", "conflicting options: links");
    bad("links in the computer's network", "--network host --link db a", "the computer's network");
    bad("hosts of nobody", "--no-hosts --add-host a:1.2.3.4 a", "--add-host");
    bad("variable with a value", "--unsetenv A=B a", "'A=B'");
    bad("kind of folders", "--image-volume copy a", "anonymous, tmpfs or ignore");
    bad("mask that is no number", "--umask 8 a", "octal");
    later("what follows a failed check", "--health-on-failure kill a", "goes on");
    bad("unknown type", "--mount type=disk,target=/x a", "'disk'");
}

void TestRunCommand::refuses() {
    QFETCH(QString, line);
    QFETCH(int, kind);
    QFETCH(QString, part);
    const auto words = splitShellText(line.toStdString());
    QVERIFY(words.has_value());
    const auto parsed = parseRunCommand(*words, context());
    QVERIFY(!parsed.has_value());
    QCOMPARE(int(parsed.error().kind()), kind);
    const auto text = QString::fromStdString(parsed.error().message() + " " + parsed.error().hint());
    QVERIFY2(text.contains(part), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestRunCommand)
#include "test_run_command.moc"
