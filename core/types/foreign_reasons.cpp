// SPDX-License-Identifier: Apache-2.0
// Why options of docker's and podman's `run` do nothing here, or are refused.
#include "core/types/run_options.h"

#include <algorithm>
#include <array>

namespace coracle::types {
namespace {

// clang-format off
constexpr std::array kForeign = std::to_array<ForeignOption>({  // TABLE
    {"arch"}, {"authfile"}, {"cert-dir"}, {"cgroup-conf"}, {"cgroups"}, {"chrootdirs"}, {"conmon-pidfile"}, {"creds"},
    {"decryption-key"}, {"device-cgroup-rule"}, {"env-host", 0, true}, {"env-merge"}, {"group-entry"},
    {"health-log-destination"}, {"health-max-log-count"}, {"health-max-log-size"}, {"health-startup-cmd"},
    {"health-startup-interval"}, {"health-startup-retries"}, {"health-startup-success"}, {"health-startup-timeout"},
    {"hosts-file"}, {"hostuser"}, {"init-ctr"}, {"init-path"}, {"ip"}, {"ip6"}, {"link-local-ip"},
    {"mac-address"}, {"memory-swappiness", 0, false, true}, {"network-alias"}, {"net-alias"}, {"no-hostname", 0, true},
    {"oom-kill-disable", 0, true, true}, {"os"}, {"passwd", 0, true}, {"passwd-entry"}, {"personality"}, {"pidfile"},
    {"pod"}, {"pod-id-file"}, {"rdt-class"}, {"requires"}, {"rmi", 0, true},
    {"rootfs", 0, true}, {"runtime"}, {"seccomp-policy"}, {"sdnotify", 0, false, true}, {"shm-size-systemd"},
    {"systemd", 0, false, true}, {"timeout"}, {"tls-verify", 0, true}, {"use-api-socket", 0, true}, {"variant"},
    {"cpu-count", 0, false, true}, {"cpu-percent", 0, false, true}, {"cpu-rt-period", 0, false, true},
    {"cpu-rt-runtime", 0, false, true}, {"disable-content-trust", 0, true, true},
    {"io-maxbandwidth", 0, false, true}, {"io-maxiops", 0, false, true}, {"isolation", 0, false, true},
    {"kernel-memory", 0, false, true}, {"retry", 0, false, true}, {"retry-delay", 0, false, true},
    {"storage-opt", 0, false, true}, {"volume-driver", 0, false, true},
});
// clang-format on

/// Why, in half a sentence, and what to do instead.
struct ForeignReason {
    std::string_view option;
    std::string_view reason;
    std::string_view hint = {};
};

constexpr std::string_view kNoNetwork = "containers have no network in common here";
constexpr std::string_view kNoPods = "there are no pods here";
constexpr std::string_view kHealthLog = "the last five results of a check are kept with the container";
constexpr std::string_view kHealthLogHint = "coracle inspect -f '{{json .State.Health}}' NAME prints them";
constexpr std::string_view kHealthStart = "a container has one check";
constexpr std::string_view kHealthStartHint =
    "--health-start-period and --health-start-interval are for the time of its start";
constexpr std::string_view kSharedNamespaces =
    "containers share what those of a pod do with --network container:NAME, --ipc container:NAME and"
    " --pid container:NAME";

// TABLE
constexpr std::array kReasons = std::to_array<ForeignReason>({
    {"arch", "the architecture is a part of --platform", "for example: --platform linux/arm64"},
    {"authfile", "logins are read where all verbs read them",
     "REGISTRY_AUTH_FILE=FILE in the environment names the one file to read"},
    {"cert-dir", "certificates of registries are read where all verbs read them",
     "put them into ~/.config/docker/certs.d/REGISTRY"},
    {"cgroup-conf", "only the limits that have an option are written",
     "see --memory, --cpus and --pids-limit"},
    {"cgroups", "a container has a control group of its own whenever one can be had"},
    {"chrootdirs", "/etc/hosts and its like are made for the root of a container only"},
    {"conmon-pidfile", "no file is written", "coracle inspect -f '{{.State.Pid}}' NAME prints the process"},
    {"cpu-count", "it is for Windows"},
    {"cpu-percent", "it is for Windows"},
    {"cpu-rt-period", "real-time scheduling needs root"},
    {"cpu-rt-runtime", "real-time scheduling needs root"},
    {"creds", "a password does not belong on a command line", "log in once: coracle login REGISTRY"},
    {"decryption-key", "images that are encrypted cannot be read"},
    {"device-cgroup-rule", "a container can use the devices that you may use", "give them with --device"},
    {"disable-content-trust", "images are checked against their digests, not against a notary"},
    {"env-host", "a container gets no variable unasked", "name those that it is to have: -e NAME"},
    {"env-merge", "a variable is not put together from the image's", "set it whole: -e NAME=VALUE"},
    {"group-entry", "lines of /etc/group are the image's", "mount a file of your own: -v FILE:/etc/group:ro"},
    {"health-log-destination", kHealthLog, kHealthLogHint},
    {"health-max-log-count", kHealthLog, kHealthLogHint},
    {"health-max-log-size", kHealthLog, kHealthLogHint},
    {"health-startup-cmd", kHealthStart, kHealthStartHint},
    {"health-startup-interval", kHealthStart, kHealthStartHint},
    {"health-startup-retries", kHealthStart, kHealthStartHint},
    {"health-startup-success", kHealthStart, kHealthStartHint},
    {"health-startup-timeout", kHealthStart, kHealthStartHint},
    {"hosts-file", "/etc/hosts is made anew for each container", "mount yours: -v FILE:/etc/hosts:ro"},
    {"hostuser", "users of this computer are not copied into a container",
     "--userns keep-id gives it yours, with your name"},
    {"init-ctr", kNoPods, kSharedNamespaces},
    {"init-path", "the init is Coracle's own", "--init alone adds it"},
    {"io-maxbandwidth", "it is for Windows"},
    {"io-maxiops", "it is for Windows"},
    {"ip", kNoNetwork, "each container has a network of its own; there is no address to choose"},
    {"ip6", kNoNetwork, "each container has a network of its own; there is no address to choose"},
    {"isolation", "it chooses between kinds of Windows containers"},
    {"kernel-memory", "the kernel has no such limit any more"},
    {"link-local-ip", kNoNetwork, "each container has a network of its own; there is no address to choose"},
    {"mac-address", kNoNetwork, "nobody would see the address"},
    {"memory-swappiness", "version 2 of control groups has no such setting"},
    {"net-alias", kNoNetwork, "a name for an address is given with --add-host NAME:ADDRESS"},
    {"network-alias", kNoNetwork, "a name for an address is given with --add-host NAME:ADDRESS"},
    {"no-hostname", "/etc/hostname is made for each container", "mount yours: -v FILE:/etc/hostname:ro"},
    {"oom-kill-disable", "version 2 of control groups has no such setting"},
    {"os", "the operating system is a part of --platform", "for example: --platform linux/arm64"},
    {"passwd", "only --userns keep-id adds a line to /etc/passwd, which the user needs",
     "mount a file of your own: -v FILE:/etc/passwd:ro"},
    {"passwd-entry", "lines of /etc/passwd are the image's",
     "mount a file of your own: -v FILE:/etc/passwd:ro"},
    {"personality", "programs see the kernel as it is"},
    {"pidfile", "no file is written", "coracle inspect -f '{{.State.Pid}}' NAME prints the process"},
    {"pod", kNoPods, kSharedNamespaces},
    {"pod-id-file", kNoPods, kSharedNamespaces},
    {"rdt-class", "shares of the processor's cache are given by root only"},
    {"requires", "containers are not started by one another", "start the others first"},
    {"retry", "a download that breaks off is tried again by itself"},
    {"retry-delay", "a download that breaks off is tried again by itself"},
    {"rmi", "an image stays until it is removed", "coracle rmi IMAGE afterwards, or coracle image prune"},
    {"rootfs", "a container is made of an image", "coracle import FILE.tar NAME makes one of a folder's tar"},
    {"runtime", "containers are run by coracle-runtime"},
    {"seccomp-policy", "an image does not choose the filter of system calls",
     "you choose it: --security-opt seccomp=FILE"},
    {"shm-size-systemd", "nothing is prepared for a systemd inside", "--shm-size is for all programs"},
    {"sdnotify", "nobody tells systemd"},
    {"storage-opt", "the size of a container is that of your disk"},
    {"systemd", "nothing is prepared for a systemd inside"},
    {"timeout", "a container has no end that is set before",
     "timeout 60 coracle run ... ends it from outside"},
    {"tls-verify", "how a registry is talked to is said in ~/.config/coracle/registries.json",
     "{\"HOST\": {\"insecure\": true}} in it allows it without TLS"},
    {"use-api-socket", "no socket of the engine is given to a container"},
    {"variant", "the variant is a part of --platform", "for example: --platform linux/arm/v7"},
    {"volume-driver", "volumes are folders on this computer"},
});

const ForeignReason* findReason(std::string_view name) {
    const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                     [&](const ForeignReason& row) { return row.option == name; });
    return found == kReasons.end() ? nullptr : found;
}

}  // namespace

std::span<const ForeignOption> foreignOptions() {
    return kForeign;
}

std::string_view foreignReason(std::string_view name) {
    const ForeignReason* row = findReason(name);
    return row == nullptr ? std::string_view() : row->reason;
}

std::string_view foreignHint(std::string_view name) {
    const ForeignReason* row = findReason(name);
    return row == nullptr ? std::string_view() : row->hint;
}

}  // namespace coracle::types
