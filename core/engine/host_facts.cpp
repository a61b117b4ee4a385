// SPDX-License-Identifier: Apache-2.0
#include "core/engine/container_creator.h"
#include "core/engine/storage_driver.h"
#include "core/types/isolation.h"
#include "net/user_net.h"
#include "rootless/sys/file.h"
#include "rootless/sys/inet_probe.h"
#include "rootless/sys/subprocess.h"

#include <algorithm>
#include <array>

#include <sys/resource.h>
#include <unistd.h>

namespace coracle::engine {
namespace {

std::string hostHostname() {
    std::array<char, 256> buffer{};
    return ::gethostname(buffer.data(), buffer.size() - 1) == 0 ? buffer.data() : "";
}

/// Why the ids of this container's files have to be translated; empty: they have not.
Result<std::string> translationReason(const types::RunSpec& spec) {
    if (!spec.uidMap.empty() || !spec.gidMap.empty()) {
        return std::string("an id map of its own");
    }
    using Mode = types::UserNamespace::Mode;
    TRY_ASSIGN(const auto space, types::parseUserNamespace(spec.userns));
    const bool asStored = space.mode == Mode::Default || space.mode == Mode::Host;
    return asStored ? std::string() : "user namespace mode '" + spec.userns + "'";
}

/// The security modules are asked for only when an option could need them.
container::SecurityFacts securityFacts(const types::RunSpec& spec) {
    container::SecurityFacts facts;
    if (!spec.securityOpt.empty()) {
        const auto appArmor = sys::readFile("/sys/module/apparmor/parameters/enabled");
        facts.appArmor = appArmor && appArmor->starts_with("Y");
        facts.seLinux = sys::pathExists("/sys/fs/selinux/enforce");
    }
    // Which processor worked hard tells what its user does: GHSA-6fw5-f8r9-fgfm.
    for (int number = 0;; ++number) {
        const std::string path = "/sys/devices/system/cpu/cpu" + std::to_string(number) + "/thermal_throttle";
        if (!sys::pathExists(path)) {
            break;
        }
        facts.thermalPaths.push_back(path);
    }
    return facts;
}

/// docker gives all devices; without root only these are of use to those who ask for --privileged.
std::vector<std::string> usableDevices() {
    std::vector<std::string> usable;
    for (const char* path : {"/dev/fuse", "/dev/net/tun", "/dev/kvm"}) {
        if (::access(path, R_OK | W_OK) == 0) {
            usable.emplace_back(path);
        }
    }
    return usable;
}

}  // namespace

/// Everything that depends on the computer is read here, so that core/container, which decides, stays
/// pure.
Result<container::HostFacts> gatherHostFacts(const EngineContext& context, const types::RunSpec& spec) {
    container::HostFacts facts;
    TRY_ASSIGN(const std::string reason, translationReason(spec));
    TRY_ASSIGN(const auto driver, chooseStorageDriver(context.places(), reason));
    facts.overlayDriver = driver.name;
    facts.fuseProgram = driver.fuseProgram;
    facts.uid = ::geteuid();
    facts.gid = ::getegid();
    facts.security = securityFacts(spec);
    if (spec.privileged) {
        facts.privilegedDevices = usableDevices();
    }
    if (spec.init) {
        TRY_ASSIGN(facts.init, sys::findHelper("coracle-init"));
    }
    facts.unifiedCgroups = sys::pathExists("/sys/fs/cgroup/cgroup.controllers");
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        facts.openFilesHard = limit.rlim_max;
    }
    // Without the file this computer resolves no names, and the container is right not to either.
    if (const auto resolvConf = sys::readFile("/etc/resolv.conf")) {
        facts.resolvConf = *resolvConf;
    }
    if (std::any_of(spec.addHosts.begin(), spec.addHosts.end(),
                    [](const auto& entry) { return entry.second == "host-gateway"; })) {
        facts.gateway = spec.network == "host" ? "127.0.0.1" : sys::outwardAddress();
        if (facts.gateway.empty()) {
            facts.gateway = net::kSlirpGateway;  // without a network there is nothing better to say
        }
    }
    if (spec.uts == "host") {
        facts.hostname = hostHostname();
    }
    if (spec.network == "host") {
        const auto hosts = sys::readFile("/etc/hosts");
        facts.hosts = hosts ? *hosts : "127.0.0.1\tlocalhost\n";
        facts.hostname = hostHostname();
    }
    return facts;
}

}  // namespace coracle::engine
