// SPDX-License-Identifier: Apache-2.0
#include "core/registry/challenge.h"

#include <algorithm>
#include <cctype>
#include <cstring>

namespace coracle::registry {
namespace {

/// RFC 9110 5.6.2's "token", with '/' beside it for token68 values (11.2), which are read over and not
/// used.
bool isTokenCharacter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x80 && std::isalnum(byte) != 0) ||
           (c != '\0' && std::strchr("!#$%&'*+-.^_`|~/", c) != nullptr);
}

/// Reads a header from left to right. The text is the server's: nothing here reads beyond its end, and a
/// quoted string without an end takes the rest.
class Reader {
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    bool atEnd() const { return m_rest.empty(); }
    void skip(std::string_view characters) {
        m_rest.remove_prefix(std::min(m_rest.find_first_not_of(characters), m_rest.size()));
    }
    bool take(char c) {
        if (m_rest.empty() || m_rest.front() != c) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    std::string token() {
        std::size_t length = 0;
        while (length < m_rest.size() && isTokenCharacter(m_rest[length])) {
            ++length;
        }
        std::string word(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return word;
    }
    /// A token or a quoted string.
    std::string value() {
        if (!take('"')) {
            return token();
        }
        std::string text;
        while (!m_rest.empty() && m_rest.front() != '"') {
            if (m_rest.front() == '\\' && m_rest.size() > 1) {
                m_rest.remove_prefix(1);
            }
            text += m_rest.front();
            m_rest.remove_prefix(1);
        }
        (void)take('"');
        return text;
    }

private:
    std::string_view m_rest;
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return text;
}

void assign(Challenge& challenge, const std::string& name, std::string value) {
    if (name == "realm") {
        challenge.realm = std::move(value);
    } else if (name == "service") {
        challenge.service = std::move(value);
    } else if (name == "scope") {
        challenge.scope = std::move(value);
    } else if (name == "error") {
        challenge.error = std::move(value);
    }
}

/// Read the challenges of one header. A word followed by '=' is a parameter of the challenge before it;
/// any other word begins a challenge. That rule is what tells the ',' between parameters from the ','
/// between challenges, for which the grammar uses the same character (RFC 9110 11.6.1). Every turn takes
/// at least one character, so the loop ends.
void readHeader(std::string_view header, std::vector<Challenge>& found) {
    Reader reader(header);
    bool known = false;
    while (true) {
        reader.skip(" \t,");
        if (reader.atEnd()) {
            return;
        }
        const std::string word = lower(reader.token());
        if (word.empty()) {
            return;  // not the grammar; what was read so far counts
        }
        reader.skip(" \t");
        if (reader.take('=')) {
            reader.skip(" \t");
            std::string value = reader.value();
            if (known) {
                assign(found.back(), word, std::move(value));
            }
            reader.skip("=");  // padding of a token68
            continue;
        }
        known = word == "bearer" || word == "basic";
        if (known) {
            found.push_back(
                {word == "bearer" ? Challenge::Scheme::Bearer : Challenge::Scheme::Basic, {}, {}, {}, {}});
        }
    }
}

}  // namespace

std::optional<Challenge> findChallenge(const std::vector<std::string_view>& headers) {
    std::vector<Challenge> found;
    for (const std::string_view header : headers) {
        readHeader(header, found);
    }
    const auto bearer = std::find_if(found.begin(), found.end(), [](const Challenge& challenge) {
        return challenge.scheme == Challenge::Scheme::Bearer && !challenge.realm.empty();
    });
    if (bearer != found.end()) {
        return *bearer;
    }
    const auto basic = std::find_if(found.begin(), found.end(), [](const Challenge& challenge) {
        return challenge.scheme == Challenge::Scheme::Basic;
    });
    return basic == found.end() ? std::nullopt : std::optional(*basic);
}

}  // namespace coracle::registry
