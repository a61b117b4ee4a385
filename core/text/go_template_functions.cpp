// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_functions.h"

#include "rootless/oci/json.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>

// The functions of the template language, with the results and the habits of Go's: what differs from Go
// differs for scripts. Arguments come from a pipeline, so for each function the last one may be what
// stood before the '|'. Lengths and positions are in bytes, as in Go.
namespace coracle::text {
namespace {

using Json = nlohmann::json;
using Arguments = std::vector<Json>;
/// All take any arguments and check number and types themselves, since a template can pass anything to
/// anything.
using Function = Result<Json> (*)(const Arguments&);

Error fault(const std::string& what) {
    return {ErrorKind::InvalidArgument, "render template: " + what};
}

Result<Json> joinValues(const Arguments& arguments) {
    if (arguments.size() != 2 || !arguments[0].is_array() || !arguments[1].is_string()) {
        return fault("join takes a list and a separator");
    }
    std::string text;
    for (std::size_t i = 0; i < arguments[0].size(); ++i) {
        text += (i == 0 ? "" : arguments[1].get_ref<const std::string&>()) + printValue(arguments[0][i]);
    }
    return Json(text);
}

Result<Json> splitText(const Arguments& arguments) {
    if (arguments.size() != 2 || !arguments[0].is_string() || !arguments[1].is_string() ||
        arguments[1].get_ref<const std::string&>().empty()) {
        return fault("split takes a text and a separator");
    }
    const auto& text = arguments[0].get_ref<const std::string&>();
    const auto& separator = arguments[1].get_ref<const std::string&>();
    Json parts = Json::array();
    std::size_t start = 0;
    for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator, start)) {
        parts.push_back(text.substr(start, at - start));
        start = at + separator.size();
    }
    parts.push_back(text.substr(start));
    return parts;
}

/// index VALUE KEY...: one step into the value for each key.
Result<Json> indexValue(const Arguments& arguments) {
    if (arguments.empty()) {
        return fault("index takes a value and keys");
    }
    Json value = arguments[0];
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const Json& key = arguments[i];
        if (value.is_object() && key.is_string()) {
            const auto found = value.find(key.get_ref<const std::string&>());
            // A missing key of a Go map gives the zero value of its type; for docker's maps that is the empty
            // text.
            value = found == value.end() ? Json("") : Json(*found);
        } else if (value.is_array() && key.is_number_integer()) {
            const auto at = key.get<std::int64_t>();
            if (at < 0 || at >= static_cast<std::int64_t>(value.size())) {
                return fault("index out of range: " + std::to_string(at));
            }
            value = Json(value[static_cast<std::size_t>(at)]);
        } else if (value.is_null()) {
            return fault("index of a missing value");
        } else {
            return fault("cannot index " + std::string(value.type_name()) + " with " + key.type_name());
        }
    }
    return value;
}

/// null has no length in Go and gives an error there; here it counts as an empty list, since JSON's null
/// stands for Go's nil slices.
Result<Json> lengthOf(const Arguments& arguments) {
    if (arguments.size() != 1 || arguments[0].is_number() || arguments[0].is_boolean()) {
        return fault("len takes a text, list or map");
    }
    return Json(arguments[0].is_string() ? arguments[0].get_ref<const std::string&>().size()
                                         : arguments[0].size());
}

Result<Json> sliceOf(const Arguments& arguments) {
    if (arguments.empty() || arguments.size() > 3) {
        return fault("slice takes a text or list and up to two positions");
    }
    const Json& value = arguments[0];
    const std::size_t size = value.is_string() ? value.get_ref<const std::string&>().size() : value.size();
    std::size_t from = 0;
    std::size_t to = size;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        if (!arguments[i].is_number_integer() || arguments[i].get<std::int64_t>() < 0) {
            return fault("slice takes positions that are not negative");
        }
        (i == 1 ? from : to) = static_cast<std::size_t>(arguments[i].get<std::int64_t>());
    }
    if (from > to || to > size) {
        return fault("slice out of range");
    }
    if (value.is_string()) {
        return Json(value.get_ref<const std::string&>().substr(from, to - from));
    }
    Json part = Json::array();
    std::copy(value.begin() + static_cast<std::ptrdiff_t>(from),
              value.begin() + static_cast<std::ptrdiff_t>(to), std::back_inserter(part));
    return part;
}

/// -1, 0, 1; an error for values of different kinds.
Result<int> compare(const Json& left, const Json& right) {
    const bool comparable = (left.is_number() && right.is_number()) || left.type() == right.type();
    if (!comparable) {
        return fault("incompatible types for comparison");
    }
    if (left == right) {
        return 0;
    }
    return left < right ? -1 : 1;
}

/// eq A B C...: whether A is one of the others.
Result<Json> equal(const Arguments& arguments) {
    if (arguments.size() < 2) {
        return fault("eq takes two values");
    }
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        TRY_ASSIGN(const int order, compare(arguments[0], arguments[i]));
        if (order == 0) {
            return Json(true);
        }
    }
    return Json(false);
}

template <typename Test>
Result<Json> ordered(const Arguments& arguments, Test test) {
    if (arguments.size() != 2) {
        return fault("a comparison takes two values");
    }
    TRY_ASSIGN(const int order, compare(arguments[0], arguments[1]));
    return Json(test(order));
}

Result<Json> changeCase(const Arguments& arguments, int (*change)(int)) {
    if (arguments.size() != 1 || !arguments[0].is_string()) {
        return fault("lower, upper and title take a text");
    }
    std::string text = arguments[0].get<std::string>();
    std::transform(text.begin(), text.end(), text.begin(),
                   [change](unsigned char c) { return static_cast<char>(change(c)); });
    return Json(text);
}

Result<Json> titleCase(const Arguments& arguments) {
    if (arguments.size() != 1 || !arguments[0].is_string()) {
        return fault("lower, upper and title take a text");
    }
    std::string text = arguments[0].get<std::string>();
    bool start = true;
    for (char& c : text) {
        c = start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        start = c == ' ';
    }
    return Json(text);
}

/// Cuts between bytes, as docker does; the writer to the terminal shows half a character as such.
Result<Json> truncateText(const Arguments& arguments) {
    if (arguments.size() != 2 || !arguments[0].is_string() || !arguments[1].is_number_integer() ||
        arguments[1] < 0) {
        return fault("truncate takes a text and a length");
    }
    return Json(arguments[0].get_ref<const std::string&>().substr(0, arguments[1].get<std::size_t>()));
}

/// pad TEXT BEFORE AFTER, docker's; an empty text stays empty. The limit keeps a slip of a number from
/// filling memory.
Result<Json> padText(const Arguments& arguments) {
    static constexpr std::int64_t kMaxPad = 1000;
    if (arguments.size() != 3 || !arguments[0].is_string() || !arguments[1].is_number_integer() ||
        !arguments[2].is_number_integer()) {
        return fault("pad takes a text and two numbers");
    }
    const auto& text = arguments[0].get_ref<const std::string&>();
    const auto spaces = [](const Json& count) {
        return std::string(
            static_cast<std::size_t>(std::clamp<std::int64_t>(count.get<std::int64_t>(), 0, kMaxPad)), ' ');
    };
    return Json(text.empty() ? text : spaces(arguments[1]) + text + spaces(arguments[2]));
}

std::string printAll(const Arguments& arguments, std::size_t from, bool spaced) {
    std::string text;
    for (std::size_t i = from; i < arguments.size(); ++i) {
        // Go's Print puts a space between two operands when neither is a string, Println always.
        if (i > from && (spaced || (!arguments[i].is_string() && !arguments[i - 1].is_string()))) {
            text += ' ';
        }
        text += printValue(arguments[i]);
    }
    return text;
}

/// One conversion of printf, `spec` with its '%' and letter.
Result<std::string> formatOne(const std::string& spec, const Json& value) {
    std::string text = printValue(value);
    const char letter = spec.back();
    if (letter == 'q') {
        text = json::toText(Json(text));
    } else if (letter == 'd' && !value.is_number_integer()) {
        return "%!d(" + std::string(value.type_name()) + "=" + text + ")";
    } else if (letter != 's' && letter != 'v' && letter != 'd' && letter != 't') {
        return fault("printf: '" + spec + "' is not supported");
    }
    std::string digits = spec.substr(1, spec.size() - 2);
    const bool left = !digits.empty() && digits[0] == '-';
    digits.erase(0, left ? 1 : 0);
    if (digits.find_first_not_of("0123456789") != std::string::npos || digits.size() > 3) {
        return fault("printf: '" + spec + "' is not supported");
    }
    const std::size_t width = digits.empty() ? 0 : static_cast<std::size_t>(std::stoul(digits));
    const char fill = !left && digits.size() > 1 && digits[0] == '0' ? '0' : ' ';
    const std::string padding(width > text.size() ? width - text.size() : 0, fill);
    return left ? text + padding : padding + text;
}

Result<Json> printFormatted(const Arguments& arguments) {
    if (arguments.empty() || !arguments[0].is_string()) {
        return fault("printf takes a format");
    }
    const auto& format = arguments[0].get_ref<const std::string&>();
    std::string text;
    std::size_t next = 1;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') {
            text += format[i];
            continue;
        }
        const auto end = format.find_first_not_of("-0123456789", i + 1);
        if (end == std::string::npos) {
            return fault("printf: '%' at the end of the format");
        }
        if (format[end] == '%') {
            text += '%';
        } else if (next >= arguments.size()) {
            text += "%!" + std::string(1, format[end]) + "(MISSING)";
        } else {
            TRY_ASSIGN(const std::string part, formatOne(format.substr(i, end - i + 1), arguments[next++]));
            text += part;
        }
        i = end;
    }
    return Json(text);
}

const std::map<std::string, Function>& functions() {
    // TABLE
    static const std::map<std::string, Function> kFunctions = {
        {"json",
         [](const Arguments& a) -> Result<Json> { return Json(a.empty() ? "" : json::toText(a.back())); }},
        {"join", joinValues},
        {"split", splitText},
        {"index", indexValue},
        {"len", lengthOf},
        {"slice", sliceOf},
        {"eq", equal},
        {"ne", [](const Arguments& a) { return ordered(a, [](int order) { return order != 0; }); }},
        {"lt", [](const Arguments& a) { return ordered(a, [](int order) { return order < 0; }); }},
        {"le", [](const Arguments& a) { return ordered(a, [](int order) { return order <= 0; }); }},
        {"gt", [](const Arguments& a) { return ordered(a, [](int order) { return order > 0; }); }},
        {"ge", [](const Arguments& a) { return ordered(a, [](int order) { return order >= 0; }); }},
        {"not", [](const Arguments& a) -> Result<Json> { return Json(a.empty() || !isTrue(a[0])); }},
        {"lower", [](const Arguments& a) { return changeCase(a, std::tolower); }},
        {"upper", [](const Arguments& a) { return changeCase(a, std::toupper); }},
        {"title", titleCase},
        {"truncate", truncateText},
        {"pad", padText},
        {"print", [](const Arguments& a) -> Result<Json> { return Json(printAll(a, 0, false)); }},
        {"println", [](const Arguments& a) -> Result<Json> { return Json(printAll(a, 0, true) + "\n"); }},
        {"printf", printFormatted},
    };
    return kFunctions;
}

}  // namespace

std::string printValue(const Json& value) {
    switch (value.type()) {
    case Json::value_t::null:
        return "<nil>";
    case Json::value_t::string:
        return value.get<std::string>();
    case Json::value_t::array: {
        std::string text = "[";
        for (std::size_t i = 0; i < value.size(); ++i) {
            text += (i > 0 ? " " : "") + printValue(value[i]);
        }
        return text + "]";
    }
    case Json::value_t::object: {
        std::string text = "map[";
        for (auto item = value.begin(); item != value.end(); ++item) {
            text += (item != value.begin() ? " " : "") + item.key() + ":" + printValue(*item);
        }
        return text + "]";
    }
    default:
        return json::toText(value);
    }
}

bool isTrue(const Json& value) {
    switch (value.type()) {
    case Json::value_t::null:
    case Json::value_t::discarded:
        return false;
    case Json::value_t::boolean:
        return value.get<bool>();
    case Json::value_t::string:
        return !value.get_ref<const std::string&>().empty();
    case Json::value_t::array:
    case Json::value_t::object:
        return !value.empty();
    default:
        return value != 0;
    }
}

Result<Json> callFunction(const std::string& name, const Arguments& arguments) {
    const auto found = functions().find(name);
    if (found == functions().end()) {
        return fault("function '" + name + "' is not known");
    }
    return found->second(arguments);
}

}  // namespace coracle::text
