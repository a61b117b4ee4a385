// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/process_info.h"
#include "rootless/sys/result.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace coracle::cli {

/// A column of `top`.
struct ProcessColumn {
    std::string heading;
    std::function<std::string(const types::ProcessInfo&)> text;
};

/// Which columns the words after the container ask for: options of ps(1) as docker takes them (none: -ef;
/// "aux",
/// "-eo pid,comm=NAME"), or podman's words ("pid user comm"), where "pid" is the container's number. Pure.
/// Errors: InvalidArgument for what is neither, naming what there is.
Result<std::vector<ProcessColumn>> parseTopColumns(const std::vector<std::string>& words);

/// "1-02:03:04", "03:04" as ps writes how long a process lives. Pure.
std::string elapsedText(std::chrono::seconds span);

}  // namespace coracle::cli
