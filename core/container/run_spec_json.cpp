// SPDX-License-Identifier: Apache-2.0
#include "core/container/run_spec_json.h"

#include "core/container/resource_document.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

namespace coracle::container {
namespace {

using nlohmann::json;
using types::MountSpec;
using types::PullPolicy;
using types::RunSpec;
using Pairs = std::vector<std::pair<std::string, std::string>>;

void put(json& object, const char* key, const std::optional<std::string>& value) {
    if (value) {
        object[key] = *value;
    }
}

const char* toText(MountSpec::Kind kind) {
    switch (kind) {
    case MountSpec::Kind::Volume:
        return "volume";
    case MountSpec::Kind::Tmpfs:
        return "tmpfs";
    case MountSpec::Kind::Image:
        return "image";
    case MountSpec::Kind::Bind:
        break;
    }
    return "bind";
}

const char* toText(PullPolicy policy) {
    switch (policy) {
    case PullPolicy::Always:
        return "always";
    case PullPolicy::Never:
        return "never";
    case PullPolicy::Missing:
        break;
    }
    return "missing";
}

json mountsToJson(const std::vector<MountSpec>& mounts) {
    json list = json::array();
    for (const auto& mount : mounts) {
        list.push_back({{"type", toText(mount.kind)},
                        {"source", mount.source},
                        {"target", mount.target},
                        {"readOnly", mount.readOnly},
                        {"options", mount.options}});
    }
    return list;
}

json portsToJson(const std::vector<net::PortMapping>& ports) {
    json list = json::array();
    for (const auto& port : ports) {
        list.push_back({{"hostIp", port.hostIp},
                        {"hostPort", port.hostPort},
                        {"containerPort", port.containerPort},
                        {"protocol", net::toText(port.protocol)}});
    }
    return list;
}

json pairsToJson(const Pairs& pairs) {
    json list = json::array();
    for (const auto& [key, value] : pairs) {
        list.push_back(json::array({key, value}));
    }
    return list;
}

/// Lists of pairs and not objects, since a name may come twice and the order matters.
Result<Pairs> parsePairs(const json& document, const char* key) {
    Pairs pairs;
    const json* list = coracle::json::findArray(document, key);
    if (list == nullptr) {
        return pairs;
    }
    for (const auto& item : *list) {
        if (!item.is_array() || item.size() != 2 || !item[0].is_string() || !item[1].is_string()) {
            return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not a list of pairs");
        }
        pairs.emplace_back(item[0].get<std::string>(), item[1].get<std::string>());
    }
    return pairs;
}

Result<std::uint16_t> parsePort(const json& item, const char* key) {
    TRY_ASSIGN(const auto number, coracle::json::loadInteger(item, key));
    if (number < 0 || number > UINT16_MAX) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not a port");
    }
    return static_cast<std::uint16_t>(number);
}

Result<std::vector<net::PortMapping>> parsePorts(const json& document) {
    std::vector<net::PortMapping> ports;
    const json* list = coracle::json::findArray(document, "ports");
    if (list == nullptr) {
        return ports;
    }
    for (const auto& item : *list) {
        net::PortMapping port;
        TRY_ASSIGN(port.hostIp, coracle::json::loadString(item, "hostIp"));
        TRY_ASSIGN(port.hostPort, parsePort(item, "hostPort"));
        TRY_ASSIGN(port.containerPort, parsePort(item, "containerPort"));
        TRY_ASSIGN(const auto protocol, coracle::json::loadString(item, "protocol"));
        port.protocol = protocol == "udp" ? net::Protocol::Udp : net::Protocol::Tcp;
        ports.push_back(std::move(port));
    }
    return ports;
}

Result<std::vector<MountSpec>> parseMounts(const json& document) {
    std::vector<MountSpec> mounts;
    const json* list = coracle::json::findArray(document, "mounts");
    if (list == nullptr) {
        return mounts;
    }
    for (const auto& item : *list) {
        MountSpec mount;
        TRY_ASSIGN(const auto type, coracle::json::loadString(item, "type"));
        mount.kind = type == "volume"  ? MountSpec::Kind::Volume
                     : type == "tmpfs" ? MountSpec::Kind::Tmpfs
                     : type == "image" ? MountSpec::Kind::Image
                                       : MountSpec::Kind::Bind;
        TRY_ASSIGN(mount.source, coracle::json::loadString(item, "source"));
        TRY_ASSIGN(mount.target, coracle::json::loadString(item, "target"));
        TRY_ASSIGN(const auto readOnly, coracle::json::findBool(item, "readOnly"));
        mount.readOnly = readOnly.value_or(false);
        TRY_ASSIGN(mount.options, coracle::json::findStrings(item, "options"));
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

/// A flag that is missing is off, as in records of older versions.
Result<> parseFlags(const json& document, RunSpec& spec) {
    const std::pair<const char*, bool*> flags[] = {
        {"detach", &spec.detach},
        {"interactive", &spec.interactive},
        {"tty", &spec.tty},
        {"removeWhenStopped", &spec.removeWhenStopped},
        {"readOnly", &spec.readOnly},
        {"init", &spec.init},
        {"privileged", &spec.privileged},
    };
    for (const auto& [key, target] : flags) {
        TRY_ASSIGN(const auto value, coracle::json::findBool(document, key));
        *target = value.value_or(false);
    }
    return {};
}

Result<> parseTexts(const json& document, RunSpec& spec) {
    TRY_ASSIGN(spec.image, coracle::json::loadString(document, "image"));
    TRY_ASSIGN(spec.workingDirectory, coracle::json::findString(document, "workingDirectory"));
    TRY_ASSIGN(spec.user, coracle::json::findString(document, "user"));
    TRY_ASSIGN(spec.hostname, coracle::json::findString(document, "hostname"));
    TRY_ASSIGN(spec.stopSignal, coracle::json::findString(document, "stopSignal"));
    TRY_ASSIGN(spec.platform, coracle::json::findString(document, "platform"));
    TRY_ASSIGN(spec.umask, coracle::json::findInteger(document, "umask"));
    TRY_ASSIGN(spec.stopTimeoutSeconds, coracle::json::findInteger(document, "stopTimeoutSeconds"));
    TRY_ASSIGN(auto name, coracle::json::findString(document, "name"));
    spec.name = name.value_or("");
    TRY_ASSIGN(auto network, coracle::json::findString(document, "network"));
    spec.network = network.value_or(spec.network);
    TRY_ASSIGN(auto userns, coracle::json::findString(document, "userns"));
    spec.userns = userns.value_or("");
    TRY_ASSIGN(const auto pull, coracle::json::findString(document, "pull"));
    spec.pull = pull == "always"  ? PullPolicy::Always
                : pull == "never" ? PullPolicy::Never
                                  : PullPolicy::Missing;
    return {};
}

}  // namespace

namespace {

void putHealth(json& document, const types::HealthOptions& health) {
    json object = json::object();
    if (health.test) {
        object["test"] = *health.test;
    }
    put(object, "interval", health.interval);
    put(object, "timeout", health.timeout);
    put(object, "startPeriod", health.startPeriod);
    put(object, "startInterval", health.startInterval);
    if (health.retries) {
        object["retries"] = *health.retries;
    }
    if (!object.empty()) {
        document["health"] = std::move(object);
    }
}

Result<> parseHealthOptions(const json& document, types::HealthOptions& health) {
    const json* object = coracle::json::findObject(document, "health");
    if (object == nullptr) {
        return {};
    }
    if (coracle::json::findArray(*object, "test") != nullptr) {
        TRY_ASSIGN(health.test, coracle::json::findStrings(*object, "test"));
        if (health.test->empty()) {
            health.test.reset();
        }
    }
    TRY_ASSIGN(health.interval, coracle::json::findString(*object, "interval"));
    TRY_ASSIGN(health.timeout, coracle::json::findString(*object, "timeout"));
    TRY_ASSIGN(health.startPeriod, coracle::json::findString(*object, "startPeriod"));
    TRY_ASSIGN(health.startInterval, coracle::json::findString(*object, "startInterval"));
    TRY_ASSIGN(health.retries, coracle::json::findInteger(*object, "retries"));
    return {};
}

/// What came after the first version, and only when there is something to say.
void putSharing(json& document, const RunSpec& spec) {
    const std::pair<const char*, const std::vector<std::string>*> lists[] = {{"attach", &spec.attach},
                                                                             {"expose", &spec.expose},
                                                                             {"secrets", &spec.secrets},
                                                                             {"unsetEnv", &spec.unsetEnv},
                                                                             {"hooksDirs", &spec.hooksDirs}};
    for (const auto& [key, list] : lists) {
        if (!list->empty()) {
            document[key] = *list;
        }
    }
    const std::pair<const char*, const std::string*> modes[] = {
        {"pid", &spec.pid}, {"ipc", &spec.ipc}, {"uts", &spec.uts}};
    for (const auto& [key, mode] : modes) {
        if (!mode->empty()) {
            document[key] = *mode;
        }
    }
    for (const auto& [key, on] : {std::pair{"publishAll", spec.publishAll},
                                  {"unsetAllEnv", spec.unsetAllEnv},
                                  {"noHosts", spec.noHosts}}) {
        if (on) {
            document[key] = true;
        }
    }
    if (spec.imageVolumes != types::ImageVolumes::Anonymous) {
        document["imageVolumes"] = spec.imageVolumes == types::ImageVolumes::Tmpfs ? "tmpfs" : "ignore";
    }
}

Result<> parseSharing(const json& document, RunSpec& spec) {
    TRY_ASSIGN(spec.attach, coracle::json::findStrings(document, "attach"));
    TRY_ASSIGN(spec.expose, coracle::json::findStrings(document, "expose"));
    TRY_ASSIGN(spec.secrets, coracle::json::findStrings(document, "secrets"));
    const std::pair<const char*, std::string*> modes[] = {
        {"pid", &spec.pid}, {"ipc", &spec.ipc}, {"uts", &spec.uts}};
    for (const auto& [key, mode] : modes) {
        TRY_ASSIGN(auto text, coracle::json::findString(document, key));
        *mode = text.value_or("");
    }
    TRY_ASSIGN(spec.hooksDirs, coracle::json::findStrings(document, "hooksDirs"));
    TRY_ASSIGN(spec.unsetEnv, coracle::json::findStrings(document, "unsetEnv"));
    for (const auto& [key, target] : {std::pair{"publishAll", &spec.publishAll},
                                      {"unsetAllEnv", &spec.unsetAllEnv},
                                      {"noHosts", &spec.noHosts}}) {
        TRY_ASSIGN(const auto on, coracle::json::findBool(document, key));
        *target = on.value_or(false);
    }
    TRY_ASSIGN(const auto volumes, coracle::json::findString(document, "imageVolumes"));
    spec.imageVolumes = volumes == "tmpfs"    ? types::ImageVolumes::Tmpfs
                        : volumes == "ignore" ? types::ImageVolumes::Ignore
                                              : types::ImageVolumes::Anonymous;
    return {};
}

/// Left out when there is nothing to say: the record of every container is read by each `ps`.
void putNames(json& document, const RunSpec& spec) {
    const std::pair<const char*, const std::vector<std::string>*> lists[] = {
        {"labelFiles", &spec.labelFiles},   {"dns", &spec.dns},
        {"dnsSearch", &spec.dnsSearch},     {"dnsOptions", &spec.dnsOptions},
        {"volumesFrom", &spec.volumesFrom},
    };
    for (const auto& [key, list] : lists) {
        if (!list->empty()) {
            document[key] = *list;
        }
    }
    if (!spec.addHosts.empty()) {
        document["addHosts"] = pairsToJson(spec.addHosts);
    }
    if (!spec.links.empty()) {
        document["links"] = pairsToJson(spec.links);
    }
    if (!spec.annotations.empty()) {
        document["annotations"] = pairsToJson(spec.annotations);
    }
    put(document, "domainname", spec.domainname);
    put(document, "timeZone", spec.timeZone);
}

Result<> parseNames(const json& document, RunSpec& spec) {
    const std::pair<const char*, std::vector<std::string>*> lists[] = {
        {"labelFiles", &spec.labelFiles},   {"dns", &spec.dns},
        {"dnsSearch", &spec.dnsSearch},     {"dnsOptions", &spec.dnsOptions},
        {"volumesFrom", &spec.volumesFrom},
    };
    for (const auto& [key, list] : lists) {
        TRY_ASSIGN(*list, coracle::json::findStrings(document, key));
    }
    TRY_ASSIGN(spec.addHosts, parsePairs(document, "addHosts"));
    TRY_ASSIGN(spec.links, parsePairs(document, "links"));
    TRY_ASSIGN(spec.annotations, parsePairs(document, "annotations"));
    TRY_ASSIGN(spec.domainname, coracle::json::findString(document, "domainname"));
    TRY_ASSIGN(spec.timeZone, coracle::json::findString(document, "timeZone"));
    return {};
}

}  // namespace

/// Everything of the spec: parseRunSpec() of it gives an equal value. A member that is forgotten here is
/// lost with the next start. What is empty or off is left out: each `ps` reads the records of all containers,
/// and nearly all of that is reading JSON.
std::string toJsonText(const RunSpec& spec) {
    json document{
        {"image", spec.image},
        {"command", spec.command},
        {"name", spec.name},
        {"detach", spec.detach},
        {"interactive", spec.interactive},
        {"tty", spec.tty},
        {"removeWhenStopped", spec.removeWhenStopped},
        {"env", pairsToJson(spec.env)},
        {"envFiles", spec.envFiles},
        {"labels", pairsToJson(spec.labels)},
        {"ports", portsToJson(spec.ports)},
        {"mounts", mountsToJson(spec.mounts)},
        {"network", spec.network},
        {"readOnly", spec.readOnly},
        {"capAdd", spec.capAdd},
        {"capDrop", spec.capDrop},
        {"securityOpt", spec.securityOpt},
        {"privileged", spec.privileged},
        {"devices", spec.devices},
        {"groupAdd", spec.groupAdd},
        {"uidMap", spec.uidMap},
        {"gidMap", spec.gidMap},
        {"init", spec.init},
        {"userns", spec.userns},
        {"pull", toText(spec.pull)},
    };
    coracle::json::dropEmpty(document);
    putLimits(document, spec);
    putHealth(document, spec.health);
    putNames(document, spec);
    putSharing(document, spec);
    put(document, "workingDirectory", spec.workingDirectory);
    put(document, "user", spec.user);
    put(document, "hostname", spec.hostname);
    put(document, "stopSignal", spec.stopSignal);
    put(document, "platform", spec.platform);
    put(document, "logDriver", spec.logDriver);
    if (spec.restart.policy != "no") {
        document["restart"] = {{"policy", spec.restart.policy}, {"maxRetries", spec.restart.maxRetries}};
    }
    if (!spec.logOptions.empty()) {
        document["logOptions"] = pairsToJson(spec.logOptions);
    }
    if (spec.entrypoint) {
        document["entrypoint"] = *spec.entrypoint;
    }
    if (spec.umask) {
        document["umask"] = *spec.umask;
    }
    if (spec.stopTimeoutSeconds) {
        document["stopTimeoutSeconds"] = *spec.stopTimeoutSeconds;
    }
    return coracle::json::toText(document);
}

/// The record is our own file and read with checks of every type all the same; a damaged one becomes a
/// container in state Unknown.
Result<RunSpec> parseRunSpec(std::string_view text) {
    TRY_ASSIGN(const json document, coracle::json::parse(text));
    if (!document.is_object()) {
        return Error(ErrorKind::Corrupt, "the container's record is not an object");
    }
    RunSpec spec;
    TRY(parseTexts(document, spec));
    TRY(parseFlags(document, spec));
    TRY(parseLimits(document, spec));
    TRY(parseHealthOptions(document, spec.health));
    TRY(parseNames(document, spec));
    TRY(parseSharing(document, spec));
    TRY_ASSIGN(spec.command, coracle::json::findStrings(document, "command"));
    TRY_ASSIGN(spec.env, parsePairs(document, "env"));
    TRY_ASSIGN(spec.envFiles, coracle::json::findStrings(document, "envFiles"));
    TRY_ASSIGN(spec.labels, parsePairs(document, "labels"));
    TRY_ASSIGN(spec.ports, parsePorts(document));
    TRY_ASSIGN(spec.mounts, parseMounts(document));
    TRY_ASSIGN(spec.capAdd, coracle::json::findStrings(document, "capAdd"));
    TRY_ASSIGN(spec.capDrop, coracle::json::findStrings(document, "capDrop"));
    TRY_ASSIGN(spec.securityOpt, coracle::json::findStrings(document, "securityOpt"));
    TRY_ASSIGN(spec.devices, coracle::json::findStrings(document, "devices"));
    TRY_ASSIGN(spec.groupAdd, coracle::json::findStrings(document, "groupAdd"));
    TRY_ASSIGN(spec.uidMap, coracle::json::findStrings(document, "uidMap"));
    TRY_ASSIGN(spec.gidMap, coracle::json::findStrings(document, "gidMap"));
    TRY_ASSIGN(spec.logOptions, parsePairs(document, "logOptions"));
    TRY_ASSIGN(spec.logDriver, coracle::json::findString(document, "logDriver"));
    if (const auto restart = document.find("restart"); restart != document.end()) {
        TRY_ASSIGN(spec.restart.policy, coracle::json::loadString(*restart, "policy"));
        TRY_ASSIGN(spec.restart.maxRetries, coracle::json::loadInteger(*restart, "maxRetries"));
    }
    if (coracle::json::findArray(document, "entrypoint") != nullptr) {
        TRY_ASSIGN(spec.entrypoint, coracle::json::findStrings(document, "entrypoint"));
    }
    return spec;
}

}  // namespace coracle::container
