// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/access.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Why a container's user does not get to a file of this computer. Pure.
///
/// The rules are the kernel's for plain permission bits (path_resolution(7), "Permissions") and for the
/// capabilities of a user namespace, which count for files whose owner and group exist inside
/// (user_namespaces(7), "Capabilities"). Access control lists and security modules are not looked at.
namespace coracle::container {

/// Who asks, with the ids of this computer.
struct AccessSubject {
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> groups;
    bool overrides = false;  ///< has CAP_DAC_OVERRIDE in the container's namespace
    /// First id and count of the ids of this computer that exist inside.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> mappedUids;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> mappedGids;
};

/// What the person could change.
struct AccessRemedies {
    std::uint32_t ownUid = 0;  ///< of the person, on this computer
    std::uint32_t ownGid = 0;
    std::uint32_t insideUid = 0;  ///< of the container's user
    std::uint32_t insideGid = 0;
    bool defaultMap = true;  ///< root of the container is the person
};

/// For a line of a terminal.
std::string fixText(const types::AccessFix& fix);

/// What the subject may do with a file.
types::AccessRights rightsOf(const types::AccessStep& step, const AccessSubject& subject);

/// Judge the steps of `report`, which begin with the mounted folder and end with the path that was asked for,
/// and say what would help. All but the last have to be passed; the last has to be read, and a folder passed.
void explainAccess(types::AccessReport& report, const AccessSubject& subject, const AccessRemedies& remedies);

}  // namespace coracle::container
