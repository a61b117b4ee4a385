// SPDX-License-Identifier: Apache-2.0
#include "core/engine/inspect_document.h"

#include "core/text/time.h"
#include "core/types/cdi_text.h"
#include "core/types/mount_text.h"
#include "core/types/secret_text.h"
#include "net/port_mapping.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::engine {
namespace {

using nlohmann::json;
using types::ContainerStatus;

constexpr const char* kNever = "0001-01-01T00:00:00Z";  // Go's zero time

json orEmptyObject(const std::map<std::string, std::string>& map) {
    return map.empty() ? json::object() : json(map);
}

std::string timeText(const std::optional<types::Time>& time) {
    return time ? text::formatTime(*time) : kNever;
}

/// docker's meaning of each word: scripts test "Running" and "ExitCode" above all.
json stateOf(const types::ContainerSummary& summary) {
    const bool paused = summary.status == ContainerStatus::Paused;
    const bool restarting = summary.status == ContainerStatus::Restarting;
    const bool alive = paused || summary.status == ContainerStatus::Running;
    return {
        {"Status", types::toText(summary.status)},
        {"Running", alive || restarting},  // docker counts a pause before a restart as that
        {"Paused", paused},
        {"Restarting", restarting},
        {"OOMKilled", summary.oomKilled},
        {"Dead", false},
        {"Pid", summary.pid},
        // Nobody saw how it ended: -1 is no exit code of any program.
        {"ExitCode", alive ? 0 : summary.exitCode.value_or(summary.startedAt ? -1 : 0)},
        {"Error", summary.error},
        {"StartedAt", timeText(summary.startedAt)},
        {"FinishedAt", timeText(summary.finishedAt)},
    };
}

std::string timeOf(std::int64_t nanoseconds) {
    return text::formatTime(types::Time(std::chrono::nanoseconds(nanoseconds)));
}

json healthState(const oci::monitor::HealthRecord& health) {
    json log = json::array();
    for (const auto& probe : health.log) {
        log.push_back({{"Start", timeOf(probe.startedAt)},
                       {"End", timeOf(probe.finishedAt)},
                       {"ExitCode", probe.exitCode},
                       {"Output", probe.output}});
    }
    return {{"Status", health.status}, {"FailingStreak", health.failingStreak}, {"Log", log}};
}

/// As docker: members that say nothing are left out.
json healthcheck(const types::HealthPlan& plan) {
    json document{{"Test", plan.test}};
    const std::pair<const char*, std::chrono::nanoseconds> spans[] = {
        {"Interval", plan.interval},
        {"Timeout", plan.timeout},
        {"StartPeriod", plan.startPeriod},
        {"StartInterval", plan.startInterval},
    };
    for (const auto& [key, span] : spans) {
        if (span.count() > 0) {
            document[key] = span.count();
        }
    }
    if (plan.retries > 0) {
        document["Retries"] = plan.retries;
    }
    return document;
}

json stateWithHealth(const ContainerDocumentInput& input) {
    json state = stateOf(input.details.summary);
    if (input.health) {
        state["Health"] = healthState(*input.health);
    }
    return state;
}

std::string portKey(const net::PortMapping& port) {
    return std::to_string(port.containerPort) + "/" + std::string(net::toText(port.protocol));
}

json portMap(const std::vector<net::PortMapping>& ports) {
    json map = json::object();
    for (const auto& port : ports) {
        map[portKey(port)].push_back({{"HostIp", port.hostIp.empty() ? "0.0.0.0" : port.hostIp},
                                      {"HostPort", std::to_string(port.hostPort)}});
    }
    return map;
}

/// The words after the second ':' of -v, as docker shows them.
std::string modeOf(const types::MountSpec& mount) {
    std::string text = mount.readOnly ? "ro" : "";
    for (const auto& option : mount.options) {
        text += (text.empty() ? "" : ",") + option;
    }
    return text;
}

/// Private unless something else was asked for.
std::string propagationOf(const types::MountSpec& mount) {
    std::string word = "rprivate";
    for (const auto& option : mount.options) {
        const bool known =
            option.ends_with("private") || option.ends_with("slave") || option.ends_with("shared");
        word = known ? option : word;
    }
    return word;
}

json mountList(const std::vector<types::MountSpec>& mounts) {
    json list = json::array();
    for (const auto& mount : mounts) {
        const bool volume = mount.kind == types::MountSpec::Kind::Volume;
        const bool tmpfs = mount.kind == types::MountSpec::Kind::Tmpfs;
        const bool image = mount.kind == types::MountSpec::Kind::Image;
        json item{{"Type", volume  ? "volume"
                           : tmpfs ? "tmpfs"
                           : image ? "image"
                                   : "bind"},
                  {"Source", volume ? "" : mount.source},
                  {"Destination", mount.target},
                  {"Mode", modeOf(mount)},
                  {"RW", !mount.readOnly},
                  {"Propagation", tmpfs || volume || image ? "" : propagationOf(mount)}};
        if (image) {
            item["Name"] = mount.source;
        }
        if (volume) {
            item["Name"] = mount.source;
            item["Driver"] = "local";
        }
        list.push_back(std::move(item));
    }
    return list;
}

/// What a container and each of its networks have in common.
json endpoint(const ContainerDocumentInput& input) {
    constexpr int kPrefix = 24;
    return {
        {"EndpointID", ""},           {"Gateway", input.gateway},
        {"GlobalIPv6Address", ""},    {"GlobalIPv6PrefixLen", 0},
        {"IPAddress", input.address}, {"IPPrefixLen", input.address.empty() ? 0 : kPrefix},
        {"IPv6Gateway", ""},          {"MacAddress", ""},
    };
}

/// Published ports, and null for those that are only exposed, while it runs.
json livePorts(const ContainerDocumentInput& input) {
    if (input.details.summary.pid <= 0) {
        return json::object();
    }
    json ports = portMap(input.details.summary.ports);
    for (const auto& port : input.exposed) {
        ports.emplace(port, nullptr);
    }
    return ports;
}

/// All containers with slirp4netns have the same address, each in a network of its own; it is shown
/// because scripts ask for it.
json networkSettings(const ContainerDocumentInput& input) {
    json network = endpoint(input);
    network.update({{"IPAMConfig", nullptr},
                    {"Links", nullptr},
                    {"Aliases", nullptr},
                    {"DriverOpts", nullptr},
                    {"DNSNames", nullptr},
                    {"NetworkID", ""}});
    json settings = endpoint(input);
    settings.update({{"Bridge", ""},
                     {"SandboxID", ""},
                     {"SandboxKey", ""},
                     {"HairpinMode", false},
                     {"LinkLocalIPv6Address", ""},
                     {"LinkLocalIPv6PrefixLen", 0},
                     {"SecondaryIPAddresses", nullptr},
                     {"SecondaryIPv6Addresses", nullptr},
                     {"Ports", livePorts(input)},
                     {"Networks", {{input.details.summary.network, std::move(network)}}}});
    return settings;
}

json deviceList(const std::vector<types::DeviceLimit>& limits, const char* member) {
    json list = json::array();
    for (const auto& limit : limits) {
        list.push_back({{"Path", limit.path}, {member, limit.value}});
    }
    return list;
}

/// Zero is docker's "not limited"; -1 is "no limit" where that was asked for.
json limitsOf(const types::RunSpec& spec) {
    const auto& resources = spec.resources;
    json ulimits = json::array();
    for (const auto& limit : spec.ulimits) {
        ulimits.push_back({{"Name", limit.name}, {"Soft", limit.soft}, {"Hard", limit.hard}});
    }
    json sysctls = json::object();
    for (const auto& [name, value] : spec.sysctls) {
        sysctls[name] = value;
    }
    constexpr std::int64_t kDefaultShmSize = 64 << 20;
    const std::int64_t memory = std::max<std::int64_t>(resources.memoryBytes.value_or(0), 0);
    return {
        {"Memory", memory},
        {"MemoryReservation", resources.memoryReservationBytes.value_or(0)},
        {"MemorySwap", resources.memorySwapBytes.value_or(2 * memory)},
        {"MemorySwappiness", nullptr},
        {"NanoCpus", resources.nanoCpus.value_or(0)},
        {"CpuShares", resources.cpuShares.value_or(0)},
        {"CpuQuota", resources.cpuQuotaUs.value_or(0)},
        {"CpuPeriod", resources.cpuPeriodUs.value_or(0)},
        {"CpusetCpus", resources.cpusetCpus},
        {"CpusetMems", resources.cpusetMems},
        {"PidsLimit", resources.pidsLimit ? json(*resources.pidsLimit) : json()},
        {"BlkioWeight", resources.blkioWeight.value_or(0)},
        {"BlkioWeightDevice", deviceList(resources.blkioWeightDevices, "Weight")},
        {"BlkioDeviceReadBps", deviceList(resources.deviceReadBps, "Rate")},
        {"BlkioDeviceWriteBps", deviceList(resources.deviceWriteBps, "Rate")},
        {"BlkioDeviceReadIOps", deviceList(resources.deviceReadIops, "Rate")},
        {"BlkioDeviceWriteIOps", deviceList(resources.deviceWriteIops, "Rate")},
        {"OomKillDisable", false},
        {"OomScoreAdj", spec.oomScoreAdj.value_or(0)},
        {"ShmSize", spec.shmSizeBytes.value_or(kDefaultShmSize)},
        {"Ulimits", ulimits},
        {"Sysctls", sysctls},
        {"CgroupnsMode", spec.cgroupns.empty() ? "private" : spec.cgroupns},
        {"CgroupParent", spec.cgroupParent},
    };
}

json extraHosts(const types::RunSpec& spec) {
    json list = json::array();
    for (const auto& [name, address] : spec.addHosts) {
        list.push_back(name + ":" + address);
    }
    return spec.addHosts.empty() ? json() : list;
}

json annotationsOf(const types::RunSpec& spec) {
    json object = json::object();
    for (const auto& [name, value] : spec.annotations) {
        object[name] = value;
    }
    return spec.annotations.empty() ? json() : object;
}

/// Members that scripts look at; null for what was not asked for, and what this engine leaves as it is.
json lesserSettings(const types::RunSpec& spec) {
    return {
        {"ContainerIDFile", ""},
        {"VolumeDriver", ""},
        {"VolumesFrom", spec.volumesFrom.empty() ? json() : json(spec.volumesFrom)},
        {"ConsoleSize", {0, 0}},
        {"Annotations", annotationsOf(spec)},
        {"Dns", spec.dns.empty() ? json() : json(spec.dns)},
        {"DnsOptions", spec.dnsOptions.empty() ? json() : json(spec.dnsOptions)},
        {"DnsSearch", spec.dnsSearch.empty() ? json() : json(spec.dnsSearch)},
        {"ExtraHosts", extraHosts(spec)},
        {"IpcMode", spec.ipc.empty() ? "shareable" : spec.ipc},
        {"Cgroup", ""},
        {"Links", nullptr},
        {"PidMode", spec.pid},
        {"PublishAllPorts", spec.publishAll},
        {"UTSMode", spec.uts},
        {"Isolation", ""},
        {"DeviceCgroupRules", nullptr},
        {"CpuRealtimePeriod", 0},
        {"CpuRealtimeRuntime", 0},
    };
}

/// "/dev/fuse[:/inside[:rw]]"
json deviceMappings(const std::vector<std::string>& devices) {
    json list = json::array();
    for (const auto& device : devices) {
        if (types::isCdiName(device)) {
            continue;
        }
        const std::size_t colon = std::min(device.find(':'), device.size());
        std::string inside = device.substr(std::min(colon + 1, device.size()));
        std::string rights = "rwm";
        if (const std::size_t second = inside.find(':'); second != std::string::npos) {
            rights = inside.substr(second + 1);
            inside.resize(second);
        }
        const std::string outside = device.substr(0, colon);
        list.push_back({{"PathOnHost", outside},
                        {"PathInContainer", inside.empty() ? outside : inside},
                        {"CgroupPermissions", rights}});
    }
    return list;
}

/// Devices by description, as docker lists those of its driver "cdi".
json deviceRequests(const std::vector<std::string>& devices) {
    json names = json::array();
    std::copy_if(devices.begin(), devices.end(), std::back_inserter(names),
                 [](const std::string& device) { return types::isCdiName(device); });
    return names.empty() ? json()
                         : json::array({{{"Driver", "cdi"},
                                         {"Count", 0},
                                         {"DeviceIDs", std::move(names)},
                                         {"Capabilities", json()},
                                         {"Options", json::object()}}});
}

/// What docker does not write as a bind: images, and parts of volumes.
json longMount(const types::MountSpec& mount) {
    const bool image = mount.kind == types::MountSpec::Kind::Image;
    json item{{"Type", image ? "image" : "volume"},
              {"Source", mount.source},
              {"Target", mount.target},
              {"ReadOnly", mount.readOnly}};
    if (const std::string subpath = types::subpathOf(mount); !subpath.empty()) {
        item[image ? "ImageOptions" : "VolumeOptions"] = {{"Subpath", subpath}};
    }
    return item;
}

/// What was asked for, in docker's words; what came of it stands in the other members.
json hostConfig(const types::ContainerDetails& details) {
    const auto& spec = details.spec;
    json binds = json::array();
    json tmpfs = json::object();
    json mounts = json::array();
    json logConfig = json::object();
    for (const auto& [name, value] : spec.logOptions) {
        logConfig[name] = value;
    }
    for (const auto& mount : details.summary.mounts) {
        if (mount.kind == types::MountSpec::Kind::Tmpfs) {
            std::string options;
            for (const auto& option : mount.options) {
                options += (options.empty() ? "" : ",") + option;
            }
            tmpfs[mount.target] = options;
        } else if (mount.kind == types::MountSpec::Kind::Image || !types::subpathOf(mount).empty()) {
            mounts.push_back(longMount(mount));
        } else {
            const std::string mode = modeOf(mount);
            binds.push_back(mount.source + ":" + mount.target + (mount.readOnly ? ":" : ":rw") +
                            (mount.readOnly || mode.empty() ? "" : ",") + mode);
        }
    }
    json document{
        {"Binds", binds},
        {"NetworkMode", spec.network},
        {"PortBindings", portMap(spec.ports)},
        {"RestartPolicy", {{"Name", spec.restart.policy}, {"MaximumRetryCount", spec.restart.maxRetries}}},
        {"AutoRemove", spec.removeWhenStopped},
        {"CapAdd", spec.capAdd},
        {"CapDrop", spec.capDrop},
        {"Privileged", spec.privileged},
        {"ReadonlyRootfs", spec.readOnly},
        {"SecurityOpt", spec.securityOpt},
        {"Tmpfs", tmpfs},
        {"UsernsMode", spec.userns},
        {"LogConfig", {{"Type", spec.logDriver.value_or("json-file")}, {"Config", logConfig}}},
        {"Runtime", "coracle-runtime"},
    };
    document.update(limitsOf(spec));
    document.update(lesserSettings(details.spec));
    if (!mounts.empty()) {
        document["Mounts"] = std::move(mounts);
    }
    document["GroupAdd"] = spec.groupAdd.empty() ? json() : json(spec.groupAdd);
    document["Devices"] = deviceMappings(spec.devices);
    document["DeviceRequests"] = deviceRequests(spec.devices);
    document["Init"] = spec.init ? json(true) : json();
    return document;
}

json keysOf(const std::vector<std::string>& names) {
    json object = json::object();
    for (const auto& name : names) {
        object[name] = json::object();
    }
    return object;
}

/// podman's member: the files, and never what they say.
json secretList(const std::vector<std::string>& secrets) {
    json list = json::array();
    for (const auto& text : secrets) {
        const auto use = types::parseSecretUse(text);
        if (use && !use->asEnvironment) {
            list.push_back({{"Name", use->name}, {"UID", use->uid}, {"GID", use->gid}, {"Mode", use->mode}});
        }
    }
    return list;
}

/// What the command line connects itself to.
bool attaches(const types::RunSpec& spec, const char* stream) {
    const auto& streams = spec.attach;
    return !spec.detach &&
           (streams.empty() || std::find(streams.begin(), streams.end(), stream) != streams.end());
}

/// What runs, without the entrypoint that it begins with.
json argumentsAfter(const ContainerDocumentInput& input) {
    const auto& whole = input.details.summary.command;
    const auto& first = input.entrypoint;
    const bool begins = first.size() <= whole.size() && std::equal(first.begin(), first.end(), whole.begin());
    const auto skipped = static_cast<std::ptrdiff_t>(begins ? first.size() : 0);
    const std::vector<std::string> rest(whole.begin() + skipped, whole.end());
    return rest.empty() ? json() : json(rest);
}

json containerConfig(const ContainerDocumentInput& input) {
    const auto& details = input.details;
    json config{
        {"Hostname", details.hostname},
        {"Domainname", details.spec.domainname.value_or("")},
        {"User", details.user},
        {"AttachStdin", details.spec.interactive && attaches(details.spec, "stdin")},
        {"AttachStdout", attaches(details.spec, "stdout")},
        {"AttachStderr", attaches(details.spec, "stderr")},
        {"ExposedPorts", keysOf(input.exposed)},
        {"Tty", details.spec.tty},
        {"OpenStdin", details.spec.interactive},
        {"StdinOnce", details.spec.interactive},
        {"Env", details.env},
        {"Cmd", argumentsAfter(input)},
        {"Image", details.summary.image},
        {"WorkingDir", details.workingDirectory},
        {"Entrypoint", input.entrypoint.empty() ? json() : json(input.entrypoint)},
        {"Volumes", nullptr},
        {"OnBuild", nullptr},
        {"Labels", orEmptyObject(details.summary.labels)},
        {"StopSignal", input.stopSignal},
    };
    if (json secrets = secretList(details.spec.secrets); !secrets.empty()) {
        config["Secrets"] = std::move(secrets);
    }
    if (!input.healthPlan.test.empty()) {
        config["Healthcheck"] = healthcheck(input.healthPlan);
    }
    return config;
}

}  // namespace

/// Pure. Members that docker has and Coracle has nothing for are there and empty: templates fail on a
/// member that is missing.
json containerDocument(const ContainerDocumentInput& input) {
    const auto& details = input.details;
    const auto& summary = details.summary;
    const std::string path = summary.command.empty() ? "" : summary.command.front();
    const std::vector<std::string> arguments(summary.command.begin() + (summary.command.empty() ? 0 : 1),
                                             summary.command.end());
    return {
        {"Id", summary.id},
        {"Created", text::formatTime(summary.createdAt)},
        {"Path", path},
        {"Args", arguments},
        {"State", stateWithHealth(input)},
        {"Image", summary.imageId},
        {"ResolvConfPath", input.resolvConfPath},
        {"HostnamePath", input.hostnamePath},
        {"HostsPath", input.hostsPath},
        {"LogPath", details.logPath},
        {"Name", "/" + summary.name},
        {"RestartCount", summary.restartCount},
        {"Driver", details.overlayDriver},
        {"Platform", "linux"},
        {"MountLabel", ""},
        {"ProcessLabel", ""},
        {"AppArmorProfile", ""},
        {"ExecIDs", json()},
        {"BundlePath", details.bundlePath},
        {"EffectiveCaps", details.capabilities},
        {"CreateCommand", details.runCommand},
        {"HostConfig", hostConfig(details)},
        {"Mounts", mountList(summary.mounts)},
        {"GraphDriver", {{"Name", details.overlayDriver}, {"Data", nullptr}}},
        {"Config", containerConfig(input)},
        {"NetworkSettings", networkSettings(input)},
    };
}

namespace {

/// What the image's own configuration says under "config", which docker shows as it is: healthcheck, shell,
/// triggers. What we understood of it takes precedence.
json imageConfig(const ImageDocumentInput& input, const json& original) {
    const auto& details = input.details;
    json config = json::object();
    if (const auto* own = coracle::json::findObject(original, "config")) {
        for (const char* key : {"Healthcheck", "Shell", "OnBuild", "ArgsEscaped", "StopTimeout"}) {
            if (own->contains(key)) {
                config[key] = (*own)[key];
            }
        }
    }
    config.update({{"User", details.user},
                   {"ExposedPorts", keysOf(details.exposedPorts)},
                   {"Env", details.env},
                   {"Entrypoint", details.entrypoint.empty() ? json() : json(details.entrypoint)},
                   {"Cmd", details.command.empty() ? json() : json(details.command)},
                   {"Volumes", keysOf(details.volumes)},
                   {"WorkingDir", details.workingDirectory},
                   {"StopSignal", input.stopSignal},
                   {"Labels", orEmptyObject(details.labels)}});
    return config;
}

json historyList(const types::ImageDetails& details) {
    json history = json::array();
    for (const auto& step : details.history) {
        json entry{{"created", timeText(step.createdAt)},
                   {"CreatedBy", step.createdBy},
                   {"created_by", step.createdBy},
                   {"Size", step.sizeBytes}};
        if (!step.comment.empty()) {
            entry["comment"] = step.comment;
        }
        if (step.emptyLayer) {
            entry["empty_layer"] = true;
        }
        history.push_back(std::move(entry));
    }
    return history;
}

}  // namespace

json imageDocument(const ImageDocumentInput& input) {
    const auto& details = input.details;
    const auto& summary = details.summary;
    const std::size_t slash = std::min(summary.platform.find('/'), summary.platform.size());
    std::string architecture = summary.platform.substr(std::min(slash + 1, summary.platform.size()));
    std::string variant;
    if (const std::size_t second = architecture.find('/'); second != std::string::npos) {
        variant = architecture.substr(second + 1);
        architecture.resize(second);
    }
    json layers = json::array();
    for (const auto& layer : details.layers) {
        layers.push_back(layer.diffId);
    }
    const auto parsed = coracle::json::parse(input.configText);
    const json original = parsed && parsed->is_object() ? *parsed : json::object();
    const auto author = coracle::json::findString(original, "author");
    const auto comment = details.history.empty() ? std::string() : details.history.back().comment;
    return {
        {"Id", summary.id},
        {"RepoTags", summary.references},
        {"RepoDigests", summary.repoDigests},
        {"Digest", input.manifestDigest},
        {"Parent", ""},
        {"Comment", comment},
        {"Author", author ? author->value_or("") : ""},
        {"Created", text::formatTime(summary.createdAt)},
        {"DockerVersion", ""},
        {"Architecture", architecture},
        {"Variant", variant},
        {"Os", summary.platform.substr(0, slash)},
        {"Size", summary.sizeBytes},
        {"VirtualSize", summary.sizeBytes},
        {"ManifestType", input.manifestMediaType},
        {"GraphDriver", {{"Name", "overlay"}, {"Data", {{"UpperDir", input.upperFolder}}}}},
        {"Config", imageConfig(input, original)},
        {"RootFS", {{"Type", "layers"}, {"Layers", layers}}},
        {"Metadata", {{"LastTagTime", kNever}}},
        {"Labels", orEmptyObject(details.labels)},
        {"User", details.user},
        {"History", historyList(details)},
    };
}

json volumeDocument(const types::VolumeSummary& volume) {
    return {
        {"Name", volume.name},
        {"Driver", "local"},
        {"Mountpoint", volume.mountpoint},
        {"CreatedAt", text::formatTime(volume.createdAt)},
        {"Labels", orEmptyObject(volume.labels)},
        {"Options", orEmptyObject(volume.options)},
        {"Scope", "local"},
        {"Anonymous", volume.anonymous},
        {"UsedBy", volume.usedBy},
    };
}

}  // namespace coracle::engine
