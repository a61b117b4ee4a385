// SPDX-License-Identifier: Apache-2.0
// coracle-scope start UNIT SLICE PID    ask the user manager for a delegated scope with this process in it
// coracle-scope attach UNIT PID         ask it to move a process into that scope, below its leaf
// "coracle-start"
//
// The only program that speaks D-Bus below core. It is one of its own so that coracle-runtime stays static
// and a start without limits loads no libsystemd. Source: org.freedesktop.systemd1(5), StartTransientUnit,
// AttachProcessesToUnit.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <systemd/sd-bus.h>
#include <unistd.h>

namespace {

constexpr const char* kService = "org.freedesktop.systemd1";
constexpr const char* kPath = "/org/freedesktop/systemd1";
constexpr const char* kManager = "org.freedesktop.systemd1.Manager";
/// A manager that does not answer for so long is not waited for: the container then starts without a
/// scope, or is refused.
constexpr std::uint64_t kJobLimitMicroseconds = 10'000'000;

struct Job {
    std::string path;
    std::string result;
};

int fail(const std::string& what, int err, const sd_bus_error* error = nullptr) {
    const bool told = error != nullptr && error->message != nullptr;
    std::fprintf(stderr, "%s: %s\n", what.c_str(), told ? error->message : std::strerror(-err));
    return 1;
}

/// The session's bus, or the manager's own socket where there is none.
int openManager(sd_bus** bus) {
    int err = sd_bus_open_user(bus);
    if (err >= 0) {
        return err;
    }
    const char* runtimeDir = std::getenv("XDG_RUNTIME_DIR");
    const std::string folder = runtimeDir != nullptr ? runtimeDir : "/run/user/" + std::to_string(::getuid());
    err = sd_bus_new(bus);
    if (err < 0) {
        return err;
    }
    err = sd_bus_set_address(*bus, ("unix:path=" + folder + "/systemd/private").c_str());
    return err < 0 ? err : sd_bus_start(*bus);
}

/// Jobs of others are reported as well; ours is told by its path.
int onJobRemoved(sd_bus_message* message, void* data, sd_bus_error* /*error*/) {
    auto* job = static_cast<Job*>(data);
    std::uint32_t id = 0;
    const char* path = nullptr;
    const char* unit = nullptr;
    const char* result = nullptr;
    if (sd_bus_message_read(message, "uoss", &id, &path, &unit, &result) >= 0 && job->path == path) {
        job->result = result;
    }
    return 0;
}

/// Members of the scope: delegated, gone when it is empty even if it failed, and its own about running out of
/// memory: a container is the engine's to judge, not the manager's.
int appendScope(sd_bus_message* call, const char* unit, const char* slice, std::uint32_t pid) {
    int err = sd_bus_message_append(call, "ss", unit, "fail");
    err = err < 0 ? err : sd_bus_message_open_container(call, 'a', "(sv)");
    err = err < 0 ? err
                  : sd_bus_message_append(call, "(sv)(sv)(sv)(sv)", "Description", "s", "Coracle containers",
                                          "Delegate", "b", 1, "CollectMode", "s", "inactive-or-failed",
                                          "PIDs", "au", 1U, pid);
    if (err >= 0 && *slice != '\0') {
        err = sd_bus_message_append(call, "(sv)", "Slice", "s", slice);
    }
    err = err < 0 ? err : sd_bus_message_close_container(call);
    return err < 0 ? err : sd_bus_message_append(call, "a(sa(sv))", 0);
}

/// The reply to StartTransientUnit only says that a job was queued; the scope exists when JobRemoved says
/// "done".
int awaitJob(sd_bus* bus, Job& job) {
    while (job.result.empty()) {
        const int processed = sd_bus_process(bus, nullptr);
        if (processed < 0) {
            return processed;
        }
        if (processed == 0) {
            const int waited = sd_bus_wait(bus, kJobLimitMicroseconds);
            if (waited <= 0) {
                return waited < 0 ? waited : -ETIMEDOUT;
            }
        }
    }
    return job.result == "done" ? 0 : -EIO;
}

/// Subscribed to JobRemoved before the job exists, so its end cannot be missed; StartTransientUnit answers
/// before the scope is there.
int startScope(sd_bus* bus, const char* unit, const char* slice, std::uint32_t pid) {
    Job job;
    sd_bus_error error{};
    sd_bus_message* call = nullptr;
    sd_bus_message* reply = nullptr;
    const char* path = nullptr;
    int err = sd_bus_match_signal(bus, nullptr, nullptr, kPath, kManager, "JobRemoved", onJobRemoved, &job);
    if (err >= 0) {
        // Refused when somebody of this connection has subscribed already, which changes nothing.
        (void)sd_bus_call_method(bus, kService, kPath, kManager, "Subscribe", nullptr, nullptr, nullptr);
        err = sd_bus_message_new_method_call(bus, &call, kService, kPath, kManager, "StartTransientUnit");
    }
    err = err < 0 ? err : appendScope(call, unit, slice, pid);
    err = err < 0 ? err : sd_bus_call(bus, call, 0, &error, &reply);
    err = err < 0 ? err : sd_bus_message_read(reply, "o", &path);
    if (err >= 0) {
        job.path = path;
        err = awaitJob(bus, job);
    }
    const std::string what = std::string("systemd: start '") + unit + "'";
    const bool refused = err == -EIO && !job.result.empty();
    const int code = refused   ? fail(what + ": job " + job.result, err)
                     : err < 0 ? fail(what, err, &error)
                               : 0;
    sd_bus_error_free(&error);
    sd_bus_message_unref(reply);
    sd_bus_message_unref(call);
    return code;
}

/// The path inside the unit is the keeper's own leaf, beside which the containers' groups lie.
int attach(sd_bus* bus, const char* unit, std::uint32_t pid) {
    sd_bus_error error{};
    const int err = sd_bus_call_method(bus, kService, kPath, kManager, "AttachProcessesToUnit", &error,
                                       nullptr, "ssau", unit, "/coracle-keeper", 1U, pid);
    const int code = err < 0 ? fail(std::string("systemd: move into '") + unit + "'", err, &error) : 0;
    sd_bus_error_free(&error);
    return code;
}

}  // namespace

/// A program of its own and not a part of the runtime: libsystemd is loaded by those who need it only, and
/// a crash in it costs no container.
int main(int argc, char** argv) {
    const bool starts = argc == 5 && std::strcmp(argv[1], "start") == 0;
    const bool attaches = argc == 4 && std::strcmp(argv[1], "attach") == 0;
    if (!starts && !attaches) {
        std::fprintf(stderr, "usage: coracle-scope start UNIT SLICE PID | attach UNIT PID\n");
        return 2;
    }
    sd_bus* bus = nullptr;
    if (const int err = openManager(&bus); err < 0) {
        return fail("connect to systemd's user manager", err);
    }
    const auto pid = static_cast<std::uint32_t>(std::strtoul(argv[argc - 1], nullptr, 10));
    const int code = starts ? startScope(bus, argv[2], argv[3], pid) : attach(bus, argv[2], pid);
    sd_bus_flush_close_unref(bus);
    return code;
}
