// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"

namespace coracle::cli {
namespace {

constexpr const char* kObjects = R"sh(
_coracle_containers() {
    local -a names
    names=(${(f)"$(coracle ps -a --format '{{.Names}}' 2>/dev/null)"})
    _describe -t containers container names
}

_coracle_images() {
    local -a names
    names=(${(f)"$(coracle images --format '{{if ne .Tag "<none>"}}{{.Repository}}:{{.Tag}}{{end}}' 2>/dev/null)"})
    names=(${names//:/\\:})
    _describe -t images image names
}

_coracle_volumes() {
    local -a names
    names=(${(f)"$(coracle volume ls -q 2>/dev/null)"})
    _describe -t volumes volume names
}

_coracle_any() {
    _coracle_containers
    _coracle_images
    _coracle_volumes
}
)sh";

constexpr const char* kMain = R"sh(
_coracle() {
    local curcontext="$curcontext" state line
    local -a coracle_words
    _arguments -C \
        '--root[Where images, containers and volumes are kept]:folder:_files -/' \
        '--runroot[Where sockets and locks of this login are kept]:folder:_files -/' \
        '(-l --log-level)'{-l,--log-level}'[How much is told]:level:(debug info warn error)' \
        '(-v --version)'{-v,--version}'[Print version information and quit]' \
        '(-h --help)'{-h,--help}'[Print help]' \
        '1: :->verb' '*:: :->rest'
    case $state in
        verb) _coracle_verbs_of '' ;;
        rest)
            if (( ${coracle_groups[(Ie)$words[1]]} )); then
                if (( CURRENT == 2 )); then
                    _coracle_verbs_of $words[1]
                else
                    local verb="$words[1] $words[2]"
                    shift words
                    (( CURRENT-- ))
                    _coracle_arguments "$verb"
                fi
            else
                _coracle_arguments "$words[1]"
            fi
            ;;
    esac
}

_coracle "$@"
)sh";

/// For a word in single quotes of an _arguments specification.
std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text.substr(0, text.find('\n'))) {
        if (c == '\'') {
            result += "'\\''";
        } else {
            result +=
                c == '[' || c == ']' || c == ':' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
    }
    return result;
}

std::string optionSpec(const OptionDescription& option) {
    const auto names = CompletedVerb::namesOf(option);
    std::string all;
    std::string braces;
    for (const auto& name : names) {
        all += (all.empty() ? "" : " ") + name;
        braces += (braces.empty() ? "" : ",") + name;
    }
    const std::string value = option.valueName.empty() ? "" : ":" + escaped(option.valueName) + ":_files";
    const std::string text = "'[" + escaped(option.help) + "]" + value + "'";
    // A star: it may be given again.
    return names.size() == 1 ? "'*" + names[0] + "'" + text : "'*'{" + braces + "}" + text;
}

const char* objectFunction(CompletedObject object) {
    switch (object) {
    case CompletedObject::Container:
        return "_coracle_containers";
    case CompletedObject::Image:
        return "_coracle_images";
    case CompletedObject::Volume:
        return "_coracle_volumes";
    case CompletedObject::Any:
        return "_coracle_any";
    case CompletedObject::None:
        break;
    }
    return "_files";
}

std::string described(const std::string& word, const std::string& summary) {
    return " '" + word + ":" + escaped(summary) + "'";
}

std::string verbLists(const std::vector<CompletedVerb>& verbs) {
    std::string top;
    for (const auto& [group, summary] : shownGroups()) {
        top += described(group, summary);
    }
    std::string cases;
    for (const auto& verb : verbs) {
        if (verb.words.find(' ') == std::string::npos) {
            top += described(verb.words, verb.description.summary);
        }
    }
    for (const auto& [group, summary] : shownGroups()) {
        std::string words;
        for (const auto& verb : verbs) {
            if (verb.words.starts_with(group + " ")) {
                words += described(verb.words.substr(group.size() + 1), verb.description.summary);
            }
        }
        cases += "        " + group + ") coracle_words=(" + words + ") ;;\n";
    }
    return "\n_coracle_verbs_of() {\n    local -a coracle_words\n    case $1 in\n        '') "
           "coracle_words=(" +
           top + ") ;;\n" + cases + "    esac\n    _describe -t commands command coracle_words\n}\n";
}

}  // namespace

std::string zshCompletion(const std::vector<CompletedVerb>& verbs) {
    std::string groups;
    for (const auto& [group, summary] : shownGroups()) {
        groups += (groups.empty() ? "" : " ") + group;
    }
    std::string arguments = "\n_coracle_arguments() {\n    case $1 in\n";
    for (const auto& verb : verbs) {
        arguments += "        '" + verb.words + "')\n            _arguments -s -S";
        for (const auto& option : verb.description.options) {
            arguments += " \\\n                " + optionSpec(option);
        }
        arguments +=
            std::string(" \\\n                '*: :") + objectFunction(verb.object) + "'\n            ;;\n";
    }
    arguments += "    esac\n}\n";
    return "#compdef coracle\n# zsh completion; made by 'coracle completion zsh'\n"
           "typeset -ga coracle_groups\ncoracle_groups=(" +
           groups + ")\n" + kObjects + verbLists(verbs) + arguments + kMain;
}

}  // namespace coracle::cli
