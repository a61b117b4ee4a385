// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/resource_spec.h"
#include "rootless/sys/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Words of `run`, `create` and `update` about limits, in both directions; one table for all three. Pure.
namespace coracle::types {

/// One option about a limit: its words and what its value does to a ResourceSpec. The texts are literals
/// and last for the program.
struct ResourceOption {
    std::string_view name;  ///< "memory"
    char shortName;
    std::string_view placeholder;
    std::string_view help;
    bool updatable;
    Result<> (*apply)(ResourceSpec& resources, const std::string& value);
};
/// Rows of the table; a constant because `run` makes a function for each row at compile time.
inline constexpr std::size_t kResourceOptionCount = 16;
/// In the order in which `--help` shows them.
std::span<const ResourceOption, kResourceOptionCount> resourceOptions();

/// Options and values that make `resources` again, in the table's order: {"--memory", "64m"}.
std::vector<std::pair<std::string, std::string>> toResourceFlags(const ResourceSpec& resources);

/// The rules between limits. Nothing here asks whether this host can limit: that depends on the control
/// groups that the user was given, and gives a warning when the container is made. Errors:
/// InvalidArgument in docker's words: too little memory, swap below memory, --cpus beside --cpu-quota.
Result<> checkResources(const ResourceSpec& resources);

/// `base` with everything that `change` sets; --cpus replaces quota and period, and the other way round.
ResourceSpec mergeResources(ResourceSpec base, const ResourceSpec& change);

/// The change that mergeResources() makes `after` of `before` with; what is not limited any more is -1, or
/// docker's default of a share.
ResourceSpec resourcesBetween(const ResourceSpec& before, const ResourceSpec& after);

/// Without limits that say "no limit": what is to be kept when the kernel has heard it. Memory and processes
/// are bounded by default, so for them it is a choice and stays. Swap without a limit is said as long as
/// memory has one, since it has one by default then.
ResourceSpec withoutLifted(ResourceSpec resources);

/// Whether anything is limited.
bool isLimited(const ResourceSpec& resources);

/// "512m", "1.5g", "100": bytes in units of 1024, in either case, also as "512MiB" or "512mb". Fractions
/// of a byte are dropped. Errors: InvalidArgument; also from 9.2e18 up, near the end of 64 signed bits.
Result<std::int64_t> parseBytes(std::string_view text);

/// "nofile=1024:2048", "core=-1". Errors: InvalidArgument for a name or number that is none.
Result<UlimitSpec> parseUlimit(std::string_view text);
/// The inverse of parseUlimit(); "unlimited" comes back as -1.
std::string toText(const UlimitSpec& limit);

}  // namespace coracle::types
