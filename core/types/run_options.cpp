// SPDX-License-Identifier: Apache-2.0
#include "core/types/run_options.h"

#include "core/types/cdi_text.h"
#include "core/types/exposed_ports.h"
#include "core/types/isolation.h"
#include "core/types/mount_text.h"
#include "core/types/name_options.h"
#include "core/types/namespace_text.h"
#include "core/types/preserved_fds.h"
#include "core/types/resource_text.h"
#include "core/types/secret_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

// One function for each option, and the table that names them. A function gets one value and changes the
// spec; it checks what can be known from the value alone and from the options before it. Rules between
// options that may come in any order are checked at the end (Parser::parse, checkResources).
namespace coracle::types {
namespace {

using Parsed = ParsedRunCommand;
using Context = RunCommandContext;

Error invalid(std::string message) {
    return {ErrorKind::InvalidArgument, std::move(message)};
}

template <bool RunSpec::*Member>
Result<> setSwitch(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.spec.*Member = value == "true";
    return {};
}

/// An empty text is none, as docker has it: scripts write `--hostname="$HOST"`.
template <std::optional<std::string> RunSpec::*Member>
Result<> setText(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.spec.*Member = value.empty() ? std::nullopt : std::optional(value);
    return {};
}

template <std::vector<std::string> RunSpec::*Member>
Result<> append(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    (parsed.spec.*Member).push_back(value);
    return {};
}

/// Capabilities may be given as a list with commas, as podman reads them.
template <std::vector<std::string> RunSpec::*Member>
Result<> appendList(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    std::size_t from = 0;
    while (from <= value.size()) {
        const auto comma = std::min(value.find(',', from), value.size());
        if (comma == from) {
            return invalid("capability list '" + value + "' has an empty name");
        }
        (parsed.spec.*Member).push_back(value.substr(from, comma - from));
        from = comma + 1;
    }
    return {};
}

Result<> setName(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (!value.empty() && !isObjectName(value)) {
        return invalid("container name '" + value + "' is not allowed")
            .withHint("names have letters, digits, '_', '.' and '-' and start with a letter or digit");
    }
    parsed.spec.name = value;
    return {};
}

Result<> addEnv(Parsed& parsed, const std::string& value, const Context& context) {
    const auto equals = value.find('=');
    const auto name = value.substr(0, equals);
    if (name.empty()) {
        return invalid("environment variable '" + value + "' has no name");
    }
    if (equals != std::string::npos) {
        parsed.spec.env.emplace_back(name, value.substr(equals + 1));
    } else if (context.environment) {
        // Absent here: docker passes nothing on then.
        if (auto inherited = context.environment(name)) {
            parsed.spec.env.emplace_back(name, std::move(*inherited));
        }
    }
    return {};
}

Result<> addLabel(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto equals = value.find('=');
    if (equals == 0 || value.empty()) {
        return invalid("label '" + value + "' has no name");
    }
    parsed.spec.labels.emplace_back(value.substr(0, equals),
                                    equals == std::string::npos ? "" : value.substr(equals + 1));
    return {};
}

Result<> addPorts(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY_ASSIGN(auto mappings, net::parsePortMappings(value));
    auto& ports = parsed.spec.ports;
    ports.insert(ports.end(), mappings.begin(), mappings.end());
    return {};
}

/// Two mounts on one target would leave it to their order which one is seen; docker refuses it too.
Result<> addMount(Parsed& parsed, Result<MountSpec> mount) {
    if (!mount) {
        return std::move(mount).error();
    }
    for (const auto& other : parsed.spec.mounts) {
        if (isSamePlace(other.target, mount->target)) {
            return invalid("'" + mount->target + "' is mounted twice");
        }
    }
    parsed.spec.mounts.push_back(*std::move(mount));
    return {};
}

Result<> addVolume(Parsed& parsed, const std::string& value, const Context& context) {
    return addMount(parsed, parseVolumeFlag(value, context.workingDirectory));
}

Result<> addMountFlag(Parsed& parsed, const std::string& value, const Context& context) {
    return addMount(parsed, parseMountFlag(value, context.workingDirectory));
}

Result<> addTmpfs(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    return addMount(parsed, parseTmpfsFlag(value));
}

Result<> setWorkingDirectory(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value.empty()) {
        parsed.spec.workingDirectory.reset();
        return {};
    }
    if (value.front() != '/') {
        return invalid("working directory '" + value + "' must be an absolute path");
    }
    parsed.spec.workingDirectory = value;
    return {};
}

Result<> setEntrypoint(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.spec.entrypoint = parseEntrypoint(value);
    return {};
}

Result<> setNetwork(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value == "default") {
        parsed.spec.network = RunSpec{}.network;
        return {};
    }
    TRY(checkNetworkMode(value));
    parsed.spec.network = value;
    return {};
}

/// One of --pid, --ipc and --uts.
template <std::string RunSpec::*Member, Result<> (*Check)(std::string_view)>
Result<> setNamespace(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(Check(value));
    parsed.spec.*Member = value;
    return {};
}

Result<> addExposed(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(parseExposed(value));
    parsed.spec.expose.push_back(value);
    return {};
}

/// In any case of letters, as docker takes them.
Result<> addAttach(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    std::string stream;
    for (const char letter : value) {
        stream += static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    }
    if (stream != "stdin" && stream != "stdout" && stream != "stderr") {
        return invalid("'" + value + "' is not a stream").withHint("use stdin, stdout or stderr");
    }
    auto& streams = parsed.spec.attach;
    if (std::find(streams.begin(), streams.end(), stream) == streams.end()) {
        streams.push_back(std::move(stream));
    }
    return {};
}

Result<> addSecret(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(parseSecretUse(value));
    parsed.spec.secrets.push_back(value);
    return {};
}

Result<> setUserns(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(parseUserNamespace(value));
    if (!value.empty() && !(parsed.spec.uidMap.empty() && parsed.spec.gidMap.empty())) {
        return invalid("--userns and --uidmap or --gidmap exclude each other");
    }
    parsed.spec.userns = value;
    return {};
}

template <std::vector<std::string> RunSpec::*Member>
Result<> addIdMapping(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(parseIdMapping(value));
    if (!parsed.spec.userns.empty()) {
        return invalid("--userns and --uidmap or --gidmap exclude each other");
    }
    (parsed.spec.*Member).push_back(value);
    return {};
}

/// podman takes any name of /etc/subuid; newuidmap(1) gives a user the ranges of their own name only.
Result<> refuseSubordinateName(Parsed& /*parsed*/, const std::string& value, const Context& /*context*/) {
    return Error(ErrorKind::Unsupported, "the subordinate ids of the name '" + value + "' cannot be used")
        .withHint("containers use the ranges of your own name; choose among them with --uidmap and --gidmap");
}

Result<> addSecurityOption(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(checkSecurityOption(value));
    parsed.spec.securityOpt.push_back(value);
    return {};
}

Result<> addDevice(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (isCdiName(value)) {
        TRY(checkCdiName(value));
    } else {
        TRY(parseDevice(value));
    }
    parsed.spec.devices.push_back(value);
    return {};
}

Result<> addGpus(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY_ASSIGN(const auto names, parseGpus(value));
    parsed.spec.devices.insert(parsed.spec.devices.end(), names.begin(), names.end());
    return {};
}

Result<> addGroup(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    auto& groups = parsed.spec.groupAdd;
    groups.push_back(value);
    if (value.empty() || (groups.size() > 1 && std::count(groups.begin(), groups.end(), "keep-groups") > 0)) {
        return invalid(value.empty() ? "an additional group has no name"
                                     : "keep-groups cannot be combined with other groups");
    }
    return {};
}

Result<> setImageVolumes(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value == "anonymous" || value == "bind") {  // podman's word of before version 5, and what it made
        parsed.spec.imageVolumes = ImageVolumes::Anonymous;
    } else if (value == "tmpfs") {
        parsed.spec.imageVolumes = ImageVolumes::Tmpfs;
    } else if (value == "ignore") {
        parsed.spec.imageVolumes = ImageVolumes::Ignore;
    } else {
        return invalid("'" + value + "' is not known").withHint("use anonymous, tmpfs or ignore");
    }
    return {};
}

Result<> addUnsetEnv(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value.empty() || value.find('=') != std::string::npos) {
        return invalid("'" + value + "' is no name of a variable");
    }
    parsed.spec.unsetEnv.push_back(value);
    return {};
}

/// Before the variables that are given by name, which win.
Result<> takeProxies(Parsed& parsed, const std::string& value, const Context& context) {
    static constexpr std::array<const char*, 8> kNames{"http_proxy", "https_proxy", "ftp_proxy", "no_proxy",
                                                       "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY"};
    auto& env = parsed.spec.env;
    for (const char* name : kNames) {
        const auto found = value == "true" && context.environment ? context.environment(name) : std::nullopt;
        if (found) {
            env.emplace(env.begin(), name, *found);
        }
    }
    return {};
}

/// Written by root and by nobody else; what podman mounts where it is asked for a root that is read-only.
Result<> setReadOnlyTmpfs(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.readOnlyTmpfs = value == "true";
    return {};
}

Result<> setPull(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value == "missing" || value.empty()) {
        parsed.spec.pull = PullPolicy::Missing;
    } else if (value == "always") {
        parsed.spec.pull = PullPolicy::Always;
    } else if (value == "never") {
        parsed.spec.pull = PullPolicy::Never;
    } else {
        return invalid("pull policy '" + value + "' is unknown").withHint("use always, missing or never");
    }
    return {};
}

Result<> setStopTimeout(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    std::int64_t seconds = 0;
    const auto* end = value.data() + value.size();
    const auto [at, error] = std::from_chars(value.data(), end, seconds);
    if (error != std::errc() || at != end || seconds < -1) {
        return invalid("stop timeout '" + value + "' is not a number of seconds");
    }
    parsed.spec.stopTimeoutSeconds = seconds;
    return {};
}

template <std::size_t Index>
Result<> setResource(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    return resourceOptions()[Index].apply(parsed.spec.resources, value);
}

Result<> setOomScore(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    constexpr int kLimit = 1000;  // proc(5), oom_score_adj
    int score = 0;
    const auto* end = value.data() + value.size();
    const auto [at, error] = std::from_chars(value.data(), end, score);
    if (error != std::errc() || at != end || score < -kLimit || score > kLimit) {
        return invalid("'" + value + "' is not from -1000 to 1000");
    }
    parsed.spec.oomScoreAdj = score;
    return {};
}

Result<> setUmask(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    constexpr std::int64_t kAll = 0777;
    std::int64_t mask = 0;
    const auto* end = value.data() + value.size();
    const auto [at, error] = std::from_chars(value.data(), end, mask, 8);
    if (error != std::errc() || at != end || mask < 0 || mask > kAll) {
        return invalid("'" + value + "' is no octal number up to 0777");
    }
    parsed.spec.umask = mask;
    return {};
}

Result<> addUlimit(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY_ASSIGN(auto limit, parseUlimit(value));
    std::erase_if(parsed.spec.ulimits, [&](const UlimitSpec& old) { return old.name == limit.name; });
    parsed.spec.ulimits.push_back(std::move(limit));
    return {};
}

Result<> setShmSize(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY_ASSIGN(const auto bytes, parseBytes(value));
    if (bytes == 0) {
        return invalid("a size of zero is not possible");
    }
    parsed.spec.shmSizeBytes = bytes;
    return {};
}

Result<> addSysctl(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto equals = value.find('=');
    if (equals == std::string::npos || equals == 0) {
        return invalid("'" + value + "' is not of the form NAME=VALUE");
    }
    parsed.spec.sysctls.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    return {};
}

Result<> setCgroupns(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (!value.empty() && value != "private" && value != "host") {
        return invalid("control group namespace '" + value + "' is unknown").withHint("use private or host");
    }
    parsed.spec.cgroupns = value;
    return {};
}

Result<> setCgroupParent(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.spec.cgroupParent = value;
    return {};
}

Result<> setRestart(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY_ASSIGN(parsed.spec.restart, parseRestart(value));
    return {};
}

Result<> addLogOption(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto equals = value.find('=');
    if (equals == 0 || equals == std::string::npos) {
        return invalid("log option '" + value + "' is not NAME=VALUE");
    }
    parsed.spec.logOptions.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    return {};
}

/// A check and the wish for none exclude each other.
Result<> setCheck(Parsed& parsed, std::vector<std::string> test) {
    auto& known = parsed.spec.health.test;
    if (known && (known->front() == "NONE") != (test.front() == "NONE")) {
        return invalid("conflicting options: --no-healthcheck and --health-cmd");
    }
    known = std::move(test);
    return {};
}

/// podman takes a JSON list where docker has a shell command only; "none" is podman's, too.
Result<> setHealthCommand(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value.empty()) {
        return {};
    }
    if (value == "none") {
        return setCheck(parsed, {"NONE"});
    }
    auto words = parseEntrypoint(value);
    if (words.size() == 1 && words.front() == value) {
        return setCheck(parsed, {"CMD-SHELL", value});
    }
    const bool hasKind = !words.empty() && (words.front() == "CMD" || words.front() == "CMD-SHELL");
    if (!hasKind) {
        words.insert(words.begin(), "CMD");
    }
    if (words.size() < 2) {
        return invalid("the command is empty");
    }
    return setCheck(parsed, std::move(words));
}

template <std::optional<std::string> HealthOptions::*Member>
Result<> setHealthSpan(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value.empty() || value.front() < '0' || value.front() > '9') {
        return invalid("'" + value + "' is no duration").withHint("write it as 30s, 1m30s or 500ms");
    }
    parsed.spec.health.*Member = value;
    return {};
}

Result<> setHealthRetries(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    std::int64_t count = 0;
    const auto* end = value.data() + value.size();
    const auto [at, error] = std::from_chars(value.data(), end, count);
    if (error != std::errc() || at != end || count < 0 || count > INT32_MAX) {
        return invalid("'" + value + "' is no number of checks");
    }
    parsed.spec.health.retries = count;
    return {};
}

/// podman's default is all that there is.
Result<> setHealthOnFailure(Parsed& /*parsed*/, const std::string& value, const Context& /*context*/) {
    if (value == "kill" || value == "restart" || value == "stop") {
        return Error(ErrorKind::Unsupported, "an unhealthy container is marked as such and goes on")
            .withHint("let the command of the check end the program: --health-cmd 'CHECK || kill 1'");
    }
    return value == "none" ? Result<>() : invalid("'" + value + "' is not known").withHint("use none");
}

Result<> setNoHealthcheck(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    return value == "true" ? setCheck(parsed, {"NONE"}) : Result<>();
}

Result<> addAnnotation(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto equals = value.find('=');
    if (equals == 0 || value.empty()) {
        return invalid("annotation '" + value + "' has no name");
    }
    parsed.spec.annotations.emplace_back(value.substr(0, equals),
                                         equals == std::string::npos ? "" : value.substr(equals + 1));
    return {};
}

/// "NAME:ADDRESS" or "NAME=ADDRESS"; an IPv6 address may stand in brackets.
/// The name becomes a path below the folder of time zones and must not leave it.
Result<> setTimeZone(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    if (value.empty() || value.front() == '/' || value.find("..") != std::string::npos) {
        return invalid("'" + value + "' is no time zone").withHint("write it as Europe/Vienna, or local");
    }
    parsed.spec.timeZone = value;
    return {};
}

Result<> addVolumesFrom(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    const auto colon = value.find(':');
    const std::string mode = colon == std::string::npos ? "" : value.substr(colon + 1);
    if (value.empty() || colon == 0 ||
        (colon != std::string::npos && mode != "ro" && mode != "rw" && mode != "z" && mode != "Z")) {
        return invalid("'" + value + "' is not CONTAINER[:ro]");
    }
    parsed.spec.volumesFrom.push_back(value);
    return {};
}

Result<> setCidFile(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.cidFile = value;
    return {};
}

Result<> setQuiet(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.quiet = value == "true";
    return {};
}

Result<> setReplace(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.replace = value == "true";
    return {};
}

/// Both at once would say twice which descriptors are meant, as podman sees it, too.
Result<> requireOneWay(const Parsed& parsed, bool counted) {
    return parsed.preservedFds.empty() || parsed.countedFds == counted
               ? Result<>()
               : invalid("conflicting options: --preserve-fds and --preserve-fd");
}

Result<> setPreservedCount(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(requireOneWay(parsed, true));
    TRY_ASSIGN(parsed.preservedFds, parsePreservedCount(value));
    parsed.countedFds = true;
    return {};
}

Result<> addPreservedFds(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    TRY(requireOneWay(parsed, false));
    TRY_ASSIGN(const auto more, parsePreservedList(value));
    addPreserved(parsed.preservedFds, more);
    return {};
}

Result<> setDetachKeys(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.detachKeys = value;
    return {};
}

Result<> setSignalProxy(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.signalProxy = value == "true";
    return {};
}

Result<> setHelp(Parsed& parsed, const std::string& value, const Context& /*context*/) {
    parsed.help = value == "true";
    return {};
}

// clang-format off
constexpr std::array kOptions = std::to_array<RunOption>({  // TABLE
    {{"detach", 'd', "", "Run in the background and print the container id"}, setSwitch<&RunSpec::detach>},
    {{"interactive", 'i', "", "Keep standard input open"}, setSwitch<&RunSpec::interactive>},
    {{"tty", 't', "", "Give it a terminal"}, setSwitch<&RunSpec::tty>},
    {{"attach", 'a', "STREAM", "Connect to stdin, stdout or stderr only"}, addAttach},
    {{"rm", 0, "", "Remove the container when it stops"}, setSwitch<&RunSpec::removeWhenStopped>},
    {{"restart", 0, "POLICY", "When it ends: no, on-failure[:TIMES], unless-stopped or always"}, setRestart},
    {{"name", 0, "NAME", "Name of the container"}, setName},
    {{"env", 'e', "NAME[=VALUE]", "Set an environment variable"}, addEnv},
    {{"env-file", 0, "FILE", "Read environment variables from a file"}, append<&RunSpec::envFiles>},
    {{"unsetenv", 0, "NAME", "Leave a variable of the image out"}, addUnsetEnv},
    {{"unsetenv-all", 0, "", "Leave all variables of the image out"}, setSwitch<&RunSpec::unsetAllEnv>},
    {{"http-proxy", 0, "", "Pass the proxy settings of your environment on"}, takeProxies},
    {{"publish", 'p', "[IP:][HOST:]CONTAINER", "Make a port reachable on this computer"}, addPorts},
    {{"publish-all", 'P', "", "Make all exposed ports reachable, on free ports of this computer"},
     setSwitch<&RunSpec::publishAll>},
    {{"expose", 0, "PORT[/PROTOCOL]", "Say that it listens on a port, or a range of them"}, addExposed},
    {{"volume", 'v', "[SOURCE:]TARGET[:OPTIONS]", "Mount a volume or a folder"}, addVolume},
    {{"mount", 0, "KEY=VALUE,...", "Mount with named keys: type, source, target, readonly"}, addMountFlag},
    {{"tmpfs", 0, "TARGET[:OPTIONS]", "Mount a folder in memory"}, addTmpfs},
    {{"image-volume", 0, "KIND", "Folders that the image declares as volumes: anonymous, tmpfs or ignore"},
     setImageVolumes},
    {{"workdir", 'w', "DIRECTORY", "Working directory inside"}, setWorkingDirectory},
    {{"user", 'u', "USER[:GROUP]", "User inside, by name or number"}, setText<&RunSpec::user>},
    {{"entrypoint", 0, "PROGRAM", "Replace the entrypoint of the image"}, setEntrypoint},
    {{"hostname", 'h', "NAME", "Host name inside"}, setText<&RunSpec::hostname>},
    {{"label", 'l', "NAME[=VALUE]", "Set a label"}, addLabel},
    {{"network", 0, "NETWORK", "none, host, slirp4netns or container:NAME"}, setNetwork},
    {{"net", 0, "NETWORK", "The same as --network"}, setNetwork},
    {{"pid", 0, "MODE", "Process namespace: private, or container:NAME to share another's"},
     setNamespace<&RunSpec::pid, checkPidMode>},
    {{"ipc", 0, "MODE", "IPC namespace and /dev/shm: private, shareable, none, host or container:NAME"},
     setNamespace<&RunSpec::ipc, checkIpcMode>},
    {{"uts", 0, "MODE", "Host name: private, host or container:NAME"},
     setNamespace<&RunSpec::uts, checkUtsMode>},
    {{"secret", 0, "NAME[,KEY=VALUE...]", "Give it a secret: type=mount|env, target=, mode=, uid=, gid="}, addSecret},
    {{"read-only", 0, "", "Make the root file system read-only"}, setSwitch<&RunSpec::readOnly>},
    {{"read-only-tmpfs", 0, "", "With --read-only: /run, /tmp and /var/tmp are folders in memory"},
     setReadOnlyTmpfs},
    {{"cap-add", 0, "CAPABILITY", "Add a capability, or ALL"}, appendList<&RunSpec::capAdd>},
    {{"cap-drop", 0, "CAPABILITY", "Drop a capability, or ALL"}, appendList<&RunSpec::capDrop>},
    {{"security-opt", 0, "OPTION", "profile=NAME, seccomp=FILE, no-new-privileges, mask=, unmask="}, addSecurityOption},
    {{"privileged", 0, "", "All capabilities inside, nothing hidden, containers inside; never more than you may"},
     setSwitch<&RunSpec::privileged>},
    {{"device", 0, "HOST[:CONTAINER]", "Give a device that you may use, by path or VENDOR/CLASS=NAME"}, addDevice},
    {{"gpus", 0, "GPUS", "Give GPUs of nvidia that are described on this computer: all, a number, device=0"}, addGpus},
    {{"group-add", 0, "GROUP", "Additional group inside, or keep-groups for your own"}, addGroup},
    {{"userns", 0, "MODE", "User namespace: keep-id, nomap, auto or host"}, setUserns},
    {{"uidmap", 0, "INSIDE:OUTSIDE[:COUNT]", "Map user ids; OUTSIDE 0 is you, 1 and up your subordinate ids"},
     addIdMapping<&RunSpec::uidMap>},
    {{"gidmap", 0, "INSIDE:OUTSIDE[:COUNT]", "The same for groups"}, addIdMapping<&RunSpec::gidMap>},
    {{"subuidname", 0, "NAME", "Not supported: the ids are those of your own name"}, refuseSubordinateName},
    {{"subgidname", 0, "NAME", "Not supported: the ids are those of your own name"}, refuseSubordinateName},
    {{"hooks-dir", 0, "FOLDER", "Let the runtime run the hooks that files of a folder describe"},
     append<&RunSpec::hooksDirs>},
    {{"oom-score-adj", 0, "NUMBER", "How soon it is killed when memory is short, -1000 to 1000"}, setOomScore},
    {{"umask", 0, "MASK", "Permissions that new files do not get, such as 0027"}, setUmask},
    {{"ulimit", 0, "NAME=SOFT[:HARD]", "Limit of each process, such as nofile=1024"}, addUlimit},
    {{"shm-size", 0, "BYTES", "Size of /dev/shm"}, setShmSize},
    {{"sysctl", 0, "NAME=VALUE", "Set a parameter of its own namespaces"}, addSysctl},
    {{"cgroupns", 0, "MODE", "Control group namespace: private or host"}, setCgroupns},
    {{"cgroup-parent", 0, "PATH", "Put its control group below another"}, setCgroupParent},
    {{"health-cmd", 0, "COMMAND", "Check the container by a command; 0 means healthy"}, setHealthCommand},
    {{"health-interval", 0, "DURATION", "Time between two checks (default 30s)"},
     setHealthSpan<&HealthOptions::interval>},
    {{"health-timeout", 0, "DURATION", "Time that a check may take (default 30s)"},
     setHealthSpan<&HealthOptions::timeout>},
    {{"health-start-period", 0, "DURATION", "Time to start in which failures do not count (default 0s)"},
     setHealthSpan<&HealthOptions::startPeriod>},
    {{"health-start-interval", 0, "DURATION", "Time between two checks in the start period (default 5s)"},
     setHealthSpan<&HealthOptions::startInterval>},
    {{"health-retries", 0, "NUMBER", "Failures in a row that make it unhealthy (default 3)"}, setHealthRetries},
    {{"health-on-failure", 0, "ACTION", "What becomes of it when it is unhealthy: none"}, setHealthOnFailure},
    {{"no-healthcheck", 0, "", "Do not run the image's check"}, setNoHealthcheck},
    {{"annotation", 0, "NAME[=VALUE]", "Put an annotation into the bundle"}, addAnnotation},
    {{"label-file", 0, "FILE", "Read labels from a file"}, append<&RunSpec::labelFiles>},
    {{"link", 0, "CONTAINER[:ALIAS]", "Reach another container by a name, at all its ports"}, addLink},
    {{"add-host", 0, "NAME:ADDRESS", "Add a line to /etc/hosts; host-gateway is this computer"}, addHost},
    {{"no-hosts", 0, "", "Leave /etc/hosts as the image has it"}, setSwitch<&RunSpec::noHosts>},
    {{"dns", 0, "ADDRESS", "Ask this resolver for names"}, addDns},
    {{"dns-search", 0, "DOMAIN", "Look names up in this domain, too"}, addDnsSearch},
    {{"dns-option", 0, "OPTION", "Option of the resolver, such as ndots:2"}, addDnsOption},
    {{"domainname", 0, "NAME", "Domain name inside"}, setDomainname},
    {{"tz", 0, "ZONE", "Time zone inside, such as Europe/Vienna, or local"}, setTimeZone},
    {{"volumes-from", 0, "CONTAINER[:ro]", "Mount what another container has mounted"}, addVolumesFrom},
    {{"cidfile", 0, "FILE", "Write the container's id to a new file"}, setCidFile},
    {{"quiet", 'q', "", "Show no progress of a download"}, setQuiet},
    {{"replace", 0, "", "Remove a container that has the name first"}, setReplace},
    {{"init", 0, "", "Run a small init as the first process"}, setSwitch<&RunSpec::init>},
    {{"stop-signal", 0, "SIGNAL", "Signal that asks it to stop"}, setText<&RunSpec::stopSignal>},
    {{"stop-timeout", 0, "SECONDS", "Time it has to stop before it is killed"}, setStopTimeout},
    {{"log-driver", 0, "DRIVER", "Where its output is kept: json-file, local, journald or none"},
     setText<&RunSpec::logDriver>},
    {{"log-opt", 0, "NAME=VALUE", "Option of the log driver: max-size, max-file, labels, env, tag"}, addLogOption},
    {{"preserve-fds", 0, "NUMBER", "Hand so many descriptors from 3 on to its first run"}, setPreservedCount},
    {{"preserve-fd", 0, "FD,...", "Hand these descriptors on to its first run"}, addPreservedFds},
    {{"detach-keys", 0, "KEYS", "Keys that leave the container running"}, setDetachKeys},
    {{"sig-proxy", 0, "", "Pass signals on to the program (default true)"}, setSignalProxy},
    {{"platform", 0, "OS/ARCH", "Platform of the image"}, setText<&RunSpec::platform>},
    {{"pull", 0, "WHEN", "Fetch the image: always, missing or never"}, setPull},
    {{"help", 0, "", "Show this help"}, setHelp},
});

// clang-format on

/// The limits have a table of their own, which `update` reads, too.
template <std::size_t... Index>
std::vector<RunOption> withResources(std::index_sequence<Index...> /*all*/) {
    std::vector<RunOption> options(kOptions.begin(), kOptions.end());
    const auto add = [&](const ResourceOption& option, auto apply) {
        options.push_back({{option.name, option.shortName, option.placeholder, option.help}, apply});
    };
    (add(resourceOptions()[Index], setResource<Index>), ...);
    return options;
}

}  // namespace

std::span<const RunOption> runOptions() {
    static const auto kAll = withResources(std::make_index_sequence<kResourceOptionCount>());
    return kAll;
}

std::span<const RunOptionHelp> runOptionHelp() {
    static const auto kHelp = [] {
        std::vector<RunOptionHelp> rows;
        for (const RunOption& option : runOptions()) {
            rows.push_back(option.help);
        }
        return rows;
    }();
    return kHelp;
}

}  // namespace coracle::types
