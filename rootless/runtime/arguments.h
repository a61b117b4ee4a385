// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Command lines of coracle-runtime. getopt_long(3) is not used: it permutes words and keeps global
/// state, and `exec ID ls -l` must leave "-l" alone.
namespace coracle::runtime {

/// An option of a verb.
struct OptionSpec {
    std::string_view name;  ///< with its dashes: "--bundle"
    char letter = '\0';     ///< 'b' for "-b"; NUL: none
    bool takesValue = false;
};

/// Words after a verb, taken apart.
struct Arguments {
    std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< by long name
    std::vector<std::string> words;

    /// Whether the option was given, with its long name.
    bool has(std::string_view name) const { return options.find(name) != options.end(); }
    /// The option's last value, or `otherwise`.
    std::string value(std::string_view name, std::string_view otherwise = "") const;
    /// The option's value as a number from 0 on, or `otherwise` without it. Errors: InvalidArgument for
    /// anything else.
    Result<int> number(std::string_view name, int otherwise) const;
};

/// Take words apart by the options a verb knows: "--name VALUE", "--name=VALUE", "-n VALUE"; a switch also as
/// "--name=true" and "--name=false". Options end
/// at the first word that is none, or after "--", so that a command's own options stay with it. Short
/// options are not joined ("-it").
/// Errors: InvalidArgument for an unknown option, a missing value, or a switch that is neither true nor
/// false.
Result<Arguments> parseArguments(std::span<const std::string> words, std::span<const OptionSpec> specs);

}  // namespace coracle::runtime
