// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <string>
#include <string_view>
#include <vector>

/// Names of the container device interface, as people type them.
namespace coracle::types {

/// Whether a value of --device names a device of a description and not a file: it does not begin with '/' and
/// has a '='. checkCdiName() says whether it can be one.
bool isCdiName(std::string_view text);

/// VENDOR/CLASS=NAME. Errors: InvalidArgument. Source: Container Device Interface Specification 1.0, "Kind",
/// "CDI Devices".
Result<> checkCdiName(std::string_view text);

/// The parts of such a name.
struct CdiName {
    std::string kind;  ///< "vendor.com/class"
    std::string name;
};
/// Errors: InvalidArgument.
Result<CdiName> parseCdiName(std::string_view text);

/// What docker's --gpus takes, as names of devices: `all`, a number, `device=0,1` with quotes around it. The
/// first ones are taken for a number. Errors: InvalidArgument; Unsupported for what is not nvidia's.
Result<std::vector<std::string>> parseGpus(const std::string& text);

}  // namespace coracle::types
