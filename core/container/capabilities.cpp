// SPDX-License-Identifier: Apache-2.0
#include "core/container/capabilities.h"

#include "rootless/oci/defaults.h"

#include <algorithm>
#include <array>
#include <set>

namespace coracle::container {
namespace {

// Source: capabilities(7); include/uapi/linux/capability.h, by number.
// TABLE
constexpr std::array<std::string_view, 41> kAll{
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
};

constexpr std::array<std::string_view, 7> kHardened{
    "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID",
};
constexpr std::array<std::string_view, 3> kDockerBesides{"CAP_AUDIT_WRITE", "CAP_MKNOD", "CAP_NET_RAW"};

/// As docker takes them: in any case, with or without CAP_.
std::string fullName(std::string_view text) {
    std::string name(text);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name == "ALL" || name.rfind("CAP_", 0) == 0 ? name : "CAP_" + name;
}

/// A name that does not exist is an error and not passed over: a misspelt --cap-drop would leave the
/// capability.
Result<std::set<std::string>> normalised(const std::vector<std::string>& names) {
    std::set<std::string> result;
    for (const auto& given : names) {
        std::string name = fullName(given);
        if (name != "ALL" && std::find(kAll.begin(), kAll.end(), name) == kAll.end()) {
            return Error(ErrorKind::InvalidArgument, "there is no capability '" + given + "'")
                .withHint("names are listed in capabilities(7)");
        }
        result.insert(std::move(name));
    }
    return result;
}

}  // namespace

std::span<const std::string_view> allCapabilities() {
    return kAll;
}

std::vector<std::string> capabilitiesOf(CapabilitySet set) {
    if (set == CapabilitySet::Hardened) {
        return {kHardened.begin(), kHardened.end()};
    }
    std::vector<std::string> names(oci::kCapabilities.begin(), oci::kCapabilities.end());
    if (set == CapabilitySet::Docker) {
        names.insert(names.end(), kDockerBesides.begin(), kDockerBesides.end());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Source: moby, oci/caps/utils.go, TweakCapabilities.
Result<std::vector<std::string>> effectiveCapabilities(CapabilitySet set, const std::vector<std::string>& add,
                                                       const std::vector<std::string>& drop) {
    TRY_ASSIGN(const auto added, normalised(add));
    TRY_ASSIGN(const auto dropped, normalised(drop));
    std::set<std::string> result;
    if (added.contains("ALL")) {
        result.insert(kAll.begin(), kAll.end());
    } else if (!dropped.contains("ALL")) {
        const auto names = capabilitiesOf(set);
        result.insert(names.begin(), names.end());
    }
    for (const auto& name : dropped) {
        result.erase(name);
    }
    for (const auto& name : added) {
        if (name != "ALL") {
            result.insert(name);
        }
    }
    return std::vector<std::string>(result.begin(), result.end());
}

}  // namespace coracle::container
