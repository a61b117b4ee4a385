// SPDX-License-Identifier: Apache-2.0
#include "core/types/sharing_change.h"

#include <algorithm>

namespace coracle::types {
namespace {

using net::PortMapping;

std::string_view addressOf(const PortMapping& port) {
    return port.hostIp == "0.0.0.0" ? std::string_view() : std::string_view(port.hostIp);
}

/// Whether both cannot be published at once: the same port of this computer on addresses of which one covers
/// the other. A port that is still to be chosen is in nobody's way.
bool collides(const PortMapping& left, const PortMapping& right) {
    const bool sameAddress =
        addressOf(left).empty() || addressOf(right).empty() || addressOf(left) == addressOf(right);
    return left.hostPort != 0 && left.hostPort == right.hostPort && left.protocol == right.protocol &&
           sameAddress;
}

}  // namespace

bool coversPort(const PortMapping& wanted, const PortMapping& port) {
    return wanted.containerPort == port.containerPort && wanted.protocol == port.protocol &&
           (wanted.hostPort == 0 || wanted.hostPort == port.hostPort) &&
           (addressOf(wanted).empty() || addressOf(wanted) == addressOf(port));
}

Result<std::vector<SharedPort>> changePorts(const std::vector<SharedPort>& ports,
                                            const SharingChange& change) {
    std::vector<SharedPort> changed = ports;
    for (const PortMapping& wanted : change.removePorts) {
        const auto removed = std::erase_if(changed, [&](const auto& port) {
            return coversPort(wanted, port.asked) || coversPort(wanted, port.published);
        });
        if (removed == 0) {
            return Error(ErrorKind::NotFound, "port '" + toText(wanted) + "' is not published");
        }
    }
    for (const PortMapping& added : change.addPorts) {
        const auto other = std::find_if(changed.begin(), changed.end(), [&](const auto& port) {
            return collides(added, port.published) || added == port.asked;
        });
        if (other != changed.end()) {
            return Error(ErrorKind::AlreadyExists, "port '" + toText(added) + "' is published already, as '" +
                                                       toText(other->published) + "'")
                .withHint("take that one away first: --publish-rm " + toText(other->published));
        }
        changed.push_back({added, added});
    }
    return changed;
}

}  // namespace coracle::types
