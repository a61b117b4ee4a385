// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/keyring/item.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct sd_bus;
struct sd_bus_message;

namespace coracle::keyring {

/// Whether a login can be kept there at once.
enum class State : std::uint8_t {
    Open,
    Locked,
    New,  ///< there is no keyring yet: the first login makes one
};

/// The Secret Service of the session bus: gnome-keyring, KWallet, KeePassXC. One thread; every call blocks,
/// for kCallLimitSeconds at most and for kPromptLimit where the service has to ask the person.
///
/// Secrets go over the bus as they are ("plain"): the other algorithm of the interface hides them from
/// whoever may listen on this bus, who may ask the service for them as well. Memory of the messages is wiped.
/// Source: Secret Service API 0.2.
class SecretService {
public:
    /// Errors: Unavailable when there is no session bus.
    static Result<SecretService> open();

    /// Never asks. Errors: Unavailable when no program has the name, or it does not answer.
    Result<State> state();
    /// none: there is no login of this server. Errors, of the following, too: Unavailable (locked and not
    /// opened, no answer, the service ended), Corrupt for an answer beyond the limits.
    Result<std::optional<Login>> find(const std::string& server);
    /// Takes the place of the logins of this server that are there.
    Result<> store(const Login& login);
    /// Whether there was one.
    Result<bool> erase(const std::string& server);
    /// All, without secrets; never asks. Errors: also Unavailable when some are locked.
    Result<std::vector<Item>> list();

private:
    struct BusEnd {
        void operator()(sd_bus* bus) const noexcept;
    };
    struct MessageEnd {
        void operator()(sd_bus_message* message) const noexcept;
    };
    using Bus = std::unique_ptr<sd_bus, BusEnd>;
    using Message = std::unique_ptr<sd_bus_message, MessageEnd>;
    using Fill = std::function<int(sd_bus_message*)>;
    struct Found {
        std::vector<std::string> open;
        std::vector<std::string> locked;
    };

    explicit SecretService(Bus bus) : m_bus(std::move(bus)) {}

    Result<Message> call(const std::string& path, const char* interface, const char* member,
                         const Fill& fill = {});
    Result<> prompt(sd_bus_message* reply, const char* member, const std::string& situation);
    Result<Found> search(const std::string& server);
    Result<std::optional<Item>> readItem(const std::string& path);
    Result<std::vector<Item>> readItems(const std::vector<std::string>& paths);
    Result<std::vector<Item>> openItems(const std::string& server);
    Result<> unlock(const std::vector<std::string>& objects);
    Result<std::string> defaultCollection();
    Result<> makeCollection();
    Result<bool> isLocked(const std::string& collection);
    Result<std::string> openSession();
    Result<> remove(const std::string& item);

    Bus m_bus;
};

}  // namespace coracle::keyring
