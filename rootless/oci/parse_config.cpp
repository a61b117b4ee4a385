// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdlib>
#include <limits>

#include <sched.h>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

// COMPAT(glibc < 2.37): sched.h lacks it. Source: clone3(2).
constexpr int kCloneNewTime = 0x80;

constexpr std::array<std::pair<const char*, int>, 8> kNamespaceNames{{{"pid", CLONE_NEWPID},
                                                                      {"network", CLONE_NEWNET},
                                                                      {"mount", CLONE_NEWNS},
                                                                      {"ipc", CLONE_NEWIPC},
                                                                      {"uts", CLONE_NEWUTS},
                                                                      {"user", CLONE_NEWUSER},
                                                                      {"cgroup", CLONE_NEWCGROUP},
                                                                      {"time", kCloneNewTime}}};

Error unsupported(const std::string& what) {
    return {ErrorKind::Unsupported, what + " cannot be applied"};
}

Result<std::vector<Mount>> parseMounts(const Document& array) {
    std::vector<Mount> mounts;
    if (array.size() > kMaxMounts) {
        return Error(ErrorKind::Corrupt, "more than " + std::to_string(kMaxMounts) + " mounts");
    }
    for (const Document& item : array) {
        Mount mount;
        TRY_ASSIGN(mount.destination, json::loadString(item, "destination"));
        TRY_ASSIGN(const auto type, json::findString(item, "type"));
        TRY_ASSIGN(const auto source, json::findString(item, "source"));
        TRY_ASSIGN(mount.options, json::findStrings(item, "options"));
        if (mount.destination.empty() || mount.destination.front() != '/') {
            mount.destination.insert(0, "/");  // relative to the root, as older versions of the format allow
        }
        if (item.contains("uidMappings") || item.contains("gidMappings")) {
            return unsupported("an id mapping of mount '" + mount.destination + "'");
        }
        mount.type = type.value_or("");
        mount.source = source.value_or("");
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

Result<std::vector<Namespace>> parseNamespaces(const Document& array) {
    std::vector<Namespace> namespaces;
    for (const Document& item : array) {
        TRY_ASSIGN(const std::string type, json::loadString(item, "type"));
        TRY_ASSIGN(const auto path, json::findString(item, "path"));
        int flag = 0;
        for (const auto& [name, number] : kNamespaceNames) {
            flag = type == name ? number : flag;
        }
        if (flag == 0 || flag == kCloneNewTime) {
            return unsupported("namespace '" + type + "'");
        }
        for (const Namespace& other : namespaces) {
            if (other.flag == flag) {
                return Error(ErrorKind::Corrupt, "namespace '" + type + "' appears twice");
            }
        }
        namespaces.push_back({flag, path.value_or("")});
    }
    return namespaces;
}

Result<userns::IdMap> parseIdMap(const Document& array) {
    userns::IdMap map;
    for (const Document& item : array) {
        std::array<std::uint32_t, 3> numbers{};
        std::size_t at = 0;
        for (const char* key : {"containerID", "hostID", "size"}) {
            TRY_ASSIGN(const auto number, json::loadInteger(item, key));
            if (number < 0 || number > std::numeric_limits<std::uint32_t>::max()) {
                return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an id");
            }
            numbers[at++] = static_cast<std::uint32_t>(number);
        }
        map.push_back({numbers[0], numbers[1], numbers[2]});
    }
    return map;
}

Result<std::vector<Device>> parseDevices(const Document& array) {
    std::vector<Device> devices;
    for (const Document& item : array) {
        Device device;
        TRY_ASSIGN(device.path, json::loadString(item, "path"));
        TRY_ASSIGN(const std::string type, json::loadString(item, "type"));
        TRY_ASSIGN(const auto major, json::findInteger(item, "major"));
        TRY_ASSIGN(const auto minor, json::findInteger(item, "minor"));
        if (type != "c" && type != "u" && type != "b" && type != "p") {
            return Error(ErrorKind::Corrupt, "unknown type '" + type + "' of device '" + device.path + "'");
        }
        device.type = type == "u" ? 'c' : type.front();
        device.major = static_cast<std::uint32_t>(major.value_or(0));
        device.minor = static_cast<std::uint32_t>(minor.value_or(0));
        devices.push_back(std::move(device));
    }
    return devices;
}

/// A limit that cannot be held must not be accepted in silence. Device rules are the exception: a namespace
/// without privilege over the host opens no device of its own, so they restrict nothing.
Result<> checkResources(const Document& linux_) {
    const Document* resources = json::findObject(linux_, "resources");
    if (resources == nullptr) {
        return {};
    }
    for (const auto& [key, value] : resources->items()) {
        const bool empty = value.is_null() || ((value.is_object() || value.is_array()) && value.empty());
        if (key == "devices" || empty) {
            continue;
        }
        if (key == "pids") {
            TRY_ASSIGN(const auto limit, json::findInteger(value, "limit"));
            if (limit.value_or(0) <= 0) {
                continue;
            }
        }
        return Error(ErrorKind::Unsupported, "resource limit '" + key + "' cannot be held")
            .withHint("this needs a cgroup that is delegated to the user; leave the limit out");
    }
    return {};
}

Result<> checkUnsupported(const Document& document, const Document& linux_) {
    if (const Document* hooks = json::findObject(document, "hooks")) {
        for (const auto& [key, value] : hooks->items()) {
            if (!value.empty()) {
                return unsupported("hook '" + key + "'");
            }
        }
    }
    for (const char* key : {"intelRdt", "personality", "timeOffsets"}) {
        if (linux_.contains(key) && !linux_[key].empty()) {
            return unsupported(std::string("member 'linux.") + key + "'");
        }
    }
    TRY_ASSIGN(const auto label, json::findString(linux_, "mountLabel"));
    if (label && !label->empty()) {
        return unsupported("member 'linux.mountLabel'");
    }
    return checkResources(linux_);
}

Result<> parseLinux(const Document& object, Config& config) {
    if (const Document* namespaces = json::findArray(object, "namespaces")) {
        TRY_ASSIGN(config.namespaces, parseNamespaces(*namespaces));
    }
    const Document* uids = json::findArray(object, "uidMappings");
    const Document* gids = json::findArray(object, "gidMappings");
    if (uids != nullptr && gids != nullptr) {
        userns::IdMaps maps;
        TRY_ASSIGN(maps.uids, parseIdMap(*uids));
        TRY_ASSIGN(maps.gids, parseIdMap(*gids));
        config.idMaps = std::move(maps);
    }
    if (const Document* devices = json::findArray(object, "devices")) {
        TRY_ASSIGN(config.devices, parseDevices(*devices));
    }
    if (const Document* profile = json::findObject(object, "seccomp")) {
        config.seccompProfile = json::toText(*profile);
    }
    TRY_ASSIGN(config.sysctl, json::findStringMap(object, "sysctl"));
    TRY_ASSIGN(const auto propagation, json::findString(object, "rootfsPropagation"));
    config.rootfsPropagation = propagation.value_or("");
    TRY_ASSIGN(config.maskedPaths, json::findStrings(object, "maskedPaths"));
    TRY_ASSIGN(config.readonlyPaths, json::findStrings(object, "readonlyPaths"));
    return {};
}

}  // namespace

const Namespace* findNamespace(const Config& config, int flag) {
    for (const Namespace& candidate : config.namespaces) {
        if (candidate.flag == flag) {
            return &candidate;
        }
    }
    return nullptr;
}

Result<Config> parseConfig(std::string_view text) {
    TRY_ASSIGN(const Document document, json::parse(text, kMaxConfigBytes));
    Config config;
    TRY_ASSIGN(config.version, json::loadString(document, "ociVersion"));
    if (!config.version.starts_with("1.")) {
        return Error(ErrorKind::Unsupported, "OCI version '" + config.version + "' is not supported");
    }
    const Document* process = json::findObject(document, "process");
    const Document* root = json::findObject(document, "root");
    if (process == nullptr || root == nullptr) {
        return Error(ErrorKind::Corrupt,
                     process == nullptr ? "member 'process' is missing" : "member 'root' is missing");
    }
    TRY_ASSIGN(config.process, parseProcess(*process));
    TRY_ASSIGN(config.rootPath, json::loadString(*root, "path"));
    TRY_ASSIGN(const auto readonly, json::findBool(*root, "readonly"));
    config.rootReadonly = readonly.value_or(false);
    TRY_ASSIGN(const auto hostname, json::findString(document, "hostname"));
    TRY_ASSIGN(const auto domainname, json::findString(document, "domainname"));
    config.hostname = hostname.value_or("");
    config.domainname = domainname.value_or("");
    if (const Document* mounts = json::findArray(document, "mounts")) {
        TRY_ASSIGN(config.mounts, parseMounts(*mounts));
    }
    TRY_ASSIGN(config.annotations, json::findStringMap(document, "annotations"));
    const Document none = Document::object();
    const Document* linux_ = json::findObject(document, "linux");
    TRY(checkUnsupported(document, linux_ != nullptr ? *linux_ : none));
    if (linux_ != nullptr) {
        TRY(parseLinux(*linux_, config));
    }
    return config;
}

}  // namespace coracle::oci
