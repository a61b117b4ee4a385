// SPDX-License-Identifier: Apache-2.0
#include "core/cli/completion.h"

namespace coracle::cli {
namespace {

/// What does not depend on the verbs. The first word that is no option is the verb or its group.
constexpr const char* kScript = R"sh(
_coracle_names() {
    "${COMP_WORDS[0]}" "$@" 2>/dev/null
}

_coracle_objects() {
    case "$(_coracle_object "$1")" in
        container) _coracle_names ps -a --format '{{.Names}}' ;;
        image) _coracle_names images --format '{{if ne .Tag "<none>"}}{{.Repository}}:{{.Tag}}{{end}}' ;;
        volume) _coracle_names volume ls -q ;;
        any)
            _coracle_names ps -a --format '{{.Names}}'
            _coracle_names images --format '{{if ne .Tag "<none>"}}{{.Repository}}:{{.Tag}}{{end}}'
            _coracle_names volume ls -q
            ;;
    esac
}

_coracle() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb="" words="" word i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case "$verb$word" in
            --root | --runroot | --log-level | -l) ((i++)) ;;
            -*) ;;
            *)
                verb=${verb:+$verb }$word
                case " $_coracle_groups " in
                    *" $verb "*) ;;
                    *) break ;;
                esac
                ;;
        esac
    done
    if [ -z "$verb" ]; then
        case "$prev" in
            --root | --runroot) words="" ;;
            -l | --log-level) words="debug info warn error" ;;
            *) words="$(_coracle_verbs "") --root --runroot --log-level --version --help" ;;
        esac
    elif [ -n "$(_coracle_verbs "$verb")" ]; then
        words="$(_coracle_verbs "$verb") --help"
    else
        case " $(_coracle_valued "$verb") " in
            *" $prev "*) words="" ;;
            *)
                case "$cur" in
                    -*) words=$(_coracle_options "$verb") ;;
                    *) words=$(_coracle_objects "$verb") ;;
                esac
                ;;
        esac
    fi
    while IFS= read -r word; do
        [ -z "$word" ] || COMPREPLY+=("$word")
    done < <(compgen -W "$words" -- "$cur")
    # A name with a colon is several words for readline.
    if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
        local head=${cur%"${cur##*:}"}
        for i in "${!COMPREPLY[@]}"; do
            COMPREPLY[i]=${COMPREPLY[i]#"$head"}
        done
    fi
}

complete -o default -F _coracle coracle
)sh";

std::string caseLine(const std::string& pattern, const std::string& words) {
    return "        '" + pattern + "') echo '" + words + "' ;;\n";
}

std::string function(const std::string& name, const std::string& cases) {
    return "\n" + name + "() {\n    case \"$1\" in\n" + cases + "    esac\n}\n";
}

std::string join(std::string text, const std::string& word) {
    return text.empty() ? word : std::move(text) + " " + word;
}

/// The words that may follow a group; an empty group stands for the program.
std::string wordsAfter(const std::vector<CompletedVerb>& verbs, const std::string& group) {
    std::string words;
    for (const auto& verb : verbs) {
        const std::size_t space = verb.words.find(' ');
        if (group.empty() && space == std::string::npos) {
            words = join(std::move(words), verb.words);
        } else if (!group.empty() && verb.words.starts_with(group + " ")) {
            words = join(std::move(words), verb.words.substr(space + 1));
        }
    }
    return words;
}

const char* objectWord(CompletedObject object) {
    switch (object) {
    case CompletedObject::Container:
        return "container";
    case CompletedObject::Image:
        return "image";
    case CompletedObject::Volume:
        return "volume";
    case CompletedObject::Any:
        return "any";
    case CompletedObject::None:
        break;
    }
    return "";
}

}  // namespace

std::string bashCompletion(const std::vector<CompletedVerb>& verbs) {
    std::string groups;
    std::string after;
    for (const auto& [group, summary] : shownGroups()) {
        groups = join(std::move(groups), group);
        after += caseLine(group, wordsAfter(verbs, group));
    }
    std::string options;
    std::string valued;
    std::string objects;
    for (const auto& verb : verbs) {
        std::string names;
        std::string namesWithValue;
        for (const auto& option : verb.description.options) {
            for (const auto& name : CompletedVerb::namesOf(option)) {
                names = join(std::move(names), name);
                if (!option.valueName.empty()) {
                    namesWithValue = join(std::move(namesWithValue), name);
                }
            }
        }
        options += caseLine(verb.words, names);
        valued += caseLine(verb.words, namesWithValue);
        objects += caseLine(verb.words, objectWord(verb.object));
    }
    return "# bash completion for coracle; made by 'coracle completion bash'\n_coracle_groups='" + groups +
           "'\n" + function("_coracle_verbs", caseLine("", join(wordsAfter(verbs, ""), groups)) + after) +
           function("_coracle_options", options) + function("_coracle_valued", valued) +
           function("_coracle_object", objects) + kScript;
}

}  // namespace coracle::cli
