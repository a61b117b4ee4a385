// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/oci/resources.h"
#include "rootless/sys/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// From the limits of a configuration to what is written into the files of a control group, version 2. Pure.
/// Source: Documentation/admin-guide/cgroup-v2.rst; OCI runtime-spec 1.1, config-linux.md, "Control groups".
namespace coracle::cgroup {

/// One write(2) to one file of the container's group.
struct FileWrite {
    std::string controller;  ///< "memory"; what has to be handed to us for the file to exist
    std::string file;        ///< "memory.max"
    std::string value;
    /// The value is what a new group has: it needs no controller and is written to a running container only.
    bool isDefault = false;
    /// Written instead when `file` does not exist: weights have two forms, by scheduler.
    std::string otherFile;
    std::string otherValue;
    /// A kernel without the file holds the limit by having nothing to limit.
    bool optional = false;

    friend bool operator==(const FileWrite&, const FileWrite&) = default;
};

/// In the order in which they are carried out.
using WritePlan = std::vector<FileWrite>;

/// What a memory limit means for swap when nothing is said about it.
enum class SwapDefault : std::uint8_t {
    Unlimited,     ///< OCI: what is not said is not limited
    AsMuchMemory,  ///< docker: as much swap as memory, unless the user says otherwise
};

/// Every limit of a configuration as a write, in an order that can be carried out: memory before swap,
/// since the second is derived from the first. Device weights and rates of one device share a line.
/// Errors: InvalidArgument naming the member and the range for a value that no kernel takes; a file of
/// `unified` that is no plain name or would change where processes are.
Result<WritePlan> planWrites(const oci::Resources& resources, SwapDefault swapDefault);

/// The controllers without which the plan cannot be carried out, each once, in order of appearance.
std::vector<std::string> neededControllers(const WritePlan& plan);

/// Shares of version 1 (2 to 262144, 1024 by default) as weight of version 2 (1 to 10000, 100 by default),
/// such that least, greatest and default agree. Source: crun.1, "cpu.weight"; runc,
/// ConvertCPUSharesToCgroupV2Value.
std::uint64_t toCpuWeight(std::uint64_t shares);

/// Weight of the block controller (10 to 1000) as io.weight (1 to 10000). Source: crun.1, "io.weight".
std::uint64_t toIoWeight(std::uint64_t weight);

/// Check a list of cpus or memory nodes such as "0-2,7" against what is allowed, "0-3". `allowed` empty: only
/// the form is checked. Errors: InvalidArgument.
Result<> checkSet(std::string_view what, std::string_view set, std::string_view allowed);

/// A relative path of plain names below the group that was handed to us, from the `cgroupsPath` of a
/// configuration. Slashes at the front are dropped: without root there is nothing above. The path becomes a
/// folder that this program makes and later removes, so a name that leads elsewhere must not get through.
/// Errors: InvalidArgument for "..", control characters, names of the kernel's own files, and over-long ones.
Result<std::string> cleanGroupPath(std::string_view text);

/// systemd's form of `cgroupsPath`, "SLICE:PREFIX:NAME".
struct ScopeName {
    std::string slice;  ///< may be empty
    std::string unit;   ///< "PREFIX-NAME.scope"

    friend bool operator==(const ScopeName&, const ScopeName&) = default;
};
/// Errors: InvalidArgument for a form or a character that is not a unit's.
Result<ScopeName> parseScopeName(std::string_view text);

}  // namespace coracle::cgroup
