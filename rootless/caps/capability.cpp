// SPDX-License-Identifier: Apache-2.0
#include "rootless/caps/capability.h"

#include <array>

#include <linux/capability.h>

namespace coracle::caps {
namespace {

// TABLE: index is the number. Source: linux/capability.h of Linux 5.9, after which none was added.
constexpr std::array<std::string_view, 41> kNames{"CHOWN",
                                                  "DAC_OVERRIDE",
                                                  "DAC_READ_SEARCH",
                                                  "FOWNER",
                                                  "FSETID",
                                                  "KILL",
                                                  "SETGID",
                                                  "SETUID",
                                                  "SETPCAP",
                                                  "LINUX_IMMUTABLE",
                                                  "NET_BIND_SERVICE",
                                                  "NET_BROADCAST",
                                                  "NET_ADMIN",
                                                  "NET_RAW",
                                                  "IPC_LOCK",
                                                  "IPC_OWNER",
                                                  "SYS_MODULE",
                                                  "SYS_RAWIO",
                                                  "SYS_CHROOT",
                                                  "SYS_PTRACE",
                                                  "SYS_PACCT",
                                                  "SYS_ADMIN",
                                                  "SYS_BOOT",
                                                  "SYS_NICE",
                                                  "SYS_RESOURCE",
                                                  "SYS_TIME",
                                                  "SYS_TTY_CONFIG",
                                                  "MKNOD",
                                                  "LEASE",
                                                  "AUDIT_WRITE",
                                                  "AUDIT_CONTROL",
                                                  "SETFCAP",
                                                  "MAC_OVERRIDE",
                                                  "MAC_ADMIN",
                                                  "SYSLOG",
                                                  "WAKE_ALARM",
                                                  "BLOCK_SUSPEND",
                                                  "AUDIT_READ",
                                                  "PERFMON",
                                                  "BPF",
                                                  "CHECKPOINT_RESTORE"};

std::string upperCase(std::string_view text) {
    std::string upper(text);
    for (char& letter : upper) {
        if (letter >= 'a' && letter <= 'z') {
            letter = static_cast<char>(letter - 'a' + 'A');
        }
    }
    return upper;
}

constexpr std::uint64_t bit(int number) {
    return std::uint64_t{1} << static_cast<unsigned>(number);
}

}  // namespace

/// In any case, with or without CAP_, as docker and podman take them.
Result<int> parse(std::string_view name) {
    const std::string upper = upperCase(name);
    const std::string_view bare = std::string_view(upper).starts_with("CAP_")
                                      ? std::string_view(upper).substr(4)
                                      : std::string_view(upper);
    for (std::size_t number = 0; number < kNames.size(); ++number) {
        if (kNames[number] == bare) {
            return static_cast<int>(number);
        }
    }
    return Error(ErrorKind::InvalidArgument, "unknown capability '" + std::string(name) + "'");
}

/// Empty for a number that this program has no name for: a newer kernel may have more.
std::string nameOf(int number) {
    if (number < 0 || static_cast<std::size_t>(number) >= kNames.size()) {
        return {};
    }
    return "CAP_" + std::string(kNames[static_cast<std::size_t>(number)]);
}

Result<std::uint64_t> maskOf(const std::vector<std::string>& names) {
    std::uint64_t mask = 0;
    for (const std::string& name : names) {
        TRY_ASSIGN(const int number, parse(name));
        mask |= bit(number);
    }
    return mask;
}

/// In the order of the numbers; bits without a name are left out.
std::vector<std::string> namesOf(std::uint64_t mask) {
    std::vector<std::string> names;
    for (int number = 0; static_cast<std::size_t>(number) < kNames.size(); ++number) {
        if ((mask & bit(number)) != 0) {
            names.push_back(nameOf(number));
        }
    }
    return names;
}

/// docker's set without CAP_AUDIT_WRITE, CAP_MKNOD and CAP_NET_RAW.
std::uint64_t defaultMask() {
    std::uint64_t mask = 0;
    for (const int number :
         {CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_NET_BIND_SERVICE, CAP_SETFCAP,
          CAP_SETGID, CAP_SETPCAP, CAP_SETUID, CAP_SYS_CHROOT}) {
        mask |= bit(number);
    }
    return mask;
}

}  // namespace coracle::caps
