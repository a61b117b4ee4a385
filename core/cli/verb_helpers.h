// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace coracle::cli {

/// Do something to each of `names`, print the name on success and the error otherwise, and go on: docker's
/// rule for verbs that take several objects. The exit code: that of the first failure.
int forEach(Context& context, const Words& names, const std::function<Result<>(const std::string&)>& action);

/// The same with what to print on success; an empty text prints nothing.
int forEachPrinting(Context& context, const Words& names,
                    const std::function<Result<std::string>(const std::string&)>& action);

/// Engine errors of most verbs.
#define CORACLE_CLI_ENGINE(var, context)                              \
    auto var##Opened = (context).engine();                            \
    if (!var##Opened) {                                               \
        return reportError((context).console(), var##Opened.error()); \
    }                                                                 \
    engine::Engine& var = **var##Opened

/// Volumes that words name, or all that there are, by name. Errors: InvalidArgument for both or neither.
Result<Words> chosenVolumes(engine::Engine& engine, const std::string& verb, const Words& names, bool all);

/// For verbs that write an archive: an exit code when it would go to a terminal, with the error said.
std::optional<int> refuseTerminal(Console& console, const types::OutputPlace& place);
/// For verbs that read one: the same for one that would come from a terminal. option: "--input", or nothing
/// when the file is an argument.
std::optional<int> refuseTerminal(Console& console, const types::InputPlace& place,
                                  const std::string& option);

/// Print the id of a new image, and warnings. The exit code.
int reportMade(Console& console, const Result<types::MadeImage>& made);

/// "name=value" -> the two parts; no '=' gives an empty value.
std::pair<std::string, std::string> splitAssignment(const std::string& text);

/// `--filter key=value`. Errors: InvalidArgument without '='.
Result<std::vector<std::pair<std::string, std::string>>> parseFilters(const Words& filters);

/// docker's answer to a filter that a verb does not know.
Error unknownFilter(const std::string& key, std::span<const std::string_view> known);

/// "true", "1", "T" ... as Go's strconv.ParseBool. Errors: InvalidArgument naming the filter.
Result<bool> filterBool(const std::string& key, const std::string& value);

/// A filter's value as docker matches it: the same text, or a regular expression that is somewhere in it. One
/// that is no expression matches only itself.
class Pattern {
public:
    explicit Pattern(std::string text);
    bool matches(const std::string& text) const;

private:
    std::string m_text;
    std::shared_ptr<const void> m_compiled;  ///< shared by copies, which nobody changes
};

/// Whether `labels` satisfy "key" (it is there) or "key=value" (it is that).
bool hasLabel(const std::map<std::string, std::string>& labels, const std::string& wanted);

/// "a=b,c=d", in order of the keys; not escaped.
std::string labelText(const std::map<std::string, std::string>& labels);

/// Value of an environment variable of ours. Not for threads that run while another one sets some.
std::optional<std::string> environment(const std::string& name);

/// The folder that relative paths are below.
std::string currentDirectory();

/// Whether whoever started this program has handed these descriptors to it; before the engine is opened,
/// which opens its own. Errors: InvalidArgument naming the first that is not open.
Result<> requireHandedOn(const std::vector<int>& descriptors);

}  // namespace coracle::cli
