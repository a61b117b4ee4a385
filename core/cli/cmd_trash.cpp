// SPDX-License-Identifier: Apache-2.0
#include "core/cli/confirm.h"
#include "core/cli/interrupt.h"
#include "core/cli/table.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"
#include "core/text/time.h"
#include "core/text/units.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortId = 12;

nlohmann::json rowOf(const types::Removal& removal, bool full) {
    const std::size_t colon = removal.id.find(':');
    const std::string hex = colon == std::string::npos ? removal.id : removal.id.substr(colon + 1);
    const bool isVolume = removal.kind == types::ObjectKind::Volume;
    return {{"Number", std::to_string(removal.number)},
            {"Kind", removal.contentOnly ? "content" : types::toText(removal.kind)},
            {"Name", removal.name.empty() ? "<none>" : removal.name},
            {"ID", full || isVolume ? removal.id : hex.substr(0, kShortId)},
            {"Batch", removal.batch},
            {"RemovedSince", text::humanAgo(removal.removedAt, std::chrono::system_clock::now())},
            {"RemovedAt", text::formatLocalTime(removal.removedAt)},
            {"Size", text::humanSize(removal.bytes)},
            {"Bytes", std::to_string(removal.bytes)}};
}

Listing trashListing() {
    Listing listing;
    listing.columns = {{"Number", "NUMBER"},        {"Kind", "KIND"}, {"Name", "NAME"}, {"ID", "ID"},
                       {"RemovedSince", "REMOVED"}, {"Size", "SIZE"}};
    listing.moreHeadings = {{"Batch", "BATCH"}, {"RemovedAt", "REMOVED AT"}, {"Bytes", "BYTES"}};
    listing.quiet = "{{.Number}}";
    listing.raw = "number: {{.Number}}\nkind: {{.Kind}}\nname: {{.Name}}\nsize: {{.Bytes}}\n";
    return listing;
}

/// Those that the words name, each by number, name or id. Errors: NotFound.
Result<std::vector<types::Removal>> choose(const std::vector<types::Removal>& removals, const Words& words) {
    if (words.empty()) {
        return removals;
    }
    std::vector<types::Removal> chosen;
    for (const auto& word : words) {
        const std::size_t before = chosen.size();
        std::copy_if(removals.begin(), removals.end(), std::back_inserter(chosen), [&](const auto& removal) {
            return word == std::to_string(removal.number) || word == removal.name || word == removal.id;
        });
        if (chosen.size() == before) {
            return Error(ErrorKind::NotFound, "there is no '" + word + "' in the trash")
                .withHint("'coracle trash ls' lists what is there");
        }
    }
    return chosen;
}

std::string warningFor(const std::vector<types::Removal>& chosen) {
    std::string text = "WARNING! This will delete for good:\n";
    std::uint64_t bytes = 0;
    for (const auto& removal : chosen) {
        text += "  - " + describe(removal) + ", " + text::humanSize(removal.bytes) + "\n";
        bytes += removal.bytes;
    }
    return text + "This frees " + text::humanSize(bytes) + ".";
}

int setProtected(Context& context, const std::string& name, const Words& arguments, bool wanted) {
    Words names;
    VerbParser parser(name, "NAME|ID [NAME|ID...]",
                      wanted ? "Keep containers, images or volumes from being removed"
                             : "Let containers, images or volumes be removed again");
    parser.words(names, 1, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    return forEach(context, names, [&](const std::string& object) -> Result<> {
        TRY(engine.trash().setProtected(object, wanted));
        return {};
    });
}

}  // namespace

int cmdTrashLs(Context& context, const std::string& name, const Words& arguments) {
    bool quiet = false;
    bool full = false;
    std::string format;
    Words none;
    VerbParser parser(name, "[OPTIONS]", "List what was removed and can be brought back");
    parser.option("--format", format, "string", kFormatHelp)
        .flag("--no-trunc", full, "Don't truncate output")
        .flag("-q,--quiet", quiet, "Only display numbers")
        .words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto removals = engine.trash().list({});
    if (!removals) {
        return reportError(context.console(), removals.error());
    }
    Listing listing = trashListing();
    for (const auto& removal : *removals) {
        listing.rows.push_back(rowOf(removal, full));
    }
    return printListing(context.console(), listing, format, quiet);
}

int cmdTrashEmpty(Context& context, const std::string& name, const Words& arguments) {
    bool force = false;
    Words words;
    VerbParser parser(name, "[OPTIONS] [NUMBER|NAME...]", "Delete for good what the trash keeps");
    parser.flag("-f,--force", force, "Do not prompt for confirmation").words(words, 0, kAnyNumber);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    Console& console = context.console();
    const auto removals = engine.trash().list({});
    if (!removals) {
        return reportError(console, removals.error());
    }
    const auto chosen = choose(*removals, words);
    if (!chosen) {
        return reportError(console, chosen.error(), 1);
    }
    if (!force && !chosen->empty() && !confirm(console, warningFor(*chosen))) {
        return cancelled(console, "trash empty");
    }
    std::vector<std::int64_t> numbers;
    std::transform(chosen->begin(), chosen->end(), std::back_inserter(numbers),
                   [](const auto& removal) { return removal.number; });
    types::EmptiedTrash emptied;
    if (!numbers.empty()) {
        const Interrupt interrupt;
        auto done = engine.trash().empty(numbers, interrupt.token());
        if (!done) {
            return reportError(console, done.error());
        }
        emptied = *std::move(done);
    }
    for (const auto& removal : emptied.removals) {
        console.out("Deleted: " + describe(removal) + "\n");
    }
    console.out((emptied.removals.empty() ? "" : "\n") + std::string("Total reclaimed space: ") +
                text::humanSize(emptied.bytes) + "\n");
    return 0;
}

/// For the process that a removing command leaves behind.
int cmdTrashTidy(Context& context, const std::string& name, const Words& arguments) {
    Words none;
    VerbParser parser(name, "", "Measure what is in the trash, and delete what is too old or too much");
    parser.words(none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto done = engine.trash().tidy({});
    return done ? 0 : reportError(context.console(), done.error());
}

int cmdProtect(Context& context, const std::string& name, const Words& arguments) {
    return setProtected(context, name, arguments, true);
}

int cmdUnprotect(Context& context, const std::string& name, const Words& arguments) {
    return setProtected(context, name, arguments, false);
}

}  // namespace coracle::cli
