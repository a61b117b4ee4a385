// SPDX-License-Identifier: Apache-2.0
#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>
#include <vector>

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
    const auto found = object.find(std::string_view(key));  // else each comparison would measure the key
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

/// Builds a document while it is read, and refuses what the library's own builder lets pass. The library's
/// callback could refuse it, too, but it looks through all siblings after each value: a manifest of 20,000
/// layers takes it a minute (seen with nlohmann/json 3.11).
class Builder final : public nlohmann::json_sax<Document> {
public:
    explicit Builder(std::string_view text) : m_text(text) {}
    std::string fault() && { return std::move(m_fault); }
    Document document() && { return std::move(m_root); }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }
    bool number_float(number_float_t value, const string_t& /*text*/) override { return add(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t& /*value*/) override { return false; }  // JSON text has none
    bool start_object(std::size_t /*elements*/) override { return enter(Document::object()); }
    bool start_array(std::size_t /*elements*/) override { return enter(Document::array()); }
    bool end_object() override { return leave(); }
    bool end_array() override { return leave(); }
    /// Two members of one name: RFC 8259 4 leaves the meaning open, so two programs could read two
    /// documents in one.
    bool key(string_t& name) override {
        auto& members = m_open.back()->get_ref<Document::object_t&>();
        const auto [member, isNew] = members.emplace(name, nullptr);
        m_member = &member->second;
        if (!isNew) {
            m_fault = "key '" + name + "' appears twice";
        }
        return isNew;
    }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*error*/) override {
        const auto end = m_text.begin() + static_cast<std::ptrdiff_t>(std::min(position, m_text.size()));
        const auto line = 1 + std::count(m_text.begin(), end, '\n');
        m_fault = "not valid JSON at byte " + std::to_string(position) + ", line " + std::to_string(line);
        return false;
    }

private:
    /// Where the value went. It stays there while it is open: members of objects are nodes, and an array does
    /// not grow while one of its elements is open.
    Document* place(Document value) {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        if (m_open.back()->is_array()) {
            return &m_open.back()->get_ref<Document::array_t&>().emplace_back(std::move(value));
        }
        *m_member = std::move(value);
        return m_member;
    }
    bool add(Document value) {
        (void)place(std::move(value));
        return true;
    }
    /// The document is destroyed by recursion; this is what bounds the stack.
    bool enter(Document value) {
        if (m_open.size() >= kMaxDepth) {
            m_fault = "nested deeper than " + std::to_string(kMaxDepth) + " levels";
            return false;
        }
        m_open.push_back(place(std::move(value)));
        return true;
    }
    bool leave() {
        m_open.pop_back();
        return true;
    }

    std::string_view m_text;
    std::string m_fault;
    Document m_root;
    std::vector<Document*> m_open;  ///< objects and arrays, from the outermost on
    Document* m_member = nullptr;   ///< the value that a key was read for
};

/// Reads the JSON that we write ourselves at a fraction of what the library's reader costs, which was a
/// quarter of a list of containers: ASCII, no \u, whole numbers of at most 19 digits. Whatever else it meets,
/// valid or not, is left to the library, from the beginning; so it decides about nothing but the plain, and
/// says no faults.
class PlainReader {
public:
    PlainReader(std::string_view text, Builder& builder) : m_rest(text), m_builder(builder) {}

    /// Whether all of the text was plain, and the builder took it. If not, the builder is worth nothing.
    bool read() {
        const bool wasPlain = value();
        skipBlanks();
        return wasPlain && m_rest.empty();
    }

private:
    void skipBlanks() {
        while (!m_rest.empty() &&
               (m_rest[0] == ' ' || m_rest[0] == '\n' || m_rest[0] == '\t' || m_rest[0] == '\r')) {
            m_rest.remove_prefix(1);
        }
    }
    bool take(std::string_view word) {
        const bool isThere = m_rest.starts_with(word);
        m_rest.remove_prefix(isThere ? word.size() : 0);
        return isThere;
    }

    /// Recursion ends where the builder refuses to enter.
    bool value() {
        skipBlanks();
        switch (m_rest.empty() ? '\0' : m_rest[0]) {
        case '{':
            return object();
        case '[':
            return array();
        case '"':
            return text() && m_builder.string(m_text);
        case 't':
            return take("true") && m_builder.boolean(true);
        case 'f':
            return take("false") && m_builder.boolean(false);
        case 'n':
            return take("null") && m_builder.null();
        default:
            return number();
        }
    }
    bool object() {
        m_rest.remove_prefix(1);
        if (!m_builder.start_object(0)) {
            return false;
        }
        skipBlanks();
        if (take("}")) {
            return m_builder.end_object();
        }
        do {
            skipBlanks();
            if (!text() || !m_builder.key(m_text)) {
                return false;
            }
            skipBlanks();
            if (!take(":") || !value()) {
                return false;
            }
            skipBlanks();
        } while (take(","));
        return take("}") && m_builder.end_object();
    }
    bool array() {
        m_rest.remove_prefix(1);
        if (!m_builder.start_array(0)) {
            return false;
        }
        skipBlanks();
        if (take("]")) {
            return m_builder.end_array();
        }
        do {
            if (!value()) {
                return false;
            }
            skipBlanks();
        } while (take(","));
        return take("]") && m_builder.end_array();
    }
    /// Into m_text.
    bool text() {
        if (!take("\"")) {
            return false;
        }
        m_text.clear();
        while (true) {
            std::size_t plain = 0;
            while (plain < m_rest.size() && isPlain(m_rest[plain])) {
                ++plain;
            }
            m_text.append(m_rest.data(), plain);
            m_rest.remove_prefix(plain);
            if (take("\"")) {
                return true;
            }
            const std::size_t escape =
                m_rest.size() < 2 || m_rest[0] != '\\' ? kEscapes.npos : kEscapes.find(m_rest[1]);
            if (escape == kEscapes.npos) {
                return false;
            }
            m_text += kEscaped[escape];
            m_rest.remove_prefix(2);
        }
    }
    static bool isPlain(char c) { return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\'; }
    /// What follows the digits is the caller's to judge; a fraction or an exponent is nothing that he
    /// expects.
    bool number() {
        constexpr std::size_t kDigits = 19;  // more may be larger than 64 bits hold
        const bool negative = take("-");
        std::size_t digits = 0;
        std::uint64_t number = 0;
        for (; digits < m_rest.size() && m_rest[digits] >= '0' && m_rest[digits] <= '9'; ++digits) {
            if (digits == kDigits) {
                return false;
            }
            number = number * 10 + static_cast<std::uint64_t>(m_rest[digits] - '0');
        }
        if (digits == 0 || (m_rest[0] == '0' && (digits > 1 || negative)) ||
            (negative && number > static_cast<std::uint64_t>(INT64_MAX))) {
            return false;
        }
        m_rest.remove_prefix(digits);
        return negative ? m_builder.number_integer(-static_cast<std::int64_t>(number))
                        : m_builder.number_unsigned(number);
    }

    static constexpr std::string_view kEscapes = "\"\\/bfnrt";
    static constexpr std::string_view kEscaped = "\"\\/\b\f\n\r\t";

    std::string_view m_rest;
    Builder& m_builder;
    std::string m_text;
};

}  // namespace

Result<nlohmann::json> parse(std::string_view text, std::size_t maxBytes) {
    if (text.size() > maxBytes) {
        return Error(ErrorKind::Corrupt,
                     "JSON document is longer than " + std::to_string(maxBytes) + " bytes");
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        // The library takes it for the end, so that another reader would see more than is judged here.
        return Error(ErrorKind::Corrupt,
                     "parse JSON document: a NUL character at byte " + std::to_string(nul + 1));
    }
    {
        Builder plain(text);
        if (PlainReader(text, plain).read()) {
            return std::move(plain).document();
        }
    }
    Builder builder(text);
    const bool wellFormed = Document::sax_parse(text.begin(), text.end(), &builder);
    std::string fault = std::move(builder).fault();
    if (fault.empty() && !wellFormed) {
        fault = "not valid JSON";
    }
    if (!fault.empty()) {
        return Error(ErrorKind::Corrupt, "parse JSON document: " + fault);
    }
    return std::move(builder).document();
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

void dropEmpty(Document& object) {
    auto& members = object.get_ref<Document::object_t&>();
    std::erase_if(members, [](const auto& member) {
        const Document& value = member.second;
        const bool emptyText = value.is_string() && value.template get_ref<const std::string&>().empty();
        const bool isOff = value.is_boolean() && !value.template get<bool>();
        return emptyText || isOff || (value.is_structured() && value.empty());
    });
}

std::string toText(const Document& document, int indent) {
    return document.dump(indent, ' ', false, Document::error_handler_t::replace);
}

}  // namespace coracle::json
