// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/console.h"

#include <cstdint>
#include <functional>
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

/// What a verb says about one option.
struct OptionDescription {
    std::string names;      ///< "-a,--all"
    std::string valueName;  ///< empty: a switch
    std::string help;       ///< lines
};

/// What a verb says about itself; help, completion and manual pages are made of it.
struct VerbDescription {
    std::string name;   ///< "coracle container ls"
    std::string usage;  ///< "[OPTIONS] CONTAINER [CONTAINER...]"
    std::string summary;
    std::vector<OptionDescription> options;
};

/// As docker prints it for --help: usage, summary, aliases, options by name.
std::string helpText(const VerbDescription& description);

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
    /// An option of docker that does nothing here: one warning that says why.
    VerbParser& ignored(const std::string& names, const std::string& valueName, const std::string& why);
    /// An option of docker that cannot be had: an error that says why.
    VerbParser& refused(const std::string& names, const std::string& why);
    /// Words that are not options; at least `least` and at most `most` of them.
    VerbParser& words(Words& target, std::size_t least, std::size_t most,
                      OptionPlacement placement = OptionPlacement::Anywhere);

    /// One word less will do when `chosen` says so, after the options are known.
    VerbParser& fewerWords(std::function<bool()> chosen);

    /// none: go on. Otherwise the exit code: help was printed, or an error was reported: 125 for an
    /// option that is none or has no value, 1 for a wrong number of words, both as docker's.
    std::optional<int> parse(Console& console, const Words& arguments);

private:
    /// CLI11's object and ours beside it; defined where that library is included.
    struct State;
    std::optional<int> takeWords(Console& console, const Words& found) const;
    void addForeign();
    void ignore(const std::string& names, bool takesValue, const std::string& why);
    void refuse(const std::string& names, const std::string& why);
    std::unique_ptr<State> m_state;
};

inline constexpr std::size_t kAnyNumber = SIZE_MAX;

/// Help of --format where the output is a list, and where it is a document.
inline constexpr const char* kFormatHelp =
    "Format output using a custom template:\n"
    "'table':            Print output in table format with column headers (default)\n"
    "'table TEMPLATE':   Print output in table format using the given Go template\n"
    "'json':             Print in JSON format\n"
    "'TEMPLATE':         Print output using the given Go template.";
inline constexpr const char* kDocumentFormatHelp =
    "Format output using a custom template:\n"
    "'json':             Print in JSON format\n"
    "'TEMPLATE':         Print output using the given Go template.";

}  // namespace coracle::cli
