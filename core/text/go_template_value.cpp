// SPDX-License-Identifier: Apache-2.0
#include "core/text/go_template_value.h"

#include "rootless/oci/json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace coracle::text {

using Json = nlohmann::json;

const Json* elementShape(const Json* shape) {
    if (shape != nullptr && shape->is_array()) {
        return shape->empty() ? nullptr : &shape->front();
    }
    return isMapShape(shape) ? &shape->at("*") : nullptr;
}

std::string printReal(double value) {
    if (std::isnan(value) || std::isinf(value)) {
        return std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    constexpr double kExponentFrom = 1e6;
    constexpr double kExponentBelow = 1e-4;
    const double size = std::fabs(value);
    const bool exponent = value != 0 && (size < kExponentBelow || size >= kExponentFrom);
    std::array<char, 400> text{};
    const auto [end, ec] = std::to_chars(text.data(), text.data() + text.size(), value,
                                         exponent ? std::chars_format::scientific : std::chars_format::fixed);
    return {text.data(), ec == std::errc{} ? end : text.data()};
}

namespace {

bool isEmptyStruct(const Json* shape) {
    return shape != nullptr && shape->is_object() && shape->empty();
}

std::string printShaped(const Json& value, const Json* shape) {
    switch (value.type()) {
    case Json::value_t::null:
        return "<nil>";
    case Json::value_t::string:
        return value.get<std::string>();
    case Json::value_t::number_float:
        return printReal(value.get<double>());
    case Json::value_t::array:
    case Json::value_t::object:
        break;
    default:
        return json::toText(value);
    }
    if (value.empty() && isEmptyStruct(shape)) {
        return "{}";
    }
    std::string text = value.is_array() ? "[" : "map[";
    for (auto item = value.begin(); item != value.end(); ++item) {
        text += item == value.begin() ? "" : " ";
        text += value.is_array() ? "" : item.key() + ":";
        text += printShaped(*item, elementShape(shape));
    }
    return text + "]";
}

}  // namespace

std::string printValue(const Json& value) {
    return printShaped(value, nullptr);
}

std::string printValue(const TemplateValue& value) {
    if (!value.exists()) {
        return "<no value>";
    }
    if (!value.json->is_null()) {
        return printShaped(*value.json, value.shape);
    }
    if (value.shape == nullptr || isUnknownShape(value.shape)) {
        return "<no value>";  // an interface that holds nothing
    }
    return value.shape->is_array() ? "[]" : isMapShape(value.shape) ? "map[]" : "<nil>";
}

bool isTrue(const TemplateValue& value) {
    if (value.isNil()) {
        return false;
    }
    switch (value.json->type()) {
    case Json::value_t::boolean:
        return value.json->get<bool>();
    case Json::value_t::string:
        return !value.json->get_ref<const std::string&>().empty();
    case Json::value_t::array:
        return !value.json->empty();
    case Json::value_t::object:  // a struct is always true
        return !value.json->empty() ||
               (value.shape != nullptr && value.shape->is_object() && !isMapShape(value.shape));
    default:
        return *value.json != 0;
    }
}

std::string typeOf(const TemplateValue& value) {
    if (!value.exists()) {
        return "<nil>";
    }
    switch (value.json->type()) {
    case Json::value_t::null:
        return "<nil>";
    case Json::value_t::boolean:
        return "bool";
    case Json::value_t::string:
        return "string";
    case Json::value_t::number_float:
        return "float64";
    case Json::value_t::array:
        return "[]interface {}";
    case Json::value_t::object:
        return "map[string]interface {}";
    default:
        return "int";
    }
}

bool isMapShape(const Json* shape) {
    return shape != nullptr && shape->is_object() && shape->size() == 1 && shape->contains("*");
}

bool isUnknownShape(const Json* shape) {
    return shape == nullptr || (shape->is_array() && shape->empty());
}

Json zeroOf(const Json& shape) {
    if (shape.is_array()) {
        return {};  // a slice that is nil
    }
    if (!shape.is_object() || isMapShape(&shape)) {
        return shape.is_object() ? Json() : shape;
    }
    Json value = Json::object();
    for (const auto& [name, member] : shape.items()) {
        value[name] = zeroOf(member);
    }
    return value;
}

}  // namespace coracle::text
