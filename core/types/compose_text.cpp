// SPDX-License-Identifier: Apache-2.0
#include "core/types/compose_text.h"

#include "core/types/mount_text.h"
#include "core/types/resource_text.h"
#include "core/types/run_command.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace coracle::types {
namespace {

/// Words that YAML 1.1 or 1.2 would read as something else than text.
constexpr std::array<std::string_view, 9> kNoText{"y",   "n",    "yes",   "no",  "on",
                                                  "off", "true", "false", "null"};

bool isPlain(std::string_view text) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || !(isLetter(text.front()) || text.front() == '/')) {
        return false;
    }
    std::string lower;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        const bool inner = c == ':' && i + 1 < text.size();
        if (!isLetter(c) && !digit && !inner &&
            std::string_view("_./@-=").find(c) == std::string_view::npos) {
            return false;
        }
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return std::find(kNoText.begin(), kNoText.end(), lower) == kNoText.end();
}

/// A scalar that YAML reads as exactly this text. Source: YAML 1.2, 5.7 "Escaped Characters".
std::string scalar(std::string_view text) {
    if (isPlain(text)) {
        return std::string(text);
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '$') {
            out += "$$";
        } else if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            out += c;
        }
    }
    return out + "\"";
}

/// For a comment, which ends with its line.
std::string oneLine(std::string text) {
    for (auto at = text.find_first_of("\n\r"); at != std::string::npos; at = text.find_first_of("\n\r", at)) {
        text.replace(at, 1, "\\n");
    }
    return text;
}

/// Collects the lines of one service.
class Service {
public:
    void value(std::string_view key, const std::string& text) { raw(key, scalar(text)); }
    void value(std::string_view key, const std::optional<std::string>& text) {
        if (text) {
            value(key, *text);
        }
    }
    void raw(std::string_view key, const std::string& text) { line(2, std::string(key) + ": " + text); }
    void flag(std::string_view key, bool on) {
        if (on) {
            raw(key, "true");
        }
    }
    /// `[a, b]` on one line.
    void words(std::string_view key, const std::vector<std::string>& words) {
        std::string list;
        for (const auto& word : words) {
            list += (list.empty() ? "" : ", ") + scalar(word);
        }
        raw(key, "[" + list + "]");
    }
    void list(std::string_view key, const std::vector<std::string>& texts) {
        if (!texts.empty()) {
            line(2, std::string(key) + ":");
        }
        for (const auto& text : texts) {
            line(3, "- " + scalar(text));
        }
    }
    void pairs(std::string_view key, const std::vector<std::pair<std::string, std::string>>& pairs) {
        std::vector<std::string> texts;
        texts.reserve(pairs.size());
        for (const auto& [name, text] : pairs) {
            texts.push_back(name + "=" + text);
        }
        list(key, texts);
    }
    void line(std::size_t depth, const std::string& text) {
        m_text += std::string(2 * depth, ' ') + text + "\n";
    }
    /// What there is no key for, as the option of `run` that says it.
    void note(const std::vector<std::string>& option, std::string_view why) {
        line(2, "# " + oneLine(toShellText(option)) + ": " + std::string(why));
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

constexpr std::string_view kNoKey = "has no key in a compose file";

void printPorts(Service& out, const std::vector<net::PortMapping>& ports) {
    if (!ports.empty()) {
        out.line(2, "ports:");
    }
    for (const auto& port : ports) {
        // The short form has no way to say "this address, any port".
        if (!port.hostIp.empty() && port.hostPort == 0) {
            out.line(3, "- target: " + std::to_string(port.containerPort));
            out.line(4, "host_ip: " + scalar(port.hostIp));
            out.line(4, "protocol: " + std::string(net::toText(port.protocol)));
        } else {
            out.line(3, "- \"" + net::toText(port) + "\"");
        }
    }
}

std::string optionValue(const std::string& option, std::string_view name) {
    return option.starts_with(std::string(name) + "=") ? option.substr(name.size() + 1) : std::string();
}

/// The long form; false when an option of the mount has no key in it.
bool printMount(Service& out, const MountSpec& mount) {
    std::vector<std::string> extra;
    const char* group = mount.kind == MountSpec::Kind::Bind     ? "bind"
                        : mount.kind == MountSpec::Kind::Volume ? "volume"
                        : mount.kind == MountSpec::Kind::Image  ? "image"
                                                                : "tmpfs";
    if (mount.kind == MountSpec::Kind::Image && !mount.readOnly) {
        return false;  // one of compose's cannot be written to
    }
    for (const auto& option : mount.options) {
        if (mount.kind == MountSpec::Kind::Bind && (option == "z" || option == "Z")) {
            extra.push_back("selinux: " + option);
        } else if (mount.kind == MountSpec::Kind::Bind && option.find("shared") != std::string::npos) {
            extra.push_back("propagation: " + option);
        } else if (mount.kind == MountSpec::Kind::Bind && option.find("private") != std::string::npos) {
            extra.push_back("propagation: " + option);
        } else if (mount.kind == MountSpec::Kind::Bind && option.find("slave") != std::string::npos) {
            extra.push_back("propagation: " + option);
        } else if (mount.kind == MountSpec::Kind::Volume && option == "nocopy") {
            extra.emplace_back("nocopy: true");
        } else if (mount.kind == MountSpec::Kind::Volume && !optionValue(option, "volume-subpath").empty()) {
            extra.push_back("subpath: " + scalar(optionValue(option, "volume-subpath")));
        } else if (mount.kind == MountSpec::Kind::Tmpfs && !optionValue(option, "size").empty()) {
            extra.push_back("size: " + scalar(optionValue(option, "size")));
        } else if (mount.kind == MountSpec::Kind::Tmpfs && !optionValue(option, "mode").empty()) {
            extra.push_back("mode: 0o" + optionValue(option, "mode"));
        } else if (mount.kind == MountSpec::Kind::Image && !optionValue(option, "subpath").empty()) {
            extra.push_back("subpath: " + scalar(optionValue(option, "subpath")));
        } else {
            return false;
        }
    }
    out.line(3, "- type: " + std::string(group));
    if (!mount.source.empty()) {
        out.line(4, "source: " + scalar(mount.source));
    }
    out.line(4, "target: " + scalar(mount.target));
    if (mount.readOnly) {
        out.line(4, "read_only: true");
    }
    if (!extra.empty()) {
        out.line(4, std::string(group) + ":");
    }
    for (const auto& text : extra) {
        out.line(5, text);
    }
    return true;
}

void printMounts(Service& out, const std::vector<MountSpec>& mounts) {
    std::vector<MountSpec> rest;
    bool headed = false;
    for (const auto& mount : mounts) {
        Service one;
        if (!printMount(one, mount)) {
            rest.push_back(mount);
            continue;
        }
        if (!headed) {
            out.line(2, "volumes:");
            headed = true;
        }
        out.line(0, one.text().substr(0, one.text().size() - 1));
    }
    // The short form of a tmpfs takes every option; of the others what is left has no key at all.
    std::vector<std::string> tmpfs;
    for (const auto& mount : rest) {
        if (mount.kind != MountSpec::Kind::Tmpfs) {
            out.note(toMountFlag(mount), kNoKey);
            continue;
        }
        std::string options = mount.readOnly ? "ro" : "";
        for (const auto& option : mount.options) {
            options += (options.empty() ? "" : ",") + option;
        }
        tmpfs.push_back(mount.target + (options.empty() ? "" : ":" + options));
    }
    out.list("tmpfs", tmpfs);
}

void printDevices(Service& out, std::string_view key, std::string_view word,
                  const std::vector<DeviceLimit>& devices) {
    if (!devices.empty()) {
        out.line(3, std::string(key) + ":");
    }
    for (const auto& device : devices) {
        out.line(4, "- path: " + scalar(device.path));
        out.line(5, std::string(word) + ": " + std::to_string(device.value));
    }
}

void printResources(Service& out, const ResourceSpec& resources) {
    // TABLE
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kKeys{{
        {"--memory", "mem_limit"},
        {"--memory-reservation", "mem_reservation"},
        {"--memory-swap", "memswap_limit"},
        {"--cpus", "cpus"},
        {"--cpu-shares", "cpu_shares"},
        {"--cpu-quota", "cpu_quota"},
        {"--cpu-period", "cpu_period"},
        {"--cpuset-cpus", "cpuset"},
        {"--pids-limit", "pids_limit"},
    }};
    for (const auto& [flag, text] : toResourceFlags(resources)) {
        const auto* key = std::find_if(kKeys.begin(), kKeys.end(),
                                       [&name = flag](const auto& row) { return row.first == name; });
        if (key != kKeys.end()) {
            const bool number =
                text.find_first_not_of("-.0123456789") == std::string::npos && key->second != "cpuset";
            out.raw(key->second, number ? text : scalar(text));
        } else if (flag == "--cpuset-mems") {
            out.note({flag, text}, kNoKey);
        }
    }
    const bool blocks = resources.blkioWeight || !resources.blkioWeightDevices.empty() ||
                        !resources.deviceReadBps.empty() || !resources.deviceWriteBps.empty() ||
                        !resources.deviceReadIops.empty() || !resources.deviceWriteIops.empty();
    if (blocks) {
        out.line(2, "blkio_config:");
    }
    if (resources.blkioWeight) {
        out.line(3, "weight: " + std::to_string(*resources.blkioWeight));
    }
    printDevices(out, "weight_device", "weight", resources.blkioWeightDevices);
    printDevices(out, "device_read_bps", "rate", resources.deviceReadBps);
    printDevices(out, "device_write_bps", "rate", resources.deviceWriteBps);
    printDevices(out, "device_read_iops", "rate", resources.deviceReadIops);
    printDevices(out, "device_write_iops", "rate", resources.deviceWriteIops);
}

void printLimits(Service& out, const RunSpec& spec) {
    printResources(out, spec.resources);
    if (spec.oomScoreAdj) {
        out.raw("oom_score_adj", std::to_string(*spec.oomScoreAdj));
    }
    if (!spec.ulimits.empty()) {
        out.line(2, "ulimits:");
    }
    for (const auto& limit : spec.ulimits) {
        out.line(3, limit.name + ":");
        out.line(4, "soft: " + std::to_string(limit.soft));
        out.line(4, "hard: " + std::to_string(limit.hard));
    }
    if (spec.shmSizeBytes) {
        out.raw("shm_size", std::to_string(*spec.shmSizeBytes));
    }
    out.pairs("sysctls", spec.sysctls);
    if (!spec.cgroupns.empty()) {
        out.value("cgroup", spec.cgroupns);
    }
    if (!spec.cgroupParent.empty()) {
        out.value("cgroup_parent", spec.cgroupParent);
    }
}

void printHealth(Service& out, const HealthOptions& health) {
    if (health == HealthOptions{}) {
        return;
    }
    out.line(2, "healthcheck:");
    if (health.test && health.test->front() == "NONE") {
        out.line(3, "disable: true");
    } else if (health.test) {
        std::string list;
        for (const auto& word : *health.test) {
            list += (list.empty() ? "" : ", ") + scalar(word);
        }
        out.line(3, "test: [" + list + "]");
    }
    const auto say = [&](const char* key, const std::optional<std::string>& text) {
        if (text) {
            out.line(3, std::string(key) + ": " + scalar(*text));
        }
    };
    say("interval", health.interval);
    say("timeout", health.timeout);
    say("start_period", health.startPeriod);
    say("start_interval", health.startInterval);
    if (health.retries) {
        out.line(3, "retries: " + std::to_string(*health.retries));
    }
}

void printNames(Service& out, const RunSpec& spec) {
    out.value("domainname", spec.domainname);
    out.pairs("extra_hosts", spec.addHosts);
    std::vector<std::string> links;
    for (const auto& [other, alias] : spec.links) {
        links.push_back(other + ":" + alias);
    }
    out.list("external_links", links);
    out.list("dns", spec.dns);
    out.list("dns_search", spec.dnsSearch);
    out.list("dns_opt", spec.dnsOptions);
    for (const auto& folder : spec.hooksDirs) {
        out.note({"--hooks-dir", folder}, kNoKey);
    }
    for (const auto& name : spec.unsetEnv) {
        out.note({"--unsetenv", name}, kNoKey);
    }
    for (const auto& [option, on] : {std::pair{"--unsetenv-all", spec.unsetAllEnv},
                                     {"--no-hosts", spec.noHosts},
                                     {"--image-volume", spec.imageVolumes != ImageVolumes::Anonymous},
                                     {"--umask", spec.umask.has_value()}}) {
        if (on) {
            out.note({option}, kNoKey);
        }
    }
    if (spec.timeZone) {
        out.note({"--tz", *spec.timeZone}, kNoKey);
    }
}

void printSharing(Service& out, const RunSpec& spec) {
    for (const auto& [key, mode] : {std::pair{"pid", &spec.pid}, {"ipc", &spec.ipc}, {"uts", &spec.uts}}) {
        if (!mode->empty()) {
            out.value(key, *mode);
        }
    }
    out.list("expose", spec.expose);
    if (spec.publishAll) {
        out.note({"--publish-all"}, kNoKey);
    }
    for (const auto& secret : spec.secrets) {
        out.note({"--secret", secret}, "a compose file names the file that a secret is read from");
    }
}

void printSecurity(Service& out, const RunSpec& spec) {
    out.flag("read_only", spec.readOnly);
    out.list("cap_add", spec.capAdd);
    out.list("cap_drop", spec.capDrop);
    out.list("security_opt", spec.securityOpt);
    out.flag("privileged", spec.privileged);
    out.list("devices", spec.devices);
    out.list("group_add", spec.groupAdd);
    if (!spec.userns.empty()) {
        out.value("userns_mode", spec.userns);
    }
    for (const auto& map : spec.uidMap) {
        out.note({"--uidmap", map}, kNoKey);
    }
    for (const auto& map : spec.gidMap) {
        out.note({"--gidmap", map}, kNoKey);
    }
}

void printLife(Service& out, const RunSpec& spec) {
    out.flag("stdin_open", spec.interactive);
    out.flag("tty", spec.tty);
    out.flag("init", spec.init);
    if (spec.restart.policy != "no") {
        const auto times = spec.restart.maxRetries;
        out.value("restart", spec.restart.policy + (times > 0 ? ":" + std::to_string(times) : std::string()));
    }
    if (spec.logDriver || !spec.logOptions.empty()) {
        out.line(2, "logging:");
        if (spec.logDriver) {
            out.line(3, "driver: " + scalar(*spec.logDriver));
        }
        if (!spec.logOptions.empty()) {
            out.line(3, "options:");
        }
        for (const auto& [name, text] : spec.logOptions) {
            out.line(4, scalar(name) + ": " + scalar(text));
        }
    }
    out.value("stop_signal", spec.stopSignal);
    if (spec.stopTimeoutSeconds.value_or(0) < 0) {
        out.note({"--stop-timeout", std::to_string(*spec.stopTimeoutSeconds)},
                 "a compose file cannot wait for ever");
    } else if (spec.stopTimeoutSeconds) {
        out.raw("stop_grace_period", std::to_string(*spec.stopTimeoutSeconds) + "s");
    }
    if (spec.removeWhenStopped) {
        out.note({"--rm"}, "'compose down' removes it");
    }
}

}  // namespace

std::string toComposeText(const RunSpec& spec) {
    Service out;
    out.value("image", spec.image);
    out.value("platform", spec.platform);
    if (spec.pull != PullPolicy::Missing) {
        out.raw("pull_policy", spec.pull == PullPolicy::Always ? "always" : "never");
    }
    if (!spec.name.empty()) {
        out.value("container_name", spec.name);
    }
    if (spec.entrypoint) {
        out.words("entrypoint", *spec.entrypoint);
    }
    if (!spec.command.empty()) {
        out.words("command", spec.command);
    }
    printPorts(out, spec.ports);
    printMounts(out, spec.mounts);
    std::vector<std::string> from;
    for (const auto& container : spec.volumesFrom) {
        from.push_back("container:" + container);
    }
    out.list("volumes_from", from);
    out.pairs("environment", spec.env);
    out.list("env_file", spec.envFiles);
    out.value("working_dir", spec.workingDirectory);
    out.value("user", spec.user);
    out.value("hostname", spec.hostname);
    printNames(out, spec);
    out.pairs("labels", spec.labels);
    out.list("label_file", spec.labelFiles);
    out.pairs("annotations", spec.annotations);
    if (spec.network != RunSpec{}.network) {
        out.value("network_mode", spec.network);
    }
    printSharing(out, spec);
    printSecurity(out, spec);
    printLimits(out, spec);
    printHealth(out, spec.health);
    printLife(out, spec);

    std::string text = "services:\n  " + (spec.name.empty() ? "app" : scalar(spec.name)) + ":\n" + out.text();
    std::set<std::string> volumes;
    for (const auto& mount : spec.mounts) {
        if (mount.kind == MountSpec::Kind::Volume && !mount.source.empty()) {
            volumes.insert(mount.source);
        }
    }
    // With its own name: else it would be another volume, called after the project.
    text += volumes.empty() ? "" : "volumes:\n";
    for (const auto& name : volumes) {
        text += "  " + scalar(name) + ":\n    name: " + scalar(name) + "\n";
    }
    return text;
}

}  // namespace coracle::types
