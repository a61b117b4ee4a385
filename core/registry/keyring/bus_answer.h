// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/registry/keyring/item.h"

#include <optional>
#include <string>
#include <vector>

#include <systemd/sd-bus.h>

/// Values on the session bus, with the limits of item.h, and what its errors mean to a person.
namespace coracle::keyring {

inline constexpr const char* kService = "org.freedesktop.secrets";
/// The first call may have to start the service.
inline constexpr int kCallLimitSeconds = 20;
/// The second half of an advice.
inline constexpr const char* kOtherPlace = "or keep the password in a file: coracle login --keep file";

struct BusError {
    sd_bus_error value{};
    BusError() = default;
    BusError(const BusError&) = delete;
    BusError& operator=(const BusError&) = delete;
    ~BusError() { sd_bus_error_free(&value); }
    bool is(const char* name) const { return sd_bus_error_has_name(&value, name) > 0; }
};

/// Unavailable, "what is so", with what to do about it.
Error unavailable(std::string message, const std::string& firstAdvice);
/// Of a call that failed. Errors: NotFound when the object is gone, else Unavailable.
Error explain(const char* member, int err, const BusError& error);
/// Corrupt.
Error unreadable(const char* member);

/// none: the next value is no such array, or it is beyond the limits.
std::optional<std::vector<std::string>> readPaths(sd_bus_message* message);
std::optional<std::string> readPath(sd_bus_message* message);
/// Those that are longer than ours can be are left out: such an item is none of ours.
std::optional<Attributes> readAttributes(sd_bus_message* message);
/// (session, parameters, value, content type). none: also for one that is too long or holds NUL.
std::optional<registry::Secret> readSecret(sd_bus_message* message);

/// As sd-bus answers: negative on failure.
int appendAttributes(sd_bus_message* message, const Attributes& attributes);
int appendPaths(sd_bus_message* message, const std::vector<std::string>& paths);
int appendSecret(sd_bus_message* message, const std::string& session, const registry::Secret& secret);

}  // namespace coracle::keyring
