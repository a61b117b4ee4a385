// SPDX-License-Identifier: Apache-2.0
#include "core/registry/keyring/item.h"

#include "rootless/oci/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace coracle::keyring {
namespace {

constexpr const char* kSchema = "io.docker.Credentials";
constexpr const char* kLabel = "Docker Credentials";
constexpr std::size_t kMaxWords = 300;

Result<> checkName(const std::string& text, const char* what) {
    if (text.empty()) {
        return Error(ErrorKind::InvalidArgument, std::string("the ") + what + " is empty");
    }
    if (text.size() > kMaxNameBytes) {
        return Error(ErrorKind::InvalidArgument, std::string("the ") + what + " is longer than " +
                                                     std::to_string(kMaxNameBytes) + " bytes");
    }
    return {};
}

}  // namespace

Attributes attributesOf(const Login& login) {
    Attributes attributes = searchFor(login.server);
    attributes["label"] = kLabel;
    attributes["username"] = login.userName;
    return attributes;
}

Attributes searchFor(const std::string& server) {
    Attributes attributes{{"xdg:schema", kSchema}, {"docker_cli", "1"}};
    if (!server.empty()) {
        attributes["server"] = server;
    }
    return attributes;
}

Result<Item> itemOf(std::string path, const Attributes& attributes, std::uint64_t modified) {
    const auto server = attributes.find("server");
    const auto user = attributes.find("username");
    if (server == attributes.end() || user == attributes.end() || server->second.empty() ||
        server->second.size() > kMaxNameBytes || user->second.size() > kMaxNameBytes) {
        return Error(ErrorKind::Corrupt, "an item of the keyring does not say whose login it is");
    }
    return Item{std::move(path), server->second, user->second, modified};
}

const Item* newestOf(const std::vector<Item>& items) {
    const Item* newest = nullptr;
    for (const Item& item : items) {
        newest = newest == nullptr || item.modified >= newest->modified ? &item : newest;
    }
    return newest;
}

Result<Login> parseLogin(std::string_view document) {
    TRY_ASSIGN(const auto object, json::parse(document, 2 * kMaxSecretBytes));
    Login login;
    TRY_ASSIGN(login.server, json::loadString(object, "ServerURL"));
    TRY_ASSIGN(login.userName, json::loadString(object, "Username"));
    TRY_ASSIGN(std::string secret, json::loadString(object, "Secret"));
    login.secret = registry::Secret(std::move(secret));
    TRY(checkName(login.server, "address of the registry"));
    TRY(checkName(login.userName, "user name"));
    if (login.secret.empty() || login.secret.reveal().size() > kMaxSecretBytes) {
        return Error(ErrorKind::InvalidArgument,
                     "the password is empty or longer than " + std::to_string(kMaxSecretBytes) + " bytes");
    }
    return login;
}

Result<std::string> parseServer(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) {
        line.remove_suffix(1);
    }
    std::string server(line);
    TRY(checkName(server, "address of the registry"));
    return server;
}

std::string loginText(const Login& login) {
    return json::toText(
        {{"ServerURL", login.server}, {"Username", login.userName}, {"Secret", login.secret.reveal()}});
}

std::string listText(const std::vector<Item>& items) {
    nlohmann::json users = nlohmann::json::object();
    std::map<std::string, const Item*> newest;
    for (const Item& item : items) {
        const Item*& known = newest[item.server];
        known = known == nullptr || item.modified >= known->modified ? &item : known;
    }
    for (const auto& [server, item] : newest) {
        users[server] = item->userName;
    }
    return json::toText(users);
}

std::string plainWords(std::string_view text) {
    std::string words(text.substr(0, kMaxWords));
    std::replace_if(
        words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
        ' ');
    return words;
}

}  // namespace coracle::keyring
