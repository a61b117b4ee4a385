// SPDX-License-Identifier: Apache-2.0
// Docker's functions. Source: docker cli, templates, "basicFunctions".
#include "core/text/go_template_functions.h"

#include "rootless/oci/json.h"

#include <algorithm>
#include <cctype>

namespace coracle::text {
namespace {

using Json = nlohmann::json;
using Arguments = TemplateFunction::Arguments;
using Parameter = TemplateParameter;

const std::string& textOf(const TemplateValue& value) {
    return value.json->get_ref<const std::string&>();
}

Result<TemplateValue> toJson(TemplateArena& arena, Arguments arguments) {
    return arena.keep(arguments[0].exists() ? json::toText(*arguments[0].json) : "null");
}

Result<TemplateValue> joinTexts(TemplateArena& arena, Arguments arguments) {
    std::string text;
    for (const Json& part : *arguments[0].json) {
        text += (&part == &arguments[0].json->front() ? "" : textOf(arguments[1])) + part.get<std::string>();
    }
    return arena.keep(std::move(text));
}

Result<TemplateValue> splitText(TemplateArena& arena, Arguments arguments) {
    const std::string& text = textOf(arguments[0]);
    const std::string& separator = textOf(arguments[1]);
    Json parts = Json::array();
    std::size_t start = 0;
    if (separator.empty()) {  // into characters
        for (std::size_t i = 1; i <= text.size(); ++i) {
            if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) {
                parts.push_back(text.substr(start, i - start));
                start = i;
            }
        }
        return arena.keep(std::move(parts));
    }
    for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator, start)) {
        parts.push_back(text.substr(start, at - start));
        start = at + separator.size();
    }
    parts.push_back(text.substr(start));
    return arena.keep(std::move(parts));
}

Result<TemplateValue> changeCase(TemplateArena& arena, const std::string& given, int (*change)(int)) {
    std::string text = given;
    std::transform(text.begin(), text.end(), text.begin(), [change](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < 0x80 ? static_cast<char>(change(code)) : c;
    });
    return arena.keep(std::move(text));
}

/// Go's strings.Title: what follows anything but a letter, digit or underscore begins a word.
Result<TemplateValue> titleCase(TemplateArena& arena, Arguments arguments) {
    std::string text = textOf(arguments[0]);
    bool begins = true;
    for (char& c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (begins && code < 0x80) {
            c = static_cast<char>(std::toupper(code));
        }
        begins = code < 0x80 && std::isalnum(code) == 0 && c != '_';
    }
    return arena.keep(std::move(text));
}

Result<TemplateValue> padText(TemplateArena& arena, Arguments arguments) {
    constexpr std::int64_t kMaxPad = 1'000'000;
    const std::string& text = textOf(arguments[0]);
    const auto before = arguments[1].json->get<std::int64_t>();
    const auto after = arguments[2].json->get<std::int64_t>();
    if (text.empty()) {
        return arguments[0];
    }
    if (before < 0 || after < 0 || before > kMaxPad || after > kMaxPad) {
        return Error(ErrorKind::InvalidArgument, "strings: negative Repeat count");
    }
    return arena.keep(std::string(static_cast<std::size_t>(before), ' ') + text +
                      std::string(static_cast<std::size_t>(after), ' '));
}

Result<TemplateValue> truncateText(TemplateArena& arena, Arguments arguments) {
    const std::string& text = textOf(arguments[0]);
    const auto length = arguments[1].json->get<std::int64_t>();
    if (length < 0) {
        return Error(ErrorKind::InvalidArgument,
                     "runtime error: slice bounds out of range [:" + std::to_string(length) + "]");
    }
    return arena.keep(text.substr(0, static_cast<std::size_t>(length)));
}

// TABLE
constexpr std::array kDocker{
    TemplateFunction{"json", {Parameter::Any}, 1, false, toJson},
    TemplateFunction{"join", {Parameter::TextList, Parameter::Text}, 2, false, joinTexts},
    TemplateFunction{"split", {Parameter::Text, Parameter::Text}, 2, false, splitText},
    TemplateFunction{"title", {Parameter::Text}, 1, false, titleCase},
    TemplateFunction{
        "lower",
        {Parameter::Text},
        1,
        false,
        [](TemplateArena& arena, Arguments a) { return changeCase(arena, textOf(a[0]), std::tolower); }},
    TemplateFunction{
        "upper",
        {Parameter::Text},
        1,
        false,
        [](TemplateArena& arena, Arguments a) { return changeCase(arena, textOf(a[0]), std::toupper); }},
    TemplateFunction{"pad", {Parameter::Text, Parameter::Integer, Parameter::Integer}, 3, false, padText},
    TemplateFunction{"truncate", {Parameter::Text, Parameter::Integer}, 2, false, truncateText},
};

}  // namespace

std::span<const TemplateFunction> dockerTemplateFunctions() {
    return kDocker;
}

const TemplateFunction* findTemplateFunction(std::string_view name) {
    for (const auto list : {dockerTemplateFunctions(), templateBuiltins()}) {
        const auto found = std::find_if(list.begin(), list.end(), [&](const TemplateFunction& function) {
            return function.name == name;
        });
        if (found != list.end()) {
            return &*found;
        }
    }
    return nullptr;
}

bool isTemplateFunction(std::string_view name) {
    return name == "and" || name == "or" || findTemplateFunction(name) != nullptr;
}

}  // namespace coracle::text
