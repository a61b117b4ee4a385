// SPDX-License-Identifier: Apache-2.0
// fake_keyring MODE: a Secret Service on the session bus that does what a real one does not do on demand. It
// prints "ready" when it has the name.
//
//   silent      answers nothing
//   waits       everything is locked; its prompt never ends
//   dismissed   everything is locked; its prompt is dismissed
//   dies        everything is locked; it ends while its prompt is shown
//   vanished    the item is gone when its secret is asked for
//   long        the secret is a mebibyte
//   many        a search finds a hundred thousand items
//   types       answers numbers
//   names       attributes have no user name
//   ends        it ends when a secret is asked for
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <systemd/sd-bus.h>

namespace {

constexpr const char* kItem = "/org/freedesktop/secrets/collection/fake/1";
constexpr const char* kCollection = "/org/freedesktop/secrets/collection/fake";
constexpr const char* kPrompt = "/org/freedesktop/secrets/prompt/1";

std::string mode;

bool isMode(const char* name) {
    return mode == name;
}

bool isLocked() {
    return isMode("waits") || isMode("dismissed") || isMode("dies");
}

int replyPaths(sd_bus_message* request) {
    if (isLocked()) {
        return sd_bus_reply_method_return(request, "aoao", 0, 1, kItem);
    }
    if (!isMode("many")) {
        return sd_bus_reply_method_return(request, "aoao", 1, kItem, 0);
    }
    sd_bus_message* reply = nullptr;
    int err = sd_bus_message_new_method_return(request, &reply);
    err = err < 0 ? err : sd_bus_message_open_container(reply, 'a', "o");
    for (int i = 0; i < 100'000 && err >= 0; ++i) {
        err = sd_bus_message_append(reply, "o", kItem);
    }
    err = err < 0 ? err : sd_bus_message_close_container(reply);
    err = err < 0 ? err : sd_bus_message_append(reply, "ao", 0);
    err = err < 0 ? err : sd_bus_send(nullptr, reply, nullptr);
    sd_bus_message_unref(reply);
    return err;
}

int replyProperty(sd_bus_message* request) {
    const char* interface = nullptr;
    const char* name = nullptr;
    if (sd_bus_message_read(request, "ss", &interface, &name) < 0) {
        return sd_bus_reply_method_errnof(request, EINVAL, "no property");
    }
    if (std::strcmp(name, "Locked") == 0) {
        return sd_bus_reply_method_return(request, "v", "b", isLocked() ? 1 : 0);
    }
    if (std::strcmp(name, "Attributes") == 0) {
        return sd_bus_reply_method_return(request, "v", "a{ss}", 2, "server", "r.example",
                                          isMode("names") ? "other" : "username", "me");
    }
    return sd_bus_reply_method_return(request, "v", "t", static_cast<std::uint64_t>(1));
}

int replySecret(sd_bus_message* request) {
    if (isMode("ends")) {
        std::exit(0);
    }
    if (isMode("vanished")) {
        return sd_bus_reply_method_errorf(request, "org.freedesktop.Secret.Error.NoSuchObject", "it is gone");
    }
    const std::string bytes(isMode("long") ? 1U << 20U : 3U, 'x');
    sd_bus_message* reply = nullptr;
    int err = sd_bus_message_new_method_return(request, &reply);
    err = err < 0 ? err : sd_bus_message_open_container(reply, 'r', "oayays");
    err = err < 0 ? err : sd_bus_message_append(reply, "o", "/session");
    err = err < 0 ? err : sd_bus_message_append_array(reply, 'y', nullptr, 0);
    err = err < 0 ? err : sd_bus_message_append_array(reply, 'y', bytes.data(), bytes.size());
    err = err < 0 ? err : sd_bus_message_append(reply, "s", "text/plain");
    err = err < 0 ? err : sd_bus_message_close_container(reply);
    err = err < 0 ? err : sd_bus_send(nullptr, reply, nullptr);
    sd_bus_message_unref(reply);
    return err;
}

int showPrompt(sd_bus_message* request) {
    const int err = sd_bus_reply_method_return(request, "");
    sd_bus* bus = sd_bus_message_get_bus(request);
    std::printf("prompt\n");
    if (isMode("dies")) {
        (void)sd_bus_flush(bus);
        std::exit(0);
    }
    return isMode("dismissed") ? sd_bus_emit_signal(bus, kPrompt, "org.freedesktop.Secret.Prompt",
                                                    "Completed", "bv", 1, "s", "")
                               : err;
}

int onMessage(sd_bus_message* request, void* /*data*/, sd_bus_error* /*error*/) {
    const auto isCall = [&](const char* name) {
        return sd_bus_message_is_method_call(request, nullptr, name) > 0;
    };
    if (sd_bus_message_is_method_call(request, nullptr, nullptr) <= 0 || isMode("silent")) {
        return 1;
    }
    if (isMode("types")) {
        return sd_bus_reply_method_return(request, "u", 7U);
    }
    return isCall("SearchItems")   ? replyPaths(request)
           : isCall("Get")         ? replyProperty(request)
           : isCall("ReadAlias")   ? sd_bus_reply_method_return(request, "o", kCollection)
           : isCall("Unlock")      ? sd_bus_reply_method_return(request, "aoo", 0, kPrompt)
           : isCall("OpenSession") ? sd_bus_reply_method_return(request, "vo", "s", "", "/session")
           : isCall("GetSecret")   ? replySecret(request)
           : isCall("CreateItem")  ? sd_bus_reply_method_return(request, "oo", kItem, "/")
           : isCall("Delete")      ? sd_bus_reply_method_return(request, "o", "/")
           : isCall("Prompt")      ? showPrompt(request)
                                   : sd_bus_reply_method_return(request, "");
}

}  // namespace

int main(int argc, char** argv) {
    sd_bus* bus = nullptr;
    mode = argc == 2 ? argv[1] : "";
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (mode.empty() || sd_bus_open_user(&bus) < 0 ||
        sd_bus_add_filter(bus, nullptr, onMessage, nullptr) < 0 ||
        sd_bus_request_name(bus, "org.freedesktop.secrets", 0) < 0) {
        std::fprintf(stderr, "fake_keyring: no MODE, no session bus, or the name is taken\n");
        return 1;
    }
    std::printf("ready\n");
    while (sd_bus_process(bus, nullptr) > 0 || sd_bus_wait(bus, UINT64_MAX) >= 0) {
    }
    return 0;
}
