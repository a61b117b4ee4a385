// SPDX-License-Identifier: Apache-2.0
#include "core/cli/resource_words.h"
#include "core/cli/run_verbs.h"
#include "core/cli/verb_helpers.h"
#include "core/engine/trash.h"
#include "core/types/run_command.h"

#include <algorithm>
#include <string_view>

namespace coracle::cli {
namespace {

/// "web" gives "web-clone", then "web-clone1", "web-clone2": podman's names.
Result<std::string> freeCloneName(engine::Engine& engine, const std::string& original) {
    constexpr std::string_view kWord = "-clone";
    std::string base = original;
    const auto at = base.rfind(kWord);
    if (at != std::string::npos &&
        base.find_first_not_of("0123456789", at + kWord.size()) == std::string::npos) {
        base.resize(at);
    }
    base += kWord;
    TRY_ASSIGN(const auto containers, engine.containers().list());
    const auto taken = [&](const std::string& name) {
        return std::any_of(containers.begin(), containers.end(),
                           [&](const auto& container) { return container.name == name; });
    };
    std::string name = base;
    for (std::size_t number = 1; taken(name); ++number) {
        name = base + std::to_string(number);
    }
    return name;
}

/// The image that the container was made of, by its name as long as that means it.
std::string imageOf(engine::Engine& engine, const types::ContainerDetails& details) {
    const auto named = engine.images().inspect(details.spec.image);
    const bool same = named && named->summary.id == details.summary.imageId;
    return same || details.summary.imageId.empty() ? details.spec.image : details.summary.imageId;
}

/// What a clone is told. Volumes by name are the same volumes; those that were made for the container alone
/// are made anew. What came from other containers is among the mounts already.
types::RunSpec specOf(engine::Engine& engine, const types::ContainerDetails& details) {
    types::RunSpec spec = details.spec;
    spec.image = imageOf(engine, details);
    spec.volumesFrom.clear();
    spec.pull = types::PullPolicy::Missing;
    return spec;
}

struct CloneWords {
    std::string name;
    bool destroy = false;
    bool force = false;
    bool run = false;
    Words words;  ///< container, name, image
};

/// Errors: Conflict when the original is to go and may not.
Result<> mayBeDestroyed(const types::ContainerDetails& details, const CloneWords& words) {
    const auto status = details.summary.status;
    const bool runs = status == types::ContainerStatus::Running || status == types::ContainerStatus::Paused ||
                      status == types::ContainerStatus::Restarting;
    return !words.destroy || words.force || !runs
               ? Result<>()
               : Error(ErrorKind::Conflict, "container '" + details.summary.name + "' is running")
                     .withHint("stop it first, or destroy it with --force");
}

/// The clone is there before the original goes. With the original's own name it gets that last.
Result<std::string> makeClone(Context& context, engine::Engine& engine, const CloneWords& words,
                              const ResourceWords& limits) {
    TRY_ASSIGN(const auto details, engine.containers().inspect(words.words[0]));
    TRY(mayBeDestroyed(details, words));
    const std::string original = details.summary.name;
    types::ParsedRunCommand parsed;
    parsed.spec = specOf(engine, details);
    TRY_ASSIGN(parsed.spec.resources, limits.applyTo(parsed.spec.resources));
    if (words.words.size() > 2) {
        parsed.spec.image = words.words[2];
    }
    const std::string wanted = words.words.size() > 1 ? words.words[1] : words.name;
    const bool takesName = words.destroy && wanted == original;
    parsed.spec.name = wanted;
    if (wanted.empty() || takesName) {
        TRY_ASSIGN(parsed.spec.name, freeCloneName(engine, original));
    }
    if (!types::isObjectName(parsed.spec.name)) {
        return Error(ErrorKind::InvalidArgument, "'" + parsed.spec.name + "' is not a container name");
    }
    TRY_ASSIGN(const auto created, createContainer(context, engine, parsed));
    if (words.destroy) {
        const auto force = words.force ? engine::Force::Yes : engine::Force::No;
        TRY(engine.containers().remove(details.summary.id, {force, false, engine::newRemovalBatch()}));
    }
    if (takesName) {
        TRY(engine.containers().rename(created.id, original));
    }
    if (words.run) {
        TRY(engine.containers().start(created.id, std::nullopt));
    }
    return created.id;
}

}  // namespace

int cmdContainerClone(Context& context, const std::string& name, const Words& arguments) {
    CloneWords words;
    ResourceWords limits(ResourceWords::Which::All);
    VerbParser parser(name, "[OPTIONS] CONTAINER [NAME [IMAGE]]",
                      "Make a container with the options of another, and none of the files it wrote");
    limits.addTo(parser);
    parser.option("--name", words.name, "NAME", "Name of the new container; the old one's with '-clone' else")
        .flag("--destroy", words.destroy, "Remove the old container")
        .flag("-f,--force", words.force, "With --destroy: kill it first when it runs")
        .flag("--run", words.run, "Start the new container")
        .refused("--pod", "there are no pods")
        .words(words.words, 1, 3);
    if (const auto exitCode = parser.parse(context.console(), arguments)) {
        return *exitCode;
    }
    const bool twice = words.words.size() > 1 && !words.name.empty() && words.words[1] != words.name;
    if (twice || (words.force && !words.destroy)) {
        return reportError(
            context.console(),
            twice ? Error(ErrorKind::InvalidArgument,
                          "two names were given: '" + words.words[1] + "' and '" + words.name + "'")
                  : Error(ErrorKind::InvalidArgument, "'--force' is for '--destroy'"));
    }
    CORACLE_CLI_ENGINE(engine, context);
    const auto made = makeClone(context, engine, words, limits);
    if (!made) {
        return reportError(context.console(), made.error());
    }
    context.console().out(*made + "\n");
    return 0;
}

}  // namespace coracle::cli
