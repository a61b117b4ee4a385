// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/sysctl.h"

#include "rootless/sys/file.h"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <sched.h>

namespace coracle::runtime {
namespace {

/// The sysctls that the IPC namespace has for itself. Source: ipc_namespaces(7).
constexpr std::array<std::string_view, 8> kIpcNames{"kernel.msgmax", "kernel.msgmnb",         "kernel.msgmni",
                                                    "kernel.sem",    "kernel.shmall",         "kernel.shmmax",
                                                    "kernel.shmmni", "kernel.shm_rmid_forced"};

/// Zero: the sysctl belongs to the host, or to nobody that is known. kernel.hostname is not among them:
/// the bundle has a member for it.
std::uint64_t namespaceOf(const std::string& name) {
    if (name.starts_with("net.")) {
        return CLONE_NEWNET;
    }
    if (name.starts_with("fs.mqueue.") ||
        std::find(kIpcNames.begin(), kIpcNames.end(), name) != kIpcNames.end()) {
        return CLONE_NEWIPC;
    }
    return name == "kernel.domainname" ? std::uint64_t{CLONE_NEWUTS} : 0;
}

/// Letters, digits and the marks that names have: with a slash or ".." a name could leave /proc/sys, of
/// which the caller may write more than a container should reach. openBeneath() refuses that as well.
bool isPlain(const std::string& name) {
    return name.find("..") == std::string::npos && std::all_of(name.begin(), name.end(), [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || letter == '.' || letter == '_' || letter == '-';
           });
}

}  // namespace

/// A name that is not the container's own would be written to the host when the caller is root, and fail
/// at a late point otherwise; both are refused here. The line break is refused because it could end one
/// value and begin another.
Result<> checkSysctls(const std::map<std::string, std::string>& sysctls, std::uint64_t ownNamespaces) {
    for (const auto& [name, value] : sysctls) {
        if (!isPlain(name) || value.find('\n') != std::string::npos) {
            return Error(ErrorKind::InvalidArgument, "sysctl '" + name + "' is malformed")
                .withHint("a name has letters, digits, '.', '_' and '-', and a value is one line");
        }
        const std::uint64_t needed = namespaceOf(name);
        if (needed == 0 || (needed & ownNamespaces) == 0) {
            return Error(ErrorKind::InvalidArgument, "sysctl '" + name + "' is not the container's own")
                .withHint(name == "kernel.hostname"
                              ? "set the container's host name instead"
                              : "only sysctls of a network or IPC namespace of its own can be set");
        }
    }
    return {};
}

void allowPing(const userns::IdMap& gids, std::map<std::string, std::string>& sysctls) {
    constexpr std::uint32_t kHighestGroup = 65534;  // what images use
    bool zero = false;
    std::uint32_t highest = 0;
    for (const userns::IdRange& range : gids) {
        zero = zero || range.inside == 0;
        if (range.count > 0 && range.inside <= kHighestGroup) {
            highest = std::max(highest, std::min(kHighestGroup, range.inside + (range.count - 1)));
        }
    }
    if (zero) {
        sysctls.try_emplace("net.ipv4.ping_group_range", "0 " + std::to_string(highest));
    }
}

/// Through a descriptor of /proc and without leaving it (RESOLVE_BENEATH), so a name cannot lead elsewhere,
/// whatever it holds.
Result<> applySysctls(const std::map<std::string, std::string>& sysctls, int procFd) {
    for (const auto& [name, value] : sysctls) {
        std::string path = "sys/" + name;
        std::replace(path.begin(), path.end(), '.', '/');
        const auto write = [&]() -> Result<> {
            TRY_ASSIGN(const sys::UniqueFd file, sys::openBeneath(procFd, path, O_WRONLY));
            return sys::writeAll(file.get(), value);
        };
        if (auto written = write(); !written) {
            return std::move(written).error().context("set sysctl '" + name + "'");
        }
    }
    return {};
}

}  // namespace coracle::runtime
