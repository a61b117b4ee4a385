// SPDX-License-Identifier: Apache-2.0
#include "core/types/namespace_text.h"

#include <algorithm>
#include <initializer_list>

namespace coracle::types {
namespace {

constexpr std::string_view kPrefix = "container:";

Result<> checkMode(std::string_view kind, std::string_view mode, std::initializer_list<const char*> words) {
    if (mode.starts_with(kPrefix)) {
        return mode.size() > kPrefix.size()
                   ? Result<>()
                   : Error(ErrorKind::InvalidArgument, "'" + std::string(mode) + "' names no container");
    }
    if (mode.empty() || std::any_of(words.begin(), words.end(), [&](const char* w) { return mode == w; })) {
        return {};
    }
    if (mode.starts_with("ns:")) {
        return Error(ErrorKind::Unsupported, std::string(kind) + " namespace '" + std::string(mode) +
                                                 "' cannot be joined by its path")
            .withHint("name the container that has it: container:NAME");
    }
    std::string known;
    for (const char* word : words) {
        known += std::string(word) + ", ";
    }
    return Error(ErrorKind::InvalidArgument,
                 std::string(kind) + " namespace '" + std::string(mode) + "' is not known")
        .withHint("use " + known + "or container:NAME");
}

Error conflict(const char* what, const char* mode) {
    return {ErrorKind::InvalidArgument, std::string("conflicting options: ") + what + " and " + mode};
}

}  // namespace

std::string sharedContainer(std::string_view mode) {
    return mode.starts_with(kPrefix) ? std::string(mode.substr(kPrefix.size())) : std::string();
}

/// A container in the host's pid namespace would not end with its first process, and no user may mount a proc
/// that shows it.
Result<> checkPidMode(std::string_view mode) {
    if (mode == "host") {
        return Error(ErrorKind::Unsupported, "the processes of this computer cannot be shared")
            .withHint(
                "without root a container needs a process namespace to end as a whole; "
                "container:NAME shares that of another container");
    }
    return checkMode("pid", mode, {"private"});
}

Result<> checkIpcMode(std::string_view mode) {
    return checkMode("ipc", mode, {"private", "shareable", "none", "host"});
}

Result<> checkUtsMode(std::string_view mode) {
    return checkMode("uts", mode, {"private", "host"});
}

Result<> checkNetworkMode(std::string_view mode) {
    if (mode.empty()) {
        return Error(ErrorKind::InvalidArgument, "no name is set for the network")
            .withHint("leave the option out for the network that every container has");
    }
    if (!mode.starts_with(kPrefix) && mode != "none" && mode != "host" && mode != "slirp4netns") {
        return Error(ErrorKind::Unsupported, "there is no network '" + std::string(mode) +
                                                 "': containers have no network in common here")
            .withHint("leave it out and publish ports with -p, or take none, host or container:NAME");
    }
    return checkMode("network", mode, {"none", "host", "slirp4netns"});
}

Result<> checkSharing(const RunSpec& spec) {
    const bool network = !sharedContainer(spec.network).empty();
    const bool named = spec.hostname || spec.domainname;
    if (named && network) {
        return conflict("the host or domain name", "the network of another container");
    }
    if (named && (spec.uts == "host" || !sharedContainer(spec.uts).empty())) {
        return conflict("the host or domain name", "the UTS mode");
    }
    if (network && (!spec.ports.empty() || spec.publishAll)) {
        return conflict("publishing ports", "the network of another container")
            .withHint("publish them where the other container is made");
    }
    if (network && !(spec.dns.empty() && spec.dnsSearch.empty() && spec.dnsOptions.empty())) {
        return conflict("resolvers", "the network of another container");
    }
    if (network && !spec.addHosts.empty()) {
        return conflict("custom host-to-IP mapping", "the network of another container");
    }
    if (!spec.links.empty() && (network || spec.network == "host")) {
        return conflict("links", network ? "the network of another container" : "the computer's network")
            .withHint("the other container publishes a port, or leave --network out");
    }
    const bool shares = network || !sharedContainer(spec.pid).empty() || !sharedContainer(spec.ipc).empty() ||
                        !sharedContainer(spec.uts).empty();
    if (shares && !(spec.userns.empty() && spec.uidMap.empty() && spec.gidMap.empty())) {
        return conflict("a user namespace", "namespaces of another container")
            .withHint("both containers have the ids of the other one; leave --userns out");
    }
    return {};
}

}  // namespace coracle::types
