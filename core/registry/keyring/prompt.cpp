// SPDX-License-Identifier: Apache-2.0
#include "core/registry/keyring/prompt.h"

#include "core/registry/keyring/bus_answer.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace coracle::keyring {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kInterface = "org.freedesktop.Secret.Prompt";

enum class End : std::uint8_t { None, Done, Dismissed, ServiceGone };

int onCompleted(sd_bus_message* message, void* data, sd_bus_error* /*error*/) {
    int dismissed = 1;  // what cannot be read is a prompt that failed
    (void)sd_bus_message_read(message, "b", &dismissed);
    *static_cast<End*>(data) = dismissed != 0 ? End::Dismissed : End::Done;
    return 0;
}

int onOwnerChanged(sd_bus_message* message, void* data, sd_bus_error* /*error*/) {
    const char* name = nullptr;
    if (sd_bus_message_read(message, "s", &name) >= 0 && std::strcmp(name, kService) == 0) {
        *static_cast<End*>(data) = End::ServiceGone;
    }
    return 0;
}

bool hasScreen() {
    for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return true;
        }
    }
    return false;
}

/// Process the bus until `end` is set; -ETIMEDOUT at the limit.
int waitFor(sd_bus* bus, const End& end) {
    const auto deadline = Clock::now() + kPromptLimit;
    while (end == End::None) {
        const int processed = sd_bus_process(bus, nullptr);
        if (processed < 0) {
            return processed;
        }
        if (processed > 0) {
            continue;
        }
        const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - Clock::now());
        if (left.count() <= 0) {
            return -ETIMEDOUT;
        }
        const int waited = sd_bus_wait(bus, static_cast<std::uint64_t>(left.count()));
        if (waited < 0 && waited != -EINTR) {
            return waited;
        }
    }
    return 0;
}

Result<> resultOf(End end, int err, const std::string& situation) {
    if (end == End::Done) {
        return {};
    }
    const std::string advice = "unlock it on the desktop";
    if (end == End::Dismissed) {
        return unavailable(situation + ", and it was not opened", advice);
    }
    if (end == End::ServiceGone || err == -ECONNRESET || err == -ENOTCONN) {
        return unavailable(situation + ", and its program ended while it asked for the password",
                           "try again");
    }
    if (err == -ETIMEDOUT) {
        return unavailable(
            situation + ", and nobody opened it within " + std::to_string(kPromptLimit.count()) + " s",
            advice);
    }
    return unavailable(situation + ", and waiting for it failed: " + std::strerror(-err), advice);
}

}  // namespace

Result<> runPrompt(sd_bus* bus, const std::string& path, const std::string& situation) {
    BusError error;
    if (!hasScreen()) {
        // It ends with our connection at the latest.
        (void)sd_bus_call_method(bus, kService, path.c_str(), kInterface, "Dismiss", &error.value, nullptr,
                                 nullptr);
        return unavailable(situation + ", and there is no screen here to ask for its password on",
                           "unlock it on the desktop");
    }
    End end = End::None;
    sd_bus_slot* completed = nullptr;
    sd_bus_slot* owner = nullptr;
    // Both are listened for before the prompt is shown, so its end cannot be missed.
    int err = sd_bus_match_signal(bus, &completed, kService, path.c_str(), kInterface, "Completed",
                                  onCompleted, &end);
    err = err < 0 ? err
                  : sd_bus_match_signal(bus, &owner, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "NameOwnerChanged", onOwnerChanged, &end);
    err = err < 0 ? err
                  : sd_bus_call_method(bus, kService, path.c_str(), kInterface, "Prompt", &error.value,
                                       nullptr, "s", "");
    if (err >= 0) {
        if (::isatty(STDERR_FILENO) == 1) {
            std::fprintf(stderr, "Waiting for the keyring: its password is asked for on the desktop.\n");
        }
        err = waitFor(bus, end);
    }
    sd_bus_slot_unref(completed);
    sd_bus_slot_unref(owner);
    if (err < 0 && sd_bus_error_is_set(&error.value) > 0) {
        return explain("Prompt", err, error);
    }
    return resultOf(end, err, situation);
}

}  // namespace coracle::keyring
