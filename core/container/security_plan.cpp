// SPDX-License-Identifier: Apache-2.0
#include "core/container/security_plan.h"

#include "core/container/capabilities.h"
#include "core/types/isolation.h"
#include "rootless/oci/defaults.h"

#include <algorithm>
#include <array>

#include <fnmatch.h>

namespace coracle::container {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at <= text.size()) {
        const auto end = std::min(text.find(separator, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// Which profiles were named.
struct Profiles {
    bool docker = false;
    bool hardened = false;
    bool nested = false;
    bool debug = false;
    bool abi32 = false;
};

/// --privileged opens what "nested" opens and more; it still gives nothing that the user does not have.
Result<Profiles> chosenProfiles(const types::RunSpec& spec) {
    Profiles chosen;
    chosen.nested = spec.privileged;
    for (const auto& text : spec.securityOpt) {
        TRY(types::checkSecurityOption(text));
        const auto option = types::splitSecurityOption(text);
        if (option.name != "profile") {
            continue;
        }
        for (const auto& name : split(option.value, ',')) {
            chosen.docker = chosen.docker || name == "docker";
            chosen.hardened = chosen.hardened || name == "hardened";
            chosen.nested = chosen.nested || name == "nested";
            chosen.debug = chosen.debug || name == "debug";
            chosen.abi32 = chosen.abi32 || name == "32bit";
        }
    }
    // docker's filter lets 32-bit programs run by itself.
    if (chosen.docker && (chosen.hardened || chosen.nested || chosen.debug)) {
        return Error(
                   ErrorKind::InvalidArgument,
                   "security profile 'docker' does not combine with hardened, nested, debug or --privileged")
            .withHint("leave 'docker' out: the others start from Coracle's own filter");
    }
    if (chosen.hardened && (chosen.nested || chosen.debug)) {
        return Error(ErrorKind::InvalidArgument,
                     "security profile 'hardened' does not combine with nested, debug or --privileged")
            .withHint("they open what it closes; leave one of them out");
    }
    return chosen;
}

std::string filterWord(const Profiles& chosen) {
    if (chosen.docker) {
        return "docker";
    }
    std::string word = "default";  // features in the order of rootless/seccomp/filter.h
    word += chosen.nested ? "+nested" : "";
    word += chosen.debug ? "+debug" : "";
    word += chosen.abi32 ? "+32bit" : "";
    return word;
}

CapabilitySet capabilitySet(const Profiles& chosen) {
    return chosen.docker     ? CapabilitySet::Docker
           : chosen.hardened ? CapabilitySet::Hardened
                             : CapabilitySet::Default;
}

/// Paths that `unmask` names, which may be patterns as podman reads them ("/proc/*").
void unmask(std::vector<std::string>& paths, const std::string& wanted) {
    for (const auto& pattern : split(wanted, ':')) {
        std::erase_if(paths, [&](const std::string& path) {
            return pattern == "ALL" || pattern == "all" || ::fnmatch(pattern.c_str(), path.c_str(), 0) == 0;
        });
    }
}

/// On a host with SELinux a label that is silently not set would be a lie; without it there is nothing
/// that could be set.
Result<> applyLabel(const std::string& value, const SecurityFacts& facts, SecurityPlan& plan) {
    if (value == "disable" || value == "nested") {
        return {};  // no label is ever set
    }
    if (facts.seLinux) {
        return Error(ErrorKind::Unsupported,
                     "security option 'label=" + value + "': SELinux labels are not set here")
            .withHint("label=disable says that none is wanted");
    }
    plan.warnings.push_back("security option 'label=" + value +
                            "' has no effect: SELinux is not active here");
    return {};
}

/// Options that mean the default (seccomp=builtin, apparmor=unconfined) need no branch.
/// checkSecurityOption() has refused unknown ones.
Result<> applyOption(const types::SecurityOption& option, const SecurityFacts& facts, SecurityPlan& plan) {
    const auto& value = option.value;
    if (option.name == "no-new-privileges") {
        plan.noNewPrivileges = value != "false";
    } else if (option.name == "writable-cgroups") {
        plan.writableCgroup = value != "false";
    } else if (option.name == "seccomp" && value == "unconfined") {
        plan.seccomp = value;
        plan.seccompFile.clear();
    } else if (option.name == "seccomp" && value != "default" && value != "builtin") {
        plan.seccompFile = value;
    } else if (option.name == "mask") {
        for (auto& path : split(value, ':')) {
            plan.maskedPaths.push_back(std::move(path));
        }
    } else if (option.name == "unmask" || option.name == "systempaths") {
        unmask(plan.maskedPaths, option.name == "unmask" ? value : "ALL");
        unmask(plan.readonlyPaths, option.name == "unmask" ? value : "ALL");
    } else if (option.name == "apparmor" && value != "unconfined") {
        if (facts.appArmor) {
            plan.appArmorProfile = value;
        } else {
            plan.warnings.push_back("security option 'apparmor=" + value +
                                    "' has no effect: AppArmor is not active here");
        }
    } else if (option.name == "label") {
        return applyLabel(value, facts, plan);
    }
    return {};
}

}  // namespace

/// Profiles first, single options on top, in the order of the command line.
Result<SecurityPlan> planSecurity(const types::RunSpec& spec, const SecurityFacts& facts) {
    TRY_ASSIGN(const Profiles chosen, chosenProfiles(spec));
    SecurityPlan plan;
    plan.seccomp = filterWord(chosen);
    plan.noNewPrivileges = chosen.hardened;
    plan.writableSys = spec.privileged;
    plan.writableCgroup = spec.privileged && spec.userns != "nomap";
    // A proc or sysfs with something hidden cannot be mounted again by a namespace inside;
    // mount_namespaces(7), "mount too revealing". So who wants containers inside sees all of them.
    if (!chosen.nested) {
        plan.maskedPaths.assign(oci::kMaskedPaths.begin(), oci::kMaskedPaths.end());
        plan.maskedPaths.insert(plan.maskedPaths.end(), facts.thermalPaths.begin(), facts.thermalPaths.end());
        plan.readonlyPaths.assign(oci::kReadonlyPaths.begin(), oci::kReadonlyPaths.end());
    }
    std::vector<std::string> added = spec.capAdd;
    if (spec.privileged) {
        added.emplace_back("ALL");
    } else if (chosen.debug) {
        added.insert(added.end(), {"SYS_PTRACE", "PERFMON"});
    }
    TRY_ASSIGN(plan.capabilities, effectiveCapabilities(capabilitySet(chosen), added, spec.capDrop));
    for (const auto& text : spec.securityOpt) {
        TRY(applyOption(types::splitSecurityOption(text), facts, plan));
    }
    if (plan.writableCgroup && spec.userns == "nomap") {
        return Error(ErrorKind::InvalidArgument,
                     "security option 'writable-cgroups' cannot be used with --userns "
                     "nomap: nobody in the container owns its control group");
    }
    return plan;
}

}  // namespace coracle::container
