// SPDX-License-Identifier: Apache-2.0
#include "core/registry/keyring/secret_service.h"

#include "core/registry/keyring/bus_answer.h"
#include "core/registry/keyring/prompt.h"

#include <cstring>

namespace coracle::keyring {
namespace {

constexpr const char* kRoot = "/org/freedesktop/secrets";
constexpr const char* kServiceInterface = "org.freedesktop.Secret.Service";
constexpr const char* kCollectionInterface = "org.freedesktop.Secret.Collection";
constexpr const char* kItemInterface = "org.freedesktop.Secret.Item";
constexpr const char* kNone = "/";
constexpr const char* kLocked = "the keyring is locked";

bool isGone(const Error& error) {
    return error.kind() == ErrorKind::NotFound;
}

}  // namespace

void SecretService::BusEnd::operator()(sd_bus* bus) const noexcept {
    sd_bus_flush_close_unref(bus);
}

void SecretService::MessageEnd::operator()(sd_bus_message* message) const noexcept {
    sd_bus_message_unref(message);
}

Result<SecretService> SecretService::open() {
    sd_bus* bus = nullptr;
    const int err = sd_bus_open_user(&bus);
    if (err < 0) {
        return unavailable(
            std::string("there is no session bus to reach it by (") + std::strerror(-err) + ")",
            "log in at the desktop");
    }
    SecretService service{Bus(bus)};
    (void)sd_bus_set_method_call_timeout(bus, kCallLimitSeconds * 1'000'000ULL);  // fails for 0 alone
    return service;
}

Result<SecretService::Message> SecretService::call(const std::string& path, const char* interface,
                                                   const char* member, const Fill& fill) {
    BusError error;
    sd_bus_message* made = nullptr;
    int err = sd_bus_message_new_method_call(m_bus.get(), &made, kService, path.c_str(), interface, member);
    const Message request(made);
    err = err < 0 ? err : sd_bus_message_sensitive(made);
    err = err < 0 || !fill ? err : fill(made);
    sd_bus_message* answer = nullptr;
    err = err < 0 ? err : sd_bus_call(m_bus.get(), made, 0, &error.value, &answer);
    if (err < 0) {
        return explain(member, err, error);
    }
    Message reply(answer);
    (void)sd_bus_message_sensitive(answer);  // fails for no message alone
    return reply;
}

/// The path of a prompt is next in the reply; "/" says that nobody has to be asked.
Result<> SecretService::prompt(sd_bus_message* reply, const char* member, const std::string& situation) {
    const auto path = readPath(reply);
    if (!path) {
        return unreadable(member);
    }
    return *path == kNone ? Result<>() : runPrompt(m_bus.get(), *path, situation);
}

Result<SecretService::Found> SecretService::search(const std::string& server) {
    TRY_ASSIGN(const Message reply, call(kRoot, kServiceInterface, "SearchItems", [&](sd_bus_message* m) {
                   return appendAttributes(m, searchFor(server));
               }));
    auto open = readPaths(reply.get());
    auto locked = open ? readPaths(reply.get()) : std::nullopt;
    if (!locked) {
        return unreadable("SearchItems");
    }
    return Found{*std::move(open), *std::move(locked)};
}

/// none: somebody removed it meanwhile, or it is not a login.
Result<std::optional<Item>> SecretService::readItem(const std::string& path) {
    BusError error;
    sd_bus_message* raw = nullptr;
    const int err = sd_bus_get_property(m_bus.get(), kService, path.c_str(), kItemInterface, "Attributes",
                                        &error.value, &raw, "a{ss}");
    const Message reply(raw);
    if (err < 0) {
        Error failure = explain("Attributes", err, error);
        return isGone(failure) ? Result<std::optional<Item>>(std::optional<Item>()) : std::move(failure);
    }
    const auto attributes = readAttributes(raw);
    if (!attributes) {
        return unreadable("Attributes");
    }
    std::uint64_t modified = 0;  // stays 0 where the service does not tell
    BusError ignored;
    (void)sd_bus_get_property_trivial(m_bus.get(), kService, path.c_str(), kItemInterface, "Modified",
                                      &ignored.value, 't', &modified);
    auto item = itemOf(path, *attributes, modified);
    return item ? std::optional(*std::move(item)) : std::optional<Item>();
}

Result<std::vector<Item>> SecretService::readItems(const std::vector<std::string>& paths) {
    std::vector<Item> items;
    for (const std::string& path : paths) {
        TRY_ASSIGN(auto item, readItem(path));
        if (item) {
            items.push_back(*std::move(item));
        }
    }
    return items;
}

/// The person is asked to open a keyring only when none that is open has a login of this server.
Result<std::vector<Item>> SecretService::openItems(const std::string& server) {
    TRY_ASSIGN(Found found, search(server));
    if (found.open.empty() && !found.locked.empty()) {
        TRY(unlock(found.locked));
        found.open = std::move(found.locked);
    }
    return readItems(found.open);
}

Result<> SecretService::unlock(const std::vector<std::string>& objects) {
    TRY_ASSIGN(const Message reply, call(kRoot, kServiceInterface, "Unlock",
                                         [&](sd_bus_message* m) { return appendPaths(m, objects); }));
    if (!readPaths(reply.get())) {
        return unreadable("Unlock");
    }
    return prompt(reply.get(), "Unlock", kLocked);
}

/// Empty: there is none.
Result<std::string> SecretService::defaultCollection() {
    TRY_ASSIGN(const Message reply, call(kRoot, kServiceInterface, "ReadAlias", [](sd_bus_message* m) {
                   return sd_bus_message_append(m, "s", "default");
               }));
    const auto path = readPath(reply.get());
    if (!path) {
        return unreadable("ReadAlias");
    }
    return *path == kNone ? std::string() : *path;
}

/// As libsecret does where the desktop made none at the first login: the person chooses its password.
Result<> SecretService::makeCollection() {
    TRY_ASSIGN(const Message reply, call(kRoot, kServiceInterface, "CreateCollection", [](sd_bus_message* m) {
                   return sd_bus_message_append(m, "a{sv}s", 1, "org.freedesktop.Secret.Collection.Label",
                                                "s", "Default keyring", "default");
               }));
    if (!readPath(reply.get())) {
        return unreadable("CreateCollection");
    }
    return prompt(reply.get(), "CreateCollection", "there is no keyring yet");
}

Result<bool> SecretService::isLocked(const std::string& collection) {
    BusError error;
    int locked = 0;
    const int err = sd_bus_get_property_trivial(m_bus.get(), kService, collection.c_str(),
                                                kCollectionInterface, "Locked", &error.value, 'b', &locked);
    return err < 0 ? Result<bool>(explain("Locked", err, error)) : Result<bool>(locked != 0);
}

Result<std::string> SecretService::openSession() {
    TRY_ASSIGN(const Message reply, call(kRoot, kServiceInterface, "OpenSession", [](sd_bus_message* m) {
                   return sd_bus_message_append(m, "sv", "plain", "s", "");
               }));
    const auto path = sd_bus_message_skip(reply.get(), "v") < 0 ? std::nullopt : readPath(reply.get());
    return path ? Result<std::string>(*path) : unreadable("OpenSession");
}

Result<> SecretService::remove(const std::string& item) {
    auto reply = call(item, kItemInterface, "Delete");
    if (!reply) {
        return isGone(reply.error()) ? Result<>() : std::move(reply).error();
    }
    return prompt(reply->get(), "Delete", kLocked);
}

Result<State> SecretService::state() {
    TRY_ASSIGN(const std::string collection, defaultCollection());
    if (collection.empty()) {
        return State::New;
    }
    TRY_ASSIGN(const bool locked, isLocked(collection));
    return locked ? State::Locked : State::Open;
}

Result<std::optional<Login>> SecretService::find(const std::string& server) {
    TRY_ASSIGN(const auto items, openItems(server));
    const Item* item = newestOf(items);
    if (item == nullptr) {
        return std::optional<Login>();
    }
    TRY_ASSIGN(const std::string session, openSession());
    auto reply = call(item->path, kItemInterface, "GetSecret", [&](sd_bus_message* m) {
        return sd_bus_message_append_basic(m, 'o', session.c_str());
    });
    if (!reply) {
        return isGone(reply.error()) ? Result<std::optional<Login>>(std::optional<Login>())
                                     : std::move(reply).error();
    }
    auto secret = readSecret(reply->get());
    if (!secret) {
        return unreadable("GetSecret");
    }
    return std::optional<Login>(Login{server, item->userName, *std::move(secret)});
}

/// The new item first, then the old ones go: whatever fails in between, one login is there.
Result<> SecretService::store(const Login& login) {
    TRY_ASSIGN(std::string collection, defaultCollection());
    if (collection.empty()) {
        TRY(makeCollection());
        TRY_ASSIGN(collection, defaultCollection());
        if (collection.empty()) {
            return unavailable("the keyring was not made", "make one in the settings of the desktop");
        }
    }
    TRY_ASSIGN(const bool locked, isLocked(collection));
    if (locked) {
        TRY(unlock({collection}));
    }
    TRY_ASSIGN(const std::string session, openSession());
    TRY_ASSIGN(
        const Message reply, call(collection, kCollectionInterface, "CreateItem", [&](sd_bus_message* m) {
            int err = sd_bus_message_open_container(m, 'a', "{sv}");
            err = err < 0 ? err
                          : sd_bus_message_append(m, "{sv}", "org.freedesktop.Secret.Item.Label", "s",
                                                  login.server.c_str());
            err = err < 0 ? err : sd_bus_message_open_container(m, 'e', "sv");
            err = err < 0 ? err : sd_bus_message_append(m, "s", "org.freedesktop.Secret.Item.Attributes");
            err = err < 0 ? err : sd_bus_message_open_container(m, 'v', "a{ss}");
            err = err < 0 ? err : appendAttributes(m, attributesOf(login));
            err = err < 0 ? err : sd_bus_message_close_container(m);
            err = err < 0 ? err : sd_bus_message_close_container(m);
            err = err < 0 ? err : sd_bus_message_close_container(m);
            err = err < 0 ? err : appendSecret(m, session, login.secret);
            return err < 0 ? err : sd_bus_message_append(m, "b", 1);
        }));
    if (!readPath(reply.get())) {
        return unreadable("CreateItem");
    }
    TRY(prompt(reply.get(), "CreateItem", kLocked));
    TRY_ASSIGN(const Found found, search(login.server));
    TRY_ASSIGN(const auto items, readItems(found.open));
    for (const Item& item : items) {
        if (item.userName != login.userName) {
            TRY(remove(item.path));
        }
    }
    return {};
}

Result<bool> SecretService::erase(const std::string& server) {
    TRY_ASSIGN(const Found found, search(server));
    if (!found.locked.empty()) {
        TRY(unlock(found.locked));
    }
    for (const auto* paths : {&found.open, &found.locked}) {
        for (const std::string& path : *paths) {
            TRY(remove(path));
        }
    }
    return !found.open.empty() || !found.locked.empty();
}

Result<std::vector<Item>> SecretService::list() {
    TRY_ASSIGN(const Found found, search({}));
    if (!found.locked.empty()) {
        return unavailable(kLocked, "unlock it on the desktop");
    }
    return readItems(found.open);
}

}  // namespace coracle::keyring
