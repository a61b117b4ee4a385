// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"
#include "core/cli/verb_names.h"

#include <algorithm>

namespace coracle::cli {
namespace {

/// Text as roff prints it. Source: man(7), groff_char(7).
std::string roff(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '\\') {
            result += "\\e";
        } else if (c == '-') {
            result += "\\-";
        } else if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) {
            result += std::string("\\&") + c;
        } else {
            result += c;
        }
    }
    return result;
}

std::string dashed(std::string words) {
    std::replace(words.begin(), words.end(), ' ', '-');
    return words;
}

std::string heading(const std::string& title) {
    std::string upper = title;
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    });
    return ".TH " + upper + " 1 \"\" \"Coracle " CORACLE_VERSION "\" \"Coracle\"\n";
}

std::string section(const std::string& name, const std::string& text) {
    return ".SH " + name + "\n" + text;
}

std::string optionEntry(const OptionDescription& option) {
    std::string names;
    for (const auto& name : CompletedVerb::namesOf(option)) {
        names += (names.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
    }
    const std::string value = option.valueName.empty() ? "" : " \\fI" + roff(option.valueName) + "\\fR";
    std::string help;
    for (const char c : roff(option.help)) {
        help += c == '\n' ? std::string("\n.br\n") : std::string(1, c);
    }
    return ".TP\n" + names + value + "\n" + help + "\n";
}

std::string pageOf(const CompletedVerb& verb, const std::vector<std::string>& spellings) {
    const auto& description = verb.description;
    std::string text = heading("coracle-" + dashed(verb.words));
    text +=
        section("NAME", "coracle\\-" + roff(dashed(verb.words)) + " \\- " + roff(description.summary) + "\n");
    text += section("SYNOPSIS", "\\fB" + roff(description.name) + "\\fR " + roff(description.usage) + "\n");
    if (spellings.size() > 1) {
        std::string others;
        for (const auto& spelling : spellings) {
            if (spelling != description.name) {
                others += (others.empty() ? "" : ", ") + spelling;
            }
        }
        text += section("DESCRIPTION", "Also spelled " + roff(others) + ".\n");
    }
    std::string options;
    for (const auto& option : description.options) {
        options += optionEntry(option);
    }
    return text + section("OPTIONS", options) + section("SEE ALSO", "\\fBcoracle\\fR(1)\n");
}

std::string mainPage(const std::vector<CompletedVerb>& verbs) {
    std::string text = heading("coracle");
    text += section("NAME", "coracle \\- containers without root and without a daemon\n");
    text += section("SYNOPSIS", "\\fBcoracle\\fR [OPTIONS] COMMAND [ARG...]\n");
    text += section("OPTIONS",
                    optionEntry({"--root", "DIR", "Where images, containers and volumes are kept"}) +
                        optionEntry({"--runroot", "DIR", "Where sockets and locks of this login are kept"}) +
                        optionEntry({"-l,--log-level", "LEVEL", "debug, info, warn or error"}) +
                        optionEntry({"-v,--version", "", "Print version information and quit"}));
    std::string commands;
    for (const auto& verb : verbs) {
        if (spellingsOf(verb.description.name).front() == verb.description.name) {
            commands += ".TP\n\\fBcoracle\\-" + roff(dashed(verb.words)) + "\\fR(1)\n" +
                        roff(verb.description.summary) + "\n";
        }
    }
    text += section("COMMANDS", commands);
    text += section("EXIT STATUS",
                    "0 on success, 125 when Coracle failed, 126 when the program of a container cannot be "
                    "executed, 127 when it is not there, 128 and the number of a signal that ended it, else "
                    "the exit status of the program.\n");
    return text;
}

}  // namespace

std::vector<ManualPage> manualPages(const std::vector<CompletedVerb>& verbs) {
    std::vector<ManualPage> pages{{"coracle.1", mainPage(verbs)}};
    for (const auto& verb : verbs) {
        const auto spellings = spellingsOf(verb.description.name);
        const std::string file = "coracle-" + dashed(verb.words) + ".1";
        if (spellings.front() == verb.description.name) {
            pages.push_back({file, pageOf(verb, spellings)});
        } else {
            const std::string first = spellings.front().substr(spellings.front().find(' ') + 1);
            pages.push_back({file, ".so man1/coracle-" + dashed(first) + ".1\n"});
        }
    }
    return pages;
}

}  // namespace coracle::cli
