// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/container.h"
#include "rootless/sys/result.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <string>

/// Values in words, in the language and the number form of the person.
namespace coracle::gui::format {

using Time = std::chrono::system_clock::time_point;

inline QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// "1.49 GB", "812 kB": decimal units.
QString bytes(std::uint64_t bytes);
enum class Digits : std::uint8_t { Some, Whole };
/// "24.8%", "3.1%", "240%"; or "25%".
QString percent(double value, Digits digits = Digits::Some);
/// "2 min", "6 h", "3 d", "5 weeks"; "now" below a second.
QString duration(std::chrono::milliseconds span);
/// The same, up to now.
QString since(Time time);
/// The same for a sentence: "6 h ago", and "just now" for less than a second.
QString ago(Time time);
/// The same as seen at another moment than now.
QString ago(Time time, Time now);
/// "today 08:14", "yesterday 21:03", "14 May 2026 08:14".
QString moment(Time time);
/// For tooltips: date, time, zone.
QString exact(Time time);
/// "shop/api:2.3" for "docker.io/shop/api:2.3", "alpine" for "docker.io/library/alpine:latest".
QString shortReference(const std::string& reference);
/// The first twelve digits, without "sha256:".
QString shortId(const std::string& id);
/// Words quoted for a shell where that is needed, joined by spaces.
QString commandLine(const std::vector<std::string>& words);
/// The same, a line an option, joined by backslashes; a short one in one line.
QString commandLines(const std::vector<std::string>& words);
/// A message of the engine as a sentence begins: first letter large.
QString sentence(const std::string& message);
/// Message and hint of an error.
QString error(const Error& error);
/// Replace the home directory in front by "~".
QString homePath(const std::string& path);

}  // namespace coracle::gui::format
