// SPDX-License-Identifier: Apache-2.0
#include "core/text/yaml.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace coracle::text {
namespace {

using nlohmann::json;

/// Thrown through the library, which knows of no other way to be stopped; caught in parseYaml().
struct Stopped {
    Error error;
};

std::string place(const YAML::Mark& mark) {
    return "line " + std::to_string(mark.line + 1) + ", column " + std::to_string(mark.column + 1) + ": ";
}

[[noreturn]] void stop(ErrorKind kind, const YAML::Mark& mark, const std::string& what) {
    throw Stopped{Error(kind, place(mark) + what)};
}

template <typename Number>
std::optional<Number> wholeNumber(std::string_view digits, int base) {
    Number number = 0;
    const auto* end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, number, base);
    return error == std::errc() && at == end && !digits.empty() ? std::optional(number) : std::nullopt;
}

std::optional<json> integer(std::string_view word) {
    const bool negative = word.starts_with('-');
    if (negative || word.starts_with('+')) {
        word.remove_prefix(1);
    }
    int base = 10;
    if (word.starts_with("0x") || word.starts_with("0o") || word.starts_with("0b")) {
        base = word[1] == 'x' ? 16 : word[1] == 'o' ? 8 : 2;
        word.remove_prefix(2);
    } else if (word.size() > 1 && word.front() == '0') {
        base = 8;
    }
    if (word.starts_with('-')) {
        return std::nullopt;
    }
    const auto number = wholeNumber<std::uint64_t>(word, base);
    if (!number || (negative && *number > static_cast<std::uint64_t>(INT64_MAX))) {
        return std::nullopt;
    }
    return negative ? json(-static_cast<std::int64_t>(*number)) : json(*number);
}

/// from_chars also reads "inf" and "nan", which JSON has not; these stay texts.
std::optional<json> fraction(const std::string& word) {
    if (word.find_first_not_of("0123456789+-.eE") != std::string::npos ||
        word.find_first_of("0123456789") == std::string::npos) {
        return std::nullopt;
    }
    const std::size_t sign = word.front() == '+' ? 1 : 0;
    double number = 0;
    const auto* end = word.data() + word.size();
    const auto [at, error] = std::from_chars(word.data() + sign, end, number);
    return error == std::errc() && at == end && std::isfinite(number) ? std::optional(json(number))
                                                                      : std::nullopt;
}

json plainWord(const std::string& word) {
    const auto isOneOf = [&](std::initializer_list<const char*> words) {
        return std::any_of(words.begin(), words.end(), [&](const char* known) { return word == known; });
    };
    if (isOneOf({"", "~", "null", "Null", "NULL"})) {
        return nullptr;
    }
    if (isOneOf({"true", "True", "TRUE"})) {
        return true;
    }
    if (isOneOf({"false", "False", "FALSE"})) {
        return false;
    }
    if (auto number = integer(word)) {
        return *std::move(number);
    }
    if (auto number = fraction(word)) {
        return *std::move(number);
    }
    return word;
}

/// Makes the document out of the library's events. Each list and map that is not closed yet has a frame.
class Builder : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(mark, anchor, {nullptr, 1, 0}, "null");
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (anchor >= m_anchors.size() || !m_anchors[anchor]) {
            stop(ErrorKind::Corrupt, mark, "an alias stands inside of what it is an alias of");
        }
        // Counted before it is copied.
        const Value& known = *m_anchors[anchor];
        count(mark, known.nodes);
        checkDepth(mark, m_frames.size() + known.depth);
        Value copy = known;
        const std::optional<std::string> key = known.content.is_structured() ? std::nullopt
                                               : known.content.is_string()
                                                   ? std::optional(known.content.get<std::string>())
                                                   : std::optional(known.content.dump());
        put(mark, std::move(copy), key, known.nodes);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        if (tag == "?" || tag.empty()) {
            m_plain = true;
            add(mark, anchor, {plainWord(value), 1, 0}, value);
        } else {
            if (tag != "!" && tag != "tag:yaml.org,2002:str") {
                refuseTag(mark, tag, "");
            }
            m_plain = false;
            add(mark, anchor, {value, 1, 0}, value);
        }
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, "tag:yaml.org,2002:seq", anchor, json::array());
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        open(mark, tag, "tag:yaml.org,2002:map", anchor, json::object());
    }
    void OnMapEnd() override { close(); }

    json take() { return std::move(m_document); }

private:
    struct Value {
        json content;
        std::size_t nodes = 0;
        std::size_t depth = 0;  ///< of lists and maps inside of each other
    };
    struct Frame {
        YAML::Mark mark;
        YAML::anchor_t anchor = YAML::NullAnchor;
        Value value;
        std::optional<std::string> key;
    };

    static void refuseTag(const YAML::Mark& mark, const std::string& tag, const std::string& standard) {
        if (tag != standard) {
            stop(ErrorKind::Unsupported, mark, "the tag '" + tag + "' is not known");
        }
    }
    static void checkDepth(const YAML::Mark& mark, std::size_t depth) {
        if (depth > coracle::json::kMaxDepth) {
            stop(ErrorKind::Corrupt, mark,
                 "it is nested deeper than " + std::to_string(coracle::json::kMaxDepth) + " levels");
        }
    }
    void count(const YAML::Mark& mark, std::size_t nodes) {
        m_nodes += nodes;
        if (m_nodes > kMaxYamlNodes) {
            stop(ErrorKind::Corrupt, mark, "it has more than " + std::to_string(kMaxYamlNodes) + " values");
        }
    }
    void open(const YAML::Mark& mark, const std::string& tag, const std::string& standard,
              YAML::anchor_t anchor, json empty) {
        if (tag != "?" && tag != "!" && !tag.empty()) {
            refuseTag(mark, tag, standard);
        }
        count(mark, 1);
        checkDepth(mark, m_frames.size() + 1);
        m_frames.push_back({mark, anchor, {std::move(empty), 1, 1}, std::nullopt});
    }
    void close() {
        Frame frame = std::move(m_frames.back());
        m_frames.pop_back();
        remember(frame.anchor, frame.value);
        const std::size_t nodes = frame.value.nodes;
        put(frame.mark, std::move(frame.value), std::nullopt, nodes);
    }
    void remember(YAML::anchor_t anchor, const Value& value) {
        if (anchor == YAML::NullAnchor) {
            return;
        }
        m_anchors.resize(std::max<std::size_t>(m_anchors.size(), anchor + 1));
        m_anchors[anchor] = value;
    }
    /// A scalar; `text` is what it is as a key.
    void add(const YAML::Mark& mark, YAML::anchor_t anchor, Value value, const std::string& text) {
        count(mark, 1);
        remember(anchor, value);
        put(mark, std::move(value), text, 1);
    }
    /// Into the innermost list or map, as the next key or as a value. keyText: none for what cannot be a key.
    void put(const YAML::Mark& mark, Value value, const std::optional<std::string>& keyText,
             std::size_t nodes) {
        if (m_frames.empty()) {
            m_document = std::move(value.content);
            return;
        }
        Frame& frame = m_frames.back();
        frame.value.nodes += nodes;
        frame.value.depth = std::max(frame.value.depth, value.depth + 1);
        if (frame.value.content.is_array()) {
            frame.value.content.push_back(std::move(value.content));
        } else if (frame.key) {
            frame.value.content[*frame.key] = std::move(value.content);
            frame.key.reset();
        } else {
            takeKey(mark, frame, keyText);
        }
    }
    void takeKey(const YAML::Mark& mark, Frame& frame, const std::optional<std::string>& keyText) const {
        if (!keyText) {
            stop(ErrorKind::Corrupt, mark, "a list or a map cannot be a key");
        }
        if (*keyText == "<<" && m_plain) {
            stop(ErrorKind::Unsupported, mark, "maps are not merged by '<<'");
        }
        if (frame.value.content.contains(*keyText)) {
            stop(ErrorKind::Corrupt, mark, "the key '" + *keyText + "' is there twice");
        }
        frame.key = keyText;
    }

    json m_document;
    std::vector<Frame> m_frames;
    std::vector<std::optional<Value>> m_anchors;  ///< by number; none while it is not complete
    std::size_t m_nodes = 0;
    bool m_plain = false;  ///< the last scalar had no quotes
};

}  // namespace

Result<json> parseYaml(std::string_view text, std::size_t maxBytes) {
    if (text.size() > maxBytes) {
        return Error(ErrorKind::Corrupt, "it has more than " + std::to_string(maxBytes) + " bytes");
    }
    std::istringstream input{std::string(text)};
    try {
        YAML::Parser parser(input);
        Builder builder;
        (void)parser.HandleNextDocument(builder);  // false: there is none, which is null
        json document = builder.take();
        Builder another;
        if (parser.HandleNextDocument(another)) {
            return Error(ErrorKind::Corrupt, "there is a second document behind the first");
        }
        return document;
    } catch (const Stopped& stopped) {
        return stopped.error;
    } catch (const YAML::Exception& error) {
        return Error(ErrorKind::Corrupt, place(error.mark) + error.msg);
    }
}

}  // namespace coracle::text
