// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/types/run_spec.h"
#include "rootless/sys/result.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The command line of `run` and `create`, in both directions: words to RunSpec and RunSpec to words. The
/// command line tool parses with it, the run dialog shows its output as the live preview, and `inspect`
/// prints it as the command that makes the same container; all three agree because there is one table of
/// options (run_options.cpp).
///
/// An own parser, not a library: docker's rules are those of Go's pflag (options end at the image, `-it`
/// clusters, `-eK=V`, `-e=K=V`, booleans take a value only after '='), which differ from what getopt and
/// CLI11 do at the points where scripts notice.
namespace coracle::types {

/// What the meaning of some words depends on besides the words themselves.
struct RunCommandContext {
    /// For `-e NAME` without a value. Unset: every name is absent.
    std::function<std::optional<std::string>(const std::string& name)> environment;
    /// For `-v ./data:/data`. Empty: a relative path is an error.
    std::string workingDirectory;
};

/// What the words of `run` or `create` mean.
struct ParsedRunCommand {
    RunSpec spec;
    /// One line for each option that is accepted for the sake of old scripts but does nothing.
    std::vector<std::string> warnings;
    /// How the command line attaches to a container it runs in the foreground; not a part of the container.
    std::optional<std::string> detachKeys;
    /// Signals to the command line are passed on to the container.
    bool signalProxy = true;
    /// Where the new container's id is written; the file must not exist.
    std::optional<std::string> cidFile;
    bool quiet = false;    ///< no progress of a pull
    bool replace = false;  ///< a container that has the name is removed first
    /// Descriptors of this program that the container's first run has under the same numbers; of `run` alone.
    std::vector<int> preservedFds;
    bool countedFds = false;  ///< they were given by --preserve-fds
    /// With a root that is read-only, folders in memory are mounted where programs write; in spec.mounts
    /// then.
    bool readOnlyTmpfs = false;
    /// Only options were given; the spec means nothing then.
    bool withoutImage = false;
    /// `--help` was given; the spec means nothing then.
    bool help = false;
};

/// Parse the words after `run` or `create`.
/// Errors: InvalidArgument (unknown option with the nearest name as hint, malformed value);
/// Unsupported for options that docker has and Coracle has not yet. Nothing is silently dropped.
/// Source: docker run(1); spf13/pflag for the order rules.
Result<ParsedRunCommand> parseRunCommand(const std::vector<std::string>& words,
                                         const RunCommandContext& context = {});

/// The shortest words that parse to `spec`, without the program and the verb:
/// parseRunCommand(toArguments(s)).spec == s for every spec that came out of the parser.
std::vector<std::string> toArguments(const RunSpec& spec);

/// The whole command: "coracle", "run", and the arguments.
std::vector<std::string> toCommand(const RunSpec& spec);

/// One line for a POSIX shell that yields exactly these words; quotes only where it has to. Safe to
/// paste: every word is either made of harmless characters or in single quotes, inside which a shell
/// reads nothing (POSIX.1-2017 XCU 2.2.2). Line breaks stay inside the quotes.
std::string toShellText(const std::vector<std::string>& words);

/// One word of it, which is not the first: there a '=' would make it an assignment.
std::string toShellWord(std::string_view word);

/// Split text as a POSIX shell does, without expanding anything: blanks separate, '...', "..." and \ quote.
/// Errors: InvalidArgument for a quote that is not closed. splitShellText(toShellText(w)) == w.
Result<std::vector<std::string>> splitShellText(std::string_view text);

/// What `run --help` prints for one option.
struct RunOptionHelp {
    std::string_view name;         ///< "publish"
    char shortName;                ///< 'p'; 0: none
    std::string_view placeholder;  ///< "[IP:][HOST:]CONTAINER"; empty: a switch
    std::string_view help;
};
/// All options in the order of the help text; lasts for the program.
std::span<const RunOptionHelp> runOptionHelp();

/// Whether docker would take it as the name of a container or volume: letters, digits, '_', '.', '-', and
/// a letter or digit first.
bool isObjectName(std::string_view name);

}  // namespace coracle::types
