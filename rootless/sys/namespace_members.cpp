// SPDX-License-Identifier: Apache-2.0
#include "rootless/sys/namespace_members.h"

#include "rootless/sys/file.h"
#include "rootless/sys/namespaces.h"
#include "rootless/sys/process_identity.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

namespace coracle::sys {
namespace {

constexpr int kMaxNesting = 32;  // of process namespaces. Source: pid_namespaces(7)
constexpr int kMaxRounds = 64;   // with processes that fork faster than they can be looked at

struct NamespaceId {
    dev_t device = 0;
    ino_t inode = 0;
    friend bool operator==(const NamespaceId&, const NamespaceId&) = default;
};

std::optional<NamespaceId> idOf(int fd) {
    struct stat status {};
    return ::fstat(fd, &status) == 0 ? std::optional(NamespaceId{status.st_dev, status.st_ino})
                                     : std::nullopt;
}

bool isInside(const std::string& path, const NamespaceId& wanted, Below below) {
    auto opened = openAt(AT_FDCWD, path, O_RDONLY);
    for (int level = 0; opened && level < kMaxNesting; ++level) {
        if (idOf(opened->get()) == wanted) {
            return true;
        }
        if (below == Below::No) {
            return false;
        }
        opened = openParentNamespace(opened->get());
    }
    return false;
}

}  // namespace

Result<std::vector<NamespaceMember>> membersOf(int namespaceFd, const std::string& kind, Below below) {
    const auto wanted = idOf(namespaceFd);
    if (!wanted) {
        return Error::fromErrno("look at a namespace");
    }
    std::vector<NamespaceMember> members;
    TRY_ASSIGN(const auto names, listDirectory("/proc"));
    for (const std::string& entry : names) {
        pid_t pid = 0;
        const auto [end, fault] = std::from_chars(entry.data(), entry.data() + entry.size(), pid);
        if (fault != std::errc() || end != entry.data() + entry.size()) {
            continue;
        }
        // The descriptor before the look: what is found is what the descriptor names.
        auto opened = openChildProcess(pid);
        if (opened && isInside("/proc/" + entry + "/ns/" + kind, *wanted, below)) {
            members.push_back({pid, *std::move(opened)});
        }
    }
    std::sort(members.begin(), members.end(),
              [](const auto& left, const auto& right) { return left.pid < right.pid; });
    return members;
}

Result<> killMembers(int namespaceFd, const std::string& kind) {
    std::set<pid_t> reached;
    for (int round = 0; round < kMaxRounds; ++round) {
        TRY_ASSIGN(const auto members, membersOf(namespaceFd, kind, Below::No));
        bool isNew = false;
        for (const auto& member : members) {
            if (reached.insert(member.pid).second) {
                isNew = true;
                (void)signalProcess(member.pidFd.get(), SIGKILL);  // ignored: it has just ended
            }
        }
        if (!isNew) {
            return {};
        }
    }
    return Error(ErrorKind::Unavailable, "processes are made faster than they are seen");
}

}  // namespace coracle::sys
