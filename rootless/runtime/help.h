// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What `--help` says. For people: the verbs and their options in one line each.
namespace coracle::runtime {

/// The usage of the whole program, each verb with its line.
std::string usageText();

/// The usage of a verb when its options ask for it: `--help` or `-h` before the first word that is none.
/// none: nobody asked. Pure.
std::optional<std::string> helpFor(std::string_view verb, std::span<const std::string> words);

}  // namespace coracle::runtime
