// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace coracle::json {
namespace {

using Document = nlohmann::json;

/// Names the member and not the value: a document may hold secrets (registry credentials).
Error wrongType(const char* key, const char* wanted) {
    return {ErrorKind::Corrupt, std::string("member '") + key + "' is not " + wanted};
}

/// null counts as left out, as the specification's writers in Go have it.
const Document* findMember(const Document& object, const char* key) {
    if (!object.is_object()) {
        return nullptr;
    }
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

/// A NUL is refused in every text: nearly all of them end in a system call as C strings, where the rest
/// would be lost and what was checked would not be what is used.
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

/// Reads a document once without building it and looks for what the parser would let pass. The parser's own
/// callback could do the same, but it looks through all siblings after each value: a manifest of 20,000
/// layers takes it a minute (seen with nlohmann/json 3.11).
class Inspector : public nlohmann::json_sax<Document> {
public:
    explicit Inspector(std::string_view text) : m_text(text) {}
    std::string fault() && { return std::move(m_fault); }

    /// Values are none of its business: only nesting and keys are watched, the document is built
    /// afterwards.
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool string(string_t& /*value*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*elements*/) override {
        m_keys.emplace_back();
        return enter();
    }
    bool end_object() override {
        m_keys.pop_back();
        --m_depth;
        return true;
    }
    bool start_array(std::size_t /*elements*/) override { return enter(); }
    bool end_array() override {
        --m_depth;
        return true;
    }
    /// Two members of one name: RFC 8259 4 leaves the meaning open, so two programs could read two
    /// documents in one.
    bool key(string_t& name) override {
        if (!m_keys.back().insert(name).second) {
            m_fault = "key '" + name + "' appears twice";
        }
        return m_fault.empty();
    }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        const auto end = m_text.begin() + static_cast<std::ptrdiff_t>(std::min(position, m_text.size()));
        const auto line = 1 + std::count(m_text.begin(), end, '\n');
        m_fault = "not valid JSON at byte " + std::to_string(position) + ", line " + std::to_string(line);
        return false;
    }

private:
    /// The document is built and destroyed by recursion; this is what bounds the stack.
    bool enter() {
        if (++m_depth > kMaxDepth) {
            m_fault = "nested deeper than " + std::to_string(kMaxDepth) + " levels";
        }
        return m_fault.empty();
    }

    std::string_view m_text;
    std::string m_fault;
    std::size_t m_depth = 0;
    std::vector<std::set<std::string>> m_keys;  ///< of the objects that are open
};

}  // namespace

Result<nlohmann::json> parse(std::string_view text, std::size_t maxBytes) {
    if (text.size() > maxBytes) {
        return Error(ErrorKind::Corrupt,
                     "JSON document is longer than " + std::to_string(maxBytes) + " bytes");
    }
    // The text is read twice: once by the inspector without building anything, then for real. A text that
    // is to be refused never takes memory.
    Inspector inspector(text);
    const bool wellFormed = Document::sax_parse(text.begin(), text.end(), &inspector);
    std::string fault = std::move(inspector).fault();
    if (fault.empty() && !wellFormed) {
        fault = "not valid JSON";
    }
    if (!fault.empty()) {
        return Error(ErrorKind::Corrupt, "parse JSON document: " + fault);
    }
    Document document = Document::parse(text.begin(), text.end(), nullptr, false);
    if (document.is_discarded()) {
        return Error(ErrorKind::Corrupt, "parse JSON document: not valid JSON");
    }
    return document;
}

/// In all of these: a member that is null counts as left out, as Go writes empty ones; one of another type
/// is an error and never a default.
Result<std::optional<std::string>> findString(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    if (value == nullptr) {
        return std::optional<std::string>();
    }
    TRY_ASSIGN(std::string text, textOf(*value, key));
    return std::optional<std::string>(std::move(text));
}

/// The library keeps numbers without a sign apart from others, and a getter would convert silently. A
/// number with a fraction or an exponent is a float for it, and none here.
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

Result<const Document*> loadObjectIfAny(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    if (value != nullptr && !value->is_object()) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an object");
    }
    return value;
}

Result<const Document*> loadArrayIfAny(const Document& object, const char* key) {
    const Document* value = findMember(object, key);
    if (value != nullptr && !value->is_array()) {
        return Error(ErrorKind::Corrupt, std::string("member '") + key + "' is not an array");
    }
    return value;
}

std::string toText(const Document& document, int indent) {
    return document.dump(indent, ' ', false, Document::error_handler_t::replace);
}

}  // namespace coracle::json
