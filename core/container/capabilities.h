// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coracle::container {

/// Where a container starts. Source: security.md 4.3.
enum class CapabilitySet : std::uint8_t {
    Default,   ///< podman's eleven
    Docker,    ///< docker's fourteen: MKNOD, NET_RAW and AUDIT_WRITE besides
    Hardened,  ///< seven: without NET_BIND_SERVICE, SETFCAP, SETPCAP and SYS_CHROOT
};

/// The names of all capabilities by number, as capabilities(7) has them; lives for ever.
std::span<const std::string_view> allCapabilities();

/// The set, sorted.
std::vector<std::string> capabilitiesOf(CapabilitySet set);

/// The set, plus `add`, minus `drop`, in docker's order: ALL first, then single names; a name in both is
/// added. Names may lack CAP_ and be in any case. The result is sorted and has full names.
/// Errors: InvalidArgument for a name that does not exist.
Result<std::vector<std::string>> effectiveCapabilities(CapabilitySet set, const std::vector<std::string>& add,
                                                       const std::vector<std::string>& drop);

}  // namespace coracle::container
