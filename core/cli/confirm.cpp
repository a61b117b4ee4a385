// SPDX-License-Identifier: Apache-2.0
#include "core/cli/confirm.h"

#include "core/text/escape.h"

#include <algorithm>

namespace coracle::cli {
namespace {

constexpr std::size_t kShortId = 12;

}  // namespace

bool confirm(Console& console, const std::string& warning) {
    console.out(warning + "\nAre you sure you want to continue? [y/N] ");
    console.flush();
    std::string answer = console.readLine().value_or("");
    std::transform(answer.begin(), answer.end(), answer.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return answer == "y" || answer == "yes";
}

int cancelled(Console& console, const std::string& verb) {
    console.err(verb + " has been cancelled\n");
    return 1;
}

std::string describe(types::ObjectKind kind, const std::string& name, const std::string& id) {
    const std::size_t colon = id.find(':');
    const std::string shown =
        name.empty() ? (colon == std::string::npos ? id : id.substr(colon + 1)).substr(0, kShortId) : name;
    return std::string(types::toText(kind)) + " '" + text::escapeForTerminal(shown) + "'";
}

std::string describe(const types::Removal& removal) {
    return (removal.contentOnly ? "what was in " : "") + describe(removal.kind, removal.name, removal.id);
}

}  // namespace coracle::cli
