// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/config.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdlib>
#include <limits>

#include <sched.h>
#include <sys/personality.h>

namespace coracle::oci {
namespace {

using Document = nlohmann::json;

// TABLE. Source: OCI runtime-spec 1.1, config-linux.md, "Namespaces".
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

/// Numbers only. Overlaps and lengths are the kernel's to refuse, which knows the rules of its version
/// (user_namespaces(7)).
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

/// Both mappings of an object; one without the other says nothing about half of the ids.
Result<std::optional<userns::IdMaps>> parseIdMaps(const Document& object, const std::string& what) {
    TRY_ASSIGN(const Document* uids, json::loadArrayIfAny(object, "uidMappings"));
    TRY_ASSIGN(const Document* gids, json::loadArrayIfAny(object, "gidMappings"));
    const bool hasUids = uids != nullptr && !uids->empty();
    const bool hasGids = gids != nullptr && !gids->empty();
    if (hasUids != hasGids) {
        return Error(ErrorKind::Corrupt,
                     what + ": 'uidMappings' and 'gidMappings' have to be given together");
    }
    if (!hasUids) {
        return std::optional<userns::IdMaps>{};
    }
    userns::IdMaps maps;
    TRY_ASSIGN(maps.uids, parseIdMap(*uids));
    TRY_ASSIGN(maps.gids, parseIdMap(*gids));
    return std::optional(std::move(maps));
}

/// In the bundle's order, which is the order of mounting: a later one may lie within an earlier one. The
/// number is limited, as each costs system calls and descriptors.
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
        TRY_ASSIGN(mount.idMaps, parseIdMaps(item, "mount on '" + mount.destination + "'"));
        mount.type = type.value_or("");
        mount.source = source.value_or("");
        mounts.push_back(std::move(mount));
    }
    return mounts;
}

/// A kind that is not known is an error, for the container would share with the host what it should have
/// alone. "Duplicate ... MUST generate an error."
Result<std::vector<Namespace>> parseNamespaces(const Document& array) {
    std::vector<Namespace> namespaces;
    for (const Document& item : array) {
        TRY_ASSIGN(const std::string type, json::loadString(item, "type"));
        TRY_ASSIGN(const auto path, json::findString(item, "path"));
        int flag = 0;
        for (const auto& [name, number] : kNamespaceNames) {
            flag = type == name ? number : flag;
        }
        if (flag == 0) {
            return unsupported("namespace '" + type + "'");
        }
        if (path && !path->empty() && path->front() != '/') {
            return Error(ErrorKind::Corrupt,
                         "path '" + *path + "' of namespace '" + type + "' is not absolute");
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

/// The last number is no id: (uid_t)-1 means "leave it" to chown(2) and setresuid(2), so a user of that
/// number would silently be none.
Result<std::optional<std::uint32_t>> findId(const Document& object, const char* key) {
    TRY_ASSIGN(const auto number, json::findInteger(object, key));
    if (number && (*number < 0 || *number >= std::numeric_limits<std::uint32_t>::max())) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is out of range");
    }
    return number ? std::optional(static_cast<std::uint32_t>(*number)) : std::nullopt;
}

/// Numbers are compared with the host's node when the device is bound (mounts/mount_exec.cpp), so nothing
/// of them is believed here.
Result<std::vector<Device>> parseDevices(const Document& array) {
    std::vector<Device> devices;
    for (const Document& item : array) {
        Device device;
        TRY_ASSIGN(device.path, json::loadString(item, "path"));
        TRY_ASSIGN(const std::string type, json::loadString(item, "type"));
        TRY_ASSIGN(const auto major, json::findInteger(item, "major"));
        TRY_ASSIGN(const auto minor, json::findInteger(item, "minor"));
        TRY_ASSIGN(device.mode, findId(item, "fileMode"));
        TRY_ASSIGN(device.uid, findId(item, "uid"));
        TRY_ASSIGN(device.gid, findId(item, "gid"));
        if (type != "c" && type != "u" && type != "b" && type != "p") {
            return Error(ErrorKind::Corrupt, "unknown type '" + type + "' of device '" + device.path + "'");
        }
        if (device.path.empty() || device.path.front() != '/') {
            return Error(ErrorKind::Corrupt, "path '" + device.path + "' of a device is not absolute");
        }
        if (type != "p" && (!major || !minor)) {
            return Error(ErrorKind::Corrupt, "device '" + device.path + "' has no number");
        }
        if (device.mode) {
            device.mode = *device.mode & 07777U;
        }
        device.type = type == "u" ? 'c' : type.front();
        device.major = static_cast<std::uint32_t>(major.value_or(0));
        device.minor = static_cast<std::uint32_t>(minor.value_or(0));
        devices.push_back(std::move(device));
    }
    return devices;
}

/// Known members that have no counterpart here. Unknown ones are ignored, as the specification says.
Result<> checkUnsupported(const Document& linux_) {
    for (const char* key : {"intelRdt", "netDevices"}) {
        if (linux_.contains(key) && !linux_[key].empty()) {
            return unsupported(std::string("member 'linux.") + key + "'");
        }
    }
    return {};
}

/// Flags such as ADDR_NO_RANDOMIZE would weaken the program, and the specification defines none.
Result<> parsePersonality(const Document& linux_, Config& config) {
    TRY_ASSIGN(const Document* object, json::loadObjectIfAny(linux_, "personality"));
    if (object == nullptr || object->empty()) {
        return {};
    }
    TRY_ASSIGN(const std::string domain, json::loadString(*object, "domain"));
    TRY_ASSIGN(const auto flags, json::findStrings(*object, "flags"));
    if (!flags.empty()) {
        return unsupported("flag '" + flags.front() + "' of member 'linux.personality'");
    }
    if (domain != "LINUX" && domain != "LINUX32") {
        return Error(ErrorKind::Corrupt, "unknown domain '" + domain + "' in member 'linux.personality'");
    }
    config.personality = domain == "LINUX32" ? PER_LINUX32 : PER_LINUX;
    return {};
}

/// Source: runtime-spec config-linux.md, "Offset for Time Namespace"; time_namespaces(7): offsets can be
/// set for a new namespace only, before the first process is in it.
Result<> parseClocks(const Document& linux_, Config& config) {
    TRY_ASSIGN(const Document* object, json::loadObjectIfAny(linux_, "timeOffsets"));
    if (object == nullptr) {
        return {};
    }
    for (const auto& [clock, value] : object->items()) {
        if (clock != "monotonic" && clock != "boottime") {
            return Error(ErrorKind::Corrupt, "clock '" + clock + "' has no offset in a time namespace");
        }
        TRY_ASSIGN(const auto seconds, json::findInteger(value, "secs"));
        TRY_ASSIGN(const auto nanoseconds, json::findInteger(value, "nanosecs"));
        constexpr std::int64_t kSecond = 1'000'000'000;
        if (nanoseconds.value_or(0) < 0 || nanoseconds.value_or(0) >= kSecond) {
            return Error(ErrorKind::Corrupt, "member 'nanosecs' of clock '" + clock + "' is out of range");
        }
        config.clockOffsets.push_back(
            {clock, seconds.value_or(0), static_cast<std::uint32_t>(nanoseconds.value_or(0))});
    }
    const Namespace* time = findNamespace(config, kCloneNewTime);
    if (!config.clockOffsets.empty() && (time == nullptr || !time->path.empty())) {
        return Error(ErrorKind::Corrupt, "member 'linux.timeOffsets' needs a new time namespace");
    }
    return {};
}

/// A relative path would be looked up from wherever the runtime stands, and mask nothing.
Result<> checkAbsolute(const std::vector<std::string>& paths, const char* member) {
    for (const std::string& path : paths) {
        if (path.empty() || path.front() != '/') {
            return Error(ErrorKind::Corrupt,
                         "path '" + path + "' in member 'linux." + member + "' is not absolute");
        }
    }
    return {};
}

/// Absolute is all that is asked here: what lies at a path inside the container is found out, without
/// following links, when it is covered.
Result<> parsePaths(const Document& object, Config& config) {
    TRY_ASSIGN(config.maskedPaths, json::findStrings(object, "maskedPaths"));
    TRY_ASSIGN(config.readonlyPaths, json::findStrings(object, "readonlyPaths"));
    TRY(checkAbsolute(config.maskedPaths, "maskedPaths"));
    return checkAbsolute(config.readonlyPaths, "readonlyPaths");
}

/// What weakens the container when it is left out is read by getters that refuse another type (namespaces,
/// devices, seccomp).
Result<> parseLinux(const Document& object, Config& config) {
    TRY_ASSIGN(const Document* namespaces, json::loadArrayIfAny(object, "namespaces"));
    if (namespaces != nullptr) {
        TRY_ASSIGN(config.namespaces, parseNamespaces(*namespaces));
    }
    TRY_ASSIGN(config.idMaps, parseIdMaps(object, "member 'linux'"));
    TRY_ASSIGN(const Document* devices, json::loadArrayIfAny(object, "devices"));
    if (devices != nullptr) {
        TRY_ASSIGN(config.devices, parseDevices(*devices));
    }
    TRY_ASSIGN(const Document* profile, json::loadObjectIfAny(object, "seccomp"));
    if (profile != nullptr) {
        config.seccompProfile = json::toText(*profile);
    }
    TRY_ASSIGN(const Document* resources, json::loadObjectIfAny(object, "resources"));
    if (resources != nullptr) {
        TRY_ASSIGN(config.resources, parseResources(*resources));
    }
    TRY_ASSIGN(const auto cgroupsPath, json::findString(object, "cgroupsPath"));
    config.cgroupsPath = cgroupsPath.value_or("");
    TRY_ASSIGN(config.sysctl, json::findStringMap(object, "sysctl"));
    TRY_ASSIGN(const auto propagation, json::findString(object, "rootfsPropagation"));
    config.rootfsPropagation = propagation.value_or("");
    TRY_ASSIGN(const auto label, json::findString(object, "mountLabel"));
    config.mountLabel = label.value_or("");
    TRY(parsePersonality(object, config));
    TRY(parseClocks(object, config));
    return parsePaths(object, config);
}

}  // namespace

/// The annotation is crun's; podman writes it for --group-add keep-groups.
bool keepsGroups(const std::map<std::string, std::string>& annotations) {
    const auto found = annotations.find("run.oci.keep_original_groups");
    return found != annotations.end() && found->second == "1";
}

const Namespace* findNamespace(const Config& config, int flag) {
    for (const Namespace& candidate : config.namespaces) {
        if (candidate.flag == flag) {
            return &candidate;
        }
    }
    return nullptr;
}

/// Only 1.x is read: another major version may mean something else by the same member (semver.org).
Result<Config> parseConfig(std::string_view text) {
    TRY_ASSIGN(const Document document, json::parse(text, kMaxConfigBytes));
    Config config;
    TRY_ASSIGN(config.version, json::loadString(document, "ociVersion"));
    if (!config.version.starts_with("1.")) {
        return Error(ErrorKind::Unsupported, "OCI version '" + config.version + "' is not supported");
    }
    TRY_ASSIGN(const Document* process, json::loadObjectIfAny(document, "process"));
    TRY_ASSIGN(const Document* root, json::loadObjectIfAny(document, "root"));
    if (process == nullptr || root == nullptr) {
        return Error(ErrorKind::Corrupt,
                     process == nullptr ? "member 'process' is missing" : "member 'root' is missing");
    }
    TRY_ASSIGN(config.process, parseProcess(*process));
    TRY_ASSIGN(config.rootPath, json::loadString(*root, "path"));
    if (config.rootPath.empty()) {
        return Error(ErrorKind::Corrupt, "member 'root.path' is empty");
    }
    TRY_ASSIGN(const auto readonly, json::findBool(*root, "readonly"));
    config.rootReadonly = readonly.value_or(false);
    TRY_ASSIGN(const auto hostname, json::findString(document, "hostname"));
    TRY_ASSIGN(const auto domainname, json::findString(document, "domainname"));
    config.hostname = hostname.value_or("");
    config.domainname = domainname.value_or("");
    TRY_ASSIGN(const Document* mounts, json::loadArrayIfAny(document, "mounts"));
    if (mounts != nullptr) {
        TRY_ASSIGN(config.mounts, parseMounts(*mounts));
    }
    TRY_ASSIGN(config.annotations, json::findStringMap(document, "annotations"));
    TRY_ASSIGN(const Document* hooks, json::loadObjectIfAny(document, "hooks"));
    if (hooks != nullptr) {
        TRY_ASSIGN(config.hooks, parseHooks(*hooks));
    }
    TRY_ASSIGN(const Document* linux_, json::loadObjectIfAny(document, "linux"));
    if (linux_ != nullptr) {
        TRY(checkUnsupported(*linux_));
        TRY(parseLinux(*linux_, config));
    }
    return config;
}

}  // namespace coracle::oci
