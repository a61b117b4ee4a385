// SPDX-License-Identifier: Apache-2.0
#include "core/registry/credential_helper.h"

#include "core/text/escape.h"
#include "core/types/login_place.h"
#include "rootless/oci/json.h"
#include "rootless/sys/file.h"
#include "rootless/sys/stop_event.h"
#include "rootless/sys/subprocess.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include <poll.h>
#include <signal.h>
#include <unistd.h>

namespace coracle::registry {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxAnswerBytes = 1U << 20U;
constexpr std::size_t kMaxInputBytes = 16384;  // far below what a pipe holds

/// Docker's own helper for the same keyring. Where it is not installed ours reads and writes the same items.
constexpr const char* kSecretService = "secretservice";

/// The name becomes a part of a program's name that is looked up in PATH. Docker's file is written by other
/// programs too, so nothing but letters, digits, '-', '_' and '.' is taken: a '/' would make it a path to any
/// program, and "docker-credential-" in front does not change that.
bool isHelperName(std::string_view name) {
    return !name.empty() && name.size() <= 64 && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

enum class ReadEnd : std::uint8_t { Done, TooLong, TooLate, Cancelled };

/// Read until the end. A grandchild that keeps the pipe open does not hold us longer than the deadline.
ReadEnd readUntil(int fd, std::string& text, Clock::time_point deadline, const std::stop_token& stop) {
    const sys::StopEvent stopEvent(stop);
    std::array<char, 4096> buffer{};
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (stop.stop_requested()) {
            return ReadEnd::Cancelled;
        }
        if (left <= 0) {
            return ReadEnd::TooLate;
        }
        std::array<pollfd, 2> waits{{{fd, POLLIN, 0}, {stopEvent.fd(), POLLIN, 0}}};
        if (::poll(waits.data(), waits.size(), static_cast<int>(left)) <= 0 || waits[0].revents == 0) {
            continue;
        }
        const ssize_t got = ::read(fd, buffer.data(), buffer.size());
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return ReadEnd::Done;
        }
        if (got > 0) {
            text.append(buffer.data(), static_cast<std::size_t>(got));
        }
        if (text.size() > kMaxAnswerBytes) {
            return ReadEnd::TooLong;
        }
    }
}

}  // namespace

bool CredentialHelper::Answer::saysNotFound() const {
    return text.reveal().find("credentials not found") != std::string::npos;
}

Result<CredentialHelper> CredentialHelper::named(const std::string& name,
                                                 std::chrono::milliseconds timeLimit) {
    if (!isHelperName(name)) {
        return Error(ErrorKind::Corrupt,
                     "credential helper '" + text::excerptForTerminal(name, 60) + "' has no valid name");
    }
    if (name == kKeyringName) {
        return keyring(timeLimit);
    }
    const std::string program = "docker-credential-" + name;
    if (name == kSecretService && !sys::findProgram(program)) {
        if (auto ours = keyring(timeLimit)) {
            return ours;
        }
    }
    return CredentialHelper(program, program, timeLimit);
}

Result<CredentialHelper> CredentialHelper::keyring(std::chrono::milliseconds timeLimit) {
    auto program = sys::findHelper(kKeyringName);
    if (!program) {
        return Error(ErrorKind::Unsupported, "this Coracle was built without the desktop's keyring")
            .withHint("keep the password in a file: coracle login --keep file");
    }
    return CredentialHelper(*std::move(program), types::kKeyringPlace, timeLimit);
}

/// In messages: what was started, or what stands behind it.
std::string CredentialHelper::title(const char* verb) const {
    return m_place == types::kKeyringPlace ? "the desktop's keyring" : "'" + m_program + " " + verb + "'";
}

Result<CredentialHelper::Answer> CredentialHelper::ask(const char* verb, const Secret& input,
                                                       const std::stop_token& stop) const {
    if (input.reveal().size() > kMaxInputBytes) {
        return Error(ErrorKind::InvalidArgument, "the login is too long for '" + m_program + "'");
    }
    TRY_ASSIGN(sys::Pipe toHelper, sys::makePipe());
    TRY_ASSIGN(sys::Pipe fromHelper, sys::makePipe());
    TRY(sys::writeAll(toHelper.writeEnd.get(), input.reveal()));
    toHelper.writeEnd.reset();
    sys::SpawnOptions options;
    options.argv = {m_program, verb};
    options.fds = {{toHelper.readEnd.get(), 0}, {fromHelper.writeEnd.get(), 1}};
    auto child = sys::Subprocess::spawn(options);
    if (!child) {
        return std::move(child).error().withHint("install '" + m_program +
                                                 "' or remove it from the docker configuration");
    }
    fromHelper.writeEnd.reset();
    toHelper.readEnd.reset();
    std::string text;
    text.reserve(kMaxInputBytes);
    const ReadEnd end = readUntil(fromHelper.readEnd.get(), text, Clock::now() + m_timeLimit, stop);
    Answer answer{false, Secret(std::move(text))};
    if (end != ReadEnd::Done) {
        (void)child->kill(SIGKILL);
        TRY(child->wait());
        const std::string seconds = std::to_string(m_timeLimit.count() / 1000) + " s";
        return end == ReadEnd::Cancelled ? Error(ErrorKind::Cancelled, "cancelled")
               : end == ReadEnd::TooLate
                   ? Error(ErrorKind::Unavailable, title(verb) + " does not end within " + seconds)
                   : Error(ErrorKind::Corrupt, "the answer of " + title(verb) + " is longer than " +
                                                   std::to_string(kMaxAnswerBytes) + " bytes");
    }
    TRY_ASSIGN(const sys::ExitStatus status, child->wait(stop));
    answer.success = status.success();
    return answer;
}

/// What a helper prints when it fails is a message for people and holds no secret. Ours has a second line
/// with what to do.
Error CredentialHelper::failed(const char* verb, const Answer& answer) const {
    const std::string& said = answer.text.reveal();
    if (m_place != types::kKeyringPlace) {
        return {ErrorKind::Unavailable, title(verb) + " failed: " + text::excerptForTerminal(said, 200)};
    }
    const std::size_t border = std::min(said.find('\n'), said.size());
    const std::size_t rest = std::min(border + 1, said.size());
    const std::size_t end = std::min(said.find('\n', rest), said.size());
    const std::string words = border == 0 ? "it failed" : said.substr(0, border);
    return Error(ErrorKind::Unavailable, title(verb) + ": " + text::excerptForTerminal(words, 400))
        .withHint(text::excerptForTerminal(said.substr(rest, end - rest), 200));
}

Result<bool> CredentialHelper::probeIsOpen(const std::stop_token& stop) const {
    TRY_ASSIGN(const Answer answer, ask("probe", Secret(), stop));
    return answer.success ? Result<bool>(answer.text.reveal() == "open")
                          : Result<bool>(failed("probe", answer));
}

Result<std::optional<Credential>> CredentialHelper::find(const std::string& server,
                                                         const std::stop_token& stop) const {
    TRY_ASSIGN(const Answer answer, ask("get", Secret(server), stop));
    if (!answer.success) {
        return answer.saysNotFound() ? Result<std::optional<Credential>>(std::optional<Credential>())
                                     : failed("get", answer);
    }
    const auto read = [&]() -> Result<Credential> {
        TRY_ASSIGN(const auto document, json::parse(answer.text.reveal(), kMaxAnswerBytes));
        Credential credential;
        TRY_ASSIGN(credential.userName, json::loadString(document, "Username"));
        TRY_ASSIGN(std::string secret, json::loadString(document, "Secret"));
        if (credential.userName == "<token>") {
            credential.userName.clear();
            credential.identityToken = Secret(std::move(secret));
        } else {
            credential.password = Secret(std::move(secret));
        }
        return credential;
    };
    auto credential = read();
    if (!credential) {
        return std::move(credential).error().context("read the answer of " + title("get"));
    }
    return std::optional<Credential>(*std::move(credential));
}

Result<> CredentialHelper::store(const std::string& server, const Credential& credential,
                                 const std::stop_token& stop) const {
    const bool token = !credential.identityToken.empty();
    const nlohmann::json document = {
        {"ServerURL", server},
        {"Username", token ? "<token>" : credential.userName},
        {"Secret", token ? credential.identityToken.reveal() : credential.password.reveal()}};
    TRY_ASSIGN(const Answer answer, ask("store", Secret(json::toText(document)), stop));
    return answer.success ? Result<>() : Result<>(failed("store", answer));
}

Result<bool> CredentialHelper::erase(const std::string& server, const std::stop_token& stop) const {
    TRY_ASSIGN(const Answer answer, ask("erase", Secret(server), stop));
    if (!answer.success && !answer.saysNotFound()) {
        return failed("erase", answer);
    }
    return answer.success;
}

Result<std::map<std::string, std::string>> CredentialHelper::list(const std::stop_token& stop) const {
    TRY_ASSIGN(const Answer answer, ask("list", Secret(), stop));
    if (!answer.success) {
        return failed("list", answer);
    }
    std::map<std::string, std::string> users;
    const auto document = json::parse(answer.text.reveal(), kMaxAnswerBytes);
    if (!document || !document->is_object()) {
        return Error(ErrorKind::Corrupt, "the answer of " + title("list") + " is not a JSON object");
    }
    for (const auto& [server, user] : document->items()) {
        if (const auto* name = user.get_ptr<const std::string*>()) {
            users.emplace(server, *name);
        }
    }
    return users;
}

}  // namespace coracle::registry
