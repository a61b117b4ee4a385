// SPDX-License-Identifier: Apache-2.0
#include "net/slirp_api.h"

#include "rootless/sys/file.h"
#include "rootless/sys/unix_socket.h"

#include <nlohmann/json.hpp>

#include <chrono>

namespace coracle::net::slirp {
namespace {

using Document = nlohmann::json;

/// A list of some thirty thousand forwards; what a helper that was taken over may send is cut there.
constexpr std::size_t kMaxAnswerBytes = 4U << 20U;
/// For each read and write: a helper that was stopped must not stop the command that asks.
constexpr std::chrono::seconds kAnswerLimit{5};
constexpr std::int64_t kHighestPort = 65535;

Error malformed() {
    return {ErrorKind::Corrupt, "slirp4netns sent an answer that cannot be read"};
}

/// The value of "return"; slirp4netns is ours, but confined and facing the network, so it is not trusted:
/// whoever takes it over answers here. Every value is taken by a getter that refuses another type. The
/// document is moved and never copied, because the library copies by recursion, and how deep an answer is
/// nested is the other side's choice (reading and destroying do not recurse, nlohmann/json 3.11).
Result<Document> parseAnswer(std::string_view text) {
    Document document = Document::parse(text.begin(), text.end(), nullptr, false);
    if (!document.is_object()) {
        return malformed();
    }
    if (const auto error = document.find("error"); error != document.end()) {
        const bool described = error->is_object() && error->contains("desc") && (*error)["desc"].is_string();
        return Error(ErrorKind::Unavailable,
                     "slirp4netns: " + (described ? (*error)["desc"].get<std::string>() : "refused"));
    }
    // COMPAT(slirp4netns 1.2.0): list_hostfwd answers without the "return" its manual page shows.
    if (document.contains("entries")) {
        return document;
    }
    const auto answer = document.find("return");
    if (answer == document.end() || !answer->is_object()) {
        return malformed();
    }
    return std::move(*answer);
}

/// Every number of an answer is held to the range of what it is for.
Result<std::int64_t> integerIn(const Document& object, const char* key, std::int64_t high) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer() || found->get<std::int64_t>() < 0 ||
        found->get<std::int64_t>() > high) {
        return malformed();
    }
    return found->get<std::int64_t>();
}

Result<std::string> textIn(const Document& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) {
        return malformed();
    }
    return found->get<std::string>();
}

/// One entry of list_hostfwd. Source: slirp4netns(1), "API SOCKET".
Result<Forward> parseForward(const Document& entry) {
    if (!entry.is_object()) {
        return malformed();
    }
    Forward forward;
    TRY_ASSIGN(forward.id, integerIn(entry, "id", INT32_MAX));
    TRY_ASSIGN(const std::string protocol, textIn(entry, "proto"));
    TRY_ASSIGN(forward.port.hostIp, textIn(entry, "host_addr"));
    TRY_ASSIGN(const std::int64_t hostPort, integerIn(entry, "host_port", kHighestPort));
    TRY_ASSIGN(const std::int64_t guestPort, integerIn(entry, "guest_port", kHighestPort));
    forward.port.hostPort = static_cast<std::uint16_t>(hostPort);
    forward.port.containerPort = static_cast<std::uint16_t>(guestPort);
    forward.port.protocol = protocol == "udp" ? Protocol::Udp : Protocol::Tcp;
    if (forward.port.hostIp == "0.0.0.0") {
        forward.port.hostIp.clear();
    }
    return forward;
}

}  // namespace

/// Source: slirp4netns(1), "API SOCKET", add_hostfwd.
std::string addRequest(const PortMapping& port) {
    return Document{{"execute", "add_hostfwd"},
                    {"arguments",
                     {{"proto", toText(port.protocol)},
                      {"host_addr", port.hostIp.empty() ? "0.0.0.0" : port.hostIp},
                      {"host_port", port.hostPort},
                      {"guest_port", port.containerPort}}}}
        .dump();
}

std::string listRequest() {
    return Document{{"execute", "list_hostfwd"}}.dump();
}

std::string removeRequest(std::int64_t id) {
    return Document{{"execute", "remove_hostfwd"}, {"arguments", {{"id", id}}}}.dump();
}

Result<std::int64_t> parseAdded(std::string_view answer) {
    TRY_ASSIGN(const Document value, parseAnswer(answer));
    return integerIn(value, "id", INT32_MAX);
}

Result<std::vector<Forward>> parseList(std::string_view answer) {
    TRY_ASSIGN(const Document value, parseAnswer(answer));
    const auto entries = value.find("entries");
    if (entries == value.end() || !entries->is_array()) {
        return malformed();
    }
    std::vector<Forward> forwards;
    for (const Document& entry : *entries) {
        TRY_ASSIGN(Forward forward, parseForward(entry));
        forwards.push_back(std::move(forward));
    }
    return forwards;
}

Result<> parseRemoved(std::string_view answer) {
    TRY(parseAnswer(answer));
    return {};
}

/// One connection for one request: slirp4netns reads until the end of what is sent, answers and closes.
/// Both directions have a time limit, and the answer a length, as it is another program that may hang.
Result<std::string> call(const std::string& socketPath, const std::string& request) {
    TRY_ASSIGN(const sys::UniqueFd fd, sys::connectUnix(socketPath, sys::SocketType::Stream));
    TRY(sys::setTimeouts(fd.get(), kAnswerLimit));
    auto answer = [&]() -> Result<std::string> {
        TRY(sys::sendAll(fd.get(), request));
        TRY(sys::endSending(fd.get()));
        return sys::readAll(fd.get(), kMaxAnswerBytes);
    }();
    if (!answer) {
        return std::move(answer).error().context("ask slirp4netns at '" + socketPath + "'");
    }
    return answer;
}

}  // namespace coracle::net::slirp
