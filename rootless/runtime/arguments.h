// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rootless/sys/result.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

    bool has(std::string_view name) const { return options.find(name) != options.end(); }
    std::string value(std::string_view name, std::string_view otherwise = "") const;
    /// Errors: InvalidArgument.
    Result<int> number(std::string_view name, int otherwise) const;
};

/// Options end at the first word that is none, so that a command's own options stay with it.
/// Errors: InvalidArgument for an unknown option or a missing value.
Result<Arguments> parseArguments(std::span<const std::string> words, std::span<const OptionSpec> specs);

}  // namespace coracle::runtime
