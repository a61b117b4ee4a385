// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coracle::cli {

using Words = std::vector<std::string>;

/// Where options may stand.
enum class OptionPlacement : std::uint8_t {
    Anywhere,         ///< `rm ID -f`
    BeforeFirstWord,  ///< `exec -i ID ls -l`: what follows belongs to the command
};

/// Options of one verb: declared in one place, parsed by CLI11 and printed as help in docker's form. CLI11 is
/// behind this class so that it is compiled once and built for the one verb that runs.
class VerbParser {
public:
    /// usage: what follows the name, "[OPTIONS] CONTAINER [CONTAINER...]".
    VerbParser(std::string name, std::string usage, std::string summary);
    ~VerbParser();
    VerbParser(const VerbParser&) = delete;
    VerbParser& operator=(const VerbParser&) = delete;

    /// names: "-a,--all". `-a`, `--all`, `--all=false`, and clusters such as `-it` are understood. The
    /// target keeps its value when the flag is not given; it has to outlive parse(), as all targets here.
    VerbParser& flag(const std::string& names, bool& target, const std::string& help);
    /// Given several times, the last value counts.
    VerbParser& option(const std::string& names, std::string& target, const std::string& valueName,
                       const std::string& help);
    VerbParser& option(const std::string& names, std::optional<std::string>& target,
                       const std::string& valueName, const std::string& help);
    VerbParser& option(const std::string& names, std::optional<std::int64_t>& target,
                       const std::string& valueName, const std::string& help);
    /// May be given several times, one value each.
    VerbParser& option(const std::string& names, std::vector<std::string>& target,
                       const std::string& valueName, const std::string& help);
    /// Words that are not options; at least `least` and at most `most` of them.
    VerbParser& words(Words& target, std::size_t least, std::size_t most,
                      OptionPlacement placement = OptionPlacement::Anywhere);

    /// none: go on. Otherwise the exit code: help was printed, or an error was reported: 125 for an
    /// option that is none or has no value, 1 for a wrong number of words, both as docker's.
    std::optional<int> parse(Console& console, const Words& arguments);

    /// The help text in docker's form.
    std::string help() const;

private:
    /// CLI11's object and ours beside it; defined where that library is included.
    struct State;
    std::optional<int> takeWords(Console& console, const Words& found) const;
    std::unique_ptr<State> m_state;
};

inline constexpr std::size_t kAnyNumber = SIZE_MAX;

}  // namespace coracle::cli
