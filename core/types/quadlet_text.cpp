// SPDX-License-Identifier: Apache-2.0
#include "core/types/quadlet_text.h"

#include "core/types/isolation.h"
#include "core/types/mount_text.h"
#include "core/types/resource_text.h"
#include "core/types/run_command.h"
#include "core/types/run_options.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace coracle::types {
namespace {

/// '%' begins a specifier and '$' a variable when systemd runs what the quadlet becomes; a line break would
/// end the key.
std::string escaped(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '$') {
            out += {c, c};
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (byte < 0x20 || byte == 0x7f) {
            out += {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            out += c;
        }
    }
    return out;
}

/// A word of a key that takes several: in quotes where blanks, quotes or nothing would change it.
std::string word(std::string_view text) {
    const bool harmless =
        !text.empty() && text.find_first_of(" \t\n\"'\\;") == std::string_view::npos &&
        std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return harmless ? escaped(text) : "\"" + escaped(text) + "\"";
}

/// The value of a key that takes the line as it is, so that a line break cannot be said at all.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '$') {
            out += c;
        }
        out += c;
    }
    return out;
}

/// For a comment, which ends with its line.
std::string oneLine(std::string text) {
    for (auto at = text.find_first_of("\n\r"); at != std::string::npos; at = text.find_first_of("\n\r", at)) {
        text.replace(at, 1, "\\n");
    }
    return text;
}

class Unit {
public:
    void key(std::string_view name, const std::string& value) {
        if (value.find('\n') != std::string::npos || value.find('\r') != std::string::npos) {
            note({std::string(name), value}, "a line break cannot be said in this key");
            return;
        }
        m_text += std::string(name) + "=" + plain(value) + "\n";
    }
    void some(std::string_view name, const std::optional<std::string>& value) {
        if (value) {
            key(name, *value);
        }
    }
    void keys(std::string_view name, const std::vector<std::string>& values) {
        for (const auto& value : values) {
            key(name, value);
        }
    }
    void words(std::string_view name, const std::vector<std::string>& words) {
        std::string line = std::string(name) + "=";
        for (const auto& one : words) {
            line += (line.back() == '=' ? "" : " ") + word(one);
        }
        m_text += line + "\n";
    }
    void flag(std::string_view name, bool on) {
        if (on) {
            m_text += std::string(name) + "=true\n";
        }
    }
    /// An option of `podman run` that has no key.
    void podman(const std::vector<std::string>& words) { Unit::words("PodmanArgs", words); }
    void note(const std::vector<std::string>& option, std::string_view why) {
        m_text += "# " + oneLine(toShellText(option)) + ": " + std::string(why) + "\n";
    }
    void line(std::string_view text) { m_text += std::string(text) + "\n"; }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

constexpr std::string_view kUnknown = "podman has no such option";

void printSecurityOption(Unit& out, const std::string& text) {
    const auto option = splitSecurityOption(text);
    if (option.name == "no-new-privileges" && option.value != "false") {
        out.flag("NoNewPrivileges", true);
    } else if (option.name == "seccomp" && (option.value == "default" || option.value == "builtin")) {
        return;  // podman's word for it is to say nothing
    } else if (option.name == "seccomp") {
        out.key("SeccompProfile", option.value);
    } else if (option.name == "mask" || option.name == "unmask") {
        out.key(option.name == "mask" ? "Mask" : "Unmask", option.value);
    } else if (option.name == "systempaths") {
        out.key("Unmask", "ALL");
    } else if (option.name == "label" && option.value == "disable") {
        out.flag("SecurityLabelDisable", true);
    } else if (option.name == "apparmor" || option.name == "label" || option.name == "no-new-privileges") {
        out.podman({"--security-opt", text});
    } else {
        out.note({"--security-opt", text}, kUnknown);
    }
}

void printSecurity(Unit& out, const RunSpec& spec) {
    out.flag("ReadOnly", spec.readOnly);
    out.keys("AddCapability", spec.capAdd);
    out.keys("DropCapability", spec.capDrop);
    for (const auto& option : spec.securityOpt) {
        printSecurityOption(out, option);
    }
    if (spec.privileged) {
        out.podman({"--privileged"});
    }
    out.keys("AddDevice", spec.devices);
    out.keys("GroupAdd", spec.groupAdd);
    if (!spec.userns.empty()) {
        out.key("UserNS", spec.userns);
    }
    out.keys("UIDMap", spec.uidMap);
    out.keys("GIDMap", spec.gidMap);
}

void printLimits(Unit& out, const RunSpec& spec) {
    for (const auto& [flag, value] : toResourceFlags(spec.resources)) {
        if (flag == "--pids-limit") {
            out.key("PidsLimit", value);
        } else {
            out.podman({flag, value});
        }
    }
    if (spec.oomScoreAdj) {
        out.podman({"--oom-score-adj", std::to_string(*spec.oomScoreAdj)});
    }
    for (const auto& limit : spec.ulimits) {
        out.key("Ulimit", toText(limit));
    }
    if (spec.shmSizeBytes) {
        out.key("ShmSize", std::to_string(*spec.shmSizeBytes));
    }
    for (const auto& [name, value] : spec.sysctls) {
        out.words("Sysctl", {name + "=" + value});
    }
    if (!spec.cgroupns.empty()) {
        out.podman({"--cgroupns", spec.cgroupns});
    }
    if (!spec.cgroupParent.empty()) {
        out.podman({"--cgroup-parent", spec.cgroupParent});
    }
}

void printMounts(Unit& out, const std::vector<MountSpec>& mounts) {
    for (const auto& mount : mounts) {
        const auto flag = toMountFlag(mount);
        out.key(flag[0] == "-v" ? "Volume" : flag[0] == "--tmpfs" ? "Tmpfs" : "Mount", flag[1]);
    }
}

void printHealth(Unit& out, const HealthOptions& health) {
    if (health.test && health.test->front() == "NONE") {
        out.key("HealthCmd", "none");
    } else if (health.test) {
        const bool shell = health.test->size() == 2 && health.test->front() == "CMD-SHELL";
        out.key("HealthCmd", shell ? health.test->back() : entrypointText(*health.test));
    }
    out.some("HealthInterval", health.interval);
    out.some("HealthTimeout", health.timeout);
    out.some("HealthStartPeriod", health.startPeriod);
    if (health.startInterval) {
        out.note({"--health-start-interval", *health.startInterval}, kUnknown);
    }
    if (health.retries) {
        out.key("HealthRetries", std::to_string(*health.retries));
    }
}

void printNames(Unit& out, const RunSpec& spec) {
    for (const auto& [name, address] : spec.addHosts) {
        out.key("AddHost", name + ":" + address);
    }
    for (const auto& [other, alias] : spec.links) {
        out.note({"--link", other + ":" + alias}, kUnknown);
    }
    if (spec.domainname) {
        out.note({"--domainname", *spec.domainname}, kUnknown);
    }
    out.keys("DNS", spec.dns);
    out.keys("DNSSearch", spec.dnsSearch);
    out.keys("DNSOption", spec.dnsOptions);
    out.some("Timezone", spec.timeZone);
    for (const auto& folder : spec.hooksDirs) {
        out.note({"--hooks-dir", folder}, "podman has it before the verb: GlobalArgs=--hooks-dir=FOLDER");
    }
    for (const auto& name : spec.unsetEnv) {
        out.podman({"--unsetenv", name});
    }
    for (const auto& [option, on] :
         {std::pair{"--unsetenv-all", spec.unsetAllEnv}, {"--no-hosts", spec.noHosts}}) {
        if (on) {
            out.podman({option});
        }
    }
    if (spec.imageVolumes != ImageVolumes::Anonymous) {
        out.podman({"--image-volume", spec.imageVolumes == ImageVolumes::Tmpfs ? "tmpfs" : "ignore"});
    }
    if (spec.umask) {
        out.podman({"--umask", octalText(*spec.umask)});
    }
}

void printLife(Unit& out, const RunSpec& spec) {
    out.flag("RunInit", spec.init);
    if (spec.interactive || spec.tty) {
        out.podman(spec.interactive && spec.tty ? std::vector<std::string>{"--interactive", "--tty"}
                   : spec.tty                   ? std::vector<std::string>{"--tty"}
                                                : std::vector<std::string>{"--interactive"});
    }
    out.some("LogDriver", spec.logDriver);
    for (const auto& [name, value] : spec.logOptions) {
        out.key("LogOpt", name + "=" + value);
    }
    out.some("StopSignal", spec.stopSignal);
    if (spec.stopTimeoutSeconds) {
        out.key("StopTimeout", std::to_string(*spec.stopTimeoutSeconds));
    }
    if (!spec.removeWhenStopped) {
        out.line("# A quadlet's container is removed each time it stops: keep what it writes in volumes.");
    }
}

/// systemd starts it again, not podman.
void printService(Unit& out, const RestartSpec& restart) {
    if (restart.policy == "no") {
        return;
    }
    out.line("\n[Service]");
    out.key("Restart", restart.policy == "on-failure" ? "on-failure" : "always");
    if (restart.maxRetries > 0) {
        out.note({"--restart", "on-failure:" + std::to_string(restart.maxRetries)},
                 "systemd counts starts in a time (StartLimitBurst=), not restarts");
    }
    if (restart.policy != "on-failure") {
        out.line("\n[Install]\nWantedBy=default.target");
    }
}

}  // namespace

namespace {

void printSharing(Unit& out, const RunSpec& spec) {
    for (const auto& [option, mode] :
         {std::pair{"--pid", &spec.pid}, {"--ipc", &spec.ipc}, {"--uts", &spec.uts}}) {
        if (!mode->empty()) {
            out.podman({option, *mode});
        }
    }
    out.keys("ExposeHostPort", spec.expose);
    if (spec.publishAll) {
        out.podman({"--publish-all"});
    }
    out.keys("Secret", spec.secrets);
}

}  // namespace

std::string toQuadletText(const RunSpec& spec) {
    Unit out;
    out.line("[Container]");
    out.key("Image", spec.image);
    if (!spec.name.empty()) {
        out.key("ContainerName", spec.name);
    }
    if (spec.pull != PullPolicy::Missing) {
        out.key("Pull", spec.pull == PullPolicy::Always ? "always" : "never");
    }
    if (spec.platform) {
        out.podman({"--platform", *spec.platform});
    }
    if (spec.entrypoint) {
        out.key("Entrypoint", entrypointText(*spec.entrypoint));
    }
    if (!spec.command.empty()) {
        out.words("Exec", spec.command);
    }
    for (const auto& port : spec.ports) {
        out.key("PublishPort", net::toText(port));
    }
    printMounts(out, spec.mounts);
    for (const auto& container : spec.volumesFrom) {
        out.podman({"--volumes-from", container});
    }
    for (const auto& [name, value] : spec.env) {
        out.words("Environment", {name + "=" + value});
    }
    out.keys("EnvironmentFile", spec.envFiles);
    out.some("WorkingDir", spec.workingDirectory);
    if (spec.user) {
        const auto colon = spec.user->find(':');
        out.key("User", spec.user->substr(0, colon));
        if (colon != std::string::npos) {
            out.key("Group", spec.user->substr(colon + 1));
        }
    }
    out.some("HostName", spec.hostname);
    for (const auto& [name, value] : spec.labels) {
        out.words("Label", {name + "=" + value});
    }
    for (const auto& file : spec.labelFiles) {
        out.podman({"--label-file", file});
    }
    for (const auto& [name, value] : spec.annotations) {
        out.words("Annotation", {name + "=" + value});
    }
    printNames(out, spec);
    if (spec.network != RunSpec{}.network) {
        out.key("Network", spec.network);
    }
    printSharing(out, spec);
    printSecurity(out, spec);
    printLimits(out, spec);
    printHealth(out, spec.health);
    printLife(out, spec);
    printService(out, spec.restart);
    return out.text();
}

}  // namespace coracle::types
