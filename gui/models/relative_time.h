// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>

namespace coracle::gui {

/// How long ago, in the largest unit that fits: "6 h", "3 weeks", "just now". The exact time belongs into the
/// tooltip.
QString relativeTime(std::chrono::system_clock::time_point time,
                     std::chrono::system_clock::time_point now = std::chrono::system_clock::now());
/// Date and time as the desktop writes them.
QString exactTime(std::chrono::system_clock::time_point time);

}  // namespace coracle::gui
