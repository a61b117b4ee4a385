// SPDX-License-Identifier: Apache-2.0
#include "core/cli/verb_parser.h"

#include <algorithm>

#include <CLI/CLI.hpp>

namespace coracle::cli {
namespace {

/// An option's line of the help text.
struct HelpLine {
    std::string left;
    std::string right;
};

/// "-a,--all" -> "  -a, --all string"; a lone long option is indented to stand below the others.
std::string leftColumn(const std::string& names, const std::string& valueName) {
    std::string text = names.rfind("--", 0) == 0 ? "      " : "  ";
    for (const char c : names) {
        text += c;
        if (c == ',') {
            text += ' ';
        }
    }
    return valueName.empty() ? text : text + " " + valueName;
}

}  // namespace

struct VerbParser::State {
    std::string name;
    std::string usage;
    std::string summary;
    CLI::App app;
    std::vector<HelpLine> lines;
    Words* words = nullptr;
    std::size_t least = 0;
    std::size_t most = 0;
    OptionPlacement placement = OptionPlacement::Anywhere;
    bool help = false;
};

VerbParser::VerbParser(std::string name, std::string usage, std::string summary)
    : m_state(std::make_unique<State>()) {
    m_state->name = std::move(name);
    m_state->usage = std::move(usage);
    m_state->summary = std::move(summary);
    m_state->app.set_help_flag();
    m_state->app.allow_extras();
    m_state->app.add_flag("--help", m_state->help);
}

VerbParser::~VerbParser() = default;

VerbParser& VerbParser::flag(const std::string& names, bool& target, const std::string& help) {
    m_state->app.add_flag(names, target);
    m_state->lines.push_back({leftColumn(names, ""), help});
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::string& target, const std::string& valueName,
                               const std::string& help) {
    m_state->app.add_option(names, target)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    m_state->lines.push_back({leftColumn(names, valueName), help});
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::optional<std::string>& target,
                               const std::string& valueName, const std::string& help) {
    m_state->app
        .add_option_function<std::string>(names, [&target](const std::string& value) { target = value; })
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    m_state->lines.push_back({leftColumn(names, valueName), help});
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::optional<std::int64_t>& target,
                               const std::string& valueName, const std::string& help) {
    m_state->app
        .add_option_function<std::int64_t>(names, [&target](const std::int64_t& value) { target = value; })
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    m_state->lines.push_back({leftColumn(names, valueName), help});
    return *this;
}

VerbParser& VerbParser::option(const std::string& names, std::vector<std::string>& target,
                               const std::string& valueName, const std::string& help) {
    // One value each time: without allow_extra_args(false) CLI11 takes every word that follows.
    m_state->app.add_option(names, target)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    m_state->lines.push_back({leftColumn(names, valueName), help});
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

std::string VerbParser::help() const {
    std::string text = "Usage:  " + m_state->name;
    text += m_state->usage.empty() ? "\n\n" : " " + m_state->usage + "\n\n";
    text += m_state->summary + "\n";
    if (!m_state->lines.empty()) {
        std::size_t width = 0;
        for (const auto& line : m_state->lines) {
            width = std::max(width, line.left.size());
        }
        text += "\nOptions:\n";
        for (const auto& line : m_state->lines) {
            text += line.left + std::string(width - line.left.size() + 3, ' ') + line.right + "\n";
        }
    }
    return text;
}

std::optional<int> VerbParser::takeWords(Console& console, const Words& found) const {
    const std::string hint = "see '" + m_state->name + " --help'";
    if (found.size() < m_state->least || found.size() > m_state->most) {
        std::string text = "'" + m_state->name + "' takes ";
        if (m_state->most == 0) {
            text += "no arguments";
        } else if (m_state->least == m_state->most) {
            text +=
                "exactly " + std::to_string(m_state->least) + " argument" + (m_state->least == 1 ? "" : "s");
        } else if (found.size() < m_state->least) {
            text +=
                "at least " + std::to_string(m_state->least) + " argument" + (m_state->least == 1 ? "" : "s");
        } else {
            text +=
                "at most " + std::to_string(m_state->most) + " argument" + (m_state->most == 1 ? "" : "s");
        }
        return reportError(console, Error(ErrorKind::InvalidArgument, text).withHint(hint), 1);
    }
    if (m_state->words != nullptr) {
        *m_state->words = found;
    }
    return std::nullopt;
}

std::optional<int> VerbParser::parse(Console& console, const Words& arguments) {
    const std::string hint = "see '" + m_state->name + " --help'";
    Words found;
    try {
        // CLI11 takes its words from the back of the list.
        Words reversed(arguments.rbegin(), arguments.rend());
        m_state->app.parse(reversed);
        found = m_state->app.remaining();
    } catch (const CLI::ParseError& error) {
        return reportError(console, Error(ErrorKind::InvalidArgument, error.what()).withHint(hint),
                           kEngineFailed);
    }
    if (m_state->help) {
        console.out(help());
        return 0;
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
            return reportError(console,
                               Error(ErrorKind::InvalidArgument, "unknown flag: " + word).withHint(hint),
                               kEngineFailed);
        } else {
            kept.push_back(std::move(word));
        }
    }
    return takeWords(console, kept);
}

}  // namespace coracle::cli
