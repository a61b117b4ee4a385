// SPDX-License-Identifier: Apache-2.0
#include "core/container/spec_builder.h"

#include "core/container/bundle_mounts.h"
#include "core/container/health_plan.h"
#include "core/container/process_document.h"
#include "core/types/isolation.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace coracle::container {
namespace {

using nlohmann::json;

constexpr std::int64_t kForeverMs = 24LL * 3600 * 1000 * 365;
constexpr const char* kSlirpAddress = "10.0.2.100";
constexpr const char* kSlirpResolver = "10.0.2.3";

/// A process that is not root gets its bounding set and nothing else, as docker does: what it may gain
/// through a setuid program stays bounded, and it starts without powers.
json capabilitySets(const ProcessPlan& process, const ResolvedUser& user) {
    const auto& capabilities = process.security.capabilities;
    json sets{{"bounding", capabilities}};
    sets["effective"] = user.uid == 0 ? json(capabilities) : json::array();
    sets["permitted"] = sets["effective"];
    sets["inheritable"] = json::array();
    sets["ambient"] = json::array();
    return sets;
}

/// HOME comes from the image's user database unless somebody set it.
std::vector<std::string> withHome(std::vector<std::string> env, const ResolvedUser& user) {
    const bool set = std::any_of(env.begin(), env.end(),
                                 [](const std::string& text) { return text.rfind("HOME=", 0) == 0; });
    if (!set) {
        env.push_back("HOME=" + user.home);
    }
    return env;
}

json processOf(const BundleInput& input) {
    std::vector<std::string> arguments = input.process.arguments;
    if (!input.host.init.empty()) {
        arguments.insert(arguments.begin(), kInitPath);
    }
    json process{
        {"terminal", input.spec.tty},
        {"user",
         {{"uid", input.user.uid}, {"gid", input.user.gid}, {"additionalGids", allGroups(input.user)}}},
        {"args", arguments},
        {"env", withHome(input.process.env, input.user)},
        {"cwd", input.process.workingDirectory},
        {"capabilities", capabilitySets(input.process, input.user)},
        {"rlimits", rlimitsDocument(input.spec.ulimits, input.host.openFilesHard)},
        {"noNewPrivileges", input.process.security.noNewPrivileges},
    };
    if (!input.process.security.appArmorProfile.empty()) {
        process["apparmorProfile"] = input.process.security.appArmorProfile;
    }
    if (input.spec.umask) {
        process["user"]["umask"] = *input.spec.umask;
    }
    if (input.spec.oomScoreAdj) {
        process["oomScoreAdj"] = *input.spec.oomScoreAdj;
    }
    return process;
}

/// "user" is written for other runtimes; ours decides by coracle.json.
json namespacesOf(const BundleInput& input) {
    json list = json::array();
    for (const char* type : {"user", "mount", "pid"}) {
        list.push_back({{"type", type}});
    }
    if (input.spec.ipc != "host") {
        list.push_back({{"type", "ipc"}});
    }
    if (input.spec.uts != "host") {
        list.push_back({{"type", "uts"}});
    }
    if (input.spec.cgroupns != "host") {
        list.push_back({{"type", "cgroup"}});
    }
    if (input.spec.network != "host") {
        list.push_back({{"type", "network"}});
    }
    return list;
}

/// docker's format goes into the document as it is: the runtime decides its conditions by the capabilities
/// and the kernel of the start.
Result<json> seccompOf(const SecurityPlan& plan) {
    auto profile = coracle::json::parse(plan.seccompText);
    if (!profile) {
        return std::move(profile).error().context("seccomp profile '" + plan.seccompFile + "'");
    }
    if (!profile->is_object() || !profile->contains("defaultAction")) {
        return Error(ErrorKind::InvalidArgument,
                     "seccomp profile '" + plan.seccompFile + "' has no member 'defaultAction'")
            .withHint("it is a JSON document of docker's format");
    }
    return profile;
}

Result<json> linuxOf(const BundleInput& input) {
    const SecurityPlan& security = input.process.security;
    json section{
        {"namespaces", namespacesOf(input)},
        {"maskedPaths", security.maskedPaths},
        {"readonlyPaths", security.readonlyPaths},
        {"rootfsPropagation", "private"},
    };
    if (input.spec.network != "host" && input.shared.network.empty()) {
        // A network of its own has no ports of the host's to protect (security.md 4.3).
        section["sysctl"] = {{"net.ipv4.ip_unprivileged_port_start", "0"}};
    }
    if (!security.seccompFile.empty()) {
        TRY_ASSIGN(section["seccomp"], seccompOf(security));
    }
    for (const auto& [name, value] : input.spec.sysctls) {
        section["sysctl"][name] = value;
    }
    if (json resources = resourcesDocument(input.spec.resources, input.devices); !resources.empty()) {
        section["resources"] = std::move(resources);
    }
    if (!input.spec.cgroupParent.empty()) {
        section["cgroupsPath"] = input.spec.cgroupParent + "/coracle-" + input.id;
    }
    return section;
}

json rulesOf(const std::vector<types::IdMapping>& mappings) {
    json rules = json::array();
    bool extend = false;
    for (const auto& mapping : mappings) {
        rules.push_back({{"inside", mapping.inside},
                         {"outside", mapping.outside},
                         {"count", mapping.count},
                         {"ofHost", mapping.ofHost}});
        extend = extend || mapping.extend;
    }
    return {{"rules", rules}, {"extend", extend}};
}

/// For rootless/oci/config.h, Extension::userNamespace.
Result<json> userNamespaceOf(const BundleInput& input) {
    using Mode = types::UserNamespace::Mode;
    json document{{"mode", "default"}, {"keeperDir", input.paths.keeperDir()}};
    const bool shared = !input.shared.id.empty();
    const types::RunSpec& spec = shared ? input.shared.spec : input.spec;
    if (!spec.uidMap.empty() || !spec.gidMap.empty()) {
        TRY_ASSIGN(const auto mappings, types::combineIdMappings(spec.uidMap, spec.gidMap));
        document["mode"] = "custom";
        document["uids"] = rulesOf(mappings.users);
        document["gids"] = rulesOf(mappings.groups);
        return document;
    }
    TRY_ASSIGN(const auto space, types::parseUserNamespace(spec.userns));
    switch (space.mode) {
    case Mode::Default:
        break;
    case Mode::NoMap:
        document["mode"] = "nomap";
        break;
    case Mode::Host:
        document["mode"] = "host";
        break;
    case Mode::Auto:
        document["mode"] = "slice";
        document["first"] = shared ? input.shared.sliceFirst : input.sliceFirst;
        document["size"] = shared ? input.shared.sliceSize : input.sliceSize;
        break;
    case Mode::KeepId:
        document["mode"] = "keep-id";
        document["size"] = space.size;
        if (space.uid) {
            document["uid"] = *space.uid;
        }
        if (space.gid) {
            document["gid"] = *space.gid;
        }
        break;
    }
    return document;
}

/// What is shared with one container. For rootless/oci/extension.h, SharedNamespaces.
json sharedNamespacesOf(const SharedContainer& shared, const std::string& container) {
    json kinds = json::array();
    for (const auto& [kind, from] : {std::pair{"pid", &shared.pid},
                                     {"ipc", &shared.ipc},
                                     {"uts", &shared.uts},
                                     {"network", &shared.network}}) {
        if (*from == container) {
            kinds.push_back(kind);
        }
    }
    return {{"container", container}, {"namespaces", kinds}};
}

void addShared(const SharedContainer& shared, json& document) {
    if (shared.id.empty()) {
        return;
    }
    document["sharedNamespaces"] = sharedNamespacesOf(shared, shared.id);
    for (const std::string& other :
         std::set<std::string>{shared.pid, shared.ipc, shared.uts, shared.network}) {
        if (!other.empty() && other != shared.id) {
            document["alsoShared"].push_back(sharedNamespacesOf(shared, other));
        }
    }
}

Result<std::string> overlayOf(const BundleInput& input) {
    TRY_ASSIGN(const json userNamespace, userNamespaceOf(input));
    json document{
        {"overlay",
         {{"driver", input.host.overlayDriver},
          {"lower", input.lowerDirs},
          {"upper", input.paths.upper()},
          {"work", input.paths.work()},
          {"volatile", input.spec.removeWhenStopped},
          {"fuseProgram", input.host.fuseProgram}}},
        {"userNamespace", userNamespace},
        {"copyUp", json::array()},
        {"seccompProfile", input.process.security.seccomp},
        {"writableCgroup", input.process.security.writableCgroup},
    };
    for (const auto& mount : input.mounts) {
        describeMount(mount, document);
    }
    addShared(input.shared, document);
    for (std::size_t i = 0; i < input.secrets.size(); ++i) {
        const auto& use = input.secrets[i];
        json secret{{"file", input.paths.secret(i)}};
        if (use.asEnvironment) {
            secret["variable"] = use.target;
        } else {
            secret.update({{"target", use.target}, {"uid", use.uid}, {"gid", use.gid}, {"mode", use.mode}});
        }
        document["secrets"].push_back(std::move(secret));
    }
    return coracle::json::toText(document);
}

/// Before the container's own line, as docker's: the first of two equal names counts.
std::string addedHosts(const BundleInput& input) {
    std::string text;
    for (const auto& [name, address] : input.spec.addHosts) {
        text += (address == "host-gateway" ? input.host.gateway : address) + "\t" + name + "\n";
    }
    for (const auto& [address, names] : input.linkedHosts) {
        text += address + "\t" + names + "\n";
    }
    return text;
}

/// The name leads to the container's own address, so that programs that look up their host name find
/// themselves.
std::string hostsOf(const BundleInput& input) {
    if (input.spec.network == "host") {
        return input.host.hosts + addedHosts(input);
    }
    const bool slirp = input.spec.network == "slirp4netns";
    std::string text =
        "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n" + addedHosts(input);
    text += std::string(slirp ? kSlirpAddress : "127.0.1.1") + "\t";
    if (input.spec.domainname) {
        text += input.process.hostname + "." + *input.spec.domainname + " ";
    }
    text += input.process.hostname;
    if (!input.name.empty() && input.name != input.process.hostname) {
        text += " " + input.name;
    }
    return text + "\n";
}

/// slirp4netns answers names itself; search domains and options are still the host's.
/// What the person says takes the place of the host's lines of its kind.
std::string resolvConfOf(const BundleInput& input) {
    const auto& spec = input.spec;
    const bool slirp = spec.network == "slirp4netns";
    if (!slirp && spec.dns.empty() && spec.dnsSearch.empty() && spec.dnsOptions.empty()) {
        return input.host.resolvConf;
    }
    std::string text;
    std::string_view rest = input.host.resolvConf;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        const bool search = line.rfind("search ", 0) == 0 || line.rfind("domain ", 0) == 0;
        const bool options = line.rfind("options ", 0) == 0;
        const bool server = line.rfind("nameserver ", 0) == 0;
        if ((search && spec.dnsSearch.empty()) || (options && spec.dnsOptions.empty()) ||
            (server && !slirp && spec.dns.empty())) {
            text += std::string(line) + "\n";
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (const auto& address : spec.dns) {
        text += "nameserver " + address + "\n";
    }
    if (slirp && spec.dns.empty()) {
        text += std::string("nameserver ") + kSlirpResolver + "\n";
    }
    const auto addWords = [&](const char* key, const std::vector<std::string>& words) {
        std::string line = key;
        for (const auto& word : words) {
            line += " " + word;
        }
        text += words.empty() ? "" : line + "\n";
    };
    if (spec.dnsSearch != std::vector<std::string>{"."}) {
        addWords("search", spec.dnsSearch);
    }
    addWords("options", spec.dnsOptions);
    return text;
}

}  // namespace

Result<BundleDocuments> buildBundle(const BundleInput& input) {
    TRY_ASSIGN(const json mounts, buildMounts(input));
    TRY_ASSIGN(const json section, linuxOf(input));
    json annotations = json::object();
    if (input.spec.groupAdd == std::vector<std::string>{"keep-groups"}) {
        annotations["run.oci.keep_original_groups"] = "1";  // crun's word, which our runtime knows
    }
    for (const auto& [name, value] : input.spec.annotations) {
        if (!name.starts_with("run.oci.")) {  // words that runtimes obey are ours to say
            annotations[name] = value;
        }
    }
    json config{
        {"ociVersion", "1.1.0"},
        {"process", processOf(input)},
        {"root", {{"path", "rootfs"}, {"readonly", input.spec.readOnly}}},
        {"mounts", mounts},
        {"linux", section},
        {"annotations", annotations},
    };
    if (json hooks = hooksDocument(input.cdi, input.hooks); !hooks.empty()) {
        config["hooks"] = std::move(hooks);
    }
    if (input.spec.uts != "host" && input.shared.uts.empty()) {
        config["hostname"] = input.process.hostname;
    }
    if (input.spec.domainname) {
        config["domainname"] = *input.spec.domainname;
    }
    BundleDocuments documents;
    documents.config = coracle::json::toText(config);
    if (input.process.health.isActive()) {
        ExecRequest request;
        request.command = healthCommand(input.process.health);
        request.user = input.user;
        request.defaultEnv = input.process.env;
        TRY_ASSIGN(documents.healthProcess, buildExecProcess(documents.config, request));
    }
    TRY_ASSIGN(documents.overlay, overlayOf(input));
    documents.hosts = hostsOf(input);
    documents.hostname = input.process.hostname + "\n";
    documents.resolvConf = resolvConfOf(input);
    return documents;
}

std::string buildMonitor(const MonitorInput& input) {
    json document{
        {"id", input.id},
        {"name", input.name},
        {"bundle", input.paths.bundle},
        {"runDir", input.paths.runDir},
        {"eventsPath", input.paths.eventsPath},
        {"runtime", input.runtime},
        {"runtimeArgs", {"--root", input.paths.runtimeRoot()}},
        {"tty", input.tty},
        {"openStdin", input.openStdin},
        {"logPath", input.log.isReadable() ? input.paths.log() : ""},
        {"logMaxBytes", input.log.maxBytes},
        {"logMaxFiles", input.log.maxFiles},
        {"eventAttributes", {{"image", input.image}, {"name", input.name}}},
        {"autoStart", input.autoStart},
        {"stopSignal", input.stopSignal},
        {"stopTimeoutMs", input.stopTimeoutSeconds < 0 ? kForeverMs : input.stopTimeoutSeconds * 1000},
        {"autoRemove", input.autoRemove},
        {"sharesPids", input.sharesPids},
        {"exitCommand", input.exitCommand},
        {"runtimeState", input.paths.runtimeRoot() + "/" + input.id},
        {"restart", input.restart.policy},
        {"restartRetries", input.restart.maxRetries},
        {"networkCommand", input.networkCommand},
        {"logAttributes", input.logAttributes},
        {"journalSocket", input.log.driver == LogDriver::Journald ? kJournalSocket : ""},
    };
    if (input.health.isActive()) {
        document["health"] = healthDocument(input.health, input.paths.healthProcess());
    }
    if (!input.trash.empty()) {
        document["data"] = input.paths.data;
        document["trash"] = input.trash;
    }
    return coracle::json::toText(document);
}

}  // namespace coracle::container
