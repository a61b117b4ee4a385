// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace coracle::cli {

/// An option of docker's or podman's that a verb has not. It is not in the verb's help: whoever types it
/// wants to know why, and nobody else.
struct ForeignFlag {
    std::string_view verbs;      ///< first spellings, separated by '|'
    std::string_view names;      ///< "-c,--compress"
    std::string_view valueName;  ///< of one that is ignored; empty: a switch
    bool ignored = false;        ///< taken with a warning; else an error
    std::string_view why;        ///< half a sentence, with what to do instead
};

/// The table; lasts for the program. `run`, `create` have their own (types/run_options.h).
std::span<const ForeignFlag> foreignFlags();

/// Whether a row is for a verb: "container prune".
bool isForVerb(const ForeignFlag& flag, std::string_view verb);

}  // namespace coracle::cli
