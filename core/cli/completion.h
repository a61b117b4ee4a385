// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cli/verb.h"

#include <string>
#include <vector>

/// Shell completion and manual pages, made of the tables that parse and explain the verbs, so that they
/// cannot name what is not there. Nothing of this is touched unless it is asked for.
namespace coracle::cli {

/// What a verb's words name.
enum class CompletedObject : std::uint8_t { None, Container, Image, Volume, Any };

/// One spelling of one verb.
struct CompletedVerb {
    std::string words;  ///< "container ls"
    VerbDescription description;
    CompletedObject object = CompletedObject::None;

    /// "-a", "--all" of one option.
    static std::vector<std::string> namesOf(const OptionDescription& option);
};

/// All verbs that are shown, in all spellings. No engine is opened.
std::vector<CompletedVerb> describeVerbs();

std::string bashCompletion(const std::vector<CompletedVerb>& verbs);
std::string zshCompletion(const std::vector<CompletedVerb>& verbs);
std::string fishCompletion(const std::vector<CompletedVerb>& verbs);

/// A manual page of section 1.
struct ManualPage {
    std::string fileName;  ///< "coracle-volume-ls.1"
    std::string text;      ///< roff, man(7)
};
std::vector<ManualPage> manualPages(const std::vector<CompletedVerb>& verbs);

}  // namespace coracle::cli
