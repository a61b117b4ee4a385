// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>
#include <vector>

/// Ports that a container says it listens on. Pure.
namespace coracle::types {

/// `--expose PORT[-PORT][/PROTOCOL]` as single ports in the form of image configurations: "80/tcp".
/// Errors: InvalidArgument.
Result<std::vector<std::string>> parseExposed(std::string_view text);

/// The image's ports and those of `--expose`, each once, by number; what cannot be read is left out, as the
/// image's are a stranger's words.
std::vector<std::string> exposedPorts(const std::vector<std::string>& image,
                                      const std::vector<std::string>& options);

/// What is published: the ports of the person, and with --publish-all every exposed port that is not among
/// them, on a free port of this computer.
std::vector<net::PortMapping> portsToPublish(const RunSpec& spec, const std::vector<std::string>& exposed);

}  // namespace coracle::types
