// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <deque>
#include <string>

namespace coracle::text {

/// What a piece of a template evaluates to: a view of the data or of a value that the rendering made.
struct TemplateValue {
    const nlohmann::json* json = nullptr;   ///< null: no value, as a missing map entry gives
    const nlohmann::json* shape = nullptr;  ///< see TemplateData::shape
    const std::string* absent = nullptr;    ///< the member that the data left out and the shape filled in

    bool exists() const { return json != nullptr; }
    bool isNil() const { return json == nullptr || json->is_null(); }
};

/// Owns what a rendering makes, until it ends.
class TemplateArena {
public:
    TemplateValue keep(nlohmann::json value) {
        m_values.push_back(std::move(value));
        return {&m_values.back(), nullptr, nullptr};
    }

private:
    std::deque<nlohmann::json> m_values;
};

/// How Go's %v prints the value: "map[a:1 b:2]", "[x y]", "<nil>".
std::string printValue(const nlohmann::json& value);
/// The same for what an action prints: "<no value>", and "[]" for a slice that is nil.
std::string printValue(const TemplateValue& value);

/// As Go's %v prints a float64: the shortest digits, an exponent below 1e-4 and from 1e6.
std::string printReal(double value);

/// No value, empty, zero, false and nil are false; everything else is true.
bool isTrue(const TemplateValue& value);

/// The Go type that a message names: "string", "[]interface {}".
std::string typeOf(const TemplateValue& value);

/// Whether the shape says that it is a map rather than a struct.
bool isMapShape(const nlohmann::json* shape);

/// The shape of what a slice or map holds; null: not known.
const nlohmann::json* elementShape(const nlohmann::json* shape);

/// Whether nothing is known about values of this shape.
bool isUnknownShape(const nlohmann::json* shape);

/// The zero value of a shape.
nlohmann::json zeroOf(const nlohmann::json& shape);

}  // namespace coracle::text
