// SPDX-License-Identifier: Apache-2.0
#include "core/registry/keyring/bus_answer.h"

#include <cstring>

namespace coracle::keyring {
namespace {

constexpr const char* kContentType = "text/plain";

std::string busName(const char* last) {
    return std::string("org.freedesktop.") + last;
}

}  // namespace

Error unavailable(std::string message, const std::string& firstAdvice) {
    return Error(ErrorKind::Unavailable, std::move(message)).withHint(firstAdvice + ", " + kOtherPlace);
}

Error explain(const char* member, int err, const BusError& error) {
    const auto isOneOf = [&](std::initializer_list<const char*> names) {
        for (const char* name : names) {
            if (error.is(busName(name).c_str())) {
                return true;
            }
        }
        return false;
    };
    if (isOneOf({"DBus.Error.ServiceUnknown", "DBus.Error.NameHasNoOwner"})) {
        return unavailable("no program of this session keeps passwords ('" + std::string(kService) + "')",
                           "install gnome-keyring, KWallet or KeePassXC");
    }
    if (isOneOf({"Secret.Error.IsLocked"})) {
        return unavailable("the keyring is locked", "unlock it on the desktop");
    }
    if (isOneOf({"Secret.Error.NoSuchObject", "DBus.Error.UnknownObject", "DBus.Error.UnknownMethod",
                 "DBus.Error.UnknownInterface"})) {
        return {ErrorKind::NotFound, std::string(member) + ": the keyring has no such item any more"};
    }
    // The bus answers NoReply for a service that is gone, sd-bus Timeout for one that is silent.
    if (err == -ECONNRESET || err == -ENOTCONN || err == -EPIPE || isOneOf({"DBus.Error.NoReply"})) {
        return unavailable("the keyring ended while it was asked", "try again");
    }
    if (err == -ETIMEDOUT || isOneOf({"DBus.Error.Timeout"})) {
        return unavailable("the keyring does not answer within " + std::to_string(kCallLimitSeconds) + " s",
                           "restart it");
    }
    const char* words = error.value.message != nullptr ? error.value.message : std::strerror(-err);
    return unavailable("the keyring answers '" + plainWords(words) + "' to " + member,
                       "look whether it works otherwise");
}

Error unreadable(const char* member) {
    return {ErrorKind::Corrupt,
            std::string("the keyring's answer to ") + member + " cannot be read, or is too long"};
}

std::optional<std::vector<std::string>> readPaths(sd_bus_message* message) {
    std::vector<std::string> paths;
    if (sd_bus_message_enter_container(message, 'a', "o") <= 0) {
        return std::nullopt;
    }
    const char* path = nullptr;
    int got = 0;
    while ((got = sd_bus_message_read_basic(message, 'o', &path)) > 0) {
        if (paths.size() == kMaxItems || std::strlen(path) > kMaxNameBytes) {
            return std::nullopt;
        }
        paths.emplace_back(path);
    }
    return got < 0 || sd_bus_message_exit_container(message) < 0 ? std::nullopt : std::optional(paths);
}

std::optional<std::string> readPath(sd_bus_message* message) {
    const char* path = nullptr;
    const bool isGood =
        sd_bus_message_read_basic(message, 'o', &path) > 0 && std::strlen(path) <= kMaxNameBytes;
    return isGood ? std::optional<std::string>(path) : std::nullopt;
}

std::optional<Attributes> readAttributes(sd_bus_message* message) {
    Attributes attributes;
    if (sd_bus_message_enter_container(message, 'a', "{ss}") <= 0) {
        return std::nullopt;
    }
    const char* key = nullptr;
    const char* value = nullptr;
    int got = 0;
    while ((got = sd_bus_message_read(message, "{ss}", &key, &value)) > 0) {
        if (attributes.size() < kMaxItems && std::strlen(key) <= kMaxNameBytes &&
            std::strlen(value) <= kMaxNameBytes) {
            attributes.emplace(key, value);
        }
    }
    return got < 0 ? std::nullopt : std::optional(attributes);
}

std::optional<registry::Secret> readSecret(sd_bus_message* message) {
    const void* parameters = nullptr;
    const void* bytes = nullptr;
    std::size_t parameterBytes = 0;
    std::size_t size = 0;
    if (sd_bus_message_enter_container(message, 'r', "oayays") <= 0 || !readPath(message) ||
        sd_bus_message_read_array(message, 'y', &parameters, &parameterBytes) < 0 ||
        sd_bus_message_read_array(message, 'y', &bytes, &size) < 0 || size > kMaxSecretBytes ||
        (size > 0 && std::memchr(bytes, 0, size) != nullptr)) {
        return std::nullopt;
    }
    return registry::Secret(size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size));
}

int appendAttributes(sd_bus_message* message, const Attributes& attributes) {
    int err = sd_bus_message_open_container(message, 'a', "{ss}");
    for (const auto& [key, value] : attributes) {
        err = err < 0 ? err : sd_bus_message_append(message, "{ss}", key.c_str(), value.c_str());
    }
    return err < 0 ? err : sd_bus_message_close_container(message);
}

int appendPaths(sd_bus_message* message, const std::vector<std::string>& paths) {
    int err = sd_bus_message_open_container(message, 'a', "o");
    for (const std::string& path : paths) {
        err = err < 0 ? err : sd_bus_message_append_basic(message, 'o', path.c_str());
    }
    return err < 0 ? err : sd_bus_message_close_container(message);
}

int appendSecret(sd_bus_message* message, const std::string& session, const registry::Secret& secret) {
    const std::string& bytes = secret.reveal();
    int err = sd_bus_message_open_container(message, 'r', "oayays");
    err = err < 0 ? err : sd_bus_message_append_basic(message, 'o', session.c_str());
    err = err < 0 ? err : sd_bus_message_append_array(message, 'y', nullptr, 0);
    err = err < 0 ? err : sd_bus_message_append_array(message, 'y', bytes.data(), bytes.size());
    err = err < 0 ? err : sd_bus_message_append_basic(message, 's', kContentType);
    return err < 0 ? err : sd_bus_message_close_container(message);
}

}  // namespace coracle::keyring
