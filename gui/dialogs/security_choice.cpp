// SPDX-License-Identifier: Apache-2.0
#include "gui/dialogs/security_choice.h"

#include "core/container/capabilities.h"
#include "core/types/isolation.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <string_view>
#include <utility>

namespace coracle::gui::security {
namespace {

using container::CapabilitySet;
using types::splitSecurityOption;

constexpr std::array kFilterProfiles{
    std::pair{Filter::Docker, std::string_view("docker")},
    std::pair{Filter::Debug, std::string_view("debug")},
    std::pair{Filter::Nested, std::string_view("nested")},
    std::pair{Filter::Abi32, std::string_view("32bit")},
};

/// All profiles that were named but "default", which says nothing.
std::set<std::string> profilesOf(const types::RunSpec& spec) {
    std::set<std::string> names;
    for (const auto& text : spec.securityOpt) {
        const auto option = splitSecurityOption(text);
        if (option.name != "profile") {
            continue;
        }
        for (std::size_t at = 0; at <= option.value.size();) {
            const auto end = std::min(option.value.find(',', at), option.value.size());
            names.insert(option.value.substr(at, end - at));
            at = end + 1;
        }
    }
    names.erase("default");
    return names;
}

void erase(types::RunSpec& spec, std::initializer_list<std::string_view> names) {
    std::erase_if(spec.securityOpt, [&](const std::string& text) {
        const auto name = splitSecurityOption(text).name;
        return std::find(names.begin(), names.end(), name) != names.end();
    });
}

bool hasOnly(const types::RunSpec& spec, std::initializer_list<std::string_view> names) {
    return std::all_of(spec.securityOpt.begin(), spec.securityOpt.end(), [&](const std::string& text) {
        const auto name = splitSecurityOption(text).name;
        return std::find(names.begin(), names.end(), name) != names.end();
    });
}

std::string shortName(const std::string& name) {
    return name.starts_with("CAP_") ? name.substr(4) : name;
}

/// "net_raw", "CAP_NET_RAW" and "NET_RAW" are one.
bool same(const std::string& given, const std::string& name) {
    std::string upper = given;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return shortName(upper) == shortName(name);
}

void eraseName(std::vector<std::string>& names, const std::string& name) {
    std::erase_if(names, [&](const std::string& given) { return same(given, name); });
}

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Tightness tightnessOf(const types::RunSpec& spec) {
    const bool plain = !spec.privileged && spec.capAdd.empty() &&
                       hasOnly(spec, {"no-new-privileges", "mask", "apparmor", "label"});
    const bool noneLeft =
        !spec.capDrop.empty() && std::all_of(spec.capDrop.begin(), spec.capDrop.end(),
                                             [](const std::string& name) { return same(name, "ALL"); });
    if (plain && noneLeft && gainsNoPrivileges(spec) && spec.readOnly && spec.network == "none") {
        return Tightness::LockedDown;
    }
    return plain && spec.capDrop.empty() ? Tightness::Standard : Tightness::Custom;
}

void setTightness(types::RunSpec& spec, Tightness wanted) {
    const bool wasLocked = tightnessOf(spec) == Tightness::LockedDown;
    spec.privileged = false;
    spec.capAdd.clear();
    spec.capDrop.clear();
    erase(spec, {"profile", "seccomp", "unmask", "systempaths", "writable-cgroups"});
    if (wanted == Tightness::LockedDown) {
        spec.capDrop = {"ALL"};
        spec.readOnly = true;
        spec.network = "none";
        setGainsNoPrivileges(spec, true);
    } else if (wasLocked) {
        spec.readOnly = false;
        spec.network = types::RunSpec{}.network;
        setGainsNoPrivileges(spec, false);
    }
}

std::vector<std::string> capabilitiesOf(const types::RunSpec& spec) {
    const auto profiles = profilesOf(spec);
    const auto set = profiles.contains("docker")     ? CapabilitySet::Docker
                     : profiles.contains("hardened") ? CapabilitySet::Hardened
                                                     : CapabilitySet::Default;
    auto added = spec.capAdd;
    if (spec.privileged) {
        added.emplace_back("ALL");
    } else if (profiles.contains("debug")) {
        added.insert(added.end(), {"SYS_PTRACE", "PERFMON"});
    }
    auto names = container::effectiveCapabilities(set, added, spec.capDrop);
    return names ? *std::move(names) : std::vector<std::string>();
}

void addCapability(types::RunSpec& spec, const std::string& name) {
    eraseName(spec.capDrop, name);
    if (!has(capabilitiesOf(spec), name)) {
        spec.capAdd.push_back(shortName(name));
    }
}

void dropCapability(types::RunSpec& spec, const std::string& name) {
    eraseName(spec.capAdd, name);
    if (has(capabilitiesOf(spec), name)) {
        spec.capDrop.push_back(shortName(name));
    }
}

std::string unknownCapability(const types::RunSpec& spec) {
    for (const auto* list : {&spec.capAdd, &spec.capDrop}) {
        for (const auto& name : *list) {
            if (!container::effectiveCapabilities(CapabilitySet::Default, {name}, {})) {
                return name;
            }
        }
    }
    return {};
}

Filter filterOf(const types::RunSpec& spec) {
    auto filter = Filter::Default;
    auto profiles = profilesOf(spec);
    profiles.erase("hardened");  // it changes capabilities only
    for (const auto& [one, name] : kFilterProfiles) {
        if (profiles.contains(std::string(name))) {
            filter = profiles.size() == 1 ? one : Filter::Other;
        }
    }
    for (const auto& text : spec.securityOpt) {
        const auto option = splitSecurityOption(text);
        if (option.name == "seccomp" && option.value == "unconfined") {
            filter = Filter::None;
        } else if (option.name == "seccomp" && option.value != "default" && option.value != "builtin") {
            filter = Filter::File;
        }
    }
    return filter;
}

std::string filterValue(const types::RunSpec& spec) {
    const auto filter = filterOf(spec);
    std::string value;
    if (filter == Filter::File) {
        for (const auto& text : spec.securityOpt) {
            const auto option = splitSecurityOption(text);
            value = option.name == "seccomp" ? option.value : value;
        }
    } else if (filter == Filter::Other) {
        for (const auto& name : profilesOf(spec)) {
            value += (value.empty() ? "" : ",") + name;
        }
    }
    return value;
}

void setFilter(types::RunSpec& spec, Filter filter, const std::string& path) {
    // These open what "hardened" closes; the engine refuses them together.
    const bool opens = filter == Filter::Docker || filter == Filter::Debug || filter == Filter::Nested;
    std::string profiles = profilesOf(spec).contains("hardened") && !opens ? "hardened" : "";
    erase(spec, {"profile", "seccomp"});
    for (const auto& [one, name] : kFilterProfiles) {
        if (one == filter) {
            profiles += (profiles.empty() ? "" : ",") + std::string(name);
        }
    }
    if (!profiles.empty()) {
        spec.securityOpt.push_back("profile=" + profiles);
    }
    if (filter == Filter::None || filter == Filter::File) {
        spec.securityOpt.push_back("seccomp=" + (filter == Filter::None ? "unconfined" : path));
    }
}

bool gainsNoPrivileges(const types::RunSpec& spec) {
    bool on = profilesOf(spec).contains("hardened");
    for (const auto& text : spec.securityOpt) {
        const auto option = splitSecurityOption(text);
        on = option.name == "no-new-privileges" ? option.value != "false" : on;
    }
    return on;
}

void setGainsNoPrivileges(types::RunSpec& spec, bool on) {
    erase(spec, {"no-new-privileges"});
    if (gainsNoPrivileges(spec) != on) {
        spec.securityOpt.emplace_back(on ? "no-new-privileges" : "no-new-privileges=false");
    }
}

bool masksPaths(const types::RunSpec& spec) {
    return !cannotMask(spec) &&
           std::none_of(spec.securityOpt.begin(), spec.securityOpt.end(), [](const std::string& text) {
               const auto name = splitSecurityOption(text).name;
               return name == "unmask" || name == "systempaths";
           });
}

void setMasksPaths(types::RunSpec& spec, bool on) {
    erase(spec, {"unmask", "systempaths"});
    if (!on) {
        spec.securityOpt.emplace_back("unmask=ALL");
    }
}

bool cannotMask(const types::RunSpec& spec) {
    return spec.privileged || profilesOf(spec).contains("nested");
}

}  // namespace coracle::gui::security
