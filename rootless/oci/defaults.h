// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

/// What a container's config.json gets when nobody asks for something else: from the engine's security plan
/// and from `coracle-runtime spec`. Values only, so that both may use them. Source: security.md 4.4 (the
/// union of what docker and podman hide, and more).
namespace coracle::oci {

/// Hidden from the container: files by /dev/null, folders by an empty read-only file system. A path that
/// does not exist is skipped. What they have in common: they tell about the host or other containers
/// (keys, timers, modules, hardware), or their content helps to attack the kernel (kallsyms, slabinfo).
inline constexpr std::array kMaskedPaths = std::to_array<std::string_view>({
    "/proc/acpi",
    "/proc/asound",
    "/proc/config.gz",
    "/proc/interrupts",
    "/proc/kallsyms",
    "/proc/kcore",
    "/proc/key-users",
    "/proc/keys",
    "/proc/kmsg",
    "/proc/latency_stats",
    "/proc/modules",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/slabinfo",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/proc/vmallocinfo",
    "/sys/class/dmi",
    "/sys/dev/block",
    "/sys/devices/virtual/dmi",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
    "/sys/fs/selinux",
    "/sys/kernel/debug",
    "/sys/kernel/security",
    "/sys/kernel/tracing",
});

/// Readable, because programs look there, and never writable: they change the kernel for everybody.
/// Without privilege over the host most writes would fail anyway; this does not rest on it.
inline constexpr std::array kReadonlyPaths = std::to_array<std::string_view>({
    "/proc/bus",
    "/proc/fs",
    "/proc/irq",
    "/proc/sys",
    "/proc/sysrq-trigger",
});

/// The capabilities of caps::defaultMask() by name, for config.json.
inline constexpr std::array kCapabilities = std::to_array<std::string_view>({
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_NET_BIND_SERVICE",
    "CAP_SETFCAP",
    "CAP_SETGID",
    "CAP_SETPCAP",
    "CAP_SETUID",
    "CAP_SYS_CHROOT",
});

/// What docker sets for a process without a PATH.
inline constexpr std::string_view kPathVariable =
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

}  // namespace coracle::oci
