// SPDX-License-Identifier: Apache-2.0
#include "core/text/json_lines.h"

#include <algorithm>

namespace coracle::text {
namespace {

/// The end of the string that begins at the quote `at`: the place of the other quote.
std::size_t endOfString(std::string_view json, std::size_t at) {
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        at += json[at] == '\\' ? 1U : 0U;
    }
    return std::min(at, json.size());
}

}  // namespace

std::size_t lineOfMember(std::string_view json, const std::vector<std::string>& path) {
    std::size_t line = 1;
    std::size_t found = 1;
    std::size_t depth = 0;    // of the brackets that are open
    std::size_t matched = 0;  // so many names of the path lead to where we are
    for (std::size_t at = 0; at < json.size() && matched < path.size(); ++at) {
        const char c = json[at];
        if (c == '\n') {
            ++line;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
            matched = std::min(matched, depth);
        } else if (c == '"') {
            const std::size_t end = endOfString(json, at);
            const std::string_view word = json.substr(at + 1, end - at - 1);
            const std::size_t next = json.find_first_not_of(" \t\r\n", std::min(end + 1, json.size()));
            const bool isKey = next != std::string_view::npos && json[next] == ':';
            if (isKey && depth == matched + 1 && word == path[matched]) {
                found = line;
                ++matched;
            }
            at = end;
        }
    }
    return found;
}

}  // namespace coracle::text
