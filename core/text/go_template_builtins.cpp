// SPDX-License-Identifier: Apache-2.0
// Go's predefined functions. Source: Go text/template documentation, "Functions".
#include "core/text/go_template_functions.h"

#include <algorithm>

namespace coracle::text {
namespace {

using Json = nlohmann::json;
using Arguments = TemplateFunction::Arguments;
using Parameter = TemplateParameter;

Error fault(const std::string& what) {
    return {ErrorKind::InvalidArgument, what};
}

// --- comparison

enum class Basic : std::uint8_t { None, Bool, Integer, Real, Text };

Basic basicKind(const TemplateValue& value) {
    if (value.isNil()) {
        return Basic::None;
    }
    switch (value.json->type()) {
    case Json::value_t::boolean:
        return Basic::Bool;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        return Basic::Integer;
    case Json::value_t::number_float:
        return Basic::Real;
    case Json::value_t::string:
        return Basic::Text;
    default:
        return Basic::None;
    }
}

Result<bool> equalValues(const TemplateValue& left, const TemplateValue& right) {
    const Basic kind = basicKind(left);
    if (kind != basicKind(right)) {
        if (left.isNil() || right.isNil()) {
            return false;
        }
        return fault("incompatible types for comparison");
    }
    if (kind != Basic::None) {
        return *left.json == *right.json;
    }
    if (left.isNil() || right.isNil()) {
        return left.isNil() && right.isNil();
    }
    return fault("non-comparable type " + printValue(right) + ": " + typeOf(right));
}

Result<bool> lessThan(const TemplateValue& left, const TemplateValue& right) {
    const Basic kind = basicKind(left);
    if (kind == Basic::None || basicKind(right) == Basic::None) {
        return fault("invalid type for comparison");
    }
    if (kind != basicKind(right)) {
        return fault("incompatible types for comparison");
    }
    if (kind == Basic::Bool) {
        return fault("invalid type for comparison");
    }
    return *left.json < *right.json;
}

Result<TemplateValue> equal(TemplateArena& arena, Arguments arguments) {
    if (arguments.size() < 2) {
        return fault("missing argument for comparison");
    }
    for (const TemplateValue& other : arguments.subspan(1)) {
        TRY_ASSIGN(const bool same, equalValues(arguments[0], other));
        if (same) {
            return arena.keep(true);
        }
    }
    return arena.keep(false);
}

Result<TemplateValue> notEqual(TemplateArena& arena, Arguments arguments) {
    TRY_ASSIGN(const bool same, equalValues(arguments[0], arguments[1]));
    return arena.keep(!same);
}

template <bool swapped, bool orEqual>
Result<TemplateValue> ordered(TemplateArena& arena, Arguments arguments) {
    const auto& left = arguments[swapped ? 1 : 0];
    const auto& right = arguments[swapped ? 0 : 1];
    TRY_ASSIGN(const bool less, lessThan(left, right));
    if (less || !orEqual) {
        return arena.keep(less);
    }
    TRY_ASSIGN(const bool same, equalValues(left, right));
    return arena.keep(same);
}

// --- parts of values

Result<std::size_t> placeIn(const TemplateValue& index, std::size_t most) {
    if (index.isNil()) {
        return fault("cannot index slice/array with nil");
    }
    if (!index.json->is_number_integer()) {
        return fault("cannot index slice/array with type " + typeOf(index));
    }
    const auto at = index.json->get<std::int64_t>();
    if (at < 0 || static_cast<std::uint64_t>(at) > most) {
        return fault("index out of range: " + std::to_string(at));
    }
    return static_cast<std::size_t>(at);
}

Result<TemplateValue> indexOnce(TemplateArena& arena, const TemplateValue& item, const TemplateValue& key) {
    if (item.json->is_array() || item.json->is_string() || (item.isNil() && item.shape->is_array())) {
        const std::size_t size =
            item.json->is_string() ? item.json->get_ref<const std::string&>().size() : item.json->size();
        TRY_ASSIGN(const std::size_t at, placeIn(key, size));
        if (at >= size) {
            return fault(item.json->is_string() ? "reflect: string index out of range"
                                                : "reflect: slice index out of range");
        }
        if (item.json->is_string()) {
            return arena.keep(static_cast<unsigned char>(item.json->get_ref<const std::string&>()[at]));
        }
        return TemplateValue{&(*item.json)[at], elementShape(item.shape), nullptr};
    }
    const Json* shape = isMapShape(item.shape) ? &item.shape->at("*") : nullptr;
    if (!item.json->is_object() && !(item.isNil() && shape != nullptr)) {
        return fault("can't index item of type " + typeOf(item));
    }
    if (key.isNil() || !key.json->is_string()) {
        return fault(key.isNil() ? "value is nil; should be of type string"
                                 : "value has type " + typeOf(key) + "; should be string");
    }
    if (!item.isNil()) {
        const auto found = item.json->find(key.json->get_ref<const std::string&>());
        if (found != item.json->end()) {
            return TemplateValue{&*found, shape, nullptr};
        }
    }
    if (isUnknownShape(shape)) {
        return TemplateValue{};
    }
    TemplateValue zero = arena.keep(zeroOf(*shape));
    zero.shape = shape;
    return zero;
}

Result<TemplateValue> indexValue(TemplateArena& arena, Arguments arguments) {
    TemplateValue item = arguments[0];
    if (!item.exists() || (item.isNil() && isUnknownShape(item.shape))) {
        return fault("index of untyped nil");
    }
    for (const TemplateValue& key : arguments.subspan(1)) {
        if (!item.exists() || (item.isNil() && isUnknownShape(item.shape))) {
            return fault("index of nil pointer");
        }
        TRY_ASSIGN(item, indexOnce(arena, item, key));
    }
    return item;
}

Result<TemplateValue> lengthOf(TemplateArena& arena, Arguments arguments) {
    const TemplateValue& value = arguments[0];
    if (!value.exists() || (value.isNil() && isUnknownShape(value.shape))) {
        return fault("len of nil pointer");
    }
    if (value.json->is_number() || value.json->is_boolean()) {
        return fault("len of type " + typeOf(value));
    }
    return arena.keep(value.json->is_string() ? value.json->get_ref<const std::string&>().size()
                                              : value.json->size());
}

Result<TemplateValue> sliceOf(TemplateArena& arena, Arguments arguments) {
    const TemplateValue& item = arguments[0];
    if (!item.exists()) {
        return fault("slice of untyped nil");
    }
    const bool text = item.json->is_string();
    if (arguments.size() > 4 || (text && arguments.size() > 3)) {
        return fault(text ? "cannot 3-index slice a string"
                          : "too many slice indexes: " + std::to_string(arguments.size() - 1));
    }
    if (!text && !item.json->is_array()) {
        return fault("can't slice item of type " + typeOf(item));
    }
    const std::size_t size = text ? item.json->get_ref<const std::string&>().size() : item.json->size();
    std::array<std::size_t, 3> at{0, size, size};
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        TRY_ASSIGN(at[i - 1], placeIn(arguments[i], size));
    }
    if (at[0] > at[1]) {
        return fault("invalid slice index: " + std::to_string(at[0]) + " > " + std::to_string(at[1]));
    }
    if (text) {
        return arena.keep(item.json->get_ref<const std::string&>().substr(at[0], at[1] - at[0]));
    }
    return arena.keep(Json(Json::array_t(item.json->begin() + static_cast<std::ptrdiff_t>(at[0]),
                                         item.json->begin() + static_cast<std::ptrdiff_t>(at[1]))));
}

// --- escapes

/// What html, js and urlquery work on: one text as it is, otherwise as print prints it.
std::string argumentText(Arguments arguments) {
    return printAll(arguments, false);
}

Result<TemplateValue> escapeHtml(TemplateArena& arena, Arguments arguments) {
    std::string result;
    for (const char c : argumentText(arguments)) {
        switch (c) {
        case '\0':
            result += "\xef\xbf\xbd";
            break;
        case '"':
            result += "&#34;";
            break;
        case '\'':
            result += "&#39;";
            break;
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        default:
            result += c;
        }
    }
    return arena.keep(std::move(result));
}

std::string hex(char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto code = static_cast<unsigned char>(c);
    return {kDigits[code >> 4U], kDigits[code & 0xfU]};
}

Result<TemplateValue> escapeScript(TemplateArena& arena, Arguments arguments) {
    constexpr std::string_view kByCode = "<>&=";
    std::string result;
    for (const char c : argumentText(arguments)) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '\\' || c == '\'' || c == '"') {
            result += std::string("\\") + c;
        } else if (code < 0x20 || kByCode.find(c) != std::string_view::npos) {
            result += "\\u00" + hex(c);
        } else {
            result += c;
        }
    }
    return arena.keep(std::move(result));
}

Result<TemplateValue> escapeQuery(TemplateArena& arena, Arguments arguments) {
    constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    std::string result;
    for (const char c : argumentText(arguments)) {
        if (kPlain.find(c) != std::string_view::npos) {
            result += c;
        } else {
            result += c == ' ' ? "+" : "%" + hex(c);
        }
    }
    return arena.keep(std::move(result));
}

// TABLE
constexpr std::array kBuiltins{
    TemplateFunction{"eq", {Parameter::Any, Parameter::Any}, 2, true, equal},
    TemplateFunction{"ne", {Parameter::Any, Parameter::Any}, 2, false, notEqual},
    TemplateFunction{"lt", {Parameter::Any, Parameter::Any}, 2, false, ordered<false, false>},
    TemplateFunction{"le", {Parameter::Any, Parameter::Any}, 2, false, ordered<false, true>},
    TemplateFunction{"gt", {Parameter::Any, Parameter::Any}, 2, false, ordered<true, false>},
    TemplateFunction{"ge", {Parameter::Any, Parameter::Any}, 2, false, ordered<true, true>},
    TemplateFunction{
        "not",
        {Parameter::Any},
        1,
        false,
        [](TemplateArena& arena, Arguments a) -> Result<TemplateValue> { return arena.keep(!isTrue(a[0])); }},
    TemplateFunction{"index", {Parameter::Any, Parameter::Any}, 2, true, indexValue},
    TemplateFunction{"slice", {Parameter::Any, Parameter::Any}, 2, true, sliceOf},
    TemplateFunction{"len", {Parameter::Any}, 1, false, lengthOf},
    TemplateFunction{"print",
                     {Parameter::Any},
                     1,
                     true,
                     [](TemplateArena& arena, Arguments a) -> Result<TemplateValue> {
                         return arena.keep(printAll(a, false));
                     }},
    TemplateFunction{"println",
                     {Parameter::Any},
                     1,
                     true,
                     [](TemplateArena& arena, Arguments a) -> Result<TemplateValue> {
                         return arena.keep(printAll(a, true));
                     }},
    TemplateFunction{"printf",
                     {Parameter::Text, Parameter::Any},
                     2,
                     true,
                     [](TemplateArena& arena, Arguments a) -> Result<TemplateValue> {
                         return arena.keep(
                             printFormatted(a[0].json->get_ref<const std::string&>(), a.subspan(1)));
                     }},
    TemplateFunction{"html", {Parameter::Any}, 1, true, escapeHtml},
    TemplateFunction{"js", {Parameter::Any}, 1, true, escapeScript},
    TemplateFunction{"urlquery", {Parameter::Any}, 1, true, escapeQuery},
};

}  // namespace

std::span<const TemplateFunction> templateBuiltins() {
    return kBuiltins;
}

}  // namespace coracle::text
