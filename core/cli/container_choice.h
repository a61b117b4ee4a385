// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb.h"

#include <cstdint>

namespace coracle::cli {

/// Which containers a verb may be for when they are not named.
enum class ContainersThat : std::uint8_t { Exist, Run, DoNotRun, ArePaused };

/// Containers that a verb is for: those named, or as podman's options choose them. Declared to the parser,
/// asked after it.
struct ContainerChoice {
    Words names;
    bool all = false;
    bool latest = false;
    Words filters;
    Words idFiles;

    /// --filter, --latest and the words, of which there may be none when something else chooses.
    /// `latestFlag`: with the letter that is free for it. `all` is the verb's to declare, since its letter
    /// differs.
    void declare(VerbParser& parser, const std::string& filterFlag, const std::string& latestFlag);
    /// --cidfile.
    void declareIdFiles(VerbParser& parser);
    /// Whether anything but a name chooses.
    bool isMade() const { return all || latest || !filters.empty() || !idFiles.empty(); }
    /// Full ids of what is chosen, and names as they were typed. Errors: InvalidArgument when names,
    /// --latest, and --all or --filter come together; NotFound for --latest without any; those of reading a
    /// file.
    Result<Words> choose(engine::Engine& engine, ContainersThat which) const;
};

/// --latest of a verb for one container: its id goes to the front of `words`. Errors: NotFound when there is
/// none.
Result<> takeLatest(engine::Engine& engine, bool latest, Words& words);

/// Its help text.
inline constexpr const char* kLatestHelp = "The container that was made last, instead of a name";

}  // namespace coracle::cli
