// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"
#include "core/cli/process_columns.h"
#include "core/cli/verb_helpers.h"
#include "core/text/escape.h"

#include <algorithm>

namespace coracle::cli {
namespace {

/// docker's table of `top`: columns of at least twenty, three blanks between.
std::string tableOf(const std::vector<std::vector<std::string>>& rows) {
    constexpr std::size_t kLeast = 20;
    constexpr std::size_t kBetween = 3;
    std::vector<std::size_t> widths(rows.front().size(), kLeast);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size() + kBetween);
        }
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == row.size();
            text += row[i] + (last ? "" : std::string(widths[i] - row[i].size(), ' '));
        }
        text += "\n";
    }
    return text;
}

}  // namespace

/// What a process calls itself is a stranger's word.
int cmdTop(Context& context, const std::string& name, const Words& arguments) {
    Words words;
    bool latest = false;
    VerbParser parser(name, "[OPTIONS] CONTAINER [ps OPTIONS]",
                      "Show the processes of a container. PID is this computer's number; of podman's words\n"
                      "(pid user comm ...) it is the container's");
    parser.flag("-l,--latest", latest, kLatestHelp)
        .words(words, 1, kAnyNumber, OptionPlacement::BeforeFirstWord)
        .fewerWords([&] { return latest; });
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const auto columns = parseTopColumns({words.begin() + (latest ? 0 : 1), words.end()});
    if (!columns) {
        return reportError(context.console(), columns.error());
    }
    CORACLE_CLI_ENGINE(engine, context);
    if (const auto taken = takeLatest(engine, latest, words); !taken) {
        return reportError(context.console(), taken.error(), 1);
    }
    const auto processes = engine.resources().processes(words[0]);
    if (!processes) {
        return reportError(context.console(), processes.error());
    }
    std::vector<std::vector<std::string>> rows(1);
    for (const auto& column : *columns) {
        rows.front().push_back(column.heading);
    }
    for (const auto& process : *processes) {
        auto& row = rows.emplace_back();
        for (const auto& column : *columns) {
            const std::string text = column.text(process);
            row.push_back(context.console().outIsTerminal() ? text::escapeForTerminal(text) : text);
        }
    }
    context.console().out(tableOf(rows));
    return 0;
}

}  // namespace coracle::cli
