// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/confinement.h"
#include "rootless/sys/result.h"

#include <string>
#include <string_view>

/// What holds a container back, read from what enforces it. The documents are the very ones that
/// coracle-runtime reads at the start, so what is shown and what is done cannot drift apart as two
/// derivations from the options of `run` would; what the kernel says of the running process is put beside
/// them, because the documents of a running container are only a promise about its next start.
namespace coracle::container {

/// What the two documents say. bundleFolder: its own files in the mounts are not shared by anybody. Pure.
/// Errors: Corrupt.
Result<types::Confinement> describeConfinement(std::string_view configText, std::string_view extensionText,
                                               const std::string& bundleFolder);

/// Read the text of /proc/PID/status (proc_pid_status(5): CapBnd, NoNewPrivs, Seccomp_filters). Pure.
/// Errors: Corrupt when a row is missing.
Result<types::ObservedConfinement> parseObserved(std::string_view statusText);

}  // namespace coracle::container
