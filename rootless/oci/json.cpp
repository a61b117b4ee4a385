// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <set>

namespace coracle::json {
namespace {

using Document = nlohmann::json;

Error wrongType(const char* key, const char* wanted) {
    return {ErrorKind::Corrupt, std::string("member '") + key + "' is not " + wanted};
}

const Document* findMember(const Document& object, const char* key) {
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

Result<std::string> textOf(const Document& value, const char* key) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr) {
        return wrongType(key, "a string");
    }
    if (text->find('\0') != std::string::npos) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' holds a NUL character");
    }
    return *text;
}

}  // namespace

Result<nlohmann::json> parse(std::string_view text, std::size_t maxBytes) {
    if (text.size() > maxBytes) {
        return Error(ErrorKind::Corrupt,
                     "JSON document is longer than " + std::to_string(maxBytes) + " bytes");
    }
    std::string fault;
    std::vector<std::set<std::string>> keys;
    const auto watch = [&](int depth, Document::parse_event_t event, Document& parsed) {
        using Event = Document::parse_event_t;
        if (static_cast<std::size_t>(depth) >= kMaxDepth &&
            (event == Event::object_start || event == Event::array_start)) {
            fault = "nested deeper than " + std::to_string(kMaxDepth) + " levels";
            return false;
        }
        if (event == Event::object_start) {
            keys.emplace_back();
        } else if (event == Event::object_end && !keys.empty()) {
            keys.pop_back();
        } else if (event == Event::key && !keys.empty() &&
                   !keys.back().insert(parsed.get_ref<std::string&>()).second) {
            fault = "key '" + parsed.get_ref<std::string&>() + "' appears twice";
        }
        return fault.empty();
    };
    Document document = Document::parse(text.begin(), text.end(), watch, false);
    if (fault.empty() && document.is_discarded()) {
        fault = "not valid JSON";
    }
    if (!fault.empty()) {
        return Error(ErrorKind::Corrupt, "parse JSON document: " + fault);
    }
    return document;
}

Result<std::optional<std::string>> findString(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    if (value == nullptr) {
        return std::optional<std::string>();
    }
    TRY_ASSIGN(std::string text, textOf(*value, key));
    return std::optional<std::string>(std::move(text));
}

Result<std::optional<std::int64_t>> findInteger(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    if (value == nullptr) {
        return std::optional<std::int64_t>();
    }
    if (const auto* number = value->get_ptr<const Document::number_unsigned_t*>()) {
        if (*number > static_cast<std::uint64_t>(INT64_MAX)) {
            return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is out of range");
        }
        return std::optional<std::int64_t>(static_cast<std::int64_t>(*number));
    }
    if (const auto* number = value->get_ptr<const Document::number_integer_t*>()) {
        return std::optional<std::int64_t>(*number);
    }
    return wrongType(key, "an integer");
}

Result<std::optional<bool>> findBool(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    if (value == nullptr) {
        return std::optional<bool>();
    }
    const auto* truth = value->get_ptr<const Document::boolean_t*>();
    if (truth == nullptr) {
        return wrongType(key, "true or false");
    }
    return std::optional<bool>(*truth);
}

Result<std::vector<std::string>> findStrings(const Document& object, const char* key) {
    std::vector<std::string> texts;
    const Document* value = findMember(object, key);
    if (value == nullptr) {
        return texts;
    }
    if (!value->is_array()) {
        return wrongType(key, "an array");
    }
    for (const Document& item : *value) {
        TRY_ASSIGN(std::string text, textOf(item, key));
        texts.push_back(std::move(text));
    }
    return texts;
}

Result<std::map<std::string, std::string>> findStringMap(const Document& object, const char* key) {
    std::map<std::string, std::string> texts;
    const Document* value = findMember(object, key);
    if (value == nullptr) {
        return texts;
    }
    if (!value->is_object()) {
        return wrongType(key, "an object");
    }
    for (const auto& [name, item] : value->items()) {
        TRY_ASSIGN(std::string text, textOf(item, key));
        texts.emplace(name, std::move(text));
    }
    return texts;
}

Result<std::string> loadString(const Document& object, const char* key) {
    TRY_ASSIGN(auto text, findString(object, key));
    if (!text) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is missing");
    }
    return *std::move(text);
}

Result<std::int64_t> loadInteger(const Document& object, const char* key) {
    TRY_ASSIGN(const auto number, findInteger(object, key));
    if (!number) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is missing");
    }
    return *number;
}

const Document* findObject(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    return value != nullptr && value->is_object() ? value : nullptr;
}

const Document* findArray(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    return value != nullptr && value->is_array() ? value : nullptr;
}

std::string toText(const Document& document, int indent) {
    return document.dump(indent, ' ', false, Document::error_handler_t::replace);
}

}  // namespace coracle::json
