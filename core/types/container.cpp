// SPDX-License-Identifier: Apache-2.0
#include "core/types/container.h"

namespace coracle::types {

std::string_view toText(ContainerStatus status) {
    switch (status) {
    case ContainerStatus::Created:
        return "created";
    case ContainerStatus::Starting:
        return "starting";
    case ContainerStatus::Running:
        return "running";
    case ContainerStatus::Paused:
        return "paused";
    case ContainerStatus::Stopping:
        return "stopping";
    case ContainerStatus::Restarting:
        return "restarting";
    case ContainerStatus::Exited:
        return "exited";
    case ContainerStatus::Unknown:
        break;
    }
    return "unknown";
}

}  // namespace coracle::types
