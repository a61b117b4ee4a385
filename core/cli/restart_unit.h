// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace coracle::cli {

inline constexpr const char* kRestartUnit = "coracle-restart.service";

/// The unit for systemd's user manager that starts containers with a restart policy when the manager starts:
/// at the first login, or with the computer where lingering is enabled. command: words that start them; the
/// first is an absolute path. Pure. Source: systemd.service(5), "Command lines"; systemd.unit(5).
std::string restartUnitText(const std::vector<std::string>& command);

}  // namespace coracle::cli
