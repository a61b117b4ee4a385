// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"

namespace coracle::cli {
namespace {

constexpr const char* kFunctions = R"sh(
# The verb that stands on the line: "ps", "container ls", or "" while there is none.
function __coracle_verb
    set -l words (commandline -opc)
    set -l verb
    set -l skip 0
    for word in $words[2..]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case --root --runroot --log-level -l
                set skip 1
            case '-*'
            case '*'
                set -a verb $word
                contains -- "$verb" $__coracle_groups
                or break
        end
    end
    echo "$verb"
end

function __coracle_is
    test (__coracle_verb) = "$argv[1]"
end

function __coracle_containers
    coracle ps -a --format '{{.Names}}\t{{.Image}}' 2>/dev/null
end

function __coracle_images
    coracle images --format '{{if ne .Tag "<none>"}}{{.Repository}}:{{.Tag}}{{end}}' 2>/dev/null
end

function __coracle_volumes
    coracle volume ls -q 2>/dev/null
end

complete -c coracle -f
complete -c coracle -n '__coracle_is ""' -l root -r -d 'Where images, containers and volumes are kept'
complete -c coracle -n '__coracle_is ""' -l runroot -r -d 'Where sockets and locks of this login are kept'
complete -c coracle -n '__coracle_is ""' -s l -l log-level -x -a 'debug info warn error' -d 'How much is told'
complete -c coracle -n '__coracle_is ""' -s v -l version -d 'Print version information and quit'
)sh";

/// In single quotes.
std::string inQuotes(const std::string& text) {
    std::string result = "'";
    for (const char c : text.substr(0, text.find('\n'))) {
        result += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return result + "'";
}

std::string onVerb(const std::string& words) {
    return "complete -c coracle -n " + inQuotes("__coracle_is \"" + words + "\"");
}

std::string optionLine(const std::string& words, const OptionDescription& option) {
    std::string text = onVerb(words);
    for (const auto& name : CompletedVerb::namesOf(option)) {
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    return text + (option.valueName.empty() ? "" : " -r -F") + " -d " + inQuotes(option.help) + "\n";
}

std::string objectLine(const std::string& words, CompletedObject object) {
    switch (object) {
    case CompletedObject::Container:
        return onVerb(words) + " -a '(__coracle_containers)'\n";
    case CompletedObject::Image:
        return onVerb(words) + " -a '(__coracle_images)'\n";
    case CompletedObject::Volume:
        return onVerb(words) + " -a '(__coracle_volumes)'\n";
    case CompletedObject::Any:
        return onVerb(words) + " -a '(__coracle_containers; __coracle_images; __coracle_volumes)'\n";
    case CompletedObject::None:
        break;
    }
    return onVerb(words) + " -F\n";
}

}  // namespace

std::string fishCompletion(const std::vector<CompletedVerb>& verbs) {
    std::string text =
        "# fish completion for coracle; made by 'coracle completion fish'\nset -g __coracle_groups";
    std::string lines;
    for (const auto& [group, summary] : shownGroups()) {
        text += " " + group;
        lines += onVerb("") + " -a " + group + " -d " + inQuotes(summary) + "\n";
    }
    for (const auto& verb : verbs) {
        const std::size_t space = verb.words.find(' ');
        const bool grouped = space != std::string::npos;
        lines += onVerb(grouped ? verb.words.substr(0, space) : "") + " -a " +
                 (grouped ? verb.words.substr(space + 1) : verb.words) + " -d " +
                 inQuotes(verb.description.summary) + "\n";
        for (const auto& option : verb.description.options) {
            lines += optionLine(verb.words, option);
        }
        lines += objectLine(verb.words, verb.object);
    }
    return text + "\n" + kFunctions + lines;
}

}  // namespace coracle::cli
