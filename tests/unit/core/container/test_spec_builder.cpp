// SPDX-License-Identifier: Apache-2.0
#include "core/container/bundle_mounts.h"
#include "core/container/process_document.h"
#include "core/container/spec_builder.h"
#include "rootless/oci/defaults.h"
#include "rootless/oci/json.h"
#include "tests/support/verify.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace coracle;
using container::BundleInput;
using types::MountSpec;
using types::RunSpec;

namespace {

using Words = std::vector<std::string>;

image::ImageConfig imageOf() {
    image::ImageConfig image;
    image.entrypoint = {"/entry"};
    image.command = {"serve", "-x"};
    image.env = {"PATH=/image/bin", "LANG=C"};
    image.workingDirectory = "/srv";
    return image;
}

Result<container::ProcessPlan> plan(const RunSpec& spec, const image::ImageConfig& image = imageOf()) {
    container::HostFacts host;
    host.hostname = "desk";
    host.uid = host.gid = 1234;
    return container::planProcess(spec, image, {}, std::string(64, 'a'), host);
}

BundleInput bundleOf(const RunSpec& spec) {
    BundleInput input;
    input.id = std::string(64, 'a');
    input.name = "calm_otter";
    input.spec = spec;
    input.process = *plan(spec);
    input.user.home = "/root";
    input.host.openFilesHard = 4096;
    input.host.resolvConf = "search example\nnameserver 192.0.2.1\n";
    input.paths.data = "/r/containers/a";
    input.paths.bundle = input.paths.data;
    input.paths.runRoot = "/run/c";
    input.lowerDirs = {"/r/layers/2/diff", "/r/layers/1/diff"};
    for (const auto& mount : spec.mounts) {
        input.mounts.push_back({mount, mount.source, "", mount.kind == MountSpec::Kind::Volume});
    }
    return input;
}

nlohmann::json configOf(const RunSpec& spec) {
    const auto documents = container::buildBundle(bundleOf(spec));
    return documents ? nlohmann::json::parse(documents->config) : nlohmann::json();
}

nlohmann::json mountAt(const nlohmann::json& config, const std::string& target) {
    for (const auto& mount : config["mounts"]) {
        if (mount["destination"] == target) {
            return mount;
        }
    }
    return {};
}

bool has(const nlohmann::json& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

class TestSpecBuilder : public QObject {
    Q_OBJECT
private slots:
    void namespacesOfAnotherContainer() {
        RunSpec spec;
        spec.network = spec.ipc = spec.uts = "container:b";
        auto input = bundleOf(spec);
        input.shared.id = "b";
        input.shared.network = input.shared.ipc = input.shared.uts = "b";
        input.shared.paths.bundle = "/r/containers/b";
        input.shared.spec.userns = "nomap";
        const auto documents = container::buildBundle(input);
        VERIFY_OK(documents);
        const auto config = nlohmann::json::parse(documents->config);
        QVERIFY(!config.contains("hostname"));
        QVERIFY(!config["linux"].contains("sysctl"));
        QCOMPARE(mountAt(config, "/etc/hosts")["source"].get<std::string>(), input.shared.paths.hosts());
        const auto overlay = nlohmann::json::parse(documents->overlay);
        QCOMPARE(overlay["userNamespace"]["mode"].get<std::string>(), std::string("nomap"));
        QCOMPARE(overlay["sharedNamespaces"]["container"].get<std::string>(), std::string("b"));
        QCOMPARE(overlay["sharedNamespaces"]["namespaces"].get<Words>(), (Words{"ipc", "uts", "network"}));
        QVERIFY(!overlay.contains("alsoShared"));
    }
    void namespacesOfTwoContainers() {
        RunSpec spec;
        spec.network = "container:b";
        spec.ipc = "container:c";
        auto input = bundleOf(spec);
        input.shared.id = input.shared.network = "b";
        input.shared.ipc = "c";
        const auto documents = container::buildBundle(input);
        VERIFY_OK(documents);
        const auto overlay = nlohmann::json::parse(documents->overlay);
        QVERIFY(overlay["sharedNamespaces"] ==
                nlohmann::json({{"container", "b"}, {"namespaces", nlohmann::json::array({"network"})}}));
        QCOMPARE(overlay["alsoShared"].size(), std::size_t{1});
        QVERIFY(overlay["alsoShared"][0] ==
                nlohmann::json({{"container", "c"}, {"namespaces", nlohmann::json::array({"ipc"})}}));
    }

    void sharedMemoryFollowsIpc() {
        RunSpec spec;
        QCOMPARE(mountAt(configOf(spec), "/dev/shm")["type"].get<std::string>(), std::string("tmpfs"));
        spec.ipc = "none";
        QVERIFY(mountAt(configOf(spec), "/dev/shm").is_null());
        spec.ipc = "host";
        const auto config = configOf(spec);
        QCOMPARE(mountAt(config, "/dev/shm")["type"].get<std::string>(), std::string("bind"));
        QVERIFY(mountAt(config, "/dev/mqueue").is_null());
        QVERIFY(config["linux"]["namespaces"].dump().find("ipc") == std::string::npos);
    }

    void exposedPortsComeFromBoth() {
        RunSpec spec;
        spec.expose = {"53/udp"};
        auto image = imageOf();
        image.exposedPorts = {"80/tcp"};
        const auto planned = plan(spec, image);
        VERIFY_OK(planned);
        QCOMPARE(planned->exposed, (Words{"53/udp", "80/tcp"}));
        QCOMPARE(planned->exposedPorts, std::vector<std::uint16_t>{80});
    }

    void argumentsFollowDocker_data() {
        QTest::addColumn<bool>("ownEntrypoint");
        QTest::addColumn<bool>("ownCommand");
        QTest::addColumn<QString>("expected");
        QTest::newRow("image's own") << false << false << "/entry serve -x";
        QTest::newRow("command replaces arguments") << false << true << "/entry ls";
        QTest::newRow("entrypoint forgets arguments") << true << false << "/bin/sh";
        QTest::newRow("both") << true << true << "/bin/sh ls";
    }
    void argumentsFollowDocker() {
        QFETCH(bool, ownEntrypoint);
        QFETCH(bool, ownCommand);
        QFETCH(QString, expected);
        RunSpec spec;
        if (ownEntrypoint) {
            spec.entrypoint = Words{"/bin/sh"};
        }
        if (ownCommand) {
            spec.command = {"ls"};
        }
        const auto planned = plan(spec);
        VERIFY_OK(planned);
        QString joined;
        for (const auto& word : planned->arguments) {
            joined += (joined.isEmpty() ? "" : " ") + QString::fromStdString(word);
        }
        QCOMPARE(joined, expected);
    }
    void limitsBecomeResources() {
        RunSpec spec;
        spec.resources.memoryBytes = 64 << 20;
        spec.resources.nanoCpus = 1'500'000'000;
        spec.resources.pidsLimit = 20;
        spec.resources.deviceReadBps = {{"/dev/sda", 1000}, {"/dev/gone", 5}};
        spec.ulimits = {{"nofile", 10, 20}, {"nproc", -1, -1}};
        spec.shmSizeBytes = 4096;
        spec.oomScoreAdj = 100;
        spec.sysctls = {{"net.ipv4.ip_forward", "1"}};
        auto input = bundleOf(spec);
        input.devices = {{"/dev/sda", {8, 0}}};
        const auto documents = container::buildBundle(input);
        VERIFY_OK(documents);
        const auto config = nlohmann::json::parse(documents->config);
        const auto& resources = config["linux"]["resources"];
        QCOMPARE(resources["memory"]["limit"].get<int>(), 64 << 20);
        QCOMPARE(resources["cpu"]["quota"].get<int>(), 150000);
        QCOMPARE(resources["cpu"]["period"].get<int>(), 100000);
        QCOMPARE(resources["pids"]["limit"].get<int>(), 20);
        QCOMPARE(resources["blockIO"]["throttleReadBpsDevice"].size(), std::size_t{1});
        QCOMPARE(config["process"]["oomScoreAdj"].get<int>(), 100);
        QCOMPARE(config["linux"]["sysctl"]["net.ipv4.ip_forward"].get<std::string>(), std::string("1"));
        QVERIFY(has(mountAt(config, "/dev/shm")["options"], "size=4096"));
        const auto& limits = config["process"]["rlimits"];
        QCOMPARE(limits.size(), std::size_t{3});
        QCOMPARE(limits[0]["soft"].get<int>(), 10);
        QCOMPARE(limits[2]["hard"].get<std::uint64_t>(), ~std::uint64_t{0});
    }
    void withoutLimitsThereIsNothingToHold() {
        QVERIFY(!configOf({})["linux"].contains("resources"));
        QVERIFY(!configOf({})["linux"].contains("cgroupsPath"));
    }
    void theViewOfTheControlGroupIsReadOnly() {
        auto input = bundleOf({});
        QVERIFY(mountAt(configOf({}), "/sys/fs/cgroup").is_null());  // nothing to show there
        input.host.unifiedCgroups = true;
        auto config = nlohmann::json::parse(container::buildBundle(input)->config);
        QVERIFY(has(mountAt(config, "/sys/fs/cgroup")["options"], "ro"));
        RunSpec spec;
        spec.securityOpt = {"writable-cgroups=true"};
        input = bundleOf(spec);
        input.host.unifiedCgroups = true;
        config = nlohmann::json::parse(container::buildBundle(input)->config);
        QVERIFY(has(mountAt(config, "/sys/fs/cgroup")["options"], "rw"));
        spec.userns = "nomap";
        VERIFY_ERROR(plan(spec), ErrorKind::InvalidArgument);
    }
    void refusesToRunNothing() { VERIFY_ERROR(plan({}, {}), ErrorKind::InvalidArgument); }
    void userEnvironmentWins() {
        RunSpec spec;
        spec.env = {{"LANG", "de"}, {"NEW", "a=b"}};
        const auto env = plan(spec)->env;
        QCOMPARE(env[0], std::string("PATH=/image/bin"));
        QVERIFY(std::find(env.begin(), env.end(), "LANG=de") != env.end());
        QVERIFY(std::find(env.begin(), env.end(), "LANG=C") == env.end());
        QVERIFY(std::find(env.begin(), env.end(), "NEW=a=b") != env.end());
        QVERIFY(std::find(env.begin(), env.end(), "HOSTNAME=aaaaaaaaaaaa") != env.end());
    }
    void variablesOfTheImageAreLeftOut() {
        RunSpec spec;
        spec.unsetEnv = {"LANG", "HOSTNAME"};
        spec.env = {{"NEW", "1"}};
        QCOMPARE(plan(spec)->env, (Words{"PATH=/image/bin", "NEW=1"}));
        spec.unsetAllEnv = true;
        spec.env.emplace_back("LANG", "de");
        QCOMPARE(plan(spec)->env, (Words{"NEW=1", "LANG=de"}));
    }
    void hostsOfTheImage() {
        RunSpec spec;
        QVERIFY(!mountAt(configOf(spec), "/etc/hosts").is_null());
        spec.noHosts = true;
        const auto mounts = configOf(spec)["mounts"];
        QVERIFY(std::none_of(mounts.begin(), mounts.end(),
                             [](const auto& mount) { return mount["destination"] == "/etc/hosts"; }));
    }
    void maskIsTheProcess() {
        RunSpec spec;
        QVERIFY(!configOf(spec)["process"]["user"].contains("umask"));
        spec.umask = 027;
        const auto config = container::buildBundle(bundleOf(spec))->config;
        QCOMPARE(nlohmann::json::parse(config)["process"]["user"]["umask"].get<int>(), 027);
        container::ExecRequest request;
        request.command = {"id"};
        const auto process = nlohmann::json::parse(*container::buildExecProcess(config, request));
        QCOMPARE(process["user"]["umask"].get<int>(), 027);
    }
    void hostnameOfTheHostWithItsNetwork() {
        RunSpec spec;
        spec.network = "host";
        QCOMPARE(plan(spec)->hostname, std::string("desk"));
        spec.hostname = "mine";
        QCOMPARE(plan(spec)->hostname, std::string("mine"));
        spec.hostname = "no good";
        VERIFY_ERROR(plan(spec), ErrorKind::InvalidArgument);
    }
    void keptIdRunsAsTheUser() {
        auto image = imageOf();
        image.user = "www";
        RunSpec spec;
        QCOMPARE(plan(spec, image)->user, std::string("www"));
        spec.userns = "keep-id";
        QCOMPARE(plan(spec, image)->user, std::string("1234:1234"));
        spec.userns = "keep-id:uid=200,gid=210";
        QCOMPARE(plan(spec, image)->user, std::string("200:210"));
        spec.user = "5";
        QCOMPARE(plan(spec, image)->user, std::string("5"));
    }
    void imageCannotLeaveItsRoot() {
        auto image = imageOf();
        image.workingDirectory = "../../etc";
        QCOMPARE(plan({}, image)->workingDirectory, std::string("/etc"));
        image.volumes = {"/../data/", "/data", "/", "/logs"};
        QCOMPARE(container::anonymousVolumeTargets({}, image), (Words{"/data", "/logs"}));
    }
    void mountOfTheUserReplacesTheImagesVolume() {
        auto image = imageOf();
        image.volumes = {"/data"};
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Bind, "/home/me", "/data/", false, {}}};
        QVERIFY(container::anonymousVolumeTargets(spec, image).empty());
    }
    void badStopSignalOfTheImageIsIgnored() {
        auto image = imageOf();
        image.stopSignal = "SIGNONSENSE";
        QCOMPARE(plan({}, image)->stopSignal, std::string("SIGTERM"));
        RunSpec spec;
        spec.stopSignal = "SIGNONSENSE";
        VERIFY_ERROR(plan(spec), ErrorKind::InvalidArgument);
    }
    void imageLabelsStayOutOfOurDocuments() {
        auto image = imageOf();
        image.labels = {{"coracle.logPath", "/home/me/.bashrc"}};
        auto input = bundleOf({});
        input.process = *plan({}, image);
        const auto documents = container::buildBundle(input);
        VERIFY_OK(documents);
        QVERIFY(documents->config.find("bashrc") == std::string::npos);
        QVERIFY(documents->overlay.find("bashrc") == std::string::npos);
    }
    void rootHasTheDefaultCapabilitiesAndOthersNone() {
        const auto root = configOf({});
        QCOMPARE(root["process"]["capabilities"]["effective"].size(), std::size_t{11});
        QVERIFY(root["process"]["capabilities"]["inheritable"].empty());
        auto input = bundleOf({});
        input.user.uid = 1000;
        const auto other = nlohmann::json::parse(container::buildBundle(input)->config);
        QVERIFY(other["process"]["capabilities"]["effective"].empty());
        QCOMPARE(other["process"]["capabilities"]["bounding"].size(), std::size_t{11});
    }
    void hidesWhatTheRuntimesOwnSpecHides() {
        const auto config = configOf({});
        QVERIFY(config["linux"]["maskedPaths"] == nlohmann::json(oci::kMaskedPaths));
        QVERIFY(config["linux"]["readonlyPaths"] == nlohmann::json(oci::kReadonlyPaths));
        QVERIFY(config["process"]["capabilities"]["bounding"] == nlohmann::json(oci::kCapabilities));
    }
    void capabilitiesAddAndDrop() {
        RunSpec spec;
        spec.capDrop = {"ALL"};
        spec.capAdd = {"net_raw", "CAP_CHOWN"};
        QCOMPARE(plan(spec)->security.capabilities, (Words{"CAP_CHOWN", "CAP_NET_RAW"}));
        spec.capAdd = {"NO_SUCH"};
        VERIFY_ERROR(plan(spec), ErrorKind::InvalidArgument);
    }
    void securityOptions() {
        RunSpec spec;
        spec.securityOpt = {"no-new-privileges", "seccomp=unconfined"};
        const auto planned = plan(spec);
        QVERIFY(planned->security.noNewPrivileges);
        QCOMPARE(planned->security.seccomp, std::string("unconfined"));
    }
    void ownSeccompProfileGoesIntoTheBundle() {
        RunSpec spec;
        spec.securityOpt = {"seccomp=/tmp/profile.json"};
        auto input = bundleOf(spec);
        QCOMPARE(input.process.security.seccompFile, std::string("/tmp/profile.json"));
        input.process.security.seccompText = R"({"defaultAction":"SCMP_ACT_ALLOW"})";
        const auto config = nlohmann::json::parse(container::buildBundle(input)->config);
        QCOMPARE(config["linux"]["seccomp"]["defaultAction"].get<std::string>(),
                 std::string("SCMP_ACT_ALLOW"));
        for (const char* text : {"", "[]", "{}", "{\"defaultAction\""}) {
            input.process.security.seccompText = text;
            QVERIFY(!container::buildBundle(input));
        }
    }
    void userNamespaceDocument_data() {
        QTest::addColumn<QString>("userns");
        QTest::addColumn<QString>("uidMap");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* userns, const char* uidMap, const char* expected) {
            QTest::newRow(*userns != 0   ? userns
                          : *uidMap != 0 ? uidMap
                                         : "default")
                << userns << uidMap << expected;
        };
        row("", "", R"({"mode":"default"})");
        row("private", "", R"({"mode":"default"})");
        row("host", "", R"({"mode":"host"})");
        row("nomap", "", R"({"mode":"nomap"})");
        row("keep-id", "", R"({"mode":"keep-id","size":0})");
        row("keep-id:uid=200,gid=210", "", R"({"mode":"keep-id","size":0,"uid":200,"gid":210})");
        row("auto:size=50", "", R"({"mode":"slice","first":77,"size":50})");
        row("", "+7:@1000:2",
            R"({"mode":"custom","uids":{"extend":true,"rules":[{"inside":7,"outside":1000,"count":2,"ofHost":true}]},
                "gids":{"extend":true,"rules":[{"inside":7,"outside":1000,"count":2,"ofHost":true}]}})");
    }
    void userNamespaceDocument() {
        QFETCH(QString, userns);
        QFETCH(QString, uidMap);
        QFETCH(QString, expected);
        RunSpec spec;
        spec.userns = userns.toStdString();
        if (!uidMap.isEmpty()) {
            spec.uidMap = {uidMap.toStdString()};
        }
        auto input = bundleOf(spec);
        input.sliceFirst = 77;
        input.sliceSize = 50;
        auto document = nlohmann::json::parse(container::buildBundle(input)->overlay)["userNamespace"];
        document.erase("keeperDir");
        QCOMPARE(document.dump(), nlohmann::json::parse(expected.toStdString()).dump());
    }
    void privilegedHidesNothing() {
        RunSpec spec;
        spec.privileged = true;
        auto input = bundleOf(spec);
        input.host.privilegedDevices = {"/dev/fuse"};
        const auto documents = container::buildBundle(input);
        const auto config = nlohmann::json::parse(documents->config);
        QVERIFY(config["linux"]["maskedPaths"].empty() && config["linux"]["readonlyPaths"].empty());
        QCOMPARE(config["process"]["capabilities"]["effective"].size(), std::size_t{41});
        QVERIFY(has(mountAt(config, "/sys")["options"], "rw"));
        QVERIFY(has(mountAt(config, "/dev/fuse")["options"], "dev"));
        QCOMPARE(nlohmann::json::parse(documents->overlay)["seccompProfile"].get<std::string>(),
                 std::string("default+nested"));
    }
    void devicesAreBoundAndUsable() {
        RunSpec spec;
        spec.devices = {"/dev/fuse:/dev/other:r"};
        const auto mount = mountAt(configOf(spec), "/dev/other");
        QCOMPARE(mount["source"].get<std::string>(), std::string("/dev/fuse"));
        QVERIFY(has(mount["options"], "dev") && has(mount["options"], "nosuid"));
    }
    void describedDevicesBringMountsAndHooks() {
        RunSpec spec;
        spec.devices = {"vendor.com/net=one", "vendor.com/net=two"};
        spec.mounts = {{MountSpec::Kind::Bind, "/own", "/opt/tools", false, {}}};
        auto input = bundleOf(spec);
        container::CdiEdits edits;
        edits.nodes = {{"/dev/net0", "/dev/null", "c", 1, 3, false}};
        edits.mounts = {{"/usr/lib/net", "/opt/net", {"ro", "nosuid", "nodev", "rbind", "rprivate"}},
                        {"/usr/lib/tools", "/opt/tools", {}}};
        edits.hooks = {{"createContainer", "/bin/tool", {"tool"}, {}, {}}};
        input.cdi = {{"vendor.com/net=one", "/etc/cdi/a.json", edits}, {"vendor.com/net=two", "", edits}};
        const auto documents = container::buildBundle(input);
        VERIFY_OK(documents);
        const auto config = nlohmann::json::parse(documents->config);
        const auto node = mountAt(config, "/dev/net0");
        QCOMPARE(node.value("source", ""), std::string("/dev/null"));
        QVERIFY(has(node["options"], "dev"));
        QVERIFY(has(mountAt(config, "/opt/net")["options"], "ro"));
        QCOMPARE(mountAt(config, "/opt/tools").value("source", ""), std::string("/own"));
        QCOMPARE(config["hooks"]["createContainer"].size(), std::size_t{2});
        const auto& mounts = config["mounts"];
        QCOMPARE(std::count_if(mounts.begin(), mounts.end(),
                               [](const auto& mount) { return mount["destination"] == "/dev/net0"; }),
                 1);
        input.cdi.front().edits.mounts.front().options = {"strange"};
        VERIFY_ERROR(container::buildBundle(input), ErrorKind::InvalidArgument);
    }
    void initIsTheFirstProgramAndReadOnly() {
        RunSpec spec;
        spec.init = true;
        auto input = bundleOf(spec);
        input.host.init = "/libexec/coracle-init";
        const auto config = nlohmann::json::parse(container::buildBundle(input)->config);
        QCOMPARE(config["process"]["args"][0].get<std::string>(), std::string("/run/.coracle-init"));
        QCOMPARE(config["process"]["args"][1].get<std::string>(), std::string("/entry"));
        QVERIFY(has(mountAt(config, "/run/.coracle-init")["options"], "ro"));
    }
    void keepGroupsIsAnAnnotationOfOurs() {
        QVERIFY(configOf({})["annotations"].empty());
        RunSpec spec;
        spec.groupAdd = {"keep-groups"};
        QCOMPARE(configOf(spec)["annotations"]["run.oci.keep_original_groups"].get<std::string>(),
                 std::string("1"));
    }
    void hostNetworkHasNoNamespaceAndBindsSys() {
        RunSpec spec;
        spec.network = "host";
        const auto config = configOf(spec);
        for (const auto& entry : config["linux"]["namespaces"]) {
            QVERIFY(entry["type"] != "network");
        }
        QCOMPARE(mountAt(config, "/sys")["type"].get<std::string>(), std::string("bind"));
        QVERIFY(!config["linux"].contains("sysctl"));
    }
    void openFilesStayBelowOurOwnLimit() {
        const auto config = configOf({});
        QCOMPARE(config["process"]["rlimits"][0]["hard"].get<int>(), 4096);
        QCOMPARE(config["process"]["rlimits"][0]["soft"].get<int>(), 1024);
    }
    void mountsAreOrderedByDepth() {
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Bind, "/h/sub", "/data/sub/deep", false, {}},
                       {MountSpec::Kind::Bind, "/h", "/data", true, {}}};
        const auto config = configOf(spec);
        std::vector<std::string> order;
        for (const auto& mount : config["mounts"]) {
            order.push_back(mount["destination"]);
        }
        const auto outer = std::find(order.begin(), order.end(), "/data");
        const auto inner = std::find(order.begin(), order.end(), "/data/sub/deep");
        QVERIFY(outer < inner);
        QVERIFY(has(mountAt(config, "/data")["options"], "ro"));
        QVERIFY(has(mountAt(config, "/data")["options"], "nosuid"));
    }
    void userMountReplacesOurFile() {
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Bind, "/home/me/hosts", "/etc/hosts", true, {}}};
        QCOMPARE(mountAt(configOf(spec), "/etc/hosts")["source"].get<std::string>(),
                 std::string("/home/me/hosts"));
    }
    void mountsAreGivenAwayOrCovered() {
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Bind, "/home/me/site", "/srv/", false, {"U", "O"}},
                       {MountSpec::Kind::Volume, "data", "/data", false, {"U", "noatime"}}};
        BundleInput input = bundleOf(spec);
        input.mounts.front().changes = "/c/mounts/1";
        const auto built = container::buildBundle(input);
        VERIFY_OK(built);
        const auto config = nlohmann::json::parse(built->config);
        const auto extension = nlohmann::json::parse(built->overlay);
        QVERIFY((extension["ownedMounts"] == nlohmann::json::array({"/srv", "/data"})));
        const auto& covered = extension["overlayMounts"];
        QCOMPARE(covered.size(), std::size_t{1});
        QCOMPARE(covered[0]["destination"].get<std::string>(), std::string("/srv"));
        QCOMPARE(covered[0]["lower"][0].get<std::string>(), std::string("/home/me/site"));
        QCOMPARE(covered[0]["folder"].get<std::string>(), std::string("/c/mounts/1"));
        std::map<std::string, std::string> sources;
        for (const auto& mount : config["mounts"]) {
            sources[mount["destination"]] = mount["source"];
        }
        QCOMPARE(sources["/srv"], std::string("/c/mounts/1/merged"));
        const auto without = container::changeMounts({built->config, built->overlay}, {"/srv"}, {});
        VERIFY_OK(without);
        const auto less = nlohmann::json::parse(without->overlay);
        QVERIFY((less["ownedMounts"] == nlohmann::json::array({"/data"})));
        QVERIFY(less["overlayMounts"].empty());
        QCOMPARE(less["copyUp"].size(), std::size_t{1});
    }
    void imagesAreMountedAsOverlays() {
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Image, "tools", "/opt/tools/", true, {"subpath=usr/bin"}},
                       {MountSpec::Kind::Image, "tools", "/all", false, {}}};
        BundleInput input = bundleOf(spec);
        for (auto& planned : input.mounts) {
            planned.hostPath.clear();
            planned.layers = {"/l/top", "/l/base"};
            planned.changes = "/c/mounts" + planned.mount.target.substr(0, 4);
        }
        const auto built = container::buildBundle(input);
        VERIFY_OK(built);
        const auto config = nlohmann::json::parse(built->config);
        const auto covered = nlohmann::json::parse(built->overlay)["overlayMounts"];
        QVERIFY((covered[0] == nlohmann::json{{"destination", "/opt/tools"},
                                              {"lower", {"/l/top", "/l/base"}},
                                              {"folder", "/c/mounts/opt"},
                                              {"ofImage", true},
                                              {"subpath", "usr/bin"}}));
        QVERIFY(!covered[1].contains("subpath"));
        std::map<std::string, nlohmann::json> mounts;
        for (const auto& mount : config["mounts"]) {
            mounts[mount["destination"]] = mount;
        }
        QCOMPARE(mounts["/opt/tools"]["source"].get<std::string>(), std::string("/c/mounts/opt/merged"));
        const auto has = [&](const char* target, const char* word) {
            const auto& options = mounts[target]["options"];
            return std::count(options.begin(), options.end(), word) == 1;
        };
        QVERIFY(has("/opt/tools", "ro") && has("/opt/tools", "nosuid") && has("/opt/tools", "nodev"));
        QVERIFY(has("/all", "rw"));
    }
    void mountsOfAContainerThatExistsChange() {
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Bind, "/home/me/site", "/srv", false, {}},
                       {MountSpec::Kind::Volume, "data", "/var/data", false, {}}};
        const auto made = container::buildBundle(bundleOf(spec));
        VERIFY_OK(made);
        const container::MountDocuments before{made->config, made->overlay};
        const container::PlannedMount added{
            {MountSpec::Kind::Volume, "more", "/opt/", true, {}}, "/v/more", "more", true};
        const auto after = container::changeMounts(before, {"/srv", "/var/data"}, {added});
        VERIFY_OK(after);
        auto config = nlohmann::json::parse(after->config);
        QVERIFY(mountAt(config, "/srv").is_null() && mountAt(config, "/var/data").is_null());
        QCOMPARE(mountAt(config, "/opt").value("source", ""), std::string("/v/more"));
        QVERIFY(has(mountAt(config, "/opt")["options"], "ro"));
        QVERIFY(nlohmann::json::parse(after->overlay)["copyUp"] == nlohmann::json::array({"/opt"}));
        const auto again = container::changeMounts(*after, {}, {added});  // as after a kill
        VERIFY_OK(again);
        QVERIFY(nlohmann::json::parse(again->config)["mounts"] == config["mounts"]);
        auto old = nlohmann::json::parse(made->config);
        config.erase("mounts");
        old.erase("mounts");
        QVERIFY(config == old);
    }
    void aMountChangeIsRefusedWhereItCannotBeUndone() {
        const auto made = container::buildBundle(bundleOf({}));
        VERIFY_OK(made);
        VERIFY_ERROR(container::changeMounts({made->config, made->overlay}, {"/etc/hosts"}, {}),
                     ErrorKind::Unsupported);
        VERIFY_ERROR(container::changeMounts({"{}", "{}"}, {}, {}), ErrorKind::Corrupt);
        VERIFY_ERROR(
            container::changeMounts({made->config, made->overlay}, {},
                                    {{{MountSpec::Kind::Bind, "/a", "/", false, {}}, "/a", "", false}}),
            ErrorKind::InvalidArgument);
    }
    void refusesImpossibleMounts_data() {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("option");
        QTest::newRow("root") << "/"
                              << "";
        QTest::newRow("root by dots") << "/a/.."
                                      << "";
        QTest::newRow("relative") << "data"
                                  << "";
        QTest::newRow("unknown option") << "/data"
                                        << "upperdir=/etc";
    }
    void refusesImpossibleMounts() {
        QFETCH(QString, target);
        QFETCH(QString, option);
        RunSpec spec;
        MountSpec mount{MountSpec::Kind::Bind, "/h", target.toStdString(), false, {}};
        if (!option.isEmpty()) {
            mount.options.push_back(option.toStdString());
        }
        spec.mounts = {mount};
        VERIFY_ERROR(container::buildBundle(bundleOf(spec)), ErrorKind::InvalidArgument);
    }
    void tmpfsIsClosedUnlessOpened() {
        RunSpec spec;
        spec.mounts = {{MountSpec::Kind::Tmpfs, "", "/t", false, {"size=1m", "exec"}}};
        const auto options = mountAt(configOf(spec), "/t")["options"];
        QVERIFY(has(options, "nosuid") && has(options, "nodev") && has(options, "exec"));
        QVERIFY(!has(options, "noexec"));
        QVERIFY(has(options, "size=1m") && has(options, "mode=1777"));
    }
    void resolverOfTheUserNetwork() {
        const auto documents = container::buildBundle(bundleOf({}));
        QCOMPARE(documents->resolvConf, std::string("search example\nnameserver 10.0.2.3\n"));
        RunSpec host;
        host.network = "none";
        QCOMPARE(container::buildBundle(bundleOf(host))->resolvConf,
                 std::string("search example\nnameserver 192.0.2.1\n"));
    }
    void overlayDocument() {
        RunSpec spec;
        spec.removeWhenStopped = true;
        spec.mounts = {{MountSpec::Kind::Volume, "data", "/data", false, {}}};
        const auto overlay = nlohmann::json::parse(container::buildBundle(bundleOf(spec))->overlay);
        QCOMPARE(overlay["overlay"]["lower"][0].get<std::string>(), std::string("/r/layers/2/diff"));
        QVERIFY(overlay["overlay"]["volatile"].get<bool>());
        QCOMPARE(overlay["copyUp"][0].get<std::string>(), std::string("/data"));
        QCOMPARE(overlay["userNamespace"]["mode"].get<std::string>(), std::string("default"));
    }
    void execMayNotDoMoreThanTheContainer() {
        RunSpec spec;
        spec.capDrop = {"ALL"};
        spec.securityOpt = {"no-new-privileges"};
        container::ExecRequest request;
        request.command = {"id"};
        request.defaultEnv = {"PATH=/bin"};
        request.env = {{"PATH", "/mine"}};
        const auto text =
            container::buildExecProcess(container::buildBundle(bundleOf(spec))->config, request);
        VERIFY_OK(text);
        const auto process = nlohmann::json::parse(*text);
        QVERIFY(process["noNewPrivileges"].get<bool>());
        QVERIFY(process["capabilities"]["effective"].empty());
        QVERIFY(has(process["env"], "PATH=/mine") && has(process["env"], "HOME=/"));
        request.privileged = true;
        const auto more = nlohmann::json::parse(
            *container::buildExecProcess(container::buildBundle(bundleOf(spec))->config, request));
        QVERIFY(has(more["capabilities"]["effective"], "CAP_SYS_ADMIN"));
        QVERIFY(!more["noNewPrivileges"].get<bool>());
        request.command.clear();
        VERIFY_ERROR(container::buildExecProcess(container::buildBundle(bundleOf(spec))->config, request),
                     ErrorKind::InvalidArgument);
    }
    void signalsByAnyName_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("number");
        QTest::newRow("full") << "SIGTERM" << 15;
        QTest::newRow("short, lower case") << "kill" << 9;
        QTest::newRow("number") << "1" << 1;
        QTest::newRow("realtime") << "SIGRTMIN+3" << 37;
        QTest::newRow("unknown") << "SIGWHAT" << 0;
        QTest::newRow("zero") << "0" << 0;
        QTest::newRow("too high") << "65" << 0;
    }
    void signalsByAnyName() {
        QFETCH(QString, text);
        QFETCH(int, number);
        const auto parsed = container::signalNumber(text.toStdString());
        QCOMPARE(parsed ? *parsed : 0, number);
    }
};

QTEST_GUILESS_MAIN(TestSpecBuilder)
#include "test_spec_builder.moc"
