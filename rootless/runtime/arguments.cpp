// SPDX-License-Identifier: Apache-2.0
#include "rootless/runtime/arguments.h"

#include <algorithm>
#include <charconv>

namespace coracle::runtime {
namespace {

bool isTrue(std::string_view word) {
    return word == "true" || word == "1";
}

bool isFalse(std::string_view word) {
    return word == "false" || word == "0";
}

}  // namespace

std::string Arguments::value(std::string_view name, std::string_view otherwise) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string(otherwise) : found->second.back();
}

Result<int> Arguments::number(std::string_view name, int otherwise) const {
    const auto found = options.find(name);
    if (found == options.end()) {
        return otherwise;
    }
    const std::string& text = found->second.back();
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number < 0) {
        return Error(ErrorKind::InvalidArgument,
                     "option " + std::string(name) + ": '" + text + "' is not a number");
    }
    return number;
}

/// Options end at the first word that does not begin with '-', as runc's do: the words of `exec` belong to
/// the command. A single letter is compared only when the word is just that letter, so "-abc" is an
/// unknown option and no cluster. A switch may have "=true" or "=false", as callers of runc write it.
Result<Arguments> parseArguments(std::span<const std::string> words, std::span<const OptionSpec> specs) {
    Arguments parsed;
    std::size_t at = 0;
    for (; at < words.size() && words[at].size() > 1 && words[at].front() == '-'; ++at) {
        const std::string& word = words[at];
        if (word == "--") {
            ++at;
            break;
        }
        const auto equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto spec = std::find_if(specs.begin(), specs.end(), [&](const OptionSpec& known) {
            return name == known.name ||
                   (name.size() == 2 && known.letter != '\0' && name[1] == known.letter);
        });
        if (spec == specs.end()) {
            return Error(ErrorKind::InvalidArgument, "unknown option '" + name + "'");
        }
        std::string value;
        if (equals != std::string::npos) {
            value = word.substr(equals + 1);
            if (!spec->takesValue && !isTrue(value)) {
                if (!isFalse(value)) {
                    return Error(ErrorKind::InvalidArgument,
                                 "option '" + name + "' is true or false, not '" + value + "'");
                }
                parsed.options.erase(std::string(spec->name));
                continue;
            }
        } else if (spec->takesValue) {
            if (++at == words.size()) {
                return Error(ErrorKind::InvalidArgument, "option '" + name + "' needs a value");
            }
            value = words[at];
        }
        parsed.options[std::string(spec->name)].push_back(std::move(value));
    }
    parsed.words.assign(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
    return parsed;
}

}  // namespace coracle::runtime
