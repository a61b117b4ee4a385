// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_parser.h"

#include "core/cli/foreign_flags.h"
#include "core/cli/verb_names.h"
#include "core/types/similar_word.h"

#include <algorithm>
#include <charconv>

#include <CLI/CLI.hpp>

namespace coracle::cli {
namespace {

using types::similarWord;

/// "-a,--all" -> "  -a, --all string"; a lone long option is indented to stand below the others.
std::string leftColumn(const OptionDescription& option) {
    std::string text = option.names.starts_with("--") ? "      " : "  ";
    for (const char c : option.names) {
        text += c;
        if (c == ',') {
            text += ' ';
        }
    }
    return option.valueName.empty() ? text : text + " " + option.valueName;
}

/// What options are sorted by: the long name.
std::string_view sortName(const OptionDescription& option) {
    const std::size_t dashes = std::min(option.names.find("--"), option.names.size());
    return std::string_view(option.names).substr(dashes);
}

std::string optionLines(std::vector<OptionDescription> options) {
    std::stable_sort(options.begin(), options.end(),
                     [](const auto& left, const auto& right) { return sortName(left) < sortName(right); });
    std::size_t width = 0;
    for (const auto& option : options) {
        width = std::max(width, leftColumn(option).size());
    }
    constexpr std::size_t kGap = 3;
    std::string text;
    for (const auto& option : options) {
        std::string left = leftColumn(option);
        left.resize(width + kGap, ' ');
        text += left;
        for (const char c : option.help) {
            text += c;
            if (c == '\n') {
                text += std::string(width + kGap, ' ');
            }
        }
        text += "\n";
    }
    return text;
}

std::string wordsText(std::size_t count) {
    return std::to_string(count) + " argument" + (count == 1 ? "" : "s");
}

}  // namespace

std::string helpText(const VerbDescription& description) {
    std::string text = "Usage:  " + description.name;
    text += description.usage.empty() ? "\n\n" : " " + description.usage + "\n\n";
    text += description.summary + "\n";
    const auto spellings = spellingsOf(description.name);
    if (spellings.size() > 1) {
        text += "\nAliases:\n  ";
        for (const auto& spelling : spellings) {
            text += (&spelling == &spellings.front() ? "" : ", ") + spelling;
        }
        text += "\n";
    }
    return description.options.empty() ? text : text + "\nOptions:\n" + optionLines(description.options);
}

struct VerbParser::State {
    VerbDescription description;
    CLI::App app;
    Words* words = nullptr;
    std::size_t least = 0;
    std::size_t most = 0;
    OptionPlacement placement = OptionPlacement::Anywhere;
    bool help = false;
    std::function<bool()> fewer;
    std::vector<std::string> warnings;
    std::optional<Error> refusal;

    void describe(const std::string& names, const std::string& valueName, const std::string& text) {
        description.options.push_back({names, valueName, text});
    }

    /// "see ..." and, for a mistyped option, the one that was probably meant.
    std::string hint(const std::string& word = {}) const {
        std::vector<std::string_view> names;
        for (const auto& option : description.options) {
            names.push_back(sortName(option));
        }
        const auto similar = similarWord(word.substr(0, word.find('=')), names);
        return (similar ? "did you mean '" + std::string(*similar) + "'? " : "") + "see '" +
               description.name + " --help'";
    }
};

VerbParser::VerbParser(std::string name, std::string usage, std::string summary)
    : m_state(std::make_unique<State>()) {
    m_state->description = {std::move(name), std::move(usage), std::move(summary), {}};
    m_state->app.set_help_flag();
    m_state->app.allow_extras();
    m_state->app.add_flag("-h,--help", m_state->help);
}

VerbParser::~VerbParser() = default;

VerbParser& VerbParser::flag(const std::string& names, bool& target, const std::string& help) {
    m_state->app.add_flag(names, target);
    m_state->describe(names, "", help);
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::string& target, const std::string& valueName,
                               const std::string& help) {
    m_state->app.add_option(names, target)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    m_state->describe(names, valueName, help);
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::optional<std::string>& target,
                               const std::string& valueName, const std::string& help) {
    m_state->app
        .add_option_function<std::string>(names, [&target](const std::string& value) { target = value; })
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    m_state->describe(names, valueName, help);
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::optional<std::int64_t>& target,
                               const std::string& valueName, const std::string& help) {
    const std::string shown(sortName({names, "", ""}));
    m_state->app
        .add_option_function<std::string>(
            names,
            [state = m_state.get(), &target, shown](const std::string& value) {
                std::int64_t number = 0;
                const char* end = value.data() + value.size();
                const auto [at, error] = std::from_chars(value.data(), end, number);
                if (error != std::errc() || at != end) {
                    state->refusal =
                        Error(ErrorKind::InvalidArgument, "option '" + shown.substr(0, shown.find(',')) +
                                                              "' takes a number, not '" + value + "'")
                            .withHint(state->hint());
                } else {
                    target = number;
                }
            })
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    m_state->describe(names, valueName, help);
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::vector<std::string>& target,
                               const std::string& valueName, const std::string& help) {
    // One value each time: without allow_extra_args(false) CLI11 takes every word that follows.
    auto* option = m_state->app.add_option(names, target)
                       ->expected(1)
                       ->allow_extra_args(false)
                       ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (names.ends_with("--filter")) {
        option->each([state = m_state.get()](const std::string& value) {
            if (value.find('=') == std::string::npos) {
                state->refusal =
                    Error(ErrorKind::InvalidArgument, "filter '" + value + "' is not of the form KEY=VALUE")
                        .withHint(state->hint());
            }
        });
    }
    m_state->describe(names, valueName, help);
    return *this;
}

void VerbParser::ignore(const std::string& names, bool takesValue, const std::string& why) {
    const std::string shown(sortName({names, "", ""}));
    const auto note = [state = m_state.get(), text = "option '" + shown + "' has no effect: " + why] {
        state->warnings.push_back(text);
    };
    if (takesValue) {
        m_state->app.add_option_function<std::string>(names,
                                                      [note](const std::string& /*value*/) { note(); });
    } else {
        m_state->app.add_flag_callback(names, note);
    }
}

/// Whatever stands behind it: whether it takes a value is no matter then.
void VerbParser::refuse(const std::string& names, const std::string& why) {
    const std::string shown(sortName({names, "", ""}));
    m_state->app
        .add_option_function<std::string>(
            names,
            [state = m_state.get(), shown, why](const std::string& /*value*/) {
                state->refusal =
                    Error(ErrorKind::Unsupported, "option '" + shown + "' is not supported").withHint(why);
            })
        ->expected(0, 1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

VerbParser& VerbParser::ignored(const std::string& names, const std::string& valueName,
                                const std::string& why) {
    ignore(names, !valueName.empty(), why);
    m_state->describe(names, valueName, "No effect: " + why);
    return *this;
}

VerbParser& VerbParser::refused(const std::string& names, const std::string& why) {
    refuse(names, why);
    m_state->describe(names, "", "Not supported: " + why);
    return *this;
}

void VerbParser::addForeign() {
    constexpr std::string_view kProgram = "coracle ";
    const auto spellings = spellingsOf(m_state->description.name);
    const std::string verb = spellings.empty() ? std::string() : spellings.front().substr(kProgram.size());
    for (const ForeignFlag& flag : foreignFlags()) {
        if (!isForVerb(flag, verb)) {
            continue;
        }
        if (flag.ignored) {
            ignore(std::string(flag.names), !flag.valueName.empty(), std::string(flag.why));
        } else {
            refuse(std::string(flag.names), std::string(flag.why));
        }
    }
}

VerbParser& VerbParser::fewerWords(std::function<bool()> chosen) {
    m_state->fewer = std::move(chosen);
    return *this;
}

VerbParser& VerbParser::words(Words& target, std::size_t least, std::size_t most, OptionPlacement placement) {
    m_state->words = &target;
    m_state->least = least;
    m_state->most = most;
    m_state->placement = placement;
    m_state->app.prefix_command(placement == OptionPlacement::BeforeFirstWord);
    return *this;
}

std::optional<int> VerbParser::takeWords(Console& console, const Words& found) const {
    const bool fewer = m_state->fewer && m_state->fewer();
    const std::size_t least = m_state->least - (fewer ? 1 : 0);
    const std::size_t most = m_state->most;
    if (found.size() < least || found.size() > most) {
        const std::string count = most == 0              ? "no arguments"
                                  : least == most        ? "exactly " + wordsText(least)
                                  : found.size() < least ? "at least " + wordsText(least)
                                                         : "at most " + wordsText(most);
        const std::string text = "'" + m_state->description.name + "' takes " + count;
        const auto& description = m_state->description;
        const std::string usage = "usage: " + description.name + " " + description.usage + "; ";
        return reportError(console,
                           Error(ErrorKind::InvalidArgument, text)
                               .withHint((description.usage.empty() ? "" : usage) + m_state->hint()),
                           1);
    }
    if (m_state->words != nullptr) {
        *m_state->words = found;
    }
    return std::nullopt;
}

std::optional<int> VerbParser::parse(Console& console, const Words& arguments) {
    if (console.wantsDescriptions()) {
        console.takes(m_state->description);
        return 0;
    }
    addForeign();
    Words found;
    try {
        // CLI11 takes its words from the back of the list.
        Words reversed(arguments.rbegin(), arguments.rend());
        m_state->app.parse(reversed);
        found = m_state->app.remaining();
    } catch (const CLI::ParseError& error) {
        return reportError(console, Error(ErrorKind::InvalidArgument, error.what()).withHint(m_state->hint()),
                           kEngineFailed);
    }
    if (m_state->help) {
        console.out(helpText(m_state->description));
        return 0;
    }
    if (m_state->refusal) {
        return reportError(console, *m_state->refusal, kEngineFailed);
    }
    for (const auto& warning : m_state->warnings) {
        console.err("coracle: warning: " + warning + "\n");
    }
    // What CLI11 did not know: a "--" ends the options, anything with a dash before it is a mistake.
    Words kept;
    bool optionsEnded = false;
    for (auto& word : found) {
        const bool isOption = word.size() > 1 && word[0] == '-';
        const bool mayBeOption =
            !optionsEnded && (m_state->placement == OptionPlacement::Anywhere || kept.empty());
        if (mayBeOption && word == "--") {
            optionsEnded = true;
        } else if (mayBeOption && isOption) {
            return reportError(
                console,
                Error(ErrorKind::InvalidArgument, "unknown flag: " + word).withHint(m_state->hint(word)),
                kEngineFailed);
        } else {
            kept.push_back(std::move(word));
        }
    }
    return takeWords(console, kept);
}

}  // namespace coracle::cli
