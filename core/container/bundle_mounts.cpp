// SPDX-License-Identifier: Apache-2.0
#include "core/container/bundle_mounts.h"

#include "core/types/cdi_text.h"
#include "core/types/isolation.h"
#include "core/types/mount_text.h"
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace coracle::container {
namespace {

using nlohmann::json;
using Options = std::vector<std::string>;

json mountOf(const char* destination, const char* type, const char* source, Options options) {
    return {
        {"destination", destination}, {"type", type}, {"source", source}, {"options", std::move(options)}};
}

/// /sys of the host's network namespace cannot be mounted anew by who does not own it; a recursive bind can.
json sysMount(bool hostNetwork, bool writable) {
    if (hostNetwork) {
        return mountOf("/sys", "bind", "/sys", {"rbind", "rslave", "nosuid", "noexec", "nodev", "ro"});
    }
    return mountOf("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", writable ? "rw" : "ro"});
}

/// The container's own control group, to look at: root of the container owns the files and could raise its
/// limits. Where version 2 is not mounted, /sys has an empty folder there.
json cgroupMount(bool writable) {
    return mountOf("/sys/fs/cgroup", "cgroup2", "cgroup",
                   {"nosuid", "noexec", "nodev", "relatime", writable ? "rw" : "ro"});
}

/// /dev is not nodev, since the runtime binds device nodes into it; everything else is, and nothing is
/// suid. Sizes are docker's: 64 MiB for /dev and for /dev/shm.
std::vector<json> defaultMounts(const BundleInput& input) {
    const bool hostNetwork = input.spec.network == "host";
    const bool writableSys = input.process.security.writableSys;
    const std::string shmSize =
        input.spec.shmSizeBytes ? "size=" + std::to_string(*input.spec.shmSizeBytes) : "size=65536k";
    const bool hostIpc = input.spec.ipc == "host";
    const Options bound{"rbind", "rprivate", "nosuid", "nodev", "noexec", "rw"};
    std::vector<json> mounts{
        mountOf("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}),
        mountOf("/dev", "tmpfs", "tmpfs", {"nosuid", "noexec", "strictatime", "mode=755", "size=65536k"}),
        mountOf("/dev/pts", "devpts", "devpts",
                {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"}),
        sysMount(hostNetwork, writableSys),
    };
    if (hostIpc) {
        mounts.push_back(mountOf("/dev/shm", "bind", "/dev/shm", bound));
    } else if (input.spec.ipc != "none") {
        mounts.push_back(
            mountOf("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", shmSize}));
    }
    if (!hostIpc) {  // queues of this computer are shown by whoever owns its namespace alone
        mounts.push_back(mountOf("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}));
    }
    if (input.host.unifiedCgroups) {
        mounts.push_back(cgroupMount(input.process.security.writableCgroup));
    }
    return mounts;
}

bool isOneOf(const std::string& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

/// nosuid and nodev unless the user said otherwise; `defaults` may add noexec. A volume is written by
/// containers, so a set-user-ID file in it would be one of theirs.
Options flagOptions(const Options& asked, std::initializer_list<const char*> defaults) {
    Options result;
    for (const char* flag : defaults) {
        const std::string opposite = std::string(flag).substr(2);  // "noexec" -> "exec"
        if (!std::count(asked.begin(), asked.end(), opposite) &&
            !std::count(asked.begin(), asked.end(), flag)) {
            result.emplace_back(flag);
        }
    }
    return result;
}

bool isFlag(const std::string& option) {
    return isOneOf(option, {"nosuid", "nodev", "noexec", "suid", "dev", "exec"});
}

Error badOption(const types::MountSpec& mount, const std::string& option) {
    return {ErrorKind::InvalidArgument,
            "mount of '" + mount.target + "': option '" + option + "' is not known"};
}

/// Propagation is private unless asked for: a mount of the host that comes later must not appear inside,
/// nor one of the container's outside.
Result<Options> bindOptions(const types::MountSpec& mount) {
    Options result = flagOptions(mount.options, {"nosuid", "nodev"});
    std::string recursion = "rbind";
    std::string propagation = "rprivate";
    for (const auto& option : mount.options) {
        if (isFlag(option)) {
            result.push_back(option);
        } else if (isOneOf(option, {"private", "rprivate", "slave", "rslave", "shared", "rshared"})) {
            propagation = option;
        } else if (isOneOf(option, {"bind", "rbind"})) {
            recursion = option;
        } else if (isOneOf(option, {"atime", "noatime", "relatime", "norelatime"})) {
            result.push_back(option);
        } else if (option == "sync") {
            return Error(ErrorKind::Unsupported, "mount of '" + mount.target +
                                                     "': 'sync' belongs to the file system that a folder is"
                                                     " on, and root mounts that");
        } else if (!isOneOf(option, {"rw", "ro", "copy", "nocopy", "z", "Z", "cached", "delegated",
                                     "consistent", "async", "U", "O", "bind-create-src"}) &&
                   option.compare(0, 8, "subpath=") != 0 && option.compare(0, 15, "volume-subpath=") != 0) {
            return badOption(mount, option);  // labels of SELinux and hints for a Mac mean nothing here
        }
    }
    result.push_back(recursion);
    result.push_back(propagation);
    result.emplace_back(mount.readOnly ? "ro" : "rw");
    return result;
}

/// nosuid, nodev and noexec unless the person says otherwise, and 1777 as /tmp has it: docker's defaults.
/// Only options that tmpfs(5) has or that are plain flags pass.
Result<Options> tmpfsOptions(const types::MountSpec& mount) {
    Options result = flagOptions(mount.options, {"nosuid", "nodev", "noexec"});
    bool hasMode = false;
    for (const auto& option : mount.options) {
        const std::string key = option.substr(0, option.find('='));
        const bool setting = isOneOf(key, {"size", "mode", "nr_inodes", "uid", "gid"}) && key != option;
        if (setting || isFlag(option) ||
            isOneOf(option, {"noatime", "relatime", "strictatime", "tmpcopyup"})) {
            result.push_back(option);
        } else if (!isOneOf(option, {"rw", "ro", "notmpcopyup", "async"})) {
            return badOption(mount, option);
        }
        hasMode = hasMode || key == "mode";
    }
    if (!hasMode) {
        result.emplace_back("mode=1777");
    }
    result.emplace_back(mount.readOnly ? "ro" : "rw");
    return result;
}

/// The target is tidied as text; links in the image are followed by the runtime, inside the container's
/// root.
Result<json> userMount(const PlannedMount& planned) {
    const auto& mount = planned.mount;
    const std::string target = cleanPath(mount.target);
    if (mount.target.empty() || mount.target[0] != '/' || mount.target.find('\0') != std::string::npos) {
        return Error(ErrorKind::InvalidArgument,
                     "mount target '" + mount.target + "' is not an absolute path");
    }
    if (target == "/") {
        return Error(ErrorKind::InvalidArgument, "mount target '/' would hide the image");
    }
    if (mount.kind == types::MountSpec::Kind::Tmpfs) {
        TRY_ASSIGN(auto options, tmpfsOptions(mount));
        return mountOf(target.c_str(), "tmpfs", "tmpfs", std::move(options));
    }
    TRY_ASSIGN(auto options, bindOptions(mount));
    const std::string source = planned.changes.empty() ? planned.hostPath : planned.changes + "/merged";
    return mountOf(target.c_str(), "bind", source.c_str(), std::move(options));
}

constexpr const char* kOwned = "ownedMounts";
constexpr const char* kOverlays = "overlayMounts";
constexpr const char* kParts = "mountParts";

/// Lists of coracle.json that name destinations, or have a member that does.
void forgetMount(json& extension, const std::string& target) {
    for (const char* key : {"copyUp", kOwned, kOverlays, kParts}) {
        if (extension.contains(key) && extension[key].is_array()) {
            json kept = json::array();
            for (const json& entry : extension[key]) {
                const bool same =
                    entry.is_object() ? entry.value("destination", "") == target : entry == target;
                if (!same) {
                    kept.push_back(entry);
                }
            }
            extension[key] = std::move(kept);
        }
    }
}

std::ptrdiff_t depth(const json& mount) {
    const auto& path = mount["destination"].get_ref<const std::string&>();
    return std::count(path.begin(), path.end(), '/');
}

bool isTarget(const std::vector<json>& mounts, const json& destination) {
    return std::any_of(mounts.begin(), mounts.end(),
                       [&](const json& mount) { return mount["destination"] == destination; });
}

/// Devices are bound, since nobody without root can make one. `nodev` would make them useless.
Result<> addDevices(const BundleInput& input, std::vector<json>& mounts) {
    const Options options{"rbind", "rprivate", "nosuid", "noexec", "dev", "rw"};
    for (const auto& text : input.spec.devices) {
        if (types::isCdiName(text)) {
            continue;
        }
        TRY_ASSIGN(const auto device, types::parseDevice(text));
        const std::string target = cleanPath(device.target);
        mounts.push_back(mountOf(target.c_str(), "bind", device.source.c_str(), options));
    }
    for (const auto& path : input.host.privilegedDevices) {
        mounts.push_back(mountOf(path.c_str(), "bind", path.c_str(), options));
    }
    return {};
}

/// Devices of one vendor have files in common, which come once.
Result<> addDescribed(const BundleInput& input, std::vector<json>& mounts) {
    const auto add = [&](json mount) {
        if (!isTarget(mounts, mount["destination"])) {
            mounts.push_back(std::move(mount));
        }
    };
    for (const ChosenDevice& device : input.cdi) {
        for (const CdiNode& node : device.edits.nodes) {
            add(mountOf(cleanPath(node.path).c_str(), "bind", node.hostPath.c_str(),
                        {"rbind", "rprivate", "nosuid", "noexec", "dev", "rw"}));
        }
        for (const CdiMount& mount : device.edits.mounts) {
            PlannedMount planned;
            planned.hostPath = mount.hostPath;
            const bool readOnly = std::count(mount.options.begin(), mount.options.end(), "ro") > 0;
            planned.mount = {types::MountSpec::Kind::Bind, mount.hostPath, mount.path, readOnly,
                             mount.options};
            auto made = userMount(planned);
            if (!made) {
                return std::move(made).error().context("device '" + device.name + "'");
            }
            add(*std::move(made));
        }
    }
    return {};
}

/// Parents before children, by the depth of the destination; sorted stably, so what is equally deep keeps
/// the order in which it was asked for.
json inOrder(std::vector<json> mounts) {
    std::stable_sort(mounts.begin(), mounts.end(),
                     [](const json& a, const json& b) { return depth(a) < depth(b); });
    return mounts;
}

}  // namespace

Result<json> buildMounts(const BundleInput& input) {
    std::vector<json> asked;
    for (const auto& planned : input.mounts) {
        TRY_ASSIGN(auto mount, userMount(planned));
        if (isTarget(asked, mount["destination"])) {
            return Error(ErrorKind::InvalidArgument,
                         "'" + mount["destination"].get<std::string>() + "' is mounted twice");
        }
        asked.push_back(std::move(mount));
    }
    const Options fileOptions{"rbind", "rprivate", "nosuid", "nodev", "noexec", "rw"};
    std::vector<json> base = defaultMounts(input);
    TRY(addDevices(input, base));
    TRY(addDescribed(input, base));
    if (!input.host.init.empty()) {
        base.push_back(mountOf(kInitPath, "bind", input.host.init.c_str(),
                               {"bind", "rprivate", "nosuid", "nodev", "ro"}));
    }
    // Who shares a network has its names, too, as docker does it: one change is seen by both.
    const ContainerPaths& names = input.shared.network.empty() ? input.paths : input.shared.paths;
    base.push_back(mountOf("/etc/resolv.conf", "bind", names.resolvConf().c_str(), fileOptions));
    base.push_back(mountOf("/etc/hostname", "bind", names.hostname().c_str(), fileOptions));
    if (!input.spec.noHosts) {
        base.push_back(mountOf("/etc/hosts", "bind", names.hosts().c_str(), fileOptions));
    }
    // What the user mounts replaces ours, and lies above everything it is inside of.
    base.erase(std::remove_if(base.begin(), base.end(),
                              [&](const json& mount) { return isTarget(asked, mount["destination"]); }),
               base.end());
    base.insert(base.end(), asked.begin(), asked.end());
    return inOrder(std::move(base));
}

void describeMount(const PlannedMount& planned, json& extension) {
    const std::string target = cleanPath(planned.mount.target);
    if (planned.copyUp) {
        extension["copyUp"].push_back(target);
    }
    if (std::count(planned.mount.options.begin(), planned.mount.options.end(), "U") > 0) {
        extension[kOwned].push_back(target);
    }
    const std::string subpath = types::subpathOf(planned.mount);
    if (planned.changes.empty()) {
        if (!subpath.empty()) {
            extension[kParts].push_back({{"destination", target}, {"subpath", subpath}});
        }
        return;
    }
    json overlay{{"destination", target}, {"folder", planned.changes}};
    if (planned.layers.empty()) {
        overlay["lower"] = {planned.hostPath};
    } else {
        overlay["lower"] = planned.layers;
        overlay["ofImage"] = true;
        if (!subpath.empty()) {
            overlay["subpath"] = subpath;
        }
    }
    extension[kOverlays].push_back(std::move(overlay));
}

/// A mount that is added at a path takes the place of what is there, so a change that was cut off between the
/// documents and the record can be made again.
Result<MountDocuments> changeMounts(const MountDocuments& documents, const std::vector<std::string>& removed,
                                    const std::vector<PlannedMount>& added) {
    TRY_ASSIGN(json config, coracle::json::parse(documents.config));
    TRY_ASSIGN(json overlay, coracle::json::parse(documents.overlay));
    const json* mounts = coracle::json::findArray(config, "mounts");
    TRY(coracle::json::findStrings(overlay, "copyUp"));
    if (mounts == nullptr) {
        return Error(ErrorKind::Corrupt, "the container's config.json has no member 'mounts'");
    }
    std::vector<json> list = mounts->get<std::vector<json>>();
    const auto drop = [&](const std::string& target) {
        forgetMount(overlay, target);
        std::erase_if(list, [&](const json& mount) { return mount.value("destination", "") == target; });
    };
    for (const std::string& target : removed) {
        if (isOneOf(target, {"/proc", "/dev", "/dev/pts", "/sys", "/sys/fs/cgroup", "/dev/shm", "/dev/mqueue",
                             "/etc/resolv.conf", "/etc/hostname", "/etc/hosts"})) {
            return Error(ErrorKind::Unsupported,
                         "what a container has at '" + target + "' by itself cannot be given back to it")
                .withHint("make the container again without that mount");
        }
        drop(target);
    }
    for (const PlannedMount& planned : added) {
        TRY_ASSIGN(auto mount, userMount(planned));
        const auto target = mount["destination"].get<std::string>();
        drop(target);
        list.push_back(std::move(mount));
        describeMount(planned, overlay);
    }
    config["mounts"] = inOrder(std::move(list));
    return MountDocuments{coracle::json::toText(config), coracle::json::toText(overlay)};
}

}  // namespace coracle::container
