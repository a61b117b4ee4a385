// SPDX-License-Identifier: Apache-2.0
#include "core/cli/container_choice.h"

#include "core/cli/container_rows.h"
#include "core/cli/verb_helpers.h"
#include "rootless/sys/file.h"

#include <algorithm>

namespace coracle::cli {
namespace {

using types::ContainerStatus;
using types::ContainerSummary;

/// An id and a line break.
constexpr std::size_t kMaxIdFileBytes = 4096;

bool isOneOf(const ContainerSummary& summary, ContainersThat which) {
    const bool runs = summary.pid > 0 || summary.status == ContainerStatus::Starting ||
                      summary.status == ContainerStatus::Restarting;
    switch (which) {
    case ContainersThat::Run:
        return runs;
    case ContainersThat::DoNotRun:
        return !runs;
    case ContainersThat::ArePaused:
        return summary.status == ContainerStatus::Paused;
    case ContainersThat::Exist:
        break;
    }
    return true;
}

Result<std::string> latestOf(engine::Engine& engine) {
    TRY_ASSIGN(const auto containers, engine.containers().list());
    if (containers.empty()) {
        return Error(ErrorKind::NotFound, "there is no container");
    }
    return containers.front().id;
}

Result<std::string> idFrom(const std::string& file) {
    TRY_ASSIGN(auto text, sys::readNamedInput(file, kMaxIdFileBytes));
    text = text.substr(0, text.find_first_of(" \t\r\n"));
    return text.empty() ? Result<std::string>(Error(ErrorKind::InvalidArgument, "'" + file + "' holds no id"))
                        : Result<std::string>(std::move(text));
}

}  // namespace

void ContainerChoice::declare(VerbParser& parser, const std::string& filterFlag,
                              const std::string& latestFlag) {
    parser.option(filterFlag, filters, "FILTER", "Those for which a condition holds, as 'ps' has it")
        .flag(latestFlag, latest, kLatestHelp)
        .words(names, 1, kAnyNumber)
        .fewerWords([this] { return isMade(); });
}

void ContainerChoice::declareIdFiles(VerbParser& parser) {
    parser.option("--cidfile", idFiles, "FILE", "The container whose id a file holds");
}

Result<Words> ContainerChoice::choose(engine::Engine& engine, ContainersThat which) const {
    const bool named = !names.empty() || !idFiles.empty();
    if (int(named) + int(latest) + int(all || !filters.empty()) > 1) {
        return Error(ErrorKind::InvalidArgument,
                     "names of containers, --latest, and --all with or without --filter exclude each other");
    }
    if (latest) {
        TRY_ASSIGN(auto id, latestOf(engine));
        return Words{std::move(id)};
    }
    if (named) {
        Words chosen = names;
        for (const auto& file : idFiles) {
            TRY_ASSIGN(auto id, idFrom(file));
            chosen.push_back(std::move(id));
        }
        return chosen;
    }
    TRY_ASSIGN(const auto wanted, parseFilters(filters));
    TRY_ASSIGN(auto containers, engine.containers().list());
    TRY_ASSIGN(const auto passed, filterContainers(std::move(containers), wanted));
    Words chosen;
    for (const auto& summary : passed) {
        if (isOneOf(summary, which)) {
            chosen.push_back(summary.id);
        }
    }
    return chosen;
}

Result<> takeLatest(engine::Engine& engine, bool latest, Words& words) {
    if (latest) {
        TRY_ASSIGN(auto id, latestOf(engine));
        words.insert(words.begin(), std::move(id));
    }
    return {};
}

}  // namespace coracle::cli
