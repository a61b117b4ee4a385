// SPDX-License-Identifier: Apache-2.0
#include "core/cli/confirm.h"
#include "core/cli/interrupt.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/upkeep.h"
#include "core/text/escape.h"
#include "core/text/moment.h"
#include "core/text/units.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace coracle::cli {
namespace {

using types::ObjectKind;

constexpr std::array<std::string_view, 3> kKeys = {"label", "label!", "until"};
constexpr std::array<std::string_view, 4> kImageKeys = {"dangling", "label", "label!", "until"};
constexpr std::array<std::string_view, 4> kVolumeKeys = {"all", "label", "label!", "until"};

/// What all prunes take.
struct PruneWords {
    bool force = false;
    Words filters;
    Words none;
};

/// docker reads labels that are not wanted as "label!=key=value".
Result<> understand(const Words& words, std::span<const std::string_view> keys,
                    types::PruneOptions& options) {
    TRY_ASSIGN(const auto filters, parseFilters(words));
    for (const auto& [key, value] : filters) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
            return unknownFilter(key, keys);
        }
        if (key == "label") {
            options.labels.push_back(value);
        } else if (key == "label!") {
            options.notLabels.push_back(value);
        } else if (key == "until") {
            TRY_ASSIGN(options.until, text::parseMoment(value, std::chrono::system_clock::now()));
        } else if (key == "dangling") {
            TRY_ASSIGN(const bool dangling, filterBool(key, value));
            options.allImages = !dangling;
        } else {
            TRY_ASSIGN(options.allVolumes, filterBool(key, value));
        }
    }
    return {};
}

/// Names, and what it comes to: what follows docker's warning.
std::string preview(const types::PrunePlan& plan) {
    std::string text;
    for (const auto& item : plan.items) {
        text += "  - " + describe(item.kind, item.name, item.id) + "\n";
    }
    return "Exactly these, which take " + text::humanSize(plan.bytes) + ":\n" + text;
}

void printBlock(Console& console, const char* title, const Words& lines) {
    if (lines.empty()) {
        return;
    }
    console.out(std::string(title) + "\n");
    for (const auto& line : lines) {
        console.out(text::escapeForTerminal(line) + "\n");
    }
    console.out("\n");
}

/// On standard error, where scripts do not look: what docker has no words for.
void printRemarks(Console& console, const types::Pruned& pruned) {
    for (const auto& failure : pruned.failures) {
        console.err("coracle: " + text::escapeForTerminal(failure) + "\n");
    }
    if (pruned.kept && pruned.bytes > 0 && console.errIsTerminal()) {
        console.err(
            "It is in the trash: 'coracle undo' brings it back, and the space is free once"
            " 'coracle trash empty' or its age has deleted it.\n");
    }
}

/// docker's rules: the question unless forced or there is nothing to ask about, blocks of what went, the sum.
int prune(Context& context, const std::string& verb, const std::string& warning, const PruneWords& words,
          const types::PruneOptions& options) {
    Console& console = context.console();
    CORACLE_CLI_ENGINE(engine, context);
    const Interrupt interrupt;
    const auto plan = engine.upkeep().planPrune(options, interrupt.token());
    if (!plan) {
        return reportError(console, plan.error());
    }
    for (const auto& item : plan->protectedItems) {
        console.err("coracle: " + describe(item.kind, item.name, item.id) + " is protected, and stays\n");
    }
    if (!words.force && !plan->items.empty() && !confirm(console, warning + "\n" + preview(*plan))) {
        return cancelled(console, verb);
    }
    const auto pruned = engine.upkeep().prune(*plan, interrupt.token());
    if (!pruned) {
        return reportError(console, pruned.error());
    }
    printBlock(console, "Deleted Containers:", pruned->containers);
    printBlock(console, "Deleted Volumes:", pruned->volumes);
    Words images;
    for (const auto& name : pruned->untagged) {
        images.push_back("untagged: " + name);
    }
    for (const auto& digest : pruned->deletedImages) {
        images.push_back("deleted: " + digest);
    }
    printBlock(console, "Deleted Images:", images);
    console.out("Total reclaimed space: " + text::humanSize(pruned->bytes) + "\n");
    console.flush();
    printRemarks(console, *pruned);
    return pruned->failures.empty() ? 0 : 1;
}

/// What the four share: the words, docker's filters, the pruning. `warning` is asked for when all are read.
int pruneByWords(Context& context, VerbParser& parser, const Words& arguments, PruneWords& words,
                 std::span<const std::string_view> keys, types::PruneOptions& options,
                 const std::string& verb, const std::function<std::string()>& warning) {
    parser.option("--filter", words.filters, "filter", "Provide filter values (e.g. \"label=<key>=<value>\")")
        .flag("-f,--force", words.force, "Do not prompt for confirmation")
        .words(words.none, 0, 0);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    if (const auto done = understand(words.filters, keys, options); !done) {
        return reportError(context.console(), done.error(), 1);
    }
    if (options.containers && options.volumes && options.until) {
        return reportError(
            context.console(),
            Error(ErrorKind::InvalidArgument, "the \"until\" filter is not supported with \"--volumes\""), 1);
    }
    return prune(context, verb, warning(), words, options);
}

std::string systemWarning(bool all, bool volumes, const Words& filters) {
    std::string text = "WARNING! This will remove:\n  - all stopped containers\n";
    text += volumes ? "  - all anonymous volumes not used by at least one container\n" : "";
    text += all ? "  - all images without at least one container associated to them\n"
                : "  - all dangling images\n";
    if (!filters.empty()) {
        text += "\n  Items to be pruned will be filtered with:\n";
        for (const auto& filter : filters) {
            text += "  - " + filter + "\n";
        }
    }
    return text;
}

}  // namespace

int cmdContainerPrune(Context& context, const std::string& name, const Words& arguments) {
    PruneWords words;
    types::PruneOptions options;
    options.containers = true;
    VerbParser parser(name, "[OPTIONS]", "Remove all stopped containers");
    return pruneByWords(context, parser, arguments, words, kKeys, options, "container prune",
                        [] { return "WARNING! This will remove all stopped containers."; });
}

int cmdImagePrune(Context& context, const std::string& name, const Words& arguments) {
    PruneWords words;
    types::PruneOptions options;
    options.images = true;
    VerbParser parser(name, "[OPTIONS]", "Remove unused images");
    parser.flag("-a,--all", options.allImages, "Remove all unused images, not just dangling ones");
    return pruneByWords(context, parser, arguments, words, kImageKeys, options, "image prune", [&] {
        return options.allImages ? "WARNING! This will remove all images without at least one container "
                                   "associated to them."
                                 : "WARNING! This will remove all dangling images.";
    });
}

int cmdVolumePrune(Context& context, const std::string& name, const Words& arguments) {
    PruneWords words;
    types::PruneOptions options;
    options.volumes = true;
    VerbParser parser(name, "[OPTIONS]", "Remove unused local volumes");
    parser.flag("-a,--all", options.allVolumes, "Remove all unused volumes, not just anonymous ones");
    return pruneByWords(context, parser, arguments, words, kVolumeKeys, options, "volume prune", [&] {
        return options.allVolumes ? "WARNING! This will remove all local volumes not used by at least one "
                                    "container."
                                  : "WARNING! This will remove anonymous local volumes not used by at least "
                                    "one container.";
    });
}

int cmdSystemPrune(Context& context, const std::string& name, const Words& arguments) {
    PruneWords words;
    types::PruneOptions options;
    options.containers = true;
    options.images = true;
    VerbParser parser(name, "[OPTIONS]", "Remove unused data");
    parser.flag("-a,--all", options.allImages, "Remove all unused images not just dangling ones")
        .flag("--volumes", options.volumes, "Prune anonymous volumes");
    return pruneByWords(context, parser, arguments, words, kKeys, options, "system prune",
                        [&] { return systemWarning(options.allImages, options.volumes, words.filters); });
}

}  // namespace coracle::cli
