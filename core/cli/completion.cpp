// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"

#include "core/cli/verb_names.h"

#include <algorithm>

namespace coracle::cli {
namespace {

/// Keeps what a verb says and prints nothing.
class Listener final : public Console {
public:
    void out(std::string_view /*text*/) override {}
    void err(std::string_view /*text*/) override {}
    void flush() override {}
    bool outIsTerminal() const override { return false; }
    bool errIsTerminal() const override { return false; }
    bool inIsTerminal() const override { return false; }
    bool wantsDescriptions() const override { return true; }
    void takes(const VerbDescription& description) override { m_description = description; }
    int columns() const override { return 80; }

    VerbDescription m_description;
};

Result<std::unique_ptr<engine::Engine>> noEngine(const GlobalOptions& /*options*/) {
    return Error(ErrorKind::Unavailable, "a description needs no engine");
}

CompletedObject objectOf(const std::string& usage) {
    const auto names = [&](const char* word) { return usage.find(word) != std::string::npos; };
    if (names("NAME|ID")) {
        return CompletedObject::Any;
    }
    if (names("CONTAINER")) {
        return CompletedObject::Container;
    }
    if (names("IMAGE") || names("REPOSITORY")) {
        return CompletedObject::Image;
    }
    return names("VOLUME") ? CompletedObject::Volume : CompletedObject::None;
}

}  // namespace

std::vector<std::string> CompletedVerb::namesOf(const OptionDescription& option) {
    std::vector<std::string> names;
    for (std::size_t start = 0; start < option.names.size();) {
        const std::size_t comma = std::min(option.names.find(',', start), option.names.size());
        names.push_back(option.names.substr(start, comma - start));
        start = comma + 1;
    }
    return names;
}

std::vector<CompletedVerb> describeVerbs() {
    constexpr std::string_view kProgram = "coracle ";
    std::vector<CompletedVerb> verbs;
    for (const auto& verb : allVerbs()) {
        if (*verb.summary == '\0') {
            continue;
        }
        const std::string_view spellings = verb.spellings;
        const std::string first =
            std::string(kProgram) + std::string(spellings.substr(0, spellings.find('|')));
        for (const std::string& name : spellingsOf(first)) {
            Listener listener;
            Context context(listener, {}, noEngine);
            (void)verb.run(context, name, {});  // it only describes itself
            auto& description = listener.m_description;
            description.options.push_back({"-h,--help", "", "Print usage"});
            const auto object = objectOf(description.usage);
            verbs.push_back({name.substr(kProgram.size()), std::move(description), object});
        }
    }
    return verbs;
}

}  // namespace coracle::cli
