// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"

#include <string>

namespace coracle::types {

/// A quadlet (`NAME.container`) that makes the container of `spec` under systemd. What podman has an option
/// for and quadlets have no key for goes through PodmanArgs=; what neither has a word for is a comment with
/// the option of `run` that says it, so nothing is lost silently. Pure. Source: podman-systemd.unit(5),
/// "Container units"; systemd.syntax(7); systemd.service(5), "Command lines".
std::string toQuadletText(const RunSpec& spec);

}  // namespace coracle::types
