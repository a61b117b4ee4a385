// SPDX-License-Identifier: Apache-2.0
// Why options of docker's and podman's `run` do nothing here, or are refused.
#include "core/types/run_options.h"

#include <algorithm>
#include <array>

namespace coracle::types {
namespace {

/// Why, in half a sentence, and what to do instead.
struct ForeignReason {
    std::string_view option;
    std::string_view reason;
    std::string_view hint = {};
};

constexpr std::string_view kNoNetwork = "containers have no network in common here";
constexpr std::string_view kNoPods = "there are no pods here";
constexpr std::string_view kSharedNamespaces =
    "containers share what those of a pod do with --network container:NAME, --ipc container:NAME and"
    " --pid container:NAME";

// TABLE
constexpr std::array kReasons = std::to_array<ForeignReason>({
    {"arch", "the architecture is a part of --platform", "for example: --platform linux/arm64"},
    {"cgroups", "a container has a control group of its own whenever one can be had"},
    {"conmon-pidfile", "no file is written", "coracle inspect -f '{{.State.Pid}}' NAME prints the process"},
    {"cpu-rt-period", "real-time scheduling needs root"},
    {"cpu-rt-runtime", "real-time scheduling needs root"},
    {"creds", "a password does not belong on a command line", "log in once: coracle login REGISTRY"},
    {"device-cgroup-rule", "a container can use the devices that you may use", "give them with --device"},
    {"disable-content-trust", "images are checked against their digests, not against a notary"},
    {"env-host", "a container gets no variable unasked", "name those that it is to have: -e NAME"},
    {"init-path", "the init is Coracle's own", "--init alone adds it"},
    {"ip", kNoNetwork, "each container has a network of its own; there is no address to choose"},
    {"ip6", kNoNetwork, "each container has a network of its own; there is no address to choose"},
    {"isolation", "it chooses between kinds of Windows containers"},
    {"kernel-memory", "the kernel has no such limit any more"},
    {"link", kNoNetwork,
     "publish a port of the other one (-p 5432:5432) and give this one its name with --add-host"
     " NAME:host-gateway, or share its network with --network container:NAME"},
    {"mac-address", kNoNetwork, "nobody would see the address"},
    {"memory-swappiness", "version 2 of control groups has no such setting"},
    {"net-alias", kNoNetwork, "a name for an address is given with --add-host NAME:ADDRESS"},
    {"network-alias", kNoNetwork, "a name for an address is given with --add-host NAME:ADDRESS"},
    {"oom-kill-disable", "version 2 of control groups has no such setting"},
    {"pidfile", "no file is written", "coracle inspect -f '{{.State.Pid}}' NAME prints the process"},
    {"pod", kNoPods, kSharedNamespaces},
    {"pod-id-file", kNoPods, kSharedNamespaces},
    {"requires", "containers are not started by one another", "start the others first"},
    {"rmi", "an image stays until it is removed", "coracle rmi IMAGE afterwards, or coracle image prune"},
    {"rootfs", "a container is made of an image", "coracle import FILE.tar NAME makes one of a folder's tar"},
    {"runtime", "containers are run by coracle-runtime"},
    {"sdnotify", "nobody tells systemd"},
    {"storage-opt", "the size of a container is that of your disk"},
    {"systemd", "nothing is prepared for a systemd inside"},
    {"timeout", "a container has no end that is set before",
     "timeout 60 coracle run ... ends it from outside"},
    {"tls-verify", "registries say how they are talked to in registries.conf",
     "'insecure = true' for a [[registry]] allows it without TLS"},
    {"use-api-socket", "no socket of the engine is given to a container"},
    {"volume-driver", "volumes are folders on this computer"},
});

const ForeignReason* findReason(std::string_view name) {
    const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                     [&](const ForeignReason& row) { return row.option == name; });
    return found == kReasons.end() ? nullptr : found;
}

}  // namespace

std::string_view foreignReason(std::string_view name) {
    const ForeignReason* row = findReason(name);
    return row == nullptr ? std::string_view() : row->reason;
}

std::string_view foreignHint(std::string_view name) {
    const ForeignReason* row = findReason(name);
    return row == nullptr ? std::string_view() : row->hint;
}

}  // namespace coracle::types
